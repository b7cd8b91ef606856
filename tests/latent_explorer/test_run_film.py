"""The kept moments of a run as an animation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from latent_explorer.views.export import export_desk
from latent_explorer.views.export.pane_figures import PairFigure
from latent_explorer.views.map.overlays.heat_overlay import HeatOverlay
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


def test_given_up_it_says_why(program: Program, tmp_path: Path) -> None:
    desk, timeline = program.window.export_desk, program.application.tools.timeline
    _train(program)
    _pause(program)
    desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    timeline.look(timeline.moments[-1])
    assert desk._taking is None
    assert "not saved: another moment was chosen" in program.sentences()
    assert timeline.looked == timeline.moments[-1]
    assert not (tmp_path / "run.gif").exists()


def test_all_that_is_in_a_frame_is_of_its_moment(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, tools = program.window.export_desk, program.application.tools
    _train(program, moments=3)
    _pause(program)
    tools.overlays.set_heat("density")
    tools.overlays.switch("contours", True)
    tools.overlays.switch("mosaic", True)
    program.wait(lambda: all(tools.mosaic.picture(place) is not None for place in (0, 1)))
    taken: list[tuple[set[int], bool, bool]] = []
    paint = export_desk.figure_image

    def watched(figure: PairFigure, scale: float) -> object:
        for look in figure.looks:
            pane, index = look.pane, look.pane.index
            made = (tools.heat, tools.mosaic)
            numbers = {state.picture(index).number for state in made} | {tools.posteriors.contours(index).number}
            numbers |= {tools.meter.reading(index).number, pane.codes.number}
            warm = any(isinstance(one, HeatOverlay) for one in look.picture._overlays)
            taken.append((numbers, bool(look.meter), warm))
        return paint(figure, scale)

    monkeypatch.setattr(export_desk, "figure_image", watched)
    written: list[str] = []
    tools.exports.written.connect(written.append)
    desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    program.wait(lambda: written)
    assert len(taken) == 2 * len(tools.timeline.moments)
    assert all(len(numbers) == 1 and meter and warm for numbers, meter, warm in taken)


def test_what_belongs_to_other_weights_is_left_out(program: Program) -> None:
    desk, tools = program.window.export_desk, program.application.tools
    program.wait(lambda: program.left.code is not None)
    tools.overlays.set_heat("density")
    program.wait(lambda: tools.heat.picture(0) is not None and tools.meter.reading(0) is not None)

    def shown() -> tuple[bool, bool]:
        look = desk._pair("", strict=True).looks[0]
        return any(isinstance(one, HeatOverlay) for one in look.picture._overlays), bool(look.meter)

    program.wait(lambda: shown() == (True, True))
    heat, reading = tools.heat.picture(0), tools.meter.reading(0)
    assert heat is not None
    assert reading is not None
    tools.heat.set_picture(0, replace(heat, number=heat.number + 1))
    tools.meter.set_reading(0, replace(reading, number=reading.number + 1))
    assert shown() == (False, False)
    tools.meter.set_reading(0, replace(reading, code=reading.code + 1))
    assert shown() == (False, False)
