"""A - B + C in one pane: the picture, and the nearest image beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.picture_view import PictureView
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.directions.words import analogy_text

_SIDE = 88


class AnalogyRow(QWidget):
    """Decoded result, nearest image other than the three, and a text about them."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, directions: DirectionsState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._explorer = explorer
        self._state = directions
        self.result = PictureView(self.tr("A − B + C, decoded"), pane.index)
        self.nearest = PictureView(self.tr("Nearest image"))
        for view in (self.result, self.nearest):
            view.setFixedSize(_SIDE, _SIDE)
        self.text = PlainLabel()
        self.text.setObjectName(f"analogyText{pane.index}")
        self.text.setWordWrap(True)
        refer(self.text, "analogy")
        self.text.setFont(tabular(self.text.font()))
        self.text.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.result)
        row.addWidget(self.nearest)
        row.addWidget(self.text, 1)

    @Slot()
    def refresh(self) -> None:
        """Update from state."""
        found, model, data = self._state.analogies[self._pane.index], self._pane.model, self._explorer.data
        name = "" if model is None else model.short
        self.result.set_picture(None if found is None else found.picture)
        picture = None
        if found is None:
            lacking = [letter for letter, row in zip("ABC", self._state.terms, strict=True) if row is None]
            text = self.tr("Point at an image on a map and press its letter. Not chosen yet: {letters}.").format(
                letters=", ".join(lacking)
            )
            text = text if lacking else ""
        else:
            if found.row >= 0 and data is not None and found.row < data.count:
                picture = data.picture(found.row)
            text = analogy_text(found, data)
        self.nearest.set_picture(picture)
        self.nearest.setVisible(picture is not None)
        self.text.setText(f"{name}: {text}" if name else text)
        self.text.setToolTip(
            self.tr(
                "Nearest by Euclidean distance of codes, in units of the code; A, B and C themselves are left out."
            )
        )
