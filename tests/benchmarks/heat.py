"""Heat maps in the real window: from choosing one, or a pan, to the coarse and the finest picture of both panes
(budget: coarse within 100 ms); and what a drag costs with meters and heat maps on (budget: p50 4 ms, p95 8 ms).

Models: the bundled pair, then MNIST-sized ones with 20 dimensions and convolutional ones, whose weights are
random: what a picture costs does not depend on what it shows. "first": with new weights, nothing known; "again":
after another choice, from what is remembered; "panned": by an eighth of the map.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from latent_explorer.tools.holes.heat_state import HeatState
from tests.benchmarks.report import emit, summarise
from tests.benchmarks.window import give_noise, measured, opened, wait

_COARSE_MS = 100.0
_BUDGET = {"p50_ms": 4.0, "p95_ms": 8.0}
_KINDS = ("density", "distance", "trip", "magnification")


def main(argv: list[str]) -> int:
    """Measure; 0 if coarse pictures and the drag stayed within their budgets, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks heat", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, 2 s of drag")
    options = parser.parse_args(argv)

    cases: dict[str, dict[str, float | bool | str]] = {}
    repeats = 2 if options.quick else 8
    with opened() as (application, program):
        wait(application, lambda: bool(program.explorer.available) and program.panes[0].view is not None, 60)
        give_noise(program)
        window = _Window(application, program)
        cases["drag with meters"] = window.dragged(2.0 if options.quick else 10.0, "none")
        cases["drag with meters and round trips"] = window.dragged(2.0 if options.quick else 10.0, "trip")
        for kind in _KINDS:
            cases[f"2 dimensions, {kind}"] = window.timed(kind, repeats)
        for title, network, latent in (("20 dimensions", "mlp", 20), ("convolutional", "conv", 2)):
            _put_models(program, network, latent)
            for kind in _KINDS:
                cases[f"{title}, {kind}"] = window.timed(kind, repeats)
    emit("Heat maps", cases, options.json)
    return 0 if all(case["within_budget"] for case in cases.values()) else 1


def _put_models(program, network: str, latent: int) -> None:
    """Random weights and 70,000 codes into both panes."""
    from dataclasses import replace

    from latent_explorer.core.pane import PaneCodes
    from trainer.latent import plane as planes
    from trainer.networks.description import plain_network
    from trainer.reports import Snapshot

    widths = (32, 64) if network == "conv" else (512, 256)
    for pane in program.panes:
        config = pane.model.config.replace(network=network, widths=widths, latent=latent)
        random = np.random.default_rng(pane.index)
        weights = {
            name: (random.standard_normal(shape) / np.sqrt(max(1, np.prod(shape[1:])))).astype(np.float32)
            for name, shape in plain_network(config, posterior=pane.model.traits.has_posterior).shapes.items()
        }
        snapshot = Snapshot(number=1, step=0, config=config, weights=weights)
        codes = random.standard_normal((70_000, latent)).astype(np.float32)
        plane = planes.raw(latent) if latent <= 2 else planes.pca(codes)
        pane.set_model(replace(pane.model, config=config, generation=pane.model.generation + 100))
        pane.set_codes(PaneCodes(np.arange(70_000), codes, plane.project(codes), 1, snapshot), plane)


class _Window:
    def __init__(self, application, program) -> None:
        self._application, self._program = application, program

    def timed(self, kind: str, repeats: int) -> dict[str, float | bool | str]:
        """Milliseconds to the coarse and the finest picture, the slower pane's."""
        overlays, pane = self._program.tools.overlays, self._program.panes[0]
        overlays.choose("heat", "none")
        coarse, fine = self._time(lambda: overlays.choose("heat", kind))
        figures: dict[str, float | bool | str] = {"first_coarse_ms": coarse, "first_fine_ms": fine}
        chosen, panned = [], []
        for turn in range(repeats):
            overlays.choose("heat", "none")
            chosen.append(self._time(lambda: overlays.choose("heat", kind)))
            step = 120 if turn % 2 else -120

            def pan(step: int = step) -> None:
                for shown in self._program.panes:
                    shown.look(shown.view.panned(step, 40))

            panned.append(self._time(pan))
        for name, times in (("again", chosen), ("panned", panned)):
            for level, values in zip(("coarse", "fine"), zip(*times, strict=True), strict=True):
                figures[f"{name}_{level}_p50_ms"] = summarise(values)["p50_ms"]
        picture = self._program.tools[HeatState].picture(pane.index)
        figures["points"] = float(picture.values.size)
        figures["within_budget"] = (
            max(figures["again_coarse_p50_ms"], figures["panned_coarse_p50_ms"]) <= _COARSE_MS
        )
        overlays.choose("heat", "none")
        return figures

    def _time(self, act) -> tuple[float, float]:
        state = self._program.tools[HeatState]
        coarse: dict[int, float] = {}
        fine: dict[int, float] = {}

        def seen(index: int) -> None:
            picture = state.picture(index)
            if picture is not None:
                coarse.setdefault(index, time.perf_counter())
                if picture.finished:
                    fine.setdefault(index, time.perf_counter())

        state.picture_changed.connect(seen)
        start = time.perf_counter()
        act()
        wait(self._application, lambda: len(fine) == len(self._program.panes), 120)
        state.picture_changed.disconnect(seen)
        return 1e3 * (max(coarse.values()) - start), 1e3 * (max(fine.values()) - start)

    def dragged(self, seconds: float, kind: str) -> dict[str, float | bool | str]:
        """Latencies of the drag benchmark's hand."""
        from tests.benchmarks.drag_driver import Drag

        overlays = self._program.tools.overlays
        if kind == "none":
            wait(self._application, lambda: measured(self._program), 120)
        else:
            self._time(lambda: overlays.choose("heat", kind))
        drag = Drag(self._program)
        drag.run(seconds)
        wait(self._application, lambda: drag.finished, seconds + 60)
        overlays.choose("heat", "none")
        figures: dict[str, float | bool | str] = dict(summarise(drag.latencies))
        figures["within_budget"] = all(figures[name] <= most for name, most in _BUDGET.items())
        return figures
