"""Widths of texts: those of the font, measured once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from latent_explorer.controls import text_widths
from latent_explorer.controls.text_widths import TextWidths


class Counting(QFontMetricsF):
    """Counts what is measured."""

    measured = 0

    def horizontalAdvance(self, text: str) -> float:
        self.measured += 1
        return super().horizontalAdvance(text)


def test_a_width_is_that_of_the_font_and_measured_once(qapp: QApplication) -> None:
    metrics = Counting(QFont())
    widths = TextWidths(metrics)
    assert widths["+0.25"] == QFontMetricsF(QFont()).horizontalAdvance("+0.25") > 0
    assert widths["+0.25"] == widths["+0.25"]
    assert metrics.measured == 1


def test_no_more_are_kept_than_come_again(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_widths, "_MOST", 10)
    widths = TextWidths(QFontMetricsF(QFont()))
    for number in range(100):
        assert widths[str(number)] > 0
    assert len(widths) <= 11
