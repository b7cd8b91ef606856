"""Where a code comes back to when its picture is encoded again. Torch-free."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from trainer.latent.replica import Replica

#: Values looked at between two yields: some ten milliseconds.
_VALUES = 1_000_000


def round_trip(replica: Replica, codes: np.ndarray) -> np.ndarray:
    """|E(D(z)) - z| of codes z float32 (n, d), in code units: float32 (n,).

    D is the mean picture, as it is shown (8 bits a pixel), E the code that the map shows for it: z, or the
    posterior's mean. NaN where a code is not finite. An encoder undoes its decoder only where it was trained
    to: near the codes of images. In a hole the picture comes back as that of some other place.
    """
    return trip_from(replica, codes, replica.decode(codes))


def trip_from(replica: Replica, codes: np.ndarray, pictures: np.ndarray) -> np.ndarray:
    """The same where the pictures, uint8 (n, H, W, C) as `replica.decode(codes)` gives them, are at hand."""
    returned = replica.encode(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)))
    with np.errstate(over="ignore", invalid="ignore"):
        length = np.linalg.norm(returned - codes, axis=1).astype(np.float32)
    return np.where(np.isfinite(length), length, np.float32(np.nan))


def code_spread(codes: np.ndarray) -> Generator[None, None, float]:
    """Root mean squared distance of the finite codes (n, d) from their mean, what a trip's length compares with.

    1 if they are all the same, or none is finite. Yields None between pieces of work.
    """
    step = max(1, _VALUES // max(1, codes.shape[1]))
    count, mean, squares = 0, np.zeros(codes.shape[1]), 0.0
    for start in range(0, len(codes), step):
        part = codes[start : start + step]
        part = part[np.isfinite(part).all(axis=1)].astype(np.float64)
        if len(part):
            # The pieces' means and sums of squares, put together (Chan, Golub and LeVeque 1983).
            own, joined = part.mean(axis=0), count + len(part)
            squares += float(np.square(part - own).sum())
            squares += float(np.square(own - mean).sum()) * count * len(part) / joined
            mean += (own - mean) * (len(part) / joined)
            count = joined
        yield None
    spread = float(np.sqrt(squares / count)) if count else 0.0
    return spread if np.isfinite(spread) and spread > 0 else 1.0
