"""The transposed convolution against its definition."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.networks.upsampling import upsample


def defined(kernel: np.ndarray, bias: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Every input pixel adds its 4 x 4 footprint with stride 2; a border of one pixel is cropped."""
    _, count, side, _ = values.shape
    outward = kernel.shape[1]
    whole = np.zeros((outward, count, 2 * side + 2, 2 * side + 2))
    for row in range(side):
        for column in range(side):
            footprint = np.einsum("iork,in->onrk", kernel, values[:, :, row, column].astype(float))
            whole[:, :, 2 * row : 2 * row + 4, 2 * column : 2 * column + 4] += footprint
    return whole[:, :, 1:-1, 1:-1] + bias[:, None, None, None]


@pytest.mark.parametrize(
    ("inward", "outward", "count", "side"), [(5, 3, 4, 6), (2, 1, 1, 7), (3, 4, 9, 1), (1, 2, 2, 2)]
)
def test_it_is_the_sum_of_footprints(inward: int, outward: int, count: int, side: int) -> None:
    rng = np.random.default_rng(side)
    kernel = rng.normal(size=(inward, outward, 4, 4)).astype(np.float32)
    bias = rng.normal(size=outward).astype(np.float32)
    values = rng.normal(size=(inward, count, side, side)).astype(np.float32)
    weight = np.ascontiguousarray(kernel.transpose(2, 3, 1, 0).reshape(-1, inward))
    expected = defined(kernel, bias, values)
    assert np.allclose(upsample(weight, bias, values), expected, atol=1e-4)
    assert np.allclose(upsample(weight, bias, values, relu=True), np.maximum(expected, 0), atol=1e-4)
