"""The window's own process: no torch in it, not even while the trainer's process trains."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import sys, time
from pathlib import Path

from latent_explorer import app
from PySide6.QtWidgets import QApplication

from latent_explorer.settings import Settings


def main():
    application = QApplication([])
    place = Path(sys.argv[1])
    program = app.Application(
        Settings(place / "settings.ini"), data_folder=place, recovery_folder=place / "unfinished"
    )
    program.show()
    program.training.command_requested.emit("train")
    until = time.monotonic() + 90
    while program.training.step < 30 and time.monotonic() < until:
        application.processEvents()
        time.sleep(0.002)
    program.panes[0].drag_cursor(0.3, 0.1)
    print(program.training.step >= 30, sorted({"torch", "torchvision", "sklearn"} & set(sys.modules)))
    program.end()


if __name__ == "__main__":
    main()
"""


def test_the_window_trains_and_decodes_without_importing_torch(tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split(maxsplit=1) == ["True", "[]\n"]
