"""Exports loss curves as CSV or NPZ: losses and knobs of every step, and the evaluations. Torch-free."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
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
from trainer.reports import EvaluationReport
from trainer.sentences import Sentence

LOSSES = ("reconstruction", "kl", "total")  # measured by evaluations
#: Columns that only held-out evaluations have; the last is the learned σ² used in the evaluation.
_OF_HELD_OUT = (
    *(f"{name}_error" for name in LOSSES),
    "mse",
    "active",
    "effective_rank",
    "variance",
)
#: All columns of a model except its loss terms.
_OF_MODEL = (*_OF_HELD_OUT, "measured")
#: Lines formatted between two yields.
_PIECE = 2_000


@dataclass(frozen=True, eq=False, kw_only=True)
class CurveTable:
    """The content of the file. Losses are in nats per image.

    Attributes:
        steps: int64 (n,).
        knobs: float64 (n, knobs): epoch, and the knobs as applied in each step; NaN for a knob a step does not
            have.
        knob_names: names of `knobs`, such as "epoch", "beta", "m2_beta" (of the second model only).
        losses: float32 (n, members, terms), in the order of `names`; NaN for a term that a model does not have.
        names: names of the terms, `LOSSES` first.
        evaluations: oldest first.
        models: configurations of the models, to describe the losses; () if unknown.
        beside: models shown beside those of the run, each with its own steps and knobs.
    """

    steps: np.ndarray = field(repr=False)
    knobs: np.ndarray = field(repr=False)
    knob_names: tuple[str, ...]
    losses: np.ndarray = field(repr=False)
    evaluations: tuple[EvaluationReport, ...] = field(default=(), repr=False)
    models: tuple[ModelConfig, ...] = ()
    names: tuple[str, ...] = LOSSES
    beside: tuple[CurveTable, ...] = ()

    @property
    def members(self) -> int:
        """Number of models of the run, without those in `beside`."""
        return int(self.losses.shape[1])

    @cached_property
    def present(self) -> list[list[bool]]:
        """For each model, whether it has each term."""
        return (~np.isnan(self.losses).all(axis=0)).tolist()


def _named(kind: str, names: Iterable[str], taken: Collection[str]) -> list[str]:
    """`names` as written to the file: one that is `taken` gets its kind as prefix, such as "knob.losses"."""
    return [f"{kind}.{name}" if name in taken else name for name in names]


def write_curves_csv(path: Path, table: CurveTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Write a CSV with a heading and one line per step or evaluation; `settings` go to a file beside it.

    Column "kind" is "step" (training loss of that step, with β and learning rate as applied), or "train" or
    "held-out" (an evaluation on those rows at β = 1; held-out ones with standard errors, squared error per pixel,
    active units or effective rank, as training ones if no rows are held out). Column "measured" describes the
    figures of an evaluation. Columns that do not apply to a kind are empty. Lines of the run come first, with
    columns m1_..., m2_... of its models; then those of each model beside it. A knob or a term with the name
    of another column is "knob.NAME" or "m1_term.NAME". Yields progress. Raises `OSError`.
    """
    tables = (table, *table.beside)
    knobs = list(dict.fromkeys(name for one in tables for name in one.knob_names))
    terms = list(dict.fromkeys(name for one in tables for name in one.names))
    of_model = [*_named("term", terms, _OF_MODEL), *_OF_MODEL]
    models = sum(one.members for one in tables)
    of_models = [f"m{number}_{name}" for number in range(1, models + 1) for name in of_model]
    done, total = 0, sum(len(one.steps) for one in tables)
    with partial_file(path) as file:
        file.write(head_line(["kind", "step", *_named("knob", knobs, {"kind", "step", *of_models}), *of_models]))
        first = 0
        for one in tables:
            before = [""] * (first * len(of_model))
            first += one.members
            after = [""] * ((models - first) * len(of_model))

            for start in range(0, len(one.steps), _PIECE):
                piece = slice(start, start + _PIECE)
                lines = _step_lines(one, piece, knobs, terms)
                file.write(table_lines([*head, *before, *own, *after] for head, own in lines))
                done += len(one.steps[piece])
                yield Progress(done, total, Sentence("steps"), Sentence("Writing"))
            for report in one.evaluations:
                lines = _evaluation_lines(one, report, knobs, terms)
                file.write(table_lines([*head, *before, *own, *after] for head, own in lines))
        yield None
    write_settings(path, settings)


#: The cells of a line: kind, step and knobs; and those of the models of its table.
_Cells = tuple[list[str], list[str]]


def _step_lines(table: CurveTable, piece: slice, knobs: list[str], terms: list[str]) -> Iterator[_Cells]:
    for step, turned, losses in zip(
        table.steps[piece].tolist(), table.knobs[piece].tolist(), table.losses[piece].tolist(), strict=True
    ):
        known = {name: value for name, value in zip(table.knob_names, turned, strict=True) if value == value}
        cells = []
        for member, present in zip(losses, table.present, strict=True):
            has = {name: value for name, value, there in zip(table.names, member, present, strict=True) if there}
            cells += [*map(figure_cell, map(has.get, terms)), *("",) * len(_OF_MODEL)]
        yield ["step", str(step), *map(figure_cell, map(known.get, knobs))], cells


def _evaluation_lines(
    table: CurveTable, report: EvaluationReport, knobs: list[str], terms: list[str]
) -> Iterator[_Cells]:
    kinds = (("train", report.train), ("held-out", report.held_out))
    for kind, losses in (("train", report.held_out),) if report.none_held_out else kinds:
        cells = []
        for member, entry in enumerate(losses):
            extra = _of_held_out(report, member) if losses is report.held_out else (None,) * len(_OF_HELD_OUT)
            cells += [*map(figure_cell, (*map(entry.get, terms), *extra)), _measured(table, report, member)]
        yield [kind, str(report.step), *("",) * len(knobs)], cells


def _of_held_out(report: EvaluationReport, member: int) -> tuple[float | None, ...]:
    """The values of the columns `_OF_HELD_OUT`; None for those this evaluation does not have."""
    errors = report.errors[member] if report.errors else None
    return (
        *((None,) * 3 if errors is None else (errors.reconstruction, errors.kl, errors.total)),
        report.mse[member] if report.mse else None,
        report.active[member],
        report.ranks[member] if report.ranks else None,
        report.variances[member] if report.variances else None,
    )


def _measured(table: CurveTable, report: EvaluationReport, member: int) -> str:
    """Description of the figures; "" if unknown."""
    if member >= len(table.models):
        return ""
    variance = report.variances[member] if report.variances else None
    return str(likelihood_label(table.models[member], report.pixels, variance))


def write_curves_npz(path: Path, table: CurveTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Write the curves as arrays, with `settings` as JSON text. Yields progress. Raises `OSError`.

    Steps: steps, epoch and one array per knob (beta, learning_rate, noise, ...), losses (n, members, terms),
    loss_names. For k evaluations: evaluation_steps (k,), evaluation_train and evaluation_held_out (k, members,
    terms), evaluation_none_held_out (k,), whether training rows were used because none is held out,
    evaluation_measured (k, members) with descriptions, and for the held-out rows (k, members), NaN if missing:
    reconstruction_error, kl_error, total_error, mse, active_units, effective_rank, variance. A knob
    with one of these names is "knob.NAME". A model beside the run has its own copy of all of them, with its number
    as prefix: m3_steps, m3_losses (n, 1, terms), ...
    """
    arrays, number = _arrays(table), table.members
    for one in table.beside:
        arrays |= {f"m{number + 1}_{name}": array for name, array in _arrays(one).items()}
        number += one.members
    yield from write_archive(path, arrays, settings)


def _arrays(table: CurveTable) -> dict[str, np.ndarray]:
    """The arrays of one table, without those of the models beside it."""
    reports = table.evaluations
    shape = (len(reports), table.members)
    arrays = {"steps": table.steps, "losses": table.losses, "loss_names": np.array(table.names)}
    arrays["evaluation_steps"] = np.array([report.step for report in reports], np.int64)
    arrays["evaluation_none_held_out"] = np.array([report.none_held_out for report in reports], bool)
    for name, of in (("evaluation_train", "train"), ("evaluation_held_out", "held_out")):
        values = [[[*map(losses.get, table.names)] for losses in getattr(report, of)] for report in reports]
        arrays[name] = np.array(values, np.float64).reshape(*shape, len(table.names))
    members = range(table.members)
    measured = [[_measured(table, report, member) for member in members] for report in reports]
    arrays["evaluation_measured"] = np.array(measured, np.str_).reshape(shape)
    extra = [[_of_held_out(report, member) for member in members] for report in reports]
    extras = np.array(extra, np.float64).reshape(*shape, len(_OF_HELD_OUT))
    arrays |= {name: extras[..., place] for place, name in enumerate(_OF_HELD_OUT)}
    arrays["active_units"] = arrays.pop("active")
    knobs = _named("knob", table.knob_names, {*arrays, "settings"})
    return arrays | {name: table.knobs[:, place] for place, name in enumerate(knobs)}
