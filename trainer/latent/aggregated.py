"""Draws of the aggregated posterior: the codes that a decoder was trained on. Torch-free.

A VAE's decoder has met z ~ q(z|x), never the means alone: where a dimension is not in use the means are all but
the same and the draws are as wide as the prior. What is said of places in code space (are there data? is a trip
long?) is said against such draws, one an image. Without a posterior the codes themselves are what the decoder met.
"""

from __future__ import annotations

import numpy as np

from trainer.latent.density import Steps

#: Values looked at between two yields: some ten milliseconds.
_VALUES = 1_000_000


def aggregated(codes: np.ndarray, spreads: np.ndarray | None, most: int, seed: int = 0) -> Steps[np.ndarray]:
    """At most `most` draws, of different images in random order, the same for the same seed: float32 (m, d).

    `codes` are means (n, d), `spreads` the standard deviations σ of q(z|x) (n, d) or None. Rows that are not
    finite are left out. Yields None between pieces of work.
    """
    latent = codes.shape[1]
    step = max(1, _VALUES // max(1, latent))
    usable = [np.empty(0, np.intp)]
    for start in range(0, len(codes), step):
        rows = slice(start, start + step)
        finite = np.isfinite(codes[rows]).all(axis=1)
        if spreads is not None:
            finite &= np.isfinite(spreads[rows]).all(axis=1)
        usable.append(start + np.flatnonzero(finite))
        yield None
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(np.concatenate(usable))[:most]
    drawn = np.ascontiguousarray(codes[chosen], np.float32)
    if spreads is not None:
        for start in range(0, len(chosen), step):
            part = slice(start, start + step)
            noise = rng.standard_normal((len(chosen[part]), latent), np.float32)
            drawn[part] += np.asarray(spreads[chosen[part]], np.float32) * noise
            yield None
    return drawn
