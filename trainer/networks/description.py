"""The description of the plain networks: their layers and tensors. Torch-free.

A plain model consists of the encoder, heads and decoder below. The torch module, the NumPy replica, the exact
derivatives, the memory estimate and the checkpoint validation all read this description, so that they cannot
diverge. A model may have further tensors for training only, such as a critic; they are not described here.


Shapes are (C, H, W) = `config.shape`, D = C·H·W, d = `config.latent`, w[0..n-1] = `config.widths`, all float32, in
PyTorch's own layout and order.

`network` "mlp" (pixels flattened in C, H, W order; indices count the ReLUs, which have no parameters):

    encoder.0.weight (w[0], D)           .bias (w[0],)       then ReLU
    encoder.2i.weight (w[i], w[i-1])     .bias (w[i],)       then ReLU, i up to n-1
    mean.weight (d, w[n-1])              mean.bias (d,)      linear: z of an autoencoder, μ of a variational one
    log_variance.weight (d, w[n-1])      log_variance.bias   linear: log σ² of q(z|x); with a posterior only
    decoder.0.weight (w[n-1], d)         .bias (w[n-1],)     then ReLU
    decoder.2i.weight (w[n-1-i], w[n-i]) .bias (w[n-1-i],)   then ReLU, i up to n-1
    output.weight (D, w[0])              output.bias (D,)    linear, read as (C, H, W)
    output_log_variance.weight, .bias    like `output`: log σ²(z) a pixel; likelihood "gaussian-pixel" only

With no widths (the linear model) there is no `encoder.*` and no `decoder.*`: the heads are (d, D), the output
(D, d).

`network` "conv", H = W = S; every convolution has kernel 4, stride 2, padding 1 and halves the side, every
transposed one doubles it. s = S / 2^n is the innermost side, F = w[n-1]·s·s the innermost size:

    encoder.0.weight (w[0], C, 4, 4)        .bias (w[0],)    convolution, then ReLU
    encoder.2i.weight (w[i], w[i-1], 4, 4)  .bias (w[i],)    convolution, then ReLU, i up to n-1; then flatten
    mean.weight (d, F)  mean.bias (d,)  log_variance.weight (d, F)  log_variance.bias (d,)       as above
    decoder.0.weight (F, d)                 .bias (F,)       linear, then ReLU, then unflatten to (w[n-1], s, s)
    decoder.(2i+1).weight (w[n-i], w[n-1-i], 4, 4)  .bias    transposed convolution, then ReLU, i from 1 to n-1
    output.weight (w[0], C, 4, 4)           output.bias (C,) transposed convolution
    output_log_variance.weight, .bias       like `output`; "gaussian-pixel" only

(`decoder.1` is the ReLU and `decoder.2` the unflatten, so the transposed convolutions are decoder.3, decoder.5
and so on; with one width there is none and `output` follows the unflatten.)

The mean picture of p(x|z) is the logistic sigmoid of `output` for likelihood "bernoulli" and `output` itself for
the Gaussian likelihoods (clipped to [0, 1] for display only).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from trainer.config import ModelConfig
from trainer.likelihoods import outputs_of
from trainer.sentences import Sentence

KERNEL, STRIDE, PADDING = 4, 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerSpec:
    """One affine layer, with the tensors `{name}.weight` and `{name}.bias`.

    Attributes:
        kind: "linear", "convolution" (halves the side) or "transposed" (transposed convolution, doubles the side).
        inward, outward: number of inputs and outputs: units of a linear layer, channels of the others.
        side: input side in pixels of a convolution or transposed convolution; 0 for a linear layer.
        relu: whether a ReLU follows.
        unflatten: (channels, side) if a linear layer's output is unflattened to images of that side; else None.
    """

    name: str
    kind: Literal["linear", "convolution", "transposed"]
    inward: int
    outward: int
    side: int = 0
    relu: bool = False
    unflatten: tuple[int, int] | None = None

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Tensor name -> shape."""
        match self.kind:
            case "linear":
                weight: tuple[int, ...] = (self.outward, self.inward)
            case "convolution":
                weight = (self.outward, self.inward, KERNEL, KERNEL)
            case "transposed":
                weight = (self.inward, self.outward, KERNEL, KERNEL)
        return {f"{self.name}.weight": weight, f"{self.name}.bias": (self.outward,)}

    @property
    def outputs(self) -> int:
        """Number of output values for one image."""
        side = {"linear": 1, "convolution": self.side // 2, "transposed": 2 * self.side}[self.kind]
        return self.outward * side * side

    @property
    def widest(self) -> int:
        """Number of values in the working arrays for one image."""
        # Windows (im2col) and footprints hold 4 values per value of the finer side, besides sums and shifted
        # copies; batches with four times as many rows make convolutions 25 % slower.
        finer = {"linear": 0, "convolution": self.inward * self.side**2, "transposed": self.outputs}[self.kind]
        return max(self.inward if self.kind == "linear" else 0, self.outputs, 16 * finer)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainNetwork:
    """Encoder body, its heads, decoder body, and its outputs.

    Attributes:
        heads: "mean", and "log_variance" with a posterior.
        outputs: "output", and "output_log_variance" if the likelihood has a variance per pixel.
    """

    encoder: tuple[LayerSpec, ...]
    heads: tuple[LayerSpec, ...]
    decoder: tuple[LayerSpec, ...]
    outputs: tuple[LayerSpec, ...]

    @property
    def layers(self) -> tuple[LayerSpec, ...]:
        """All layers, in order."""
        return self.encoder + self.heads + self.decoder + self.outputs

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Tensor name -> shape, all float32."""
        return {name: shape for layer in self.layers for name, shape in layer.shapes.items()}

    @property
    def weights(self) -> int:
        """Number of parameters."""
        return sum(math.prod(shape) for shape in self.shapes.values())

    @property
    def values(self) -> int:
        """Number of output values of all layers together for one image."""
        return sum(layer.outputs for layer in self.layers)

    @property
    def widest(self) -> int:
        """Number of values of the widest working array for one image."""
        return max(layer.widest for layer in self.layers)


def plain_network(config: ModelConfig, *, posterior: bool) -> PlainNetwork:
    """The description of a plain model's network. `posterior`: it has a `log_variance` head."""
    heads = ("mean", "log_variance") if posterior else ("mean",)
    outputs = outputs_of(config)
    inverse = tuple(reversed(config.widths))
    if config.network == "conv":
        channels, sides = (config.shape[0], *config.widths), [config.shape[1] >> n for n in range(9)]
        depth = len(config.widths)
        unflatten = (config.widths[-1], sides[depth])
        inner = unflatten[0] * unflatten[1] ** 2
        encoder = tuple(
            LayerSpec(
                name=f"encoder.{2 * place}",
                kind="convolution",
                inward=inward,
                outward=outward,
                side=sides[place],
                relu=True,
            )
            for place, (inward, outward) in enumerate(pairwise(channels))
        )
        first = LayerSpec(
            name="decoder.0", kind="linear", inward=config.latent, outward=inner, relu=True, unflatten=unflatten
        )
        upward = tuple(
            LayerSpec(
                name=f"decoder.{2 * place + 1}",
                kind="transposed",
                inward=inward,
                outward=outward,
                side=sides[depth + 1 - place],
                relu=True,
            )
            for place, (inward, outward) in enumerate(pairwise(inverse), start=1)
        )
        last = tuple(
            LayerSpec(
                name=name, kind="transposed", inward=config.widths[0], outward=config.shape[0], side=sides[1]
            )
            for name in outputs
        )
        return PlainNetwork(
            encoder=encoder, heads=_heads(heads, inner, config), decoder=(first, *upward), outputs=last
        )
    inner = config.widths[-1] if config.widths else config.pixels
    return PlainNetwork(
        encoder=_perceptron("encoder", (config.pixels, *config.widths)),
        heads=_heads(heads, inner, config),
        decoder=_perceptron("decoder", (config.latent, *inverse)),
        outputs=tuple(
            LayerSpec(name=name, kind="linear", inward=(config.latent, *inverse)[-1], outward=config.pixels)
            for name in outputs
        ),
    )


def wrong_tensors(
    found: Mapping[str, tuple[int, ...]], expected: Mapping[str, tuple[int, ...]]
) -> Sentence | None:
    """The first difference between the tensor shapes `found` and `expected` in a few words; None if none."""
    for name, shape in expected.items():
        if name not in found:
            return Sentence("the tensor {name} is missing", name=name)
        if tuple(found[name]) != shape:
            return Sentence(
                "the tensor {name} has shape {shape} instead of {wanted}",
                name=name,
                shape=_spell(found[name]),
                wanted=_spell(shape),
            )
    extra = sorted(set(found) - set(expected))
    return Sentence("there is an unknown tensor {name}", name=extra[0][:80]) if extra else None


def _heads(names: tuple[str, ...], inner: int, config: ModelConfig) -> tuple[LayerSpec, ...]:
    return tuple(LayerSpec(name=name, kind="linear", inward=inner, outward=config.latent) for name in names)


def _perceptron(prefix: str, sizes: tuple[int, ...]) -> tuple[LayerSpec, ...]:
    return tuple(
        LayerSpec(name=f"{prefix}.{2 * place}", kind="linear", inward=inward, outward=outward, relu=True)
        for place, (inward, outward) in enumerate(pairwise(sizes))
    )


def _spell(shape: tuple[int, ...]) -> str:
    return " x ".join(str(size) for size in shape) if shape else "scalar"
