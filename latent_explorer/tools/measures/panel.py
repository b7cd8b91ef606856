"""Measures: live figures beside bars and the phase plot, and the table of measures on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP, theme
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.segments import Segments
from latent_explorer.glossary.terms import describe, refer
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.measures.groups_menu import GroupsMenu
from latent_explorer.tools.measures.kl_bars import KlBars
from latent_explorer.tools.measures.live_table import LiveTable
from latent_explorer.tools.measures.results_table import Column, ResultsTable
from latent_explorer.tools.measures.signs import signs_of
from latent_explorer.tools.measures.state import MeasuresState
from latent_explorer.tools.measures.trails import trails
from latent_explorer.words.figures import count
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.measures.concerns import Concern, concerns

if TYPE_CHECKING:
    from latent_explorer.tools.measures.phase_plot import PhasePlot

#: Number of visible warnings per pane; the others are in the tool tip.
_SHOWN = 1


class MeasuresPanel(PanelFrame):
    """A line of controls, warnings, and one of two pages."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("measuresPanel", tools[MeasuresState])
        self._explorer, self._training, self._panes, self._tools = explorer, training, panes, tools
        self._measures = tools[MeasuresState]
        self.plot: PhasePlot | None = None
        self.setAccessibleName(self.tr("Measures"))
        self._make_widgets()
        self._lay_out()
        self.set_first(self.pages.buttons["live"])
        self._pace = self.throttle(self.redraw, interval=100)
        measures = self._measures
        for signal in (
            measures.figures_changed,
            measures.live_changed,
            measures.running_changed,
            measures.groups_changed,
            measures.kept_changed,
            training.evaluations_changed,
            training.former_changed,
            training.looked_at_changed,
            training.knobs_changed,
            explorer.data_changed,
            *(pane.model_changed for pane in panes),
            *(pane.names_changed for pane in panes),
            *(pane.codes_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        theme().changed.connect(self._recolour)
        self._pace.touch()

    # ------------------------------------------------------------ building

    def _make_widgets(self) -> None:
        self.title = PlainLabel(self.tr("Measures"))
        self.title.setProperty("role", "title")
        self.pages = Segments(
            self.tr("Figures shown"), (("live", self.tr("Live")), ("table", self.tr("On demand")))
        )
        self.pages.setObjectName("measuresPages")
        self.pages.buttons["live"].setToolTip(self.tr("What the codes on the maps say, followed while training"))
        self.pages.buttons["table"].setToolTip(self.tr("What was measured of these models when it was asked for"))
        self.pages.chosen.connect(self._turn_page)
        self.said = ElidedLabel()
        self.said.setObjectName("measuresSaid")
        self.said.setProperty("role", "caption")
        refer(self.said, "data_size", "step")
        self.groups = GroupsMenu(self._measures)
        refer(self.groups, "measured")
        self.measure = LabelledButton("play", self.tr("Measure all"))
        self.measure.setObjectName("measuresMeasure")
        self.measure.clicked.connect(self._measure)
        self.concerns = [PlainLabel() for _ in self._panes]
        for label, pane in zip(self.concerns, self._panes, strict=True):
            label.setObjectName(f"measuresConcern{pane.index}")
            label.setWordWrap(True)
            label.hide()
            refer(label, "used", "kl", "prior_spread", "gap")
        self.live = LiveTable(self._panes, self._measures)
        self.bars = [KlBars(pane.index) for pane in self._panes]
        self.bars_title = PlainLabel(self.tr("KL per dimension, largest first"))
        self.bars_title.setProperty("role", "caption")
        describe(self.bars_title, "kl_dimension")
        self.phase_title = ElidedLabel()
        self.phase_title.setText(self.tr("Reconstruction (up) against KL (right), held-out, nats"))
        self.phase_title.setProperty("role", "caption")
        self.phase_title.setProperty("ownToolTip", True)
        describe(self.phase_title, "phase")
        self.no_plot = PlainLabel(self.tr("Figures come with the first held-out evaluation."))
        self.no_plot.setProperty("role", "caption")
        self.no_plot.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.no_plot.setWordWrap(True)
        self.table = ResultsTable()
        self.empty = PlainLabel(
            self.tr(
                "Measure all, and what these models reach on held-out images is here: likelihood, samples, codes, "
                "and what they are good for. Training goes on meanwhile, and what is ready is shown at once."
            )
        )
        self.empty.setObjectName("measuresEmpty")
        self.empty.setProperty("role", "caption")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        for widget in (self.title, self.pages):
            self.head.addWidget(widget)
        self.head.addWidget(self.said, 1)
        self.head.addWidget(self.groups)
        self.head.addWidget(self.measure)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP + 10)
        row.addWidget(self.live, 4)
        bars = QGridLayout()
        bars.setHorizontalSpacing(GAP)
        bars.setVerticalSpacing(2)
        bars.addWidget(self.bars_title, 0, 0, 1, len(self.bars))
        for place, shown in enumerate(self.bars):
            bars.addWidget(shown, 1, place)
        bars.setRowStretch(1, 1)
        row.addLayout(bars, 4)
        phase = QVBoxLayout()
        phase.setSpacing(2)
        phase.addWidget(self.phase_title)
        self._plot_place = QStackedLayout()
        self._plot_place.addWidget(self.no_plot)
        phase.addLayout(self._plot_place, 1)
        row.addLayout(phase, 5)
        self._body = QStackedLayout()
        for one in (page, self.empty, self.table):
            self._body.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 12, 4)
        column.setSpacing(4)
        column.addLayout(self.head)
        for label in self.concerns:
            column.addWidget(label)
        column.addLayout(self._body, 1)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        measure = QAction(self.tr("&Measure all"), menu)
        measure.setObjectName("measures-measure")
        measure.setShortcut(QKeySequence("Ctrl+Alt+5"))
        measure.triggered.connect(self._measure)
        menu.addAction(measure)

    # ------------------------------------------------------------ doing

    @Slot()
    def _measure(self) -> None:
        """Begin measuring, or cancel."""
        if self._measures.running:
            self._measures.cancel_requested.emit()
            return
        if not self._measures.shown:
            self._tools.panel_wanted.emit("measures")
        self.pages.choose("table")
        self._measures.measure_requested.emit()

    @Slot(str)
    def _turn_page(self, key: str) -> None:
        self.redraw()

    @Slot()
    def _recolour(self) -> None:
        if self.plot is not None:
            self.plot.recolour()
        self._pace.touch()

    # ------------------------------------------------------------ showing

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        running = self._measures.running
        self.measure.setText(self.tr("Cancel") if running else self.tr("Measure all"))
        self.measure.setAccessibleName(self.measure.text())
        self.measure.set_icon("stop" if running else "play")
        data = self._explorer.data
        ready = data is not None and data.images is not None and bool(self._measures.groups)
        self.measure.setEnabled(running or ready)
        images = "" if data is not None and data.images is not None else self.tr("It needs the images.")
        self.measure.setToolTip(images or self.tr("Measure the chosen groups of both models on held-out images"))
        self.groups.setEnabled(not running)
        self._show_concerns()
        if self.pages.key == "live":
            self._show_live()
        else:
            self._show_table()

    def _show_live(self) -> None:
        self._body.setCurrentIndex(0)
        self.live.refresh()
        lives = [self._measures.live.get(pane.index) for pane in self._panes]
        for pane, bars, live in zip(self._panes, self.bars, lives, strict=True):
            none = self.tr("Its prior does not factorise over dimensions, so there is no KL of each.")
            if live is None:
                bars.show_kl((), "" if pane.model is None else self.tr("not measured yet"))
            else:
                bars.show_kl(live.kl, shown_sentence(live.reason or live.none) or none)
        found = [live for live in lives if live is not None]
        texts = {
            (
                self.tr("{0} held-out images, step {1}") if live.held_out else self.tr("{0} images, step {1}")
            ).format(count(live.count), count(live.step))
            for live in found
        }
        self.said.setText(" · ".join(sorted(texts)))
        shown = trails(self._training, self._panes, self._measures.kept)
        if not shown:
            self._plot_place.setCurrentWidget(self.no_plot)
            return
        self._prepare().show_trails(shown)

    def _prepare(self) -> PhasePlot:
        """The plot, with pyqtgraph imported when it is first needed."""
        if self.plot is None:
            from latent_explorer.tools.measures.phase_plot import PhasePlot

            self.plot = PhasePlot(self)
            refer(self.plot, "phase")
            self._plot_place.addWidget(self.plot)
        self._plot_place.setCurrentWidget(self.plot)
        return self.plot

    def _show_table(self) -> None:
        columns = []
        for pane in self._panes:
            measured = self._measures.measured.get(pane.index)
            if pane.model is None or measured is None:
                continue
            text = self.tr("{0}, step {1}").format(pane.model.short, count(measured.step))
            tip = self.tr("Of the weights after step {0}.").format(count(measured.step))
            if self.is_old(pane):
                text = self.tr("{0}: older weights").format(text)
                tip += " " + self.tr("The pane shows other ones now; measure again for figures of those.")
            figures = self._measures.figures.get(pane.index, ())
            columns.append(Column(pane.index, text, tip, figures, pane.model.config.likelihood))
        some = any(column.figures for column in columns)
        running = self._measures.running
        self.said.setText(self.tr("measuring…") if running else "")
        self._body.setCurrentWidget(self.table if some else self.empty)
        self.table.show_columns(columns if some else ())

    def is_old(self, pane: PaneState) -> bool:
        """Whether figures measured on demand belong to other weights than the pane's."""
        measured = self._measures.measured.get(pane.index)
        codes = pane.codes
        if measured is None or codes is None:
            return False
        return not measured.is_of(codes.number, codes.step, codes.snapshot)

    def _show_concerns(self) -> None:
        for pane, label in zip(self._panes, self.concerns, strict=True):
            signs = signs_of(self._training, pane, self._measures.live.get(pane.index))
            found = () if signs is None else concerns(signs)
            name = "" if pane.model is None else pane.model.short
            texts = [self._concern(name, one) for one in found]
            more = len(texts) - _SHOWN
            shown = " ".join(texts[:_SHOWN])
            label.setText(shown if more <= 0 else self.tr("{0} (+{1} more)").format(shown, more))
            label.setToolTip("\n".join(texts))
            label.setStyleSheet(f"color: {theme().accent(pane.index).name()}")
            label.setVisible(bool(texts))

    def _concern(self, name: str, concern: Concern) -> str:
        text = self.tr("⚠ {model}: {what} {advice}")
        return text.format(model=name, what=shown_sentence(concern.what), advice=shown_sentence(concern.advice))
