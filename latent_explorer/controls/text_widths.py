"""Widths of texts in one font, each measured once: the same few come again with every move of the hand."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF

_MOST = 2000


class TextWidths(dict[str, float]):
    """The width in px of a text, looked up as in a dict. Measures again from nothing with other metrics."""

    def __init__(self, metrics: QFontMetricsF) -> None:
        super().__init__()
        self._metrics = metrics

    def __missing__(self, text: str) -> float:
        if len(self) > _MOST:
            self.clear()
        width = self[text] = self._metrics.horizontalAdvance(text)
        return width
