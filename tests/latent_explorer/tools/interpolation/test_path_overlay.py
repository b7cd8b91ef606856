"""The path's overlay: what no one sees repaints nothing."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.interpolation.overlay import PathOverlay
from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from tests.latent_explorer.build import explorer_state, pane_state


def test_frames_repaint_the_map_only_while_the_path_is_on(qtbot: QtBot) -> None:
    pane, explorer, tools = pane_state(0), explorer_state(), ToolStates(all_tools())
    overlay = PathOverlay(pane, explorer, tools)
    changes: list[int] = []
    overlay.changed.connect(lambda: changes.append(1))
    state = tools[InterpolationState]
    state.set_stops([Stop(row=0), Stop(row=1)])
    assert len(changes) == 1
    state.frame_changed.emit()
    assert len(changes) == 2
    tools.overlays.switch("path", False)
    assert len(changes) == 3  # it goes
    state.frame_changed.emit()
    state.strip_changed.emit(0)
    pane.plane_changed.emit()
    assert len(changes) == 3
    tools.overlays.switch("path", True)
    assert len(changes) == 4
