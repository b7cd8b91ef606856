"""Losses of all members as one tensor on the device, read together, since every read waits for the device."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from trainer.models.latent_model import LossTensors
from trainer.reports import Losses


def pack(losses: LossTensors) -> Tensor:
    """All terms in their order, and KL per dimension, in one vector (terms + d,)."""
    heads = torch.stack(tuple(losses.terms.values()))
    return heads if losses.kl_per_dimension is None else torch.cat((heads, losses.kl_per_dimension))


def read(packed: Sequence[Tensor], names: Sequence[tuple[str, ...]], divisor: float = 1.0) -> tuple[Losses, ...]:
    """The losses of each member, each divided by `divisor`; waits for the device once. `names`: of its terms."""
    numbers = [number / divisor for number in torch.cat(tuple(packed)).tolist()]
    losses, start = [], 0
    for vector, terms in zip(packed, names, strict=True):
        first, end = start + len(terms), start + vector.numel()
        losses.append(Losses(dict(zip(terms, numbers[start:first], strict=True)), tuple(numbers[first:end])))
        start = end
    return tuple(losses)


class RunningLosses:
    """Sums of the losses since the last read, kept on the device."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        """`names`: of each member's terms, in the order of its card."""
        self._names = names
        self._sums: list[Tensor] = []
        self._steps = 0

    def add(self, packed: Sequence[Tensor]) -> None:
        """Add one step's packed losses."""
        if not self._sums:
            self._sums = [vector.clone() for vector in packed]  # a captured graph writes to the originals again
        else:
            torch._foreach_add_(self._sums, list(packed))
        self._steps += 1

    def take(self) -> tuple[Losses, ...]:
        """The mean per step since the last call; waits for the device. Empty if no step was added."""
        if not self._steps:
            return ()
        losses = read(self._sums, self._names, self._steps)
        self._sums, self._steps = [], 0
        return losses


def finite(losses: Losses) -> bool:
    """Whether every value of `losses` is finite."""
    return all(map(math.isfinite, (*losses.terms.values(), *losses.kl_per_dimension)))
