"""70,000 posteriors on a map: the union of their ellipses, contours of the aggregate, prior mass covered.

One thread, as in the window's workers; the longest piece is what a cancel may have to wait for (0.3 s at most).
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator

import numpy as np

from tests.benchmarks.report import Figure, emit


def main(argv: list[str]) -> int:
    """Measure the bundled posteriors, collapsed ones, and ones collapsed along one dimension."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks posteriors", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="10,000 posteriors instead of 70,000")
    options = parser.parse_args(argv)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    count = 10_000 if options.quick else 70_000
    rng = np.random.default_rng(0)
    means = rng.standard_normal((count, 2)).astype(np.float32)
    kinds = {
        "bundled pair": _bundled(count),
        "collapsed (σ = 0.98)": (0.05 * means, np.full((count, 2), 0.98, np.float32)),
        "one dimension collapsed": (
            means * np.float32([1, 0.01]),
            np.broadcast_to(np.float32([0.02, 1]), (count, 2)),
        ),
    }
    emit("Posteriors", {name: _case(*arrays) for name, arrays in kinds.items()}, options.json)
    return 0


def _bundled(count: int) -> tuple[np.ndarray, np.ndarray]:
    from importlib.resources import as_file, files

    from trainer.training.checkpoint import read_codes

    with as_file(files("resources") / "pretrained" / "mnist") as place:
        kept = read_codes(place)
    assert kept is not None
    sigmas = kept.sigmas[1]
    assert sigmas is not None
    return kept.codes[1][:count], sigmas[:count]


def _case(means: np.ndarray, sigmas: np.ndarray) -> dict[str, Figure]:
    from latent_explorer.tools.posteriors.work import CELLS
    from trainer.latent import plane as planes
    from trainer.latent.mass_contours import mass_contours
    from trainer.latent.posterior_shapes import projected
    from trainer.latent.splatting import Grid, nearest_distances
    from trainer.metrics.prior_coverage import prior_coverage

    figures: dict[str, Figure] = {"posteriors": float(len(means))}
    plane = planes.raw(2)
    shapes = projected(plane.project(means), sigmas, plane)
    scale = 500 / 9  # pixels a unit in a map 500 px wide
    for name, pixels in zip(("coarse", "fine"), CELLS, strict=True):
        side = round(500 / pixels)
        grid = Grid(-4.5, -4.5, pixels / scale, side, side)
        _note(figures, f"union_{name}", nearest_distances(shapes, grid, 2.5))
    _note(figures, "contours", mass_contours(shapes))
    _note(figures, "coverage", prior_coverage(means, sigmas))
    return figures


def _note(figures: dict[str, Figure], name: str, steps: Iterator[object]) -> None:
    """Milliseconds in all, and of the longest piece."""
    start = last = time.perf_counter()
    longest = 0.0
    for _ in steps:
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    figures[f"{name}_ms"] = 1e3 * (time.perf_counter() - start)
    figures[f"{name}_longest_piece_ms"] = 1e3 * longest
