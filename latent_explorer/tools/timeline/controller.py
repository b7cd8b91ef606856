"""Shows moments of the run again and has the run continue from them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.ticker import Ticker
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.timeline.state import TimelineState
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.config import ModelConfig
from trainer.reports import MapReport
from trainer.sentences import Sentence
from trainer.service.messages import Continued, ContinueFrom, ForgetMoments, HoldMoment, Moment, MomentsKept
from trainer.training.moment_file import moment_path, read_shown
from trainer.traits import Traits

#: Numbers of moments' snapshots begin here, so that none is that of one of the run's own.
_FIRST_NUMBER = 1_000_000_000


class TimelineController(QObject):
    """Reads the moment that is looked at in a thread of its own and gives it to the maps.

    While somebody looks back, the run's own maps wait; the run itself does not. Reading is fast enough to follow a
    hand: of the moments a slider passes the newest wins.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._timeline = timeline = kit.tools[TimelineState]
        self.follower = Follower(
            kit.new_worker("moments"),
            self._question,
            _read_moment,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("This moment could not be shown; see the details."),
        )
        self.follower.answered.connect(self._read)
        self.follower.failed.connect(self._stop_looking)
        self._told_trouble: Sentence | None = None
        self._ticker = Ticker(self)
        self._ticker.tick.connect(self._next)
        timeline.looked_changed.connect(self._looked)
        timeline.playing_changed.connect(self._playing)
        timeline.continue_requested.connect(self._continue)
        kit.client.reported.connect(self._reported)
        kit.client.lost.connect(self._forget)
        kit.display.began.connect(self._forget)
        kit.training.command_requested.connect(self._command)
        kit.training.run_config_changed.connect(self._running)

    # ------------------------------------------------------------ what there is

    @Slot(object)
    def _reported(self, report: object) -> None:
        if isinstance(report, Continued):
            # Steps that went wrong were taken back, and with them their moments.
            if self._timeline.looked is not None and self._timeline.looked.step > report.step:
                self._stop_looking()
            return
        kit = self._kit
        if not isinstance(report, MomentsKept) or kit.training.run_config is None:
            return
        self._timeline.set_moments(
            report.folder,
            report.moments,
            report.former,
            report.used,
            report.budget,
            shown_sentence(report.trouble),
            report.saved,
        )
        kit.explorer.moments_size = report.saved
        if report.trouble and report.trouble != self._told_trouble:
            self._kit.notifications.post("warning", report.trouble)
        self._told_trouble = report.trouble
        if report.lost:
            if report.lost == 1:
                sentence = self.tr("One moment has left the slider because its temporary file was removed.")
            else:
                sentence = self.tr(
                    "{count} moments have left the slider because their temporary files were removed."
                )
            kit.notifications.post("warning", sentence.format(count=report.lost))

    @Slot()
    @Slot(str)
    def _forget(self, _: str = "") -> None:
        self._told_trouble = None
        self._kit.explorer.moments_size = 0
        self._timeline.clear()
        self._timeline.set_going_back(False)

    @Slot()
    def _running(self) -> None:
        if self._kit.training.run_config is None and self._timeline.moments:
            # Other weights are on show; the files would lie there for nobody.
            self._kit.client.tell(ForgetMoments())
            self._forget()

    # ------------------------------------------------------------ looking

    @Slot()
    def _looked(self) -> None:
        kit, moment = self._kit, self._timeline.looked
        kit.training.set_looked_at(None if moment is None else moment.step)
        if moment is None:
            self.follower.leave()
            kit.client.tell(HoldMoment(None))
            kit.display.show_live()
            return
        kit.client.tell(HoldMoment(moment.number))
        kit.display.hold_live()
        self.follower.change()

    def _question(self) -> Question | None:
        moment, running = self._timeline.looked, self._kit.training.run_config
        if moment is None or running is None:
            return None
        path = moment_path(self._timeline.folder, moment.number)
        traits = tuple(model.traits for model in self._kit.models.members)
        data = self._kit.explorer.data
        return path, running.models, traits, None if data is None else data.count, moment

    @Slot(object)
    def _read(self, report: MapReport | Moment) -> None:
        if isinstance(report, Moment):
            # Its file was removed; the service reports it, too, and it leaves the slider.
            self._stop_looking()
        elif self._timeline.looked is not None:
            self._kit.display.show_past(report)

    @Slot()
    def _stop_looking(self) -> None:
        self._timeline.play(False)
        self._timeline.look(None)

    @Slot(str)
    def _command(self, command: str) -> None:
        # Train and Step are to show their result.
        if command in ("train", "step") and self._kit.training.run_state != "training":
            self._stop_looking()

    # ------------------------------------------------------------ playing

    @Slot()
    def _playing(self) -> None:
        if self._timeline.playing:
            self._ticker.start(self._timeline.speed)
        else:
            self._ticker.stop()

    @Slot()
    def _next(self) -> None:
        timeline = self._timeline
        if self.follower.busy or self._kit.maps.busy:
            return  # every moment is shown, on a slow machine a little later
        timeline.move(1)
        if timeline.looked is None:
            timeline.play(False)

    # ------------------------------------------------------------ continuing

    @Slot(object)
    def _continue(self, moment: Moment) -> None:
        kit, timeline = self._kit, self._timeline
        if kit.training.run_config is None or timeline.going_back:
            return
        timeline.play(False)
        timeline.set_going_back(True)
        kit.client.ask(
            lambda job: ContinueFrom(job=job, number=moment.number),
            self._continued,
            title=self.tr("Going to step {step}").format(step=f"{moment.step:,}"),
            failed=lambda _: timeline.set_going_back(False),
        )

    def _continued(self, done: Continued) -> None:
        kit, timeline = self._kit, self._timeline
        # Before the present is looked at: what was the newest map is the former branch's.
        kit.display.go_back(done)
        timeline.look(None)
        timeline.set_going_back(False)
        # What a person saved was the run as it was: it is not written over without being asked.
        kit.explorer.save_place = ""
        kit.runs.mark_saved(done.step == 0)


def _read_moment(
    path: Path,
    models: tuple[ModelConfig, ...],
    traits: tuple[Traits, ...],
    images: int | None,
    moment: Moment,
) -> MapReport | Moment:
    """The map of a moment, or the moment alone if its file is gone."""
    try:
        return read_shown(path, models, moment.step, _FIRST_NUMBER + moment.number, traits, images)
    except FileNotFoundError:
        return moment
