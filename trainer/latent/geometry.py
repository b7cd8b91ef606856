"""The geometry a decoder gives its latent space: the pull-back metric and what follows from it. Torch-free.

G(z) = J(z)ᵀ J(z), with J the derivative of the mean picture (values in [0, 1], summed over pixels), measures steps
between codes by how much the picture changes (Arvanitidis, Hansen and Hauberg 2018).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from trainer.replica.derivatives import decode_jacobian
from trainer.replica.replica import Replica

#: Derivative values held at a time, bounding the memory of a long grid.
_CHUNK = 4_000_000


def metric(replica: Replica, codes: np.ndarray, basis: np.ndarray) -> np.ndarray:
    """The pull-back metric at codes (n, d) along the directions `basis` (k, d): float64 (n, k, k).

    Not finite where the decoder is not. Raises `ValueError` for a wrong shape, `ReplicaError` without weights.
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
    """√det G at codes (n, d) along `basis` (k, d): float64 (n,).

    How much the decoder stretches: for two directions the area, for one the length, that a unit of the plane takes
    among the pictures. With an orthonormal basis of a plane in more dimensions it is that of the plane alone.
    """
    result = np.ones(len(codes), np.float64)
    for part, tangents in _tangents(replica, codes, basis):
        with np.errstate(invalid="ignore", over="ignore"):
            # Each side's height over the former ones (Gram and Schmidt): where pictures change nearly the same way
            # along two directions, the determinant's products cancel.
            for place, side in enumerate(tangents):
                square = np.einsum("np,np->n", side, side)
                result[part] *= np.sqrt(square)
                for other in tangents[place + 1 :]:
                    share = np.einsum("np,np->n", side, other) / np.where(square == 0, 1, square)
                    other -= share[:, None] * side
    return result


def _tangents(replica: Replica, codes: np.ndarray, basis: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
    """Rows of `codes`, and the change of their pictures along `basis`, float64 (k, rows, pixels).

    Double precision, as what is computed of them are differences of large products.
    """
    codes, basis = np.asarray(codes, np.float32), np.asarray(basis, np.float32)
    rows = max(1, _CHUNK // (max(1, len(basis)) * replica.config.pixels))
    for start in range(0, len(codes), rows):
        part = slice(start, start + rows)
        _, tangents = decode_jacobian(replica, codes[part], basis)
        yield part, tangents.reshape(len(basis), len(codes[part]), -1).astype(np.float64)
