"""The tensors of a model's prior as part of the model, in torch."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import torch
from torch import Tensor, nn

from trainer.config import ModelConfig
from trainer.prior import PREFIX, Prior


class PriorTensors(nn.Module):
    """The module "prior" of a model, so that checkpoints and snapshots contain its tensors."""

    def __init__(
        self,
        kind: type[Prior],
        config: ModelConfig,
        tensors: Mapping[str, Tensor] | None = None,
        *,
        learned: bool = False,
    ) -> None:
        """`tensors`: float32, by their names in `kind` without `PREFIX`. `learned`: training changes them."""
        super().__init__()
        self._kind, self._config = kind, config
        for name, tensor in (tensors or {}).items():
            if learned:
                self.register_parameter(name, nn.Parameter(tensor.to(torch.float32)))
            else:
                self.register_buffer(name, tensor.to(torch.float32))

    def distribution(self) -> Prior:
        """The prior with the current tensors; differentiable with respect to learned ones."""
        tensors = chain(self.named_parameters(), self.named_buffers())
        return self._kind.read(self._config, {PREFIX + name: tensor for name, tensor in tensors})
