"""The direction in one pane: its score, pictures along it, and the slider."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import describe, refer
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.strips.reach_slider import ReachSlider
from latent_explorer.strips.row_strip import RowStrip
from latent_explorer.tools.directions.state import STEPS, DirectionsState
from latent_explorer.tools.directions.words import problem, score_text, score_tip

#: Tiles are at integer steps of the slider, with half a step beyond the outermost ones.
REACH = STEPS[-1] + (STEPS[1] - STEPS[0]) / 2
_SLIDER = 15


class AppliedRow(QWidget):
    """One slider for all panes, shown in each; a click on a picture goes there."""

    def __init__(self, pane: PaneState, directions: DirectionsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._state = directions
        self.head = ElidedLabel(self)
        self.head.setObjectName(f"directionHead{pane.index}")
        self.head.setProperty("role", f"accent{pane.index % 2}")
        self.head.setProperty("ownToolTip", True)
        self.head.setFont(tabular(self.head.font()))
        self.strip = RowStrip(pane.index, len(STEPS), self)
        self.strip.setObjectName(f"directionStrip{pane.index}")
        self.slider = ReachSlider(pane.index, REACH, self)
        self.slider.setObjectName(f"directionSlider{pane.index}")
        describe(self.slider, "amount")
        refer(self.strip, "amount")
        refer(self.head, "auroc", "random")
        self.strip.chosen.connect(lambda place: directions.want_amount(STEPS[place]))
        self.slider.moved.connect(directions.want_amount)
        self.setMinimumSize(7 * 26, 60)

    @Slot()
    def refresh(self) -> None:
        """Update from state."""
        model, found = self._pane.model, self._state.found[self._pane.index]
        current = found if found is not None and found.saved is self._state.direction else None
        name = "" if model is None else model.short
        text = ""
        if current is not None:
            text = problem(current) or score_text(current)
        self.head.setText(f"{name} · {text}" if text else name)
        self.head.setToolTip("" if current is None else f"{text}\n{score_tip(current)}")
        self.slider.setEnabled(self._state.strips[self._pane.index] is not None)
        for part in (self.slider, self.strip):
            part.setAccessibleName(self.tr("Direction applied to {model}").format(model=name))
        self._arrange()
        self.refresh_strip()

    def refresh_strip(self) -> None:
        """Show strip and slider."""
        strip = self._state.strips[self._pane.index]
        self.strip.set_pictures(None if strip is None else strip.pictures)
        self.slider.setEnabled(strip is not None)
        self.slider.set_place(self._state.amount)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        head = self.head.sizeHint().height() + 2
        self.head.setGeometry(0, 0, self.width(), head)
        height = width = 28
        if self._pane.model is not None:
            _, height, width = self._pane.model.config.shape
        room = max(16, self.height() - head - _SLIDER)
        cell = self.width() / len(STEPS) - 2
        scale = min(room / height, cell / width)
        ratio = self.devicePixelRatioF()
        if scale * ratio >= 1:
            scale = int(scale * ratio) / ratio
        tile = max(16, round(height * scale))
        self.strip.set_tile_height(tile)
        # Tiles keep their width, so that the strip is not torn apart in a wide panel.
        across = min(self.width(), round((width * scale + 2) * len(STEPS)) + 1)
        self.strip.setGeometry(0, head, across, tile)
        self.slider.setGeometry(0, head + tile, across, _SLIDER)
