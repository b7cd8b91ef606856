"""The layers of a plain network as torch modules."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from trainer.networks.description import KERNEL, PADDING, STRIDE, LayerSpec


def layer(spec: LayerSpec) -> nn.Module:
    """One affine layer, without activation."""
    match spec.kind:
        case "linear":
            return nn.Linear(spec.inward, spec.outward)
        case "convolution":
            return nn.Conv2d(spec.inward, spec.outward, KERNEL, STRIDE, PADDING)
        case "transposed":
            return nn.ConvTranspose2d(spec.inward, spec.outward, KERNEL, STRIDE, PADDING)


def stack(specs: Sequence[LayerSpec]) -> nn.Sequential:
    """Layers with their activations in one module; tensor names in the description count the activations too."""
    parts: list[nn.Module] = []
    for spec in specs:
        if spec.name.rpartition(".")[2] != str(len(parts)):
            raise ValueError(f"{spec.name} would be part {len(parts)} of its stack")
        parts.append(layer(spec))
        if spec.relu:
            parts.append(nn.ReLU())
        if spec.unflatten is not None:
            channels, side = spec.unflatten
            parts.append(nn.Unflatten(1, (channels, side, side)))
    return nn.Sequential(*parts)
