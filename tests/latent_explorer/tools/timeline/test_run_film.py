"""The kept moments of a run as an animation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from latent_explorer.export import desk as export_desk
from latent_explorer.export.pane_figures import PairFigure
from latent_explorer.tools.holes.heat_state import HeatState
from latent_explorer.tools.holes.meter_state import MeterState
from latent_explorer.tools.holes.overlay import HeatOverlay
from latent_explorer.tools.interpolation.controller import InterpolationController
from latent_explorer.tools.interpolation.overlay import PathOverlay
from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from latent_explorer.tools.mosaic.state import MosaicState
from latent_explorer.tools.posteriors.state import PosteriorsState
from latent_explorer.tools.timeline.moment_film import film_plan
from latent_explorer.tools.timeline.state import TimelineState
from tests.latent_explorer.program import Program
from tests.latent_explorer.tools.timeline.test_time_machine import _pause, _train
from tests.latent_explorer.tools.timeline.test_time_machine import program as program_of_time_machine

#: A small pair on the bundled digits, with moments every twentieth of a second.
program = program_of_time_machine


def test_the_run_as_an_animation(program: Program, tmp_path: Path) -> None:
    desk, exports = program.window.export_desk, program.application.tools.exports
    timeline = program.application.tools[TimelineState]
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
    assert shown[-1] == -1
    assert shown[:-1] == sorted(set(shown[:-1]))
    assert set(shown[:-1]) <= set(steps)
    assert timeline.looked is None
    assert not program.application.jobs.jobs
    with Image.open(path) as image:
        reported = json.loads(image.info["comment"])
        times, frames = [], []
        for frame in ImageSequence.Iterator(image):
            times.append(frame.info["duration"])
            frames.append(np.asarray(frame.convert("RGB")))
    assert len(reported["steps"]) == len(reported["knobs_of_steps"]) == min(120, 12 * len(steps))
    assert sum(times) == pytest.approx(1000 * len(reported["steps"]) / 12, abs=20)
    assert set(reported["steps"]) <= set(steps)
    assert (reported["steps"][0], reported["steps"][-1]) == (steps[0], steps[-1])
    assert (frames[0] != frames[-1]).any()


def test_cancelled_it_leaves_the_present_and_no_file(program: Program, tmp_path: Path) -> None:
    desk, timeline = program.window.export_desk, program.application.tools[TimelineState]
    _train(program)
    _pause(program)
    desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    jobs = program.application.jobs
    number = next(key for key, job in jobs.jobs.items() if job.title == "Taking pictures of the run")
    jobs.cancel_requested.emit(number)
    assert number not in jobs.jobs
    program.wait(lambda: timeline.looked is None)
    program.wait(lambda: desk.exports["moments"]._taking is None)
    assert not (tmp_path / "run.gif").exists()


def test_given_up_it_says_why(program: Program, tmp_path: Path) -> None:
    desk, timeline = program.window.export_desk, program.application.tools[TimelineState]
    _train(program)
    _pause(program)
    desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    timeline.look(timeline.moments[-1])
    assert desk.exports["moments"]._taking is None
    assert "not saved: another moment was chosen" in program.sentences()
    assert timeline.looked == timeline.moments[-1]
    assert not (tmp_path / "run.gif").exists()


def test_moments_that_went_while_a_place_was_chosen(program: Program, tmp_path: Path) -> None:
    assert not program.application.tools[TimelineState].moments
    program.window.export_desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    assert "not saved: moments went while pictures were taken" in program.sentences()
    assert not (tmp_path / "run.gif").exists()


def test_all_that_is_in_a_frame_is_of_its_moment(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, tools = program.window.export_desk, program.application.tools
    _train(program, moments=3)
    _pause(program)
    tools.overlays.choose("heat", "density")
    tools.overlays.switch("contours", True)
    tools.overlays.switch("mosaic", True)
    program.wait(lambda: all(tools[MosaicState].picture(place) is not None for place in (0, 1)))
    taken: list[tuple[set[int], bool, bool]] = []
    paint = export_desk.figure_image

    def watched(figure: PairFigure, scale: float) -> object:
        for look in figure.looks:
            pane, index = look.pane, look.pane.index
            made = (tools[HeatState], tools[MosaicState])
            numbers = {state.picture(index).number for state in made} | {
                tools[PosteriorsState].contours(index).number
            }
            numbers |= {tools[MeterState].reading(index).number, pane.codes.number}
            warm = any(isinstance(one, HeatOverlay) for one in look.picture._overlays)
            taken.append((numbers, bool(look.meter), warm))
        return paint(figure, scale)

    monkeypatch.setattr(export_desk, "figure_image", watched)
    written: list[str] = []
    tools.exports.written.connect(written.append)
    desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    program.wait(lambda: written)
    steps = [moment.step for moment in tools[TimelineState].moments]
    assert len(taken) == 2 * len(set(film_plan(steps)))
    assert all(len(numbers) == 1 and meter and warm for numbers, meter, warm in taken)


def test_what_belongs_to_other_weights_is_left_out(program: Program) -> None:
    desk, tools = program.window.export_desk, program.application.tools
    program.wait(lambda: program.left.code is not None)
    tools.overlays.choose("heat", "density")
    program.wait(lambda: tools[HeatState].picture(0) is not None and tools[MeterState].reading(0) is not None)

    def shown() -> tuple[bool, bool]:
        look = desk.pair("", film=True).looks[0]
        return any(isinstance(one, HeatOverlay) for one in look.picture._overlays), bool(look.meter)

    program.wait(lambda: shown() == (True, True))
    heat, reading = tools[HeatState].picture(0), tools[MeterState].reading(0)
    assert heat is not None
    assert reading is not None
    tools[HeatState].set_picture(0, replace(heat, number=heat.number + 1))
    tools[MeterState].set_reading(0, replace(reading, number=reading.number + 1))
    assert shown() == (False, False)
    tools[MeterState].set_reading(0, replace(reading, code=reading.code + 1))
    assert shown() == (False, False)


def test_every_caption_is_of_its_moment(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The knobs that acted then, not those that are set now."""
    desk, timeline = program.window.export_desk, program.application.tools[TimelineState]
    _train(program, moments=3)
    _pause(program)
    turned = program.training.step
    program.training.set_knobs(program.training.knobs.replace(beta=50.0))
    _train(program, moments=len(timeline.moments) + 3)
    _pause(program)
    program.training.set_knobs(program.training.knobs.replace(beta=7.0))  # acts on no step yet
    lines: list[str] = []
    paint = export_desk.figure_image

    def watched(figure: PairFigure, scale: float) -> object:
        lines.append(figure.line)
        # A window of another size meanwhile changes nothing.
        program.window.resize(1210 + 20 * len(lines), 760)
        return paint(figure, scale)

    monkeypatch.setattr(export_desk, "figure_image", watched)
    written: list[str] = []
    program.application.tools.exports.written.connect(written.append)
    steps = [moment.step for moment in timeline.moments]
    shown = [steps[place] for place in sorted(set(film_plan(steps)))]
    desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    program.wait(lambda: written)
    assert len(lines) == len(shown)
    for step, line in zip(shown, lines, strict=True):
        beta = "β 1" if step <= turned else "β 50"
        assert f" · step {step:,} · {beta} · " in line if step else f" · {beta} · " in line
    with Image.open(tmp_path / "run.gif") as image:
        reported = json.loads(image.info["comment"])
    betas = [knobs["beta"] for knobs in reported["knobs_of_steps"]]
    assert betas == [1.0 if step <= turned else 50.0 for step in reported["steps"]]
    assert set(betas) == {1.0, 50.0}


def test_over_a_past_map_nothing_of_now_is_drawn(program: Program) -> None:
    """While what was made for now is on show, a past map has none of it; back in the present it is there again."""
    tools, shown = program.application.tools, program.maps[0]
    _train(program, moments=3)
    _pause(program)
    tools.panel_wanted.emit("interpolation")
    tools[InterpolationState].set_stops([Stop(row=3), Stop(row=7)])
    overlay = next(one for one in shown.stack.overlays if isinstance(one, PathOverlay))

    def current() -> bool:
        strip = tools[InterpolationState].strips.get(0)
        return strip is not None and strip.number == program.left.codes.number

    program.wait(current)
    assert overlay in shown.stack.shown()
    followers = program.application.toolbox[InterpolationController].followers
    for follower in followers:
        program.left.codes_changed.disconnect(follower.weights)  # what makes strips is slow
    tools[TimelineState].look_at(0)
    program.wait(lambda: program.left.codes.snapshot.step == tools[TimelineState].moments[0].step)
    program.wait(lambda: current() or overlay not in shown.stack.shown())
    if not current():
        assert overlay not in shown.stack.shown()
    tools[TimelineState].look(None)
    program.wait(lambda: program.left.codes.snapshot.step == program.training.step)
    for follower in followers:
        program.left.codes_changed.connect(follower.weights)
        follower.weights()
    program.wait(lambda: current() and overlay in shown.stack.shown())


def test_a_film_is_even_in_the_logarithm_of_the_step() -> None:
    steps = [0, *range(1, 11), 13, 17, 23, 30, 39, 51, 67, 88, 115, 1000, 9999]
    plan = film_plan(steps)
    assert len(plan) == 120
    assert plan == sorted(plan)
    assert (plan[0], plan[-1]) == (0, len(steps) - 1)
    shown = np.log1p([steps[place] for place in plan])
    wanted = np.linspace(0, np.log(10_000), 120)
    # Each frame shows the moment nearest to its place.
    nearest = np.abs(np.log1p(steps)[:, None] - wanted).min(axis=0)
    np.testing.assert_allclose(np.abs(shown - wanted), nearest)
    assert len(film_plan([0, 5])) == 24
    assert film_plan([7]) == [0] * 12
    assert film_plan([]) == []


def test_another_language_ends_the_film_and_says_so(program: Program, tmp_path: Path) -> None:
    window, jobs = program.window, program.application.jobs
    timeline = program.application.tools[TimelineState]
    _train(program)
    _pause(program)
    window.export_desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    program.wait(lambda: timeline.looked is not None)
    former = window.toolbar
    window.rebuild()
    assert window.toolbar is not former
    assert timeline.looked is None
    assert not jobs.jobs
    assert "the window was made anew in another language; save it again." in program.sentences()
    written: list[str] = []
    program.application.tools.exports.written.connect(written.append)
    window.export_desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    program.wait(lambda: written)
