"""Start-up: from starting the process to the window painted with the bundled maps, and to the first decode.

Beside it a bare Qt window, the limit of what any such program can do here, and `--version`, which must not wait
for Qt or torch. Warm disk: one start goes before the measured ones. Each with bytecode, as every start but the
first after an installation has it, and without, taking turns.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time

from tests.benchmarks.report import emit, summarise

_BUDGET = {"painted": 1000.0, "decoding": 4000.0, "version": 500.0}
#: The painted window takes at most so many times as long as the bare one of the same run.
_TIMES_BARE = 3.5

_BARE = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        print("bare", time.time(), flush=True)
        QTimer.singleShot(0, lambda: application.exit(0))
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
"""

_CHILD = """
import sys, time
from latent_explorer import preflight
assert not preflight.problem(offscreen=True)
from latent_explorer import app
from PySide6.QtCore import QTimer
from latent_explorer.controls.tool_tips import TipApplication
from latent_explorer.core.settings import Settings
from pathlib import Path
application = TipApplication([])
place = Path(sys.argv[1])
settings = Settings(place / "settings.ini")
program = app.Application(settings, data_folder=place, recovery_folder=place / "unfinished")
def painted():
    print("painted", time.time(), flush=True)
    pane = program.panes[0]
    def decoded():
        print("decoding", time.time(), flush=True)
        # Not quit: that asks the window first.
        QTimer.singleShot(0, lambda: application.exit(0))
    pane.picture_changed.connect(decoded)
    pane.drag_cursor(pane.cursor[0] + 0.01, pane.cursor[1])
program.window.painted.connect(painted)
program.show()
application.exec()
program.end()
"""


def main(argv: list[str]) -> int:
    """Run the cases; 0 if every budget was met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks start", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="2 starts instead of 7")
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    samples: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as compiled, tempfile.TemporaryDirectory() as empty:
        environments = {
            "": {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""},
            ", not compiled": {**os.environ, "PYTHONPYCACHEPREFIX": empty, "PYTHONDONTWRITEBYTECODE": "1"},
        }
        for turn in range(1 + (2 if options.quick else 7)):
            for how, environment in environments.items():
                for name, value in _start(environment).items():
                    if turn:
                        samples.setdefault((name, how), []).append(value)
    cases: dict[str, dict[str, float | bool | str]] = {}
    for (name, how), values in samples.items():
        figures: dict[str, float | bool | str] = dict(summarise(values))
        if not how and name in _BUDGET:
            figures["within_budget"] = bool(figures["p50_ms"] <= _BUDGET[name])
        cases[f"{name}{how}"] = figures
    painted, bare = cases["painted"], cases["bare"]
    painted["times_bare"] = float(painted["p50_ms"]) / float(bare["p50_ms"])
    painted["within_budget"] = bool(painted["within_budget"] and painted["times_bare"] <= _TIMES_BARE)
    emit("Start-up", cases, options.json)
    return 0 if all(case.get("within_budget", True) for case in cases.values()) else 1


def _start(environment: dict[str, str]) -> dict[str, float]:
    """Milliseconds until each of the four."""
    times = {}
    with tempfile.TemporaryDirectory() as place:
        for arguments in (["-c", _CHILD, place], ["-c", _BARE]):
            start = time.time()
            done = subprocess.run(
                [sys.executable, *arguments],
                check=True,
                capture_output=True,
                text=True,
                timeout=120,
                env=environment,
            )
            for line in done.stdout.splitlines():
                name, moment = line.split()
                times.setdefault(name, 1000 * (float(moment) - start))
    start = time.time()
    version = [sys.executable, "-m", "latent_explorer", "--version"]
    subprocess.run(version, check=True, capture_output=True, env=environment)
    times["version"] = 1000 * (time.time() - start)
    return times


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
