"""From a mouse event to pixels: both panes' cursors and pictures painted, idle and while both models train.

Real mouse events go through the event loop into the real window at 60 Hz for some seconds; a drag counts as done
when the dragged map, the other map (if its cursor moved) and both pictures have been painted and the event loop
has come round. Without MNIST in the data folder the maps still hold 70,000 points (the bundled pair's codes), and
training runs on the handwritten digits. The meters measure all the while: *Looks real* too where there are images,
or noise in their place with `--meters`.
"""

from __future__ import annotations

from tests.benchmarks.pointer import Figures, pointer_options, run_cases
from tests.benchmarks.report import summarise
from tests.benchmarks.window import give_noise, measured, wait

_BUDGET = {"p50_ms": 4.0, "p95_ms": 8.0, "p99_ms": 16.0}


def main(argv: list[str]) -> int:
    """Run the cases; 0 if every budget was met, 1 otherwise."""
    parser = pointer_options("drag", __doc__)
    parser.add_argument("--meters", action="store_true", help="noise as images, so that all meters measure")
    options = parser.parse_args(argv)

    def prepare(application, program) -> None:
        if options.meters and program.explorer.data.images is None:
            give_noise(program)
        if program.explorer.data.images is not None:
            wait(application, lambda: measured(program), 120)

    return run_cases("Drag to pixels", options, _BUDGET, prepare, _measure)


def _measure(application, program, seconds: float) -> Figures:
    from tests.benchmarks.drag_driver import Drag

    drag = Drag(program)
    drag.run(seconds)
    wait(application, lambda: drag.finished, seconds + 60)
    figures: Figures = dict(summarise(drag.latencies))
    figures["events"] = float(len(drag.latencies))
    if program.training.run_state == "training":
        figures["images_per_s"] = program.training.rate
    return figures
