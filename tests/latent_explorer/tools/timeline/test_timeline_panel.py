"""The time machine's panel: a slider by mouse and keyboard, buttons, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.timeline.moment_slider import MomentSlider
from latent_explorer.tools.timeline.overlay import PastOverlay
from latent_explorer.tools.timeline.panel import TimelinePanel
from latent_explorer.tools.timeline.state import TimelineState
from tests.latent_explorer import build
from trainer.config import RunConfig
from trainer.service.messages import Moment

STEPS = (0, 100, 200, 400, 700)


def _moments(*steps: int) -> tuple[Moment, ...]:
    return tuple(Moment(number, step, step / 100, 26_000_000) for number, step in enumerate(steps, start=1))


class Bench:
    def __init__(self, qtbot) -> None:
        self.training = TrainingState()
        self.tools = ToolStates(all_tools())
        self.timeline = self.tools[TimelineState]
        self.panes = (build.pane_state(0), build.pane_state(1))
        self.explorer = build.explorer_state()
        self.panel = TimelinePanel(self.explorer, self.training, self.panes, self.tools)
        qtbot.addWidget(self.panel)
        self.panel.resize(640, 250)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.slider = self.panel.slider
        self.asked: list[Moment] = []
        self.timeline.continue_requested.connect(self.asked.append)

    def keep(self, *steps: int, former: Moment | None = None, trouble: str = "") -> None:
        draft = self.training
        config = RunConfig(data=draft.draft_data, models=draft.draft_models, train=draft.draft_train)
        self.training.set_run_config(config)
        self.training.set_run("paused")
        self.timeline.set_moments(
            Path("x"), _moments(*steps), former, 26_000_000 * len(steps), 1_000_000_000, trouble
        )
        self.panel.refresh()

    def press(self, place: int) -> None:
        spot = QPoint(round(self.slider.x_of(place)), 24)
        QTest.mouseClick(self.slider, Qt.MouseButton.LeftButton, pos=spot)

    def text(self, name: str) -> str:
        label = self.panel.findChild(QLabel, name)
        assert label is not None
        return label.text()


@pytest.fixture
def bench(qtbot) -> Bench:
    return Bench(qtbot)


def test_without_moments_it_says_what_to_do(bench) -> None:
    assert bench.panel.empty.isVisible()
    assert "Train" in bench.text("timelineEmpty")
    assert not bench.panel.go_on.isVisible()


def test_it_says_where_one_is_and_what_is_kept(bench) -> None:
    build.train(bench.training, 900)
    bench.keep(*STEPS)
    assert bench.text("timelineWhere") == "now: step 900"
    assert bench.text("timelineKept") == "5 moments · 130 MB of 1.00 GB"
    bench.press(2)
    assert bench.timeline.looked.step == 200
    assert bench.text("timelineWhere") == "past: step 200 of 900 · epoch 2.00"


def test_a_drag_of_the_slider_stops_at_moments_and_ends_at_the_present(bench) -> None:
    build.train(bench.training, 900)
    bench.keep(*STEPS)
    looked = []
    bench.timeline.looked_changed.connect(
        lambda: looked.append(bench.timeline.looked.step if bench.timeline.looked else None)
    )
    slider = bench.slider
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(slider.x_of(1)), 24))
    for x in range(round(slider.x_of(1)), round(slider.x_of(5)) + 1):
        QTest.mouseMove(slider, QPoint(x, 24))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(slider.x_of(5)), 24))
    assert looked == [100, 200, 400, 700, None]


def test_every_moment_can_be_reached_by_keyboard(bench) -> None:
    build.train(bench.training, 900)
    bench.keep(*STEPS)
    bench.panel.setFocus()
    keys = Qt.Key
    for key, step in (
        (keys.Key_Left, 700),
        (keys.Key_Left, 400),
        (keys.Key_Right, 700),
        (keys.Key_Home, 0),
        (keys.Key_Left, 0),
        (keys.Key_End, None),
        (keys.Key_PageDown, 0),
    ):
        QTest.keyClick(bench.slider, key)
        assert (bench.timeline.looked.step if bench.timeline.looked else None) == step


def test_buttons_step_and_come_back(bench) -> None:
    build.train(bench.training, 900)
    bench.keep(*STEPS)
    assert not bench.panel.later.isEnabled()
    assert not bench.panel.now.isEnabled()
    bench.panel.earlier.click()
    assert bench.timeline.looked.step == 700
    bench.panel.later.click()
    assert bench.timeline.looked is None
    bench.press(0)
    assert not bench.panel.earlier.isEnabled()
    bench.panel.now.click()
    assert bench.timeline.looked is None


def test_what_is_looked_at_stays_when_moments_come_and_go(bench) -> None:
    build.train(bench.training, 900)
    bench.keep(*STEPS)
    bench.press(3)
    looked = bench.timeline.looked
    bench.timeline.set_moments(Path("x"), tuple(m for m in _moments(*STEPS, 900) if m.step != 100), None, 1, 2)
    bench.panel.refresh()
    assert bench.timeline.looked is looked
    assert bench.slider.value() == 2
    assert bench.slider.maximum() == 5


def test_continuing_and_returning_are_offered_where_they_make_sense(bench) -> None:
    build.train(bench.training, 700)
    bench.keep(*STEPS)
    assert not bench.panel.go_on.isEnabled()
    assert not bench.panel.back.isVisible()
    bench.timeline.look_at(4)  # the present moment of the run
    assert not bench.panel.go_on.isEnabled()
    bench.timeline.look_at(3)
    bench.panel.go_on.click()
    assert bench.asked == [bench.timeline.moments[3]]
    bench.timeline.set_going_back(True)
    assert not bench.panel.go_on.isEnabled()
    bench.timeline.set_going_back(False)
    former = Moment(9, 700, 7.0, 26_000_000)
    bench.keep(0, 100, former=former)
    assert bench.panel.back.isVisible()
    bench.panel.back.click()
    assert bench.asked[-1] == former


def test_trouble_is_reported_in_the_panel(bench) -> None:
    bench.keep(trouble="The disk is full, so no more moments are kept; training goes on.")
    assert "disk is full" in bench.text("timelineEmpty")
    bench.keep(*STEPS, trouble="The disk is full, so no more moments are kept; training goes on.")
    assert "disk is full" in bench.text("timelineNote")


def test_playing_starts_at_the_first_moment_and_stops_by_hand(bench) -> None:
    bench.keep(0)
    bench.panel.play.click()
    assert not bench.timeline.playing
    bench.keep(*STEPS)
    bench.panel.play.click()
    assert bench.timeline.playing
    assert bench.timeline.looked.step == 0
    bench.press(2)
    assert not bench.timeline.playing


def test_its_actions_do_what_its_buttons_do(bench, qtbot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    bench.panel.fill_menu(menu)
    actions = {action.objectName(): action for action in menu.actions()}
    assert not any(action.isEnabled() for action in actions.values())
    build.train(bench.training, 900)
    bench.keep(*STEPS)
    actions["moments-earlier"].trigger()
    assert bench.timeline.looked.step == 700
    actions["moments-continue"].trigger()
    assert bench.asked == [bench.timeline.looked]
    actions["moments-now"].trigger()
    assert bench.timeline.looked is None


def test_the_chip_is_on_the_map_only_in_the_past(bench) -> None:
    bench.keep(*STEPS)
    overlay = PastOverlay(bench.panes[0], bench.explorer, bench.tools)
    assert not overlay.active
    bench.timeline.look_at(3)
    assert overlay.active
    said = overlay.caption(bench.panes[0].view)
    assert said is not None
    assert (said.text, said.sign) == ("past · step 400", True)
    bench.panes[0].frozen = object()  # a kept model is as it was kept, at whatever moment the run's are
    assert not overlay.active
    bench.panes[0].frozen = None
    bench.timeline.clear()
    assert not overlay.active
    assert overlay.caption(bench.panes[0].view) is None


def test_an_empty_slider_can_be_pressed(qtbot) -> None:
    slider = MomentSlider()
    qtbot.addWidget(slider)
    slider.show()
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(40, 24))
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert slider.value() == 0


def test_a_former_run_needs_no_wider_panel(bench) -> None:
    bench.keep(100)
    assert bench.text("timelineKept").startswith("1 moment · ")
    alone = bench.panel.minimumSizeHint().width()
    bench.keep(*STEPS, former=_moments(950)[0])
    assert bench.panel.back.isVisible()
    assert bench.panel.minimumSizeHint().width() == alone
