"""The layers of a plain network in NumPy; decoder layers also with their transposes. Torch-free.

Convolutional activations are (channels, n, height, width), fully connected ones (n, units). In this layout a
convolution of a batch is one matrix product over its 4 x 4 windows, and a transposed convolution is one matrix
product that gives the 4 x 4 footprint of each input pixel, followed by sixteen shifted additions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from trainer.networks.description import KERNEL, LayerSpec
from trainer.networks.upsampling import upsample

#: Maximum number of rows that are multiplied one by one.
_FEW = 4


def rows_times(weight: np.ndarray, values: np.ndarray) -> np.ndarray:
    """values (n, inward) times the transposed weight (outward, inward): (n, outward), a new array."""
    if len(values) > _FEW:
        return values @ weight.T
    # One matrix-vector product per row: for a few rows four times as fast as the matrix product.
    result = np.empty((len(values), len(weight)), np.float32)
    for place, row in enumerate(values):
        np.matmul(weight, row, out=result[place])
    return result


def numpy_layer(spec: LayerSpec, weights: Mapping[str, np.ndarray]) -> Layer | ConvolutionLayer:
    """The layer that `spec` describes, with its tensors from `weights` (float32, contiguous).

    Shares memory with `weights` if the layout allows it.
    """
    weight, bias = weights[f"{spec.name}.weight"], weights[f"{spec.name}.bias"]
    match spec.kind:
        case "linear":
            return FullLayer(weight, bias, spec.unflatten)
        case "convolution":
            return ConvolutionLayer(weight.reshape(len(weight), -1), bias)
        case "transposed":
            footprint = weight.transpose(2, 3, 1, 0).reshape(-1, len(weight))  # (4 · 4 · out, in)
            return UpsamplingLayer(np.ascontiguousarray(footprint), bias)


class Layer(Protocol):
    """An affine map y = Wx + b."""

    def forward(self, values: np.ndarray, *, relu: bool = False) -> np.ndarray:
        """Wx + b, a new array; with `relu` its positive part."""

    def linear(self, values: np.ndarray) -> np.ndarray:
        """Wx, a new array."""

    def transposed(self, values: np.ndarray) -> np.ndarray:
        """Wᵀy."""

    def laid(self, pictures: np.ndarray) -> np.ndarray:
        """Pictures (n, C, H, W) in the memory layout of this layer's output."""


@dataclass(frozen=True, slots=True, eq=False)
class FullLayer:
    """Fully connected, (n, inward) -> (n, outward).

    Attributes:
        weight: (outward, inward).
        bias: (outward,).
        unflatten: (channels, side) if the output is unflattened to (channels, n, side, side); else None.
    """

    weight: np.ndarray = field(repr=False)
    bias: np.ndarray = field(repr=False)
    unflatten: tuple[int, int] | None = None

    def forward(self, values: np.ndarray, *, relu: bool = False) -> np.ndarray:
        result = rows_times(self.weight, values)
        result += self.bias
        if relu:
            np.maximum(result, 0, out=result)
        return self._unflattened(result)

    def linear(self, values: np.ndarray) -> np.ndarray:
        return self._unflattened(rows_times(self.weight, values))

    def transposed(self, values: np.ndarray) -> np.ndarray:
        if self.unflatten is not None:
            values = values.transpose(1, 0, 2, 3).reshape(values.shape[1], -1)
        return rows_times(self.weight.T, values)

    def laid(self, pictures: np.ndarray) -> np.ndarray:
        return pictures.reshape(len(pictures), -1)

    def _unflattened(self, values: np.ndarray) -> np.ndarray:
        if self.unflatten is None:
            return values
        channels, side = self.unflatten
        return values.reshape(len(values), channels, side, side).transpose(1, 0, 2, 3)


@dataclass(frozen=True, slots=True, eq=False)
class UpsamplingLayer:
    """Transposed convolution, kernel 4, stride 2, padding 1: (in, n, s, s) -> (out, n, 2s, 2s).

    Attributes:
        weight: (4 · 4 · out, in): the footprint of an input pixel.
        bias: (out,).
    """

    weight: np.ndarray = field(repr=False)
    bias: np.ndarray = field(repr=False)

    def forward(self, values: np.ndarray, *, relu: bool = False) -> np.ndarray:
        return upsample(self.weight, self.bias, values, relu=relu)

    def linear(self, values: np.ndarray) -> np.ndarray:
        return upsample(self.weight, np.zeros_like(self.bias), values)

    def transposed(self, values: np.ndarray) -> np.ndarray:
        outward, count, double, _ = values.shape
        side = double // 2
        padded = np.zeros((outward, count, double + 2, double + 2), np.float32)
        padded[:, :, 1:-1, 1:-1] = values
        footprints = np.empty((KERNEL, KERNEL, outward, count, side, side), np.float32)
        for row in range(KERNEL):
            for column in range(KERNEL):
                footprints[row, column] = padded[:, :, row : row + double : 2, column : column + double : 2]
        flat = self.weight.T @ footprints.reshape(KERNEL * KERNEL * outward, -1)
        return flat.reshape(-1, count, side, side)

    def laid(self, pictures: np.ndarray) -> np.ndarray:
        return pictures.transpose(1, 0, 2, 3)


@dataclass(frozen=True, slots=True, eq=False)
class ConvolutionLayer:
    """Convolution, kernel 4, stride 2, padding 1: (in, n, s, s) -> (out, n, s / 2, s / 2).

    Attributes:
        weight: (out, in · 4 · 4).
        bias: (out,).
    """

    weight: np.ndarray = field(repr=False)
    bias: np.ndarray = field(repr=False)

    def forward(self, values: np.ndarray, *, relu: bool = False) -> np.ndarray:
        """Wx + b, a new array; with `relu` its positive part."""
        channels, count, side, _ = values.shape
        padded = np.zeros((channels, count, side + 2, side + 2), np.float32)
        padded[:, :, 1:-1, 1:-1] = values
        half = side // 2
        windows = np.empty((channels, KERNEL, KERNEL, count, half, half), np.float32)
        for row in range(KERNEL):
            for column in range(KERNEL):
                windows[:, row, column] = padded[:, :, row : row + side : 2, column : column + side : 2]
        flat = self.weight @ windows.reshape(channels * KERNEL * KERNEL, -1)
        flat += self.bias[:, None]
        if relu:
            np.maximum(flat, 0, out=flat)
        return flat.reshape(len(self.weight), count, half, half)
