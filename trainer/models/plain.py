"""A plain network in torch, and the likelihood that its decoder parametrises."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from trainer.config import ModelConfig
from trainer.likelihoods import likelihood_of
from trainer.models.latent_model import LatentModel
from trainer.models.prior_tensors import PriorTensors
from trainer.networks.description import plain_network
from trainer.networks.torch_stacks import layer, stack
from trainer.posteriors import Posterior
from trainer.prior import Prior


class PlainModel(LatentModel):
    """The modules of a plain network, with the names of its description."""

    mean: nn.Module
    log_variance: nn.Module
    prior: PriorTensors

    def __init__(
        self, config: ModelConfig, *, posterior: type[Posterior] | None = None, prior: PriorTensors | None = None
    ) -> None:
        super().__init__(config)
        network = plain_network(config, posterior=posterior is not None)
        mean, *other_heads = network.heads
        # Optimisers number parameters in this order, and checkpoints store their state by number.
        self.encoder = stack(network.encoder)
        self.add_module(mean.name, layer(mean))
        self.decoder = stack(network.decoder)
        for spec in (*network.outputs, *other_heads):
            self.add_module(spec.name, layer(spec))
        self.posterior_kind, self.has_prior = posterior, prior is not None
        if prior is not None:
            self.prior = prior
        self._likelihood = likelihood_of(config)

    def body(self, images: Tensor) -> Tensor:
        """The input of the heads: (n, features)."""
        if self.config.network == "mlp":
            return self.encoder(images.flatten(1))
        return self.encoder(images).flatten(1)

    def heads(self, images: Tensor) -> Posterior:
        """q(z|x); only for a model with a posterior."""
        assert self.posterior_kind is not None
        body = self.body(images)
        return self.posterior_kind(self.mean(body), self.log_variance(body))

    def posterior(self, images: Tensor) -> Posterior | None:
        return None if self.posterior_kind is None else self.heads(images)

    def prior_distribution(self) -> Prior | None:
        return self.prior.distribution() if self.has_prior else None

    def encode(self, images: Tensor) -> Tensor:
        return self.mean(self.body(images))

    def decode(self, codes: Tensor) -> Tensor:
        value = self.get_submodule("output")(self.decoder(codes))
        return self._likelihood.mean((value,)).view(-1, *self.config.shape)

    def raw(self, codes: Tensor) -> tuple[Tensor, ...]:
        """The outputs of the decoder's heads before any activation: (n, D) or (n, C, H, W) each."""
        hidden = self.decoder(codes)
        return tuple(self.get_submodule(name)(hidden) for name in self._likelihood.outputs)

    def reconstruction_loss(self, codes: Tensor, targets: Tensor) -> Tensor:
        """-ln p(x|z), mean over images: the differentiable scalar that training minimises."""
        outputs = self.raw(codes)
        return self._likelihood.loss(outputs, targets.reshape(outputs[0].shape))

    def reconstruction(self, codes: Tensor, targets: Tensor, variance: float | None = None) -> Tensor:
        outputs = self.raw(codes)
        shaped = targets.reshape(len(targets), *outputs[0].shape[1:])
        return -likelihood_of(self.config, variance).log_density(outputs, shaped)

    def draw(self, codes: Tensor, seed: int, variance: float | None = None) -> Tensor:
        outputs, likelihood = self.raw(codes), likelihood_of(self.config, variance)
        noise = likelihood.noise_of(np.random.default_rng(seed), (1, *outputs[0].shape[1:]))
        drawn: Tensor = likelihood.sample(outputs, torch.from_numpy(noise).to(codes.device))
        return drawn.view(-1, *self.config.shape)
