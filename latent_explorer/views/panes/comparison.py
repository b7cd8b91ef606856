"""Side by side: the models' held-out figures in one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from latent_explorer.state.pane import PaneModel, PaneState
from latent_explorer.state.training import TrainingState
from latent_explorer.theme import tabular
from latent_explorer.views.figures import count, nats
from latent_explorer.views.panes.loss_words import measured_as
from latent_explorer.views.panes.short_name import short_name
from trainer.reports import EvaluationReport

#: Height in px of a row with its hairline, if its text is not taller.
_ROW = 24


@dataclass(frozen=True, slots=True)
class _Figure:
    """One cell: a number, or "n/a" with the reason."""

    text: str
    tip: str = ""


class Comparison(QFrame):
    """A panel: a row a measure, a column a model, from the last held-out evaluation up to what is shown."""

    def __init__(self, training: TrainingState, panes: Sequence[PaneState]) -> None:
        super().__init__()
        self._training = training
        self._panes = tuple(panes)
        self.setObjectName("comparison")
        self.setProperty("role", "panel")
        title = QLabel(self.tr("Side by side"))
        title.setProperty("role", "title")
        self.caption = QLabel()
        self.caption.setObjectName("comparisonCaption")
        self.caption.setProperty("role", "caption")
        self.caption.setFont(tabular(self.caption.font()))
        self.caption.setWordWrap(True)
        self.heads: list[QLabel] = []
        self.cells: list[list[QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        # Rows of one height in every script: taller lines of text get less space between them.
        self._grid.setVerticalSpacing(max(1, (_ROW - 1 - self.fontMetrics().height()) // 2))
        self._grid.setColumnStretch(0, 1)
        self._build()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addWidget(title)
        column.addLayout(self._grid)
        column.addWidget(self.caption)
        training.evaluations_changed.connect(self.refresh)
        training.looked_at_changed.connect(self.refresh)
        for pane in self._panes:
            pane.model_changed.connect(self.refresh)
        self.refresh()

    def _measures(self) -> list[tuple[str, str]]:
        """(name, what it is) of each row."""
        return [
            (
                self.tr("Reconstruction"),
                self.tr("Reconstruction loss of held-out images, summed over pixels"),
            ),
            (
                self.tr("KL"),
                self.tr("KL divergence of the posterior from the prior, summed over latent dimensions"),
            ),
            (
                self.tr("Total at β = 1"),
                self.tr("−ELBO: reconstruction + KL; without a posterior the reconstruction alone"),
            ),
            (
                self.tr("Held-out − train"),
                self.tr("Total of held-out images minus total of training images: grows with overfitting"),
            ),
            (
                self.tr("Active units"),
                self.tr("Latent dimensions whose posterior mean has a variance above 0.01 over the images"),
            ),
        ]

    def _build(self) -> None:
        unit = QLabel(self.tr("nats per image"))
        unit.setProperty("role", "caption")
        self._grid.addWidget(unit, 0, 0)
        for place, pane in enumerate(self._panes):
            head = QLabel()
            head.setProperty("role", f"accent{pane.index % 2}")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.heads.append(head)
            self._grid.addWidget(head, 0, place + 1)
        for line, (name, tip) in enumerate(self._measures()):
            rule = QFrame()
            rule.setProperty("role", "hairline")
            rule.setFixedHeight(1)
            self._grid.addWidget(rule, 2 * line + 1, 0, 1, 1 + len(self._panes))
            label = QLabel(name)
            label.setProperty("role", "caption")
            label.setToolTip(tip)
            self._grid.addWidget(label, 2 * line + 2, 0)
            if line == 0:
                self.reconstruction = label
            row = []
            for place in range(len(self._panes)):
                cell = QLabel()
                cell.setObjectName(f"measure{line}_{place}")
                cell.setProperty("role", "value")
                cell.setFont(tabular(cell.font()))
                cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                # As wide as the widest usual figure: columns stay while figures change.
                cell.setMinimumWidth(cell.fontMetrics().horizontalAdvance("000 of 000"))
                self._grid.addWidget(cell, 2 * line + 2, place + 1)
                row.append(cell)
            self.cells.append(row)

    @Slot()
    def refresh(self) -> None:
        """Show the last evaluation; while the maps show the past, the last up to then."""
        report = self._training.evaluation_at(self._training.looked_at)
        short, sentence = measured_as(pane.model.config for pane in self._panes if pane.model is not None)
        self.caption.setToolTip(sentence)
        self.reconstruction.setToolTip(f"{self._measures()[0][1]}\n{sentence}".strip())
        if report is None and self._training.looked_at is not None:
            self.caption.setText(
                self.tr("Nothing was measured up to step {0}.").format(count(self._training.looked_at))
            )
        elif report is None:
            self.caption.setText(self.tr("Figures come with the first held-out evaluation."))
        else:
            self.caption.setText(
                self.tr("held-out, {0} images, step {1}").format(count(report.rows), count(report.step))
                + (f" · {short}" if short else "")
            )
        names = [name for name, _ in self._measures()]
        for place, pane in enumerate(self._panes):
            self.heads[place].setText(short_name(pane.model) if pane.model is not None else "")
            for line, figure in enumerate(self._figures(pane.model, report, pane.index)):
                cell = self.cells[line][place]
                cell.setText(figure.text)
                cell.setToolTip(figure.tip)
                cell.setAccessibleName(f"{names[line]} {self.heads[place].text()}: {figure.text}")

    def _figures(self, model: PaneModel | None, report: EvaluationReport | None, member: int) -> list[_Figure]:
        if model is None or report is None or member >= len(report.held_out):
            return [_Figure("–", self.tr("not measured yet"))] * 5
        held, train = report.held_out[member], report.train[member]
        kl = _Figure(nats(held.kl))
        if not model.traits.has_posterior:
            kl = _Figure(
                self.tr("n/a"), self.tr("This model has no posterior: a code is a point, and there is no KL.")
            )
        return [
            _Figure(nats(held.reconstruction)),
            kl,
            _Figure(nats(held.total)),
            _Figure(nats(held.total - train.total)),
            _Figure(self.tr("{0} of {1}").format(report.active[member], model.config.latent)),
        ]
