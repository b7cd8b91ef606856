"""From a mouse event to pixels: both panes' cursors and pictures painted, idle and while both models train.

Real mouse events go through the event loop into the real window at 60 Hz for some seconds; a drag counts as done
when the dragged map, the other map (if its cursor moved) and both pictures have been painted and the event loop
has come round. Without MNIST in the data folder the maps still hold 70,000 points (the bundled pair's codes), and
training runs on the handwritten digits. The meters measure all the while: *Looks real* too where there are images,
or noise in their place with `--meters`.
"""

from __future__ import annotations

import argparse
import os

from tests.benchmarks.busy import neighbour
from tests.benchmarks.report import emit, summarise
from tests.benchmarks.window import give_noise, measured, opened, wait

_BUDGET = {"p50_ms": 4.0, "p95_ms": 8.0, "p99_ms": 16.0}


def main(argv: list[str]) -> int:
    """Run the cases; 0 if every budget was met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks drag", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="2 s a case instead of 10")
    parser.add_argument("--meters", action="store_true", help="noise as images, so that all meters measure")
    parser.add_argument("--beside", action="store_true", help="beside another busy process")
    parser.add_argument("--only", default="idle,training", help="cases, comma-separated")
    options = parser.parse_args(argv)
    from trainer.data.images import default_data_folder

    seconds = 2.0 if options.quick else 10.0
    cases: dict[str, dict[str, float | bool | str]] = {}
    with neighbour(options.beside), opened(default_data_folder()) as (application, program):
        wait(application, lambda: bool(program.explorer.available), 60)
        wait(application, lambda: program.explorer.data.images is not None, 15, required=False)
        if options.meters and program.explorer.data.images is None:
            give_noise(program)
        if program.explorer.data.images is not None:
            wait(application, lambda: measured(program), 120)
        if "idle" in options.only.split(","):
            cases["idle"] = _case(application, program, seconds)
        if "training" in options.only.split(","):
            train(application, program)
            cases["training"] = _case(application, program, seconds)
    emit("Drag to pixels", cases, options.json)
    return 0 if all(case["within_budget"] for case in cases.values()) else 1


def train(application, program) -> None:
    """Train the pair on show until its maps come from it."""
    # Every row is a probe: 70,000 points a map, as the budget says.
    program.training.set_draft(train=program.training.draft_train.replace(probe=1_000_000))
    program.training.command_requested.emit("train")
    wait(application, lambda: program.training.step > 50 and program.training.run_state == "training", 120)
    wait(application, lambda: program.panes[0].codes is not None, 30)


def _case(application, program, seconds: float) -> dict[str, float | bool | str]:
    from tests.benchmarks.drag_driver import Drag

    drag = Drag(program)
    drag.run(seconds)
    wait(application, lambda: drag.finished, seconds + 60)
    figures: dict[str, float | bool | str] = dict(summarise(drag.latencies))
    figures["events"] = float(len(drag.latencies))
    figures["points"] = float(min(len(pane.codes.rows) for pane in program.panes))
    figures["within_budget"] = all(figures[name] <= most for name, most in _BUDGET.items())
    figures["platform"] = os.environ["QT_QPA_PLATFORM"]
    if program.training.run_state == "training":
        figures["images_per_s"] = program.training.rate
    return figures
