"""ln p(x) = ELBO + KL as two bars of equal length, one of them in two parts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.glossary.terms import refer
from latent_explorer.tools.true_posterior.state import TruePosterior

#: Share of the bars' length for the largest KL of both panes.
_KL = 0.4
#: Minimum range of the bars in nats.
_SPAN = 0.2


def span_of(found: list[TruePosterior]) -> float:
    """Common range of the bars of all panes in nats."""
    return max([_SPAN, *(one.kl / _KL for one in found if one.has_posterior)])


class IdentityBar(QWidget):
    """ln p(x) above, ELBO and KL below. Only their right ends are shown: the left ends are cut with a torn
    edge.
    """

    def __init__(self, pane: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane, self._span = pane, 1.0
        self._found: TruePosterior | None = None
        refer(self, "evidence_identity")
        self.setObjectName(f"truePosteriorBar{pane}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(240, 2 * self._tall() + 3)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _tall(self) -> int:
        return self.fontMetrics().height() + 1

    def show_found(self, found: TruePosterior | None, span: float) -> None:
        """Draw its figures on a scale of `span` nats."""
        self._found, self._span = found, span
        self.update()

    def parts(self) -> dict[str, QRectF]:
        """The rectangles of "evidence", "elbo" and "kl" in px."""
        found, tall = self._found, self._tall()
        if found is None or found.reason:
            return {}
        wide = self.width() - 2.0
        per_nat = wide / self._span
        whole = max(found.evidence, found.elbo + found.kl) if found.has_posterior else found.evidence
        parts = {"evidence": QRectF(1, 0, wide - (whole - found.evidence) * per_nat, tall)}
        if found.has_posterior:
            end = max(0.0, wide - (whole - found.elbo) * per_nat)
            parts["elbo"] = QRectF(1, tall + 2, end, tall)
            parts["kl"] = QRectF(1 + end, tall + 2, max(1.5, found.kl * per_nat), tall)
        return parts

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, parts = theme().tokens, self.parts()
        names = {"evidence": "ln p(x)", "elbo": "ELBO", "kl": "KL"}
        accent = theme().accent(self._pane)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = tabular(painter.font())
            font.setPixelSize(theme().small_px)
            painter.setFont(font)
            metrics = QFontMetricsF(font)
            for name, part in parts.items():
                fill = QColor(tokens.text_3 if name == "evidence" else accent)
                fill.setAlphaF(0.35 if name != "kl" else 0.12)
                painter.fillRect(part, fill)
                if name == "kl":
                    painter.fillRect(part, _hatched(accent))
                    painter.setPen(QPen(accent, 1.2))
                    painter.drawRect(part.adjusted(0.6, 0.6, -0.6, -0.6))
                else:
                    _paint_tear(painter, part, QColor(tokens.panel))
                if metrics.horizontalAdvance(names[name]) + 8 <= part.width():
                    self._paint_name(painter, part, names[name], metrics)

    def _paint_name(self, painter: QPainter, part: QRectF, name: str, metrics: QFontMetricsF) -> None:
        tokens = theme().tokens
        box = QRectF(0, 0, metrics.horizontalAdvance(name) + 6, metrics.height())
        box.moveCenter(part.center())
        if name == "KL":
            painter.fillRect(box, QColor(tokens.panel))
        painter.setPen(QColor(tokens.text))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), name)


def _hatched(colour: QColor) -> QColor:
    shade = QColor(colour)
    shade.setAlphaF(0.35)
    return shade


def _paint_tear(painter: QPainter, part: QRectF, ground: QColor) -> None:
    """Draw the torn edge: the bar continues to the left."""
    step = part.height() / 4
    corners = [QPointF(part.left() - 1, part.top())]
    corners += [QPointF(part.left() + (4 if place % 2 else 0), part.top() + place * step) for place in range(5)]
    corners.append(QPointF(part.left() - 1, part.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawPolygon(QPolygonF(corners))
    painter.setBrush(Qt.BrushStyle.NoBrush)
