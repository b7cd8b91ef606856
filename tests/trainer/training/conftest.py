from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from trainer.card import RECONSTRUCTION, TOTAL, Card
from trainer.config import ModelConfig
from trainer.models.family import Family, register, unregister
from trainer.models.latent_model import Batch, LatentModel, LossTensors


class _ToyModel(LatentModel):
    """Two linear maps under two optimisers, one at half the learning rate."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.inward = nn.Linear(config.pixels, config.latent)
        self.outward = nn.Linear(config.latent, config.pixels)
        self.modes: list[bool] = []

    def encode(self, images: Tensor) -> Tensor:
        self.modes.append(self.training)
        return self.inward(images.flatten(1))

    def decode(self, codes: Tensor) -> Tensor:
        return self.outward(codes).view(-1, *self.config.shape)


class ToyFamily(Family):
    """Records what the engine gives it."""

    card = Card(
        name="toy", title="Toy", short="Toy", about="For tests.", terms=(RECONSTRUCTION, TOTAL), plain=False
    )
    model: dict[str, Any] = {"shape": (1, 8, 8), "latent": 2, "widths": ()}  # noqa: RUF012

    def __init__(self) -> None:
        self.inputs: list[Tensor] = []
        self.targets: list[Tensor] = []

    def build(self, config: ModelConfig) -> LatentModel:
        return _ToyModel(config)

    def losses(self, model: LatentModel, batch: Batch) -> LossTensors:
        error = (model.decode(model.encode(batch.inputs)) - batch.targets).square().sum() / len(batch.inputs)
        return LossTensors({"reconstruction": error, "total": error})

    def optimisers(self, model: LatentModel, learning_rate: float | Tensor) -> tuple[torch.optim.Optimizer, ...]:
        assert isinstance(model, _ToyModel)
        return (
            torch.optim.Adam(model.inward.parameters(), lr=learning_rate),
            torch.optim.SGD(model.outward.parameters(), lr=learning_rate / 2, momentum=0.9),
        )

    def step(self, model: LatentModel, optimisers: tuple[torch.optim.Optimizer, ...], batch: Batch) -> LossTensors:
        self.inputs.append(batch.inputs.clone())
        self.targets.append(batch.targets.clone())
        losses = self.losses(model, batch)
        for optimiser in optimisers:
            optimiser.zero_grad()
        losses.total.backward()
        for optimiser in optimisers:
            optimiser.step()
        return losses.detached()


@pytest.fixture
def toy() -> Iterator[ToyFamily]:
    """A family with two optimisers, registered for one test."""
    family = ToyFamily()
    register(family)
    yield family
    unregister("toy")
