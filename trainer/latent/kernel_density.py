"""Kernel density estimate of codes: isotropic Gaussian kernels, bandwidth chosen on held-out codes. Torch-free."""

from __future__ import annotations

import math

import numpy as np

from trainer.arrays import log_sum_exp
from trainer.latent.density import Fitted, Steps, usable_codes
from trainer.noise import Noise
from trainer.progress import Progress
from trainer.sentences import Sentence

#: Minimum number of codes needed to choose a bandwidth.
LEAST_CODES = 20
_KERNEL_DENSITY = Fitted(Sentence("A kernel density"), Sentence("a kernel density"))
#: Maximum number of kernels; more codes are subsampled. Twice as many change the bandwidth by a few percent.
MOST_KERNELS = 10_000
#: Codes held out to choose the bandwidth: this share, and at most this number.
_LEFT_OUT, _MOST_LEFT_OUT = 0.1, 500
#: Candidate bandwidths in units of Scott's rule for a Gaussian; codes are clustered, so most are smaller.
_GRID = np.geomspace(0.05, 2.0, 12)
#: Distances computed between two yields: about ten milliseconds.
_PAIRS = 500_000


class KernelDensity:
    """(1/n) Σ_i N(z; z_i, h² I).

    Attributes:
        kernels: float64 (n, d), the codes z_i.
        bandwidth: h, in units of the codes.
    """

    def __init__(self, kernels: np.ndarray, bandwidth: float) -> None:
        self.kernels = np.asarray(kernels, np.float64)
        self.bandwidth = float(bandwidth)
        self._centre = self.kernels.mean(axis=0)
        self._about = self.kernels - self._centre
        self._squares = np.einsum("ij,ij->i", self._about, self._about)

    @property
    def latent(self) -> int:
        return self.kernels.shape[1]

    def squared_distances(self, codes: np.ndarray) -> np.ndarray:
        """|z - z_i|² of codes (m, d): float64 (m, n)."""
        about = np.asarray(codes, np.float64) - self._centre
        squares = np.einsum("ij,ij->i", about, about)
        distances = self._squares - 2 * (about @ self._about.T)
        distances += squares[:, None]
        return np.maximum(distances, 0, out=distances)

    def log_norm(self, bandwidth: float) -> float:
        """ln of (1/n) (2π h²)^(-d/2)."""
        return -math.log(len(self.kernels)) - self.latent * (math.log(bandwidth) + 0.5 * math.log(2 * math.pi))

    def log_density(self, codes: np.ndarray) -> np.ndarray:
        found = np.empty(len(codes))
        rows = max(1, _PAIRS // len(self.kernels))
        for start in range(0, len(codes), rows):
            part = slice(start, start + rows)
            scaled = self.squared_distances(codes[part])
            scaled *= -0.5 / self.bandwidth**2
            found[part] = log_sum_exp(scaled) + self.log_norm(self.bandwidth)
        return found

    def sample(self, noise: Noise) -> np.ndarray:
        """The uniform numbers choose kernels, the normal ones the position within them."""
        chosen = np.minimum((noise.uniform * len(self.kernels)).astype(np.int64), len(self.kernels) - 1)
        return (self.kernels[chosen] + self.bandwidth * noise.normal).astype(np.float32)


def fit_kernel_density(codes: np.ndarray, *, seed: int = 0) -> Steps[KernelDensity]:
    """Fit a kernel density to codes (n, d), with the bandwidth of highest likelihood on held-out codes.

    The kernels are centred on the remaining codes. Yields progress; returns the density. Raises `DensityError` for
    fewer than `LEAST_CODES` codes, or if all codes are equal.
    """
    found = yield from usable_codes(codes, LEAST_CODES, _KERNEL_DENSITY)
    usable, latent = found.codes, codes.shape[1]
    # Subsampled and split by row index only, so that the kernels of two models belong to the same images.
    order = np.random.default_rng(seed).permutation(len(usable))
    left_out = max(5, min(int(len(usable) * _LEFT_OUT), _MOST_LEFT_OUT))
    tried, kept = usable[order[:left_out]], usable[order[left_out : left_out + MOST_KERNELS]]
    yield None
    spread = math.sqrt(float((found.spread**2).mean()))
    del found, usable
    bandwidths = _GRID * spread * len(kept) ** (-1 / (latent + 4))
    density = KernelDensity(kept, 1.0)
    yield None
    totals = np.zeros(len(bandwidths))
    rows = max(1, _PAIRS // len(kept))
    for start in range(0, left_out, rows):
        distances = density.squared_distances(tried[start : start + rows])
        scaled = np.empty_like(distances)
        yield None
        for place, bandwidth in enumerate(bandwidths):
            np.multiply(distances, -0.5 / bandwidth**2, out=scaled)
            logs = log_sum_exp(scaled) + density.log_norm(bandwidth)
            totals[place] += float(logs.sum())
            yield None
        yield Progress(
            min(start + rows, left_out), left_out, Sentence("codes"), Sentence("Choosing the bandwidth")
        )
    density.bandwidth = float(bandwidths[int(totals.argmax())])
    return density
