"""The interface of exports: whatever the export dialog can save as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, SignalInstance
from PySide6.QtGui import QImage, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.jobs import JobsState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.panel_state import PanelState
from latent_explorer.core.states import States

#: Writes a file with its settings in a worker thread, piece by piece. Raises `OSError`.
Writer = Callable[[Path, dict[str, Any]], Iterator[object]]


class Figure(Protocol):
    """Something that can be drawn into a picture or an SVG, in pixels of the screen."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens) -> None:
        """Draw it from (0, 0) on; pictures within it get `ratio` pixels for each of the figure's."""


class Studio(Protocol):
    """The window's services for making figures and animations."""

    jobs: JobsState

    @property
    def owner(self) -> QObject:
        """The object with the lifetime of the window."""

    def pair(self, line: str, *, cursors: bool = True) -> Any:
        """A figure of both panes with `line` below: a `latent_explorer.export.pane_figures.PairFigure`."""

    def film_frame(self, export: Export, scale: int) -> Callable[[], np.ndarray]:
        """A function that returns a picture of both panes, uint8 (H, W, 3), always of the same size."""

    def line(self, export: Export) -> str:
        """The text below its figure."""

    def settled(self) -> bool:
        """Whether all visible results belong to the weights on the maps."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Recording:
    """An animation to write.

    Attributes:
        frame: number -> uint8 (H, W, 3); called in a worker thread, frame by frame.
        frames, speed: number of frames, and frames per second.
        settings: settings in addition to those of the export.
    """

    frame: Callable[[int], np.ndarray]
    frames: int
    speed: float
    settings: dict[str, Any] = field(default_factory=dict)


class Export:
    """Something that can be saved. Subclasses implement it; a tool's declaration creates one instance per window.

    Attributes:
        key: its name.
        formats: file formats; the first is the default.
        animated, table: whether it is an animation, and whether it is a table instead of a picture.
        title, tip: in the dialog. about: of a table: what it contains.
        menu_text: of the entry in the tool's panel; "" for none. copy_text: of one that copies it as text.
        word: used in file names; "" for the key.
        panel: the tool that computes it only while its panel is visible; None if it is always available.
        made: emitted when it was recomputed.
    """

    key: str
    formats: ClassVar[tuple[str, ...]] = ("png", "svg")
    animated: ClassVar[bool] = False
    table: ClassVar[bool] = False
    title = ""
    tip = ""
    about = ""
    menu_text = ""
    copy_text = ""
    word = ""
    panel: PanelState | None = None
    made: tuple[SignalInstance, ...] = ()

    def __init__(self, states: States) -> None:
        self.states = states

    def reason(self, making: bool) -> str:
        """Why it cannot be saved now: a sentence, or "" if it can. making: whether it is currently being computed
        for the export.
        """
        return self.no_map(self.states.panes)

    @staticmethod
    def no_map(panes: Sequence[PaneState]) -> str:
        """Why these panes cannot be saved, or ""."""
        if all(pane.codes is None for pane in panes):
            return QCoreApplication.translate("ExportDesk", "There is no map yet; train, or open a checkpoint.")
        return ""

    def settings(self) -> dict[str, Any]:
        """Its settings in addition to those of the window: plain data."""
        return {}

    def steps(self) -> Sequence[int]:
        """The steps of its weights, one per pane; 0 if there are none."""
        snapshots = [None if pane.codes is None else pane.codes.snapshot for pane in self.states.panes]
        return [0 if snapshot is None else snapshot.step for snapshot in snapshots]

    def step(self) -> int:
        """The step in the file's name; 0 for none."""
        return max(self.steps(), default=0)

    def places(self) -> Sequence[int]:
        """The panes whose models the line below the figure describes."""
        return range(len(self.states.panes))

    def figure(self, studio: Studio) -> Figure | None:
        """The present figure; None if there is none, and for tables."""
        return None

    # ------------------------------------------------------------ tables

    def amount(self) -> tuple[int, int]:
        """Rows and columns of a table."""
        return 0, 0

    def writer(self, kind: str) -> Writer | None:
        """A function that writes the present table; None for exports that are no tables."""
        return None

    def copied(self) -> str:
        """The export as text for the clipboard; "" if there is none."""
        return ""

    # ------------------------------------------------------------ animations

    def preview(self, studio: Studio) -> QImage:
        """A frame of an animation; a null image if there is none."""
        return QImage()

    def pace(self) -> tuple[int, float]:
        """Number of frames of an animation, and frames per second."""
        return 0, 1.0

    def record(
        self, studio: Studio, scale: int, done: Callable[[Recording], None], given_up: Callable[[str], None]
    ) -> None:
        """Make an animation; `done`, or `given_up` with a sentence, is called now or later."""

    def leave(self) -> None:
        """Cancel an animation that is being made, because the window's widgets will be recreated."""
