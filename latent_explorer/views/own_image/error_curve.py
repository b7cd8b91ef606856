"""A small curve of the error over the steps of a refinement."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.state.own_image import Refined
from latent_explorer.theme import SMALL_TEXT_PX, theme
from latent_explorer.views.figures import nats

#: Room for the numbers at both ends, in pixels.
_TEXT = 16


class ErrorCurve(QWidget):
    """First and last value stand above and below the line, which spans the range in between."""

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._refined: Refined | None = None
        self.setAccessibleName(self.tr("Error over the steps of the refinement"))
        self.setMinimumWidth(38)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(90, 70)

    def show_refined(self, refined: Refined | None) -> None:
        """Draw another curve, or none."""
        if refined is self._refined:
            return
        self._refined = refined
        if refined is not None:
            unit = self.tr("nats") if refined.in_nats else self.tr("summed squared error")
            text = self.tr("From {0} to {1} {unit} in {steps} steps").format(
                nats(float(refined.errors[0])),
                nats(float(refined.errors[-1])),
                unit=unit,
                steps=len(refined.errors) - 1,
            )
            self.setToolTip(text)
            self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._refined is None:
            return
        tokens = theme().tokens
        painter = QPainter(self)
        font = painter.font()
        font.setPixelSize(SMALL_TEXT_PX - 1)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text_2))
        whole = QRectF(self.rect())
        errors = self._refined.errors
        painter.drawText(
            whole, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), nats(float(errors[0]))
        )
        low = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(whole, int(low), nats(float(errors[-1])))
        area = whole.adjusted(2, _TEXT, -3, -_TEXT)
        span = float(errors.max() - errors.min())
        if len(errors) > 1 and span > 0 and area.height() > 8:
            x = np.linspace(area.left(), area.right(), len(errors))
            y = area.bottom() - (errors - errors.min()) / span * area.height()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().accent(self._index), 1.6))
            line = QPolygonF([QPointF(*point) for point in np.stack([x, y], 1).tolist()])
            painter.drawPolyline(line)
            painter.setBrush(theme().accent(self._index))
            painter.drawEllipse(line.at(line.size() - 1), 2.5, 2.5)
        painter.end()
