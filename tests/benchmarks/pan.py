"""Pan and zoom of the latent map beside pyqtgraph's ScatterPlotItem, with the same points, size and gestures.

Each sample is one event, from posting it to the frame being painted. The map gets real mouse and wheel events; the
peer's view box is moved and scaled by the same steps, which leaves out its event handling (in its favour). Between
two frames of a 60 Hz hand the map may do its idle work, which is not part of the samples but is reported.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

import numpy as np

from tests.benchmarks.report import Figure, emit, summarise

SIDE = 800
#: A hand that moves this many pixels a frame, back and forth over 240 pixels.
STEP = 12
TURN = 20
FRAME_SECONDS = 1 / 60


def codes(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Ten overlapping clusters of different shapes: points float32 (count, 2), labels int64 (count,)."""
    random = np.random.default_rng(0)
    labels = random.integers(0, 10, count)
    angle = labels * 0.628 + random.normal(0, 0.25, count)
    radius = random.gamma(3.0, 0.5, count) * (1 + 0.3 * (labels % 3))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).astype(np.float32), labels


def timed(act: Callable[[], None], between: Callable[[float], None], frames: int) -> dict[str, float]:
    """Percentiles of the acts in milliseconds; `between` receives the time of the next frame.

    `cpu_*` are the same acts in processor time of this thread: the cost on an otherwise idle machine.
    """
    samples, costs = [], []
    for _ in range(frames):
        due = time.perf_counter() + FRAME_SECONDS
        cost, start = time.thread_time(), time.perf_counter()
        act()
        samples.append((time.perf_counter() - start) * 1000)
        costs.append((time.thread_time() - cost) * 1000)
        between(due)
    return summarise(samples) | {f"cpu_{name}": value for name, value in summarise(costs).items()}


def map_cases(count: int, frames: int) -> dict[str, dict[str, Figure]]:
    """Pan, zoom and cursor of the map."""
    from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
    from PySide6.QtGui import QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QApplication

    from latent_explorer.core.explorer import DataView, ExplorerState
    from latent_explorer.core.pane import PaneCodes, PaneState
    from latent_explorer.map.latent_map import LatentMap
    from trainer.config import DataConfig
    from trainer.latent.plane import raw

    points, labels = codes(count)
    explorer, pane = ExplorerState(), PaneState(0)
    names = tuple("0123456789")
    explorer.set_data(
        DataView(
            title="clusters",
            config=DataConfig(),
            count=count,
            train_count=count - 1,
            shape=(1, 28, 28),
            labels=labels,
            label_names=names,
        )
    )
    latent_map = LatentMap(pane, explorer)
    latent_map.resize(SIDE, SIDE)
    latent_map.show()
    pane.set_codes(PaneCodes(np.arange(count), points, points), raw(2))
    settle_ms = _until_full(latent_map, count)
    middle = QPointF(SIDE / 2, SIDE / 2)
    at = QPointF(middle)
    right, none = Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
    plain, steady = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    step = 0

    def mouse(kind: QEvent.Type, where: QPointF, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        event = QMouseEvent(kind, where, latent_map.mapToGlobal(where), button, held, plain)
        QApplication.sendEvent(latent_map, event)

    def pan() -> None:
        nonlocal step
        step += 1
        at.setX(at.x() + (STEP if (step // TURN) % 2 else -STEP))
        at.setY(at.y() + (STEP / 2 if (step // TURN) % 2 else -STEP / 2))
        mouse(QEvent.Type.MouseMove, at, none, right)
        latent_map.repaint()

    def zoom() -> None:
        nonlocal step
        step += 1
        angle = QPoint(0, 60 if (step // TURN) % 2 else -60)
        wheel = QWheelEvent(middle, latent_map.mapToGlobal(middle), QPoint(), angle, none, plain, steady, False)
        QApplication.sendEvent(latent_map, wheel)
        latent_map.repaint()

    def cursor() -> None:
        nonlocal step
        step += 1
        pane.drag_cursor(np.cos(step / 9) * 2, np.sin(step / 9) * 2)
        # Only what the cursor dirtied is painted here; `repaint` would paint everything.
        QApplication.sendPostedEvents(latent_map.window(), QEvent.Type.UpdateRequest)

    def between(due: float) -> None:
        while time.perf_counter() < due:
            QApplication.processEvents()

    mouse(QEvent.Type.MouseButtonPress, at, right, right)
    cases = {"pan": timed(pan, between, frames)}
    mouse(QEvent.Type.MouseButtonRelease, at, right, none)
    step = 0
    cases["zoom"] = timed(zoom, between, frames)
    latent_map.fit()
    _until_full(latent_map, count)
    before = latent_map.rasterisations
    cases["cursor"] = timed(cursor, between, frames)
    figures: dict[str, dict[str, Figure]] = {case: dict(values) for case, values in cases.items()}
    figures["cursor"]["rasterisations"] = float(latent_map.rasterisations - before)
    figures["pan"]["first_full_picture_ms"] = settle_ms
    figures["zoom"]["rest_to_full_picture_ms"] = _rest_to_full(latent_map, count)
    latent_map.close()
    latent_map.deleteLater()
    QApplication.processEvents()
    return figures


def _until_full(latent_map: object, count: int) -> float:
    """Milliseconds until nearly all points are in the picture and nothing is left to draw."""
    from PySide6.QtWidgets import QApplication

    from latent_explorer.map.latent_map import LatentMap

    assert isinstance(latent_map, LatentMap)
    start = time.perf_counter()
    QApplication.processEvents()
    while not latent_map.at_rest and time.perf_counter() - start < 20:
        QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def _rest_to_full(latent_map: object, count: int) -> float:
    """The same after a zoom."""
    from latent_explorer.map.latent_map import LatentMap

    assert isinstance(latent_map, LatentMap)
    latent_map.zoom(1.3)
    latent_map.repaint()
    return _until_full(latent_map, count)


def peer_cases(count: int, frames: int) -> dict[str, dict[str, float]]:
    """Pan and zoom of a ScatterPlotItem with the same points and colours."""
    import pyqtgraph
    from PySide6.QtWidgets import QApplication

    from latent_explorer.appearance.theme import DARK

    points, labels = codes(count)
    plot = pyqtgraph.PlotWidget()
    plot.resize(SIDE, SIDE)
    plot.setBackground(DARK.map)
    for label in range(10):
        chosen = points[labels == label]
        item = pyqtgraph.ScatterPlotItem(
            x=chosen[:, 0], y=chosen[:, 1], size=2, pen=None, brush=DARK.classes[label], pxMode=True
        )
        plot.addItem(item)
    plot.show()
    box = plot.getViewBox()
    box.disableAutoRange()
    box.setAspectLocked(True)
    QApplication.processEvents()
    pixel = box.viewPixelSize()[0]
    step = 0

    def painted() -> None:
        plot.viewport().repaint()

    def pan() -> None:
        nonlocal step
        step += 1
        way = 1 if (step // TURN) % 2 else -1
        box.translateBy(x=way * STEP * pixel, y=way * STEP / 2 * pixel)
        painted()

    def zoom() -> None:
        nonlocal step
        step += 1
        box.scaleBy((1 / 1.0954,) * 2 if (step // TURN) % 2 else (1.0954,) * 2)
        painted()

    def between(due: float) -> None:
        QApplication.processEvents()

    cases = {"pan": timed(pan, between, frames)}
    step = 0
    cases["zoom"] = timed(zoom, between, frames)
    plot.close()
    plot.deleteLater()
    QApplication.processEvents()
    return cases


def main(argv: list[str]) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks pan", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON keyed by case")
    parser.add_argument("--quick", action="store_true", help="fewer frames")
    parser.add_argument("--huge", action="store_true", help="also 10,000,000 points (without the peer)")
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(["pan"])
    frames = 120 if options.quick else 400
    cases: dict[str, dict[str, Figure]] = {}
    sizes = [("70k", 70_000), ("1m", 1_000_000)] + ([("10m", 10_000_000)] if options.huge else [])
    for name, count in sizes:
        ours = map_cases(count, frames)
        peer = {} if count > 1_000_000 else peer_cases(count, max(frames // (4 if count < 500_000 else 12), 10))
        for case, figures in ours.items():
            figures = dict(figures)
            if case in peer:
                figures["scatterplotitem_p50_ms"] = peer[case]["p50_ms"]
                figures["scatterplotitem_p95_ms"] = peer[case]["p95_ms"]
                figures["scatterplotitem_cpu_p50_ms"] = peer[case]["cpu_p50_ms"]
                figures["ratio_to_scatterplotitem"] = float(figures["p50_ms"]) / peer[case]["p50_ms"]
            cases[f"{case}_{name}"] = figures
    emit(f"Map of {SIDE} x {SIDE} pixels, event to painted", cases, options.json)
    application.processEvents()
    return 0
