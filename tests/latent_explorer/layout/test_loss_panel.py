"""The panel of losses: the table has its whole width."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from tests.latent_explorer.program import running


def test_a_table_that_scrolls_is_as_wide_as_it_has_to_be(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        program.wait(lambda: all(pane.codes is not None for pane in (program.left, program.right)))
        program.window.resize(1204, 700)
        program.window.strip.show_panel("loss")
        table = program.child("lossPanel").findChild(QScrollArea)
        program.wait(table.verticalScrollBar().isVisible)
        assert table.viewport().width() >= table.widget().minimumSizeHint().width()
