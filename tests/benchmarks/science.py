"""`python -m tests.benchmarks science`: the targets of SCIENCE section 5, through the project's own trainer.

Seeds 0, 1 and 2; two of three must pass, for exact laws all three. `--quick` uses one seed and shorter runs and is
not the target: it tells whether something is badly wrong.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time

from tests.benchmarks.report import Figure, emit

TARGETS = {"T1": "collapse_law", "T2": "closed_forms", "T4": "notes_network", "T9": "cloud_shapes"}
SEEDS = (0, 1, 2)
NEEDED = 2


def main(argv: list[str]) -> int:
    """Measure the targets asked for; 0 if all pass, 1 if not, 2 for an unusable command or missing data."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks science", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one seed and shorter runs: not the target")
    parser.add_argument("--only", default=",".join(TARGETS), help="targets, such as T1,T2 (default: all)")
    parser.add_argument("--seeds", default=",".join(map(str, SEEDS)), help="seeds (default: 0,1,2)")
    parser.add_argument("--json", action="store_true", help="one JSON object keyed by case")
    arguments = parser.parse_args(argv)
    chosen = [name.strip().upper() for name in arguments.only.split(",")]
    unknown = [name for name in chosen if name not in TARGETS]
    if unknown:
        parser.error(f"there is no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    try:
        seeds = tuple(int(seed) for seed in arguments.seeds.split(","))
    except ValueError:
        parser.error("seeds must be whole numbers, such as 0,1,2")

    from trainer.data.images import DataError

    cases: dict[str, dict[str, Figure]] = {}
    passed = True
    for name in chosen:
        try:
            passed &= run_target(name, seeds[:1] if arguments.quick else seeds, arguments.quick, cases)
        except DataError as error:
            print(f"{name} cannot be measured: {error}", file=sys.stderr)
            return 2
    title = "Targets of SCIENCE section 5, nats per image"
    emit(title + (" (quick: not the target)" if arguments.quick else ""), cases, arguments.json)
    return 0 if passed else 1


def run_target(name: str, seeds: tuple[int, ...], quick: bool, cases: dict[str, dict[str, Figure]]) -> bool:
    """Measure one target for each seed, adding a case for each and one for the whole; whether it passes."""
    target = importlib.import_module(f"tests.benchmarks.targets.{TARGETS[name]}")
    passed = 0
    for seed in seeds:
        start = time.perf_counter()
        verdict = target.measure(seed, quick)
        passed += verdict.passed
        cases[f"{name} seed {seed}"] = {
            **verdict.figures,
            "seconds": time.perf_counter() - start,
            "failed": ", ".join(verdict.failures),
            "pass": verdict.passed,
        }
        outcome = "passes" if verdict.passed else f"fails: {', '.join(verdict.failures)}"
        print(f"{name} seed {seed} {outcome}", file=sys.stderr, flush=True)
    needed = len(seeds) if target.EXACT else min(NEEDED, len(seeds))
    cases[name] = {
        "target": target.TITLE,
        "criterion": target.CRITERION,
        "quick": quick,
        "seeds": len(seeds),
        "seeds passed": passed,
        "seeds needed": needed,
        "pass": passed >= needed,
    }
    return passed >= needed
