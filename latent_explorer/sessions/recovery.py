"""Saves an unfinished run while it trains, and offers it again after a crash."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.notifications import Notifications
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.sessions.folder import former_owner_lives
from latent_explorer.words.trainer_names import shown_name
from trainer.service.messages import Autosave, Autosaved
from trainer.storage.folder_lock import LOCK_FILES, FolderLock, claim, is_marked, remove_folder
from trainer.storage.private import private_folder
from trainer.training.checkpoint import CheckpointError, read_description
from trainer.training.description import Description

log = logging.getLogger(__name__)


class RecoveryController(QObject):
    """Automatic saves go to a folder locked by this window; unlocked folders are offered for recovery.

    An offered one is locked as well, so that no other window offers it, until the window closes.
    `open_run(path, recovered)` opens a checkpoint, and calls `recovered()` when its run can continue.
    """

    def __init__(
        self,
        client: TrainerClient,
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
        #: All locked folders, including those of crashed trainers of this process.
        self._held: dict[Path, FolderLock] = {}
        #: Folders of recovered runs; the present run comes from one of them.
        self._opened: list[Path] = []
        self._given_up: list[Path] = []
        #: Whether the trainer crashed with its run, so that the run was neither saved nor discarded since.
        self._lost = False
        client.lost.connect(self._trainer_lost)
        client.reported.connect(self._reported)
        notifications.action_chosen.connect(self._action)

    def _new_place(self) -> Path:
        # The process id is informative; ownership is determined by the lock.
        return self._folder / f"run-{os.getpid()}-{secrets.token_hex(4)}"

    def start(self) -> None:
        """Offer runs left by a crash, and start automatic saves of this process's runs."""
        self._offer(self._left_behind())
        self._keep()

    @property
    def offers(self) -> bool:
        """Whether an unfinished run is offered."""
        return self._offered is not None

    def restart(self) -> None:
        """Offer the saves of a crashed trainer; its successor writes to another folder."""
        former, self._mine = self._mine, self._new_place()
        self._offer([former, *self._left_behind()])
        self._keep()

    def watch(self) -> None:
        """Send the folder of automatic saves to the (new) service."""
        self._client.tell(Autosave(self._mine))

    def forget(self) -> None:
        """Mark the saves of the present run for removal by `finish`, because the user saved or discarded it.

        The saves of a run lost in a crash of the trainer are kept and offered at the next start.
        """
        self._client.tell(Autosave(None))
        self._given_up = [] if self._lost else [self._mine, *self._opened]

    def finish(self) -> None:
        """Remove saves that need not be offered again, and unlock the rest; the service must have ended."""
        for folder in list(self._held):
            if folder in self._given_up or _is_empty(folder):
                self._remove(folder)
            else:
                # Keep its lock file, by which other windows detect that it is unused.
                self._held.pop(folder).release(keep_file=True)

    @Slot()
    def _trainer_lost(self) -> None:
        self._lost = True
        self._opened.clear()

    def _keep(self) -> None:
        """Lock the folder of this window's runs, and start automatic saves to it."""
        self._lost = False
        self._hold_mine()
        self.watch()

    def _hold_mine(self) -> None:
        try:
            private_folder(self._folder)
            private_folder(self._mine)
            lock = claim(self._mine)
        except OSError as error:
            # The service fails there as well and reports it when training begins; nothing can be lost before.
            log.warning("the place of automatic saves cannot be held: %s", error)
        else:
            if lock is not None:
                self._held[self._mine] = lock

    @Slot(object)
    def _reported(self, report: object) -> None:
        """Lock the folder again if a save has recreated it after it was removed with its lock."""
        held = self._held.get(self._mine)
        if isinstance(report, Autosaved) and held is not None and held.lost:
            self._held.pop(self._mine).release(keep_file=True)
            self._hold_mine()

    def _offer(self, folders: list[Path]) -> None:
        for folder in folders:
            description = self._readable(folder) if self._hold(folder) else None
            if description is None:
                continue
            self._offered = folder
            found = self.tr("An unfinished run was found: {title}, step {step}.").format(
                title=shown_name(description.data.title), step=f"{description.step:,}"
            )
            self._notifications.post(
                "info",
                " ".join((found, self.tr("Its time machine begins there: automatic saves hold no moments."))),
                actions=((self.tr("Open it"), "recover-run"), (self.tr("Discard"), "discard-run")),
            )
            return

    def _hold(self, folder: Path) -> bool:
        """Lock `folder`; False if another window has or may have locked it, or if it is not writable."""
        if folder in self._held:
            return True
        if not is_marked(folder) and _former_owner_lives(folder):
            return False
        try:
            lock = claim(folder)
        except OSError as error:
            log.warning("an unfinished run is left where it is: %s", error)
            return False
        if lock is not None:
            self._held[folder] = lock
        return lock is not None

    def _readable(self, folder: Path) -> Description | None:
        """The description of the run in the locked `folder`; an unreadable folder is unlocked."""
        try:
            return read_description(folder)
        except CheckpointError as error:
            if _is_empty(folder):
                self._remove(folder)
            else:
                # Perhaps of another version, or on a disk that is not available now: left unchanged.
                log.warning("an unfinished run is left where it is: %s", error)
                self._held.pop(folder).release(keep_file=True)
        return None

    def _left_behind(self) -> list[Path]:
        try:
            folders = [path for path in self._folder.glob("run-*") if path.is_dir() and not path.is_symlink()]
            folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        except OSError:
            return []
        return folders

    @Slot(str)
    def _action(self, key: str) -> None:
        if self._offered is None:
            return
        if key == "recover-run":
            offered = self._offered
            # Kept until the run is saved or discarded: opening it does not save it.
            self._open_run(offered, lambda: self._opened.append(offered))
        elif key == "discard-run":
            self._remove(self._offered)
            self._offered = None

    def _remove(self, folder: Path) -> None:
        lock = self._held.pop(folder, None)
        if lock is None:
            return
        try:
            remove_folder(lock)
        except FileNotFoundError:
            pass
        except OSError as error:
            log.warning("an unfinished run could not be removed: %s", error)


def _former_owner_lives(folder: Path) -> bool:
    number = folder.name.removeprefix("run-").partition("-")[0]
    return number.isdigit() and former_owner_lives(int(number))


def _is_empty(folder: Path) -> bool:
    """Whether nothing was ever written in `folder`."""
    try:
        return not {entry.name for entry in folder.iterdir()} - LOCK_FILES
    except OSError:
        return False
