"""Class names on a map of 70,000 points: what a refresh and a frame cost, with few, many and very many classes."""

from __future__ import annotations

import argparse
import os
import time

from tests.benchmarks.report import emit, summarise

POINTS, FRAMES = 70_000, 60
_BUDGET_MS = 5.0


def main(argv: list[str]) -> int:
    """Run the cases; 0 if every budget was met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks names", description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(["names"])
    kinds = (("10", 10, "{}"), ("40_long", 40, "a rather long name {}"), ("10000", 10_000, "class {}"))
    cases = {f"{name}_classes": _case(classes, text) for name, classes, text in kinds}
    emit(f"Class names on {POINTS:,} points", cases, options.json)
    application.processEvents()
    return 0 if all(case["within_budget"] for case in cases.values()) else 1


def _case(classes: int, name: str) -> dict[str, float | bool | str]:
    import numpy as np
    from PySide6.QtGui import QImage, QPainter

    from latent_explorer.appearance.theme import DARK
    from latent_explorer.core.explorer import DataView, ExplorerState
    from latent_explorer.core.pane import PaneCodes, PaneState
    from latent_explorer.core.tools import ToolStates
    from latent_explorer.core.view_transform import ViewTransform
    from latent_explorer.tools.all_tools import all_tools
    from latent_explorer.tools.class_names.overlay import ClassNamesOverlay
    from trainer.config import DataConfig
    from trainer.latent.plane import raw

    random = np.random.default_rng(0)
    labels = random.integers(0, classes, POINTS)
    points = (random.normal(0, 2, (classes, 2))[labels] + random.normal(0, 0.5, (POINTS, 2))).astype(np.float32)
    explorer, pane, tools = ExplorerState(), PaneState(0), ToolStates(all_tools())
    names = tuple(name.format(number) for number in range(classes))
    explorer.set_data(
        DataView(
            title="clusters",
            config=DataConfig(),
            count=POINTS,
            train_count=POINTS,
            shape=(1, 28, 28),
            labels=labels,
            label_names=names,
        )
    )
    overlay = ClassNamesOverlay(pane, explorer, tools)
    view = ViewTransform(800, 800, 0, 0, 90)
    picture = QImage(800, 800, QImage.Format.Format_ARGB32_Premultiplied)
    refreshes, frames = [], []
    for _ in range(FRAMES):
        points = points + np.float32(0.01)
        pane.set_codes(PaneCodes(np.arange(POINTS), points, points), raw(2))
        start = time.thread_time()
        overlay.medians()
        refreshes.append(1_000 * (time.thread_time() - start))
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            start = time.thread_time()
            overlay.paint(painter, view, DARK)
            frames.append(1_000 * (time.thread_time() - start))
    figures: dict[str, float | bool | str] = {"first_refresh_ms": refreshes[0], "first_frame_ms": frames[0]}
    figures |= {f"refresh_{name}": value for name, value in summarise(refreshes[1:]).items()}
    figures |= {f"frame_{name}": value for name, value in summarise(frames[1:]).items()}
    figures["within_budget"] = figures["refresh_p95_ms"] <= _BUDGET_MS >= figures["frame_p95_ms"]
    return figures
