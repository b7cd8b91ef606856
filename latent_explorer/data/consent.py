"""The folders and files of images that the user has approved: other paths named in a file are not accessed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.settings import Settings
from trainer.sentences import one_line

_KEY = "data/known"
_YES = "look-for-data"


class DataConsent(QObject):
    """Stores approved paths, and asks about others that a checkpoint names.

    A checkpoint from another person can name any path; on Windows merely accessing it may reveal the user's
    identity to another computer.
    """

    def __init__(
        self, settings: Settings, explorer: ExplorerState, notifications: Notifications, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._explorer = explorer
        self._notifications = notifications
        #: The paths asked about, and the callback after approval.
        self._asked: tuple[tuple[str, ...], Callable[[], None]] | None = None
        explorer.data_changed.connect(self._shown)
        notifications.action_chosen.connect(self._action)

    @property
    def known(self) -> tuple[str, ...]:
        """Approved paths."""
        return tuple(self._settings.entries(_KEY))

    def ask(self, paths: tuple[str, ...], then: Callable[[], None]) -> None:
        """Ask whether the images of an opened run may be read from `paths`; calls `then()` after approval."""
        self._asked = None
        known = self.known
        unknown = tuple(path for path in paths if path not in known)
        if not unknown:
            return
        self._asked = unknown, then
        self._notifications.post(
            "info",
            self.tr("This run was trained on images in {path}. Look for them there?").format(
                path=one_line(", ".join(unknown))
            ),
            actions=((self.tr("Look there"), _YES),),
        )

    @Slot()
    def _shown(self) -> None:
        data = self._explorer.data
        if data is not None and data.images is not None:
            for path in data.config.places:
                self._settings.add_entry(_KEY, path, most=100)

    @Slot(str)
    def _action(self, key: str) -> None:
        if key == _YES and self._asked is not None:
            (paths, then), self._asked = self._asked, None
            for path in paths:
                self._settings.add_entry(_KEY, path, most=100)
            then()
