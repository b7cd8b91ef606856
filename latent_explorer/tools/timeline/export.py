"""The kept moments of the run as an animation."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from latent_explorer.core.export import Export, Recording, Studio
from latent_explorer.core.states import States
from latent_explorer.export.render import figure_image
from latent_explorer.tools.timeline.moment_film import SPEED, MomentFilm, film_plan
from latent_explorer.tools.timeline.state import TimelineState

translate = QCoreApplication.translate


class RunExport(Export):
    """All panes at one moment after the other."""

    key = "moments"
    formats = ("gif", "mp4")
    animated = True
    word = "run"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self._timeline = states.tools[TimelineState]
        self._taking: MomentFilm | None = None
        self.title = translate("export", "Time machine")
        self.tip = translate(
            "export", "About ten seconds through the run in both panes, its first steps as slowly as its last ones"
        )
        self.menu_text = translate("ExportDesk", "Save the run as an animation…")

    def reason(self, making: bool) -> str:
        if len(self._timeline.moments) < 2:
            return translate("ExportDesk", "There are no moments of a run yet: train for a while.")
        return super().reason(making)

    def step(self) -> int:
        return self.states.training.step

    def pace(self) -> tuple[int, float]:
        return len(film_plan([moment.step for moment in self._timeline.moments])), float(SPEED)

    def preview(self, studio: Studio) -> QImage:
        return figure_image(studio.pair(studio.line(self)), 1)

    def record(
        self, studio: Studio, scale: int, done: Callable[[Recording], None], given_up: Callable[[str], None]
    ) -> None:
        """Show all moments in turn, then write the animation."""
        if self._taking is not None:
            self._taking.stop("replaced")
        if self.reason(False):  # moments were removed while a file was being chosen
            self._report_cancelled("gone", given_up)
            return
        states, speed = self.states, float(SPEED)
        take = studio.film_frame(self, scale)
        film = MomentFilm(states.panes, self._timeline, studio.jobs, take, studio.settled, studio.owner)

        def finished() -> None:
            knobs = [states.training.knobs_at(step).to_json() for step in film.steps]
            settings = {"steps": film.steps, "knobs_of_steps": knobs}
            done(Recording(frame=film.frame, frames=len(film), speed=speed, settings=settings))

        def ended(reason: str) -> None:
            if self._taking is film:
                self._taking = None
            film.deleteLater()
            self._report_cancelled(reason, given_up)

        film.finished.connect(finished)
        film.ended.connect(ended)
        self._taking = film
        film.start()

    def leave(self) -> None:
        if self._taking is not None:
            self._taking.stop("window")

    def _report_cancelled(self, reason: str, given_up: Callable[[str], None]) -> None:
        if sentence := _why(reason):
            template = translate("ExportDesk", "The animation of the run was not saved: {reason}")
            given_up(template.format(reason=sentence))


def _why(reason: str) -> str:
    """One of a film's `ENDS` in words; "" for one that needs none."""
    return {
        "replaced": translate("ExportDesk", "another one took its turn."),
        "looked": translate("ExportDesk", "another moment was chosen while pictures were taken."),
        "gone": translate("ExportDesk", "moments went while pictures were taken; save it again."),
        "late": translate("ExportDesk", "a moment could not be shown in time; save it again."),
        "window": translate("ExportDesk", "the window was made anew in another language; save it again."),
        "size": translate("ExportDesk", "the maps changed their size while pictures were taken; save it again."),
    }.get(reason, "")
