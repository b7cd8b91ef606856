"""The interface of overlays: what a tool draws over or under a map's points, and its draggable parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform

#: Of a result: the number of its weights, and whether it is final (no finer one follows).
Made = tuple[int | None, bool]
#: A result that does not exist yet.
MISSING: Made = (None, False)


@dataclass(frozen=True, slots=True)
class Caption:
    """A line in the map's corner that explains an overlay.

    ramp: colours from low to high, drawn as a bar between the words `low` and `high`; empty for none. brief: a
    shorter text for small maps; "" if the text is already short. sign: a property of the map as a whole, such as
    "past": shown first, on a chip.
    """

    text: str
    ramp: tuple[QColor, ...] = ()
    low: str = ""
    high: str = ""
    brief: str = ""
    sign: bool = False


class Overlay(QObject):
    """One tool's layer on one map. Subclasses draw from state and write the user's drags into state.

    The painted result is cached until the view or the overlay changes, so that a moving cursor costs
    nothing. Positions are in map pixels; `view` converts them to plane coordinates.

    Attributes:
        below: painted under the points instead of over them.
        fills: whether it fills the map with pictures.
        opacity_over_pictures: its opacity above an overlay that fills the map.
        clear: rectangles in px with texts of the map, where it must not write.
        opacity_of_points: maximum opacity of the points while the overlay is active; less than 1 if it must be
            visible through them.

    Signals:
        changed: the painting or the caption changed.
    """

    changed = Signal()
    below = False
    fills = False
    opacity_over_pictures = 1.0
    opacity_of_points = 1.0
    clear: tuple[QRectF, ...] = ()

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
        """Report a change of the painting, unless the overlay is and was inactive.

        An inactive overlay must not repaint the map, for example in each frame of an animated path.
        """
        active = self.active
        if active or self._was_active:
            self._was_active = active
            self.changed.emit()

    @Slot(int)
    def refresh_of_pane(self, index: int) -> None:
        """Report a change if `index` is the overlay's own pane."""
        if index == self.pane.index:
            self.refresh()

    @Slot()
    def refresh_of_plane(self) -> None:
        """Report a change if the plane differs; a parallel slice leaves all positions unchanged."""
        if self.pane.plane is not self._plane:
            self._plane = self.pane.plane
            self.refresh()

    @property
    def active(self) -> bool:
        """Whether there is anything to paint or a caption."""
        return False

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        """Draw the overlay; the caller sets antialiasing and restores the painter."""

    def caption(self, view: ViewTransform) -> Caption | None:
        """The caption for what is painted in `view`; None for none."""
        return None

    def terms(self) -> tuple[str, ...]:
        """Glossary keys for its texts on the map: its caption, and numbers beside lines."""
        return ()

    def made(self) -> Iterable[Made]:
        """Its results that depend on weights; none if it draws only codes."""
        return ()

    def belongs(self, *, finished: bool = False) -> bool:
        """Whether its results belong to the weights on its map; `finished`: and are final."""
        codes = self.pane.codes
        return codes is not None and all(
            number == codes.number and (whole or not finished) for number, whole in self.made()
        )

    def over(self, position: QPointF, view: ViewTransform) -> bool:
        """Whether there is something draggable at `position`."""
        return False

    @property
    def takes_every_drag(self) -> bool:
        """Whether a left drag anywhere is for this overlay, even over handles of overlays above it: a lasso."""
        return False

    def press(self, position: QPointF, view: ViewTransform) -> bool:
        """Handle a left press at `position`; True claims the drag, so that the cursor does not move."""
        return False

    def move(self, position: QPointF, view: ViewTransform) -> None:
        """Continue a claimed drag."""

    def release(self, position: QPointF, view: ViewTransform) -> None:
        """End a claimed drag."""

    def key(self, event: QKeyEvent, world: tuple[float, float] | None) -> bool:
        """Handle a key with the pointer at plane position `world`; True if the key was used."""
        return False

    def offers(self, position: QPointF, view: ViewTransform) -> list[tuple[str, Callable[[], None]]]:
        """The map menu's entries at `position`: (text, callback). `pane.hovered` is the image there, if any."""
        return []


def paint_overlays(
    painter: QPainter,
    overlays: Iterable[Overlay],
    view: ViewTransform,
    tokens: Tokens,
    clear: tuple[QRectF, ...] = (),
) -> None:
    """Draw them from bottom to top. `clear`: rectangles of the map's texts, in px."""
    filled = False
    for overlay in overlays:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.SolidLine)
        painter.setOpacity(overlay.opacity_over_pictures if filled else 1.0)
        overlay.clear = clear
        overlay.paint(painter, view, tokens)
        painter.restore()
        filled = filled or overlay.fills
