"""The data image nearest to the cursor and its reconstruction, side by side, with what they are."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from latent_explorer.state.explorer import ExplorerState
from latent_explorer.state.pane import PaneState
from latent_explorer.views.figures import count, signed
from latent_explorer.views.panes.elided_label import ElidedLabel
from latent_explorer.views.panes.picture_view import PictureView


class NearestView(QWidget):
    """Two small pictures over a line with class, row and distance.

    Without the data set's images only the reconstruction is shown, and a sentence says why.
    """

    def __init__(self, pane: PaneState, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._explorer = explorer
        self.original = PictureView(self.tr("Nearest image"))
        self.original.setObjectName("nearestImage")
        self.reconstruction = PictureView(self.tr("Reconstruction of the nearest image"))
        self.reconstruction.setObjectName("nearestReconstruction")
        self._original_caption = self._caption(self.tr("nearest"))
        self._reconstruction_caption = self._caption(self.tr("its recon."))
        self._reconstruction_caption.setToolTip(self.tr("Reconstruction of the nearest image"))
        self._reconstruction_caption.setProperty("ownToolTip", True)
        self.absent = QLabel(self.tr("originals come with the data set"))
        self.absent.setObjectName("originalsAbsent")
        self.absent.setProperty("role", "caption")
        self.absent.setWordWrap(True)
        self.absent.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.absent.hide()
        self.about = self._caption("")
        self.about.setObjectName("nearestAbout")
        self.distance = self._caption("")
        self.distance.setObjectName("nearestDistance")
        self._build()
        pane.nearest_changed.connect(self.refresh)
        pane.model_changed.connect(self.refresh)
        explorer.data_changed.connect(self.refresh)
        self.refresh()

    def _caption(self, text: str) -> ElidedLabel:
        label = ElidedLabel()
        label.setText(text)
        label.setProperty("role", "caption")
        return label

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.original, 0, 0)
        grid.addWidget(self.reconstruction, 0, 1)
        grid.addWidget(self.absent, 0, 1, 2, 1)
        grid.addWidget(self._original_caption, 1, 0)
        grid.addWidget(self._reconstruction_caption, 1, 1)
        grid.addWidget(self.about, 2, 0, 1, 2)
        grid.addWidget(self.distance, 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def set_side(self, side: int) -> None:
        """Room for each picture, in device-independent pixels."""
        for view in (self.original, self.reconstruction):
            if view.size() != QSize(side, side):
                view.setFixedSize(side, side)

    def height_for(self, side: int) -> int:
        """Height of this view with pictures of `side`."""
        return side + 3 * (self.about.sizeHint().height() + 2)

    @Slot()
    def refresh(self) -> None:
        """Show the present nearest image."""
        nearest = self._pane.nearest
        data = self._explorer.data
        absent = nearest is not None and nearest.picture is None and (data is None or data.images is None)
        if absent == self.absent.isHidden():
            self._arrange(absent)
        if nearest is None:
            self.original.set_picture(None)
            self.reconstruction.set_picture(None)
            self.about.setText("")
            self.distance.setText("")
            return
        self.original.set_picture(nearest.picture)
        self.reconstruction.set_picture(nearest.reconstruction)
        image = self.tr("image {0}").format(count(nearest.row))
        self.about.setText(f"{nearest.label} · {image}" if nearest.label else image)
        self.distance.setText(self.tr("distance {0}").format(signed(nearest.distance).lstrip("+")))

    def _arrange(self, absent: bool) -> None:
        """With the original on the left; or the reconstruction there and the sentence beside it."""
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        for widget in (self.original, self._original_caption):
            widget.setVisible(not absent)
        self.absent.setVisible(absent)
        column = 0 if absent else 1
        grid.addWidget(self.reconstruction, 0, column)
        grid.addWidget(self._reconstruction_caption, 1, column)
