"""One lamp per latent dimension, lit in proportion to its KL divergence, dark when the dimension has collapsed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.glossary.terms import refer

#: KL below which a dimension counts as collapsed, in nats.
COLLAPSED = 0.01
#: KL of a fully lit lamp, in nats. Fixed, so that brightness has the same meaning throughout a run.
FULL = 2.0
#: Brightness of the dimmest active lamp, so that it differs from a dark one.
_LEAST = 0.22


def light(kl: float) -> float:
    """Brightness of a lamp, 0 (collapsed) to 1, linear in `kl` (nats) above the minimum."""
    if not kl >= COLLAPSED:  # NaN is dark too
        return 0.0
    return _LEAST + (1 - _LEAST) * min(1.0, kl / FULL)


def paint_lamp(painter: QPainter, box: QRectF, kl: float, accent: QColor, tokens: Tokens) -> None:
    """Draw a lamp of `kl` nats in `box`."""
    lit, radius = light(kl), min(3.0, box.height() / 3)
    if lit:
        colour = QColor(accent)
        colour.setAlphaF(lit)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, radius, radius)
    else:
        # Hollow, so that a dark lamp has another shape as well.
        painter.setPen(QPen(QColor(tokens.text_3), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class LampGrid(QWidget):
    """Up to 512 lamps that wrap in lines. `member` chooses the accent."""

    def __init__(self, member: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._member = member
        self.kl: tuple[float, ...] = ()
        self.setMouseTracking(True)
        refer(self, "kl_dimension")
        self.setObjectName(f"lamps{member}")
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("KL divergence of each latent dimension"))
        theme().changed.connect(self.update)

    def set_kl(self, kl: tuple[float, ...]) -> None:
        """Set the KL of each dimension, in nats."""
        if len(kl) != len(self.kl):
            self.kl = kl
            self.setFixedHeight(self.heightForWidth(self.width()))
            self.updateGeometry()
        self.kl = kl
        self.update()

    def _cell(self) -> tuple[int, int, int]:
        """Width and height of a lamp and the gap after it: smaller the more there are."""
        number = len(self.kl)
        return (18, 9, 4) if number <= 24 else (11, 8, 3) if number <= 96 else (6, 6, 2)

    def width_of(self, columns: int) -> int:
        """Width in px of `columns` lamps in a line."""
        across, _, gap = self._cell()
        return max(1, columns) * (across + gap) - gap

    def height_of(self, lines: int) -> int:
        """Height in px of `lines` lines."""
        _, high, gap = self._cell()
        return lines * (high + gap) - gap + 2

    def columns(self, width: int) -> int:
        """Lamps in a line."""
        across, _, gap = self._cell()
        return max(1, (width + gap) // (across + gap))

    def heightForWidth(self, width: int) -> int:
        return self.height_of(max(1, -(-len(self.kl) // self.columns(width))))

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(self.width()))

    def resizeEvent(self, event: object) -> None:
        height = self.heightForWidth(self.width())
        if height != self.height():
            self.setFixedHeight(height)

    def lamp_rect(self, dimension: int) -> QRectF:
        """The rectangle of a dimension's lamp (counted from 0)."""
        across, high, gap = self._cell()
        line, column = divmod(dimension, self.columns(self.width()))
        return QRectF(column * (across + gap), 1 + line * (high + gap), across, high)

    def dimension_at(self, point: QPoint) -> int | None:
        """The dimension under `point`, or None."""
        across, high, gap = self._cell()
        column, line = point.x() // (across + gap), (point.y() - 1) // (high + gap)
        columns = self.columns(self.width())
        dimension = line * columns + column
        inside = 0 <= column < columns and 0 <= dimension < len(self.kl)
        return dimension if inside else None

    def tip(self, dimension: int) -> str:
        """The tool tip of a lamp."""
        kl = self.kl[dimension]
        text = self.tr("z{0}: {1} nats").format(dimension + 1, f"{kl:.2f}" if kl >= COLLAPSED else f"{kl:.4f}")
        return text if kl >= COLLAPSED else self.tr("{0}, collapsed").format(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        accent = theme().accent(self._member)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for dimension, kl in enumerate(self.kl):
                paint_lamp(painter, self.lamp_rect(dimension), kl, accent, tokens)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        dimension = self.dimension_at(event.position().toPoint())
        self.setToolTip(self.tip(dimension) if dimension is not None else "")
