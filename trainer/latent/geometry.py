"""The geometry a decoder gives its latent space: the pull-back metric and what follows from it. Torch-free.

G(z) = J(z)ᵀ J(z), with J the derivative of the mean picture (values in [0, 1], summed over pixels), measures steps
between codes by how much the picture changes (Arvanitidis, Hansen and Hauberg 2018).
"""

from __future__ import annotations

import numpy as np

from trainer.latent.decoder_derivatives import decode_jacobian
from trainer.latent.replica import Replica

#: Derivative values held at a time, bounding the memory of a long grid.
_CHUNK = 8_000_000


def metric(replica: Replica, codes: np.ndarray, basis: np.ndarray) -> np.ndarray:
    """The pull-back metric at codes (n, d) along the directions `basis` (k, d): float64 (n, k, k).

    Not finite where the decoder is not. Raises `ValueError` for a wrong shape, `ReplicaError` without weights.
    """
    codes = np.asarray(codes, np.float32)
    basis = np.asarray(basis, np.float32)
    count = len(basis)
    result = np.empty((len(codes), count, count), np.float64)
    rows = max(1, _CHUNK // (max(1, count) * replica.config.pixels))
    for start in range(0, len(codes), rows):
        part = slice(start, start + rows)
        _, tangents = decode_jacobian(replica, codes[part], basis)
        flat = tangents.reshape(count, len(codes[part]), -1)
        with np.errstate(invalid="ignore", over="ignore"):
            for one in range(count):
                for other in range(one + 1):
                    products = np.einsum("np,np->n", flat[one], flat[other])
                    result[part, one, other] = result[part, other, one] = products
    return result


def magnification(replica: Replica, codes: np.ndarray, basis: np.ndarray) -> np.ndarray:
    """√det G at codes (n, d) along `basis` (k, d): float64 (n,).

    How much the decoder stretches: for two directions the area, for one the length, that a unit of the plane takes
    among the pictures. With an orthonormal basis of a plane in more dimensions it is that of the plane alone.
    """
    tensors = metric(replica, codes, basis)
    with np.errstate(invalid="ignore", over="ignore"):
        # Rounding can carry the determinant of a degenerate metric below 0.
        return np.sqrt(np.maximum(np.linalg.det(tensors), 0))
