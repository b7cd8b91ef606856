"""What the colours of the difference picture mean, in one line under it."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.elided_label import ElidedLabel
from trainer.export.difference import BRIGHTER, DARKER

_SQUARE = "■"


class DifferenceKey(ElidedLabel):
    """ "difference: ■ brighter ■ darker", in fewer words where there is little room, each square in its colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, placed=True)
        self.setObjectName("differenceKey")
        self.setProperty("role", "caption")
        self.setProperty("ownToolTip", True)
        refer(self, "mse")
        pair = self.tr("■ brighter ■ darker")
        #: From the longest to the shortest.
        self._forms = (
            self.tr("difference: ■ brighter, ■ darker than the original"),
            self.tr("difference: {0}").format(pair),
            pair,
            "■ + ■ −",
            "■+ ■−",
            "■+■−",
        )

    def fit(self, room: int) -> None:
        """Say as much as `room` px allow; nothing where that is not enough for anything."""
        self.setText(next((form for form in self._forms if self.width_of(form) <= room), ""))

    @property
    def shortest(self) -> str:
        """The form that takes least room."""
        return self._forms[-1]

    def width_of(self, form: str) -> int:
        """Of one of its forms, in px."""
        return self.fontMetrics().horizontalAdvance(form) + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics, x = self.fontMetrics(), 0
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        words = self.palette().color(self.foregroundRole())
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(theme().tokens.panel))
            for place, part in enumerate(self.text().split(_SQUARE)):
                if place:
                    painter.setPen(QColor(*(BRIGHTER, DARKER)[(place - 1) % 2]))
                    painter.drawText(QPointF(x, base), _SQUARE)
                    x += metrics.horizontalAdvance(_SQUARE)
                painter.setPen(words)
                painter.drawText(QPointF(x, base), part)
                x += metrics.horizontalAdvance(part)
