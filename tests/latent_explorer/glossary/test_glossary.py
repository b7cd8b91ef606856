"""The glossary: one source of what numbers mean, found by typing and from the numbers themselves."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from latent_explorer.controls.tool_tips import TERMS
from latent_explorer.dialogs.glossary import GlossaryDialog
from latent_explorer.glossary.terms import describe, sections, term, terms_of, tip
from latent_explorer.map.latent_map import LatentMap
from latent_explorer.panes.code_bars import CodeBars
from latent_explorer.panes.code_readout import CodeReadout
from latent_explorer.panes.lamp_grid import LampGrid
from latent_explorer.tools.holes.meter_view import MeterView
from latent_explorer.tools.interpolation.path_curve import PathCurve
from latent_explorer.tools.traversal.row_view import RowView
from tests.latent_explorer.program import running

#: Widgets that paint their numbers themselves.
PAINTED = (LatentMap, CodeBars, CodeReadout, LampGrid, MeterView, PathCurve, RowView)
#: Labels with digits that are names: of data, models and scales, which people gave, or which say all themselves.
NAMES = {"data-title", "app-name"}


@pytest.fixture(scope="module")
def keys():
    return [one.key for section in sections() for one in section.terms]


def test_every_term_is_one_and_says_what_it_is(keys):
    assert len(set(keys)) == len(keys)
    for section in sections():
        assert section.title
        for one in section.terms:
            assert one.name
            assert one.what.endswith("."), one.key
            assert one.better in ("", "lower", "higher")
            assert not re.search(r"[.;]$", one.unit), one.key
            assert not one.source or re.search(r"\d{4}|p-value", one.source), one.key


def test_a_tip_says_what_it_is_its_unit_and_which_way_is_better():
    assert tip("fd").startswith("FD-clf: Fréchet distance")
    assert tip("fd").endswith("Unit: squared units of the features. Lower is better.")
    assert tip("coverage", "recall").count("Higher is better.") == 2
    assert "Unit" not in tip("beta")
    with pytest.raises(KeyError):
        term("nothing")


def test_terms_are_found_from_what_is_inside(qtbot):
    outer = QWidget()
    qtbot.addWidget(outer)
    inner = QLabel("0.97", outer)
    assert terms_of(inner) == ()
    describe(outer, "auroc", "random", more="More.")
    assert terms_of(inner) == ("auroc", "random")
    assert outer.toolTip().endswith("\nMore.")
    assert terms_of(None) == ()


def shown_numbers(window: QWidget) -> list[QWidget]:
    """Every label with a digit, and every widget that paints numbers, that is on screen."""
    labels = [
        label
        for label in window.findChildren(QLabel)
        if label.isVisible() and re.search(r"\d", label.text()) and label.objectName() not in NAMES
    ]
    return labels + [one for kind in PAINTED for one in window.findChildren(kind) if one.isVisible()]


def check(window: QWidget, keys: list[str], where: str) -> None:
    lacking = [
        f"{where}: {type(one).__name__} {one.objectName()} {getattr(one, 'text', str)()!r:.60}"
        for one in shown_numbers(window)
        if not one.property(TERMS)
    ]
    assert lacking == []
    for one in shown_numbers(window):
        assert set(str(one.property(TERMS)).split()) <= set(keys), one


def test_every_number_of_the_window_has_an_entry(qtbot, tmp_path, keys):
    with running(qtbot, tmp_path) as program:
        window = program.window
        program.wait(lambda: program.left.picture is not None and program.right.picture is not None)
        check(window, keys, "start")
        assert len(shown_numbers(window)) > 8
        window.centre.show_inspector(True)
        check(window, keys, "inspector")
        window.centre.show_inspector(False)
        program.explorer.pick(5)
        for tab in window.strip.tabs:
            window.strip.show_panel(tab.name)
            program.wait(tab.widget.isVisible)
            check(window, keys, tab.name)


def test_from_the_number_by_mouse_and_by_keyboard(qtbot, tmp_path):
    with running(qtbot, tmp_path) as program:
        window, terms = program.window, program.window.help_menu.terms
        window.activateWindow()
        program.wait(window.isActiveWindow)
        assert window.help_menu.what.shortcut().toString() == "Shift+F1"
        # A platform without a screen has no pointer that could be over a widget.
        terms.open_at(window.panes[1].lamps.summary)
        assert terms.dialog is not None
        assert terms.dialog.isVisible()
        assert terms.dialog.shown().key == "kl_dimension"
        QTest.keyClick(terms.dialog.search, Qt.Key.Key_Escape)
        assert not terms.dialog.isVisible()
        # There is no number under the pointer: it is what has the keyboard.
        window.activateWindow()
        window.toolbar.beta.slider.setFocus()
        program.wait(window.toolbar.beta.slider.hasFocus)
        window.help_menu.what.trigger()
        assert terms.dialog.isVisible()
        assert terms.dialog.shown().key == "beta"
        terms.dialog.close()


@pytest.fixture
def dialog(qtbot):
    made = GlossaryDialog()
    qtbot.addWidget(made)
    made.show()
    made.search.setFocus()
    return made


def shown(dialog: GlossaryDialog) -> list[str]:
    items = (dialog.list.item(place) for place in range(dialog.list.count()))
    return [item.data(Qt.ItemDataRole.UserRole) for item in items if not item.isHidden()]


def test_searching(qtbot, dialog, keys):
    assert [key for key in shown(dialog) if key is not None] == keys
    qtbot.keyClicks(dialog.search, "CHET distance")
    assert [key for key in shown(dialog) if key is not None] == ["fd"]
    assert dialog.name.text() == "FD-clf"
    assert "Lower is better." in dialog.facts.text()
    assert "Source: Heusel et al. 2017." in dialog.facts.text()
    # One heading is left.
    assert len(shown(dialog)) == 2
    dialog.search.clear()
    # A term of this name comes before those that only speak of it.
    qtbot.keyClicks(dialog.search, "KL")
    assert dialog.shown().key in ("kl", "kl_dimension")
    dialog.search.clear()
    qtbot.keyClicks(dialog.search, "no such word")
    assert dialog.shown() is None
    assert dialog.none.isVisible()
    assert dialog.name.text() == ""


@pytest.mark.parametrize("typed", ["ＦＤ－ｃｌｆ", "fd-CLF"])
def test_letters_of_an_input_method_find_the_same(dialog, typed):
    dialog.search.setText(typed)
    assert dialog.shown().key == "fd"


def test_up_and_down_from_the_field(qtbot, dialog):
    first = dialog.shown()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    second = dialog.shown()
    assert second is not None
    assert first != second
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.what.text() == second.what


def test_names_are_plain_text(dialog):
    labels = (dialog.name, dialog.what, dialog.facts)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert QApplication.activeModalWidget() is None
