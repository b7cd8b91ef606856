"""The random numbers that samples of codes are made from. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trainer.arrays import Array


@dataclass(frozen=True, slots=True)
class Noise:
    """The random numbers of n codes: the same noise gives samples of two models that can be compared.

    normal: (n, d), independent N(0, 1). uniform: (n,), in [0, 1), selects a component or image. NumPy or torch.
    """

    normal: Array
    uniform: Array

    def __len__(self) -> int:
        return len(self.uniform)

    def __getitem__(self, rows: slice) -> Noise:
        return Noise(self.normal[rows], self.uniform[rows])


def draw_noise(count: int, latent: int, seed: int) -> Noise:
    """Noise for `count` codes of `latent` dimensions, float64; fewer codes get the beginning of the same noise."""
    normal, uniform = np.random.SeedSequence(seed).spawn(2)
    return Noise(
        np.random.default_rng(normal).standard_normal((count, latent)),
        np.random.default_rng(uniform).random(count),
    )
