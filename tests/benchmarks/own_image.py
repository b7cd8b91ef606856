"""Drawing an image of one's own, and refining its codes.

A stroke in the real window at 60 Hz: from each mouse event to both models' reconstructions in the panel's state,
and what the event costs the window's thread. Refinement: all steps for one model, from the encoder's code on, for
random weights of three models, without pauses.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from itertools import pairwise

import numpy as np

from latent_explorer.tools.own_image.state import OwnImageState
from tests.benchmarks.report import Figure, emit, summarise
from tests.benchmarks.window import opened, wait

FRAME_SECONDS = 1 / 60


def main(arguments: list[str] | None = None) -> int:
    """Run it; see the module's text."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks own_image", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help="fewer strokes")
    options = parser.parse_args(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cases = {"stroke": _stroke(60 if options.quick else 600), "refine": _refine(5 if options.quick else 20)}
    emit("An image of one's own", cases, options.json)
    return 0


def _stroke(moves: int) -> dict[str, Figure]:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    with opened(size=(1280, 800)) as (application, program):
        program.tools.panel_wanted.emit("own_image")
        own = program.tools[OwnImageState]
        pad = next(panel.widget.pad for panel in program.window.tool_panels if panel.name == "own_image")
        wait(application, lambda: pad.isVisible() and all(pane.codes is not None for pane in program.panes), 20)
        wait(application, lambda: program.explorer.available, 60)  # the trainer's process has started
        side = pad.sheet().width()
        turn = 2 * math.pi / 97
        places = [
            QPoint(
                round(side / 2 + 0.35 * side * math.cos(turn * n)),
                round(side / 2 + 0.35 * side * math.sin(1.3 * turn * n)),
            )
            for n in range(moves + 1)
        ]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
        wait(application, lambda: all(own.encoded), 10)
        latencies, costs = [], []
        for number, (former, point) in enumerate(pairwise(places)):
            if point == former:
                continue  # a hand at rest
            if number % 60 == 59:  # a hand lifts the pen
                QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=point)
                own.clear()
                QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=point)
            due = time.perf_counter() + FRAME_SECONDS
            before = own.encoded[1]
            start, cost = time.perf_counter(), time.thread_time()
            QTest.mouseMove(pad, point)
            application.processEvents()
            costs.append((time.thread_time() - cost) * 1000)
            wait(application, lambda before=before: own.encoded[1] is not before, 5)
            latencies.append((time.perf_counter() - start) * 1000)
            while time.perf_counter() < due:
                application.processEvents()
                time.sleep(0.0005)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])
    return summarise(latencies) | {f"window_cpu_{name}": value for name, value in summarise(costs).items()}


def _refine(times: int) -> dict[str, Figure]:
    from tests.trainer.replica.stacks import replica_of
    from trainer.latent.refinement import refine

    figures: dict[str, Figure] = {}
    random = np.random.default_rng(0)
    for name, stack in (
        ("mlp", ("mlp", (512, 256), 20, (1, 28, 28))),
        ("conv", ("conv", (32, 64), 20, (1, 28, 28))),
        ("mlp_512_dimensions", ("mlp", (512, 256), 512, (1, 28, 28))),
    ):
        replica = replica_of(stack)
        samples, steps = [], []
        for _ in range(times):
            image = random.integers(0, 256, replica.config.shape, dtype=np.uint8)
            start = time.perf_counter()
            made = [one for one in refine(replica, image, replica.encode(image[None])[0]) if one is not None]
            samples.append((time.perf_counter() - start) * 1000)
            steps.append(made[-1].step)
        figures |= {f"{name}_{key}": value for key, value in summarise(samples).items()}
        figures[f"{name}_steps"] = float(np.median(steps))
    return figures
