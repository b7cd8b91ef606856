"""Batches of an image tensor in memory: an epoch is a seeded permutation, a batch an index into it."""

from __future__ import annotations

import torch
from torch import Tensor

from trainer.seeds import stream
from trainer.training.device_images import DeviceImages


class Batches:
    """Endless batches of the training rows, every row once per epoch; the last batch of an epoch may be shorter.

    The order of epoch e depends only on (seed, e), so the position in a run is two numbers.

    Attributes:
        epoch: completed epochs.
        position: rows of the present epoch already used, in [0, train_count).
    """

    def __init__(self, resident: DeviceImages, batch: int, seed: int) -> None:
        self._resident = resident
        self._count = resident.train_count
        self._batch = min(batch, self._count)
        self._seed = seed
        self.epoch = 0
        self.position = 0
        self._order = self._permutation()

    @property
    def size(self) -> int:
        """Rows in every batch except an epoch's last."""
        return self._batch

    def next(self) -> Tensor:
        """The next batch: float32 (n, C, H, W), n is the batch size or the rest of the epoch."""
        chosen = self._order[self.position : self.position + self._batch]
        images = self._resident.pixels(chosen)
        self.position += len(chosen)
        if self.position >= self._count:
            self.move_to(self.epoch + 1, 0)
        return images

    def move_to(self, epoch: int, position: int) -> None:
        """Continue `position` rows into epoch number `epoch`. Raises `ValueError` if the position does not
        exist.
        """
        if epoch < 0 or not 0 <= position < self._count:
            raise ValueError(f"an epoch of {self._count} rows has no position {position}")
        self.epoch, self.position = epoch, position
        self._order = self._permutation()

    def _permutation(self) -> Tensor:
        # Always drawn on the CPU, so that a run keeps its order when it moves to another device.
        generator = stream(self._seed, "batches", torch.device("cpu"), self.epoch)
        return torch.randperm(self._count, generator=generator).to(self._resident.rows.device)
