"""Names and shapes of a plain model's tensors, from its config alone. Torch-free.

The other half of the agreement written down in `trainer.models.networks`: the replica and the checkpoint check
weights against it before they take memory for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from trainer.config import ModelConfig

KERNEL = 4


def plain_shapes(config: ModelConfig, posterior: bool) -> dict[str, tuple[int, ...]]:
    """Tensor name -> shape of a plain model, all float32. `posterior`: it has a `log_variance` head."""
    shapes: dict[str, tuple[int, ...]] = {}

    def layer(name: str, weight: tuple[int, ...], bias: int) -> None:
        shapes[f"{name}.weight"] = weight
        shapes[f"{name}.bias"] = (bias,)

    outputs = ["output"] + ["output_log_variance"] * (config.likelihood == "gaussian-pixel")
    heads = ["mean"] + ["log_variance"] * posterior
    channels, inverse = (config.shape[0], *config.widths), tuple(reversed(config.widths))
    if config.network == "conv":
        side = config.shape[1] >> len(config.widths)
        inner = config.widths[-1] * side * side
        for place, (inward, outward) in enumerate(pairwise(channels)):
            layer(f"encoder.{2 * place}", (outward, inward, KERNEL, KERNEL), outward)
        layer("decoder.0", (inner, config.latent), inner)
        for place, (inward, outward) in enumerate(pairwise(inverse), start=1):
            layer(f"decoder.{2 * place + 1}", (inward, outward, KERNEL, KERNEL), outward)
        for name in outputs:
            layer(name, (config.widths[0], config.shape[0], KERNEL, KERNEL), config.shape[0])
    else:
        for place, (inward, outward) in enumerate(pairwise((config.pixels, *config.widths))):
            layer(f"encoder.{2 * place}", (outward, inward), outward)
        inner = config.widths[-1] if config.widths else config.pixels
        for place, (inward, outward) in enumerate(pairwise((config.latent, *inverse))):
            layer(f"decoder.{2 * place}", (outward, inward), outward)
        last = config.widths[0] if config.widths else config.latent
        for name in outputs:
            layer(name, (config.pixels, last), config.pixels)
    for name in heads:
        layer(name, (config.latent, inner), config.latent)
    return shapes


def mismatch(found: Mapping[str, tuple[int, ...]], expected: Mapping[str, tuple[int, ...]]) -> str:
    """What is wrong with the tensors `found`, in a few words naming one of them; "" if nothing is."""
    for name, shape in expected.items():
        if name not in found:
            return f"the tensor {name} is missing"
        if tuple(found[name]) != shape:
            return f"the tensor {name} has shape {_spell(found[name])} instead of {_spell(shape)}"
    extra = sorted(set(found) - set(expected))
    return f"there is an unknown tensor {extra[0][:80]}" if extra else ""


def _spell(shape: tuple[int, ...]) -> str:
    return " x ".join(str(size) for size in shape) if shape else "scalar"
