"""The feature space of pictures: 64 features of each, for Fréchet distances and coverage. Torch-free.

Two feature networks: a pinned classifier of handwritten digits for pictures of one channel ("FD-clf"), and a
seeded random convolutional network for all others ("FD-random"). Neither is an Inception network, so no distance
measured with them is an FID or comparable with one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from trainer.metrics import classifier
from trainer.metrics.random_features import SIDE as RANDOM_SIDE
from trainer.metrics.random_features import RandomFeatures
from trainer.metrics.resize import resized
from trainer.sentences import Sentence

#: Width of every feature space.
FEATURES = 64
#: Pictures per pass through a network: at most 20 ms of work, and a bound on its memory.
CHUNK = 256


@dataclass(frozen=True)
class FeatureNet:
    """A feature network for pictures of one shape.

    Attributes:
        name: "FD-clf" or "FD-random", the name of a Fréchet distance in this space.
        sentence: description of the network and its origin, for the user.
        shape: (C, H, W) of the pictures it takes.
    """

    name: str
    sentence: Sentence
    shape: tuple[int, int, int]
    _run: Callable[[np.ndarray], np.ndarray]

    def features(self, pictures: np.ndarray) -> np.ndarray:
        """Features of pictures (n, C, H, W), uint8 or floats in [0, 1]: float32 (n, 64).

        Floats are clipped to [0, 1] and NaN counts as black, as everywhere a picture is shown. Each picture is
        independent of the others, so that batches can be split anywhere. Raises `ValueError` for another shape and
        `trainer.metrics.classifier.ClassifierError` if the pinned weights are missing.
        """
        if pictures.ndim != 4 or pictures.shape[1:] != self.shape:
            raise ValueError(f"pictures must have shape (n, {', '.join(map(str, self.shape))})")
        found = np.empty((len(pictures), FEATURES), np.float32)
        for start in range(0, len(pictures), CHUNK):
            found[start : start + CHUNK] = self._run(_unit(pictures[start : start + CHUNK]))
        return found


def feature_net_for(shape: tuple[int, int, int]) -> FeatureNet:
    """The network for pictures of shape (C, H, W): the classifier for one channel, the random one for more."""
    shape = (int(shape[0]), int(shape[1]), int(shape[2]))
    if shape[0] == 1:
        return FeatureNet(
            "FD-clf",
            Sentence(
                "Compared in the last hidden layer (64 units) of a small fixed classifier of handwritten digits "
                "(MLP 784-256-64-10, trained on MNIST); pictures of another size are first resized to 28 × 28."
            ),
            shape,
            _classified,
        )
    return FeatureNet(
        "FD-random",
        Sentence(
            "Compared in 64 features from means and spreads of the activations of a convolutional network with "
            "fixed random weights, at 32 × 32: no classifier that would suit every set of colour pictures ships "
            "with the program, and random features do not favour the classes of one (Naeem et al. 2020)."
        ),
        shape,
        _random(shape[0]).features,
    )


def _unit(pictures: np.ndarray) -> np.ndarray:
    """Pictures as float32 in [0, 1]; NaN becomes black."""
    if pictures.dtype == np.uint8:
        return pictures.astype(np.float32) * np.float32(1 / 255)
    unit = np.fmax(pictures.astype(np.float32, copy=False), np.float32(0))
    np.fmin(unit, np.float32(1), out=unit)
    return unit


def _classified(pictures: np.ndarray) -> np.ndarray:
    side = classifier.SIDE
    flat = resized(pictures, side, side).reshape(len(pictures), side * side)
    return classifier.forward(classifier.weights(), flat)[0]


@cache
def _random(channels: int) -> RandomFeatures:
    return RandomFeatures(channels, RANDOM_SIDE)
