"""What can be saved as a file, as the export dialog and its desk see it."""

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
    """What the window lends to those who make figures and animations."""

    jobs: JobsState

    @property
    def owner(self) -> QObject:
        """The object that ends with the window."""

    def pair(self, line: str, *, cursors: bool = True) -> Any:
        """Both panes as they are, with `line` below: a `latent_explorer.export.pane_figures.PairFigure`."""

    def film_frame(self, export: Export, scale: int) -> Callable[[], np.ndarray]:
        """What takes pictures of both panes, uint8 (H, W, 3), all of one size."""

    def line(self, export: Export) -> str:
        """The text below its figure."""

    def settled(self) -> bool:
        """Whether all that is in sight is of the weights on the maps."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Recording:
    """An animation to write.

    Attributes:
        frame: number -> uint8 (H, W, 3); called in a worker thread, frame by frame.
        frames, speed: how many, and how many a second.
        settings: what made it, besides the export's own.
    """

    frame: Callable[[int], np.ndarray]
    frames: int
    speed: float
    settings: dict[str, Any] = field(default_factory=dict)


class Export:
    """One thing that can be saved. Heirs say what it is; a tool's declaration makes one of each for the window.

    Attributes:
        key: its name.
        formats: kinds of files, of which the first is proposed.
        animated, table: whether it moves, and whether it is figures instead of a picture.
        title, tip: in the dialog. about: of a table: what it contains.
        menu_text: of the entry in the tool's panel; "" for none. copy_text: of one that copies it as text.
        word: what files are called; "" for the key.
        panel: the tool that makes it only while somebody looks at its panel; None for what is always there.
        made: emitted when it has been made again.
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
        """Why it cannot be saved now: a sentence, or "" if it can. making: whether it is made for this reason."""
        return self.no_map(self.states.panes)

    @staticmethod
    def no_map(panes: Sequence[PaneState]) -> str:
        """Why nothing of these panes can be saved, or ""."""
        if all(pane.codes is None for pane in panes):
            return QCoreApplication.translate("ExportDesk", "There is no map yet; train, or open a checkpoint.")
        return ""

    def settings(self) -> dict[str, Any]:
        """The settings that made it, besides those of the window: plain data."""
        return {}

    def steps(self) -> Sequence[int]:
        """The steps of the weights that made it, one a pane; 0 where there are none."""
        snapshots = [None if pane.codes is None else pane.codes.snapshot for pane in self.states.panes]
        return [0 if snapshot is None else snapshot.step for snapshot in snapshots]

    def step(self) -> int:
        """The step in the file's name; 0 for none."""
        return max(self.steps(), default=0)

    def places(self) -> Sequence[int]:
        """The panes whose models the line below the figure speaks of."""
        return range(len(self.states.panes))

    def figure(self, studio: Studio) -> Figure | None:
        """It as it is now; None if there is nothing, and for what is no picture."""
        return None

    # ------------------------------------------------------------ tables

    def amount(self) -> tuple[int, int]:
        """Rows and columns of a table."""
        return 0, 0

    def writer(self, kind: str) -> Writer | None:
        """What writes a table that this export makes itself, as it is now; None for all others."""
        return None

    def copied(self) -> str:
        """It as text for the clipboard; "" if there is none."""
        return ""

    # ------------------------------------------------------------ animations

    def preview(self, studio: Studio) -> QImage:
        """A frame of an animation; a null image if there is none."""
        return QImage()

    def pace(self) -> tuple[int, float]:
        """Frames of an animation, and how many a second."""
        return 0, 1.0

    def record(
        self, studio: Studio, scale: int, done: Callable[[Recording], None], given_up: Callable[[str], None]
    ) -> None:
        """Make an animation; `done` or `given_up`, with a sentence, is called at once or later."""

    def leave(self) -> None:
        """The window's widgets are about to be made anew: give up an animation that is being made."""
