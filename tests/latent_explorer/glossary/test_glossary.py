"""The glossary: one source of what numbers mean, found by typing and from the numbers themselves."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QToolTip, QWidget

from latent_explorer.core.overlay import Overlay
from latent_explorer.dialogs.glossary import GlossaryDialog
from latent_explorer.glossary.terms import describe, sections, term, terms_of, tip
from latent_explorer.map.latent_map import LatentMap
from latent_explorer.panes.code_bars import CodeBars
from latent_explorer.panes.code_readout import CodeReadout
from latent_explorer.panes.lamp_grid import LampGrid
from latent_explorer.strips.row_strip import RowStrip
from latent_explorer.tools.drawing.canvas import DrawingCanvas
from latent_explorer.tools.holes.meter_view import MeterView
from latent_explorer.tools.interpolation.path_curve import PathCurve
from latent_explorer.tools.neighbours.row_view import NeighbourRow
from latent_explorer.tools.samples.sheet_view import SheetView
from latent_explorer.tools.selection.sheet import ContactSheet
from latent_explorer.tools.traversal.row_view import RowView
from tests.latent_explorer.program import running
from tests.latent_explorer.tips import ask_tip
from trainer.measures.all_groups import GROUPS

#: Widgets that paint their numbers themselves.
PAINTED = (
    LatentMap,
    CodeBars,
    CodeReadout,
    ContactSheet,
    DrawingCanvas,
    LampGrid,
    MeterView,
    NeighbourRow,
    PathCurve,
    RowStrip,
    RowView,
    SheetView,
)
#: Texts with digits that are names: of data, models and directions, which people gave.
NAMES = {"data-title", "app-name", "directionNames", "directionName"}
#: What is a number, or has a unit.
NUMBER = re.compile(r"\d|%|√|[βσε]|\b(nats|KL|MSE|ms|MB|AUROC)\b")


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


def text_of(widget: QWidget) -> str:
    """What a widget that shows a text has in it."""
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, QLabel | QLineEdit | QAbstractButton) else ""


def shown_numbers(window: QWidget) -> list[QWidget]:
    """Every text with a number or unit, in labels, fields, choices and buttons, and every widget that paints
    numbers, that is on screen."""
    texts = [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible() and NUMBER.search(text_of(one)) and one.objectName() not in NAMES
    ]
    return texts + [one for kind in PAINTED for one in window.findChildren(kind) if one.isVisible()]


def check(window: QWidget, keys: list[str], where: str) -> None:
    lacking = [
        f"{where}: {type(one).__name__} {one.objectName()} {text_of(one)!r:.60}"
        for one in shown_numbers(window)
        if not terms_of(one)
    ]
    assert lacking == []
    for one in shown_numbers(window):
        assert set(terms_of(one)) <= set(keys), one


def test_every_number_of_the_window_has_an_entry(qtbot, tmp_path, keys):
    with running(qtbot, tmp_path) as program:
        window = program.window
        program.wait_for_pictures()
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


FIELDS = {
    "batch": "batch",
    "learning-rate": "learning_rate",
    "noise": "noise",
    "latent-size": "latent_size",
    "network-presets": "network",
    "network-widths": "network",
    "epochs": "epoch",
    "warm-up": "warm_up",
    "seed": "run_seed",
    "device": "device",
    "likelihood": "likelihood",
    "variance": "likelihood",
    "binarise": "binarised",
}


def test_every_field_of_the_training_settings_has_an_entry(qtbot, tmp_path):
    with running(qtbot, tmp_path) as program:
        panel = program.window.centre.inspector
        program.window.centre.show_inspector(True)
        found = {name: terms_of(panel.findChild(QWidget, name))[:1] for name in FIELDS}
        assert found == {name: (key,) for name, key in FIELDS.items()}
        # The name beside a field is of the same term, and says so in its tip.
        batch = panel.findChild(QWidget, "batch")
        name = next(one for one in panel.findChildren(QLabel) if one.buddy() is batch)
        assert terms_of(name) == ("batch",)


def said_on(latent_map: LatentMap) -> set[str]:
    """Terms of all texts that are written on a map: what tips are of, at every place of it."""
    latent_map.repaint()
    places = (QPoint(x, y) for x in range(0, latent_map.width(), 3) for y in range(0, latent_map.height(), 3))
    return {key for place in places if latent_map.tip_at(place)[0] for key in latent_map.terms_at(place)}


def test_every_text_on_a_map_has_an_entry(qtbot, tmp_path, keys):
    with running(qtbot, tmp_path) as program:
        window, latent_map = program.window, program.maps[1]
        program.wait(lambda: said_on(latent_map))
        assert said_on(latent_map) == {"code", "axis"}
        overlays = program.application.tools.overlays
        overlays.choose("heat", "density")
        overlays.choose("ellipses", "all")
        for name in ("prior", "contours", "mosaic"):
            overlays.switch(name, True)
        program.explorer.selection.set_rows([1, 2, 3])
        wanted = {"code", "axis", "data_here", "sigma", "prior_rings", "prior_cover", "contour", "selected"}
        program.wait(lambda: "tiles" in said_on(latent_map))
        assert said_on(latent_map) == wanted | {"tiles"}
        # At a text its own terms; beside all texts, and by keyboard, those of all.
        assert set(latent_map.terms_at(None)) == wanted | {"tiles", "classes_named"}
        assert set(terms_of(latent_map)) <= set(keys)
        for overlay in latent_map.stack.overlays:
            if type(overlay).caption is not Overlay.caption:
                assert overlay.terms(), overlay
                assert set(overlay.terms()) <= set(keys)
        window.activateWindow()
        corner = QPoint(12, 12)  # the name of the upright axis
        window.help_menu.terms.open_at(latent_map, latent_map.mapToGlobal(corner))
        assert window.help_menu.terms.dialog.shown().key == "code"
        ask_tip(latent_map, corner)
        assert "The code under the cursor" in " ".join(QToolTip.text().split())
        assert "Shift+F1" in QToolTip.text()
        QToolTip.hideText()
        window.help_menu.terms.dialog.close()


def test_names_of_directions_on_a_map_have_theirs(qtbot, tmp_path):
    with running(qtbot, tmp_path) as program:
        latent_map = program.maps[1]
        program.wait(lambda: said_on(latent_map))
        latent_map._axes.names = ("PC1 (43 %)", "PC2 (12 %)")
        assert said_on(latent_map) == {"plane_axes", "axis"}


def test_several_terms_are_listed_where_one_asked(qtbot, dialog, keys):
    dialog.show_terms(("fd", "coverage"))
    assert dialog.shown().key == "fd"
    assert shown(dialog)[:4] == [None, "fd", "coverage", None]
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.shown().key == "coverage"
    # The next time they are gone again, and what is searched is found once more among all terms.
    dialog.show_terms(("auroc",))
    assert [key for key in shown(dialog) if key is not None] == keys
    assert dialog.shown().key == "auroc"


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
        # There is no number under the pointer, wherever other tests have left it: it is what has the keyboard.
        QCursor.setPos(window.mapToGlobal(QPoint(-200, -200)))
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
    qtbot.keyClicks(dialog.search, "CHET distance squared heusel")
    # Measures on demand may speak of it, too.
    assert [key for key in shown(dialog) if key is not None and ":" not in key] == ["fd"]
    assert dialog.name.text() == "FD-clf"
    assert "Lower is better." in dialog.facts.text()
    assert "Source: Heusel et al. 2017." in dialog.facts.text()
    dialog.search.setText("moments, MB")
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


def test_every_measure_has_an_entry_of_its_own(keys):
    for group in GROUPS:
        for measure in group.measures:
            assert f"{group.name}:{measure.key}" in keys
            assert term(f"{group.name}:{measure.key}").name == str(measure.title)
    with pytest.raises(KeyError):
        term("rate:no such measure")
