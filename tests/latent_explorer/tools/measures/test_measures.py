"""The measures tab in the whole program: live, on demand, given up, of older weights; its share of the time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from latent_explorer.tools.measures.controller import SHARE, WHILE_TRAINING
from latent_explorer.tools.measures.panel import MeasuresPanel
from latent_explorer.tools.measures.signs import signs_of
from latent_explorer.tools.measures.state import MeasuresState
from tests.latent_explorer.core.test_follower import Bench
from tests.latent_explorer.program import Program
from tests.latent_explorer.standing import load, narrow, train
from trainer.config import DataConfig
from trainer.measures.all_groups import GROUPS
from trainer.measures.concerns import concerns
from trainer.service.backend import Backend

pytest.importorskip("torch")


def state(program: Program) -> MeasuresState:
    return program.application.tools[MeasuresState]


def panel(program: Program) -> MeasuresPanel:
    found = program.child("measuresPanel")
    assert isinstance(found, MeasuresPanel)
    return found


def open_tab(program: Program) -> MeasuresPanel:
    QTest.keyClick(
        program.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    program.wait(lambda: state(program).shown)
    return panel(program)


def digits(program: Program) -> None:
    narrow(program)
    load(program, DataConfig(name="digits", count=300))


def live_of_now(program: Program) -> bool:
    lives = state(program).live
    return all(
        pane.index in lives and pane.codes is not None and lives[pane.index].number == pane.codes.number
        for pane in (program.left, program.right)
    )


def quick_only(program: Program) -> None:
    """Two groups, to be brief."""
    for group in GROUPS:
        state(program).choose(group.name, group.name in ("rate", "information"))


# ------------------------------------------------------------ live


def test_nothing_is_measured_before_someone_looks_and_the_bundled_pair_has_no_alarm(program: Program) -> None:
    program.wait_for_pictures()
    assert state(program).live == {}
    shown = open_tab(program)
    program.wait(lambda: live_of_now(program))
    for pane in (program.left, program.right):
        signs = signs_of(program.training, pane, state(program).live[pane.index])
        assert signs is not None
        assert signs.gaps
        assert concerns(signs) == ()
    program.wait(lambda: shown.live.values[0][1].text() == "2 of 2")
    assert shown.live.values[0][0].text().startswith("rank")
    assert shown.live.values[1][0].text() == "n/a"
    assert "no posterior" in shown.live.values[1][0].toolTip()
    assert all(not label.isVisible() for label in shown.concerns)
    assert len(shown.bars[1].kl) == 2
    assert shown.bars[0].kl == ()
    # Trails of both models, the AE's as a level.
    program.wait(lambda: shown.plot is not None)
    assert shown.plot is not None
    drawn = [one.trail for one in shown.plot.drawn if one.trail is not None]
    assert [(one.pane, one.has_kl) for one in drawn] == [(0, False), (1, True)]
    # Its images are not there: nothing can be measured on them, and the button says why.
    assert not shown.measure.isEnabled()
    assert "images" in shown.measure.toolTip()


def test_live_figures_follow_the_steps_and_the_model(program: Program) -> None:
    open_tab(program)
    digits(program)
    program.wait(lambda: live_of_now(program))
    assert state(program).live[1].step == 0
    train(program, 2)
    program.wait(lambda: live_of_now(program) and state(program).live[1].step == 2)

    # A model that goes takes its figures along.
    quick_only(program)
    action = program.window.findChild(QAction, "measures-measure")
    assert action is not None
    action.trigger()
    program.wait(lambda: not state(program).running and len(state(program).figures) == 2)
    program.click("segment_live")
    program.right.choose(0)
    program.wait(lambda: live_of_now(program) and state(program).live[1].active is None)
    assert set(state(program).figures) == {0}
    program.wait(lambda: panel(program).bars[1].kl == ())


def test_live_measures_take_a_twentieth_of_the_time_at_most() -> None:
    """By the clock of the follower: each takes 0.3 s, and weights come 20 times a second for 90 s."""
    bench = Bench(share=SHARE, pause=WHILE_TRAINING, whole=True)
    bench.training.run_state = "training"
    bench.follower.weights()
    measured, took, begun, start = 0, 0.3, 0.0, bench.now
    while bench.now - start < 90:
        bench.pass_time(50)
        if not bench.worker.busy:
            bench.pane.codes_changed.emit()
            bench.setting = str(bench.now)  # other weights: another question
            if bench.waits is not None and bench.now - begun >= bench.waits / 1_000:
                bench.pass_time(bench.waits)
        if bench.worker.busy:
            begun = bench.now
            bench.now += took
            bench.worker.finish()
            measured += 1
    assert measured >= 5
    # The first is measured at once: no one knows yet how long it takes.
    assert (measured - 1) * took <= 0.05 * (bench.now - start)


# ------------------------------------------------------------ on demand


def test_all_is_measured_by_a_click_and_shown_in_a_table(program: Program) -> None:
    shown = open_tab(program)
    digits(program)
    train(program, 3)
    quick_only(program)
    program.click("measuresMeasure")
    assert state(program).running
    assert shown.pages.key == "table"
    program.wait(lambda: not state(program).running)
    figures = [{one.key: one for one in state(program).figures[pane]} for pane in (0, 1)]
    keys = [measure.key for group in GROUPS if group.name in ("rate", "information") for measure in group.measures]
    assert [list(one) for one in figures] == [keys, keys]
    assert figures[0]["kl"].reason is not None
    assert figures[1]["kl"].value is not None
    program.wait(lambda: shown.table.figures.rowCount() == len(keys) + 2)
    model = shown.table.figures
    texts = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    row = texts.index("KL divergence")
    assert model.data(model.index(row, 2)) == "n/a"
    assert "±" in model.data(model.index(row, 3))
    assert model.data(model.index(row, 1)) == "nats per image"
    tip = model.data(model.index(row, 3), Qt.ItemDataRole.ToolTipRole)
    assert "held-out images" in tip
    assert "95 % interval" in tip
    assert "step 3" in model.headerData(3, Qt.Orientation.Horizontal)
    # Training continues: they are of older weights now.
    train(program, 1)
    program.wait(lambda: "older weights" in model.headerData(3, Qt.Orientation.Horizontal))
    assert state(program).measured[1].step == 3
    assert not [one for one in program.said if one.level in ("warning", "error")]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Measuring waits after its first group until it is given up; how many times it has looked whether it is."""
    looks = [0]
    real = Backend.measure

    def measure(self, wanted, data, monitor):
        for found in real(self, wanted, data, monitor):
            yield found
            while True:
                looks[0] += 1
                monitor.check()

    monkeypatch.setattr(Backend, "measure", measure)
    return lambda: looks[0]


def test_it_continues_beside_training_and_is_given_up_from_the_status_bar(
    program: Program, held: Callable[[], int]
) -> None:
    shown = open_tab(program)
    digits(program)
    quick_only(program)
    program.training.command_requested.emit("train")
    program.wait(lambda: program.training.step > 3)
    program.click("measuresMeasure")
    program.wait(lambda: len(state(program).figures) == 1)
    # A finished group is there at once, and steps continue.
    at = program.training.step
    program.wait(lambda: program.training.step > at + 20)
    assert state(program).running
    program.wait(lambda: program.child("jobCancel").isVisible())
    program.click("jobCancel")
    assert not state(program).running
    heard: list[object] = []
    state(program).figures_changed.connect(lambda: heard.append(1))
    program.wait(lambda: not program.application.jobs.jobs)
    assert heard == []
    assert set(state(program).figures) == {0}
    program.training.command_requested.emit("pause")
    program.wait(lambda: program.training.run_state == "paused")

    # The button does the same, and restarts.
    program.wait(lambda: shown.measure.text() == "Measure all")
    program.click("measuresMeasure")
    program.wait(lambda: shown.measure.text() == "Cancel")
    program.click("measuresMeasure")
    assert not state(program).running
    # Other data give it up, too.
    program.wait(lambda: shown.measure.text() == "Measure all")
    program.click("measuresMeasure")
    program.wait(lambda: len(state(program).figures) == 1)
    load(program, DataConfig(name="moons", count=60))
    assert not state(program).running
    assert state(program).figures == {}


def test_groups_are_chosen_in_their_menu(program: Program) -> None:
    shown = open_tab(program)
    shown.groups.menu_shown.aboutToShow.emit()
    entries = {action.text(): action for action in shown.groups.menu_shown.actions()}
    entries["Only the &quick ones"].trigger()
    assert state(program).groups == tuple(group.name for group in GROUPS if not group.slow)
    entries["&All"].trigger()
    title = str(GROUPS[0].title)
    entries[title].setChecked(False)
    assert GROUPS[0].name not in state(program).groups
    assert shown.groups.text() == f"{len(GROUPS) - 1} of {len(GROUPS)} groups"
    # Without any there is nothing to measure.
    for group in GROUPS:
        state(program).choose(group.name, False)
    state(program).measure_requested.emit()
    assert not state(program).running
