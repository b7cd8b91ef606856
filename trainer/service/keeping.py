"""Saving of the run: the folder that the user chose, and automatic saves against a crash."""

from __future__ import annotations

import hashlib
import logging
import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.sentences import Sentence, sentence_for
from trainer.service.duty_cycle import Clock, DutyCycle
from trainer.service.messages import Autosaved, Failed, Report
from trainer.storage.made_folders import unmade_on_failure
from trainer.storage.private import private_folder
from trainer.training.checkpoint import FILE
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.run_folder import HeldFolder, check_room, hold

if TYPE_CHECKING:
    from trainer.service.active_run import ActiveRun


class SavePlace:
    """The folder where the present run was last opened or saved.

    Opening a run takes no lock, so that one that is being trained elsewhere can be viewed. Saving takes the
    folder's lock, which is held until the run is saved elsewhere, replaced or ended.
    """

    def __init__(self) -> None:
        self._held: HeldFolder | None = None
        self._seen: tuple[Path, str] | None = None

    def opened(self, path: Path) -> None:
        """The present run was opened from `path`."""
        self.leave()
        self._seen = (_real(path), stamp(path))

    def leave(self) -> None:
        """The run was replaced or ended: release the folder for other writers."""
        held, self._held, self._seen = self._held, None, None
        if held is not None:
            held.release()

    def save(self, path: Path, write: Callable[[], None], replace: bool) -> None:
        """Save the present run with `write` to the folder `path`, as its only writer.

        Args:
            replace: whether a run other than the one last opened or saved there may be overwritten.

        Raises:
            CheckpointError: another program is writing there, or has written since; or it is not writable. The
                previous folder is kept then.
        """
        if self._held is not None and self._held.lost:
            # Before a new lock is taken there, whose file this would remove.
            self._held.release()
            self._held = None
        former, real, written = self._held, _real(path), False
        held = former if former is not None and _real(former.folder) == real else hold(path)
        try:
            seen = self._seen if self._seen is not None and self._seen[0] == real else None
            if seen is not None and not replace and seen[1] != stamp(path):
                raise CheckpointError(
                    "{path} was changed by another program since this run was opened or saved there; save to "
                    "another place.",
                    path=path,
                )
            written = True
            write()
        except BaseException:
            # No other program wrote while the folder was locked: files left by a failed save belong to this run.
            if self._seen is not None and self._seen[0] == real and written:
                self._seen = (real, stamp(path))
            if held is not former:
                held.release()
            raise
        if former is not None and former is not held:
            former.release()
        self._held, self._seen = held, (real, stamp(path))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def stamp(path: Path) -> str:
    """A text that identifies the version of the checkpoint in a folder; "" if there is none."""
    file = path / FILE
    try:
        return hashlib.blake2b(file.read_bytes()).hexdigest() if file.is_file() else ""
    except OSError:
        return ""


log = logging.getLogger(__name__)

#: Share of the time that saving may take.
SHARE = 0.05
#: Bytes that must be free when training starts: less than a small run needs, so that no warning is needless.
_ROOM = 1 << 20


def try_place(path: Path) -> None:
    """Create the folder of automatic saves and test writing to it. Raises `CheckpointError` or `OSError`."""
    with unmade_on_failure(path):
        private_folder(path)
        check_room(path, _ROOM)


class Autosaver:
    """Saves the run to a folder at an interval. A folder that is not writable is reported once."""

    def __init__(
        self,
        write: Callable[[Path, ActiveRun], None],
        send: Callable[[Report], None],
        clock: Clock = time.monotonic,
        try_place: Callable[[Path], None] = try_place,
    ) -> None:
        self._try_place = try_place
        self._tried = False
        self._write = write
        self._send = send
        self._clock = clock
        self._path: Path | None = None
        self._pace = DutyCycle(30.0, SHARE, clock=clock)
        self._seconds = 30.0
        self._complained = False
        self._saved: tuple[ActiveRun, int] | None = None

    def keep_in(self, path: Path | None, seconds: float) -> None:
        """Save to `path` every `seconds` from now on; None stops automatic saves."""
        self._path = path
        self._seconds = seconds
        self._complained = self._tried = False
        self._saved = None
        self._restart()

    def place_of(self, run: ActiveRun) -> Path | None:
        """The folder where `run` was saved, at any step; None if it was not."""
        return self._path if self._saved is not None and self._saved[0] is run else None

    def begin(self) -> None:
        """Called when training starts: the first save is due after one interval.

        A folder that is not writable is reported now, not when half a minute of work could be lost.
        """
        if self._path is not None and not self._tried:
            self._tried = True
            try:
                self._try_place(self._path)
            except Exception as error:  # noqa: BLE001 - as in `save`
                self._complain(error)
        self._restart()

    def _restart(self) -> None:
        self._pace = DutyCycle(self._seconds, SHARE, delay=self._seconds, clock=self._clock)

    def due(self) -> bool:
        """Whether it is time to save."""
        return self._path is not None and self._pace.due()

    def forget_saved(self) -> None:
        """The run went back: the saved state differs from the present one, even at the same step."""
        self._saved = None

    def save(self, run: ActiveRun) -> None:
        """Save `run` if a folder is set and the run has changed; a failure is reported once and never raised."""
        step = run.trainer.step
        if self._path is None or self._saved == (run, step):
            return
        self._pace.begin()
        try:
            self._write(self._path, run)
        except Exception as error:  # noqa: BLE001 - no failure of a safety copy may stop the training
            self._complain(error)
        else:
            self._saved = (run, step)
            self._complained = False
            self._send(Autosaved(step))
        finally:
            self._pace.end()

    def _complain(self, error: Exception) -> None:
        details = traceback.format_exc()
        log.warning("automatic save failed\n%s", details)
        if self._complained:
            return
        self._complained = True
        reason = sentence_for(error) or Sentence("The run could not be saved because of a fault in the program.")
        sentence = Sentence("Automatic saving does not work, training goes on. {reason}", reason=reason)
        self._send(Failed(0, sentence, details))
