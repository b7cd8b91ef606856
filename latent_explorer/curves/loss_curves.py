"""The plot itself. Importing this module imports pyqtgraph, which `CurvesDock` puts off until there is a curve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import SMALL_TEXT_PX, tabular, theme
from latent_explorer.curves.marks import Mark
from latent_explorer.curves.plain_axis import PlainAxis

pg.setConfigOptions(imageAxisOrder="row-major", antialias=True)

#: How much of the curves under it a name hides: 0 to 255.
_PLATE = 190
#: Least distance of two marks' texts, in pixels; closer ones are drawn as lines only.
_MARK_GAP = 76


class LossCurves(pg.PlotWidget):
    """Curves of one quantity for several members. All items are made once; afterwards only their data is set.

    Signals:
        hovered(float): the step under the pointer; NaN when the pointer left.
        moved_by_hand: a person panned or zoomed.
        fit_asked: a double-click.
    """

    hovered = Signal(float)
    moved_by_hand = Signal()
    fit_asked = Signal()

    def __init__(self, accents: Sequence[int | None], parent: QWidget | None = None) -> None:
        """`accents`: for each model the pane whose colour its curves have; None for grey."""
        axes = {side: PlainAxis(side) for side in ("left", "bottom")}
        super().__init__(parent, axisItems=axes)
        self.setObjectName("lossPlot")
        self.setAccessibleName(self.tr("Loss curves"))
        # Keys go to the dock, which knows what they mean.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMenuEnabled(False)
        self.hideButtons()
        plot = self.getPlotItem()
        plot.setClipToView(True)
        plot.setDownsampling(auto=True, mode="peak")
        self.setMouseEnabled(x=True, y=False)
        self._accents = list(accents)
        self.raw = [self._curve(smooth=False) for _ in accents]
        self.train = [self._curve() for _ in accents]
        self.held_out = [self._curve() for _ in accents]
        #: Names beside curves whose colour does not say whose they are.
        self.labels = [pg.TextItem(anchor=(1, 1)) for _ in accents]
        #: Where the curves end that have names: (step, value).
        self._ends: dict[pg.TextItem, tuple[float, float]] = {}
        self.marks: list[tuple[Mark, pg.InfiniteLine]] = []
        #: The former branch's curves, from where it was left.
        self.ghosts = [self._curve(smooth=False) for _ in accents]
        for label in self.labels:
            label.hide()
            self.addItem(label, ignoreBounds=True)
        #: How many names have no room, above those that have: "+3".
        self.more = pg.TextItem(anchor=(1, 1))
        self.more.hide()
        self.addItem(self.more, ignoreBounds=True)
        self.ghost_name = pg.TextItem(self.tr("former run"), anchor=(1, 1))
        self.ghost_name.hide()
        self.addItem(self.ghost_name, ignoreBounds=True)
        self.past = pg.InfiniteLine(angle=90, movable=False)
        self.past.hide()
        self.addItem(self.past, ignoreBounds=True)
        self.hair = pg.InfiniteLine(angle=90, movable=False)
        self.hair.hide()
        self.addItem(self.hair, ignoreBounds=True)
        font = tabular(QFont(self.font()))
        font.setPixelSize(SMALL_TEXT_PX)
        for axis in axes.values():
            axis.setTickFont(font)
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=0, tickTextOffset=6)
        axes["left"].setWidth(46)
        self._font = font
        for label in (self.ghost_name, self.more, *self.labels):
            label.setFont(font)
        self.scene().sigMouseMoved.connect(self._moved)
        plot.getViewBox().sigRangeChangedManually.connect(self.moved_by_hand)
        plot.getViewBox().sigXRangeChanged.connect(self._thin_marks)
        for changed in (plot.getViewBox().sigRangeChanged, plot.getViewBox().sigResized):
            changed.connect(self._spread_names)
        self.recolour()

    def _curve(self, smooth: bool = True) -> pg.PlotDataItem:
        """Make a curve; without `smooth` a faint, ragged one looks the same and is drawn ten times as fast."""
        curve = pg.PlotDataItem(connect="finite", antialias=smooth)
        self.addItem(curve)
        return curve

    def set_accents(self, accents: Sequence[int | None]) -> None:
        """Other models have these curves now; see `__init__`."""
        if list(accents) != self._accents:
            self._accents = list(accents)
            self.recolour()

    def colour(self, pane: int | None) -> QColor:
        """The colour of the curves of the model in a pane, or of one in none."""
        return QColor(theme().tokens.text_3) if pane is None else theme().accent(pane)

    def set_labels(self, labels: Sequence[tuple[str, tuple[np.ndarray, np.ndarray]]]) -> None:
        """(name, curve) of each model: its name at the end of its curve, "" for none.

        That of a model that rests, because its loss was not finite any more, ends before the others.
        """
        for label, (text, (steps, values)) in zip(self.labels, labels, strict=True):
            places = np.flatnonzero(np.isfinite(values))
            label.setText(text)
            self._end(label, (steps[places[-1]], values[places[-1]]) if text and len(places) else None)
        self._spread_names()

    def _end(self, name: pg.TextItem, end: tuple[float, float] | None) -> None:
        self._ends.pop(name, None)
        name.setVisible(end is not None)
        if end is not None:
            self._ends[name] = (float(end[0]), float(end[1]))

    @Slot()
    def _spread_names(self) -> None:
        """Each name at the end of its curve, or as near to it as those of others leave room: none covers another.

        Where there is no room for all, the first ones have it, under a figure that says how many have none.
        """
        box = self.getPlotItem().getViewBox()
        area, (first, last) = box.sceneBoundingRect(), box.viewRange()[0]
        high = max((name.boundingRect().height() for name in self._ends), default=1.0)
        near = [name for name, (step, _) in self._ends.items() if first <= step <= last]
        room = max(0, int(area.height() // high))
        seen = near if len(near) <= room else near[: max(1, room - 1)]
        self.more.setVisible(len(seen) < len(near) and room > 1)
        for name in self._ends:
            name.setVisible(name in seen)
        # From the top of the plot to its bottom; a name stands on its place.
        places = {name: box.mapViewToScene(QPointF(*self._ends[name])).y() for name in seen}
        ordered = sorted(seen, key=places.__getitem__)
        least, most = area.top() + high, area.bottom() - high * (len(ordered) - 1)
        if self.more.isVisible():
            left = near[len(seen) :]
            self.more.setText(f"+{len(left)}")
            self.more.setToolTip("\n".join(name.toPlainText() for name in left))
            end = max(self._ends[name][0] for name in seen)
            self.more.setPos(end, box.mapSceneToView(QPointF(0, least)).y())
            least += high
        for number, name in enumerate(ordered):
            place = min(max(places[name], least), most + number * high)
            name.setPos(self._ends[name][0], box.mapSceneToView(QPointF(0, place)).y())
            least = place + high

    @Slot()
    def recolour(self) -> None:
        """Take the colours of the theme."""
        tokens = theme().tokens
        self.setBackground(QColor(tokens.panel))
        for place, pane in enumerate(self._accents):
            accent = self.colour(pane)
            faint = QColor(accent)
            faint.setAlpha(60)
            self.raw[place].setPen(pg.mkPen(faint, width=1))
            self.train[place].setPen(pg.mkPen(accent, width=1))
            self.held_out[place].setPen(pg.mkPen(accent, width=1, style=Qt.PenStyle.DashLine))
            ghost = QColor(accent)
            ghost.setAlpha(150)
            self.ghosts[place].setPen(pg.mkPen(ghost, width=1, style=Qt.PenStyle.DotLine))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(QColor(tokens.line), width=1))
            axis.setTextPen(QColor(tokens.text_2))
        self.getPlotItem().showGrid(x=False, y=True, alpha=0.35)
        self.hair.setPen(pg.mkPen(QColor(tokens.text_2), width=1))
        self.past.setPen(pg.mkPen(QColor(tokens.text), width=2))
        plate = QColor(tokens.panel)
        plate.setAlpha(_PLATE)
        for name in (self.ghost_name, self.more, *self.labels):
            name.setColor(QColor(tokens.text_2))
            name.fill = pg.mkBrush(plate)
        for _, line in self.marks:
            self._colour_mark(line)

    def _colour_mark(self, line: pg.InfiniteLine) -> None:
        tokens = theme().tokens
        line.setPen(pg.mkPen(QColor(tokens.text_3), width=1, style=Qt.PenStyle.DotLine))
        line.label.setColor(QColor(tokens.text_2))

    def set_marks(self, marks: list[Mark]) -> None:
        """Show these marks; those already there are kept."""
        if [mark for mark, _ in self.marks] != marks[: len(self.marks)]:
            for _, line in self.marks:
                self.removeItem(line)
            self.marks = []
        for mark in marks[len(self.marks) :]:
            options = {"position": 0.94, "anchors": [(0, 0.5), (0, 0.5)], "movable": False}
            line = pg.InfiniteLine(mark.step, angle=90, label=mark.text, labelOpts=options)
            line.label.setFont(self._font)
            self._colour_mark(line)
            self.addItem(line, ignoreBounds=True)
            self.marks.append((mark, line))
        self._thin_marks()

    @Slot()
    def _thin_marks(self) -> None:
        """Texts only where there is room; of marks close together, as a turned knob leaves them, the last."""
        box = self.getPlotItem().getViewBox()
        free = float("inf")
        for mark, line in reversed(self.marks):
            x = box.mapViewToScene(QPointF(mark.step, 0)).x()
            line.label.setVisible(x + _MARK_GAP <= free)
            if line.label.isVisible():
                free = x

    @Slot(object)
    def _moved(self, position: QPointF) -> None:
        box = self.getPlotItem().getViewBox()
        inside = box.sceneBoundingRect().contains(position)
        self.hovered.emit(box.mapSceneToView(position).x() if inside else float("nan"))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(float("nan"))

    def mouseDoubleClickEvent(self, event: object) -> None:
        self.fit_asked.emit()

    def set_ghosts(self, ghosts: Sequence[tuple[np.ndarray, np.ndarray]]) -> None:
        """(steps, values) of the former branch, one entry a member; named at the end of the uppermost."""
        ends = []
        for curve, (steps, values) in zip(self.ghosts, ghosts, strict=True):
            curve.setData(steps, values)
            if len(steps) and np.isfinite(values[-1]):
                ends.append((float(values[-1]), float(steps[-1])))
        self._end(self.ghost_name, max(ends)[::-1] if ends else None)
        self._spread_names()

    def show_past(self, step: float | None) -> None:
        """Show a line at the past moment that the maps show, or none."""
        self.past.setVisible(step is not None)
        if step is not None:
            self.past.setValue(step)

    def zoom(self, factor: float) -> None:
        """Magnify the steps by `factor`, about the line under the hand or else the middle, as a wheel would."""
        box = self.getPlotItem().getViewBox()
        first, last = box.viewRange()[0]
        at = self.hair.value() if self.hair.isVisible() else (first + last) / 2
        self.setXRange(at - (at - first) / factor, at + (last - at) / factor, padding=0)
        self.moved_by_hand.emit()

    def reveal(self, step: float) -> None:
        """Pan, if that is needed, until `step` is in view."""
        first, last = self.getPlotItem().getViewBox().viewRange()[0]
        by = min(step - first, 0.0) + max(step - last, 0.0)
        if by:
            self.setXRange(first + by, last + by, padding=0)
            self.moved_by_hand.emit()

    def show_hair(self, step: float | None) -> None:
        """Show a line at `step`, or none."""
        self.hair.setVisible(step is not None)
        if step is not None:
            self.hair.setValue(step)
