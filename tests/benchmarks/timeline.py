"""The time machine: from a press on its slider to both maps painted with the moment's points, pictures decoded.

The default pair on MNIST (70,000 images, 10,000 of them on the map of a moment) in the real window; without MNIST
in the data folder, images of the same size made here. Points jump to their places, so that the last frame counts,
not the first of a glide. Cases: paused, and while both models train on.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from latent_explorer.tools.timeline.state import TimelineState
from tests.benchmarks.report import Figure, emit, summarise
from tests.benchmarks.window import opened, wait

_BUDGET_MS = 100.0


def main(argv: list[str]) -> int:
    """Run both cases; 0 if p95 of the paused one is within its budget."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks timeline", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="40 presses a case instead of 200")
    options = parser.parse_args(argv)
    from trainer.config import DataConfig

    presses = 40 if options.quick else 200
    cases: dict[str, dict[str, Figure]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(os.environ.get("LATENT_EXPLORER_DATA", place))
        there = (folder / "MNIST").exists()
        data = DataConfig(name="mnist") if there else DataConfig(name="array", path=str(_images(Path(place))))
        with opened(folder) as (application, program):
            _train(application, program, data)
            cases["paused"] = _case(program, application, presses)
            program.training.command_requested.emit("train")
            wait(application, lambda: program.training.run_state == "training", 20)
            cases["training"] = _case(program, application, presses)
    cases["paused"]["within_budget"] = float(cases["paused"]["p95_ms"]) <= _BUDGET_MS
    emit("Time machine, press on the slider to both maps painted", cases, options.json)
    return 0 if cases["paused"]["within_budget"] else 1


def _images(place: Path) -> Path:
    """As many images as MNIST has, of the same size."""
    import numpy as np

    path = place / "images.npy"
    np.save(path, np.random.default_rng(0).integers(0, 256, (70_000, 28, 28), np.uint8))
    return path


def _train(application, program, data) -> None:
    """A run with a few moments, paused, the panel open."""
    for shown in program.window.maps:
        shown.reduced_motion = True
    wait(application, lambda: bool(program.explorer.available), 60)
    program.explorer.data_requested.emit(data, False)
    wait(application, lambda: program.training.run_state == "ready", 120)
    program.tools.panel_wanted.emit("timeline")
    for moments in range(2, 9):
        program.training.command_requested.emit("train")
        at = program.training.step
        wait(application, lambda at=at: program.training.step > at + 60, 60)
        program.training.command_requested.emit("pause")
        wait(application, lambda n=moments: len(program.tools[TimelineState].moments) >= n, 60)
    wait(application, lambda: program.training.run_state == "paused" and not program.maps.busy, 60)
    _settle(application, 5.0)  # what a pause sets off: the evaluation, and tools that take in all images


def _case(program, application, presses: int) -> dict[str, Figure]:
    """Percentiles in milliseconds of `presses` presses, each on another moment."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    from latent_explorer.tools.timeline.moment_slider import MomentSlider

    slider = program.window.findChild(MomentSlider)
    wait(application, slider.isVisible, 5)
    timeline, paints = program.tools[TimelineState], _Paints(program.window.maps)
    samples, costs = [], []
    for number in range(presses):
        _settle(application, 0.05)
        # Far enough from each other that a hand tells them apart.
        place = (number * 3) % max(2, len(timeline.moments) - 1)
        if timeline.looked is not None and place == timeline.place:
            place = (place + 1) % max(2, len(timeline.moments) - 1)
        wanted = timeline.moments[place].step
        start, cost = time.perf_counter(), time.process_time()
        spot = QPoint(round(slider.x_of(place)), 24)
        QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=spot)
        QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=spot)
        wanted = timeline.looked.step if timeline.looked is not None else wanted
        paints.forget()
        wait(application, lambda wanted=wanted: paints.show(program.panes, wanted), 10)
        samples.append((time.perf_counter() - start) * 1000)
        costs.append((time.process_time() - cost) * 1000)
    figures: dict[str, Figure] = dict(summarise(samples))
    # Of all the window's threads together: the cost of a press on an otherwise idle machine.
    figures |= {f"cpu_{name}": value for name, value in summarise(costs).items()}
    figures["moments"] = float(len(timeline.moments))
    figures["moment_mb"] = timeline.moments[-1].size / 1e6
    figures["points"] = float(len(program.panes[0].codes.rows))
    timeline.look(None)
    return figures


class _Paints:
    """Which step each map had on show when it was painted last."""

    def __init__(self, maps) -> None:
        from PySide6.QtCore import QEvent, QObject

        steps: list[int | None] = [None] * len(maps)

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    codes = maps[self.index]._pane.codes
                    steps[self.index] = codes.snapshot.step if codes is not None and codes.snapshot else None
                return False

        self._steps = steps
        self._watches = []
        for index, shown in enumerate(maps):
            watch = Watch(shown)
            watch.index = index
            shown.installEventFilter(watch)
            self._watches.append(watch)

    def forget(self) -> None:
        """Only paints from now on count."""
        self._steps[:] = [None] * len(self._steps)

    def show(self, panes, step: int) -> bool:
        """Whether both maps were painted with this step, and both pictures decoded."""
        return all(seen == step for seen in self._steps) and all(pane.picture is not None for pane in panes)


def _settle(application, seconds: float) -> None:
    wait(application, lambda: False, seconds, required=False)
