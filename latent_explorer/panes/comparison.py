"""Side by side: the models' held-out figures in one table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.figures import acting_knobs, figures_of
from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import describe, refer, term, tip
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.loss_words import measured_as
from latent_explorer.words.figures import MINUS, count, nats
from latent_explorer.words.knob_words import knob_line
from latent_explorer.words.pair_difference import difference_line
from trainer.reports import EvaluationReport, Uncertainty

#: Height in px of a row with its hairline, if its text is not taller.
_ROW = 20
#: Minimum number of lines of text below the table.
_LINES = 3
#: Indices of rows.
_RECONSTRUCTION, _TOTAL = 0, 2


@dataclass(frozen=True, slots=True)
class _Figure:
    """One cell: a number with its standard error, if any, or "n/a" with the reason."""

    text: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """The table as texts. rows: (name, one cell per model). below: what was measured, and how the models
    differ.
    """

    unit: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    below: tuple[str, ...]


def _with_arrow(name: str, key: str) -> str:
    """A row's name, with an arrow for the better direction, if any."""
    return f"{name} ↓" if term(key).better == "lower" else name


def _with_error(value: float, error: float | None) -> str:
    """ "133.5±1.2", both with the same decimals: two figures must fit beside a name."""
    if error is None or not math.isfinite(value) or not math.isfinite(error):
        return nats(value)
    if error >= 9.95 or (abs(value) >= 1000 and error >= 0.95):
        return f"{value:,.0f}±{error:,.0f}".replace("-", MINUS)
    shown = nats(value)
    return f"{shown}±{error:.{len(shown.partition('.')[2])}f}"


class Comparison(QFrame):
    """A panel: one row per measure, one column per model, from the last held-out evaluation up to what is
    shown.
    """

    def __init__(self, training: TrainingState, panes: Sequence[PaneState]) -> None:
        super().__init__()
        self._training = training
        self._panes = tuple(panes)
        self.setObjectName("comparison")
        self._title = PlainLabel(self.tr("Side by side"))
        self._title.setProperty("role", "title")
        self.key = PlainLabel(self.tr("↓ lower is better, ± standard error"))
        self.key.setProperty("role", "caption")
        self.key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        describe(self.key, "error", more=self.tr("A measure without ↓ has no better side by itself."))
        self.caption = PlainLabel()
        self.caption.setObjectName("comparisonCaption")
        self.caption.setProperty("role", "caption")
        self.caption.setFont(tabular(self.caption.font()))
        self.caption.setWordWrap(True)
        refer(self.caption, "data_size", "step", "beta", "learning_rate")
        self.difference = PlainLabel()
        self.difference.setObjectName("comparisonDifference")
        refer(self.difference, "beta", "step")
        self.difference.setProperty("role", "caption")
        self.difference.setWordWrap(True)
        #: Text below the table, in full and in shorter forms, and the difference of the models.
        self._measured = self._differ = ""
        self._in_short: tuple[str, ...] = ("",)
        #: Terms explained in the caption's tool tip.
        self._tip = ""
        #: Of the rows.
        self.labels: list[PlainLabel] = []
        self.heads: list[ElidedLabel] = []
        self.cells: list[list[ElidedLabel]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        # Rows of one height in every script: taller lines of text get less space between them.
        self._grid.setVerticalSpacing(max(1, (_ROW - 1 - self.fontMetrics().height()) // 2))
        self._grid.setColumnStretch(0, 1)
        self._build()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        title = QHBoxLayout()
        title.addWidget(self._title)
        title.addWidget(self.key, 1)
        column.addLayout(title)
        column.addLayout(self._grid)
        column.addWidget(self.caption)
        column.addWidget(self.difference)
        training.evaluations_changed.connect(self.refresh)
        training.looked_at_changed.connect(self.refresh)
        training.knobs_changed.connect(self.refresh)
        training.run_changed.connect(self.refresh)
        for pane in self._panes:
            pane.model_changed.connect(self.refresh)
            pane.names_changed.connect(self.refresh)
            pane.codes_changed.connect(self._moved)
        self.refresh()

    def table(self) -> ComparedTable:
        """What is shown, as texts."""
        rows = []
        for (name, _), cells in zip(self._measures(), self.cells, strict=True):
            rows.append((name, tuple(cell.text() for cell in cells)))
        heads = tuple(head.text() for head in self.heads)
        below = tuple(line for line in (self._measured, self._differ) if line)
        return ComparedTable(self._unit.text(), heads, tuple(rows), below)

    def _measures(self) -> list[tuple[str, str]]:
        """(name, key in the glossary) of each row."""
        return [
            (self.tr("Reconstruction"), "reconstruction"),
            (self.tr("KL"), "kl"),
            (self.tr("Total at β = 1"), "total"),
            (self.tr("Gap: held-out − training"), "gap"),
            (self.tr("MSE per pixel"), "mse_held_out"),
            (self.tr("Dimensions used"), "used"),
        ]

    def _build(self) -> None:
        unit = self._unit = PlainLabel(self.tr("nats per image"))
        describe(unit, "error", more=self.tr("Figures are means over the images below, ± their standard error."))
        unit.setProperty("role", "caption")
        self._grid.addWidget(unit, 0, 0)
        for place, pane in enumerate(self._panes):
            head = ElidedLabel()
            head.setProperty("role", f"accent{pane.index % 2}")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            head.mode = Qt.TextElideMode.ElideMiddle
            self.heads.append(head)
            self._grid.addWidget(head, 0, place + 1)
        for line, (name, key) in enumerate(self._measures()):
            rule = QFrame()
            rule.setProperty("role", "hairline")
            rule.setFixedHeight(1)
            self._grid.addWidget(rule, 2 * line + 1, 0, 1, 1 + len(self._panes))
            label = PlainLabel(_with_arrow(name, key))
            label.setAccessibleName(name)
            label.setProperty("role", "caption")
            describe(label, key)
            self._grid.addWidget(label, 2 * line + 2, 0)
            self.labels.append(label)
            row = []
            for place in range(len(self._panes)):
                cell = ElidedLabel()
                cell.setProperty("ownToolTip", True)
                refer(cell, key)
                cell.setObjectName(f"measure{line}_{place}")
                cell.setProperty("role", "value")
                cell.setFont(tabular(cell.font()))
                cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                # As wide as the widest usual figure, so that columns do not move.
                cell.setMinimumWidth(cell.fontMetrics().horizontalAdvance("000.0±0.0") + 1)
                self._grid.addWidget(cell, 2 * line + 2, place + 1)
                row.append(cell)
            self.cells.append(row)

    @Slot()
    def refresh(self) -> None:
        """Show the last evaluation of each model; while the maps show a past moment, the last one before it."""
        shown = [(pane.model, self._report(pane)) for pane in self._panes]
        short, sentence = measured_as((model.config, report) for model, report in shown if model is not None)
        applied = self.tr("β and learning rate as they were applied in that step.")
        self._tip = f"{sentence}\n{applied}".strip()
        self.labels[_RECONSTRUCTION].setToolTip(f"{tip('reconstruction')}\n{sentence}".strip())
        reports = [report for _, report in shown if report is not None]
        self._name_rows(reports)
        self._measured = self._caption(reports, short)
        self._in_short = (self._caption(reports, short, applied=False), self._caption(reports, "", applied=False))
        self._differ = self._difference()
        self._share_room()
        measures = self._measures()
        for place, (model, report) in enumerate(shown):
            self.heads[place].setText("" if model is None else model.short)
            for line, figure in enumerate(self._figures(model, report)):
                cell = self.cells[line][place]
                cell.setText(figure.text)
                name, key = measures[line]
                cell.setToolTip(f"{figure.text}\n{figure.tip or tip(key)}")
                cell.setAccessibleName(f"{name} {self.heads[place].text()}: {figure.text}")

    def _name_rows(self, reports: Sequence[EvaluationReport]) -> None:
        """Set the row names: the step of the figures, which may be old, and the better direction if there
        is one.
        """
        steps, unit = {report.step for report in reports}, self.tr("nats per image")
        at = self.tr("{0}, step {1}").format(unit, count(*steps)) if len(steps) == 1 else unit
        self._unit.setText(at)
        name, key = self._measures()[_TOTAL]
        # Totals with and without a KL are not comparable.
        alike = len({"kl" in report.held_out[0].terms for report in reports}) < 2
        self.labels[_TOTAL].setText(_with_arrow(name, key) if alike else name)

    @Slot()
    def _moved(self) -> None:
        """Maps show other steps, which may change the difference from a kept model."""
        differ = self._difference()
        if differ != self._differ:
            self._differ = differ
            self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        layout = self.layout()
        if layout is not None and layout.geometry() != self.rect():
            # If the text size changed while it was hidden, it is resized while being shown, without a layout
            # event.
            layout.setGeometry(self.rect())
            self._share_room()

    def minimumSizeHint(self) -> QSize:
        # Independent of the text below the table, so that the maps above do not move.
        layout, line = self.layout(), self.caption.fontMetrics().lineSpacing()
        if layout is None:
            return super().minimumSizeHint()
        margins, gap = layout.contentsMargins(), layout.spacing()
        high = margins.top() + self._title.sizeHint().height() + gap + self._grid.sizeHint().height()
        return QSize(super().minimumSizeHint().width(), high + gap + _LINES * line + margins.bottom())

    def _share_room(self) -> None:
        """Shorten the line below if there is little room, so that rows are never cut off."""
        self.caption.setText(self._measured)
        self.caption.setToolTip(self._tip)
        self.difference.setText(self._differ)
        # In a low panel the table is visible, and the text below it is reached by scrolling.
        self._title.setToolTip(self._differ)
        self.difference.setVisible(bool(self._differ))
        layout = self.layout()
        if layout is None or not self._differ:
            return
        if layout.totalHeightForWidth(self.width()) > self.height():
            self.difference.hide()
            for text in self._in_short:
                self.caption.setText(f"{text} · {self._differ}")
                if layout.totalHeightForWidth(self.width()) <= self.height():
                    break
            # The rest of the text is in the tool tip.
            self.caption.setToolTip(f"{self._measured}\n{self._tip}")
        # After a query of its height Qt's layout considers itself valid.
        layout.invalidate()

    def _report(self, pane: PaneState) -> EvaluationReport | None:
        figures = figures_of(self._training, pane)
        return None if figures is None else figures.evaluation_at(self._training.looked_at)

    def _caption(self, reports: Sequence[EvaluationReport], short: str, *, applied: bool = True) -> str:
        looked_at = self._training.looked_at
        if not reports and looked_at is not None:
            return self.tr("Nothing was measured up to step {0}.").format(count(looked_at))
        if not reports:
            return self.tr("Figures come with the first held-out evaluation.")
        suffix = f" · {short}" if short else ""
        steps = list(dict.fromkeys(report.step for report in reports))
        if reports[0].none_held_out:
            images = self.tr("{0} training images, none held out")
        else:
            images = self.tr("{0} held-out images")
        images = images.format(count(reports[0].rows))
        if len(steps) > 1:
            text = self.tr("{0} · left step {1}, right step {2}")
            return text.format(images, *map(count, steps)) + suffix
        text = self.tr("{0} · step {1}").format(images, count(steps[0]))
        return text + (self._applied(steps[0]) if applied else "") + suffix

    def _difference(self) -> str:
        """The difference between the two shown models, independent of the draft."""
        training = self._training
        models, knobs, steps, trains = [], [], [], []
        running = training.run_config or training.on_show
        for pane in self._panes:
            if pane.model is None:
                return ""
            run = running if pane.frozen is None else pane.frozen.kept.run
            models.append(pane.model.config)
            knobs.append(acting_knobs(training, pane))
            steps.append(self._step(pane))
            if run is not None:
                trains.append(run.train)
        return difference_line(models, knobs, steps, trains, training.cards.values())

    def _step(self, pane: PaneState) -> int:
        """The step of the model in `pane`, also before its codes arrive."""
        if pane.codes is not None and pane.codes.snapshot is not None:
            return pane.codes.snapshot.step
        if pane.frozen is not None:
            return pane.frozen.kept.snapshot.step
        return self._training.step if self._training.looked_at is None else self._training.looked_at

    def _applied(self, step: int) -> str:
        """β and learning rate as applied in the step before."""
        live = any(pane.model is not None and pane.frozen is None for pane in self._panes)
        applied = self._training.history.knobs_at(step) if live else None
        return "" if applied is None else f" · {knob_line(applied, self._training.cards_shown)}"

    def _figures(self, model: PaneModel | None, report: EvaluationReport | None) -> list[_Figure]:
        if model is None or report is None:
            return [_Figure("–", self.tr("not measured yet"))] * len(self._measures())
        held = report.held_out[0]
        errors = report.errors[0] if report.errors else Uncertainty(reconstruction=None, kl=None, total=None)
        if (measured := held.get("kl")) is not None:
            kl = _Figure(_with_error(measured, errors.kl))
        else:
            kl = _Figure(
                self.tr("n/a"), self.tr("This model has no posterior: a code is a point, and there is no KL.")
            )
        return [
            _Figure(_with_error(held["reconstruction"], errors.reconstruction)),
            kl,
            _Figure(_with_error(held.total, errors.total)),
            self._gap(report),
            self._error(report),
            self._dimensions(model, report),
        ]

    def _gap(self, report: EvaluationReport) -> _Figure:
        if report.none_held_out:
            return _Figure(self.tr("n/a"), self.tr("No image is held out: all are trained on."))
        gap = nats(report.held_out[0].total - report.train[0].total)
        return _Figure(gap if gap.startswith(MINUS) else f"+{gap}")

    def _error(self, report: EvaluationReport) -> _Figure:
        error = report.mse[0] if report.mse else None
        if error is None:
            return _Figure(self.tr("n/a"), self.tr("This evaluation did not keep it; the next one does."))
        return _Figure(f"{error:.4f}" if error >= 0.0005 else f"{error:.1e}")

    def _dimensions(self, model: PaneModel, report: EvaluationReport) -> _Figure:
        if model.traits.has_posterior:
            active = report.active[0]
            if active is None:
                return _Figure(self.tr("n/a"), self.tr("Active units need more than a single image."))
            return _Figure(self.tr("{0} of {1}").format(active, model.config.latent))
        rank = report.ranks[0] if report.ranks else None
        if rank is None:
            return _Figure(self.tr("n/a"), self.tr("This evaluation has no effective rank; a later one may."))
        return _Figure(self.tr("{0} of {1}").format(f"{rank:.1f}", model.config.latent), tip("rank"))
