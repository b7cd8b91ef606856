"""Handles drops on the window: a checkpoint, a folder of images, an array, an image, or several of them."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.notifications import Notifications
from trainer.data.labels_file import named_for
from trainer.data.picture_names import (
    FORMATS,
    begins_like_picture,
    looks_like_picture,
    may_be_picture,
    suffix_of,
)

CHECKPOINT = "checkpoint.json"
ARRAYS = {".npy", ".npz"}
TABLES = {".csv", ".tsv"}


def kind_of(path: Path) -> str:
    """What `path` is: checkpoint, folder (of images), array, image, or "" for something that cannot be opened."""
    if path.is_dir():
        return "checkpoint" if (path / CHECKPOINT).exists() else "folder"
    if path.name in (CHECKPOINT, "session.json") or path.suffix == ".safetensors":
        return "checkpoint"
    if not path.is_file():
        return ""
    if suffix_of(path.name) in ARRAYS:
        return "array"
    return "image" if looks_like_picture(path.name) or _begins_like_one(path) else ""


def _begins_like_one(path: Path) -> bool:
    try:
        return may_be_picture(path.name) and begins_like_picture(path)
    except OSError:
        return False


def selection(paths: list[str]) -> tuple[str, tuple[str, ...]] | None:
    """The folder that contains all `paths`, and their names in it; None if there is no such folder."""
    try:
        folder = os.path.commonpath([os.path.dirname(path) for path in paths])
    except ValueError:  # on two drives
        return None
    return folder, tuple(Path(os.path.relpath(path, folder)).as_posix() for path in paths)


class DropController(QObject):
    """Passes dropped files to the code that opens them.

    Images and folders dropped together are one data set, the folders its classes; of other files the first is
    opened, with a message.
    """

    def __init__(
        self,
        explorer: ExplorerState,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._notifications = notifications
        explorer.dropped.connect(self.take)

    @Slot(list)
    def take(self, paths: list[str]) -> None:
        """Open `paths` according to their kind."""
        paths = list(dict.fromkeys(os.path.abspath(path) for path in paths))
        kinds = [kind_of(Path(path)) for path in paths]
        if len(paths) > 1 and sum(kind in ("folder", "image") for kind in kinds) > 1 and set(kinds) <= _TOGETHER:
            chosen = selection(paths)
            if chosen is not None:
                self._explorer.import_wanted.emit(*chosen)
                return
        first = next((place for place, kind in enumerate(kinds) if kind), 0)
        if len(paths) > 1 and kinds[first]:
            self._notifications.post(
                "warning",
                self.tr("{name} is opened, the first of {count} things that were dropped.").format(
                    name=Path(paths[first]).name, count=f"{len(paths):,}"
                ),
                details="\n".join(paths),
            )
        self._open(paths[first], kinds[first])

    def _open(self, path: str, kind: str) -> None:
        match kind:
            case "checkpoint":
                found = Path(path)
                self._explorer.open_requested.emit(str(found if found.is_dir() else found.parent))
            case "folder" | "array":
                self._explorer.import_wanted.emit(path, ())
            case "image" if _has_pages(path):
                self._explorer.import_wanted.emit(os.path.dirname(path), (os.path.basename(path),))
            case "image":
                self._explorer.image_wanted.emit(path)
            case _ if suffix_of(path) in TABLES:
                self._take_labels(path)
            case _:
                self._notifications.post(
                    "error",
                    self.tr(
                        "{name} cannot be opened here; drop a folder of images, an image, a .npy or .npz "
                        "file, or a checkpoint folder."
                    ).format(name=Path(path).name),
                )

    def _take_labels(self, path: str) -> None:
        """Use a table as labels of the present folder; without a folder show a message."""
        data = self._explorer.data
        if data is not None and data.config.name == "folder" and data.config.path is not None:
            labels = named_for(path, Path(data.config.path))
            self._explorer.data_requested.emit(data.config.replace(labels=labels), False)
            return
        self._notifications.post(
            "warning",
            self.tr(
                "{name} is a table. It can name the classes and factors of a folder of images: open the folder "
                "first, then drop the table."
            ).format(name=Path(path).name),
        )


#: Kinds that can form one data set; files of unknown kind among them are listed as left out.
_TOGETHER = {"folder", "image", ""}


def _has_pages(path: str) -> bool:
    """Whether an image file is a stack whose pages are separate images."""
    if suffix_of(path) not in FORMATS["TIFF"]:
        return False
    from trainer.data.image_file import pictures_in  # Pillow is slow to import; the window starts without it

    return pictures_in(Path(path)) > 1
