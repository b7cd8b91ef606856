"""Loss curves of all models in nats per image: training solid, held-out dashed, marks where a knob was turned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.focus_ring import paint_focus_ring
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.controls.redraw_throttle import RedrawThrottle
from latent_explorer.core.figures import figures_of
from latent_explorer.core.history import History
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.curve_lines import USUAL, CurveLine, curve_lines
from latent_explorer.curves.marks import breaks_of, marks_of
from latent_explorer.curves.segments import Segments
from latent_explorer.curves.smoothing import DrawnCurve, robust_range, value_at
from latent_explorer.glossary.terms import describe, refer
from latent_explorer.panes.loss_words import binarised_training, measured_as
from latent_explorer.words.figures import count, nats
from latent_explorer.words.knob_words import knob_line
from latent_explorer.words.trainer_names import shown_name

if TYPE_CHECKING:
    from latent_explorer.curves.loss_curves import LossCurves
    from trainer.card import Term


#: Zoom factor of the key +.
_ZOOM = 1.25
#: Separator of the parts of the legend line.
_SEPARATOR = " · "


class CurvesDock(QFrame):
    """A panel with one plot. It is redrawn at most five times a second, and only if seen and changed.

    pyqtgraph is imported when a run is being loaded or the first curve exists, so that start-up stays fast.
    """

    def __init__(self, training: TrainingState, panes: Sequence[PaneState], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._panes = tuple(panes)
        self.plot: LossCurves | None = None
        self._zoomed = False
        self._hover = math.nan
        self._lines: list[CurveLine] = []
        #: Whether models or names have changed since the last drawing.
        self._others = True
        self._drawn: list[DrawnCurve] = []
        self._history: History | None = None
        self.setObjectName("lossCurves")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Loss curves"))
        self._build()
        # Five times a second is enough, as a plot costs as much as twenty moves of the cursor.
        self._pace = RedrawThrottle(self, self.redraw, interval=200, aside=1_000)
        training.history_changed.connect(self._pace.touch)
        for signal in (training.evaluations_changed, training.former_changed, training.names_changed):
            signal.connect(self._show_others)
        for pane in self._panes:
            for signal in (pane.source_changed, pane.model_changed, pane.names_changed):
                signal.connect(self._show_others)
        training.looked_at_changed.connect(self._say)
        training.run_changed.connect(self._run_changed)
        theme().changed.connect(self._recolour)
        self._pace.touch()

    def _build(self) -> None:
        self.title = PlainLabel(self.tr("Loss, nats per image"))
        self.title.setProperty("role", "title")
        describe(self.title, "loss_curve")
        self._usual = (
            ("total", self.tr("Total")),
            ("reconstruction", self.tr("Reconstruction")),
            ("kl", self.tr("KL")),
        )
        self.quantity = Segments(self.tr("Loss shown"), self._usual)
        self.quantity.setObjectName("lossQuantity")
        self.quantity.chosen.connect(self._choose)
        for key in ("total", "reconstruction", "kl"):
            describe(self.quantity.buttons[key], key)
        self.readout = PlainLabel()
        refer(self.readout, "loss_curve")
        self.readout.setObjectName("lossReadout")
        self.readout.setProperty("role", "caption")
        self.readout.setTextFormat(Qt.TextFormat.RichText)
        self.readout.setFont(tabular(self.readout.font()))
        self.readout.setSizePolicy(
            self.readout.sizePolicy().Policy.Ignored, self.readout.sizePolicy().Policy.Fixed
        )
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.empty = PlainLabel(self.tr("Press Train: the curves of all models are drawn here."), self)
        self.empty.setObjectName("lossEmpty")
        self.empty.setProperty("role", "caption")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self.quantity)
        head.addWidget(self.readout, 1)
        self._body = QStackedLayout()
        self._body.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._body, 1)

    def showEvent(self, event: QShowEvent) -> None:
        self._pace.catch_up()
        super().showEvent(event)

    def prepare(self) -> None:
        """Import pyqtgraph and create the plot, if not done yet."""
        accents, former = [line.pane for line in self._lines], self.plot
        if former is not None and len(former.train) == len(accents):
            former.set_accents(accents)
            return
        from latent_explorer.curves.loss_curves import LossCurves

        self.plot = LossCurves(accents, self)
        if former is not None:
            if self._zoomed:
                self.plot.setXRange(*former.getPlotItem().getViewBox().viewRange()[0], padding=0)
            self._body.removeWidget(former)
            former.deleteLater()
        self.plot.hovered.connect(self._hovered)
        self.plot.moved_by_hand.connect(self._moved)
        self.plot.fit_asked.connect(self.fit)
        self._body.addWidget(self.plot)

    @Slot()
    def _run_changed(self) -> None:
        # The user has just pressed a button and waits for the trainer: a good time for half a second of work.
        if self._training.run_state in ("loading", "ready") and self.plot is None:
            QTimer.singleShot(0, self, self.prepare)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._pace.touch()

    @Slot()
    def _recolour(self) -> None:
        if self.plot is not None:
            self.plot.recolour()
        self._say()

    @Slot()
    def _moved(self) -> None:
        self._zoomed = True
        self._pace.touch()

    @Slot()
    def fit(self) -> None:
        """Show all steps again."""
        self._zoomed = False
        self._pace.touch()

    @Slot()
    def _show_others(self) -> None:
        self._others = True
        self._pace.touch()

    @Slot()
    def redraw(self) -> None:
        """Redraw the plot."""
        history = self._training.history
        if history is not self._history:
            self._history, self._zoomed, self._hover, self._others = history, False, math.nan, True
        if self._others:
            self._lines, self._others = curve_lines(self._training, self._panes), False
        if not any(len(line.figures.history) or line.figures.evaluations for line in self._lines):
            self._drawn = []
            self._body.setCurrentWidget(self.empty)
            self.readout.clear()
            return
        self.prepare()
        assert self.plot is not None
        self._body.setCurrentWidget(self.plot)
        self._offer_terms()
        name = self.quantity.key
        visible = self.visible
        self._drawn = []
        breaks = breaks_of(history, self._training.former)
        shown, ghosts, labels = [], [], []
        for place, line in enumerate(self._lines):
            drawn, held_out, ghost = line.curves(name, visible, breaks)
            self._drawn.append(drawn)
            self.plot.raw[place].setData(*drawn.raw)
            self.plot.train[place].setData(*drawn.curve)
            self.plot.held_out[place].setData(*held_out)
            ghosts.append(ghost)
            labels.append(("" if line.pane is not None else line.name, drawn.curve))
            shown += [drawn.curve, held_out, ghost]
        self.plot.set_labels(labels)
        self.plot.set_ghosts(ghosts)
        self.plot.set_marks(marks_of(history, self._training.acting_cards))
        self._set_ranges(shown)
        self._say()

    @property
    def visible(self) -> tuple[float, float] | None:
        """The steps in view; None for all."""
        if self.plot is None or not self._zoomed:
            return None
        first, last = self.plot.getPlotItem().getViewBox().viewRange()[0]
        return float(first), float(last)

    @property
    def shown_title(self) -> str:
        """The shown quantity with its unit."""
        term, key = self._own_term(), self.quantity.key
        if term is not None:
            return f"{shown_name(term.title)}, {shown_name(term.unit)}"
        return self.tr("{0} loss, nats per image").format(dict(self._usual).get(key, key))

    def _offer_terms(self) -> None:
        """Offer the usual three terms, and further terms of the shown families."""
        histories = [line.figures.history for line in self._lines]
        own = dict.fromkeys(name for history in histories for name in history.names if name not in USUAL)
        terms = {name: self._training.term(name) for name in own}
        self.quantity.set_choices(
            [*self._usual, *((name, shown_name(term.title) if term else name) for name, term in terms.items())]
        )
        for name, term in terms.items():
            if term is not None:
                self.quantity.buttons[name].setToolTip(f"{term.help}\n{term.unit}")

    def _set_ranges(self, shown: list) -> None:
        assert self.plot is not None
        ends = [int(steps[-1]) for steps, _ in shown if len(steps)]
        last = max(ends, default=1)
        if not self._zoomed:
            self.plot.setXRange(0, max(last, 2), padding=0.01)
        # Also while zoomed, so that newer steps can be reached by panning.
        most = 1.02 * max(self._last_step(), last, 2)
        self.plot.getPlotItem().getViewBox().setLimits(xMin=0, xMax=most, minXRange=2)
        bounds = robust_range(shown, last)
        if bounds is not None:
            self.plot.setYRange(*bounds, padding=0)

    def _last_step(self) -> int:
        """The last step of all curves, in view or not."""
        figures = [line.figures for line in self._lines]
        histories = [one.history for one in figures] + [one.former.history for one in figures if one.former]
        return max((int(history.steps[-1]) for history in histories if len(history)), default=0)

    @Slot(float)
    def _hovered(self, step: float) -> None:
        self._hover = step
        self._say()

    def _say(self) -> None:
        """Update the line on the right: values under the pointer, or the legend."""
        if self.plot is None or not self._drawn:
            return
        here = None if math.isnan(self._hover) else max(0, round(self._hover))
        self.plot.show_hair(here)
        self.plot.show_past(self._training.looked_at)
        if here is None:
            here = self._training.looked_at
        name = self.quantity.key
        term = self._own_term()
        title = self.tr("Loss, nats per image")
        self.title.setText(title if term is None else f"{shown_name(term.title)}, {shown_name(term.unit)}")
        #: (as shown, as plain text, whether it is left out where room is short) of each part.
        parts: list[tuple[str, str, bool]] = []
        if here is not None:
            at = self.tr("step {0}").format(count(here))
            parts.append((at, at, False))
        for line, drawn in zip(self._lines, self._drawn, strict=True):
            colour = self.plot.colour(line.pane).name()
            text = line.name
            if not line.has(name):
                text += " " + self.tr("n/a")
            elif here is not None:
                held = value_at(line.held_out(name), here)
                figures = [nats(v) if v is not None else "–" for v in (value_at(drawn.curve, here), held)]
                text = f"{text} {figures[0]} / {figures[1]}"
            # A member in no pane also has its name at its curve.
            parts.append((f'<span style="color:{colour}">{escape(text)}</span>', text, line.pane is None))
        if here is None:
            lines = self._lines_text(name)
            parts.append((lines, lines, True))
        whole = _SEPARATOR.join(plain for _, plain, _ in parts)
        room = self.readout.width()
        while self._wide(parts) > room and any(gives_way for *_, gives_way in parts):
            # Grey members are left out first, starting with the last, then the explanation of dashes.
            found = [place for place, (*_, gives_way) in enumerate(parts) if gives_way]
            members = [place for place in found if place < len(parts) - 1 or here is not None]
            del parts[(members or found)[-1]]
        self.readout.setText(_SEPARATOR.join(shown for shown, *_ in parts))
        self.readout.setToolTip(f"{whole}\n{self._tip()}")

    def _lines_text(self, name: str) -> str:
        """The meaning of solid and dashed lines. The held-out total is always at β = 1."""
        reports = [line.figures.evaluations[-1] for line in self._lines if line.figures.evaluations]
        if any(report.none_held_out for report in reports):
            return self.tr("solid: training · no image is held out")
        applied = self._training.history.knobs_at(self._training.step)
        beta = 1.0 if applied is None else applied.beta
        if name == "total" and beta != 1:
            text = self.tr("solid: training, β = {0} · dashed: held-out, β = 1")
            return text.format(f"{beta:.3g}")
        return self.tr("solid: training · dashed: held-out")

    def _wide(self, parts: Sequence[tuple[str, str, bool]]) -> int:
        """Width of the line on the right, in px."""
        return self.readout.fontMetrics().horizontalAdvance(_SEPARATOR.join(plain for _, plain, _ in parts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def _own_term(self) -> Term | None:
        """The declaration of the shown term, if it is not one of the usual three."""
        usual = {key for key, _ in self._usual}
        return None if self.quantity.key in usual else self._training.term(self.quantity.key)

    def _tip(self) -> str:
        window = max((drawn.window for drawn in self._drawn), default=1)
        term = self._own_term()
        lines = [self.tr("Training / held-out, in nats per image.")]
        if term is not None:
            unit = self.tr("Training / held-out, in {unit}.").format(unit=shown_name(term.unit))
            better = {"lower": self.tr("Lower is better."), "higher": self.tr("Higher is better."), "": ""}
            lines = [f"{shown_name(term.help)} {better[term.better]}".strip(), unit]
        if self.quantity.key == "total":
            lines.append(
                self.tr(
                    "Training: reconstruction + β · KL, β as applied. Held-out: reconstruction + KL, as at β = 1. "
                    "With another β the two lines of a model are different sums, and a gap between them is no "
                    "overfitting: compare reconstruction and KL one by one."
                )
            )
        if self.quantity.key != "kl" and term is None:
            at = self._training.looked_at
            shown = [(pane.model, figures_of(self._training, pane)) for pane in self._panes]
            lines.append(
                measured_as(
                    (model.config, figures.evaluation_at(at))
                    for model, figures in shown
                    if model is not None and figures is not None
                )[1]
            )
            report = self._training.evaluation_at(at)
            running = self._training.run_config
            binarised = running is not None and running.train.binarise == "dynamic"
            if binarised and report is not None and report.pixels == "grey":
                lines.append(binarised_training())
        if applied := self._applied():
            lines.append(applied)
        if window > 1:
            lines.append(
                self.tr("Training: mean over the last {0} steps, every step faint behind.").format(window)
            )
        return "\n".join(lines)

    def _applied(self) -> str:
        """β and learning rate as applied in the step under the pointer, or in the last one."""
        training = self._training
        here = training.step if math.isnan(self._hover) else max(0, round(self._hover))
        applied = training.history.knobs_at(here)
        if applied is None:
            return ""
        line = knob_line(applied, training.cards_shown)
        return self.tr("As applied in step {0}: {1}.").format(count(here), line)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            paint_focus_ring(self, painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = max((int(drawn.curve[0][-1]) for drawn in self._drawn if len(drawn.curve[0])), default=0)
        keys = Qt.Key
        step = {keys.Key_Left: -1, keys.Key_Right: 1}.get(keys(event.key()))
        zoom = {keys.Key_Plus: _ZOOM, keys.Key_Equal: _ZOOM, keys.Key_Minus: 1 / _ZOOM}.get(keys(event.key()))
        if step is not None and last and self.plot is not None:
            first, end = self.plot.getPlotItem().getViewBox().viewRange()[0]
            here = min(last, end) if math.isnan(self._hover) else self._hover
            there = float(min(max(here + step * max(1, round((end - first) / 100)), 0), last))
            self.plot.reveal(there)
            self._hovered(there)
        elif zoom is not None and self.plot is not None:
            self.plot.zoom(zoom)
        elif event.key() == Qt.Key.Key_Home:
            self.fit()
        elif event.key() == Qt.Key.Key_Escape and not math.isnan(self._hover):
            self._hovered(math.nan)
        else:
            super().keyPressEvent(event)

    def widget(self) -> QWidget | None:
        """The plot, for saving it as an image."""
        return self.plot
