"""KL per dimension: a row of lamps in the corner of a map, for a model with a posterior."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.controls.redraw_throttle import RedrawThrottle
from latent_explorer.core.figures import figures_of
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.panes.lamp_grid import COLLAPSED, LampGrid
from latent_explorer.words.figures import count, nats
from latent_explorer.words.plain_text import plain_tip
from trainer.priors.registry import prior_kind

#: More lamps than this would hide the map.
_MOST_LAMPS = 96
_LAMPS_A_LINE = 24


def shown_kl(pane: PaneState, training: TrainingState) -> tuple[float, ...]:
    """KL of each dimension of the model in `pane`, in nats; () where there is none of each, or none is known.

    Of the last step, or of the last evaluation before the first step; of a past moment, of the last evaluation up
    to then.
    """
    figures, model = figures_of(training, pane), pane.model
    if figures is None or model is None or not model.traits.has_posterior:
        return ()
    if model.traits.has_prior and not prior_kind(model.traits.prior).factorises:
        return ()
    report = figures.evaluation_at(training.looked_at)
    now = figures.kl if training.looked_at is None or not figures.live else ()
    return now or (report.held_out[0].kl_per_dimension if report is not None else ())


class Lamps(QFrame):
    """One line for the model of a pane: what it shows, its lamps, and their sum.

    Figures come from the last step, or the last evaluation before the first step; of a past moment, from the last
    evaluation up to then.

    Signals:
        resized: it takes another room.
    """

    resized = Signal()

    def __init__(self, pane: PaneState, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane, self._training = pane, training
        self.setObjectName(f"lamps-line{pane.index}")
        self.setProperty("role", "map-note")
        self.title = PlainLabel()
        self.title.setProperty("role", "caption")
        self.summary = PlainLabel()
        self.summary.setObjectName(f"lampsSummary{pane.index}")
        self.summary.setProperty("role", "caption")
        self.summary.setFont(tabular(self.summary.font()))
        self.grid = LampGrid(pane.index)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.grid)
        row.addWidget(self.summary)
        self._pace = RedrawThrottle(self, self.refresh)
        training.lamps_changed.connect(self._pace.touch)
        training.evaluations_changed.connect(self._pace.touch)
        training.looked_at_changed.connect(self._pace.touch)
        pane.model_changed.connect(self._pace.touch)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._pace.catch_up()
        super().showEvent(event)

    def show_kl(self, kl: tuple[float, ...]) -> None:
        """Lamps for a model with a posterior."""
        self.grid.setVisible(0 < len(kl) <= _MOST_LAMPS)
        self.grid.set_kl(kl)
        self.grid.setFixedWidth(self.grid.width_of(min(len(kl), _LAMPS_A_LINE)))
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
            self.say("", why)
            return
        meaning = self.tr(
            "Effective rank of its held-out codes instead: the exponential of the entropy of their normalised "
            "singular values (Roy & Vetterli 2007)."
        )
        self.say(self.tr("effective rank {0} of {1}").format(f"{rank:.1f}", latent), f"{why} {meaning}")

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

    @Slot()
    def refresh(self) -> None:
        """Show the figures of the present, or of the moment looked at."""
        pane, looked_at = self._pane, self._training.looked_at
        figures = figures_of(self._training, pane)
        if pane.model is None or figures is None:
            self._take_room(QSize(0, 0))
            return
        report = figures.evaluation_at(looked_at)
        traits, latent = pane.model.traits, pane.model.config.latent
        self.title.setVisible(traits.has_posterior)
        self.title.setText(
            self.tr("KL per dimension")
            if looked_at is None or not figures.live
            else self.tr("KL at step {0}").format(count(report.step if report is not None else 0))
        )
        if not traits.has_posterior:
            rank = report.ranks[0] if report is not None and report.ranks else None
            self.show_rank(rank, latent)
        elif traits.has_prior and not prior_kind(traits.prior).factorises:
            whole = (None, None) if report is None else (report.held_out[0].get("kl"), report.active[0])
            self.show_whole(*whole, latent)
        else:
            self.show_kl(shown_kl(pane, self._training))
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        self._take_room(layout.sizeHint() if self.summary.text() else QSize(0, 0))

    def _take_room(self, size: QSize) -> None:
        """Never hidden: a hidden widget would not be told when there is something to show."""
        if size != self.size():
            self.setFixedSize(size)
            self.resized.emit()
