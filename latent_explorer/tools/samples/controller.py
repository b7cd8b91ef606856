"""Draws codes, decodes them and measures the pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.samples.measures import enough
from latent_explorer.tools.samples.state import WHOLE, PaneFigures, RealFigures, SamplesState, Sheet
from latent_explorer.tools.samples.work import Made, SampleWork

#: Interval of sheets during training (ms), and as a multiple of one's time: new weights arrive several
#: times a second, and fits take up to half a second.
_WHILE_TRAINING = 600
_SHARE = 2
#: Interval of sheets that follow the cursor (ms).
_FOLLOWING = 30


class SamplesController(QObject):
    """Updates the sheets from settings, weights, picked image and cursor while their panel is visible.

    One thread serves both panes: sheets first, then figures, which a newer request interrupts. Figures are
    measured automatically without training, and on demand during training.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = state = kit.tools[SamplesState]
        self._worker = kit.new_worker("samples", False)
        self._work = SampleWork(kit.new_replicas())
        self._job = kit.local_job(lambda: self.tr("Samples"), self._worker)
        #: The user requested figures during training.
        self._demanded = False
        self.follower = follower = Follower(
            self._worker,
            self._question,
            self._work.make,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The samples could not be drawn; see the details."),
            seen=lambda: state.shown,
            pause=_WHILE_TRAINING,
            share=_SHARE,
            moving=_FOLLOWING,
            # Frequent changes must not replace a running request: otherwise the first pane would be updated again
            # and again and the second never, and figures requested during training would never arrive.
            whole=True,
        )
        follower.watch(*kit.panes)
        follower.asked.connect(self._asked)
        follower.answered.connect(self._answered)
        follower.finished.connect(lambda: state.set_measuring(False, state.unmeasured))
        follower.failed.connect(lambda: state.set_measuring(False, "cancelled"))
        self._worker.busy_changed.connect(self._busy_changed)
        state.settings_changed.connect(follower.change)
        state.shown_changed.connect(follower.look_again)
        state.measure_requested.connect(self._measure)
        state.cancel_requested.connect(self._worker.cancel)
        for pane in kit.panes:
            pane.model_changed.connect(self._model_changed)
            pane.picture_changed.connect(follower.move)
        kit.explorer.picked_changed.connect(follower.change)
        kit.explorer.data_changed.connect(self._data_changed)
        # Paused: figures are measured automatically. Started: a running measurement would delay the sheets.
        kit.training.run_changed.connect(follower.change)

    # ------------------------------------------------------------ what changes

    @Slot()
    def _model_changed(self) -> None:
        for index, pane in enumerate(self._kit.panes):
            if pane.model is None or pane.codes is None:
                self._state.set_sheet(index, None)
                self._state.set_figures(index, None)

    @Slot()
    def _data_changed(self) -> None:
        self._work.forget_images()
        self._state.set_real(None)
        for pane in self._kit.panes:
            self._state.set_figures(pane.index, None)
        self.follower.renew()

    @Slot()
    def _measure(self) -> None:
        self._demanded = True
        self.follower.change()

    # ------------------------------------------------------------ asking

    def _question(self) -> Question | None:
        settings = self._state.settings
        follows = {"posterior": ("picked",), "neighbourhood": ("code",)}
        looks = self._kit.looks("data", *follows.get(settings.source, ()))
        looks = tuple(look for look in looks if look.snapshot is not None and len(look.codes.codes))
        if not looks:
            return None
        measured = 0 if self._why_not() else self._state.measured
        return looks, settings, measured, self._state.measured

    @Slot()
    def _asked(self) -> None:
        unmeasured = self._why_not()
        self._demanded = False
        self._state.set_measuring(not unmeasured and self._state.measured > 0, unmeasured)

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
        return "training" if self.follower.training and not self._demanded else ""

    # ------------------------------------------------------------ answers

    @Slot(object)
    def _answered(self, made: Made) -> None:
        if isinstance(made.what, RealFigures):
            self._state.set_real(made.what)
            if made.what.same:
                self._state.set_measuring(True, "same-images")
        elif isinstance(made.what, Sheet):
            self._state.set_sheet(made.pane, made.what)
        elif isinstance(made.what, PaneFigures):
            self._state.set_figures(made.pane, made.what)

    @Slot()
    def _busy_changed(self) -> None:
        if not self._worker.busy and self._state.measuring:
            self._state.set_measuring(False, "cancelled")  # cancelled
