"""The language changes while the program runs: every text, and nothing else."""

from __future__ import annotations

import gc
import re
import weakref
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMetaMethod, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from latent_explorer import translation
from latent_explorer.appearance.stylesheet import application_font
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.drawing.state import DrawingState
from tests.latent_explorer.program import Program, running


@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    former = qapp.font()
    translation.wear(qapp, "en")
    yield
    translation.use(qapp, "en")
    qapp.setFont(former)


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.explorer.set_language("en")
        program.wait(lambda: program.explorer.available)
        yield program


def choose(program: Program, language: str) -> None:
    """Choose a language in the View menu, and wait until it is spoken."""
    former = program.window.toolbar
    program.window.findChild(QAction, f"choose-language-{language}").trigger()
    program.wait(lambda: program.window.toolbar is not former)
    QTest.qWait(0)


def texts(program: Program) -> set[str]:
    """Every text that the user can meet in the window: labels, buttons, menus, tips, names for screen readers."""
    found: set[str] = set()
    program.window.view_menu.legend.trigger()
    program.window.legend.hide()
    for tab in reversed(program.window.strip.tabs):
        program.window.strip.show_panel(tab.name)
        QTest.qWait(0)
    for one in program.window.findChildren(QObject):
        said: list[str] = []
        if isinstance(one, QWidget) and not one.isWindow() and one.isHidden():
            continue
        if isinstance(one, QWidget):
            said += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, QAction | QLabel | QAbstractButton):
            said.append(one.text())
        if isinstance(one, QMenu):
            said.append(one.title())
        if isinstance(one, QLineEdit):
            said += [one.text(), one.placeholderText()]
        if isinstance(one, QComboBox):
            said += [one.itemText(place) for place in range(one.count())]
        # Times, memory and the like are of the moment.
        found |= {re.sub(r"[\d.,]+ *(MB|GB|ms)", "#", text) for text in said}
    return found


def receivers(program: Program) -> dict[tuple[str, str], int]:
    """How many listen to each signal of what lives as long as the program."""
    found: Counter[tuple[str, str]] = Counter()
    inside = set(map(id, program.window.findChildren(QObject)))
    for one in program.application.findChildren(QObject):
        if id(one) in inside:
            continue
        meta = one.metaObject()
        for place in range(meta.methodCount()):
            method = meta.method(place)
            if method.methodType() == QMetaMethod.MethodType.Signal:
                signature = bytes(method.methodSignature().data()).decode()
                found[type(one).__name__, signature] += one.receivers(f"2{signature}")
    return dict(found)


def test_every_text_is_in_the_new_language_and_in_the_former_one_again(
    program: Program, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    english = texts(program)
    assert len(english) > 400
    choose(program, "zh_CN")
    chinese = texts(program)
    families = qapp.font().families()
    assert families == application_font(qapp.font(), "zh_CN").families()
    assert program.window.file_menu.title() == "文件(&F)"
    (tmp_path / "other").mkdir()
    with running(qtbot, tmp_path / "other") as begun:
        begun.explorer.language = "zh_CN"
        begun.wait(lambda: begun.explorer.available)
        begun_with = texts(begun)
    assert chinese == begun_with
    choose(program, "en")
    assert texts(program) == english
    assert qapp.font().families() != families


def test_nothing_of_the_former_window_is_left(program: Program) -> None:
    choose(program, "zh_CN")
    choose(program, "en")
    gc.collect()
    before, objects = receivers(program), len(program.window.findChildren(QObject))
    # Others are Qt's own, which have a Python object only because they are looked for here.
    old = [
        weakref.ref(one)
        for one in program.window.findChildren(QObject)
        if type(one).__module__.startswith("latent_explorer") and one not in program.window._own
    ]
    choose(program, "zh_CN")
    choose(program, "en")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert receivers(program) == before
    assert len(program.window.findChildren(QObject)) == objects
    assert [one for one in (ref() for ref in old) if one is not None] == []


def test_the_window_looks_and_works_on_as_it_did(program: Program) -> None:
    window = program.window
    program.drag(0, (0.5, 0.5), (0.6, 0.4))
    program.maps[0].zoom(1.5)
    window.centre.show_inspector(True)
    window.strip.show_panel("samples")
    window.tour.begin()
    window.tour.go_on()
    program.explorer.set_link("off")
    program.window.resize(1190, 777)
    program.application.notifications.post("error", "The disk is full.")
    QTest.qWait(0)
    window.toolbar.beta.field.setFocus()
    state, view, cursor = window.centre.state(), program.left.view, program.left.cursor
    undo = program.application.tools.undo.undo_text
    assert undo
    choose(program, "zh_CN")
    assert window.centre.state() == state
    assert (window.width(), window.height()) == (1190, 777)
    assert program.left.cursor == cursor
    assert isinstance(view, ViewTransform)
    # Lines of Chinese have a height of their own.
    assert program.left.view is not None
    assert abs(program.left.view.height - view.height) <= 12
    assert program.left.view.resized(view.width, view.height) == view
    assert not program.left.follows
    assert window.tour.place == 1
    assert window.tour.isVisible()
    assert window.focusWidget() is window.toolbar.beta.field
    assert [message.sentence for message in window.messages.messages] == ["The disk is full."]
    undone = program.application.tools.undo.undo_text
    assert undone
    assert undone != undo
    window.edit_menu.undo.trigger()
    assert program.explorer.link == "image"


def test_training_and_a_presentation_go_on(program: Program) -> None:
    window, training = program.window, program.training
    training.set_draft(train=training.draft_train.replace(epochs=None))
    program.click("train-button")
    program.wait(lambda: training.step > 2)
    window.presentation.begin()
    former = window.toolbar
    program.explorer.set_language("zh_CN")
    program.wait(lambda: window.toolbar is not former)
    there = training.step
    program.wait(lambda: training.step > there)
    assert window.presentation.on
    assert window.isFullScreen()
    assert window.toolbar.isHidden()
    assert window.train_menu.train.text() == "暂停(&P)"
    window.presentation.end()
    assert not window.isFullScreen()
    assert window.toolbar.isVisible()
    window.train_menu.train.trigger()
    program.wait(lambda: training.run_state == "paused")


def test_a_dialog_that_is_open_is_answered_first(program: Program) -> None:
    window, drawing = program.window, program.application.tools[DrawingState]
    window.export_desk.open("drawing")
    dialog = window.findChild(QDialog, "export-dialog")
    assert drawing.shown  # what is saved is made although its panel is closed
    former = window.toolbar
    program.explorer.set_language("zh_CN")
    fired: list[bool] = []
    QTimer.singleShot(0, lambda: fired.append(True))  # after the window's own
    program.wait(lambda: fired)
    assert window.toolbar is former
    assert dialog.isVisible()
    dialog.reject()
    program.wait(lambda: window.toolbar is not former)
    assert window.file_menu.title() == "文件(&F)"
    assert not drawing.shown
