"""A convolutional network with fixed random weights, as a feature space for pictures of any kind. Torch-free.

Naeem et al. 2020 compare generated with real pictures in the features of randomly initialised networks where no
trained one suits the data. Weights are orthogonal and drawn from a fixed seed.
"""

from __future__ import annotations

import numpy as np

from trainer.metrics.resize import resized

SIDE = 32
#: Channels after each convolution (3 x 3, stride 2, padding 1) and its ReLU: 16 x 16, 8 x 8, 4 x 4 pixels.
_CHANNELS = (16, 32, 64)
_FEATURES = 64
_SEED = 20_200_713
#: Three quarters of the first kernels respond to edges only, at this gain: otherwise features contain little but
#: the : mean colour, and pictures without any detail look real.
_EDGE_GAIN = 2.0
#: Scale that gives typical distances a few digits before the decimal point.
_SCALE = 10.0


class RandomFeatures:
    """Three convolutions with ReLU; means and spreads of their 112 channels, orthogonally projected to 64."""

    def __init__(self, channels: int, side: int = SIDE) -> None:
        """For pictures of `channels` channels, resized to `side` x `side` (a multiple of 8)."""
        rng = np.random.default_rng(_SEED)
        self._side = side
        self._kernels = []
        inward = channels
        for outward in _CHANNELS:
            # The gain keeps the size of activations through a ReLU.
            self._kernels.append(_orthogonal(rng, outward, 9 * inward) * np.float32(np.sqrt(2)))
            inward = outward
        first = self._kernels[0].reshape(_CHANNELS[0], channels, 9)
        edges = first[_CHANNELS[0] // 4 :]
        edges -= edges.mean(axis=2, keepdims=True)
        edges *= np.float32(_EDGE_GAIN)
        self._last = _orthogonal(rng, _FEATURES, 2 * sum(_CHANNELS)) * np.float32(_SCALE)

    def features(self, pictures: np.ndarray) -> np.ndarray:
        """Features float32 (n, 64) of pictures float32 (n, C, H, W) in [0, 1]."""
        hidden = np.ascontiguousarray(resized(pictures, self._side, self._side).transpose(1, 0, 2, 3))
        hidden = hidden - np.float32(0.5)
        seen = []
        for kernel in self._kernels:
            hidden = _convolved(hidden, kernel)
            seen += [hidden.mean(axis=(2, 3)), hidden.std(axis=(2, 3))]
        return np.concatenate(seen).T @ self._last.T


def _convolved(values: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Values (C, n, s, s) through a 3 x 3 convolution of stride 2 and a ReLU: (out, n, s/2, s/2)."""
    channels, count, side, _ = values.shape
    half = side // 2
    padded = np.zeros((channels, count, side + 2, side + 2), np.float32)
    padded[:, :, 1:-1, 1:-1] = values
    windows = np.empty((channels, 3, 3, count, half, half), np.float32)
    for row in range(3):
        for column in range(3):
            windows[:, row, column] = padded[:, :, row : row + side : 2, column : column + side : 2]
    flat = kernel @ windows.reshape(channels * 9, -1)
    np.maximum(flat, 0, out=flat)
    return flat.reshape(len(kernel), count, half, half)


def _orthogonal(rng: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    """float32 (rows, columns) with orthonormal rows, or columns if there are fewer of them."""
    normal = rng.standard_normal((max(rows, columns), min(rows, columns)))
    basis, triangle = np.linalg.qr(normal)
    # Signs make the factorisation unique, so that every LAPACK gives the same network.
    basis *= np.sign(np.diag(triangle))
    return (basis if rows >= columns else basis.T).astype(np.float32)
