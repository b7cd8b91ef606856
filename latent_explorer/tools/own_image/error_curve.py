"""A small curve of the error over the steps of a refinement."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.tools.own_image.state import Refined
from latent_explorer.words.figures import nats


class ErrorCurve(QWidget):
    """As high as a line of text; its numbers are beside it and in its tool tip."""

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._refined: Refined | None = None
        self.setAccessibleName(self.tr("Error over the steps of the refinement"))
        self.setMinimumWidth(28)
        self.setMaximumWidth(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(90, 24)

    def show_refined(self, refined: Refined | None) -> None:
        """Set or remove the curve."""
        if refined is self._refined:
            return
        self._refined = refined
        if refined is not None:
            unit = self.tr("nats") if refined.in_nats else self.tr("summed squared error")
            steps = len(refined.errors) - 1
            whole = self.tr("From {0} to {1} {unit} in {steps} steps")
            text = (self.tr("From {0} to {1} {unit} in 1 step") if steps == 1 else whole).format(
                nats(float(refined.errors[0])),
                nats(float(refined.errors[-1])),
                unit=unit,
                steps=steps,
            )
            self.setToolTip(text)
            self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._refined is None:
            return
        errors = self._refined.errors
        area = QRectF(self.rect()).adjusted(3, 4, -4, -4)
        span = float(errors.max() - errors.min())
        x = np.linspace(area.left(), area.right(), len(errors)) if len(errors) > 1 else np.array([area.left()])
        y = area.bottom() - (errors - errors.min()) / (span or 1.0) * area.height()
        line = QPolygonF([QPointF(*point) for point in np.stack([x, y], 1).tolist()])
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme().tokens.line), 1))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
            painter.setPen(QPen(theme().accent(self._index), 1.6))
            painter.drawPolyline(line)
            painter.setBrush(theme().accent(self._index))
            painter.drawEllipse(line.at(line.size() - 1), 2.5, 2.5)
