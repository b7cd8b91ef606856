"""`python -m tests.benchmarks science`: the targets of SCIENCE section 5, through the project's own trainer.

Seeds 0, 1 and 2; two of three must pass, for exact laws all three. Figures are kept per seed and target, and
trainings now and then, in a folder of their own: a run that was broken off continues where it was, and what has
been measured is not measured again. A target that is missed is reported with its figures.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from tests.benchmarks.targets.all_targets import MODULES, target
from tests.benchmarks.targets.kept import KeptFigures
from tests.benchmarks.targets.table import Outcome, table
from tests.benchmarks.targets.target import Target

SEEDS = (0, 1, 2)


def main(argv: list[str]) -> int:
    """Measure what is missing, print all: 0 if all targets pass, 1 if not, 2 for an unusable command or data."""
    options = _parser().parse_args(argv)
    try:
        targets = {key: target(key) for key in options.only}
        return report(targets, options.seeds, options.folder, table_only=options.table, as_json=options.json)
    except KeyboardInterrupt:
        print("Stopped; the same command goes on from here.", file=sys.stderr)
        return 130


def report(
    targets: Mapping[str, Target], seeds: tuple[int, ...], folder: Path, *, table_only: bool, as_json: bool
) -> int:
    """Measure what is missing unless `table_only`, print all; the exit status of `main`."""
    from trainer.data.images import DataError
    from trainer.training.checkpoint_error import CheckpointError

    kept = KeptFigures(folder)
    if not table_only:
        try:
            _measure(targets, seeds, kept)
        except (DataError, CheckpointError) as error:
            print(error, file=sys.stderr)
            return 2
    outcomes = [Outcome(one, {seed: kept.read(one, seed) for seed in seeds}) for one in targets.values()]
    if as_json:
        found = {outcome.target.key: outcome.to_json() for outcome in outcomes}
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        print(table(outcomes))
    return 0 if all(outcome.passes for outcome in outcomes) else 1


def _measure(targets: Mapping[str, Target], seeds: tuple[int, ...], kept: KeptFigures) -> None:
    from trainer.training.run_folder import hold

    with hold(kept.folder):
        for one in targets.values():
            for seed in seeds:
                if kept.read(one, seed) is not None:
                    continue
                found = kept.measure(one, seed, lambda text, at=f"{one.key} seed {seed}": _say(f"{at}: {text}"))
                failed = ", ".join(one.failures(found.figures))
                outcome = f"fails: {failed}" if failed else "passes"
                _say(f"{one.key} seed {seed} {outcome} ({found.cpu_seconds:.0f} processor seconds)")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks science", description=__doc__)
    parser.add_argument("--only", type=_keys, default=tuple(MODULES), help="targets, such as T3,T5 (all)")
    parser.add_argument("--seeds", type=_seeds, default=SEEDS, help="seeds (0,1,2)")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(platformdirs.user_cache_dir("latent-explorer", appauthor=False)) / "science",
        help="where figures and trainings are kept (%(default)s)",
    )
    parser.add_argument("--table", action="store_true", help="print what is kept and measure nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object keyed by target")
    return parser


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip().upper() for key in text.split(","))
    for key in keys:
        if key not in MODULES:
            raise argparse.ArgumentTypeError(f"there is no target {key!r}; there are {', '.join(MODULES)}")
    return keys


def _seeds(text: str) -> tuple[int, ...]:
    try:
        seeds = tuple(int(seed) for seed in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError("seeds must be whole numbers, such as 0,1,2") from None
    if min(seeds) < 0:
        raise argparse.ArgumentTypeError("seeds must not be negative")
    return seeds
