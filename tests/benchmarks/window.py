"""The real program in a real window, as benchmarks need it."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from latent_explorer.tools.holes.meter_state import MeterState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from latent_explorer.app import Application


@contextmanager
def opened(
    data_folder: Path | None = None, size: tuple[int, int] = (1600, 1000)
) -> Iterator[tuple[QApplication, Application]]:
    """The program with settings of its own, shown; ended on leaving. On a display if there is one, else offscreen.

    `data_folder`: None for an empty one.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from latent_explorer.app import Application
    from latent_explorer.controls.tool_tips import TipApplication
    from latent_explorer.core.settings import Settings
    from latent_explorer.memory import freeze_objects

    application = QApplication.instance() or TipApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        program = Application(
            Settings(place / "settings.ini"),
            data_folder=data_folder or place / "data",
            recovery_folder=place / "unfinished",
            appearance="dark",
        )
        try:
            program.window.resize(*size)
            program.window.painted.connect(freeze_objects, Qt.ConnectionType.SingleShotConnection)
            program.show()
            program.window.resize(*size)  # the layout that is shown first may have changed it
            yield application, program
        finally:
            program.end()


def wait(
    application: QApplication, condition: Callable[[], object], seconds: float = 60, *, required: bool = True
) -> None:
    """Serve the window until `condition` holds; after so many `seconds`, `SystemExit` if it is `required`."""
    from PySide6.QtCore import QEventLoop

    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            if required:
                raise SystemExit(f"the window did not get there within {seconds:g} s")
            return
        # For a while, as an event loop does: what events post is served at once, not after the next sleep.
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.001)


def give_noise(program: Application) -> None:
    """Real images' place is taken by noise: what is measured with them costs the same."""
    import numpy as np

    data = program.explorer.data
    assert data is not None
    program.explorer.set_images(np.random.default_rng(0).integers(0, 256, (data.count, *data.shape), np.uint8))


def measured(program: Application) -> bool:
    """Whether both meters say whether the picture looks real, for which images must have been looked at."""
    readings = [program.tools[MeterState].reading(pane.index) for pane in program.panes]
    return all(reading is not None and reading.real == reading.real for reading in readings)
