"""Perceptual path length: the speed of features of pictures along paths. Torch-free.

E[|f(t + ε) - f(t)|² / ε²] for t ~ U(0, 1), f being features of the picture at share t of a path: the definition of
Karras et al. 2019 with the squared Euclidean distance in a given feature space instead of theirs (LPIPS, in that
of VGG16) and on given paths instead of those between draws of a prior, so that numbers are not comparable with
theirs. It is the mean squared speed of features, so it is at least the squared length of the path in their space,
and 0 if pictures do not depend on codes.
"""

from __future__ import annotations

import numpy as np

#: ε, as a share of the path. Steps of 1e-4, as in the paper, lose another digit with float32 pictures.
EPSILON = 1e-3
#: Steps per path, each in a separate part of it: features are constant in some places and jump in others.
PLACES = 4


def short_steps(count: int, seed: int) -> np.ndarray:
    """PLACES steps from t to t + ε on each of `count` paths, seeded: t, t + ε, t, ..., float64 (count, 2 PLACES).

    Each t is uniform in one of PLACES equal parts of [0, 1 - ε] (stratified).
    """
    within = np.random.default_rng([seed, 8]).random((count, PLACES))
    before = (within + np.arange(PLACES)) / PLACES * (1 - EPSILON)
    return (before[..., None] + np.array([0, EPSILON])).reshape(count, -1)


def squared_speeds(features: np.ndarray) -> np.ndarray:
    """|f(t + ε) - f(t)|² / ε², mean of each path, for features float (n, 2 PLACES, f) at `short_steps`: (n,)."""
    steps = features[:, 1::2].astype(np.float64) - features[:, ::2]
    return np.square(steps).sum(axis=2).mean(axis=1) / EPSILON**2
