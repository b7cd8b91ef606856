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

from latent_explorer.tools.interpolation.state import InterpolationState
from latent_explorer import app
from PySide6.QtWidgets import QApplication

from latent_explorer.core.settings import Settings
from latent_explorer.tools.interpolation.state import Stop


def main():
    application = QApplication([])
    place = Path(sys.argv[1])
    program = app.Application(
        Settings(place / "settings.ini"), data_folder=place, recovery_folder=place / "unfinished"
    )
    program.show()
    until = time.monotonic() + 400

    def wait(condition):
        while not condition() and time.monotonic() < until:
            application.processEvents()
            time.sleep(0.002)
        return condition()

    training, (left, right) = program.training, program.panes
    if len(sys.argv) > 2:
        wait(lambda: training.draft_models)
        ours = training.draft_models[0].replace(family=sys.argv[2])
        training.set_draft(models=(ours, training.draft_models[1]))
    training.command_requested.emit("train")
    trained = wait(lambda: training.step >= 30 and left.model is not None and left.codes is not None)
    training.command_requested.emit("pause")
    wait(lambda: training.run_state == "paused" and not program.client.busy)
    program.explorer.set_link("decode")
    left.drag_cursor(0.3, 0.1)
    followed = wait(lambda: right.picture is not None and left.picture is not None)
    rows = left.codes.rows
    program.tools[InterpolationState].set_kind("geodesic")
    program.tools[InterpolationState].set_stops([Stop(row=int(rows[0])), Stop(row=int(rows[7]))])
    program.tools.panel_wanted.emit("interpolation")
    paths = wait(lambda: all(strip.done for strip in program.tools[InterpolationState].strips.values())
                 and len(program.tools[InterpolationState].strips) == 2)
    print(left.model.traits.title, bool(trained and followed and paths))
    print(sorted({"torch", "torchvision", "sklearn"} & set(sys.modules)))
    program.end()


if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(
    ("family", "title"),
    [("", "Autoencoder"), ("critic", "Adversarial autoencoder"), ("two-gaussians", "Mixture VAE")],
    ids=["own", "another's", "another prior"],
)
def test_the_window_trains_and_decodes_without_importing_torch(family: str, title: str, tmp_path: Path) -> None:
    """With the decode link and exact shortest paths; another's family, with a critic, the same way."""
    script = tmp_path / "window.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path), *filter(None, [family])],
        cwd=Path(__file__).resolve().parents[2],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": ".",
            "LATENT_EXPLORER_FAMILIES": "tests.families.critic,tests.families.priors",
        },
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{title} True", "[]"], done.stderr


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
