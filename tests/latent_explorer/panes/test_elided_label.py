"""What a label of one line leaves out is in its tool tip, also before it was ever painted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.panes.elided_label import ElidedLabel


def test_of_several_texts_the_longest_that_has_room_is_shown_whole(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    forms = ("image 1,204 · class 7 · a-file.png", "image 1,204 · class 7", "image 1,204")
    label.set_texts(*forms)
    label.show()
    for form in forms:
        label.resize(label.fontMetrics().horizontalAdvance(form) + 2, 20)
        assert label.shown_text() == form
        assert label.toolTip() == ("" if form == forms[0] else forms[0])
    label.resize(label.width() - 6, 20)
    assert label.shown_text().endswith("…")


def test_out_of_sight_a_label_says_the_whole_in_its_tool_tip(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(200, 100)
    label = ElidedLabel(place)
    label.setText("a text of which not everything has room in here")
    label.setGeometry(0, 400, 90, 20)  # below what the window shows, so that it is never painted
    place.show()
    qtbot.waitExposed(place)
    assert label.shown_text() != label.text()
    assert label.toolTip() == label.text()
    label.resize(900, 20)
    assert label.toolTip() == ""
