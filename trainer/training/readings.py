"""Losses of all members as one tensor on the device, read at once, since every reading waits for the device."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from trainer.models.latent_model import LossTensors
from trainer.reports import Losses


def pack(losses: LossTensors) -> Tensor:
    """Reconstruction, KL, total and KL per dimension in one vector (3 + d,)."""
    heads = torch.stack((losses.reconstruction, losses.kl, losses.total))
    return torch.cat((heads, losses.kl_per_dimension)) if losses.kl_per_dimension.numel() else heads


def unpack(values: Sequence[float]) -> Losses:
    """The inverse of `pack`, for numbers that were read."""
    reconstruction, kl, total, *dimensions = values
    return Losses(reconstruction=reconstruction, kl=kl, total=total, kl_per_dimension=tuple(dimensions))


def read(packed: Sequence[Tensor], divisor: float = 1.0) -> tuple[Losses, ...]:
    """The losses of each member, each divided by `divisor`; waits for the device once."""
    numbers = torch.cat(tuple(packed)).tolist()
    losses, start = [], 0
    for vector in packed:
        end = start + vector.numel()
        losses.append(unpack([number / divisor for number in numbers[start:end]]))
        start = end
    return tuple(losses)


class RunningLosses:
    """Sums of the losses since the last reading, kept on the device."""

    def __init__(self) -> None:
        self._sums: list[Tensor] = []
        self._steps = 0

    def add(self, packed: Sequence[Tensor]) -> None:
        """Count one step's packed losses in."""
        if not self._sums:
            self._sums = [vector.clone() for vector in packed]  # a captured graph writes to the originals again
        else:
            torch._foreach_add_(self._sums, list(packed))
        self._steps += 1

    def take(self) -> tuple[Losses, ...]:
        """The mean a step since the last call, which waits for the device; empty if no step was counted."""
        if not self._steps:
            return ()
        losses = read(self._sums, self._steps)
        self._sums, self._steps = [], 0
        return losses


def finite(losses: Losses) -> bool:
    """Whether every number of `losses` is one."""
    return all(map(math.isfinite, (losses.reconstruction, losses.kl, losses.total, *losses.kl_per_dimension)))
