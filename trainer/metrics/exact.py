"""The exact ln p(x) and the true posterior p(z|x) of models with one or two latent dimensions, by quadrature.

p(x) = ∫ p(x|z) p(z) dz is summed over the centres of a grid's cells. Where the mass is, or may be, the cells
are halved along every dimension until grids of two widths agree; elsewhere they stay coarse. For a smooth density
that decays on all sides such a sum converges faster than any power of the cells' width (Trefethen & Weideman
2014): with cells as wide as the posterior's standard deviation eight digits are already correct. A decoder with
ReLUs has kinks, where the error decreases with the square of the width.

KL(q(z|x) || p(z|x)) = ln p(x) - ELBO, and the ELBO is summed over a grid of the noise that q transforms.

Cost: about 20,000 decodings per image in two dimensions (9,000 to 37,000), 0.2 to 0.8 s on one core for
2-256-512-784. Torch-free.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from trainer.arrays import log_sum_exp
from trainer.latent.density import Steps
from trainer.metrics.joint_density import JointDensity
from trainer.posteriors import Posterior
from trainer.progress import UNWATCHED, Monitor, completed
from trainer.sentences import SentenceError

#: Dimensions that a grid can cover.
MOST_DIMENSIONS = 2
#: Nats by which a grid may differ from grids with cells twice as wide.
TOLERANCE = 1e-3
#: Cells per side of the first grid, by number of dimensions.
_FIRST = {1: 512, 2: 48}
#: Maximum numbers of halvings and of cells of a grid.
_LEVELS, _MOST_CELLS = 24, 150_000
#: Nats below the highest density at which a cell is negligible: e^-20 = 2e-9.
_DEPTH = 20.0
#: Maximum number of times that the box is widened, and the share of the mass at its edge above which it is.
_WIDENINGS, _AT_EDGE = 6, 1e-9
#: Range of the noise that the ELBO is summed over in standard deviations, and steps per standard deviation by
#: number of dimensions.
_NOISE_REACH, _NOISE_STEPS = 6, {1: 16, 2: 3}


class ExactError(SentenceError):
    """A density that cannot be integrated; the message is the reason, one sentence."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ExactPosterior:
    """ln p(x) and p(z|x) of one image; nats.

    Attributes:
        log_evidence: ln p(x).
        error: largest difference of the last grid from any grid with cells twice as wide, which is more than the
            true error.
        codes: float64 (m, d), centres of the cells.
        sides: float64 (m, d), their sides.
        shares: float64 (m,), the probability of each cell under p(z|x), summing to one; the density is
            shares / sides.prod(1).
        mean, covariance: of p(z|x), float64 (d,) and (d, d).
        elbo: E_q[ln p(x, z) - ln q(z|x)]; None for a model without a posterior.
        elbo_error: its difference from the ELBO with half as many steps; None without a posterior.
    """

    log_evidence: float
    error: float
    codes: np.ndarray = field(repr=False)
    sides: np.ndarray = field(repr=False)
    shares: np.ndarray = field(repr=False)
    mean: np.ndarray
    covariance: np.ndarray
    elbo: float | None = None
    elbo_error: float | None = None

    @property
    def kl(self) -> float | None:
        """KL(q(z|x) || p(z|x)), the gap of the ELBO; None for a model without a posterior."""
        return None if self.elbo is None else self.log_evidence - self.elbo

    @property
    def kl_error(self) -> float | None:
        """Error of `kl`."""
        return None if self.elbo_error is None else self.error + self.elbo_error

    def log_posterior(self, joint: JointDensity, codes: np.ndarray) -> np.ndarray:
        """ln p(z|x) in nats at any codes float64 (k, d), for example the grid of a picture: float64 (k,)."""
        return joint.log_density(codes) - self.log_evidence

    def bounds(self, left_out: float = 1e-4) -> tuple[np.ndarray, np.ndarray]:
        """Corners, float64 (d,) each, of a box around the densest cells that contain all but this share of the
        mass.
        """
        density = self.shares / self.sides.prod(1)
        order = np.argsort(density)[::-1]
        count = int(np.searchsorted(np.cumsum(self.shares[order]), 1 - left_out)) + 1
        inside = order[:count]
        return (
            (self.codes[inside] - self.sides[inside] / 2).min(0),
            (self.codes[inside] + self.sides[inside] / 2).max(0),
        )


def exact(joint: JointDensity, *, tolerance: float = TOLERANCE, monitor: Monitor = UNWATCHED) -> ExactPosterior:
    """ln p(x) and p(z|x) of the image of `joint`, to `tolerance` nats; `error` is the accuracy reached.

    Raises `CancelledError`, and `ExactError` for more dimensions than two and for a density that is not finite.
    """
    return completed(exact_steps(joint, tolerance), monitor)


def exact_steps(joint: JointDensity, tolerance: float = TOLERANCE) -> Steps[ExactPosterior]:
    """`exact` as a generator that can be closed between steps. Raises `ExactError`."""
    low, high = joint.low, joint.high
    if len(low) > MOST_DIMENSIONS:
        raise ExactError(
            "A grid covers one or two latent dimensions, and this model has {latent:,}.", latent=len(low)
        )
    if not (np.isfinite(low).all() and np.isfinite(high).all()):
        raise ExactError("The code of an image is not a finite number.")
    for _ in range(_WIDENINGS):
        found, at_edge = yield from _on_box(joint, low, high, tolerance)
        if at_edge <= _AT_EDGE:
            break
        low, high = low - (high - low) / 2, high + (high - low) / 2
    if joint.posterior is None:
        return found
    elbo, elbo_error = yield from _over_noise(joint, joint.posterior, between=False)
    return ExactPosterior(
        log_evidence=found.log_evidence,
        error=found.error,
        codes=found.codes,
        sides=found.sides,
        shares=found.shares,
        mean=found.mean,
        covariance=found.covariance,
        elbo=elbo,
        elbo_error=elbo_error,
    )


def _on_box(
    joint: JointDensity, low: np.ndarray, high: np.ndarray, tolerance: float
) -> Steps[tuple[ExactPosterior, float]]:
    """The result of the grid over this box, and the share of the mass in its outermost cells."""
    latent = len(low)
    count = _FIRST[latent]
    cells = np.array(list(product(range(count), repeat=latent)), np.int64)
    sides = (high - low) / count
    codes, widths, weights, edges = [], [], [], []
    settled, former, error = -math.inf, math.inf, math.inf
    for level in range(_LEVELS):
        centres = low + (cells + 0.5) * sides
        values = yield from evaluated(joint, centres)
        here = values + np.log(sides).sum()
        total = float(np.logaddexp(settled, log_sum_exp(here[None])[0]))
        if level:
            # Grids with cells twice as wide: the previous one, and those of the first children of all halved
            # cells, the
            # second ones, ... Some may agree by chance, or by the symmetry of a peak, but not all.
            parts = log_sum_exp(here.reshape(-1, 2**latent).T) + latent * math.log(2)
            error = max(abs(former - total), float(np.abs(np.logaddexp(settled, parts) - total).max()))
        former = total
        outermost = ((cells >> level) % (count - 1) == 0).any(1)
        shares = np.exp(here - total)
        # On a far too coarse grid one cell has all of the mass, and perhaps on the next one too.
        spread_out = math.exp(-float((shares * np.log(shares, where=shares > 0, out=np.zeros_like(shares))).sum()))
        matters = _matters(cells, centres, sides, values, joint.posterior)
        done = error <= tolerance and spread_out >= 3**latent
        last = level == _LEVELS - 1 or matters.sum() << latent > _MOST_CELLS
        kept = np.ones(len(cells), bool) if done or last else ~matters
        codes.append(centres[kept])
        widths.append(np.broadcast_to(sides, (int(kept.sum()), latent)))
        weights.append(here[kept])
        edges.append(outermost[kept])
        if done or last:
            break
        settled = float(np.logaddexp(settled, log_sum_exp(here[kept][None])[0])) if kept.any() else settled
        cells = (cells[matters][:, None] * 2 + np.array(list(product((0, 1), repeat=latent)))).reshape(-1, latent)
        sides = sides / 2
    where = np.concatenate(codes)
    shares = np.exp(np.concatenate(weights) - total)
    mean = shares @ where
    found = ExactPosterior(
        log_evidence=total,
        error=error,
        codes=where,
        sides=np.concatenate(widths),
        shares=shares,
        mean=mean,
        covariance=((where - mean) * shares[:, None]).T @ (where - mean),
    )
    return found, float(shares[np.concatenate(edges)].sum())


def evaluated(joint: JointDensity, codes: np.ndarray) -> Steps[np.ndarray]:
    """ln p(x, z) of codes (k, d): float64 (k,), finite or -inf, not all -inf. Raises `ExactError`."""
    values = np.empty(len(codes))
    for start in range(0, len(codes), joint.block):
        yield None
        values[start : start + joint.block] = joint.log_density(codes[start : start + joint.block])
    if np.isnan(values).any() or not np.isfinite(values.max()):
        raise ExactError("The likelihood of an image is not a finite number.")
    return values


def _matters(
    cells: np.ndarray, centres: np.ndarray, sides: np.ndarray, values: np.ndarray, posterior: Posterior | None
) -> np.ndarray:
    """Whether a cell contains, or may contain, a relevant share of the mass: bool (n,).

    Between centres the log density may exceed the largest of them by as much as they differ. The cells where
    q(z|x) is are refined until they are as fine as q, because a narrow peak may be there.
    """
    keys = cells[:, 0] if cells.shape[1] == 1 else (cells[:, 0] << 32) + cells[:, 1]
    order = np.argsort(keys)
    ordered = keys[order]
    highest, lowest = values.copy(), values.copy()
    for offset in product((-1, 0, 1), repeat=cells.shape[1]):
        wanted = keys + (offset[0] if len(offset) == 1 else (offset[0] << 32) + offset[1])
        places = np.minimum(np.searchsorted(ordered, wanted), len(keys) - 1)
        found = ordered[places] == wanted
        beside = values[order[places[found]]]
        highest[found] = np.maximum(highest[found], beside)
        lowest[found] = np.minimum(lowest[found], beside)
    lowest = np.maximum(lowest, -1e300)
    matters = 2 * highest - lowest >= values.max() - _DEPTH
    if posterior is not None:
        spread = posterior.spread[0]
        near = (np.abs(centres - posterior.mean[0]) <= 3 * spread + sides).all(1)
        matters |= near & bool((sides > spread).any())
    return matters


def divergence_steps(joint: JointDensity, found: ExactPosterior) -> Steps[tuple[float, float]]:
    """KL(q(z|x) || p(z|x)) = E_q[ln q(z|x) - ln p(z|x)] by a separate sum, and its error; nats.

    p(z|x) is p(x, z) / p(x) with the ln p(x) of `found`. The codes differ from those of the ELBO, so that
    ln p(x) = ELBO + KL is an independent check. For a model with a posterior. Raises `ExactError`.
    """
    assert joint.posterior is not None
    ratio, error = yield from _over_noise(joint, joint.posterior, between=True)
    return found.log_evidence - ratio, error + found.error


def importance_steps(joint: JointDensity, draws: int, seed: int) -> Steps[tuple[float, float]]:
    """ln of the mean of p(x, z) / q(z|x) over draws z of q(z|x), nats, and its standard error (delta method).

    The IWAE bound of one image (Burda et al. 2016), which uses no grid. For a model with a posterior.
    Raises `ExactError`.
    """
    assert joint.posterior is not None
    latent = joint.posterior.mean.shape[1]
    noise = np.random.default_rng(seed).standard_normal((draws, 1, latent))
    values = yield from evaluated(joint, joint.posterior.sample(noise)[:, 0])
    ratios = values - joint.posterior.log_density_of(noise)[:, 0]
    weights = np.exp(ratios - ratios.max())
    error = float(weights.std(ddof=1) / weights.mean()) / math.sqrt(draws)
    return float(ratios.max() + math.log(weights.mean())), error


def _over_noise(joint: JointDensity, posterior: Posterior, *, between: bool) -> Steps[tuple[float, float]]:
    """E_q[ln p(x, z) - ln q(z|x)], and its difference from the sum over every second step.

    between: evaluate at the midpoints between the steps.
    """
    latent = posterior.mean.shape[1]
    steps = _NOISE_STEPS[latent]
    line = np.arange(-_NOISE_REACH * steps, _NOISE_REACH * steps + 1)
    places = np.array(list(product(line, repeat=latent)))
    noise = (places + 0.5 * between) / steps
    codes = posterior.sample(noise[:, None])[:, 0]
    values = yield from evaluated(joint, codes)
    ratios = values - posterior.log_density_of(noise[:, None])[:, 0]
    weights = np.exp(-0.5 * (noise**2).sum(1))
    every_second = (places % 2 == 0).all(1)
    fine = float(weights @ ratios / weights.sum())
    coarse = float(weights[every_second] @ ratios[every_second] / weights[every_second].sum())
    return fine, abs(fine - coarse)
