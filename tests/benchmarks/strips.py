"""A dragged end of an interpolation: how often both panes' film strips of 64 frames are painted, and how late.

Real mouse events at 60 Hz drag handle B over the first map of the real window. Cases: the bundled MLP pair
(784-512-256-2), a pair with 20 latent dimensions, and a convolutional pair (32-64 channels) on 64 x 64 colour
images; MLP must follow at 30 updates a second, convolutions at 15. The last case drags the cursor with the path on
show.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from latent_explorer.tools.interpolation.state import InterpolationState
from tests.benchmarks.report import emit, summarise
from tests.benchmarks.window import opened, wait

#: Updates a second of the slower pane, at least.
_BUDGET = {"mlp": 30.0, "mlp 20": 30.0, "conv": 15.0}
_DRAG = {"p50_ms": 4.0, "p95_ms": 8.0, "p99_ms": 16.0}


def main(argv: list[str]) -> int:
    """Run the cases; 0 if every budget was met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks strips", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="2 s a case instead of 8")
    parser.add_argument("--only", default="mlp,cursor,mlp 20,conv", help="cases, comma-separated")
    parser.add_argument("--kind", default="lerp", help="kind of path")
    options = parser.parse_args(argv)
    seconds = 2.0 if options.quick else 8.0
    cases: dict[str, dict[str, float | bool | str]] = {}
    with tempfile.TemporaryDirectory() as place, opened() as (application, program):
        wait(application, lambda: bool(program.explorer.available), 60)
        program.tools[InterpolationState].set_frames(64)
        program.tools[InterpolationState].set_kind(options.kind)
        for name in options.only.split(","):
            if name == "cursor":
                cases["cursor, path on show"] = _cursor(application, program, seconds)
                continue
            _prepare(application, program, name, Path(place))
            cases[name] = _case(application, program, name, seconds)
    emit(f"Film strips behind a dragged end ({options.kind}, 64 frames)", cases, options.json)
    return 0 if all(case["within_budget"] for case in cases.values()) else 1


def _prepare(application, program, name: str, place: Path) -> None:
    """Put the models of this case into the window, and two stops on their maps."""
    if name == "mlp 20":
        _step(application, program, {"name": "moons"}, latent=20)
    elif name == "conv":
        _step(
            application, program, {"name": "array", "path": str(_images(place))}, network="conv", widths=(32, 64)
        )
    _path(application, program)


def _step(application, program, data: dict, **model) -> None:
    """Train one step of a fresh pair."""
    from trainer.config import DataConfig

    program.explorer.data_requested.emit(DataConfig(**data), False)
    program.notifications.action_chosen.emit("replace-data")
    wanted = data["name"]
    wait(application, lambda: program.explorer.data.config.name == wanted, 120)
    shape = program.explorer.data.shape
    models = tuple(m.replace(shape=shape, **model) for m in program.training.draft_models)
    program.training.set_draft(models=models)
    program.training.command_requested.emit("step")
    fits = lambda pane: pane.codes is not None and pane.model.config.network == models[0].network  # noqa: E731
    sized = lambda pane: pane.model.config.latent == models[0].latent  # noqa: E731
    wait(application, lambda: program.training.step >= 1 and all(fits(p) and sized(p) for p in program.panes), 120)
    wait(application, lambda: not program.client.busy, 120)


def _images(place: Path) -> Path:
    """Smooth colour images, 64 x 64, made here."""
    import numpy as np

    rng = np.random.default_rng(0)
    y, x = np.mgrid[0:64, 0:64] / 64
    waves = rng.normal(size=(2000, 3, 3))
    pictures = np.stack(
        [127 + 120 * np.sin(6 * (a[:, :1] * x + a[:, 1:2] * y + a[:, 2:])) for a in waves[:, :, :, None]]
    )
    np.savez(place / "colour.npz", images=pictures.astype(np.uint8))
    return place / "colour.npz"


def _path(application, program) -> None:
    """A from an image, B a place in the middle of the first map; strips and panel on show."""
    from latent_explorer.tools.interpolation.state import Stop

    state = program.tools[InterpolationState]
    program.tools.panel_wanted.emit("interpolation")
    pane, shown = program.panes[0], program.window.maps[0]
    application.processEvents()
    x, y = shown.view.to_world(shown.width() / 2, shown.height() / 2)
    state.set_stops([Stop(row=int(pane.codes.rows[0]))])
    state.want_place(1, 0, x, y)
    wait(
        application,
        lambda: len(state.strips) == 2 and all(s.asked == state.chosen for s in state.strips.values()),
        30,
    )


def _case(application, program, name: str, seconds: float) -> dict[str, float | bool | str]:
    from tests.benchmarks.strips_driver import HandleDrag

    drag = HandleDrag(program)
    spent, begun = time.process_time(), time.perf_counter()
    drag.run(seconds)
    wait(application, lambda: drag.finished, seconds + 60)
    spent, lasted = time.process_time() - spent, time.perf_counter() - begun
    figures: dict[str, float | bool | str] = {}
    # All threads of the window: what an update of both strips costs, and how many cores there were for it.
    figures["cpu_ms_per_update"] = 1000 * spent / max(1, min(len(times) for times in drag.painted))
    figures["cores_used"] = spent / lasted
    for index, times in enumerate(drag.painted):
        figures[f"updates_per_s_{index}"] = len(times) / seconds
    figures["age_p50_ms"], figures["age_p95_ms"] = drag.ages(0.5), drag.ages(0.95)
    figures["moves_per_s"] = drag.moves / seconds
    figures["least"] = _BUDGET[name]
    figures["within_budget"] = min(len(times) for times in drag.painted) / seconds >= _BUDGET[name]
    return figures


def _cursor(application, program, seconds: float) -> dict[str, float | bool | str]:
    from tests.benchmarks.drag_driver import Drag

    _path(application, program)
    drag = Drag(program)
    drag.run(seconds)
    wait(application, lambda: drag.finished, seconds + 60)
    figures: dict[str, float | bool | str] = dict(summarise(drag.latencies))
    figures["events"] = float(len(drag.latencies))
    figures["within_budget"] = all(figures[name] <= most for name, most in _DRAG.items())
    return figures
