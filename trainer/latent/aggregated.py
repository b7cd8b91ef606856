"""Samples of the aggregated posterior, the codes that a decoder was trained on. Torch-free.

A VAE's decoder is trained on z ~ q(z|x), not on the means: in an inactive dimension the means almost coincide,
while the samples are as wide as the prior. Statements about regions of code space (does it contain data? is a path
long?) therefore use these samples, one per image. Without a posterior the codes themselves are the decoder's
inputs.
"""

from __future__ import annotations

import numpy as np

from trainer.latent.density import Steps
from trainer.posteriors import GaussianPosterior, Posterior

#: Values processed between two yields: about ten milliseconds.
_VALUES = 1_000_000


def aggregated(
    codes: np.ndarray,
    sigmas: np.ndarray | None,
    most: int,
    seed: int = 0,
    posterior: type[Posterior] = GaussianPosterior,
) -> Steps[np.ndarray]:
    """At most `most` samples of different images in random order, deterministic for a seed: float32 (m, d).

    `codes` are means (n, d), `sigmas` the standard deviations σ of q(z|x) (n, d) or None, `posterior` the kind of
    q. Non-finite rows are left out. Yields None between pieces of work.
    """
    latent = codes.shape[1]
    step = max(1, _VALUES // max(1, latent))
    usable = [np.empty(0, np.intp)]
    for start in range(0, len(codes), step):
        rows = slice(start, start + step)
        finite = np.isfinite(codes[rows]).all(axis=1)
        if sigmas is not None:
            finite &= np.isfinite(sigmas[rows]).all(axis=1)
        usable.append(start + np.flatnonzero(finite))
        yield None
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(np.concatenate(usable))[:most]
    drawn = np.ascontiguousarray(codes[chosen], np.float32)
    if sigmas is not None:
        for start in range(0, len(chosen), step):
            part = slice(start, start + step)
            noise = rng.standard_normal((len(chosen[part]), latent), np.float32)
            drawn[part] += np.asarray(sigmas[chosen[part]], np.float32) * posterior.standard(noise)
            yield None
    return drawn
