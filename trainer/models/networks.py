"""The plain stacks: encoder, heads and decoder of every model whose family is `plain`, and their exact layout.

A plain model's `state_dict` holds the tensors named below and nothing else, so that the torch-free replica can run
it from the names and shapes alone. Shapes are (C, H, W) = `config.shape`, D = C·H·W, d = `config.latent`,
w[0..n-1] = `config.widths`, all float32, in PyTorch's own layout and order.

`network` "mlp" (pixels flattened in C, H, W order; indices count the ReLUs, which have no parameters):

    encoder.0.weight (w[0], D)           .bias (w[0],)       then ReLU
    encoder.2.weight (w[1], w[0])        .bias (w[1],)       then ReLU
    encoder.2i.weight (w[i], w[i-1])     .bias (w[i],)       then ReLU, i up to n-1
    mean.weight (d, w[n-1])              mean.bias (d,)      linear: z of an autoencoder, μ of a variational one
    log_variance.weight (d, w[n-1])      log_variance.bias   linear: log σ² of q(z|x); variational only
    decoder.0.weight (w[n-1], d)         .bias (w[n-1],)     then ReLU
    decoder.2i.weight (w[n-1-i], w[n-i]) .bias (w[n-1-i],)   then ReLU, i up to n-1
    output.weight (D, w[0])              output.bias (D,)    linear, read as (C, H, W)
    output_log_variance.weight, .bias    like `output`: log σ²(z) a pixel; likelihood "gaussian-pixel" only

With no widths (the linear model) there is no `encoder.*` and no `decoder.*`: the heads are (d, D), the output
(D, d).

`network` "conv", H = W = S; every convolution has kernel 4, stride 2, padding 1 and halves the side, every
transposed one doubles it. s = S / 2^n is the innermost side, F = w[n-1]·s·s the innermost size:

    encoder.0.weight (w[0], C, 4, 4)        .bias (w[0],)    Conv2d, then ReLU
    encoder.2i.weight (w[i], w[i-1], 4, 4)  .bias (w[i],)    Conv2d, then ReLU, i up to n-1; then flatten
    mean.weight (d, F)  mean.bias (d,)  log_variance.weight (d, F)  log_variance.bias (d,)       as above
    decoder.0.weight (F, d)                 .bias (F,)       Linear, then ReLU, then unflatten to (w[n-1], s, s)
    decoder.(2i+1).weight (w[n-i], w[n-1-i], 4, 4)  .bias    ConvTranspose2d, then ReLU, i from 1 to n-1
    output.weight (w[0], C, 4, 4)           output.bias (C,) ConvTranspose2d, linear
    output_log_variance.weight, .bias       like `output`; "gaussian-pixel" only

(`decoder.1` is the ReLU and `decoder.2` the unflatten, so the transposed convolutions are decoder.3, decoder.5
and so on; with one width there is none and `output` follows the unflatten.)

The mean picture of p(x|z) is the logistic sigmoid of `output` for likelihood "bernoulli" and `output` itself for
the Gaussian kinds (clipped to [0, 1] only where it is shown).
"""

from __future__ import annotations

from itertools import pairwise

from torch import nn

from trainer.config import ModelConfig

KERNEL, STRIDE, PADDING = 4, 2, 1


def encoder(config: ModelConfig) -> tuple[nn.Sequential, int]:
    """The encoder's body and its output's size; takes images (n, C, H, W) for "conv", rows (n, D) for "mlp"."""
    if config.network == "conv":
        layers: list[nn.Module] = []
        for inward, outward in pairwise((config.shape[0], *config.widths)):
            layers += [nn.Conv2d(inward, outward, KERNEL, STRIDE, PADDING), nn.ReLU()]
        return nn.Sequential(*layers, nn.Flatten()), innermost(config)
    return _perceptron((config.pixels, *config.widths)), (config.pixels, *config.widths)[-1]


def decoder(config: ModelConfig) -> nn.Sequential:
    """The decoder's body from codes (n, d) up to what `output` takes."""
    if config.network == "conv":
        side = config.shape[1] >> len(config.widths)
        layers: list[nn.Module] = [
            nn.Linear(config.latent, innermost(config)),
            nn.ReLU(),
            nn.Unflatten(1, (config.widths[-1], side, side)),
        ]
        for inward, outward in pairwise(reversed(config.widths)):
            layers += [nn.ConvTranspose2d(inward, outward, KERNEL, STRIDE, PADDING), nn.ReLU()]
        return nn.Sequential(*layers)
    return _perceptron((config.latent, *reversed(config.widths)))


def output(config: ModelConfig) -> nn.Module:
    """One output layer, from the decoder's body to (n, D) ("mlp") or (n, C, H, W) ("conv"), without activation."""
    if config.network == "conv":
        return nn.ConvTranspose2d(config.widths[0], config.shape[0], KERNEL, STRIDE, PADDING)
    return nn.Linear((config.latent, *reversed(config.widths))[-1], config.pixels)


def innermost(config: ModelConfig) -> int:
    """F: values a convolutional network has left where it becomes flat."""
    side = config.shape[1] >> len(config.widths)
    return config.widths[-1] * side * side


def _perceptron(sizes: tuple[int, ...]) -> nn.Sequential:
    layers: list[nn.Module] = []
    for inward, outward in pairwise(sizes):
        layers += [nn.Linear(inward, outward), nn.ReLU()]
    return nn.Sequential(*layers)
