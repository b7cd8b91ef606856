"""A short training loop by hand, with the images in memory: what the engine must not be slower than.

The models, losses and optimisers of the project, stepped in turn with one torch thread; no knobs, no reports, no
noise on the images, and nothing that could be resumed.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from trainer.config import ModelConfig
from trainer.models.family import family
from trainer.models.initialise import build
from trainer.models.latent_model import Batch


def memory_steps(images: Tensor, models: tuple[ModelConfig, ...], batch: int) -> Iterator[int]:
    """Train on images uint8 (N, C, H, W); yields the images of each step."""
    pixels = images.float() / 255
    members = [(family(config.family), build(config, 0)) for config in models]
    optimisers = [kind.optimisers(model, 1e-3) for kind, model in members]
    generator = torch.Generator().manual_seed(0)
    while True:
        for rows in torch.randperm(len(pixels), generator=generator).split(batch):
            inputs = pixels[rows]
            for (kind, model), (optimiser,) in zip(members, optimisers, strict=True):
                optimiser.zero_grad(set_to_none=True)
                losses = kind.losses(model, Batch(inputs, inputs, kind.usual_knobs, generator))
                losses.total.backward()
                optimiser.step()
                losses.total.item()
            yield len(inputs)
