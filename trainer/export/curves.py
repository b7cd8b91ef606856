"""Loss curves as CSV or NPZ: every step's losses and knobs, and the held-out evaluations. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from trainer.export.archive import write_archive
from trainer.export.partial_file import partial_file
from trainer.export.settings_text import settings_text
from trainer.progress import Progress
from trainer.reports import EvaluationReport, Losses

LOSSES = ("reconstruction", "kl", "total")
KNOBS = ("epoch", "beta", "learning_rate", "noise")
#: Lines formatted between two looks whether the file is still wanted.
_PIECE = 2_000


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CurveTable:
    """What is written. Losses are in nats per image.

    Attributes:
        steps: int64 (n,).
        knobs: float64 (n, 4): epoch, β as applied, learning rate and noise of each step.
        losses: float32 (n, members, 3): reconstruction, KL, total.
        evaluations: oldest first.
    """

    steps: np.ndarray = field(repr=False)
    knobs: np.ndarray = field(repr=False)
    losses: np.ndarray = field(repr=False)
    evaluations: tuple[EvaluationReport, ...] = field(default=(), repr=False)

    @property
    def members(self) -> int:
        """The number of models."""
        return int(self.losses.shape[1])


def write_curves_csv(path: Path, table: CurveTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """A line "# {settings}", a line of heads, a line a step or evaluation. Raises `OSError`.

    kind is "step" (training loss of that step), or "train" or "held-out" (an evaluation on those rows, with active
    units); what a kind does not have is left empty.
    """
    heads = ["kind", "step", *KNOBS]
    for number in range(1, table.members + 1):
        heads += [f"m{number}_{name}" for name in LOSSES] + [f"m{number}_active"]
    total = len(table.steps)
    with partial_file(path) as file:
        file.write(f"# {settings_text(settings)}\n{','.join(heads)}\n".encode())
        for start in range(0, total, _PIECE):
            file.write(_step_lines(table, slice(start, start + _PIECE)))
            yield Progress(min(start + _PIECE, total), total, "steps", "Writing")
        for report in table.evaluations:
            for kind, losses in (("train", report.train), ("held-out", report.held_out)):
                cells = [kind, str(report.step), "", "", "", ""]
                for member, entry in enumerate(losses):
                    cells += [f"{value:.9g}" for value in _values(entry)]
                    cells.append(str(report.active[member]) if kind == "held-out" else "")
                file.write((",".join(cells) + "\n").encode())
        yield None


def _step_lines(table: CurveTable, piece: slice) -> bytes:
    lines = []
    for step, knobs, losses in zip(
        table.steps[piece].tolist(), table.knobs[piece].tolist(), table.losses[piece].tolist(), strict=True
    ):
        cells = ["step", str(step), *(f"{value:.9g}" for value in knobs)]
        for member in losses:
            cells += [*(f"{value:.9g}" for value in member), ""]
        lines.append(",".join(cells))
    return ("\n".join(lines) + "\n").encode()


def _values(losses: Losses) -> tuple[float, float, float]:
    return losses.reconstruction, losses.kl, losses.total


def write_curves_npz(path: Path, table: CurveTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Arrays steps, epoch, beta, learning_rate, noise, losses (n, members, 3), loss_names; of the k evaluations

    evaluation_steps (k,), evaluation_train and evaluation_held_out (k, members, 3), active_units (k, members).
    """
    reports = table.evaluations
    shape = (len(reports), table.members)
    arrays = {"steps": table.steps, "losses": table.losses, "loss_names": np.array(LOSSES)}
    arrays |= {name: table.knobs[:, place] for place, name in enumerate(KNOBS)}
    arrays["evaluation_steps"] = np.array([report.step for report in reports], np.int64)
    for name, of in (("evaluation_train", "train"), ("evaluation_held_out", "held_out")):
        values = [[_values(losses) for losses in getattr(report, of)] for report in reports]
        arrays[name] = np.array(values, np.float64).reshape(*shape, 3)
    arrays["active_units"] = np.array([report.active for report in reports], np.int64).reshape(shape)
    yield from write_archive(path, arrays, settings)
