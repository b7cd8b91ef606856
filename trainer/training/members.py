"""One model under training: its weights, its optimisers and its own posterior noise."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from trainer.config import ModelConfig
from trainer.models.family import Family, family
from trainer.models.initialise import build
from trainer.models.latent_model import Batch, LatentModel
from trainer.seeds import stream


@dataclass(slots=True, eq=False)
class Member:
    """A model of a run with what its family needs to step it.

    Attributes:
        generator: draws the posterior noise of this member alone, from a seed all members share.
        lost: sums of its losses over the steps since they were last read, on the device: all terms in the order of
            the card, then KL per dimension, (terms + d,); None before the first step.
    """

    config: ModelConfig
    family: Family
    model: LatentModel
    optimisers: tuple[torch.optim.Optimizer, ...]
    generator: torch.Generator
    _scales: tuple[float, ...]
    lost: Tensor | None = None

    def step(self, inputs: Tensor, targets: Tensor, knobs: Mapping[str, Tensor | float]) -> None:
        """One optimisation step on one batch, see `Batch`; `lost` grows by its losses."""
        losses = self.family.step(self.model, self.optimisers, Batch(inputs, targets, knobs, self.generator))
        vector = torch.stack([losses.terms[term.name] for term in self.family.card.terms])
        if losses.kl_per_dimension is not None:
            vector = torch.cat((vector, losses.kl_per_dimension))
        if self.lost is None:
            self.lost = vector
        else:
            self.lost += vector  # in place: a captured step adds to this very tensor

    def set_rate(self, rate: float) -> None:
        """Use `rate` from the next step on; a family's parameter groups keep their proportions."""
        for group, scale in zip(_groups(self.optimisers), self._scales, strict=True):
            if isinstance(group["lr"], Tensor):
                group["lr"].fill_(rate * scale)  # in place: a captured step reads this very tensor
            else:
                group["lr"] = rate * scale

    def twin(self) -> Member:
        """A copy for trials: same weights, fresh optimisers, own noise."""
        model = copy.deepcopy(self.model)
        optimisers, scales = _optimisers(self.family, model, self.generator.device)
        return Member(
            self.config, self.family, model, optimisers, stream(0, "trial", self.generator.device), scales
        )

    def stepped(self, images: Tensor) -> Member:
        """A twin after one step on `images`: its optimisers hold what they keep, in its shapes and kinds."""
        twin = self.twin()
        twin.step(images, images, self.family.usual_knobs)
        return twin


def build_member(config: ModelConfig, seed: int, device: torch.device) -> Member:
    """A member at step 0 on `device`. Raises `ConfigError` if its family is unknown."""
    kind = family(config.family)
    model = build(config, seed)
    model.to(device).train()
    optimisers, scales = _optimisers(kind, model, device)
    return Member(config, kind, model, optimisers, stream(seed, "posterior", device), scales)


def _optimisers(
    kind: Family, model: LatentModel, device: torch.device
) -> tuple[tuple[torch.optim.Optimizer, ...], tuple[float, ...]]:
    """Fresh optimisers and the proportion of the learning rate that each of their parameter groups takes."""
    on_card = device.type == "cuda"
    # Built at a rate of one, each group's rate is its proportion. A plain number is faster on the CPU.
    optimisers = kind.optimisers(model, torch.ones((), device=device) if on_card else 1.0)
    groups = _groups(optimisers)
    scales = tuple(float(group["lr"]) for group in groups)
    for group in groups if on_card else ():
        # Otherwise the optimiser counts its steps on the CPU and refuses to be captured.
        group["capturable"] = True
    return optimisers, scales


def _groups(optimisers: tuple[torch.optim.Optimizer, ...]) -> list[dict[str, Any]]:
    return [group for optimiser in optimisers for group in optimiser.param_groups]
