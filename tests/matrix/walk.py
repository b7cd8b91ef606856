"""Brings the real program from state to state, and looks at it there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSlider, QWidget

from latent_explorer.app import Application
from latent_explorer.panes.picture_column import LEAST, LOW, WISHED
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from latent_explorer.tools.own_image.draw_pad import DrawPad
from latent_explorer.tools.timeline.state import TimelineState
from tests.matrix.faults import faults, out_of_reach
from tests.matrix.states import PANELS, State
from trainer.config import DataConfig

_CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QSlider)
#: Seconds that a tool gets for what it shows: the first time, and when it is opened again.
_ARRIVAL, _REFRESH = 1.5, 0.2
MESSAGE = (
    "A sentence about something that went wrong, as long as they get: the folder /home/someone/pictures/of/cats "
    "could not be read (Permission denied); choose another place."
)


@dataclass
class Figures:
    """Room that maps and pictures have. share: of the maps, of the window's area. side: of the least picture."""

    share: float
    side: float


@dataclass
class Seen:
    """What was found in a state."""

    state: State
    faults: list[str] = field(default_factory=list)
    figures: Figures | None = None


class Walk:
    """The program, and what is on show in it."""

    def __init__(self, program: Application) -> None:
        self.program = program
        self.window = program.window
        self._message_shown = False

    # ------------------------------------------------------------ scenes

    def show_scene(self, scene: str, photographs: Path | None = None) -> None:
        """Put on show what all states of a program share. Raises `TimeoutError`."""
        if scene == "bare":
            self.wait(lambda: all(pane.codes is not None for pane in self.program.panes))
        elif scene == "2d":
            self.wait(lambda: self.program.panes[0].nearest is not None)
        elif scene == "20d":
            self._train(DataConfig(name="digits"), 20)
        else:
            self._train(DataConfig(name="folder", path=str(photographs)), 64)
        self.wait(lambda: all(pane.picture is not None for pane in self.program.panes))
        self._fill()

    def _fill(self) -> None:
        """Something in each panel: a picked image, a path, groups of a direction, a drawing, a selection."""
        program, tools = self.program, self.program.tools
        explorer, data = program.explorer, program.explorer.data
        assert data is not None
        explorer.pick(7)
        tools[InterpolationState].set_stops([Stop(7), Stop(data.count // 2)])
        directions = tools[DirectionsState]
        directions.add_rows(0, range(20), "some")
        directions.add_rows(1, range(40, 60), "others")
        explorer.selection.set_rows(range(100))
        pad = self.window.findChildren(DrawPad)[0]
        for panel in PANELS[1:]:
            self.window.strip.show_panel(panel, focus=False)
            self.serve()
            if panel == "own_image":
                middle = pad.rect().center()
                QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=middle)
                QTest.mouseMove(pad, middle + QPoint(20, 20))
                QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=middle + QPoint(20, 20))
            self._wait_for_pictures(_ARRIVAL)

    def _wait_for_pictures(self, seconds: float) -> None:
        """Let what a panel that opens asks for arrive; nothing that is checked depends on it, pictures do."""
        until = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > until)

    def _train(self, config: DataConfig, latent: int) -> None:
        """Small models after a few steps on `config`."""
        training, explorer = self.program.training, self.program.explorer
        explorer.data_requested.emit(config, False)
        self.wait(lambda: explorer.data is not None and explorer.data.config.name == config.name)
        self.wait(lambda: training.run_state == "ready")
        models = tuple(one.replace(widths=(16,), latent=latent, network="mlp") for one in training.draft_models)
        training.set_draft(models=models)
        training.command_requested.emit("step")
        self.wait(lambda: training.step >= 1 and self._settled(latent))
        for _ in range(2):
            step = training.step
            training.command_requested.emit("step")
            self.wait(lambda step=step: training.step > step)
        self.wait(lambda: self._settled(latent) and bool(training.evaluations))

    def _settled(self, latent: int) -> bool:
        data = self.program.explorer.data
        return all(
            pane.codes is not None and pane.codes.codes.shape == (data.count, latent)
            for pane in self.program.panes
            if data is not None
        )

    # ------------------------------------------------------------ from state to state

    def go(self, state: State) -> None:
        """Bring the window into `state`."""
        window = self.window
        if not state.presentation:
            window.presentation.end()
        if window.size().toTuple() != state.size:
            window.resize(*state.size)
        self.program.explorer.set_appearance(state.appearance)
        opens = state.panel not in ("", window.strip.current)
        if state.panel:
            window.strip.show_panel(state.panel, focus=False)
        else:
            window.strip.close_panel()
        self._show_on_maps(state.panel)
        window.centre.show_inspector(state.inspector)
        self._say(state.message)
        if state.presentation and not window.presentation.on:
            window.presentation.begin()
            # Screens of tests have a size of their own.
            window.showNormal()
            window.resize(*state.size)
        self.serve()
        if opens:
            self._wait_for_pictures(_REFRESH)

    def _show_on_maps(self, panel: str) -> None:
        """With some panels something that covers the maps: the past, a heat map, decoded tiles, posteriors."""
        tools = self.program.tools
        tools[TimelineState].look_at(0 if panel == "timeline" else len(tools[TimelineState].moments))
        tools.overlays.choose("heat", "density" if panel == "loss" else "none")
        tools.overlays.switch("mosaic", panel == "traversal")
        tools.overlays.switch("contours", panel == "drawing")

    def _say(self, wanted: bool) -> None:
        shown = self.window.messages.isVisible()
        if wanted and not shown:
            self.program.notifications.post("warning", MESSAGE, actions=(("Choose another place", "none"),))
            self.wait(self.window.messages.isVisible)
        while not wanted and self.window.messages.isVisible():
            self.window.messages.dismiss()
            self.serve()

    def look(self, state: State) -> Seen:
        """What is wrong in `state`, and how much room there is for what."""
        window, seen = self.window, Seen(state)
        if window.size().toTuple() != state.size:
            seen.faults.append(f"the window is {window.width()} x {window.height()}")
        seen.faults += faults(window)
        if not state.presentation:
            seen.faults += self._unreachable(state)
        area = sum(one.width() * one.height() for one in window.maps)
        columns = [pane.column for pane in window.panes]
        views = [(view, 4 if view is column.decoded else 0) for column in columns for view in column.views]
        side = min(min(view.width(), view.height()) - frame for view, frame in views)
        seen.figures = Figures(area / (window.width() * window.height()), side)
        seen.faults += self._too_small(state, seen.figures)
        return seen

    def _too_small(self, state: State, figures: Figures) -> list[str]:
        """What the layout promises, with the figures that it has."""
        found = []
        wanted_share, wanted_side = promise(state)
        if figures.share < wanted_share:
            found.append(f"maps have {figures.share:.1%} of the window, {wanted_share:.0%} are promised")
        if figures.side < wanted_side:
            found.append(f"pictures are {figures.side:.0f} px, {wanted_side} are promised")
        return found

    def _unreachable(self, state: State) -> list[str]:
        """Controls of what is open that no one can get at."""
        window, bar = self.window, self.window.toolbar
        places: list[QWidget] = [*window.panes, window.status]
        places += [window.strip] if not state.panel else [window.strip.body.currentWidget(), window.strip.bar]
        places += [window.inspector] if state.inspector else []
        found = []
        for place in places:
            for kind in _CONTROLS:
                for control in place.findChildren(kind):
                    hidden = control.isHidden() or not control.isVisibleTo(place)
                    if hidden or control.objectName().startswith("qt_"):
                        continue
                    reason = out_of_reach(window, control)
                    if reason:
                        found.append(f"{control.objectName() or type(control).__name__} {reason}")
        hideable = (bar.link, bar.settings, bar.present, bar.search, bar.appearance, bar.run.new_run)
        away = [widget for widget in hideable if widget.isHidden()]
        menu = bar.more.menu()
        menu.aboutToShow.emit()
        if len(menu.actions()) != len(away) or bool(away) != bar.more.isVisible():
            found.append(f"{len(away)} controls left the toolbar, {len(menu.actions())} are in its menu")
        return found

    # ------------------------------------------------------------ time

    def serve(self) -> None:
        """Let the window do what is due: layouts, paints, what they ask for again."""
        for _ in range(4):
            QApplication.processEvents()

    def wait(self, condition: Callable[[], object], seconds: float = 240.0) -> None:
        """Serve the window until `condition` holds. Raises `TimeoutError`."""
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError("the window did not get there")
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()

    def photograph(self, state: State, folder: Path) -> None:
        """Save how the window looks."""
        self.window.grab().save(str(folder / f"{state.name}.png"))


def promise(state: State) -> tuple[float, int]:
    """Least share of the window that its maps have, and least side of the pictures in px; 0 where nothing is."""
    width, height = state.size
    if state.presentation:
        return (0.5 if width >= 1280 else 0.4, WISHED if height >= 800 else LEAST)
    share, side = 0.0, LEAST
    if (width, height) >= (1280, 800) and height >= 800:
        if state.panel:
            share = 0.0 if state.inspector else 0.3
            # Of codes of many dimensions one line more is reported.
            side = LOW if state.scene in ("bare", "2d") and not state.message else LEAST
        else:
            share = 0.0 if state.inspector or state.message else 0.5
            side = LEAST if state.inspector or state.message else WISHED
    return share, side
