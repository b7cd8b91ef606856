"""KL per dimension as bars, the largest first, in the colours of the lamps."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.glossary.terms import refer, tip
from latent_explorer.panes.lamp_grid import COLLAPSED, light
from latent_explorer.words.figures import nats

#: Widths in px: maximum of a bar, and of the gap after it unless bars are narrow.
_WIDEST, _GAP = 26, 2
#: Height of the hollow bar of a collapsed dimension, so that it is visible.
_HOLLOW = 3


class KlBars(QWidget):
    """Bars of one pane's model, or a sentence if there are none. The highest bar fills the height."""

    def __init__(self, pane: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self.kl: tuple[float, ...] = ()
        #: Dimensions, counted from 0, in the order of their bars.
        self.order: tuple[int, ...] = ()
        self._reason = ""
        self.setObjectName(f"klBars{pane}")
        self.setAccessibleName(self.tr("KL divergence of each latent dimension"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        refer(self, "kl_dimension")
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(160, 90)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 48)

    def show_kl(self, kl: tuple[float, ...], reason: str = "") -> None:
        """KL of each dimension in nats; or () and why there are none."""
        if (kl, reason) == (self.kl, self._reason):
            return
        self.kl, self._reason = kl, reason
        self.order = tuple(np.argsort(-np.nan_to_num(np.asarray(kl)), kind="stable").tolist())
        shown = ", ".join(f"z{one + 1} {nats(kl[one])}" for one in self.order[:8])
        self.setAccessibleDescription(reason or shown)
        self.update()

    @property
    def most(self) -> float:
        """KL of the highest bar, at least one nat, so that noise is not enlarged."""
        return max((one for one in self.kl if one == one), default=0.0) if self._lively else 1.0

    @property
    def _lively(self) -> bool:
        return any(one > 1.0 for one in self.kl)

    def bar_rect(self, place: int) -> QRectF:
        """The room of a bar, its whole height."""
        top = self.fontMetrics().height() + 2
        across = self.width() / max(1, len(self.kl))
        wide = min(_WIDEST, across)
        gap = _GAP if wide > 3 * _GAP else 0
        return QRectF(place * wide, top, max(1.0, wide - gap), max(1.0, self.height() - top - 1))

    def place_at(self, point: QPoint) -> int | None:
        """Which bar is under `point`, counted from the left; None for none."""
        place = int(point.x() // min(_WIDEST, self.width() / max(1, len(self.kl))))
        return place if 0 <= place < len(self.kl) else None

    def terms_at(self, place: QPoint | None) -> tuple[str, ...]:
        """See `PaintsNumbers`."""
        return ("kl_dimension",)

    def tip_at(self, place: QPoint) -> tuple[str, QRect]:
        """See `PaintsNumbers`."""
        bar = self.place_at(place)
        if bar is None:
            return tip("kl_dimension"), self.rect()
        dimension = self.order[bar]
        kl = self.kl[dimension]
        text = self.tr("z{0}: {1} nats").format(dimension + 1, f"{kl:.2f}" if kl >= COLLAPSED else f"{kl:.4f}")
        text = text if kl >= COLLAPSED else self.tr("{0}, collapsed").format(text)
        return text, self.bar_rect(bar).toRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, accent = theme().tokens, theme().accent(self._pane)
        with QPainter(self) as painter:
            font = tabular(painter.font())
            font.setPixelSize(theme().small_px)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text_2))
            if not self.kl:
                flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
                painter.drawText(self.rect(), flags, self._reason)
                return
            lit = sum(one >= COLLAPSED for one in self.kl)
            words = self.tr("{0} of {1} above {2} · highest {3} nats")
            said = words.format(lit, len(self.kl), COLLAPSED, nats(max(self.kl)))
            if painter.fontMetrics().horizontalAdvance(said) > self.width():
                said = self.tr("{0} of {1} above {2}").format(lit, len(self.kl), COLLAPSED)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop, said)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, dimension in enumerate(self.order):
                self._paint(painter, self.bar_rect(place), self.kl[dimension], accent, QColor(tokens.text_3))

    def _paint(self, painter: QPainter, room: QRectF, kl: float, accent: QColor, hollow: QColor) -> None:
        bright = light(kl)
        high = max(_HOLLOW, room.height() * min(1.0, kl / self.most)) if bright else _HOLLOW
        bar = QRectF(room.left(), room.bottom() - high, room.width(), high)
        if bright:
            colour = QColor(accent)
            colour.setAlphaF(bright)
            painter.fillRect(bar, colour)
        else:
            painter.setPen(QPen(hollow, 1))
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
