"""A long session: both models train on MNIST while hands drag and every tool is opened and closed in turn.

Notes, every few seconds, the memory of the window and of its trainer, threads and open files; and each stretch in
which the window's thread was busy for 50 ms or more of its own processor time, with what it was doing. Memory is
said as what it grew by a minute over the second half of the time: what is loaded once is not growth.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import Counter
from collections.abc import Callable

import numpy as np

from tests.benchmarks.report import emit
from tests.benchmarks.window import opened, wait

_MB = 1e6
#: Seconds that a tool or overlay is looked at, and between two notes of memory.
_LOOK, _NOTE = 2.0, 5.0
#: MB a minute that count as growth, and ms of the window's own time that count as a gap.
_GROWTH, _GAP = 1.0, 50.0


def main(argv: list[str]) -> int:
    """Run for a while; 0 if memory is stable and no gap is long, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--latent", type=int, default=20)
    parser.add_argument("--only-train", action="store_true", help="no tools and no drags")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    from trainer.config import DataConfig
    from trainer.data.images import default_data_folder

    with opened(default_data_folder(), (1280, 800)) as (application, program):
        from tests.benchmarks.gaps import Gaps

        wait(application, lambda: bool(program.explorer.available), 60)
        training = program.training
        models = tuple(model.replace(latent=options.latent) for model in training.draft_models)
        training.set_draft(models=models)
        here = {info.name for info in program.explorer.available if info.present}
        program.explorer.data_requested.emit(DataConfig(name="mnist" if "mnist" in here else "digits"), False)
        wait(application, lambda: training.run_state == "ready", 120)
        training.set_draft(models=tuple(model.replace(latent=options.latent) for model in training.draft_models))
        training.command_requested.emit("reset")
        wait(application, lambda: training.run_state == "ready" and program.panes[0].codes is not None, 120)
        wait(application, lambda: program.panes[0].codes.codes.shape[1] == options.latent, 120)
        training.command_requested.emit("train")
        wait(application, lambda: training.step > 50, 120)
        gaps = Gaps(_GAP)
        notes = _Notes(program)
        gaps.start()
        _drive(application, program, gaps, notes, 60 * options.minutes, not options.only_train)
        gaps.stop()
        training.command_requested.emit("pause")
        wait(application, lambda: training.run_state == "paused", 60)
        figures = notes.figures()
    figures |= {
        "steps": float(training.step),
        "gaps_over_50_ms": float(len(gaps.gaps)),
        "gaps_over_100_ms": float(sum(gap.own_ms >= 100 for gap in gaps.gaps)),
        "longest_ms": gaps.longest_ms,
        "longest_gc_ms": gaps.longest_gc_ms,
        "gc_ms": gaps.gc_ms,
    }
    emit("Soak", {"soak": figures}, options.json)
    for (doing, cause), count in Counter((gap.doing, gap.cause) for gap in gaps.gaps).most_common(40):
        worst = max(gap.own_ms for gap in gaps.gaps if (gap.doing, gap.cause) == (doing, cause))
        print(f"  {count:4d} x, at most {worst:4.0f} ms, while {doing}: {cause}", file=sys.stderr)
    return 0 if figures["window_mb_a_minute"] < _GROWTH and not gaps.gaps else 1


class _Notes:
    """Memory of both processes, threads and open files over time."""

    def __init__(self, program) -> None:
        import psutil

        self._window = psutil.Process()
        self._service = psutil.Process(program.client.pid)
        self._rows: list[tuple[float, float, float, int, int]] = []
        self._began = time.monotonic()

    def take(self) -> None:
        now = time.monotonic() - self._began
        if self._rows and now - self._rows[-1][0] < _NOTE:
            return
        window, service = self._window, self._service
        row = (
            now,
            window.memory_info().rss / _MB,
            service.memory_info().rss / _MB,
            window.num_threads(),
            window.num_fds() if hasattr(window, "num_fds") else window.num_handles(),
        )
        self._rows.append(row)
        if len(self._rows) % 12 == 1:
            print(
                "  {:6.0f} s  window {:6.0f} MB  trainer {:6.0f} MB  {} threads  {} files".format(*row),
                file=sys.stderr,
                flush=True,
            )

    def figures(self) -> dict[str, float | bool | str]:
        rows = np.array(self._rows)
        half = rows[len(rows) // 2 :]
        minutes = half[:, 0] / 60

        def slope(column: int) -> float:
            return float(np.polyfit(minutes, half[:, column], 1)[0]) if len(half) > 2 else float("nan")

        return {
            "window_mb_first": float(rows[0, 1]), "window_mb_last": float(rows[-1, 1]),
            "window_mb_most": float(rows[:, 1].max()), "window_mb_a_minute": slope(1),
            "trainer_mb_first": float(rows[0, 2]), "trainer_mb_last": float(rows[-1, 2]),
            "trainer_mb_a_minute": slope(2),
            "threads_first": float(rows[0, 3]), "threads_last": float(rows[-1, 3]),
            "files_first": float(rows[0, 4]), "files_last": float(rows[-1, 4]),
        }  # fmt: skip


def _drive(application, program, gaps, notes: _Notes, seconds: float, tools: bool) -> None:
    from tests.benchmarks.drag_driver import Drag

    until = time.monotonic() + seconds

    def look(doing: str, act: Callable[[], object]) -> None:
        gaps.doing = doing
        act()
        over = time.monotonic() + _LOOK
        wait(application, lambda: time.monotonic() > over, _LOOK + 60)
        notes.take()

    def drag() -> None:
        hand = Drag(program)
        hand.run(_LOOK)
        wait(application, lambda: hand.finished, 60)

    for doing, act in itertools.cycle(_acts(program) if tools else [("training", lambda: None)]):
        if time.monotonic() > until:
            return
        look(doing, act)
        if tools:
            look(f"dragging after {doing}", drag)


def _acts(program) -> list[tuple[str, Callable[[], object]]]:
    """What the user looks at one after the other."""
    overlays, tools, strip = program.tools.overlays, program.tools, program.window.strip
    acts: list[tuple[str, Callable[[], object]]] = [("nothing open", lambda: None)]
    for name in ("interpolation", "samples", "traversal", "directions", "own_image", "timeline"):
        acts.append((f"opening {name}", lambda name=name: strip.show_panel(name)))
        acts.append((f"closing {name}", strip.close_panel))
    for heat in ("density", "distance", "trip", "magnification", "none"):
        acts.append((f"heat {heat}", lambda heat=heat: overlays.choose("heat", heat)))
    for ellipses in ("hovered", "all", "off"):
        acts.append((f"ellipses {ellipses}", lambda ellipses=ellipses: overlays.choose("ellipses", ellipses)))
    for name in ("prior", "contours", "mosaic"):
        acts.append((f"{name} on", lambda name=name: tools.switch_overlay(name, True)))
        acts.append((f"{name} off", lambda name=name: tools.switch_overlay(name, False)))
    return acts
