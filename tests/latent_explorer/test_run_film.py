"""The kept moments of a run as an animation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

from tests.latent_explorer.program import Program
from tests.latent_explorer.test_time_machine import _pause, _train
from tests.latent_explorer.test_time_machine import program as program_of_time_machine

#: A small pair on the bundled digits, with moments every twentieth of a second.
program = program_of_time_machine


def test_the_run_as_an_animation(program: Program, tmp_path: Path) -> None:
    desk, exports = program.window.export_desk, program.application.tools.exports
    timeline = program.application.tools.timeline
    _train(program)
    _pause(program)
    assert desk.reason("moments") == ""
    steps = [moment.step for moment in timeline.moments]
    shown: list[int] = []
    timeline.looked_changed.connect(lambda: shown.append(-1 if timeline.looked is None else timeline.looked.step))
    written: list[str] = []
    exports.written.connect(written.append)
    path = tmp_path / "run.gif"
    desk.save("moments", "gif", 1, str(path))
    assert any(job.title == "Taking pictures of the run" for job in program.application.jobs.jobs.values())
    program.wait(lambda: written)
    assert shown == [*steps, -1]
    assert timeline.looked is None
    assert not program.application.jobs.jobs
    with Image.open(path) as image:
        assert json.loads(image.info["comment"])["steps"] == steps
        frames = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)]
    assert len(frames) == len(steps)
    assert (frames[0] != frames[-1]).any()


def test_cancelled_it_leaves_the_present_and_no_file(program: Program, tmp_path: Path) -> None:
    desk, timeline = program.window.export_desk, program.application.tools.timeline
    _train(program)
    _pause(program)
    desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    jobs = program.application.jobs
    number = next(key for key, job in jobs.jobs.items() if job.title == "Taking pictures of the run")
    jobs.cancel_requested.emit(number)
    assert number not in jobs.jobs
    program.wait(lambda: timeline.looked is None)
    program.wait(lambda: desk._taking is None)
    assert not (tmp_path / "run.gif").exists()
