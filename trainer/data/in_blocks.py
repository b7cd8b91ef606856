"""Images that are drawn from their factors, a block at a time, with progress."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from trainer.data.loading import Loading
from trainer.sentences import Sentence

#: Images drawn between two checks for cancellation.
_BLOCK = 256


def rendered(
    render: Callable[[np.ndarray, int], np.ndarray],
    factors: np.ndarray,
    size: int,
    loading: Loading,
    what: Sentence,
) -> np.ndarray:
    """`render(factors, size)` applied block by block to all `factors` (N, ...): uint8 (N, 1, size, size).

    Raises `CancelledError`.
    """
    images = np.empty((len(factors), 1, size, size), np.uint8)
    for start in range(0, len(factors), _BLOCK):
        loading.advance(start, len(factors), Sentence("images"), what)
        images[start : start + _BLOCK] = render(factors[start : start + _BLOCK], size)
    return images
