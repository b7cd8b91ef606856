"""The session that was open last: offered at the start, or opened automatically if configured."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.explorer import ExplorerState, LastSession
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.settings import Settings
from latent_explorer.words.figures import count
from trainer.training.checkpoint import FILE

_LAST = "session/last"
_AT_START = "session/continue"


class ContinuingController(QObject):
    """Stores in the settings which session was saved or opened last, and at which step.

    Only the time of the session is read, so that the offer does not slow down the start.
    """

    def __init__(
        self,
        explorer: ExplorerState,
        settings: Settings,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._settings = settings
        self._notifications = notifications
        explorer.set_continues(settings.text(_AT_START, "ask", ("ask", "always")) == "always")
        explorer.set_last_session(self._read())
        explorer.continues_changed.connect(self._keep_wish)
        explorer.continue_requested.connect(self._open)
        explorer.session_kept.connect(self._keep)
        notifications.action_chosen.connect(self._action)

    def begin(self) -> None:
        """Called at the start if nothing else is opened: open the session, or offer it."""
        last = self._explorer.last_session
        if last is None:
            return
        if self._explorer.continues:
            self._open()
            return
        self._notifications.post(
            "info",
            self.tr("Where you left off: {session}.").format(session=self.described(last)),
            actions=((self.tr("Continue"), "continue-session"),),
            about=_LAST,
        )

    def described(self, last: LastSession) -> str:
        """Such as "mnist-run, step 12,000, yesterday"."""
        parts = [Path(last.path).name]
        if last.step is not None:
            parts.append(self.tr("step {step}").format(step=count(last.step)))
        parts.append(self._when(last.day, date.today()))
        return ", ".join(parts)

    def _when(self, day: date, today: date) -> str:
        past = (today - day).days
        return {0: self.tr("today"), 1: self.tr("yesterday")}.get(past, day.isoformat())

    def _read(self) -> LastSession | None:
        """The last session, if it still exists; without its step if it was changed since."""
        kept = self._settings.record(_LAST)
        path, step = kept.get("place"), kept.get("step")
        if not isinstance(path, str):
            return None
        try:
            written = (Path(path) / FILE).stat().st_mtime
            day = date.fromtimestamp(written)
        except (OSError, ValueError, OverflowError):
            return None
        known = isinstance(step, int) and written == kept.get("written")
        return LastSession(path, step if known and isinstance(step, int) else None, day)

    @Slot(str, object)
    def _keep(self, path: str, step: int) -> None:
        """Store this session, which was saved or opened, as the last one."""
        self._explorer.set_last_session(None)
        self._notifications.outdate(_LAST)
        try:
            written = (Path(path) / FILE).stat().st_mtime
        except (OSError, ValueError):
            return
        self._settings.set_record(_LAST, {"place": path, "step": step, "written": written})

    @Slot()
    def _keep_wish(self) -> None:
        self._settings.set_text(_AT_START, "always" if self._explorer.continues else "ask")

    @Slot()
    def _open(self) -> None:
        last = self._explorer.last_session
        if last is not None:
            self._explorer.open_requested.emit(last.path)

    @Slot(str)
    def _action(self, key: str) -> None:
        if key == "continue-session":
            self._open()
