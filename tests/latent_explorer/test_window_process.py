"""The window's own process: no torch in it, not even while the trainer's process trains."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

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
    until = time.monotonic() + 400
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
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split(maxsplit=1) == ["True", "[]\n"]


_PROGRAM = """
import gc
import sys
from pathlib import Path

from latent_explorer import app, cli

show = app.Application.show


def say(self):
    show(self)
    self.explorer.set_link("decode")
    folder = self.session_folder
    self.window.painted.connect(lambda: print("shown", folder.path, gc.get_freeze_count(), flush=True))


app.Application.show = say

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)])
def test_a_request_to_end_is_followed_in_order(number: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(_PROGRAM, encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    with subprocess.Popen(
        [sys.executable, str(script)],
        cwd=Path(__file__).resolve().parents[2],
        env={
            **os.environ,
            **homes,
            "HOME": str(tmp_path),
            "TMPDIR": str(tmp_path / "temporary"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": ".",
        },
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            line = next(line for line in process.stdout if line.startswith("shown"))
            _, folder, spared = line.split()
            assert Path(folder).is_dir()
            assert int(spared) > 10_000, "what the start made is looked at by no collection again"
            process.send_signal(number)
            assert process.wait(300) == 0
        finally:
            process.kill()
    assert not list((tmp_path / "temporary").glob("latent-explorer-*"))
    (settings,) = tmp_path.rglob("settings.ini")
    assert "link=decode" in settings.read_text(encoding="utf-8")
