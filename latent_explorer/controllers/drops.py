"""What was dropped on the window, or named on the command line: a checkpoint, a folder of images, an array?"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from latent_explorer.notifications import Notifications
from latent_explorer.state.explorer import ExplorerState
from latent_explorer.state.tools import ToolStates

CHECKPOINT = "checkpoint.json"
ARRAYS = {".npy", ".npz"}
#: What an image file may be called; the reader goes by what is in it.
IMAGES = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pgm", ".ppm"}


def kind_of(path: Path) -> str:
    """What `path` is: checkpoint, folder (of images), array, image, or "" for something that cannot be opened."""
    if path.is_dir():
        return "checkpoint" if (path / CHECKPOINT).exists() else "folder"
    if path.name in (CHECKPOINT, "session.json") or path.suffix == ".safetensors":
        return "checkpoint"
    if not path.is_file():
        return ""
    suffix = path.suffix.lower()
    return "array" if suffix in ARRAYS else "image" if suffix in IMAGES else ""


class DropController(QObject):
    """Sends what was dropped to whom it concerns."""

    def __init__(
        self,
        explorer: ExplorerState,
        tools: ToolStates,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._tools = tools
        self._notifications = notifications
        explorer.dropped.connect(self.take)

    @Slot(str)
    def take(self, path: str) -> None:
        """Open `path` as what it is."""
        match kind_of(Path(path)):
            case "checkpoint":
                found = Path(path)
                self._explorer.open_requested.emit(str(found if found.is_dir() else found.parent))
            case "folder" | "array":
                self._explorer.import_wanted.emit(path)
            case "image":
                self._tools.own_image.open_file(path)
            case _:
                self._notifications.post(
                    "error",
                    self.tr(
                        "{name} cannot be opened here; drop a folder of images, an image, a .npy or .npz "
                        "file, or a checkpoint folder."
                    ).format(name=Path(path).name),
                )
