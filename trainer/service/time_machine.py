"""Going back to a moment of the run: the later part is kept as a branch that can be returned to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from trainer.reports import EvaluationReport, MapReport, StepReport
from trainer.sentences import RequestError
from trainer.service.backend import Backend, RunTrainer
from trainer.service.messages import Continued, Report
from trainer.service.moments import Moments


class Branching(Protocol):
    """The part of `ActiveRun` that moments store and that changes when the run goes back."""

    trainer: RunTrainer
    history: list[StepReport]
    evaluations: list[EvaluationReport]


class TimeMachine:
    """Keeps the moments of one run and goes back to them. Used only by the service's thread."""

    def __init__(self, run: Branching, moments: Moments, backend: Backend, send: Callable[[Report], None]) -> None:
        self._run = run
        self._moments = moments
        self._backend = backend
        self._send = send
        self._probe = run.trainer.probe_rows
        #: The reports of the run before it last went back.
        self._former: tuple[list[StepReport], list[EvaluationReport]] = ([], [])

    def due(self) -> bool:
        """Whether a moment should be kept during training."""
        return self._moments.due(self._run.trainer.step)

    def early(self) -> bool:
        """Whether a map should be made for a moment, regardless of the interval of maps."""
        return self._moments.early(self._run.trainer.step)

    def begin(self, report: MapReport) -> None:
        """Keep the run's first moment, of `report`; or report those of its session, which include it."""
        if self._moments.has_moment_at(self._run.trainer.step):
            self._send(self._moments.report())
        else:
            self.keep(report)

    def keep(self, report: MapReport) -> bool:
        """Keep the present state, with the probe rows of `report`, which has the same weights.

        Returns whether it was kept; an error is reported once and never raised.
        """
        trainer, moments = self._run.trainer, self._moments
        if not moments.wants(trainer.step):
            return moments.has_moment_at(trainer.step)
        shown = _only(report, self._probe)
        trouble = moments.trouble
        kept = moments.keep(trainer.step, trainer.epoch, lambda: self._backend.state_arrays(trainer), shown)
        if kept or moments.trouble != trouble:
            self._send(moments.report())
        return kept

    def go_back(self, number: int, *, lossless: bool = True) -> Continued:
        """Restore the run at moment `number`.

        Args:
            lossless: keep the present state first, so that it can be returned to.

        Raises:
            RequestError: the moment is not kept, or the present state could not be kept.
            CheckpointError, StateError: its file is damaged. The run is unchanged.
        """
        run, moments = self._run, self._moments
        try:
            arrays, numbers = moments.state(number)
        except RequestError:
            if moments.review():
                self._send(moments.report())
            raise
        moments.hold(number)
        if lossless and moments.has_moment_at(run.trainer.step):
            moments.renumber(self._backend.state_arrays(run.trainer)[1])
        elif lossless and not self.keep(run.trainer.map_report(self._probe)):
            raise RequestError(
                "The run as it stands could not be kept to return to, so nothing was changed; save it first. "
                "{trouble}",
                trouble=moments.trouble or "",
            )
        self._backend.restore(run.trainer, arrays, numbers)
        returned = moments.go_back(number)
        was = (run.history, run.evaluations)
        if returned:
            run.history, run.evaluations = self._former
        else:
            self._cut()
        self._former = was
        self._send(moments.report())
        return self._continued(returned)

    def roll_back(self) -> None:
        """The engine was rolled back to an earlier step: undo later reports, also in the window."""
        self._cut()
        self._send(self._continued(returned=False))
        if self._moments.forget_after(self._run.trainer.step):
            self._send(self._moments.report())

    def _cut(self) -> None:
        """Remove the reports after the engine's step."""
        run, step = self._run, self._run.trainer.step
        run.history = [report for report in run.history if report.step <= step]
        run.evaluations = [report for report in run.evaluations if report.step <= step]

    def _continued(self, returned: bool) -> Continued:
        run = self._run
        return Continued(
            step=run.trainer.step,
            epoch=run.trainer.epoch,
            knobs=run.trainer.knobs,
            last=run.history[-1] if run.history else None,
            returned=returned,
        )


def _only(report: MapReport, rows: np.ndarray) -> MapReport:
    """`report` restricted to these rows, a subset of its rows; both ascend."""
    if len(report.rows) == len(rows):
        return report
    places = np.searchsorted(report.rows, rows)
    return MapReport(
        step=report.step,
        rows=rows,
        codes=tuple(codes[places] for codes in report.codes),
        snapshots=report.snapshots,
        seconds=report.seconds,
        sigmas=tuple(None if spread is None else spread[places] for spread in report.sigmas),
    )
