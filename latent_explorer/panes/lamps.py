"""KL per dimension: a row of lamps for each model with a posterior."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.controls.redraw_throttle import RedrawThrottle
from latent_explorer.core.figures import figures_of
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.lamp_grid import COLLAPSED, LampGrid
from latent_explorer.words.figures import count, nats
from latent_explorer.words.plain_text import plain_tip
from trainer.priors.registry import prior_kind
from trainer.reports import EvaluationReport


class _Row(QWidget):
    """A model's short name, its lamps, and their sum."""

    def __init__(self, member: int) -> None:
        super().__init__()
        # Gives way: a long name must not widen the column of panels, and with it move the maps.
        self.name = ElidedLabel(least=40)
        self.name.setProperty("role", f"accent{member % 2}")
        self.summary = PlainLabel()
        self.summary.setObjectName(f"lampsSummary{member}")
        self.summary.setProperty("role", "caption")
        self.summary.setFont(tabular(self.summary.font()))
        self.grid = LampGrid(member)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name)
        head.addWidget(self.summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.grid)

    def show_kl(self, kl: tuple[float, ...]) -> None:
        """Lamps for a model with a posterior."""
        self.grid.setVisible(bool(kl))
        self.grid.set_kl(kl)
        if not kl:
            self.say(self.tr("no figures yet"), self.tr("They come with the first training step."))
            return
        # Not "active": that is a matter of the codes' variance, and is in the comparison.
        lit = sum(value >= COLLAPSED for value in kl)
        text = self.tr("{0} of {1} lit · {2} nats").format(lit, len(kl), nats(sum(kl)))
        self.say(text, self.tr("A dimension whose KL divergence is below {0} nats is dark.").format(COLLAPSED))
        self.grid.setAccessibleDescription(text)

    def show_rank(self, rank: float | None, latent: int) -> None:
        """A model without a posterior: how many dimensions its held-out codes use, if that is known."""
        self.grid.hide()
        why = self.tr("This model has no posterior: a code is a point, and there is no KL.")
        if rank is None:
            self.say(self.tr("n/a"), why)
            return
        meaning = self.tr(
            "Effective rank of its held-out codes instead: the exponential of the entropy of their normalised "
            "singular values (Roy & Vetterli 2007)."
        )
        self.say(self.tr("no KL · effective rank {0} of {1}").format(f"{rank:.1f}", latent), f"{why} {meaning}")

    def show_whole(self, kl: float | None, active: int | None, latent: int) -> None:
        """A model whose prior does not factorise: its KL as a whole, and how many units are active, if known."""
        self.grid.hide()
        why = self.tr(
            "Its prior does not factorise over dimensions, so there is no KL of each; the whole KL is estimated "
            "by Monte Carlo."
        )
        if kl is None:
            self.say(self.tr("no figures yet"), why)
        elif active is None:
            self.say(self.tr("{0} nats in all").format(nats(kl)), why)
        else:
            text = self.tr("{0} nats in all · {1} of {2} units active").format(nats(kl), active, latent)
            self.say(text, why)

    def say(self, text: str, tip: str) -> None:
        """The line beside the name."""
        self.summary.setText(text)
        self.summary.setToolTip(plain_tip(tip))


class Lamps(QFrame):
    """A panel with a row a pane.

    Figures come from the last step, or the last evaluation before the first step; of a past moment, from the last
    evaluation up to then.
    """

    def __init__(self, training: TrainingState, panes: Sequence[PaneState]) -> None:
        super().__init__()
        self._training = training
        self._panes = tuple(panes)
        self.setObjectName("lamps")
        self.setProperty("role", "panel")
        self.title = PlainLabel(self.tr("KL per dimension"))
        self.title.setProperty("role", "title")
        self.rows = [_Row(pane.index) for pane in self._panes]
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addWidget(self.title)
        for row in self.rows:
            column.addWidget(row)
        self._pace = RedrawThrottle(self, self.refresh)
        training.lamps_changed.connect(self._pace.touch)
        training.evaluations_changed.connect(self._pace.touch)
        training.looked_at_changed.connect(self._pace.touch)
        for pane in self._panes:
            pane.model_changed.connect(self._pace.touch)
            pane.names_changed.connect(self._pace.touch)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._pace.catch_up()
        super().showEvent(event)

    @Slot()
    def refresh(self) -> None:
        """Show the figures of the present, or of the moment looked at."""
        past = self._past()
        self.title.setText(
            self.tr("KL per dimension")
            if self._training.looked_at is None
            else self.tr("KL at step {0}").format(count(past.step if past is not None else 0))
        )
        for pane, row in zip(self._panes, self.rows, strict=True):
            row.setVisible(pane.model is not None)
            if pane.model is None:
                continue
            row.name.setText(pane.model.short)
            figures = figures_of(self._training, pane)
            assert figures is not None
            report = figures.evaluation_at(self._training.looked_at)
            traits, latent = pane.model.traits, pane.model.config.latent
            if not traits.has_posterior:
                rank = report.ranks[0] if report is not None and report.ranks else None
                row.show_rank(rank, latent)
            elif traits.has_prior and not prior_kind(traits.prior).factorises:
                whole = (None, None) if report is None else (report.held_out[0].get("kl"), report.active[0])
                row.show_whole(*whole, latent)
            else:
                now = figures.kl if self._training.looked_at is None or not figures.live else ()
                row.show_kl(now or (report.held_out[0].kl_per_dimension if report is not None else ()))

    def _past(self) -> EvaluationReport | None:
        """The last evaluation up to the moment looked at."""
        return self._training.evaluation_at(self._training.looked_at)
