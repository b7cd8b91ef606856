"""The last good weights of a run, kept so that a step gone wrong can be taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from trainer.training.members import Member
from trainer.training.state import copied, load_member, member_tensors

#: Seconds between copies. One takes some milliseconds, so this costs training well under one per cent.
EVERY = 2.0


class Safeguard:
    """Copies all members now and then, if they are finite, and brings the last copy back."""

    def __init__(
        self, members: Sequence[Member], every: float = EVERY, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._members = members
        self._every = every
        self._clock = clock
        self._kept: list[dict[str, Tensor]] = []
        self._when = -float("inf")
        self.keep()

    def keep_if_due(self) -> None:
        """Copy the members if the last copy is old enough and every value is finite."""
        if self._clock() - self._when >= self._every:
            self.keep()

    def keep(self) -> None:
        """Copy the members now, unless a value of theirs is not finite."""
        self._when = self._clock()
        copies = [copied(member_tensors(member, index)) for index, member in enumerate(self._members)]
        if all(bool(torch.isfinite(value).all()) for tensors in copies for value in tensors.values()):
            self._kept = copies

    def bring_back(self) -> None:
        """Put the last copy into the members: weights and optimiser states."""
        for index, (member, tensors) in enumerate(zip(self._members, self._kept, strict=True)):
            load_member(member, index, tensors)
