"""KL per dimension: a row of lamps in the corner of a map, for a model with a posterior."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.controls.redraw_throttle import RedrawThrottle
from latent_explorer.core.figures import figures_of
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import describe
from latent_explorer.panes.lamp_grid import COLLAPSED, LampGrid
from latent_explorer.words.figures import count, nats
from trainer.priors.registry import prior_kind

#: More lamps than this would hide the map.
_MOST_LAMPS = 96
_LAMPS_A_LINE = 24
#: Minimum number of lamps in a line, if there are as many; maximum number of lines and share of the map's height.
_FEWEST, _MOST_LINES, _MOST_SHARE = 5, 4, 0.2
#: On a map lower than this many px there is no room for anything.
_LEAST_HEIGHT = 150
_MARGIN, _SPACING = 8, 8


@dataclass(frozen=True, slots=True)
class ShownKl:
    """KL of each latent dimension of a model, in nats, and what it was measured on.

    Attributes:
        values: () if there is no KL per dimension, or if unknown.
        held_out: step of the held-out evaluation; None for values of a training step.
        none_held_out: whether that evaluation used training images because none is held out.
    """

    values: tuple[float, ...] = ()
    held_out: int | None = None
    none_held_out: bool = False


def shown_kl(pane: PaneState, training: TrainingState) -> ShownKl:
    """The KL of the last step, or of the last evaluation before the first step.

    While the maps show a past moment, values of evaluations for all models, including kept ones: for steps in
    between only losses are stored, and figures of training and held-out images are not comparable.
    """
    figures, model = figures_of(training, pane), pane.model
    if figures is None or model is None or not model.traits.has_posterior:
        return ShownKl()
    if model.traits.has_prior and not prior_kind(model.traits.prior).factorises:
        return ShownKl()
    report = figures.evaluation_at(training.looked_at)
    evaluated = () if report is None else report.held_out[0].kl_per_dimension
    past = training.looked_at is not None
    if report is not None and evaluated and (past or not figures.kl):
        return ShownKl(evaluated, report.step, report.none_held_out)
    return ShownKl() if past and figures.live else ShownKl(figures.kl)


def measured_on(shown: ShownKl) -> str:
    """A sentence on the images that figures were measured on."""
    translate = QCoreApplication.translate
    if shown.held_out is None:
        return translate("Lamps", "Of the training images of the last step.")
    if shown.none_held_out:
        text = translate("Lamps", "Of training images, none being held out, measured at step {0}.")
    else:
        text = translate("Lamps", "Of held-out images, measured at step {0}.")
    return text.format(count(shown.held_out))


class Lamps(QFrame):
    """One line for the model of a pane: title, lamps, and their sum; shortened on a small map.

    See `shown_kl` for the origin of its figures.

    Signals:
        resized: its size changed.
    """

    resized = Signal()

    def __init__(self, pane: PaneState, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane, self._training = pane, training
        self.setObjectName(f"lamps-line{pane.index}")
        self.setProperty("role", "map-note")
        self.title = PlainLabel()
        self.title.setProperty("role", "caption")
        describe(self.title, "kl_dimension")
        self.summary = PlainLabel()
        self.summary.setObjectName(f"lampsSummary{pane.index}")
        self.summary.setProperty("role", "caption")
        self.summary.setFont(tabular(self.summary.font()))
        self.grid = LampGrid(pane.index)
        self.grid.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # as `_arrange` says
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        row.setSpacing(_SPACING)
        row.addWidget(self.title)
        row.addWidget(self.grid)
        row.addWidget(self.summary)
        #: Content for `_arrange`: whether to show name and lamps, and the sum in full and short form.
        self._named = self._lit = False
        self._texts: tuple[str, ...] = ("", "")
        self._room = QSize(10_000, 10_000)
        self._pace = RedrawThrottle(self, self.refresh, aside=500)
        training.lamps_changed.connect(self._pace.touch)
        training.evaluations_changed.connect(self._pace.touch)
        training.looked_at_changed.connect(self._pace.touch)
        pane.model_changed.connect(self._pace.touch)
        theme().changed.connect(self._pace.touch)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._pace.catch_up()
        super().showEvent(event)

    def set_room(self, width: int, height: int) -> None:
        """Set its maximum width and the height of the map, in px."""
        room = QSize(width, height)
        if room != self._room:
            self._room = room
            self._arrange()

    def show_kl(self, shown: ShownKl) -> None:
        """Show lamps for a model with a posterior."""
        kl = shown.values
        self._lit = 0 < len(kl) <= _MOST_LAMPS
        self.grid.set_kl(kl)
        if not kl:
            self.say(self.tr("no figures yet"), self.tr("They come with the first training step."))
            return
        # Not "active", which is defined by the codes' variance and shown in the comparison.
        lit = sum(value >= COLLAPSED for value in kl)
        text = self.tr("{0} of {1} above {2} · sum {3} nats").format(lit, len(kl), COLLAPSED, nats(sum(kl)))
        brief = self.tr("KL {0} nats").format(nats(sum(kl)))
        training = shown.held_out is None or shown.none_held_out
        whose = self.tr("{0}, training") if training else self.tr("{0}, held-out")
        middle = self.tr("KL per dimension, sum {0} nats").format(nats(sum(kl)))
        self.say(text, measured_on(shown), brief=(whose.format(middle), whose.format(brief), brief))
        self.grid.setAccessibleDescription(text)

    def show_rank(self, rank: float | None, latent: int) -> None:
        """Show the number of dimensions that held-out codes use, if known, for a model without a posterior."""
        why = self.tr("This model has no posterior: a code is a point, and there is no KL.")
        if rank is None:
            self.say("", why)
            return
        said = self.tr("codes fill {0} of {1} dimensions (effective rank)").format(f"{rank:.1f}", latent)
        brief = self.tr("effective rank {0} of {1}"), self.tr("rank {0} of {1}")
        self.say(said, why, "rank", brief=tuple(text.format(f"{rank:.1f}", latent) for text in brief))

    def show_whole(self, kl: float | None, active: int | None, latent: int) -> None:
        """Show the total KL and number of active units, if known, for a model whose prior does not factorise."""
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
            self.say(text, why, "kl", "used", brief=(self.tr("KL {0} nats").format(nats(kl)),))

    def say(self, text: str, more: str, *terms: str, brief: tuple[str, ...] = ()) -> None:
        """Set the line beside the name, and its shorter forms.

        terms: glossary terms of its figures; by default KL per dimension.
        """
        self._texts = (text, *(brief or (text,)))
        describe(self.summary, *(terms or ("kl_dimension",)), more=f"{text}\n{more}".strip())

    @Slot()
    def refresh(self) -> None:
        """Show the present figures, or those of the shown moment."""
        pane, looked_at = self._pane, self._training.looked_at
        figures = figures_of(self._training, pane)
        if pane.model is None or figures is None:
            self._texts = ("", "")
            self._arrange()
            return
        self._lit = False
        report = figures.evaluation_at(looked_at)
        traits, latent = pane.model.traits, pane.model.config.latent
        self._named = traits.has_posterior
        shown = shown_kl(pane, self._training)
        self.title.setText(self._title(shown, 0 if report is None else report.step))
        if not traits.has_posterior:
            rank = report.ranks[0] if report is not None and report.ranks else None
            self.show_rank(rank, latent)
        elif traits.has_prior and not prior_kind(traits.prior).factorises:
            whole = (None, None) if report is None else (report.held_out[0].get("kl"), report.active[0])
            self.show_whole(*whole, latent)
        else:
            self.show_kl(shown)
        self._arrange()

    def _title(self, shown: ShownKl, step: int) -> str:
        """The title of the lamps; `step`: of the last evaluation up to the shown moment."""
        if self._training.looked_at is None:
            held_out = shown.held_out is not None and not shown.none_held_out
            return self.tr("KL per dimension, held-out") if held_out else self.tr("KL per dimension, training")
        if shown.values and shown.held_out is None:
            return self.tr("KL of training images")
        if shown.none_held_out:
            return self.tr("KL at step {0}, training").format(count(step))
        return self.tr("KL at step {0}, held-out").format(count(step))

    def _arrange(self) -> None:
        """Show as much as fits: everything; lamps and short text; short text; nothing."""
        full, *briefer = self._texts
        layout = self.layout()
        assert layout is not None
        fewer = [(False, text, lit) for lit in (self._lit, False) for text in briefer]
        for named, text, lit in ((self._named, full, self._lit), *fewer):
            columns = self._columns(named, text) if lit else 0
            if self._room.height() < _LEAST_HEIGHT or columns is None or not text:
                continue
            self.title.setVisible(named)
            self.grid.setVisible(lit)
            if lit:
                lines = -(-len(self.grid.kl) // columns)
                self.grid.setFixedSize(self.grid.width_of(columns), self.grid.height_of(lines))
            self.summary.setText(text)
            layout.invalidate()
            wanted = layout.sizeHint()
            if wanted.width() <= self._room.width():
                self._take_room(wanted)
                layout.activate()
                return
        self.summary.setText(full)
        self._take_room(QSize(0, 0))

    def _columns(self, named: bool, text: str) -> int | None:
        """Number of lamps in a line beside this text; None if too few fit."""
        words = self.summary.fontMetrics().horizontalAdvance(text) + 2 * _MARGIN + _SPACING
        if named:
            words += self.title.sizeHint().width() + _SPACING
        count = len(self.grid.kl)
        columns = min(count, _LAMPS_A_LINE, self.grid.columns(max(0, self._room.width() - words)))
        if columns < min(count, _FEWEST) or self.grid.width_of(columns) + words > self._room.width():
            return None
        lines = -(-count // columns)
        high = self.grid.height_of(lines) > max(_MOST_SHARE * self._room.height(), self.grid.height_of(1))
        return None if high or lines > _MOST_LINES else columns

    def _take_room(self, size: QSize) -> None:
        """Resize; never hidden, because a hidden widget is not notified of changes."""
        if size != self.size():
            self.setFixedSize(size)
            self.resized.emit()
