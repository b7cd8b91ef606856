"""What a tool draws over or under the points of one map, and what of it a hand can take hold of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform


@dataclass(frozen=True, slots=True)
class Caption:
    """A line in the map's corner that says what an overlay shows.

    ramp: colours from low to high, drawn as a bar between the words `low` and `high`; empty for none.
    brief: the same in few words, for small maps; "" where the text is short.
    """

    text: str
    ramp: tuple[QColor, ...] = ()
    low: str = ""
    high: str = ""
    brief: str = ""


class Overlay(QObject):
    """One tool's layer on one map. Heirs draw what state says and write what a hand wants into state.

    What is painted is kept as a picture until the view or the overlay changes, so that a moving cursor costs
    nothing. Positions are in the map's pixels; `view` turns them into the plane's coordinates.

    Attributes:
        below: painted under the points instead of over them.
        fills: whether it fills the map with pictures.
        opacity_over_pictures: of itself, over an overlay that fills the map.
        opacity_of_points: the most they have while it is active; less than 1 if it is to be read through them.

    Signals:
        changed: what is painted, or the caption, is not what it was.
    """

    changed = Signal()
    below = False
    fills = False
    opacity_over_pictures = 1.0
    opacity_of_points = 1.0

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.pane = pane
        self.explorer = explorer
        self.tools = tools
        self._was_active, self._plane = False, pane.plane

    @Slot()
    def refresh(self) -> None:
        """What is painted changed, if anything is or was: what is off must not repaint the map, for each frame of
        a path that plays, say."""
        active = self.active
        if active or self._was_active:
            self._was_active = active
            self.changed.emit()

    @Slot(int)
    def refresh_of_pane(self, index: int) -> None:
        """What belongs to the pane of this index changed."""
        if index == self.pane.index:
            self.refresh()

    @Slot()
    def refresh_of_plane(self) -> None:
        """The plane may be another; another slice of the same one leaves everything where it is."""
        if self.pane.plane is not self._plane:
            self._plane = self.pane.plane
            self.refresh()

    @property
    def active(self) -> bool:
        """Whether there is anything to paint or to say."""
        return False

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        """Draw it; the painter is antialiased and restored afterwards."""

    def caption(self, view: ViewTransform) -> Caption | None:
        """What to say in the map's corner of what is painted in `view`."""
        return None

    def belongs(self, *, finished: bool = False) -> bool:
        """Whether what it draws is of the weights on its map; `finished`: and nothing finer follows."""
        return self.pane.codes is not None

    def over(self, position: QPointF, view: ViewTransform) -> bool:
        """Whether something that can be dragged lies here."""
        return False

    def press(self, position: QPointF, view: ViewTransform) -> bool:
        """The left button went down here: True claims the drag, and the cursor stays."""
        return False

    def move(self, position: QPointF, view: ViewTransform) -> None:
        """A claimed drag goes on."""

    def release(self, position: QPointF, view: ViewTransform) -> None:
        """A claimed drag ends."""

    def key(self, event: QKeyEvent, world: tuple[float, float] | None) -> bool:
        """A key was pressed on the map, with the pointer at `world` on the plane; True if it meant something."""
        return False

    def offers(self, position: QPointF, view: ViewTransform) -> list[tuple[str, Callable[[], None]]]:
        """What the map's menu offers here: name and what it does. `pane.hovered` is the image here, if any."""
        return []


def paint_overlays(painter: QPainter, overlays: Iterable[Overlay], view: ViewTransform, tokens: Tokens) -> None:
    """Draw them from the lowest to the uppermost."""
    filled = False
    for overlay in overlays:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.SolidLine)
        painter.setOpacity(overlay.opacity_over_pictures if filled else 1.0)
        overlay.paint(painter, view, tokens)
        painter.restore()
        filled = filled or overlay.fills
