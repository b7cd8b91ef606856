"""What the benchmarks of the pointer share: their options, and cases idle and while both models train."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping

from tests.benchmarks.busy import neighbour
from tests.benchmarks.report import emit
from tests.benchmarks.window import opened, wait

CASES = ("idle", "training")
#: Seconds of a case, and of a quick one.
_SECONDS, _QUICK = 10.0, 2.0

Figures = dict[str, float | bool | str]


def pointer_options(name: str, about: str | None) -> argparse.ArgumentParser:
    """The options that all of them have."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.benchmarks {name}", description=about)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="2 s a case instead of 10")
    parser.add_argument("--beside", action="store_true", help="beside another busy process")
    parser.add_argument("--only", type=_cases, default=CASES, help="cases, comma-separated")
    return parser


def _cases(text: str) -> tuple[str, ...]:
    chosen = tuple(text.split(","))
    if not set(chosen) <= set(CASES):
        raise argparse.ArgumentTypeError(f"cases are {' and '.join(CASES)}, not {text}")
    return chosen


def run_cases(
    title: str,
    options: argparse.Namespace,
    budget: Mapping[str, float],
    prepare: Callable[..., None],
    measure: Callable[..., Figures],
) -> int:
    """Run the chosen cases in one window; 0 if every budget was met, 1 otherwise.

    Args:
        budget: figure -> the most that it may be.
        prepare: called with the Qt application and the program before the first case.
        measure: called with both and the seconds of a case; gives its figures.
    """
    from trainer.data.images import default_data_folder

    cases: dict[str, Figures] = {}
    with neighbour(options.beside), opened(default_data_folder()) as (application, program):
        wait(application, lambda: bool(program.explorer.available), 60)
        wait(application, lambda: program.explorer.data.images is not None, 15, required=False)
        prepare(application, program)
        for case in (case for case in CASES if case in options.only):
            if case == "training":
                _train(application, program)
            figures = measure(application, program, _QUICK if options.quick else _SECONDS)
            figures["points"] = float(min(len(pane.codes.rows) for pane in program.panes))
            figures["within_budget"] = all(figures[name] <= most for name, most in budget.items())
            figures["platform"] = os.environ["QT_QPA_PLATFORM"]
            cases[case] = figures
    emit(title, cases, options.json)
    return 0 if all(case["within_budget"] for case in cases.values()) else 1


def _train(application, program) -> None:
    """Train the pair on show until its maps come from it."""
    # Every row is a probe: 70,000 points a map, as the budget says.
    program.training.set_draft(train=program.training.draft_train.replace(probe=1_000_000))
    program.training.command_requested.emit("train")
    wait(application, lambda: program.training.step > 50 and program.training.run_state == "training", 120)
    wait(application, lambda: program.panes[0].codes is not None, 30)
