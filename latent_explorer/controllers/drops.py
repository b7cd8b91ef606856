"""What was dropped on the window, or named on the command line: a checkpoint, a folder of images, an array?"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from latent_explorer.notifications import Notifications
from latent_explorer.state.explorer import ExplorerState

CHECKPOINT = "checkpoint.json"
ARRAYS = {".npy", ".npz"}


def kind_of(path: Path) -> str:
    """What `path` is: checkpoint, folder (of images), array, or "" for something that cannot be opened."""
    if path.is_dir():
        return "checkpoint" if (path / CHECKPOINT).exists() else "folder"
    if path.name in (CHECKPOINT, "session.json") or path.suffix == ".safetensors":
        return "checkpoint"
    return "array" if path.suffix.lower() in ARRAYS and path.is_file() else ""


class DropController(QObject):
    """Sends what was dropped to whom it concerns."""

    def __init__(
        self, explorer: ExplorerState, notifications: Notifications, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._explorer = explorer
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
            case _:
                self._notifications.post(
                    "error",
                    self.tr(
                        "{name} cannot be opened here; drop a folder of images, a .npy or .npz file, "
                        "or a checkpoint folder."
                    ).format(name=Path(path).name),
                )
