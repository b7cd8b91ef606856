from __future__ import annotations

import itertools
from contextlib import nullcontext

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import RUN_STATES, TrainingState
from latent_explorer.dialogs import files
from latent_explorer.toolbar.toolbar import Toolbar
from tests.latent_explorer.dressed import chinese, dressed
from tests.latent_explorer.states import AVAILABLE, mnist
from trainer.config import DataConfig

LEFT = Qt.MouseButton.LeftButton


class Stage:
    """A toolbar in a window, its states, and the intentions it wrote."""

    def __init__(self) -> None:
        self.explorer, self.training = ExplorerState(), TrainingState()
        self.panes = (PaneState(0), PaneState(1))
        self.window = QMainWindow()
        self.bar = Toolbar(self.explorer, self.training, self.panes)
        self.window.addToolBar(self.bar)
        self.window.setCentralWidget(QWidget())
        self.commands: list[str] = []
        self.data: list[tuple[DataConfig, bool]] = []
        self.training.command_requested.connect(self.commands.append)
        self.explorer.data_requested.connect(lambda config, download: self.data.append((config, download)))


@pytest.fixture
def stage(qtbot) -> Stage:
    stage = Stage()
    qtbot.addWidget(stage.window)
    stage.window.resize(1280, 300)
    stage.window.show()
    return stage


def test_commands_follow_the_run(stage: Stage) -> None:
    run = stage.bar.run
    expected = {"training": "pause", "loading": None}
    for state in RUN_STATES:
        stage.training.set_run(state)
        stage.commands.clear()
        QTest.mouseClick(run.train, LEFT)
        wanted = expected.get(state, "train")
        assert stage.commands == ([wanted] if wanted else []), state
        assert run.stop.isEnabled() == (state in ("training", "paused"))
        assert run.step.isEnabled() == (state not in ("training", "loading"))
    stage.training.set_run("ready")
    assert run.train.toolTip() == "Train all models"  # a run has one to eight
    stage.training.set_run("training")
    assert run.train.text() == run.train.accessibleName() == "Pause"
    stage.training.set_run("paused")
    assert run.train.text() == "Resume"
    stage.commands.clear()
    for button in (run.step, run.stop, run.new_run):
        QTest.mouseClick(button, LEFT)
    assert stage.commands == ["step", "stop", "reset"]


def test_labels_do_not_move_the_row(stage: Stage) -> None:
    with dressed():
        places = set()
        for state in RUN_STATES:
            stage.training.set_run(state)
            QApplication.processEvents()
            places.add(stage.bar.run.step.x())
        assert len(places) == 1


def test_data_sets_with_size_and_download(stage: Stage) -> None:
    stage.explorer.set_available(AVAILABLE)
    stage.explorer.set_data(mnist())
    stage.bar.data.fill()
    texts = {action.objectName(): action for action in stage.bar.data.menu().actions() if action.objectName()}
    assert texts["data-mnist"].isChecked()
    assert texts["data-digits"].text() == "Handwritten digits\t1,797 · 8 × 8"
    assert texts["data-cifar10"].text() == "CIFAR-10\t60,000 · 32 × 32 · download 170 MB"
    texts["data-digits"].trigger()
    texts["data-cifar10"].trigger()
    assert stage.data == [(DataConfig(name="digits"), False), (DataConfig(name="cifar10"), True)]


def test_the_menu_says_so_while_the_list_is_not_there(stage: Stage) -> None:
    stage.bar.data.fill()
    first = stage.bar.data.menu().actions()[0]
    assert not first.isEnabled()
    assert first.text() == "Looking for data sets…"
    stage.bar.data.menu().popup(stage.window.pos())
    stage.explorer.set_available(AVAILABLE)  # the list comes while the user looks at the menu
    assert stage.bar.data.menu().actions()[0].objectName().startswith("data-")
    stage.bar.data.menu().close()


def test_what_is_found_while_the_menu_is_open_is_listed_in_it(qtbot, stage: Stage) -> None:
    data, menu = stage.bar.data, stage.bar.data.menu()
    menu.popup(data.mapToGlobal(data.rect().bottomLeft()))
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Up)
    assert menu.activeAction().objectName() == "data-array"
    high = menu.height()
    stage.explorer.set_available(AVAILABLE)
    assert menu.isVisible()
    assert menu.actions()[0].objectName() == f"data-{AVAILABLE[0].name}"
    assert menu.activeAction().objectName() == "data-array"
    assert menu.height() > high
    first = menu.actionGeometry(menu.actions()[0])
    QTest.mouseClick(menu, LEFT, pos=first.center())
    assert [config.name for config, _ in stage.data] == [AVAILABLE[0].name]


def test_own_images(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: list[str] = []
    stage.explorer.import_wanted.connect(lambda path, _only: wanted.append(path))
    monkeypatch.setattr(files, "choose_folder", lambda parent: "cats")
    monkeypatch.setattr(files, "choose_array", lambda parent: "")
    stage.bar.data.fill()
    for action in stage.bar.data.menu().actions():
        if action.objectName() in ("data-folder", "data-array"):
            action.trigger()
    assert wanted == ["cats"], "nothing is asked for when nothing was chosen"


def test_a_long_title_is_cut_and_shown_in_full(stage: Stage) -> None:
    title = "Photographs of everything that I ever saw"
    stage.explorer.set_data(mnist(title))
    assert stage.bar.data.text().endswith("…")
    assert stage.bar.data.accessibleName() == f"Data set: {title}"


def test_link_and_appearance_both_ways(stage: Stage) -> None:
    bar = stage.bar
    bar.link.actions_by_key["off"].trigger()
    assert stage.explorer.link == "off"
    assert bar.link.text() == "Link: off"
    stage.explorer.set_link("decode")
    assert bar.link.actions_by_key["decode"].isChecked()
    bar._appearances["light"].trigger()
    assert stage.explorer.appearance == "light"
    stage.explorer.set_appearance("dark")
    assert bar._appearances["dark"].isChecked()


@pytest.mark.parametrize("appearance", ["dark", "light"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_fits_1280_px(qtbot, appearance: str, language: str) -> None:
    with dressed(appearance), chinese() if language == "zh" else nullcontext():
        stage = Stage()
        qtbot.addWidget(stage.window)
        stage.explorer.set_data(mnist("A data set with quite a long name indeed"))
        stage.explorer.set_link("decode")
        stage.training.set_run("training")
        stage.window.resize(1280, 300)
        stage.window.show()
        QApplication.processEvents()
        assert stage.window.width() == 1280, "nothing forces the window wider"
        extension = stage.bar.findChild(QToolButton, "qt_toolbar_ext_button")
        assert extension is None or not extension.isVisible()
        assert stage.bar.beta.slider.width() >= 136
        right = stage.bar.appearance
        assert right.mapTo(stage.window, right.rect().topRight()).x() < 1280
        for button in (stage.bar.run.train, stage.bar.run.step, stage.bar.run.stop, stage.bar.link):
            assert button.width() >= button.minimumSizeHint().width()


@pytest.mark.parametrize("width", [1280, 1060, 900])
def test_nothing_overlaps_in_a_narrow_window(stage: Stage, width: int, qtbot: QtBot) -> None:
    with dressed():
        stage.explorer.set_data(mnist())
        stage.window.resize(width, 300)
        QApplication.processEvents()
        bar = stage.bar
        row = (bar.data, bar.run.train, bar.run.step, bar.run.stop, bar.run.new_run, bar.beta, bar.link)

        def apart() -> bool:
            # A layout in another has its places only when the event loop has come to it.
            ends = [(w.mapTo(bar, w.rect().topLeft()).x(), w.mapTo(bar, w.rect().topRight()).x()) for w in row]
            return all(end < start for (_, end), (start, _) in itertools.pairwise([*ends, (width, 0)]))

        qtbot.waitUntil(apart)
        assert bar.run.step.accessibleName() == "Step"
        assert bar.run.train.text() == "Train"
        stage.window.resize(1480, 300)
        QApplication.processEvents()
        assert bar.run.step.text() == "Step"
        assert bar._name.isVisible()


def test_every_control_has_names(stage: Stage) -> None:
    bar = stage.bar
    for widget in (bar.data, bar.link, bar.appearance, bar.run.train, bar.run.step, bar.run.stop, bar.run.new_run):
        assert widget.objectName()
        assert widget.accessibleName()
        assert widget.toolTip()


@pytest.mark.parametrize("state", ["ready", "paused", "training"])
def test_at_the_least_width_the_name_of_the_data_gives_way(stage: Stage, state: str) -> None:
    with dressed():
        stage.explorer.set_data(mnist("Handwritten digits of many hands"))
        stage.training.set_run(state)
        stage.window.setMinimumWidth(0)
        stage.window.resize(683, 300)
        QApplication.processEvents()
        bar = stage.bar
        assert bar.width() == 683
        assert bar._body.layout().minimumSize().width() <= 683
        for widget in (bar.data, bar.run, bar.beta, bar.beta.slider):
            assert widget.width() >= widget.minimumSizeHint().width()
        narrow = bar.data.text()
        assert narrow.endswith("…")
        assert "of many hands" in bar.data.toolTip()
        stage.window.resize(1280, 300)
        QApplication.processEvents()
        assert len(bar.data.text()) > len(narrow)
