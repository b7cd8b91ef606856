"""From a mouse event to pixels: the point under the pointer lit up in both maps, 70,000 points each.

Real mouse events without a button go through the event loop into the real window at 60 Hz; one counts as done when
each map whose lit point changed has been painted. Events that light up the same point as before change nothing and
are left out.
"""

from __future__ import annotations

from tests.benchmarks.pointer import Figures, pointer_options, run_cases
from tests.benchmarks.report import summarise
from tests.benchmarks.window import give_noise, wait

_BUDGET = {"p95_ms": 8.0}


def main(argv: list[str]) -> int:
    """Run the cases; 0 if the budget was met, 1 otherwise."""
    options = pointer_options("hover", __doc__).parse_args(argv)
    return run_cases("Hover to pixels in both maps", options, _BUDGET, _prepare, _measure)


def _prepare(application, program) -> None:
    if program.explorer.data.images is None:
        give_noise(program)
    wait(application, lambda: all(shown.at_rest for shown in program.window.maps), 60, required=False)


def _measure(application, program, seconds: float) -> Figures:
    from tests.benchmarks.hover_driver import Hover

    hover = Hover(program)
    hover.run(seconds)
    wait(application, lambda: hover.finished, seconds + 60)
    figures: Figures = dict(summarise(hover.latencies))
    figures |= {f"cpu_{name}": value for name, value in summarise(hover.costs).items()}
    figures["events"] = float(len(hover.latencies))
    figures["lit_in_both"] = float(hover.both)
    return figures
