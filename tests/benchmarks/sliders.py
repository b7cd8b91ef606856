"""Sliders of traversals, slices and directions: from a mouse event to everything painted, at 60 Hz.

Real mouse events go into the real window with the bundled pair (70,000 points a map) and with chance models of 20
latent dimensions. Times run until the event loop has nothing left to do; cpu_ figures are what the window's thread
itself computed for a move, with all that workers brought back for it. The cursor dragged on the map is the peer.
"""

from __future__ import annotations

import argparse
import math
import time

from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.traversal.state import TraversalState
from tests.benchmarks.report import emit, summarise
from tests.benchmarks.window import opened, wait

_BUDGET_P95_MS = 8.0


def main(argv: list[str]) -> int:
    """Run the cases; 0 if every p95 is within the budget, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks sliders", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="2 s a case instead of 8")
    options = parser.parse_args(argv)
    from trainer.data.images import default_data_folder

    moves = 120 if options.quick else 480
    cases: dict[str, dict[str, float | bool | str]] = {}
    with opened(default_data_folder()) as (application, program):
        wait(application, lambda: program.panes[0].picture is not None)
        program.explorer.pick(25)
        wait(application, lambda: bool(program.explorer.available))
        cases |= _two_dimensions(application, program, moves)
        cases |= _many_dimensions(application, program, moves)
    for case in cases.values():
        case["within_budget"] = float(case["p95_ms"]) <= _BUDGET_P95_MS
    emit("Slider to pixels, GUI time", cases, options.json)
    return 0 if all(case["within_budget"] for case in cases.values()) else 1


def _two_dimensions(application, program, moves: int) -> dict[str, dict[str, float | bool | str]]:
    import numpy as np

    tools = program.tools
    tools.panel_wanted.emit("traversal")
    wait(application, lambda: all(tools[TraversalState].rows))
    shown = _child(program, "traversalRow0")
    cases = {"cursor_on_the_map": _drag(application, program.window.maps[0], moves)}
    cases["traversal"] = _drag(application, shown.slider, moves)
    tools[TraversalState].set_base("cursor")
    cases["traversal_through_cursor"] = _drag(application, shown.slider, moves)
    tools[TraversalState].set_base("picked")
    labels = program.explorer.data.labels
    tools.panel_wanted.emit("directions")
    for which, label in ((0, 7), (1, 1)):
        tools[DirectionsState].add_rows(which, np.flatnonzero(labels == label), str(label))
    wait(application, lambda: all(found is not None and found.score for found in tools[DirectionsState].found))
    wait(application, lambda: all(strip is not None for strip in tools[DirectionsState].strips))
    slider = _child(program, "directionSlider0")
    cases["direction"] = _drag(application, slider, moves)
    return cases


def _many_dimensions(application, program, moves: int) -> dict[str, dict[str, float | bool | str]]:
    import numpy as np

    from latent_explorer.core.pane import PaneModel
    from trainer.reports import MapReport, Snapshot

    rng = np.random.default_rng(0)
    codes = (rng.normal(size=(70_000, 20)) * np.linspace(2, 0.2, 20)).astype(np.float32)
    snapshots = []
    for pane in program.panes:
        former = pane.codes.snapshot
        weights = {}
        for name, array in former.weights.items():
            shape = tuple(20 if side == 2 else side for side in array.shape)
            weights[name] = array if shape == array.shape else (0.1 * rng.normal(size=shape)).astype(np.float32)
        config = former.config.replace(latent=20)
        snapshots.append(Snapshot(number=900, step=0, config=config, weights=weights))
        pane.set_model(PaneModel(config, pane.model.traits, 900))
    report = MapReport(
        step=0, rows=np.arange(70_000), codes=(codes, codes.copy()), snapshots=tuple(snapshots), seconds=0.0
    )
    program.sources.show(report, at_once=True)
    state = program.tools[TraversalState]
    program.tools.panel_wanted.emit("traversal")
    wait(application, lambda: all(state.rows) and all(facts is not None for facts in state.facts))
    wait(application, lambda: all(facts.plane.latent == 20 for facts in state.facts))
    first = _child(program, "traversalRows0")
    cases = {"traversal_20": _drag(application, first.rows[0].slider, moves)}
    state.set_base("cursor")
    cases["traversal_20_through_cursor"] = _drag(application, first.rows[0].slider, moves)
    cases["slice_20"] = _drag(application, _child(program, "sliceSlider0"), moves)
    return cases


def _drag(application, slider, moves: int) -> dict[str, float | bool | str]:
    """Move the slider to and fro with the mouse."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton

    def send(kind: QEvent.Type, x: float, button: Qt.MouseButton) -> None:
        where = QPointF(x, slider.height() / 2)
        event = QMouseEvent(kind, where, slider.mapToGlobal(where), button, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(slider, event)

    width, spent, burnt = slider.width(), [], []
    send(QEvent.Type.MouseButtonPress, width / 2, left)
    due = time.perf_counter()
    for move in range(moves):
        due += 1 / 60
        started, cpu = time.perf_counter(), time.thread_time()
        send(QEvent.Type.MouseMove, width * (0.5 + 0.45 * math.sin(move / 25)), none)
        application.processEvents()
        spent.append(1e3 * (time.perf_counter() - started))
        burnt.append(1e3 * (time.thread_time() - cpu))
        while time.perf_counter() < due:
            # What comes back from workers meanwhile is GUI time of this move, too.
            cpu = time.thread_time()
            application.processEvents()
            burnt[-1] += 1e3 * (time.thread_time() - cpu)
            time.sleep(0.001)
    send(QEvent.Type.MouseButtonRelease, width / 2, left)
    cpu_figures = {f"cpu_{name}": figure for name, figure in summarise(burnt).items()}
    return {**summarise(spent), **cpu_figures}


def _child(program, name: str):
    from PySide6.QtWidgets import QWidget

    return program.window.findChild(QWidget, name)
