"""The round trip of a code: its picture encoded again. Torch-free."""

from __future__ import annotations

import numpy as np

from trainer.replica.replica import Replica


def round_trip(replica: Replica, codes: np.ndarray) -> np.ndarray:
    """|E(D(z)) - z| of codes z float32 (n, d), in code units: float32 (n,).

    D is the mean picture with 8 bits per pixel, as shown, E the code that the map shows: z, or the
    posterior's mean. NaN for a non-finite code. An encoder inverts its decoder only where it was trained
    to: near the codes of images. In a hole the picture is encoded to another place.
    """
    return trip_from(replica, codes, replica.decode(codes))


def trip_from(replica: Replica, codes: np.ndarray, pictures: np.ndarray) -> np.ndarray:
    """`round_trip` for given pictures, uint8 (n, H, W, C), the result of `replica.decode(codes)`."""
    returned = replica.encode(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)))
    with np.errstate(over="ignore", invalid="ignore"):
        length = np.linalg.norm(returned - codes, axis=1).astype(np.float32)
    return np.where(np.isfinite(length), length, np.float32(np.nan))
