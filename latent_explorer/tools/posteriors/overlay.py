"""Posterior ellipses of one image, the prior, contours; and the caption of the union of all ellipses."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from latent_explorer.appearance.theme import Tokens, tabular, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Caption, Made, Overlay
from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.word_plate import paint_word, word_box
from latent_explorer.tools.posteriors import brief as brief
from latent_explorer.tools.posteriors import words as words
from latent_explorer.tools.posteriors.belonging import made_of_posteriors
from latent_explorer.tools.posteriors.prior_rings import lines_across, paint_prior
from latent_explorer.tools.posteriors.shown_prior import ShownPrior
from latent_explorer.tools.posteriors.state import ContourLines, PosteriorsState
from trainer.latent.plane import Plane
from trainer.latent.posterior_shapes import projected, semi_axes
from trainer.latent.prior_regions import PriorRegions, one_gaussian

#: Pen widths of the contours, the innermost first.
_WIDTHS = (2.2, 1.6, 1.1)
#: Minimum distance in px between the labels of two contours, and minimum size of a contour with a label, which
#: would cover a smaller one.
_APART, _WORDS_FROM = 44.0, 72.0
#: Ellipses smaller than this many pixels are hidden under the mark of their image.
_SEEN_FROM = 16.0


class PosteriorOverlay(Overlay):
    """Paints the state of posteriors and prior above the points."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        #: Cache by kind of lines: the state, and its lines as paths.
        self._paths: dict[str, tuple[ContourLines | PriorRegions, list[QPainterPath]]] = {}
        self._prior = ShownPrior()
        tools.overlays.changed.connect(self._overlay_changed)
        tools[PosteriorsState].changed.connect(self._made)
        tools[PosteriorsState].row_changed.connect(self._row_changed)
        pane.codes_changed.connect(self._row_changed)
        pane.plane_changed.connect(self._row_changed)

    @property
    def active(self) -> bool:
        overlays = self.tools.overlays
        return overlays.chosen("ellipses") != "off" or overlays.on("prior") or overlays.on("contours")

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        if name in ("ellipses", "prior", "contours"):
            self.changed.emit()

    @Slot(int)
    def _made(self, index: int) -> None:
        if index == self.pane.index:
            self.changed.emit()

    @Slot()
    def _row_changed(self) -> None:
        if self.active:
            self.changed.emit()

    # ------------------------------------------------------------ caption

    def terms(self) -> tuple[str, ...]:
        overlays = self.tools.overlays
        ellipses, prior = overlays.chosen("ellipses"), overlays.on("prior")
        found = {
            "sigma": ellipses != "off",
            "prior_rings": prior,
            "prior_cover": ellipses == "all" or prior,
            "contour": overlays.on("contours") or prior,
        }
        return tuple(key for key, there in found.items() if there)

    def caption(self, view: ViewTransform) -> Caption | None:
        pane, overlays, made = self.pane, self.tools.overlays, self.tools[PosteriorsState]
        if pane.model is None:
            return None
        #: Each line in full and in short form.
        lines: list[tuple[str, str]] = []
        missing = words.no_ellipses(pane)
        if overlays.chosen("ellipses") != "off":
            if missing:
                lines.append((missing, brief.no_ellipses(pane)))
            elif overlays.chosen("ellipses") == "all":
                union = made.union(pane.index)
                of_union = (union, pane.model.config.latent)
                lines.append((words.of_union(*of_union), brief.of_union(*of_union)))
            else:
                place = self._place()
                spread = None
                if place is not None and pane.codes is not None and pane.codes.sigmas is not None:
                    spread = pane.codes.sigmas[place]
                number = None if made.row is None else self.explorer.number(made.row)
                of_row = (pane, number, overlays.chosen("ellipses"), spread)
                lines.append((words.of_row(*of_row), brief.of_row(*of_row)))
                if self._hidden(view):
                    lines.append((words.too_small(), words.too_small()))
        if overlays.on("prior"):
            contoured = made.prior(pane.index)
            regions = None if contoured is None else contoured.regions
            of_prior = (pane.model, self._prior.of(pane.model, pane.codes), regions)
            lines.append((words.of_prior(*of_prior), brief.of_prior(*of_prior)))
        if (overlays.chosen("ellipses") == "all" or overlays.on("prior")) and not missing:
            of_coverage = (made.coverage(pane.index), pane.model.config.latent)
            lines.append((words.of_coverage(*of_coverage), brief.of_coverage(*of_coverage)))
        if overlays.on("contours"):
            contours = made.contours(pane.index)
            lines.append((words.of_contours(contours), brief.of_contours(contours)))
        whole, few = ("\n".join(line[way] for line in lines if line[way]) for way in (0, 1))
        return Caption(whole, brief=few) if whole else None

    # ------------------------------------------------------------ drawing

    def made(self) -> Iterator[Made]:
        return made_of_posteriors(self.pane, self.tools)

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        font = tabular(painter.font())
        font.setPixelSize(theme().small_px)
        painter.setFont(font)
        overlays, pane = self.tools.overlays, self.pane
        contours = self.tools[PosteriorsState].contours(pane.index)
        if overlays.on("contours") and contours is not None and contours.lines:
            self._paint_contours(painter, view, tokens, contours)
        if overlays.on("prior") and pane.plane is not None and pane.model is not None:
            self._paint_prior(painter, view, tokens, pane.model, pane.plane)
        if overlays.chosen("ellipses") in ("hovered", "picked"):
            self._paint_row(painter, view, tokens)

    def _paint_prior(
        self, painter: QPainter, view: ViewTransform, tokens: Tokens, model: PaneModel, plane: Plane
    ) -> None:
        """Draw rings of a Gaussian immediately, contours of any other prior when they are available."""
        ellipse = one_gaussian(self._prior.of(model, self.pane.codes), plane)
        shown = self.tools[PosteriorsState].prior(self.pane.index)
        if ellipse is not None:
            paint_prior(painter, view, tokens, plane, ellipse, model.traits.has_prior)
            return
        if shown is None:
            return
        regions = shown.regions
        if len(plane.axes) == 1:
            painter.setPen(QPen(QColor(tokens.text_2), 1.4))
            lines_across(painter, view, tuple(float(line[0, 0]) for lines in regions.lines for line in lines))
        else:
            self._paint_contours(painter, view, tokens, regions, tokens.text_2)

    def _paint_contours(
        self,
        painter: QPainter,
        view: ViewTransform,
        tokens: Tokens,
        contours: ContourLines | PriorRegions,
        colour_name: str = "",
    ) -> None:
        """Draw lines with labels; those of the prior in a separate colour."""
        known = self._paths.get(colour_name)
        if known is None or known[0] is not contours:
            known = self._paths[colour_name] = (contours, [_path(lines) for lines in contours.lines])
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paths = known[1]
        on_screen = isinstance(painter.device(), QImage)
        if on_screen:
            painter.setTransform(_world(view), combine=True)
        else:
            # Not every SVG viewer supports lines with a constant width.
            paths = [_world(view).map(path) for path in paths]
        for halo in (True, False):
            for path, width in zip(paths, _WIDTHS, strict=False):
                colour = QColor(tokens.map if halo else colour_name or tokens.text)
                colour.setAlphaF(0.55 if halo else 0.95)
                pen = QPen(colour, width + 2.0 if halo else width)
                pen.setCosmetic(on_screen)
                painter.setPen(pen)
                painter.drawPath(path)
        painter.restore()
        named: list[QPointF] = []
        # The outermost first: inner ones may be too small for a label.
        for mass, lines in reversed(list(zip(contours.masses, contours.lines, strict=True))):
            if lines:
                longest = max(lines, key=len)
                if float(np.ptp(longest, axis=0).max()) * view.scale < _WORDS_FROM:
                    continue
                x, y = longest[int(np.argmin(longest[:, 0]))]
                place = QPointF(*view.to_pixels(float(x), float(y)))
                if all((place - other).manhattanLength() > _APART for other in named):
                    named.append(place)
                    word = f"{100 * mass:.0f} %"
                    paint_word(painter, word_box(painter, place, word), word, tokens, tokens.text)

    def _place(self) -> int | None:
        """The index among this pane's codes of the row whose ellipses are drawn."""
        codes, row = self.pane.codes, self.tools[PosteriorsState].row
        return None if codes is None or row is None else codes.place_of(row)

    def _ellipse(self) -> tuple[float, float, float] | None:
        """The 1σ ellipse of the row's posterior: semi-axes and the longer one's angle (rad); None without one."""
        codes, plane, place = self.pane.codes, self.pane.plane, self._place()
        if codes is None or codes.sigmas is None or plane is None or place is None or words.no_ellipses(self.pane):
            return None
        part = slice(place, place + 1)
        shapes = projected(codes.points[part], codes.sigmas[part], plane)
        if not len(shapes):
            return None
        longer, shorter, angle = (float(values[0]) for values in semi_axes(shapes.covariances))
        return longer, shorter, angle

    def _hidden(self, view: ViewTransform) -> bool:
        """Whether the ellipses are too small to be visible."""
        ellipse = self._ellipse()
        return ellipse is not None and 4 * ellipse[0] * view.scale < _SEEN_FROM

    def _paint_row(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        codes, plane, place = self.pane.codes, self.pane.plane, self._place()
        if codes is None or plane is None or place is None:
            return
        accent = QColor(tokens.accents[self.pane.index % 2])
        if not np.isfinite(codes.points[place]).all():
            return
        middle = QPointF(*view.to_pixels(*codes.points[place].tolist()))
        if words.no_ellipses(self.pane):
            _cross(painter, middle, accent, tokens)
            return
        ellipse = self._ellipse()
        if ellipse is None:
            return
        longer, shorter, angle = ellipse
        for times, alpha, width in ((2.0, 0.14, 1.2), (1.0, 0.26, 1.8)):
            fill = QColor(accent)
            fill.setAlphaF(alpha)
            painter.setBrush(fill)
            painter.setPen(QPen(accent, width))
            if len(plane.axes) == 1:
                reach = times * longer * view.scale
                painter.drawRect(QRectF(middle.x() - reach, -2, 2 * reach, view.height + 4))
                continue
            painter.save()
            painter.translate(middle)
            painter.rotate(-math.degrees(angle))
            # Qt does not draw an ellipse a million pixels wide, of which nothing is visible anyway.
            across, up = (min(times * axis * view.scale, 1e5) for axis in (longer, shorter))
            painter.drawEllipse(QPointF(0, 0), max(across, 0.5), max(up, 0.5))
            painter.restore()


def _world(view: ViewTransform) -> QTransform:
    """Plane coordinates to pixels."""
    transform = QTransform.fromTranslate(
        view.width / 2 - view.x * view.scale, view.height / 2 + view.y * view.scale
    )
    return transform.scale(view.scale, -view.scale)


def _path(lines: tuple[np.ndarray, ...]) -> QPainterPath:
    path = QPainterPath()
    for line in lines:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))
    return path


def _cross(painter: QPainter, middle: QPointF, accent: QColor, tokens: Tokens) -> None:
    """Draw a cross for a code without extent."""
    for colour, width in ((QColor(tokens.map), 4.0), (accent, 2.0)):
        painter.setPen(QPen(colour, width))
        for x, y in ((5, 5), (5, -5)):
            painter.drawLine(middle - QPointF(x, y), middle + QPointF(x, y))
