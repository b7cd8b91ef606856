"""The whole window with names that look like markup: everybody sees them as they are."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, Qt, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.export.render import figure_svg
from latent_explorer.map.hovered import hovered_point
from latent_explorer.palette.commands import commands_of
from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import data_of, load, narrow, save, settle, train
from tests.latent_explorer.tips import ask_tip
from trainer.config import DataConfig

# A folder's name holds no slash.
CLASSES = ("&amp;", "<b>x", "<img src=x>", "a&b")
FACTORS = ("salt&pepper", "<i>angle</i>", "&lt;")
TITLE = "R&D <u>t"
SESSION = "R&D <i>x"


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    rng = np.random.default_rng(0)
    for name in CLASSES:
        (tmp_path / TITLE / name).mkdir(parents=True)
        for number in range(6):
            pixels = rng.integers(0, 255, (8, 8), np.uint8)
            Image.fromarray(pixels).save(tmp_path / TITLE / name / f"<b>{number}&.png")
    with running(qtbot, tmp_path) as made:
        narrow(made)
        load(made, DataConfig(name="folder", path=str(tmp_path / TITLE)))
        data = data_of(made)
        factors = rng.normal(size=(data.count, len(FACTORS))).astype(np.float32)
        made.explorer.set_data(replace(data, factors=factors, factor_names=FACTORS))
        yield made


def as_shown(text: str) -> str:
    """What a label or a tool tip makes of `text` by itself, in Qt's own reading."""
    return QTextDocumentFragment.fromHtml(text).toPlainText() if Qt.mightBeRichText(text) else text


def shown_in(menu: QMenu) -> list[str]:
    """What the entries read as, in Qt's own words: it derives the tip of an action from its text as shown."""
    found = []
    for action in menu.actions():
        plain = QAction(action.text().split("\t")[0])
        found.append(plain.toolTip())
    return found


def opened(button: QWidget) -> QMenu:
    """The button's menu after a click on it."""
    assert isinstance(button, MenuButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.menu_shown.isVisible()
    return button.menu_shown


def hover(widget: QWidget) -> str:
    """What the tool tip over `widget` says to the eye."""
    ask_tip(widget)
    text = as_shown(QToolTip.text())
    QToolTip.hideText()
    return text


def all_as_they_are(program: Program) -> None:
    """No label, no button, no tool tip of the window makes anything of a name."""
    window = program.window
    for label in window.findChildren(QLabel):
        # Labels with colours in them, whose names are escaped, and the tool tip in sight, looked at below.
        rich = label.objectName() in ("lossReadout", "live-numbers") or label.inherits("QTipLabel")
        assert rich or label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.text()
    for button in window.findChildren(QAbstractButton):
        assert button.shortcut().isEmpty(), button.text()
    # Tool tips are plain text, which the window shows as it is: see `hover`, and `controls.tool_tips`.
    tips = [widget.toolTip() for widget in window.findChildren(QWidget)]
    assert not [tip for tip in tips if tip.startswith(("<p", "<qt>"))]


def test_legend_and_its_tips(program: Program) -> None:
    switches = program.window.findChild(QWidget, "legend").switches.switches
    assert [switch.name for switch in switches] == list(CLASSES)
    for switch, name in zip(switches, CLASSES, strict=True):
        assert switch.text() == "", "text of a button has access keys"
        assert switch.accessibleName() == f"Class {name}"
        assert hover(switch) == f"{name}: click to grey out, double-click to see it alone"
    program.explorer.set_colour_by(FACTORS[1])
    title = program.child("legendTitle")
    assert isinstance(title, QLabel)
    assert (title.text(), title.textFormat()) == (FACTORS[1], Qt.TextFormat.PlainText)
    all_as_they_are(program)


def test_data_button_and_summary(program: Program) -> None:
    button = program.child("data-menu")
    assert isinstance(button, QAbstractButton)
    assert QAction(button.text()).toolTip() == TITLE
    assert button.accessibleName() == f"Data set: {TITLE}"
    assert hover(button) == f"Data set: {TITLE}"
    program.window.centre.show_inspector(True)
    shown = [label.text() for label in program.window.findChildren(QLabel) if label.isVisible()]
    assert TITLE in shown
    all_as_they_are(program)


def test_menus_of_colours_classes_and_stops(program: Program) -> None:
    menu = opened(program.child("colourMenu"))
    assert [name for name in shown_in(menu) if name in FACTORS] == list(FACTORS)
    menu.close()
    for name in FACTORS:
        program.explorer.set_colour_by(name)
        button = program.child("colourMenu")
        assert isinstance(button, MenuButton)
        assert name in QAction(button.text()).toolTip()
        assert name in button.accessibleName()
    tools = program.application.tools
    tools.panel_wanted.emit("directions")
    classes = program.window.findChild(MenuButton, "groupClasses0")
    program.wait(classes.isVisible)
    menu = opened(classes)
    assert shown_in(menu) == list(CLASSES)
    last = menu.actions()[-1]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(last).center())
    contents = program.child("groupContents0")
    assert isinstance(contents, QLabel)
    program.wait(lambda: CLASSES[-1] in contents.text())
    first = [int(np.flatnonzero(data_of(program).labels == label)[0]) for label in range(len(CLASSES))]
    tools[InterpolationState].set_stops(tuple(Stop(row=row) for row in first))
    tools.panel_wanted.emit("interpolation")
    stops = program.window.findChild(MenuButton, "stopsMenu")
    program.wait(stops.isVisible)
    menu = opened(stops)
    for name, entry in zip(CLASSES, shown_in(menu), strict=False):
        assert entry.endswith(f"({name})")
    menu.close()
    all_as_they_are(program)


def test_under_the_pointer_and_beside_the_cursor(program: Program) -> None:
    data = data_of(program)
    for row in range(data.count):
        point = hovered_point((0.0, 0.0), row, program.explorer, theme().tokens)
        assert (point.title, point.file) == (data.label(row), data.file(row))
    label = data.label(program.left.nearest.row)
    about = program.left.nearest
    assert about.label == label
    texts = [shown.text() for shown in program.window.findChildren(QLabel) if shown.isVisible()]
    assert any(f" · {label}" in text and about.file in text for text in texts)


def test_a_session_in_menu_message_and_palette(program: Program, tmp_path: Path) -> None:
    train(program, 1)
    save(program, tmp_path / SESSION)
    recent = program.window.findChild(QMenu, "recent-menu")
    assert shown_in(recent) == [f"{SESSION}  —  {tmp_path}"]
    commands = commands_of(recent)
    assert [command.title for command in commands] == [f"{SESSION}  —  {tmp_path}"]
    sentence = program.child("messageSentence")
    assert isinstance(sentence, QLabel)
    assert sentence.text() == f"Saved to {tmp_path / SESSION}."
    all_as_they_are(program)
    opened_again: list[str] = []
    program.explorer.open_requested.connect(opened_again.append)
    recent.actions()[0].trigger()
    assert opened_again == [str(tmp_path / SESSION)]
    settle(program)


def test_a_figure_holds_the_names_as_text(program: Program) -> None:
    program.explorer.set_colour_by("class")
    figure = program.window.export_desk.figure("panes")
    assert figure is not None
    root = ET.fromstring(figure_svg(figure, 1, TITLE))
    namespace = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{namespace}title") == TITLE
    texts = ["".join(text.itertext()) for text in root.iter(f"{namespace}text")]
    assert any(TITLE in text for text in texts), texts


def test_a_click_on_a_name_hits_no_access_key(program: Program) -> None:
    # "a&b" once made Alt+B grey its class.
    QTest.keyClick(program.window, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert program.explorer.greyed == frozenset()
    switch = program.window.findChild(QWidget, f"class{CLASSES.index('a&b')}")
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(8, switch.height() // 2))
    assert program.explorer.greyed == {CLASSES.index("a&b")}
