"""Images that are drawn from their factors, a block at a time, with progress."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from trainer.config import DataConfig
from trainer.data.colour import with_colour
from trainer.data.images import ImageData
from trainer.data.loading import Loading
from trainer.data.split import train_rows
from trainer.sentences import Sentence

#: Images drawn between two checks for cancellation.
_BLOCK = 256


def rendered(
    render: Callable[[np.ndarray, int], np.ndarray],
    factors: np.ndarray,
    size: int,
    config: DataConfig,
    loading: Loading,
    what: Sentence,
    *,
    title: str,
    names: tuple[str, ...],
    order: np.ndarray | None = None,
) -> ImageData:
    """The data whose images `render` makes of `factors`, (N,) or (N, factors), and `size`, in that order.

    `render` returns uint8 (n, 1, size, size) for n of the factors; `names` has a name a factor, and `order` is the
    data's `source_rows`. Raises `CancelledError`.
    """
    count = len(factors)
    images = np.empty((count, 1, size, size), np.uint8)
    for start in range(0, count, _BLOCK):
        loading.advance(start, count, Sentence("images"), what)
        images[start : start + _BLOCK] = render(factors[start : start + _BLOCK], size)
    return ImageData(
        config=config,
        title=title,
        images=with_colour(images, config.colour),
        train_count=train_rows(count, config.held_out),
        factors=factors.reshape(count, len(names)).astype(np.float32, copy=False),
        factor_names=names,
        source_rows=order,
    )
