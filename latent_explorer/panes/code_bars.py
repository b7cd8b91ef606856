"""All dimensions of the code under the cursor as a strip of bars, up to the largest latent size."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import refer
from latent_explorer.words.figures import signed

_ROWS = 2_000


class CodeBars(QWidget):
    """One bar per dimension around zero. The range depends on the codes on the map, not on the cursor."""

    def __init__(self, pane: PaneState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._range = 3.0
        self.setMouseTracking(True)
        refer(self, "bars")
        self.setObjectName("codeBars")
        self.setAccessibleName(self.tr("All dimensions of the code"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        pane.picture_changed.connect(self.update)
        pane.codes_changed.connect(self._measure)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(140, 30)

    @property
    def range(self) -> float:
        """Value at which a bar is full, in code units: at least 3, else nearly the largest on the map."""
        return self._range

    @Slot()
    def _measure(self) -> None:
        codes = self._pane.codes
        if codes is None or not len(codes.codes):
            return
        sample = np.abs(codes.codes[:: max(1, len(codes.codes) // _ROWS)])
        finite = sample[np.isfinite(sample)]
        self._range = max(3.0, float(np.quantile(finite, 0.995))) if len(finite) else 3.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            width, middle = float(self.width()), self.height() / 2
            painter.fillRect(QRectF(0, round(middle), width, 1), QColor(tokens.line))
            code = self._pane.code
            if code is not None:
                # More dimensions than pixels: the largest of each group is shown.
                groups = np.array_split(code, min(len(code), max(1, int(width))))
                values = np.array([group[np.abs(group).argmax()] for group in groups])
                heights = np.clip(np.nan_to_num(values / self._range), -1, 1) * (middle - 1)
                edges = np.linspace(0, width, len(values) + 1)
                gap = 1.0 if width / len(values) >= 3 else 0.0
                colour = theme().accent(self._pane.index)
                for left, right, height in zip(edges[:-1], edges[1:], heights, strict=True):
                    bar = QRectF(left, round(middle), right - left - gap, -height)
                    painter.fillRect(bar.normalized(), colour)

    def tip(self, x: int) -> str:
        """Description of the dimension under `x`, or ""."""
        code = self._pane.code
        if code is None or not 0 <= x < self.width():
            return ""
        place = int(x * len(code) / self.width())
        return f"z{place + 1} {signed(float(code[place]))}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setToolTip(self.tip(int(event.position().x())))
