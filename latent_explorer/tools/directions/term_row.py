"""A, B or C of A - B + C: its image, and a button that takes the picked one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.picture_view import PictureView
from latent_explorer.tools.directions.state import DirectionsState

_THUMB = 40


class TermRow(QWidget):
    """Letter, picture, what image it is."""

    def __init__(
        self, place: int, explorer: ExplorerState, directions: DirectionsState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._explorer = explorer
        self._state = directions
        letter = "ABC"[place]
        sign = PlainLabel(("", "− ", "+ ")[place] + letter)
        sign.setProperty("role", "title")
        sign.setFixedWidth(30)
        self.picture = PictureView(self.tr("Image {letter}").format(letter=letter))
        self.picture.setFixedSize(_THUMB, _THUMB)
        self.name = ElidedLabel()
        self.name.setObjectName(f"termName{place}")
        self.which = ElidedLabel()
        for label in (self.name, self.which):
            refer(label, "nearest_image")
        self.which.setObjectName(f"termImage{place}")
        self.which.setProperty("role", "caption")
        self.take = QPushButton(self.tr("Picked"))
        self.take.setObjectName(f"termTake{place}")
        self.take.setAccessibleName(self.tr("Take the picked image as {letter}").format(letter=letter))
        self.take.setToolTip(
            self.tr(
                "Take the picked image as {letter} (or press {letter} on the map: the one under the pointer)"
            ).format(letter=letter)
        )
        self.take.clicked.connect(self._take)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(sign)
        row.addWidget(self.picture)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(self.name)
        said.addWidget(self.which)
        said.addStretch(1)
        row.addLayout(said, 1)
        row.addWidget(self.take)

    @Slot()
    def refresh(self) -> None:
        """Update from state."""
        row, data = self._state.terms[self._place], self._explorer.data
        known = row is not None and data is not None and row < data.count
        self.picture.setVisible(data is not None and data.images is not None)
        self.picture.set_picture(data.picture(row) if known and data is not None and row is not None else None)
        label = data.label(row) if known and data is not None and row is not None else ""
        image = "" if row is None else self.tr("image {row}").format(row=self._explorer.called(row))
        self.name.setText(self.tr("not chosen") if row is None else label or image)
        self.which.setText(image if label else "")
        self.which.setVisible(bool(label))
        self.take.setEnabled(self._explorer.picked is not None)

    @Slot()
    def _take(self) -> None:
        if self._explorer.picked is not None:
            self._state.set_term(self._place, self._explorer.picked)
