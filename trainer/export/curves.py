"""Loss curves as CSV or NPZ: every step's losses and knobs, and the held-out evaluations. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from trainer.config import ModelConfig
from trainer.export.archive import write_archive
from trainer.export.partial_file import partial_file
from trainer.export.table import figure_cell, head_line, table_lines, write_settings
from trainer.metrics.likelihood_label import likelihood_label
from trainer.progress import Progress
from trainer.reports import EvaluationReport, Losses
from trainer.sentences import Sentence

LOSSES = ("reconstruction", "kl", "total")  # that evaluations measure
KNOBS = ("epoch", "beta", "learning_rate", "noise")
#: What only held-out evaluations have; the last is the learned σ² that all figures of it are taken at.
_OF_HELD_OUT = (
    *(f"{name}_error" for name in LOSSES),
    "mse",
    "active",
    "effective_rank",
    "variance",
)
#: Lines formatted between two looks whether the file is still wanted.
_PIECE = 2_000


@dataclass(frozen=True, eq=False, kw_only=True)
class CurveTable:
    """What is written. Losses are in nats per image.

    Attributes:
        steps: int64 (n,).
        knobs: float64 (n, 4): epoch, β and learning rate as applied, and noise of each step.
        losses: float32 (n, members, terms), in the order of `names`; NaN where a model does not have a term.
        names: of the terms; `LOSSES` first.
        evaluations: oldest first.
        models: the models that the losses are of, for saying what they are; () if that is not known.
    """

    steps: np.ndarray = field(repr=False)
    knobs: np.ndarray = field(repr=False)
    losses: np.ndarray = field(repr=False)
    evaluations: tuple[EvaluationReport, ...] = field(default=(), repr=False)
    models: tuple[ModelConfig, ...] = ()
    names: tuple[str, ...] = LOSSES

    @property
    def members(self) -> int:
        """The number of models."""
        return int(self.losses.shape[1])

    @cached_property
    def present(self) -> list[list[bool]]:
        """For each model which of the terms it has."""
        return (~np.isnan(self.losses).all(axis=0)).tolist()


def write_curves_csv(path: Path, table: CurveTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Heads, then a line a step or evaluation; `settings` in a file beside. Raises `OSError`.

    kind is "step" (training loss of that step; β and learning rate as applied), or "train" or "held-out" (an
    evaluation on those rows at β = 1; held-out with standard errors, squared error a pixel, active units or
    effective rank). "measured" is what an evaluation's figures are. What a kind does not have is left empty.
    """
    heads = ["kind", "step", *KNOBS]
    for number in range(1, table.members + 1):
        heads += [f"m{number}_{name}" for name in (*table.names, *_OF_HELD_OUT, "measured")]
    total = len(table.steps)
    with partial_file(path) as file:
        file.write(head_line(heads))
        for start in range(0, total, _PIECE):
            file.write(table_lines(_step_lines(table, slice(start, start + _PIECE))))
            yield Progress(min(start + _PIECE, total), total, Sentence("steps"), Sentence("Writing"))
        for report in table.evaluations:
            file.write(table_lines(_evaluation_lines(table, report)))
        yield None
    write_settings(path, settings)


def _step_lines(table: CurveTable, piece: slice) -> Iterator[list[str]]:
    for step, knobs, losses in zip(
        table.steps[piece].tolist(), table.knobs[piece].tolist(), table.losses[piece].tolist(), strict=True
    ):
        cells = ["step", str(step), *map(figure_cell, knobs)]
        for member, present in zip(losses, table.present, strict=True):
            terms = [value if there else None for value, there in zip(member, present, strict=True)]
            cells += [*map(figure_cell, terms), *("",) * (len(_OF_HELD_OUT) + 1)]
        yield cells


def _evaluation_lines(table: CurveTable, report: EvaluationReport) -> Iterator[list[str]]:
    for kind, losses in (("train", report.train), ("held-out", report.held_out)):
        cells = [kind, str(report.step), *("",) * len(KNOBS)]
        for member, entry in enumerate(losses):
            extra = _of_held_out(report, member) if kind == "held-out" else (None,) * len(_OF_HELD_OUT)
            terms = [entry.get(name) for name in table.names]
            cells += [*map(figure_cell, (*terms, *extra)), _measured(table, report, member)]
        yield cells


def _of_held_out(report: EvaluationReport, member: int) -> tuple[float | None, ...]:
    """The values of `_OF_HELD_OUT`; None what this evaluation does not have."""
    errors = report.errors[member] if report.errors else None
    return (
        *((None,) * 3 if errors is None else (errors.reconstruction, errors.kl, errors.total)),
        report.mse[member] if report.mse else None,
        report.active[member],
        report.ranks[member] if report.ranks else None,
        report.variances[member] if report.variances else None,
    )


def _measured(table: CurveTable, report: EvaluationReport, member: int) -> str:
    """What the figures are, "" if that is not known."""
    if member >= len(table.models):
        return ""
    variance = report.variances[member] if report.variances else None
    return str(likelihood_label(table.models[member], report.pixels, variance))


def _values(losses: Losses) -> list[float | None]:
    return [losses.get(name) for name in LOSSES]


def write_curves_npz(path: Path, table: CurveTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Arrays steps, epoch, beta, learning_rate, noise, losses (n, members, terms), loss_names; of k evaluations

    evaluation_steps (k,), evaluation_train and evaluation_held_out (k, members, 3), what these figures are in
    evaluation_measured (k, members), and of the held-out ones (k, members), NaN where there is none:
    reconstruction_error, kl_error, total_error, mse, active_units, effective_rank, variance.
    """
    reports = table.evaluations
    shape = (len(reports), table.members)
    arrays = {"steps": table.steps, "losses": table.losses, "loss_names": np.array(table.names)}
    arrays |= {name: table.knobs[:, place] for place, name in enumerate(KNOBS)}
    arrays["evaluation_steps"] = np.array([report.step for report in reports], np.int64)
    for name, of in (("evaluation_train", "train"), ("evaluation_held_out", "held_out")):
        values = [[_values(losses) for losses in getattr(report, of)] for report in reports]
        arrays[name] = np.array(values, np.float64).reshape(*shape, 3)
    members = range(table.members)
    measured = [[_measured(table, report, member) for member in members] for report in reports]
    arrays["evaluation_measured"] = np.array(measured, np.str_).reshape(shape)
    extra = [[_of_held_out(report, member) for member in members] for report in reports]
    extras = np.array(extra, np.float64).reshape(*shape, len(_OF_HELD_OUT))
    arrays |= {name: extras[..., place] for place, name in enumerate(_OF_HELD_OUT)}
    arrays["active_units"] = arrays.pop("active")
    yield from write_archive(path, arrays, settings)
