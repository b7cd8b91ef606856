"""Requests to save files, and their outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

SCALES = (1, 2, 4)


@dataclass(frozen=True, slots=True, eq=False)
class ExportRequest:
    """One file to write.

    Attributes:
        what: the key of an `Export`. format: one of its formats.
        path: of the file; one that is there is replaced.
        settings: what made it, plain JSON data.
        pixels: of a PNG: uint8 (H, W, 3).
        document: of an SVG: the whole file.
        frame: of an animation: number -> uint8 (H, W, 3); called in a worker thread, frame by frame.
        frames, speed: of an animation: how many, and how many a second.
        write: what writes the file itself, given its path and the settings; called in a worker thread.
    """

    what: str
    format: str
    path: str
    settings: dict[str, Any] = field(repr=False)
    pixels: np.ndarray | None = field(default=None, repr=False)
    document: bytes | None = field(default=None, repr=False)
    frame: Callable[[int], np.ndarray] | None = field(default=None, repr=False)
    frames: int = 0
    speed: float = 12.0
    write: Callable[[Path, dict[str, Any]], Iterator[object]] | None = field(default=None, repr=False)


class ExportsState(QObject):
    """Signals:
    wanted(str): a person wants to save this (the key of an `Export`); a view asks for the rest.
    copy_wanted(str): a person wants a picture of this ("map0", "map1", "panes") on the clipboard.
    requested(object): write this `ExportRequest`.
    written(str): this file was written.
    given_up(str): a file will not be written: a sentence.
    pending_changed: `pending` changed.
    failed(str): this file could not be written, which was said.
    """

    wanted = Signal(str)
    copy_wanted = Signal(str)
    requested = Signal(object)
    written = Signal(str)
    given_up = Signal(str)
    pending_changed = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: Why there is no MP4: a sentence, or "" if an encoder was found.
        self.no_video = ""
        #: Whether figures are drawn on a white ground, whatever the window looks like.
        self.paper = False
        #: Paths of files that are being written, or wait for their turn.
        self.pending: tuple[str, ...] = ()

    def set_pending(self, paths: tuple[str, ...]) -> None:
        """Other files are being written, or wait."""
        if paths != self.pending:
            self.pending = paths
            self.pending_changed.emit()
