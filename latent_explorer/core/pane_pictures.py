"""The newest picture of a tool for each pane."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

Picture = TypeVar("Picture")


class PanePictures(QObject, Generic[Picture]):
    """One picture per pane, set by a controller.

    Signals:
        picture_changed(int): the picture of the pane with this index changed.
    """

    picture_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: dict[int, Picture] = {}

    def picture(self, pane: int) -> Picture | None:
        """The picture of pane `pane`; None if there is none."""
        return self._pictures.get(pane)

    def set_picture(self, pane: int, picture: Picture | None) -> None:
        """Set or remove a picture."""
        if picture is self._pictures.get(pane):
            return
        if picture is None:
            del self._pictures[pane]
        else:
            self._pictures[pane] = picture
        self.picture_changed.emit(pane)
