"""A small pinned classifier of handwritten digits, whose last hidden layer is a feature space. Torch-free.

An MLP 784-256-64-10 with ReLU, trained on MNIST's training part by `python -m tests.train_classifier`; its weights
ship with the program (resources/README.md) and are accepted only with the hash below, so that a figure
measured with them means the same on every machine and in every release.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from safetensors.numpy import load

from trainer.metrics.resize import resized
from trainer.sentences import SentenceError

FILE = "mnist-mlp.safetensors"
#: Pixels, hidden units, features, classes.
LAYERS = (784, 256, 64, 10)
SIDE = 28
#: Pictures classified at a time.
_CHUNK = 256
#: blake2b-256 of the file.
PINNED = "50a0f606932c9386840406f06f456e2b084ab4041feb1ccc19c3aa8a372487f1"


class ClassifierError(SentenceError):
    """The pinned classifier is missing or not the expected one; the message is one sentence."""


@cache
def weights() -> Mapping[str, np.ndarray]:
    """The pinned weights, float32, {"0.weight": (256, 784), "0.bias": (256,), "1.weight": ...}.

    Raises `ClassifierError` if the file is missing or its contents are not those pinned.
    """
    try:
        contents = (files("resources") / "classifier" / FILE).read_bytes()
    except OSError as error:
        raise ClassifierError(
            "The classifier {file} is missing ({reason}); install again.", file=FILE, reason=error.strerror
        ) from error
    if hashlib.blake2b(contents, digest_size=32).hexdigest() != PINNED:
        raise ClassifierError("The classifier {file} is damaged or not the one pinned; install again.", file=FILE)
    return {name: array.astype(np.float32) for name, array in load(contents).items()}


def forward(layers: Mapping[str, np.ndarray], pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Features (n, 64), after the ReLU, and scores of the ten classes (n, 10) of pictures (n, 784) in [0, 1]."""
    hidden = pictures
    for place in range(len(LAYERS) - 2):
        hidden = hidden @ layers[f"{place}.weight"].T.astype(np.float32)
        hidden += layers[f"{place}.bias"]
        np.maximum(hidden, 0, out=hidden)
    last = len(LAYERS) - 2
    return hidden, hidden @ layers[f"{last}.weight"].T.astype(np.float32) + layers[f"{last}.bias"]


def digits(pictures: np.ndarray) -> np.ndarray:
    """The predicted digit, 0 to 9, of each grey picture (n, 1, H, W) in [0, 1]: intp (n,).

    Raises `ClassifierError`.
    """
    layers = weights()
    found = np.empty(len(pictures), np.intp)
    for start in range(0, len(pictures), _CHUNK):
        part = resized(pictures[start : start + _CHUNK], SIDE, SIDE)
        found[start : start + _CHUNK] = forward(layers, part.reshape(len(part), -1))[1].argmax(axis=1)
    return found
