"""What a label of one line leaves out is in its tool tip, also before it was ever painted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.panes.elided_label import ElidedLabel


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
