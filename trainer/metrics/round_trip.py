"""The round trip of a code: its picture encoded again. Torch-free."""

from __future__ import annotations

import numpy as np

from trainer.replica.replica import Replica


def round_trip(replica: Replica, codes: np.ndarray) -> np.ndarray:
    """|E(D(z)) - z| of codes z float32 (n, d), in code units: float32 (n,).

    D is the mean picture, as it is shown (8 bits a pixel), E the code that the map shows for it: z, or the
    posterior's mean. NaN where a code is not finite. An encoder undoes its decoder only where it was trained
    to: near the codes of images. In a hole the picture comes back as that of some other place.
    """
    return trip_from(replica, codes, replica.decode(codes))


def trip_from(replica: Replica, codes: np.ndarray, pictures: np.ndarray) -> np.ndarray:
    """The same where the pictures, uint8 (n, H, W, C) as `replica.decode(codes)` gives them, are available."""
    returned = replica.encode(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)))
    with np.errstate(over="ignore", invalid="ignore"):
        length = np.linalg.norm(returned - codes, axis=1).astype(np.float32)
    return np.where(np.isfinite(length), length, np.float32(np.nan))
