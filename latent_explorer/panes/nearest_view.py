"""The data image nearest to the cursor and its reconstruction, side by side, with what they are."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.picture_view import PictureView
from latent_explorer.words.figures import signed

_GAP = 8


class NearestView(QWidget):
    """Two small pictures over a line with class, row and distance.

    Without the data set's images only the reconstruction is shown, and a sentence says why.
    """

    def __init__(self, pane: PaneState, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._explorer = explorer
        self._side = 56
        self.original = PictureView(self.tr("Nearest image"), parent=self)
        self.original.setObjectName("nearestImage")
        self.reconstruction = PictureView(self.tr("Reconstruction of the nearest image"), parent=self)
        self.reconstruction.setObjectName("nearestReconstruction")
        self.original_caption = self._caption("nearestCaption", self.tr("nearest"))
        self.reconstruction_caption = self._caption("reconstructionCaption", self.tr("its recon."))
        self.reconstruction_caption.setToolTip(self.tr("Reconstruction of the nearest image"))
        self.reconstruction_caption.setProperty("ownToolTip", True)
        self.absent = PlainLabel(self.tr("originals come with the data set"), self)
        self.absent.setObjectName("originalsAbsent")
        self.absent.setProperty("role", "caption")
        self.absent.setWordWrap(True)
        self.absent.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.absent.hide()
        self.about = self._caption("nearestAbout")
        self.distance = self._caption("nearestDistance")
        pane.nearest_changed.connect(self.refresh)
        pane.model_changed.connect(self.refresh)
        explorer.data_changed.connect(self.refresh)
        self.refresh()

    def _caption(self, name: str, text: str = "") -> ElidedLabel:
        label = ElidedLabel(self)
        label.setText(text)
        label.setObjectName(name)
        label.setProperty("role", "caption")
        return label

    def _line(self) -> int:
        """Height of one line of captions; constant, whatever they say."""
        return self.original_caption.sizeHint().height()

    def drawn_side(self, room: int) -> int:
        """Side that pictures have in `room` pixels: whole device pixels for each of the image's, if they fit."""
        model = self._pane.model
        pixels = max(model.config.shape[1:]) if model is not None else 28
        ratio = self.devicePixelRatioF()
        scale = int(room * ratio) // pixels
        return int(scale * pixels / ratio) if scale else room

    def height_for(self, room: int) -> int:
        """Height of this view with pictures that have `room` pixels."""
        return self.drawn_side(room) + 3 * self._line() + 4

    def set_room(self, room: int) -> None:
        """How large pictures may be."""
        self._side = self.drawn_side(room)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """The original on the left; without originals the reconstruction there and the sentence beside it."""
        half = (self.width() - _GAP) // 2
        second = half + _GAP
        side, line = self._side, self._line()
        absent = not self.absent.isHidden()
        below = side + 4
        for view, caption, x in (
            (self.original, self.original_caption, 0),
            (self.reconstruction, self.reconstruction_caption, 0 if absent else second),
        ):
            view.setFixedSize(QSize(side, side))
            view.move(x, 0)
            caption.setGeometry(x, below, half, line)
        beside = side + _GAP
        self.absent.setGeometry(beside, 0, self.width() - beside, below + line)
        self.about.setGeometry(0, below + line, self.width(), line)
        self.distance.setGeometry(0, below + 2 * line, self.width(), line)

    @Slot()
    def refresh(self) -> None:
        """Show the present nearest image."""
        nearest = self._pane.nearest
        data = self._explorer.data
        absent = nearest is not None and nearest.picture is None and (data is None or data.images is None)
        if absent == self.absent.isHidden():
            self.absent.setVisible(absent)
            self.original.setVisible(not absent)
            self.original_caption.setVisible(not absent)
            self._arrange()
        if nearest is None:
            self.original.set_picture(None)
            self.reconstruction.set_picture(None)
            self.about.setText("")
            self.distance.setText("")
            return
        self.original.set_picture(nearest.picture)
        self.reconstruction.set_picture(nearest.reconstruction)
        image = self.tr("image {0}").format(nearest.number)
        self.about.setText(" · ".join(filter(None, (nearest.label, image, nearest.file))))
        self.distance.setText(self.tr("distance {0}").format(signed(nearest.distance).lstrip("+")))
