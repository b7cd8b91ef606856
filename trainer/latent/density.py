"""Densities fitted to codes after training ("ex-post", Ghosh et al. 2020). Torch-free.

They apply to the codes of any model, also of an autoencoder, which has no prior: its samples from a fitted density
decode far better than codes from N(0, I). Computation is in double precision; codes are returned as float32, the
decoders' input type.

A log density is in nats per code and depends on the units of the codes: it compares densities of one model's
codes, never different models.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from trainer.noise import Noise
from trainer.progress import Progress
from trainer.sentences import Sentence, SentenceError

_T = TypeVar("_T")

#: A long computation: yields `Progress` or None, may be closed at any yield, and returns its result.
Steps = Generator[Progress | None, None, _T]

#: A standard deviation below this share of the codes' magnitude is rounding error: the codes are all equal.
_SAME = 1e-6
#: Values (n d) processed between two yields.
_VALUES = 500_000
#: Added to the diagonal of covariances, as a share of the mean variance, to keep them invertible with inactive
#: units.
REGULARISER = 1e-6


class DensityError(SentenceError):
    """Codes to which a density cannot be fitted; the message is one sentence."""


class Density(Protocol):
    """A density of codes with d dimensions."""

    @property
    def latent(self) -> int: ...

    def log_density(self, codes: np.ndarray) -> np.ndarray:
        """ln p(z) of codes (m, d) in nats: float64 (m,)."""

    def sample(self, noise: Noise) -> np.ndarray:
        """Samples float32 (n, d), a deterministic function of `noise` (n, d)."""


@dataclass(frozen=True, slots=True)
class UsableCodes:
    """codes: float64 (n, d), finite; mean, spread (standard deviation): float64 (d,). left_out: non-finite."""

    codes: np.ndarray
    mean: np.ndarray
    spread: np.ndarray
    left_out: int

    @property
    def count(self) -> int:
        return len(self.codes)


class Fitted(NamedTuple):
    """The name of a density in sentences, such as "A Gaussian": at the start (`first`) and `within` one."""

    first: Sentence
    within: Sentence


GAUSSIAN = Fitted(Sentence("A Gaussian"), Sentence("a Gaussian"))


def usable_codes(codes: np.ndarray, needed: int, what: Fitted) -> Steps[UsableCodes]:
    """The finite rows of codes (n, d); `what` names the density for errors.

    Raises `DensityError` if fewer than `needed` rows remain or all codes are equal.
    """
    if codes.ndim != 2:
        raise ValueError("codes must be an array of shape (n, d)")
    finite = np.empty(len(codes), bool)
    for rows in row_blocks(codes):
        finite[rows] = np.isfinite(codes[rows]).all(axis=1)
        yield None
    left_out = int((~finite).sum())
    if len(codes) - left_out < needed:
        values = {"what": what.first, "needed": needed, "latent": codes.shape[1], "count": len(codes) - left_out}
        if left_out:
            raise DensityError(
                "{what} needs at least {needed:,} codes of {latent:,} dimensions, and there are {count:,} besides "
                "{others:,} that are not finite.",
                **values,
                others=left_out,
            )
        raise DensityError(
            "{what} needs at least {needed:,} codes of {latent:,} dimensions, and there are {count:,}.", **values
        )
    places = np.flatnonzero(finite)
    kept = np.empty((len(places), codes.shape[1]))
    mean, size = np.zeros(codes.shape[1]), 0.0
    for rows in row_blocks(kept):
        part = kept[rows] = codes[places[rows]]
        mean += part.sum(axis=0, dtype=np.float64)
        size = max(size, float(np.abs(part).max(initial=0.0)))
        yield None
    mean /= max(1, len(kept))
    squares = np.zeros(codes.shape[1])
    for rows in row_blocks(kept):
        squares += ((kept[rows] - mean) ** 2).sum(axis=0)
        yield None
    spread = np.sqrt(squares / max(1, len(kept)))
    widest = float(spread.max(initial=0.0))
    if widest <= _SAME * size or widest < 1e-30:
        raise DensityError(
            "All codes are the same one, so {what} has no spread to be fitted to.", what=what.within
        )
    return UsableCodes(kept, mean, spread, left_out)


def row_blocks(codes: np.ndarray) -> list[slice]:
    """Blocks of rows of codes (n, d) to process between two yields."""
    rows = max(1, _VALUES // max(1, codes.shape[1]))
    return [slice(start, start + rows) for start in range(0, len(codes), rows)]


class Gaussian:
    """N(mean, covariance) with a full covariance.

    Attributes:
        mean: float64 (d,).
        covariance: float64 (d, d).
    """

    def __init__(self, mean: np.ndarray, covariance: np.ndarray) -> None:
        """Raises `DensityError` if `covariance` is not positive definite."""
        self.mean = np.asarray(mean, np.float64)
        self.covariance = np.asarray(covariance, np.float64)
        self._lower, self._inverse, self._log_norm = factored(self.covariance)

    @property
    def latent(self) -> int:
        return len(self.mean)

    def log_density(self, codes: np.ndarray) -> np.ndarray:
        whitened = (np.asarray(codes, np.float64) - self.mean) @ self._inverse.T
        return self._log_norm - 0.5 * np.einsum("ij,ij->i", whitened, whitened)

    def sample(self, noise: Noise) -> np.ndarray:
        return (self.mean + noise.normal @ self._lower.T).astype(np.float32)


def fit_gaussian(codes: np.ndarray) -> Steps[Gaussian]:
    """The maximum likelihood Gaussian of at least d + 1 codes (n, d). Raises `DensityError`."""
    usable = yield from usable_codes(codes, codes.shape[1] + 1, GAUSSIAN)
    covariance = np.zeros((codes.shape[1], codes.shape[1]))
    for rows in row_blocks(usable.codes):
        centred = usable.codes[rows] - usable.mean
        covariance += centred.T @ centred
        yield None
    return Gaussian(usable.mean, regularised(covariance / usable.count))


def regularised(covariance: np.ndarray) -> np.ndarray:
    """`covariance` (d, d) with `REGULARISER` times its mean variance added to the diagonal."""
    extra = REGULARISER * float(np.trace(covariance)) / len(covariance)
    return covariance + extra * np.eye(len(covariance))


#: A factored covariance: its Cholesky factor L, the inverse of L, and ln of the normalising constant.
Factors = tuple[np.ndarray, np.ndarray, float]


def factored(covariance: np.ndarray) -> Factors:
    """Factor `covariance` (d, d). Raises `DensityError` if it is not positive definite."""
    try:
        lower = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError as error:
        raise DensityError("The codes lie in fewer dimensions than they have; fit a kernel density.") from error
    inverse = np.linalg.inv(lower)
    latent = len(covariance)
    log_norm = -float(np.log(np.diag(lower)).sum()) - 0.5 * latent * math.log(2 * math.pi)
    return lower, inverse, log_norm
