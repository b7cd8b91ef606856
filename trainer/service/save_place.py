"""The folder that a person saved the run to: this service's alone from then on; nobody else's work is replaced."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from trainer.training.checkpoint import FILE
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.run_folder import HeldFolder, hold


class SavePlace:
    """Where the run that stands was opened or saved last.

    Opening a run holds nothing, so that one that is being trained elsewhere can be looked at. Saving takes the
    folder's lock, which is kept until the run is saved elsewhere, replaced or ended.
    """

    def __init__(self) -> None:
        self._held: HeldFolder | None = None
        self._seen: tuple[Path, str] | None = None

    def opened(self, path: Path) -> None:
        """The run that stands is what lies at `path` now."""
        self.leave()
        self._seen = (_real(path), _stamp(path))

    def leave(self) -> None:
        """Another run stands, or none: the folder is for others to write to."""
        held, self._held, self._seen = self._held, None, None
        if held is not None:
            held.release()

    def save(self, path: Path, write: Callable[[], None], replace: bool) -> None:
        """Have `write` put the run that stands into the folder `path`, as the only one that writes there.

        Args:
            replace: whether what is there may be another run than the one opened or saved there last.

        Raises:
            CheckpointError: another program writes there, or has done so since; or nobody can. The former place
                stays this one's.
        """
        former, real, written = self._held, _real(path), False
        held = former if former is not None and _real(former.folder) == real else hold(path)
        try:
            seen = self._seen if self._seen is not None and self._seen[0] == real else None
            if seen is not None and not replace and seen[1] != _stamp(path):
                raise CheckpointError(
                    "{path} was changed by another program since this run was opened or saved there; save to "
                    "another place.",
                    path=path,
                )
            written = True
            write()
        except BaseException:
            # Nobody else wrote while the folder was held: what a save that failed late left there is this run's.
            if self._seen is not None and self._seen[0] == real and written:
                self._seen = (real, _stamp(path))
            if held is not former:
                held.release()
            raise
        if former is not None and former is not held:
            former.release()
        self._held, self._seen = held, (real, _stamp(path))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _stamp(path: Path) -> str:
    """What tells one checkpoint in a folder from another; "" if there is none."""
    file = path / FILE
    try:
        return hashlib.blake2b(file.read_bytes()).hexdigest() if file.is_file() else ""
    except OSError:
        return ""
