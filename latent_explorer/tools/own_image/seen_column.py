"""The image as prepared for the models, and the choices of its preparation."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.panes.picture_view import PictureView
from latent_explorer.tools.own_image.state import OwnImageState


class SeenColumn(QWidget):
    """A picture and three choices."""

    def __init__(self, own: OwnImageState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = own
        head = PlainLabel(self.tr("Models see"))
        head.setProperty("role", "caption")
        self.picture = PictureView(self.tr("What the models see"))
        self.picture.setObjectName("ownSeen")
        self.picture.setMinimumSize(60, 60)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.fit = Combo(
            (
                (
                    self.tr("Crop"),
                    "crop",
                    self.tr("The largest middle part of the models' proportions"),
                ),
                (self.tr("Pad"), "pad", self.tr("All of it, with the data's background around")),
                (self.tr("Stretch"), "stretch", self.tr("All of it, in the models' proportions")),
            )
        )
        self._name(self.fit, "ownFit", self.tr("How an image of other proportions fits"))
        self.invert = Combo(
            (
                (
                    self.tr("Negative: auto"),
                    None,
                    self.tr("Where the data are light on dark and the image is not"),
                ),
                (self.tr("As it is"), False, self.tr("Never a negative")),
                (self.tr("Negative"), True, self.tr("Always the negative")),
            )
        )
        self._name(self.invert, "ownInvert", self.tr("Whether the models are shown the negative"))
        self.centre = QCheckBox(self.tr("Centre"))
        self.centre.setObjectName("ownCentre")
        self.centre.setToolTip(
            self.tr(
                "What is drawn on plain paper is fitted into 20 of 28 pixels and its centre of mass put in the "
                "middle, as MNIST's digits were"
            )
        )
        self.centre.setAccessibleDescription(self.centre.toolTip())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(head)
        column.addWidget(self.picture, 1)
        column.addWidget(self.fit)
        column.addWidget(self.invert)
        column.addWidget(self.centre)
        self.fit.activated.connect(lambda _: own.change(fit=self.fit.currentData()))
        self.invert.activated.connect(lambda _: own.change(invert=self.invert.currentData()))
        self.centre.clicked.connect(lambda on: own.change(centre=on))
        own.settings_changed.connect(self.refresh)
        self.refresh()

    @staticmethod
    def _name(widget: QWidget, name: str, text: str) -> None:
        widget.setObjectName(name)
        widget.setAccessibleName(text)
        widget.setToolTip(text)

    def refresh(self) -> None:
        """Update from state."""
        seen = next((encoded.seen for encoded in self._own.encoded if encoded is not None), None)
        self.picture.set_picture(seen)
        settings = self._own.settings
        self.fit.choose(settings.fit)
        self.invert.setCurrentIndex({None: 0, False: 1, True: 2}[settings.invert])
        self.centre.setChecked(settings.centre and self._own.background != "mixed")
        self.centre.setEnabled(self._own.background != "mixed")
        source = self._own.source
        self.fit.setEnabled(source is None or source.kind != "drawn")
