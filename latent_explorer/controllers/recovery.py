"""An unfinished run is kept while it trains, and offered again after a crash."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from latent_explorer.controllers.service_client import ServiceClient
from latent_explorer.notifications import Notifications
from latent_explorer.session_folder import owner_lives
from latent_explorer.trainer_names import shown_name
from trainer.service.messages import Autosave
from trainer.training.checkpoint import CheckpointError, read_description

log = logging.getLogger(__name__)


class RecoveryController(QObject):
    """Autosaves go to a folder named after this process; folders of processes that are gone are offered.

    `open_run(path, stands)` opens a checkpoint, and calls `stands()` once its run can go on.
    """

    def __init__(
        self,
        client: ServiceClient,
        notifications: Notifications,
        folder: Path,
        open_run: Callable[[Path, Callable[[], None]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._notifications = notifications
        self._folder = folder
        self._open_run = open_run
        self._mine = self._new_place()
        self._offered: Path | None = None
        #: Runs that trainers of this very process left when they died.
        self._aside: list[Path] = []
        #: Runs that were opened from here; theirs is the run that stands.
        self._opened: list[Path] = []
        self._given_up: list[Path] = []
        notifications.action_chosen.connect(self._action)

    def _new_place(self) -> Path:
        # The token: a process number comes round again, and in a container soon.
        return self._folder / f"run-{os.getpid()}-{secrets.token_hex(4)}"

    def start(self) -> None:
        """Offer what a crash left behind, and begin keeping this process's runs."""
        self._offer()
        self.watch()

    def restart(self) -> None:
        """The trainer died and another was started: offer what the former one kept, where no new run writes."""
        self._aside.append(self._mine)
        self._mine = self._new_place()
        self._offer()
        self.watch()

    def watch(self) -> None:
        """Tell the (new) service where to autosave."""
        self._client.tell(Autosave(self._mine))

    def forget(self) -> None:
        """The run that stands was saved or given up by its owner: `finish` removes what was kept of it."""
        self._client.tell(Autosave(None))
        self._given_up = [self._mine, *self._opened]

    def finish(self) -> None:
        """The service has ended and writes no more: remove what need not be offered again."""
        for folder in self._given_up:
            _remove(folder)

    def _offer(self) -> None:
        for folder in self._left_behind():
            try:
                description = read_description(folder)
            except CheckpointError as error:
                # Perhaps another version's, or a disk that does not answer now: left for whoever can read it.
                if not _remove_empty(folder):
                    log.warning("an unfinished run is left where it is: %s", error)
                continue
            self._offered = folder
            self._notifications.post(
                "info",
                self.tr("An unfinished run was found: {title}, step {step}.").format(
                    title=shown_name(description.data.title), step=f"{description.step:,}"
                ),
                actions=((self.tr("Open it"), "recover-run"), (self.tr("Discard"), "discard-run")),
            )
            return

    def _left_behind(self) -> list[Path]:
        try:
            folders = [path for path in self._folder.glob("run-*") if path.is_dir()]
            folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        except OSError:
            return []
        return [path for path in folders if path in self._aside or not _owner_lives(path)]

    @Slot(str)
    def _action(self, key: str) -> None:
        if self._offered is None:
            return
        if key == "recover-run":
            offered = self._offered
            # Kept until the run is saved or given up: opening it is not saving it.
            self._open_run(offered, lambda: self._opened.append(offered))
        elif key == "discard-run":
            _remove(self._offered)
            self._offered = None


def _owner_lives(folder: Path) -> bool:
    number = folder.name.removeprefix("run-").partition("-")[0]
    return number.isdigit() and owner_lives(int(number), folder)


def _remove_empty(folder: Path) -> bool:
    """Remove a place in which nothing was ever written; False if something was."""
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        pass
    except OSError as error:
        log.warning("an unfinished run could not be removed: %s", error)
