from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget

from latent_explorer.controls.number_field import NumberField
from latent_explorer.controls.number_text import (
    NumberTextError,
    UnclearNumberError,
    format_number,
    parse_number,
)
from tests.latent_explorer.dressed import dressed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", 10), (" 1e-3 ", 1e-3), ("0,5", 0.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1E-3", 1e-3),
        ("−2", -2), ("1 000", 1000), ("500 steps", 500), ("500steps", 500), ("off", 0), ("OFF", 0), (".5", 0.5),
        ("０．５", 0.5), ("０，５", 0.5), ("１ｅ－３", 1e-3), ("５００　ｓｔｅｐｓ", 500), ("1'234.5", 1234.5),
        ("1’000’000", 1e6),
        ("1\u202f000,25", 1000.25), ("1,234,567", 1234567), ("0,500", 0.5), ("1.234", 1.234), ("1,0000", 1),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(text: str, number: float) -> None:
    assert parse_number(text, "steps", {"off": 0.0}) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1e",
        "nan",
        "inf",
        "-inf",
        "1e999",
        "1,2,3",
        "0x10",
        "--1",
        "1 2 b",
        "1 2",
        "12,34.5",
        "1.2.3",
        "1,23,456",
        ".",
    ],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(NumberTextError):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("10,000", 10_000), ("1,000", 1000), ("１０，０００", 10_000), ("10,0", 10), ("1 000", 1000)],
)
def test_a_comma_groups_where_whole_numbers_are_meant(text: str, number: float) -> None:
    assert parse_number(text, whole=True) == number


@pytest.mark.parametrize(("text", "whole"), [("1,000", False), ("12,345", False), ("10.000", True)])
def test_what_may_be_either_is_asked_about(text: str, whole: bool, qtbot) -> None:
    with pytest.raises(UnclearNumberError) as unclear:
        parse_number(text, whole=whole)
    field = NumberField(least=0, most=100_000, whole=whole)
    qtbot.addWidget(field)
    field.setText(text)
    assert not field.commit()
    first, second = (repr(reading).removesuffix(".0") for reading in unclear.value.readings)
    assert field.toolTip() == f"“{text}” may mean {first} or {second}: enter one of these."
    for one, reading in zip((first, second), unclear.value.readings, strict=True):
        field.setText(one)
        assert field.commit() or reading != int(reading)
        assert parse_number(one, whole=whole) == reading


@pytest.mark.parametrize("number", [0, 1, 128, 0.5, 1e-3, 2.5e-4, 0.02, 1000.0, 1e-12, 65_536, 0.3333])
def test_what_is_shown_is_read_back(number: float) -> None:
    assert parse_number(format_number(number)) == pytest.approx(number, rel=1e-3)


def test_short_forms() -> None:
    shown = [format_number(number) for number in (1e-3, 2.5e-4, 0.02, 128, 0)]
    assert shown == ["1e-3", "2.5e-4", "0.02", "128", "0"]


@pytest.fixture
def field(qtbot) -> NumberField:
    """A field for a learning rate in (0, 1], beside another control to move the focus to."""
    window = QWidget()
    column = QVBoxLayout(window)
    field = NumberField(window, least=0, most=1, open_below=True, factor=10)
    field.set_number(1e-3)
    other = QLineEdit(window)
    other.setObjectName("other")
    column.addWidget(field)
    column.addWidget(other)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.window_kept = window  # the fixture's window must outlive it
    return field


def type_into(field: NumberField, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def test_enter_commits_once(field: NumberField) -> None:
    got: list[float] = []
    field.committed.connect(got.append)
    type_into(field, "0,01")
    assert got == [], "nothing while typing"
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert got == [0.01]
    assert field.text() == "0.01"


def test_escape_brings_the_last_number_back(field: NumberField) -> None:
    type_into(field, "0.7")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "1e-3"
    assert field.number() == 1e-3


def test_a_letter_with_which_nothing_begins_is_left_to_the_window(field: NumberField) -> None:
    type_into(field, "a")
    assert field.text() == "1e-3"
    type_into(field, "1a")
    assert field.text() == "1a"


@pytest.mark.parametrize(("key", "letter"), [(Qt.Key.Key_C, "c"), (Qt.Key.Key_V, "v")])
def test_shortcuts_are_the_fields_own_where_they_carry_a_letter(
    field: NumberField, key: Qt.Key, letter: str
) -> None:
    """On macOS the text of Cmd+C is "c"."""
    field.setFocus()
    field.selectAll()
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier, letter)
    QApplication.clipboard().setText("0.25")
    QApplication.sendEvent(field, event)
    assert event.isAccepted()
    assert QApplication.clipboard().text() == ("1e-3" if letter == "c" else "0.25")
    assert field.text() == ("1e-3" if letter == "c" else "0.25")


@pytest.mark.parametrize("text", ["1abc", "0", "-1", "2"])
def test_bad_input_is_reported_in_one_sentence_and_not_by_colour_alone(field: NumberField, text: str) -> None:
    refused: list[str] = []
    field.refused.connect(refused.append)
    with dressed():
        type_into(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert refused == ["Enter a number above 0 and at most 1."]
        assert field.toolTip() == field.accessibleDescription() == refused[0]
        assert field.invalid()
        assert field._warning.isVisible()
        assert field.number() == 1e-3
        QTest.keyClicks(field, "1")
        assert not field.invalid(), "typing on forgives"
        assert not field._warning.isVisible()


def test_leaving_takes_a_good_number_and_keeps_a_bad_one_as_it_was_typed(field: NumberField, qtbot) -> None:
    other = field.window().findChild(QLineEdit, "other")
    type_into(field, "0.5")
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert field.number() == 0.5
    field.setFocus()
    type_into(field, "5 many")
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert (field.number(), field.text(), field.invalid()) == (0.5, "5 many", True)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert (field.text(), field.invalid()) == ("5 many", True)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.number(), field.text(), field.invalid()) == (0.5, "0.5", False)


def test_what_was_refused_goes_with_another_number_from_outside(field: NumberField, qtbot) -> None:
    gone: list[bool] = []
    field.forgiven.connect(lambda: gone.append(True))
    type_into(field, "5 many")
    field.window().findChild(QLineEdit, "other").setFocus()
    assert field.invalid()
    field.set_number(field.number())
    assert (field.text(), gone) == ("5 many", [])
    field.set_number(0.25)
    assert (field.text(), field.invalid(), gone) == ("0.25", False, [True])
    QToolTip.hideText()


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_leaving_says_why_a_number_was_refused(field: NumberField, by: str, qtbot) -> None:
    other = field.window().findChild(QLineEdit, "other")
    type_into(field, "2")
    if by == "key":
        QTest.keyClick(field, Qt.Key.Key_Tab)
    else:
        QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: other.hasFocus() and "at most 1" in QToolTip.text())
    assert (field.text(), field.number()) == ("2", 1e-3)
    QToolTip.hideText()


def test_up_and_down(field: NumberField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.number() == pytest.approx(1e-2)
    for _ in range(9):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.number() == 1
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.number() == pytest.approx(0.1)


def test_setting_from_outside_is_silent_and_leaves_typing_alone(field: NumberField) -> None:
    got: list[float] = []
    field.committed.connect(got.append)
    type_into(field, "0.9")
    field.set_number(0.2)
    assert field.text() == "0.9"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "0.2"
    assert got == []


def test_unit_words_and_whole_numbers(qtbot) -> None:
    field = NumberField(least=1, most=100, whole=True, unit="steps", words={"off": 0.0, "∞": math.inf})
    qtbot.addWidget(field)
    field.set_number(50)
    assert field.text() == "50 steps"
    field.set_number(0)
    assert field.text() == "off"
    field.setText("inf")
    assert not field.commit()
    assert field.toolTip() == "Enter a whole number from 1 to 100, or “off”."
    field.setText("2.5")
    assert not field.commit()
    field.setText("∞")
    assert field.commit()
    assert math.isinf(field.number())
    field.setText("0")
    assert field.commit(), "the number behind a word may be typed"
