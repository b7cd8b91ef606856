"""A plain network in torch, and the likelihood that its decoder parametrises."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from trainer.config import ModelConfig
from trainer.models.latent_model import LatentModel, Posterior
from trainer.networks.description import plain_network
from trainer.networks.torch_stacks import layer, stack
from trainer.training import losses


class DecoderOutput(NamedTuple):
    """Raw outputs of the decoder, (n, D) or (n, C, H, W): logits or means, and log σ² a pixel or None."""

    value: Tensor
    log_variance: Tensor | None


class PlainModel(LatentModel):
    """The modules of a plain network, named as its description says."""

    mean: nn.Module
    log_variance: nn.Module
    output: nn.Module
    output_log_variance: nn.Module

    def __init__(self, config: ModelConfig, *, posterior: bool = False) -> None:
        super().__init__(config)
        network = plain_network(config, posterior=posterior)
        mean, *other_heads = network.heads
        # Optimisers count parameters in this order, and a checkpoint keeps what they hold by number.
        self.encoder = stack(network.encoder)
        self.add_module(mean.name, layer(mean))
        self.decoder = stack(network.decoder)
        for spec in (*network.outputs, *other_heads):
            self.add_module(spec.name, layer(spec))
        self.has_posterior = posterior

    def body(self, images: Tensor) -> Tensor:
        """What the heads read: (n, features)."""
        if self.config.network == "mlp":
            return self.encoder(images.flatten(1))
        return self.encoder(images).flatten(1)

    def heads(self, images: Tensor) -> Posterior:
        """Mean and log-variance of q(z|x); of a model with a posterior."""
        body = self.body(images)
        return Posterior(self.mean(body), self.log_variance(body))

    def posterior(self, images: Tensor) -> Posterior | None:
        return self.heads(images) if self.has_posterior else None

    def encode(self, images: Tensor) -> Tensor:
        return self.mean(self.body(images))

    def decode(self, codes: Tensor) -> Tensor:
        value = self.output(self.decoder(codes))
        if self.config.likelihood == "bernoulli":
            value = torch.sigmoid(value)
        return value.view(-1, *self.config.shape)

    def raw(self, codes: Tensor) -> DecoderOutput:
        """The decoder's outputs before any activation."""
        hidden = self.decoder(codes)
        if self.config.likelihood != "gaussian-pixel":
            return DecoderOutput(self.output(hidden), None)
        return DecoderOutput(self.output(hidden), losses.floored(self.output_log_variance(hidden)))

    def reconstruction_loss(self, codes: Tensor, targets: Tensor) -> Tensor:
        """-ln p(x|z), mean over images: the differentiable scalar that training minimises."""
        value, log_variance = self.raw(codes)
        targets = targets.reshape(value.shape)
        kind = self.config.likelihood
        if kind == "bernoulli":
            return losses.bernoulli(value, targets)
        if kind == "gaussian":
            return losses.gaussian(value, targets, self.config.variance)
        if log_variance is None:
            return losses.gaussian_learned(value, targets)
        return losses.gaussian_pixel(value, log_variance, targets)

    def reconstruction(self, codes: Tensor, targets: Tensor, variance: float | None = None) -> Tensor:
        value, log_variance = self.raw(codes)
        targets = targets.reshape(value.shape)
        kind = self.config.likelihood
        if kind == "bernoulli":
            return losses.bernoulli_rows(value, targets)
        if log_variance is not None:
            return losses.gaussian_pixel_rows(value, log_variance, targets)
        if kind == "gaussian":
            return losses.gaussian_rows(value, targets, self.config.variance)
        if variance is not None:
            return losses.gaussian_rows(value, targets, variance)
        return losses.gaussian_rows(value, targets, losses.learned_variance(value, targets))
