"""The variance that one pane's plane hides, and a slider through slices."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import refer, tip
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.strips.reach_slider import ReachSlider
from latent_explorer.tools.traversal.state import FARTHEST_SLICE, TraversalState
from latent_explorer.tools.traversal.words import plane_line, plane_tip
from latent_explorer.words.figures import missing, signed


class SliceBar(QWidget):
    """A line about the plane, and the slice with its slider; empty if the map shows all dimensions."""

    def __init__(self, pane: PaneState, traversal: TraversalState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._state = traversal
        self.line = ElidedLabel()
        self.line.setObjectName(f"planeLine{pane.index}")
        self.line.setProperty("role", "caption")
        self.line.setProperty("ownToolTip", True)
        self.line.setFont(tabular(self.line.font()))
        self.name = QPushButton()
        self.name.setObjectName(f"sliceWay{pane.index}")
        self.name.setProperty("role", "link")
        self.name.clicked.connect(self._other_way)
        self.slider = ReachSlider(pane.index, FARTHEST_SLICE)
        self.slider.setObjectName(f"sliceSlider{pane.index}")
        self.slider.setAccessibleName(self.tr("Slice"))
        self.slider.moved.connect(lambda place: traversal.set_slice(pane.index, place))
        self.value = PlainLabel()
        self.value.setObjectName(f"sliceValue{pane.index}")
        self.value.setProperty("role", "value")
        self.value.setFont(tabular(self.value.font()))
        refer(self.line, "plane_share", "plane_distance")
        for widget in (self.name, self.slider, self.value):
            refer(widget, "slice")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addLayout(row)

    @Slot()
    def refresh(self) -> None:
        """Update from state."""
        index, model = self._pane.index, self._pane.model
        facts, plane = self._state.facts[index], self._pane.plane
        hides = plane is not None and plane.hides
        self.setVisible(hides)
        if not hides or model is None:
            return
        way = None if facts is None else facts.ways[self._state.way]
        self.line.setText("" if facts is None else plane_line(facts))
        self.line.setToolTip("" if facts is None else f"{self.line.text()}\n{plane_tip(facts)}")
        self.slider.setEnabled(way is not None)
        self.slider.setAccessibleName(self.tr("Slice of {model}'s map").format(model=model.short))
        share = "" if way is None else f" ({100 * way.share:.0f} %)"
        name = self.tr("slice") + f" {self.way_name()}{share}"
        self.name.setText(name)
        tip = "" if facts is None else self.way_tip() if way is not None else self.no_way()
        for widget in (self.slider, self.value):
            widget.setToolTip(tip)
        self.name.setToolTip(f"{self.other_way()}\n{tip}")
        self.slider.set_mark(None if facts is None else facts.picked_at[self._state.way])
        self.slider.set_place(self._state.slices[index])
        if facts is None:
            self.value.setText("")  # not measured yet
        else:
            self.value.setText(
                self.tr("{0} spreads").format(signed(self._state.slices[index])) if way is not None else missing()
            )

    def way_name(self) -> str:
        """ "PC3" for the largest direction that a PCA plane hides; a description otherwise."""
        if self._state.way == "picked":
            return self.tr("→ picked")
        plane = self._pane.plane
        return "PC3" if plane is not None and plane.explained else self.tr("→ most variance")

    def other_way(self) -> str:
        """The tool tip of the name."""
        if self._state.way == "picked":
            return self.tr("Click: slices along the direction of most variance that the map hides.")
        return self.tr("Click: slices towards the picked image.")

    @Slot()
    def _other_way(self) -> None:
        self._state.set_way("most" if self._state.way == "picked" else "picked")

    def way_tip(self) -> str:
        """The tool tip of the slider."""
        more = self.tr(
            "The slider moves the map to a parallel slice of code space; in brackets is the share of the codes' "
            "variance along the way. The triangle is the slice that holds the picked image."
        )
        return f"{tip('slice')}\n{more}"

    def no_way(self) -> str:
        """Why there is no slider."""
        if self._state.way == "picked":
            facts = self._state.facts[self._pane.index]
            if facts is None or facts.picked is None:
                return self.tr("Pick an image on the map first.")
            return self.tr("The picked image lies in the plane.")
        return self.tr("The codes do not vary in any direction that the map hides.")
