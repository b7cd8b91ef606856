"""What the panel shows of one pane: decoded image, average of the data, and of what it is the average."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP, tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import describe, refer
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.picture_view import FRAME, PictureView, shown_scale
from latent_explorer.tools.why_blurry import words as words
from latent_explorer.tools.why_blurry.state import Averaged
from latent_explorer.tools.why_blurry.weight_row import WeightRow

#: Sides of the two pictures in px: at least, and at most; and the width that the words beside them keep.
_LEAST, _MOST, _WORDS = 116, 336, 300
_BESIDE, _UNDER = 8, 2
#: More px than any text is high.
_ANY_HEIGHT = 10_000


class AverageColumn(QWidget):
    """Half of the panel."""

    def __init__(self, pane: PaneState, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self.setObjectName(f"whyBlurry{pane.index}")
        self.title = ElidedLabel()
        self.title.setProperty("role", f"accent{pane.index % 2}")
        self.decoded = PictureView(self.tr("Decoded image under the cursor, the mean"), pane.index)
        self.average = PictureView(self.tr("Average of the data at the cursor"))
        for view, name in ((self.decoded, "Decoded"), (self.average, "Average")):
            view.setObjectName(f"whyBlurry{name}{pane.index}")
            view.setMinimumSize(_LEAST, _LEAST)
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.images, self.error = ElidedLabel(), ElidedLabel()
        self.images.setObjectName(f"whyBlurryImages{pane.index}")
        self.error.setObjectName(f"whyBlurryError{pane.index}")
        self.names = PlainLabel(self.tr("images in it")), PlainLabel(self.tr("decoded − average"))
        self.said = PlainLabel()
        self.said.setObjectName(f"whyBlurrySaid{pane.index}")
        self.said.setProperty("role", "caption")
        self.said.setWordWrap(True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        refer(self.said, "weighted_average", "effective_images")
        self.row = WeightRow(explorer)
        self.row.setObjectName(f"whyBlurryRow{pane.index}")
        self.row.pointed.connect(explorer.set_hovered)
        self.row.chosen.connect(explorer.pick)
        self._build()

    def _build(self) -> None:
        pictures = QGridLayout()
        pictures.setHorizontalSpacing(_BESIDE)
        pictures.setVerticalSpacing(_UNDER)
        for place, (view, caption, key) in enumerate(
            (
                (self.decoded, self.tr("decoded: mean"), "picture_draw"),
                (self.average, self.tr("average of data"), "weighted_average"),
            )
        ):
            label = ElidedLabel()
            label.setText(caption)
            label.setProperty("role", "caption")
            label.setProperty("ownToolTip", True)
            describe(label, key)
            refer(view, key)
            pictures.addWidget(view, 0, place)
            pictures.addWidget(label, 1, place)
            self._line = label.sizeHint().height()
        # What the pictures, which have a size at most, do not take is left under their captions.
        pictures.setRowStretch(0, 1000)
        pictures.setRowStretch(2, 1)
        figures = QGridLayout()
        figures.setHorizontalSpacing(8)
        figures.setVerticalSpacing(0)
        keys = ("effective_images", "from_average")
        for line, (name, value, key) in enumerate(zip(self.names, (self.images, self.error), keys, strict=True)):
            name.setProperty("role", "caption")
            value.setProperty("role", "value")
            value.setProperty("ownToolTip", True)
            value.setFont(tabular(value.font()))
            describe(name, key)
            describe(value, key)
            figures.addWidget(name, line, 0)
            figures.addWidget(value, line, 1)
        figures.setColumnStretch(1, 1)
        right = QVBoxLayout()
        right.setSpacing(3)
        right.addWidget(self.title)
        right.addLayout(figures)
        right.addWidget(self.said)
        right.addWidget(self.row, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(pictures, 1000)
        row.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()
        self._give_lines()

    def _fit_pictures(self) -> None:
        """As large as the panel's height allows, in steps in which each pixel is as large as the others."""
        high = self.height() - self._line - _UNDER
        wide = (self.width() - _WORDS - GAP - _BESIDE) // 2
        side = max(_LEAST, min(high, wide, _MOST))
        model = self._pane.model
        if model is not None:
            _, height, width = model.config.shape
            inside = QSize(side - 2 * FRAME, side - 2 * FRAME)
            scale = shown_scale(QSize(width, height), inside, self.devicePixelRatioF())
            side = max(_LEAST, math.ceil(max(height, width) * scale) + 2 * FRAME)
        for view in (self.decoded, self.average):
            view.setMaximumSize(side, side)

    def _give_lines(self) -> None:
        """A label that wraps asks for more lines than it fills; what is below it is then out of sight."""
        said = self.said
        # Once it has a least height, the label asks for no less.
        room = QRect(0, 0, said.contentsRect().width(), _ANY_HEIGHT)
        words = said.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), said.text())
        said.setMinimumHeight(words.height() + said.height() - said.contentsRect().height())

    def show_averaged(self, averaged: Averaged | None, waiting: str) -> None:
        """Show it; `waiting`: what is said while there is none."""
        model = self._pane.model
        self.title.setText("" if model is None else model.title)
        self._fit_pictures()
        usable = averaged is not None and not averaged.reason
        self.decoded.set_picture(None if averaged is None else averaged.decoded)
        self.average.set_picture(averaged.average if averaged is not None else None)
        self.average.set_empty_text(self.tr("n/a") if averaged is not None and averaged.reason else "")
        for widget in (*self.names, self.images, self.error):
            widget.setVisible(usable)
        # What hides with the keyboard in it gives that to whatever comes next in the window.
        self.row.setVisible(usable or averaged is None or self.row.hasFocus())
        if averaged is not None and usable:
            self.images.setText(words.images_text(averaged))
            self.error.setText(words.error_text(averaged.error))
            self.said.setText(words.verdict(averaged))
        else:
            self.said.setText(waiting if averaged is None else words.reason_text(averaged.reason))
        self.said.setToolTip(self.said.text())
        self._give_lines()
        self.row.show_averaged(averaged if usable else None)
        if model is not None:
            about = f"Latent Explorer · {model.title} · {model.config.summary}"
            self.decoded.text = about
            self.average.text = f"{about} · Σ q(z|x) x / Σ q(z|x)"
