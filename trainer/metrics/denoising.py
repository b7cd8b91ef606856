"""Denoising: how much nearer the picture decoded from a noisy image is to the clean image. Torch-free.

PSNR = -10 log10(mean squared error), in dB, for pixel values in [0, 1], for each image; a mean over images has
their standard error. The error is at least that of rounding to 8 bits, so that a perfect picture has a finite PSNR
of 58.9 dB. The baseline without learning is the best Gaussian blur. Cost: n·D·(H + W) per width of blur.
"""

from __future__ import annotations

import numpy as np

from trainer.progress import UNWATCHED, Monitor

#: Standard deviation of the noise; white is 1.
NOISE = 0.25
#: Standard deviations in pixels of the blurs tried.
WIDTHS = tuple(float(width) for width in np.geomspace(0.25, 4, 13))
#: Mean squared error of rounding to 8 bits.
_ROUNDING = (1 / 255) ** 2 / 12


def noisy(images: np.ndarray, seed: int, strength: float = NOISE) -> np.ndarray:
    """Images float32 in [0, 1] with independent N(0, strength²) noise on every value, clipped to [0, 1]."""
    noise = np.random.default_rng([seed, 9]).standard_normal(images.shape, np.float32)
    noise *= np.float32(strength)
    noise += images
    return noise.clip(0, 1, out=noise)


def psnr(pictures: np.ndarray, images: np.ndarray) -> np.ndarray:
    """PSNR of each of pictures (n, C, H, W) in [0, 1], in dB: float64 (n,), at most 58.9."""
    flat = (pictures - images).reshape(len(images), -1)
    squared = np.einsum("ij,ij->i", flat, flat, dtype=np.float64) / flat.shape[1]
    return -10 * np.log10(np.maximum(squared, _ROUNDING))


def blurred(pictures: np.ndarray, width: float) -> np.ndarray:
    """Pictures float32 (n, C, H, W) blurred by a Gaussian of this σ in pixels, renormalised at the edges."""
    down, across = (_weights(side, width) for side in pictures.shape[2:])
    return down @ pictures @ across.T


def best_blur(given: np.ndarray, images: np.ndarray, monitor: Monitor = UNWATCHED) -> tuple[float, float]:
    """The width of `WIDTHS` that brings `given` nearest to `images`, and its mean PSNR in dB.

    It is chosen on the scored images, which favours the blur. Raises `CancelledError`.
    """
    best = (0.0, -np.inf)
    for width in WIDTHS:
        monitor.check()
        found = float(psnr(blurred(given, width), images).mean())
        best = (width, found) if found > best[1] else best
    return best


def _weights(side: int, width: float) -> np.ndarray:
    """The weights of each position for each output position, rows that sum to 1: float32 (side, side)."""
    places = np.arange(side)
    weights = np.exp(-0.5 * ((places[:, None] - places) / width) ** 2)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
