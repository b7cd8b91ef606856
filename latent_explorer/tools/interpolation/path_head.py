"""The controls over the film strips: stops, path, frames, playback, curve."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.number_field import NumberField
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.glossary.terms import refer
from latent_explorer.tools.interpolation.actions import InterpolationActions
from latent_explorer.tools.interpolation.path_menus import StopsMenu, curve_menu, kind_menu, speed_menu
from latent_explorer.tools.interpolation.state import LEAST_FRAMES, MOST_FRAMES, InterpolationState


class PathHead(QWidget):
    """One row."""

    def __init__(self, explorer: ExplorerState, state: InterpolationState, actions: InterpolationActions) -> None:
        super().__init__()
        self._state = state
        self.stops = StopsMenu(explorer, state, actions)
        self.kind = kind_menu(state, self.tr("Kind of path"))
        self.frames = NumberField(least=LEAST_FRAMES, most=MOST_FRAMES, whole=True, step=1, unit=self.tr("frames"))
        self.frames.setObjectName("pathFrames")
        self.frames.setAccessibleName(self.tr("Frames of the path"))
        self.frames.set_help(self.tr("Frames of the path, {0} to {1}").format(LEAST_FRAMES, MOST_FRAMES))
        self.frames.setFixedWidth(self.frames.fontMetrics().horizontalAdvance("00 " + self.tr("frames")) + 30)
        self.frames.committed.connect(lambda number: state.set_frames(int(number)))
        self.play = IconButton("play", self.tr("Play"))
        self.play.setObjectName("pathPlay")
        self.play.clicked.connect(lambda: state.set_playing(not state.playing))
        self.loop = IconButton("loop", self.tr("Loop: start again at the end"))
        self.loop.setObjectName("pathLoop")
        self.loop.setCheckable(True)
        self.loop.clicked.connect(lambda: state.set_loop(self.loop.isChecked()))
        self.speed = speed_menu(state, self.tr("Frames per second"), self.tr("{0} frames per second"))
        refer(self.frames, "frames")
        refer(self.speed, "play_rate")
        self.curve = curve_menu(state, self.tr("Curve under the strips"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._playback: tuple[QWidget, ...] = (self.play, self.loop, self.speed, self.curve)
        row.addWidget(self.stops)
        row.addWidget(self.kind)
        row.addWidget(self.frames)
        row.addStretch(1)
        for widget in self._playback:
            row.addWidget(widget)
        self.setMinimumHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        state.settings_changed.connect(self.refresh)
        state.playback_changed.connect(self.refresh)
        state.stops_changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Update from state."""
        state = self._state
        self.frames.set_number(state.frames)
        self.play.set_icon("pause" if state.playing else "play")
        name = self.tr("Pause") if state.playing else self.tr("Play")
        self.play.setToolTip(name)
        self.play.setAccessibleName(name)
        self.loop.setChecked(state.loop)
        plays = not state.as_grid
        for widget in (*self._playback, self.kind):
            widget.setEnabled(plays)
