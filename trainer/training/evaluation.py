"""Losses on rows that are not being trained on at the moment: clean inputs, β = 1, seeded posterior samples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from trainer.metrics.likelihood import ACTIVE_VARIANCE
from trainer.reports import Losses
from trainer.training.members import Member
from trainer.training.probe import evaluating
from trainer.training.readings import pack, unpack
from trainer.training.resident import Resident
from trainer.training.streams import stream

#: Held-out rows used at most, so that an evaluation costs about as much as ten training steps.
ROWS = 2000
BATCH = 500


def evaluate_rows(
    members: Sequence[Member], resident: Resident, chosen: np.ndarray, seed: int
) -> tuple[Losses, ...]:
    """Mean losses of each member on the images `chosen` (int64 (n,)) at β = 1, in nats per image.

    The posterior samples come from generators of their own: training does not notice, and the same weights give
    the same numbers.
    """
    index = torch.from_numpy(chosen).to(resident.rows.device)
    results = []
    for member in members:
        generator = stream(seed, "evaluation", resident.rows.device)
        total: Tensor | None = None
        with evaluating([member.model]):
            for part in index.split(BATCH):
                images = resident.pixels(part)
                packed = pack(member.model.losses(images, images, 1.0, generator)).double() * len(part)
                total = packed if total is None else total + packed
        if total is None:
            raise ValueError("an evaluation needs at least one row")
        results.append(unpack((total / len(index)).tolist()))
    return tuple(results)


def active_units(codes: np.ndarray) -> int:
    """How many dimensions of `codes` (n, d) have a variance over images above 0.01."""
    return int(np.count_nonzero(codes.var(axis=0, dtype=np.float64) > ACTIVE_VARIANCE))
