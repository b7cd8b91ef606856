"""The pull-back metric of a decoder and quantities derived from it. Torch-free.

G(z) = J(z)ᵀ J(z), with J the derivative of the mean picture (values in [0, 1], summed over pixels), measures the
length of a small step in code space by the change of the picture (Arvanitidis, Hansen and Hauberg 2018).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from trainer.replica.derivatives import decode_jacobian
from trainer.replica.replica import Replica

#: Maximum number of derivative values in memory.
_CHUNK = 4_000_000


def metric(replica: Replica, codes: np.ndarray, basis: np.ndarray) -> np.ndarray:
    """The pull-back metric at codes (n, d) along the directions `basis` (k, d): float64 (n, k, k).

    Non-finite where the decoder's output is. Raises `ValueError` for a wrong shape, `ReplicaError` without
    weights.
    """
    count = len(basis)
    result = np.empty((len(codes), count, count), np.float64)
    for part, tangents in _tangents(replica, codes, basis):
        with np.errstate(invalid="ignore", over="ignore"):
            for one in range(count):
                for other in range(one + 1):
                    products = np.einsum("np,np->n", tangents[one], tangents[other])
                    result[part, one, other] = result[part, other, one] = products
    return result


def magnification(replica: Replica, codes: np.ndarray, basis: np.ndarray) -> np.ndarray:
    """The magnification factor √det G at codes (n, d) along `basis` (k, d): float64 (n,).

    The area (k = 2) or length (k = 1) among the pictures of a unit of the plane spanned by `basis`. With an
    orthonormal basis of a plane in a higher-dimensional space, only directions in the plane count.
    """
    result = np.ones(len(codes), np.float64)
    for part, tangents in _tangents(replica, codes, basis):
        with np.errstate(invalid="ignore", over="ignore"):
            # The product of Gram-Schmidt heights instead of a determinant, whose products would cancel if pictures
            # change almost equally along both directions.
            for place, side in enumerate(tangents):
                square = np.einsum("np,np->n", side, side)
                result[part] *= np.sqrt(square)
                for other in tangents[place + 1 :]:
                    share = np.einsum("np,np->n", side, other) / np.where(square == 0, 1, square)
                    other -= share[:, None] * side
    return result


def _tangents(replica: Replica, codes: np.ndarray, basis: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield a slice of `codes` and the derivative of its pictures along `basis`, float64 (k, rows, pixels).

    Double precision, because the results are differences of large products.
    """
    codes, basis = np.asarray(codes, np.float32), np.asarray(basis, np.float32)
    rows = max(1, _CHUNK // (max(1, len(basis)) * replica.config.pixels))
    for start in range(0, len(codes), rows):
        part = slice(start, start + rows)
        _, tangents = decode_jacobian(replica, codes[part], basis)
        yield part, tangents.reshape(len(basis), len(codes[part]), -1).astype(np.float64)
