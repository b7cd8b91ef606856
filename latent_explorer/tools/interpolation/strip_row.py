"""One model's film strip with its name and figures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.interpolation.film_strip import FilmStrip
from latent_explorer.tools.interpolation.state import InterpolationState, Strip
from latent_explorer.tools.interpolation.words import brief_measures_text, measures_text, measures_tip

_SPACING = 1


class StripRow(QWidget):
    """Strip above, caption below."""

    def __init__(self, pane: PaneState, state: InterpolationState) -> None:
        super().__init__()
        self._pane, self._state = pane, state
        self.strip = FilmStrip(pane.index)
        self.strip.chosen.connect(state.show_frame)
        #: Inputs of the caption: the strip and the width of its film.
        self._shown: tuple[Strip | None, int] | None = None
        self.name = PlainLabel()
        refer(self.name, "network")
        self.name.setProperty("role", f"accent{pane.index % 2}")
        self.note = ElidedLabel()
        self.note.setProperty("role", "caption")
        self.note.setObjectName(f"stripNote{pane.index}")
        # It is shortened before the figures.
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.figures = ElidedLabel()
        self.figures.setProperty("ownToolTip", True)
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.figures.setObjectName(f"stripFigures{pane.index}")
        self.figures.setProperty("role", "caption")
        self.figures.setFont(tabular(self.figures.font()))
        self.figures.setToolTip(measures_tip())
        refer(self.figures, "path_ratio", "largest_step")
        refer(self.note, "frames")
        caption = QHBoxLayout()
        caption.setContentsMargins(2, 0, 2, 0)
        caption.setSpacing(10)
        caption.addWidget(self.name)
        caption.addWidget(self.note, 1)
        caption.addWidget(self.figures)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self.strip, 1)
        column.addLayout(caption)
        column.addStretch(0)
        pane.model_changed.connect(self._name)
        pane.names_changed.connect(self._name)
        self._name()

    @property
    def caption_height(self) -> int:
        """The height of what is below the strip, in pixels."""
        return max(label.sizeHint().height() for label in (self.name, self.note, self.figures)) + _SPACING

    @Slot()
    def _name(self) -> None:
        model = self._pane.model
        self.name.setText(model.title if model is not None else "")
        self.strip.setAccessibleName(self.tr("Film strip: {0}").format(self.name.text()))
        self._shown = None

    def refresh(self) -> None:
        """Show this pane's strip, or why there is none."""
        strip = self._state.strips.get(self._pane.index)
        self.strip.set_strip(strip)
        self.strip.set_frame(self._state.frame)
        if strip is None:
            self._shown = None
            self.figures.clear()
            self.note.setText(self._state.problems.get(self._pane.index, ""))
            return
        # During a drag this is called many times per strip.
        if self._shown == (strip, self.strip.width()):
            return
        self._shown = (strip, self.strip.width())
        count, shown = len(strip.codes), len(self.strip.shown())
        tip = self.tr("{0} of {1} frames fit in here; the slider reaches all").format(shown, count)
        self.strip.setToolTip(tip if shown < count else "")
        text = measures_text(strip)
        self.figures.set_texts(text, brief_measures_text(strip))
        self.figures.setAccessibleName(f"{self.name.text()}: {text}")
        self.note.setText(strip.note if strip.done or strip.note else self.tr("refining…"))
