"""Sheets of samples in the real window: from new noise to both sheets painted, to both panes' figures; cancelling.

The bundled MNIST pair, 64 samples a sheet, figures on 2,000 samples and 2,000 real images of MNIST (without it
only sheets are timed). "first" includes the fit of the density to 10,000 codes of both models, "again" finds it
kept. `cancel_ms` is from a cancel in the midst of measuring to the next sheet drawn by the same thread, at worst;
`longest_gap_ms` how long the window's thread was away from its event loop at most, meanwhile.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace

from latent_explorer.tools.samples.state import SamplesState
from tests.benchmarks.report import Figure, emit, summarise
from tests.benchmarks.window import opened, wait

SOURCES = ("prior", "gaussian", "mixture", "kernels")
PATIENCE = 120.0


def main(argv: list[str]) -> int:
    """Run the cases."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks samples", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="3 sheets and 1 cancel a source instead of 15 and 5")
    options = parser.parse_args(argv)
    from trainer.data.images import default_data_folder

    with opened(default_data_folder()) as (application, program):
        wait(application, lambda: bool(program.explorer.available), 60)
        wait(application, lambda: program.explorer.data.images is not None, 15, required=False)
        studio = _Studio(application, program)
        rounds = (3, 1) if options.quick else (15, 5)
        cases = {source: studio.case(source, *rounds) for source in SOURCES}
    emit("Samples", cases, options.json)
    return 0


class _Studio:
    """The program with the samples' panel open."""

    def __init__(self, application, program) -> None:
        self._application = application
        self._program = program
        self._state = program.tools[SamplesState]
        self._panel = next(panel.widget for panel in program.window.tool_panels if panel.name == "samples")
        program.tools.panel_wanted.emit("samples")
        self._measures = program.explorer.data.images is not None
        self._settle()

    def case(self, source: str, sheets: int, cancels: int) -> dict[str, Figure]:
        """All figures of one source."""
        self._gap = 0.0
        first, figures_first = self._time(source=source, seed=self._state.settings.seed + 1)
        again = [self._time(seed=self._state.settings.seed + 1) for _ in range(sheets)]
        found: dict[str, Figure] = {"first_sheet_ms": first}
        found |= {f"again_{name}": value for name, value in summarise([sheet for sheet, _ in again]).items()}
        if self._measures:
            found["first_figures_ms"] = figures_first
            found["again_figures_ms"] = summarise([figures for _, figures in again])["p50_ms"]
            found["cancel_ms"] = max(self._cancel() for _ in range(cancels))
        found["longest_gap_ms"] = self._gap
        return found

    def _time(self, **changes: object) -> tuple[float, float]:
        start = time.perf_counter()
        self._state.set_settings(replace(self._state.settings, **changes))
        self._wait(self._painted)
        sheet = time.perf_counter() - start
        if self._measures:
            self._wait(self._measured)
        return sheet * 1000, (time.perf_counter() - start) * 1000

    def _cancel(self) -> float:
        """Milliseconds from a cancel to the next sheet."""
        self._state.new_noise()
        self._wait(lambda: self._painted() and self._state.measuring)
        start = time.perf_counter()
        self._state.cancel_requested.emit()
        self._state.new_noise()
        self._wait(self._painted)
        taken = (time.perf_counter() - start) * 1000
        self._settle()
        return taken

    def _settle(self) -> None:
        self._gap = 0.0
        self._wait(self._painted)
        if self._measures:
            self._wait(self._measured)

    def _painted(self) -> bool:
        columns = self._panel.columns
        return all(
            sheet is not None and sheet.settings == self._state.settings and column.view.shows(sheet.pictures)
            for sheet, column in zip(self._state.sheets, columns, strict=True)
        )

    def _measured(self) -> bool:
        return not self._state.measuring and all(self._state.figures_of(pane) is not None for pane in range(2))

    def _wait(self, condition: Callable[[], bool]) -> None:
        end, last = time.perf_counter() + PATIENCE, time.perf_counter()
        while not condition():
            self._application.processEvents()
            now = time.perf_counter()
            self._gap = max(self._gap, (now - last) * 1000)
            last = now
            if now > end:
                raise TimeoutError("the samples did not come")
            time.sleep(0.0005)
