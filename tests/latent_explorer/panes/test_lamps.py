"""Lamps and table show the run's figures, and say why where there are none."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.core.figures import figures_of_member
from latent_explorer.core.history import History
from latent_explorer.core.pane import Frozen
from latent_explorer.core.training import TrainingState
from latent_explorer.panes.comparison import Comparison, _with_error
from latent_explorer.panes.lamp_grid import LampGrid, light
from latent_explorer.panes.lamps import Lamps, ShownKl, measured_on, shown_kl
from tests.latent_explorer.build import VAE, evaluate, losses, pane_state, train
from tests.latent_explorer.dressed import dressed
from trainer.config import DataConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.models.family import families
from trainer.reports import EvaluationReport, Losses, Snapshot, StepReport
from trainer.training.description import DataSummary
from trainer.training.kept_model import KeptModel, new_name


def make(qtbot, latent=20):
    """The lines of both panes, each on a map."""
    training = TrainingState()
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.resize(400, 120)
    stage.lamps = [Lamps(pane_state(index, latent), training, stage) for index in (0, 1)]
    stage.show()
    return stage, training


def test_summary_and_reason(qtbot):
    stage, training = make(qtbot)
    left, right = stage.lamps
    assert left.size().isEmpty()
    assert "no posterior" in left.summary.toolTip()
    train(training, 1, latent=20)
    qtbot.waitUntil(lambda: right.summary.text() == "20 of 20 above 0.01 · sum 24.8 nats")
    assert right.title.text() == "KL per dimension, training"
    evaluate(training, 1)
    qtbot.waitUntil(lambda: left.summary.text() == "codes fill 1.7 of 20 dimensions (effective rank)")
    assert "exponential" in left.summary.toolTip()
    assert left.title.isHidden()
    for lamps in (left, right):
        assert lamps.size() == lamps.layout().sizeHint()
        inside = lamps.contentsRect()
        assert all(inside.contains(part.geometry()) for part in (lamps.grid, lamps.summary) if part.isVisible())


@pytest.mark.parametrize(("latent", "lines"), [(2, 1), (24, 1), (25, 2), (96, 4), (97, 0), (512, 0)])
def test_more_lamps_than_a_map_has_room_for_leave_the_figures(qtbot, latent, lines):
    stage, training = make(qtbot, latent)
    _, right = stage.lamps
    train(training, 1, latent=latent)
    qtbot.waitUntil(lambda: right.summary.text().startswith(f"{latent} of {latent} above"))
    assert right.grid.isVisible() is (lines > 0)
    if lines:
        assert right.grid.lamp_rect(latent - 1).bottom() <= right.grid.height()
        rows = {right.grid.lamp_rect(dimension).y() for dimension in range(latent)}
        assert len(rows) == lines


def test_the_table_tells_what_was_applied_and_what_is_not_available(qtbot):
    training = TrainingState()
    table = Comparison(training, [pane_state(0), pane_state(1)])
    qtbot.addWidget(table)
    table.resize(400, 340)
    table.show()
    training.append_steps(
        tuple(
            StepReport(
                step=step,
                epoch=step / 10,
                knobs=Knobs(beta=4.0),
                applied=Knobs(beta=4.0 * step / 20, learning_rate=1e-3 if step < 8 else 2e-4),
                losses=(losses(0, 100.0), losses(1, 100.0)),
                images=16,
                seconds=0.01,
            )
            for step in range(1, 11)
        )
    )
    evaluate(training, 7)
    assert "step 7 · β 1.4, learning rate 0.001 ·" in table.caption.text()
    evaluate(training, 10)
    assert "step 10 · β 2, learning rate 0.0002 ·" in table.caption.text()
    # One image, or an evaluation that a former version made.
    bare = EvaluationReport(
        step=11, train=(losses(0, 1.0), losses(1, 1.0)), held_out=(losses(0, 2.0), losses(1, 2.0)), rows=1,
        active=(None, None),
    )  # fmt: skip
    training.append_evaluation(bare)
    cells = [[row[place].text() for row in table.cells] for place in (0, 1)]
    assert cells[0] == ["2.00", "n/a", "2.00", "+1.00", "n/a", "n/a"]
    assert cells[1][-2:] == ["n/a", "n/a"]
    assert "single image" in table.cells[-1][1].toolTip()


def test_light_is_proportional_and_collapsed_is_dark():
    assert light(0.0099) == 0
    assert light(float("nan")) == 0
    assert light(2.0) - light(1.0) == pytest.approx(light(1.5) - light(0.5))
    assert light(9.0) == 1


def test_lamps_wrap_and_tell_themselves(qtbot):
    grid = LampGrid(1)
    qtbot.addWidget(grid)
    grid.resize(200, 20)
    grid.show()
    grid.set_kl((1.24, 0.001) * 256)
    for dimension in (0, 1, 100, 511):
        box = grid.lamp_rect(dimension)
        assert box.right() <= 200
        assert box.bottom() <= grid.height()
        assert grid.dimension_at(box.center().toPoint()) == dimension
    assert grid.tip(2) == "z3: 1.24 nats"
    assert grid.tip(1) == "z2: 0.0010 nats, collapsed"


def test_lit_and_dark_lamps_look_different(qtbot):
    grid = LampGrid(1)
    qtbot.addWidget(grid)
    grid.resize(200, 12)
    grid.set_kl((5.0, 0.0))
    image = grid.grab().toImage()
    lit, dark = (image.pixelColor(grid.lamp_rect(d).center().toPoint()) for d in (0, 1))
    assert lit == theme().accent(1)
    assert dark != lit


def test_comparison(qtbot):
    training = TrainingState()
    table = Comparison(training, [pane_state(0), pane_state(1)])
    qtbot.addWidget(table)
    table.resize(250, 340)
    table.show()
    assert table.cells[0][0].text() == "–"
    evaluate(training, 4690)
    columns = [[row[place].text() for row in table.cells] for place in (0, 1)]
    assert columns[0] == ["129.6±1.1", "n/a", "129.6±1.1", "+9.55", "0.0094", "1.7 of 2"]
    assert columns[1] == ["133.5±1.2", "2.48±0.07", "136.0±1.2", "+8.50", "0.0104", "1 of 2"]
    label = "cross-entropy on grey levels (no likelihood)"
    assert table.caption.text() == f"10,000 held-out images · step 4,690 · {label}"
    assert "no posterior" in table.cells[1][0].toolTip()
    assert [head.text() for head in table.heads] == ["AE", "VAE"]


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (524.51, 0.09, "524.5±0.1"),
        (537.4, 0.01, "537.4±0.0"),
        (2.48, 0.07, "2.48±0.07"),
        (-0.001, 0.001, "0.00±0.00"),
        (-1234.5, 12.3, "−1,234±12"),
        (2138.4, 5.2, "2,138±5"),
        (2138.4, 0.4, "2,138.4±0.4"),
        (3.0, 25.0, "3±25"),
        (np.nan, 0.1, "n/a"),
        (4.0, None, "4.00"),
    ],
)
def test_a_figure_and_its_error_stop_at_the_same_place(value: float, error: float | None, text: str) -> None:
    assert _with_error(value, error) == text


def test_a_figure_that_does_not_fit_says_so_and_is_whole_in_its_tip(qtbot):
    training = TrainingState()
    table = Comparison(training, [pane_state(0), pane_state(1)])
    qtbot.addWidget(table)
    table.resize(400, 320)
    table.show()
    evaluate(training, 4690)
    cell = table.cells[0][0]
    assert cell.shown_text() == cell.text()
    assert cell.toolTip().startswith(cell.text())
    cell.setText("−123,456±1,234")
    cell.setFixedWidth(50)
    assert cell.shown_text().startswith("−")
    assert cell.shown_text().endswith("…")


def test_a_long_name_keeps_its_end_which_sets_it_apart(qtbot):
    training = TrainingState()
    table = Comparison(training, [pane_state(0), pane_state(1)])
    qtbot.addWidget(table)
    table.resize(300, 220)
    table.show()
    for head, beta in zip(table.heads, ("1.4", "14.1"), strict=True):
        head.setText(f"VAE of some length β {beta}")
        head.setFixedWidth(head.fontMetrics().horizontalAdvance("VAE β 14.1 ……"))
        assert head.shown_text().startswith("V")
        assert head.shown_text().endswith(beta)
        assert "…" in head.shown_text()


@pytest.mark.parametrize("high", [209, 223, 320])
def test_rows_are_whole_whatever_is_said_below_them(qtbot, high):
    with dressed():
        training = TrainingState()
        training.begin(3)
        table = Comparison(training, [pane_state(0), pane_state(1)])
        qtbot.addWidget(table)
        table.resize(284, high)
        table.show()
        qtbot.waitExposed(table)
        evaluate(training, 4690)
        table.layout().activate()
        said = f"{table.caption.text()} {table.difference.text() if table.difference.isVisible() else ''}"
        assert "10,000 held-out images · step 4,690" in said
        assert "The models differ only in: sampling + β KL." in said
        assert ("cross-entropy" in said) is (high > 209)
        assert "cross-entropy" in table.caption.toolTip()
        assert table.heightForWidth(table.width()) <= high
        for label in table.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap():
                assert label.height() >= label.fontMetrics().height(), label.text()


def test_what_sets_the_models_on_show_apart_is_said_whatever_the_draft_is(qtbot):
    training = TrainingState()
    panes = [pane_state(0), pane_state(1)]
    shown = tuple(pane.model.config for pane in panes)
    table = Comparison(training, panes)
    qtbot.addWidget(table)
    table.resize(400, 320)
    table.show()
    only = "The models differ only in: sampling + β KL."
    # Before there is a run, with a draft of the same models, and with a draft of others.
    assert table.difference.text() == only
    training.set_draft(models=shown)
    training.set_run_config(RunConfig(data=DataConfig(), models=shown, train=TrainConfig()))
    assert table.difference.text() == only
    training.set_draft(models=(shown[1], shown[1]))
    assert table.difference.text() == only
    assert table.difference.isVisible()
    assert table._title.toolTip() == only
    panes[0].set_model(None)
    assert table.difference.text() == ""


@pytest.mark.parametrize("mapped", [True, False])
def test_a_kept_model_of_another_step_differs_in_more_than_its_knobs(qtbot, mapped):
    training = TrainingState()
    left, right = pane_state(0), pane_state(1)
    config = right.model.config
    kept = KeptModel(
        name=new_name(),
        run=RunConfig(data=DataConfig(), models=(config,), train=TrainConfig()),
        traits=VAE,
        knobs=Knobs(beta=1.0),
        epoch=0.1,
        snapshot=Snapshot(number=1, step=100, config=config, weights={}),
        rows=np.arange(0),
        codes=np.zeros((0, 2), np.float32),
        data=DataSummary(title="MNIST", shape=(1, 28, 28), count=0, train_count=0, fingerprint=""),
    )
    left.set_model(right.model, Frozen(right.model, kept, History(1)))
    right.set_source(1)
    if mapped:
        for pane, step in ((left, 100), (right, 300)):
            snapshot = Snapshot(number=1, step=step, config=config, weights={})
            other = pane_state(1)
            pane.set_codes(replace(other.codes, snapshot=snapshot), other.plane)
    training.set_cards({one.name: one.card for one in families()})
    training.set_run_config(RunConfig(data=DataConfig(), models=(config, config), train=TrainConfig()))
    train(training, 300)
    training.set_knobs(Knobs(beta=4.0))
    table = Comparison(training, [left, right])
    qtbot.addWidget(table)
    said = table.difference.text()
    assert said.startswith("The models differ in: β (1 / 4)")
    assert "how long they were trained (100 / 300 steps)" in said


def test_figures_follow_the_moment_that_the_maps_show(qtbot):
    stage, training = make(qtbot, latent=2)
    _, lamps = stage.lamps
    table = Comparison(training, [pane_state(0), pane_state(1)])
    qtbot.addWidget(table)
    train(training, 300)
    for step in (100, 200):
        evaluate(training, step)
    training.set_looked_at(150)
    assert "step 100" in table.caption.text()
    qtbot.waitUntil(lambda: lamps.title.text() == "KL at step 100, held-out")
    assert lamps.summary.text() == "2 of 2 above 0.01 · sum 2.48 nats"
    training.set_looked_at(50)
    assert table.caption.text() == "Nothing was measured up to step 50."
    assert table.cells[0][0].text() == "–"
    qtbot.waitUntil(lambda: lamps.summary.text() == "no figures yet")
    training.set_looked_at(None)
    assert "step 200" in table.caption.text()
    qtbot.waitUntil(lambda: lamps.title.text() == "KL per dimension, training")


def test_the_past_compares_figures_of_one_kind(qtbot):
    """The run's model and one kept beside it: both of training images now, both of held-out ones in the past."""
    training = TrainingState()
    train(training, 300)
    for step in (100, 200):
        evaluate(training, step)
    live, kept = pane_state(1), pane_state(1)
    report = next(iter(reversed(figures_of_member(training, 1).evaluations)))
    evaluated = report.held_out[0].kl_per_dimension
    last = StepReport(
        step=300,
        epoch=1.0,
        knobs=Knobs(),
        applied=Knobs(),
        losses=(Losses({"reconstruction": 1.0, "kl": 9.0, "total": 10.0}, (4.0, 5.0)),),
        images=16,
        seconds=0.01,
    )
    history = History(1)
    history.append((last,))
    model = SimpleNamespace(history=(last,), evaluations=(report,))
    kept.frozen = SimpleNamespace(model=kept.model, kept=model, history=history)
    assert shown_kl(live, training).held_out is None
    assert shown_kl(kept, training) == ShownKl((4.0, 5.0))
    training.set_looked_at(150)
    assert shown_kl(live, training).held_out == 100
    assert shown_kl(kept, training) == ShownKl(evaluated, 200)
    # Where no evaluation of a kept model is known, it says that it is another figure.
    model.evaluations = ()
    assert shown_kl(kept, training) == ShownKl((4.0, 5.0))
    assert "training images" in measured_on(shown_kl(kept, training))
    assert "step 100" in measured_on(shown_kl(live, training))


def test_lamps_of_a_model_that_rests_stay_as_they_were_when_it_was_sound(qtbot):
    stage, training = make(qtbot)
    _, lamps = stage.lamps
    train(training, 1, latent=20)
    failed = Losses({"reconstruction": 1.0, "kl": np.inf, "total": np.inf}, (np.inf,) * 20)
    training.append_steps(
        (
            StepReport(
                step=2,
                epoch=0.1,
                knobs=Knobs(),
                applied=Knobs(),
                losses=(losses(0, 1.0), failed),
                images=128,
                seconds=0.01,
            ),
        )
    )
    lamps.refresh()
    assert lamps.summary.text() == "20 of 20 above 0.01 · sum 24.8 nats"


def test_evaluations_are_taken_apart_once_for_each_model():
    training = TrainingState()
    training.begin(2)
    for step in range(3):
        evaluate(training, step)
    first = list(figures_of_member(training, 1).evaluations)
    assert [one.held_out[0]["reconstruction"] for one in first] == [133.5] * 3
    evaluate(training, 3)
    second = figures_of_member(training, 1).evaluations
    assert all(one is other for one, other in zip(first, second, strict=False))
    assert [one.step for one in second] == [0, 1, 2, 3]
    training.roll_back(1, 0.0, ())
    assert [one.step for one in figures_of_member(training, 1).evaluations] == [0, 1]
    training.begin(1)
    assert not figures_of_member(training, 1).evaluations


def test_a_past_of_many_evaluations_is_shown_at_once(qtbot):
    training = TrainingState()
    made = Comparison(training, [pane_state(0), pane_state(1)])
    qtbot.addWidget(made)
    evaluate(training, 1)
    past = training.evaluations * 50
    heard = []
    training.evaluations_changed.connect(lambda: heard.append(len(training.evaluations)))
    training.begin(2)
    training.append_evaluation(*past)
    assert heard == [0, 50]
