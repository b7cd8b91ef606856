"""The average of images weighted by their posteriors at a code: the output of the best decoder. Torch-free.

a(z) = Σ_i q(z|x_i) x_i / Σ_i q(z|x_i) over the training images. For a fixed encoder no other picture has a
smaller expected squared error or cross-entropy at codes z drawn from q(z|x_i): it is the output of a decoder of
unlimited capacity. It is blurred where different images share a code.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from trainer.latent.density import Steps
from trainer.posteriors import GaussianPosterior, Posterior

#: Values processed between two checks for cancellation: a few milliseconds.
_BLOCK = 1_000_000
#: Share of the weight that may be left out of the average: less than a grey level.
_LEFT_OUT = 1e-4


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WeightedAverage:
    """Attributes:
    picture: float32 (C, H, W) in [0, 1].
    effective: 1 / Σ w², the effective number of averaged images.

     rows, weights: int64 and float64 (k,), the images with the largest weights and the weights, largest
    first.
        height: largest ln of q(z|x) at the code over q(z|x) at its μ among the
        images: -r²/2 for a

     Gaussian, r standard deviations
    away. Far below -d/2 the decoder was never trained here.
        among: number of weighted images.
        left_out: number of images that were left out because their codes are not finite.
    """

    picture: np.ndarray = field(repr=False)
    effective: float
    rows: np.ndarray = field(repr=False)
    weights: np.ndarray = field(repr=False)
    height: float
    among: int
    left_out: int


def weighted_average_steps(
    code: np.ndarray,
    means: np.ndarray,
    spreads: np.ndarray,
    rows: np.ndarray,
    images: np.ndarray,
    *,
    kind: type[Posterior] = GaussianPosterior,
    most: int = 12,
) -> Steps[WeightedAverage | None]:
    """The weighted average at `code` (d,) of images uint8 (N, C, H, W) at `rows` (n,).

    means, spreads: μ and σ of their posteriors of this `kind`, (n, d) each. most: number of images to list. None
    if no weight is finite. Yields between blocks.
    """
    log_weights, height = np.empty(len(means)), -math.inf
    point = np.asarray(code, np.float64)
    step = max(1, _BLOCK // max(1, means.shape[1]))
    for start in range(0, len(means), step):
        part = slice(start, start + step)
        with np.errstate(all="ignore"):
            posteriors = kind.of_sigmas(means[part].astype(np.float64), spreads[part].astype(np.float64))
            log_weights[part] = posteriors.log_density(point)
            heights = log_weights[part] - posteriors.log_density(posteriors.mean)
            height = max(height, float(np.max(heights, initial=-np.inf, where=np.isfinite(heights))))
        yield None
    finite = np.isfinite(means).all(1) & np.isfinite(spreads).all(1) & ~np.isnan(log_weights)
    log_weights[~finite] = -np.inf
    highest = log_weights.max(initial=-np.inf)
    if not math.isfinite(highest):
        return None
    weights = np.exp(log_weights - highest)
    weights /= weights.sum()
    order = np.argsort(-weights, kind="stable")
    kept = order[: int(np.searchsorted(np.cumsum(weights[order]), 1 - _LEFT_OUT)) + 1]
    yield None
    picture = yield from _average(images, rows[kept], weights[kept])
    first = order[:most]
    first = first[weights[first] > 0]
    return WeightedAverage(
        picture=picture,
        effective=float(1 / (weights**2).sum()),
        rows=rows[first].astype(np.int64),
        weights=weights[first],
        height=height,
        among=int(finite.sum()),
        left_out=int((~finite).sum()),
    )


def _average(images: np.ndarray, rows: np.ndarray, weights: np.ndarray) -> Steps[np.ndarray]:
    """The weighted average of images[rows], float32 (C, H, W) in [0, 1]."""
    # In the order of the file, which is memory-mapped.
    order = np.argsort(rows)
    rows, weights = rows[order], weights[order] / (255 * weights.sum())
    size = math.prod(images.shape[1:])
    step = max(1, _BLOCK // size)
    total = np.zeros(size)
    for start in range(0, len(rows), step):
        part = slice(start, start + step)
        total += weights[part].astype(np.float32) @ images[rows[part]].reshape(-1, size).astype(np.float32)
        yield None
    return total.astype(np.float32).reshape(images.shape[1:])
