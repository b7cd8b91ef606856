"""What the panel shows of one pane: decoded image, average of the data, and of what it is the average."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP, tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import describe, refer
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.picture_view import PictureView
from latent_explorer.tools.why_blurry import words as words
from latent_explorer.tools.why_blurry.state import Averaged
from latent_explorer.tools.why_blurry.weight_row import WeightRow

_SIDE = 116


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
            view.setFixedSize(_SIDE, _SIDE)
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
        pictures.setHorizontalSpacing(8)
        pictures.setVerticalSpacing(2)
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
        row.addLayout(pictures)
        row.addLayout(right, 1)

    def show_averaged(self, averaged: Averaged | None, waiting: str) -> None:
        """Show it; `waiting`: what is said while there is none."""
        model = self._pane.model
        self.title.setText("" if model is None else model.title)
        usable = averaged is not None and not averaged.reason
        self.decoded.set_picture(None if averaged is None else averaged.decoded)
        self.average.set_picture(averaged.average if averaged is not None else None)
        self.average.set_empty_text(self.tr("n/a") if averaged is not None and averaged.reason else "")
        for widget in (*self.names, self.images, self.error, self.row):
            widget.setVisible(usable)
        if averaged is not None and usable:
            self.images.setText(words.images_text(averaged))
            self.error.setText(words.error_text(averaged.error))
            self.said.setText(words.verdict(averaged))
        else:
            self.said.setText(waiting if averaged is None else words.reason_text(averaged.reason))
        self.said.setToolTip(self.said.text())
        self.row.show_averaged(averaged if usable else None)
        if model is not None:
            about = f"Latent Explorer · {model.title} · {model.config.summary}"
            self.decoded.text = about
            self.average.text = f"{about} · Σ q(z|x) x / Σ q(z|x)"
