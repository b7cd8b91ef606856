"""Wraps text to a maximum number of lines, the last one with an ellipsis if there is more."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption


def wrapped(text: str, font: QFont, width: float, most: int) -> list[str]:
    """At most `most` lines of `text` in a width of `width` px; [] for none."""
    if most < 1 or not text:
        return []
    layout = QTextLayout(text, font)
    layout.setTextOption(_AT_WORDS)
    starts = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    lines = [text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    if len(lines) > most:
        rest = text[starts[most - 1] :]
        lines[most - 1 :] = [QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)]
    return lines


#: A word longer than a line, and Chinese, are broken anywhere.
_AT_WORDS = QTextOption()
_AT_WORDS.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
