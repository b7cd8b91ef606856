"""Changes of images before a training step: binarisation and input noise."""

from __future__ import annotations

import torch
from torch import Tensor


class Corruption:
    """Binarisation with new draws in each step, and input noise, the same for all members of a run.

    Attributes:
        generator: its random stream, on the images' device.
    """

    def __init__(self, generator: torch.Generator, binarise: str) -> None:
        self.generator = generator
        self._binarise = binarise

    def __call__(self, images: Tensor, noise: float) -> tuple[Tensor, Tensor]:
        """The encoder's input, and the images that the loss compares with."""
        if self._binarise == "dynamic":
            # A draw in [0, 1) below the grey level; `torch.bernoulli` takes four times as long on a CPU.
            drawn = torch.rand(images.shape, generator=self.generator, device=images.device)
            images = drawn.lt_(images)
        if noise == 0:
            return images, images
        drawn = torch.empty_like(images).normal_(0, noise, generator=self.generator)
        return drawn.add_(images), images
