"""What the open window costs training: the engine in a separate process, and the same run in the program.

They take turns on the same images and models: while one trains, the other is paused. The window is open, its
maps refresh and its curves grow; nothing is dragged.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from tests.benchmarks.report import Figure
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs

_SETTLE = 1.0


def window_rates(data: DataConfig, folder: Path, rounds: int, seconds: float) -> dict[str, Figure]:
    """Images a second of both, medians of the rounds, and their ratio. Raises `SystemExit` if nothing trains."""
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    from PySide6.QtWidgets import QApplication

    from latent_explorer.app import Application
    from latent_explorer.core.settings import Settings

    application = QApplication.instance() or QApplication(sys.argv[:1])
    ours, theirs = multiprocessing.Pipe()
    engine = multiprocessing.get_context("spawn").Process(target=_engine, args=(theirs, data, folder))
    engine.start()
    pairs = []
    with tempfile.TemporaryDirectory() as place:
        program = Application(
            Settings(Path(place) / "settings.ini"), data_folder=folder, recovery_folder=Path(place) / "unfinished"
        )

        def wait(seconds: float, condition=lambda: False) -> None:
            until = time.monotonic() + seconds
            while time.monotonic() < until and not condition():
                application.processEvents()
                time.sleep(0.001)

        try:
            program.show()
            program.window.resize(1600, 1000)
            training = program.training
            program.explorer.data_requested.emit(data, False)
            wait(90, lambda: training.run_state == "ready")
            if training.run_state != "ready":
                raise SystemExit("the window did not get ready to train")
            ours.recv()
            for _ in range(rounds):
                ours.send(seconds)
                wait(seconds + 60, ours.poll)
                alone = ours.recv()
                training.command_requested.emit("train")
                wait(20, lambda: training.run_state == "training")
                wait(_SETTLE)
                start, step = time.perf_counter(), training.step
                wait(seconds)
                images = (training.step - step) * training.draft_train.batch
                pairs.append((alone, images / (time.perf_counter() - start)))
                training.command_requested.emit("pause")
                wait(20, lambda: training.run_state == "paused")
                wait(2 * _SETTLE)
        finally:
            program.end()
            ours.send(0.0)
            engine.join(20)
    return {
        "engine_images_per_s": statistics.median(alone for alone, _ in pairs),
        "window_images_per_s": statistics.median(window for _, window in pairs),
        "ratio_to_engine": statistics.median(window / alone for alone, window in pairs),
        "threads": float(program.training.threads),
        "platform": os.environ["QT_QPA_PLATFORM"],
    }


def _engine(connection: Connection, data: DataConfig, folder: Path) -> None:
    """The peer's process: trains for as many seconds as requested, and answers with its rate."""
    from trainer.data.registry import load
    from trainer.training.engine import Trainer

    images = load(data, folder)
    models = tuple(ModelConfig(family=name, shape=images.shape) for name in ("autoencoder", "variational"))
    # One thread, as the window trains here: one core is the window's.
    trainer = Trainer(RunConfig(data=data, models=models, train=TrainConfig(threads=1)), images, Knobs())
    steps = trainer.steps()
    for _ in range(20):
        next(steps)
    connection.send(True)
    while seconds := connection.recv():
        until, count, start = time.perf_counter() + _SETTLE, 0, 0.0
        while time.perf_counter() < until:
            next(steps)
        start = time.perf_counter()
        while time.perf_counter() - start < seconds:
            count += next(steps).images
        connection.send(count / (time.perf_counter() - start))
