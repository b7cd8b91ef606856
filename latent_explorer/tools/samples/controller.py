"""Draws codes, decodes them and measures the pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.samples.measures import enough
from latent_explorer.tools.samples.sources import PaneOrder
from latent_explorer.tools.samples.state import WHOLE, PaneFigures, RealFigures, SamplesState, Sheet
from latent_explorer.tools.samples.work import Made, SampleOrder, SampleWork

#: Between two sheets while training (ms): refreshed weights come several times a second, fits cost up to half one.
_WHILE_TRAINING = 600
#: Between two sheets that follow the cursor.
_FOLLOWING = 30
#: After a change by hand: several signals of one change make one request.
_SOON = 0


class SamplesController(QObject):
    """Keeps the sheets true to settings, weights, picked image and cursor, while somebody looks at them.

    One thread answers both panes: sheets first, then figures, where the newest request takes over. Figures are
    measured by themselves when no training goes on, and on demand while it does.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools[SamplesState]
        self._worker = kit.new_worker("samples", False)
        self._work = SampleWork(kit.new_replicas())
        self._job = kit.local_job(self.tr("Samples"), self._worker)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        #: Something changed that the sheets do not show yet.
        self._due = True
        #: A person wants figures although a training goes on.
        self._demanded = False
        self._worker.answered.connect(self._answered)
        self._worker.finished.connect(self._finished)
        self._worker.failed.connect(self._failed)
        self._worker.busy_changed.connect(self._busy_changed)
        self._state.settings_changed.connect(self._changed)
        self._state.shown_changed.connect(self._shown)
        self._state.measure_requested.connect(self._measure)
        self._state.cancel_requested.connect(self._worker.cancel)
        for pane in kit.panes:
            pane.codes_changed.connect(self._weights_changed)
            pane.model_changed.connect(self._model_changed)
            pane.picture_changed.connect(self._cursor_moved)
        kit.explorer.picked_changed.connect(self._picked)
        kit.explorer.data_changed.connect(self._data_changed)
        kit.training.run_changed.connect(self._run_changed)

    # ------------------------------------------------------------ what changes

    @Slot()
    def _changed(self) -> None:
        self._want(_SOON)

    @Slot()
    def _shown(self) -> None:
        if not self._state.shown:
            self._timer.stop()
            if self._worker.busy:
                self._worker.cancel()
                self._due = True
        elif self._due:
            self._want(_SOON)

    @Slot()
    def _weights_changed(self) -> None:
        if self._training:
            self._follow(_WHILE_TRAINING)
        else:
            self._want(_SOON)

    @Slot()
    def _model_changed(self) -> None:
        self._worker.cancel()  # what is under way is of the former model, even if it was built alike
        for index, pane in enumerate(self._kit.panes):
            if pane.model is None or pane.codes is None:
                self._state.set_sheet(index, None)
                self._state.set_figures(index, None)
        self._want(_SOON)

    @Slot()
    def _run_changed(self) -> None:
        # Paused: figures may come by themselves. Started: those that are on their way would hold up the sheets.
        self._want(_SOON)

    @Slot()
    def _data_changed(self) -> None:
        self._worker.cancel()  # figures of the former images
        self._work.forget_images()
        self._state.set_real(None)
        for pane in self._kit.panes:
            self._state.set_figures(pane.index, None)
        self._want(_SOON)

    @Slot()
    def _picked(self) -> None:
        if self._state.settings.source == "posterior":
            self._want(_SOON)

    @Slot()
    def _cursor_moved(self) -> None:
        if self._state.settings.source == "neighbourhood":
            self._follow(_FOLLOWING)

    @Slot()
    def _measure(self) -> None:
        self._demanded = True
        self._want(_SOON)

    @property
    def _training(self) -> bool:
        return self._kit.training.run == "training"

    def _follow(self, milliseconds: int) -> None:
        """Draw anew when what is under way has ended.

        What keeps changing must not take over: the first pane would be drawn again and again and the second never,
        and figures that a person asked for while training would never come.
        """
        self._due = True
        if not self._worker.busy:
            self._want(milliseconds)

    def _want(self, milliseconds: int) -> None:
        """Draw anew, at the latest so long from now."""
        self._due = True
        if not self._state.shown:
            return
        if not self._timer.isActive() or self._timer.remainingTime() > milliseconds:
            self._timer.start(milliseconds)

    # ------------------------------------------------------------ asking

    @Slot()
    def _ask(self) -> None:
        self._due = False
        orders = (self._order(pane) for pane in self._kit.panes)
        panes = tuple(one for one in orders if one is not None)
        if not panes:
            return
        unmeasured = self._why_not()
        measured = 0 if unmeasured else self._state.measured
        self._demanded = False
        data = self._kit.explorer.data
        order = SampleOrder(
            settings=self._state.settings,
            panes=panes,
            images=None if data is None else data.images,
            train_count=0 if data is None else data.train_count,
            measured=measured,
            compared=self._state.measured,
        )
        self._state.set_measuring(bool(measured), unmeasured)
        self._worker.ask(lambda: self._work.make(order))

    def _why_not(self) -> str:
        """Why no figures can or should be measured now; see `SamplesState.unmeasured`."""
        data = self._kit.explorer.data
        if self._state.settings.source not in WHOLE:
            return "local"
        if data is None or data.images is None:
            return "no-images"
        if not enough(len(data.images), data.train_count):
            return "few-images"
        if self._state.real is not None and self._state.real.same:
            return "same-images"
        return "training" if self._training and not self._demanded else ""

    def _order(self, pane: PaneState) -> PaneOrder | None:
        codes, model, data = pane.codes, pane.model, self._kit.explorer.data
        if codes is None or model is None or codes.snapshot is None or not len(codes.codes):
            return None
        picked, spread, image = None, None, None
        row = self._kit.explorer.picked
        if row is not None:
            place = codes.place_of(row)
            if place is not None:
                picked = codes.codes[place]
                spread = None if codes.spreads is None else codes.spreads[place]
            at_hand = data is not None and data.images is not None and row < len(data.images)
            if at_hand and data is not None and data.images is not None and data.shape == model.config.shape:
                image = data.images[row]
        return PaneOrder(
            index=pane.index,
            snapshot=codes.snapshot,
            traits=model.traits,
            rows=codes.rows,
            codes=codes.codes,
            train_count=data.train_count if data is not None else len(codes.rows),
            picked=picked,
            spread=spread,
            image=image,
            cursor=pane.code,
        )

    # ------------------------------------------------------------ answers

    @Slot(object)
    def _answered(self, made: Made) -> None:
        if isinstance(made.what, RealFigures):
            self._state.set_real(made.what)
            if made.what.same:
                self._state.set_measuring(True, "same-images")
            return
        model = self._kit.panes[made.pane].model
        if model is None or model.config != made.what.snapshot.config:
            return  # of a model that has been replaced
        if isinstance(made.what, Sheet):
            self._state.set_sheet(made.pane, made.what)
        elif isinstance(made.what, PaneFigures):
            self._state.set_figures(made.pane, made.what)

    @Slot()
    def _finished(self) -> None:
        self._state.set_measuring(False, self._state.unmeasured)
        if self._due:
            self._want(_WHILE_TRAINING if self._training else _SOON)

    @Slot()
    def _busy_changed(self) -> None:
        if not self._worker.busy and self._state.measuring:
            # Ended without having finished, as `finished` follows at once otherwise.
            QTimer.singleShot(0, self, self._cancelled)

    @Slot()
    def _cancelled(self) -> None:
        if not self._worker.busy and self._state.measuring:
            self._state.set_measuring(False, "cancelled")
            if self._due:  # what changed meanwhile waited for the measuring to end
                self._want(_WHILE_TRAINING if self._training else _SOON)

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        self._state.set_measuring(False, "cancelled")
        told = sentence or self.tr("The samples could not be drawn; see the details.")
        self._kit.notifications.post("error", told, details)
