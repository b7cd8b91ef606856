"""Exact derivatives of decoded pictures with respect to codes. Torch-free.

Forward mode propagates tangents (`decode_jvp`, `decode_jacobian`), reverse mode propagates a cotangent back
through the decoder (`decode_vjp`). Both differentiate `Replica.decode_float`, including the Bernoulli mean's
sigmoid. The derivative of a ReLU at 0 is 0, as in torch. Replicas other than `NumpyReplica` use central finite
differences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from trainer.networks.numpy_layers import Layer
from trainer.replica.numpy_replica import NumpyReplica
from trainer.replica.replica import Replica

#: Cotangents float32 (n, C, H, W) -> float32 (n, d).
Pull = Callable[[np.ndarray], np.ndarray]

#: Step of a central difference: about the cube root of float32's epsilon, which balances rounding and truncation.
_STEP = np.float32(5e-3)
#: Codes that finite differences decode at a time.
_ROWS = 1024


def decode_jvp(replica: Replica, codes: np.ndarray, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pictures of codes (n, d) and their derivative along directions (n, d): two float32 (n, C, H, W).

    Raises `ValueError` for a wrong shape, `ReplicaError` without weights.
    """
    codes = np.asarray(codes, np.float32)
    directions = np.asarray(directions, np.float32)
    if directions.shape != codes.shape:
        raise ValueError(f"directions must have the codes' shape {codes.shape}, not {directions.shape}")
    pictures, tangents = _forward(replica, codes, directions[None])
    return pictures, tangents[0]


def decode_jacobian(replica: Replica, codes: np.ndarray, basis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pictures of codes (n, d), float32 (n, C, H, W), and their derivatives along the rows of `basis` (k, d).

    The derivatives are float32 (k, n, C, H, W), for the same k directions at every code. Cheaper than k calls of
    `decode_jvp`, because the pictures are computed once.
    """
    codes = np.asarray(codes, np.float32)
    basis = np.asarray(basis, np.float32)
    if basis.ndim != 2 or basis.shape[1] != replica.config.latent:
        raise ValueError(f"basis must have shape (k, {replica.config.latent}), not {basis.shape}")
    return _forward(replica, codes, np.broadcast_to(basis[:, None], (len(basis), *codes.shape)))


def decode_vjp(replica: Replica, codes: np.ndarray) -> tuple[np.ndarray, Pull]:
    """Pictures of codes (n, d), float32 (n, C, H, W), and their vector-Jacobian product.

    `pull(cotangents)` takes the gradient of a function with respect to the pictures, (n, C, H, W), and returns its
    gradient with respect to the codes, float32 (n, d).
    """
    codes = np.asarray(codes, np.float32)
    if not isinstance(replica, NumpyReplica):
        return replica.decode_float(codes), _slow_pull(replica, codes)
    pictures, raw_pull = output_vjp(replica, codes)
    if not replica.bernoulli:
        return pictures, raw_pull
    _sigmoid(pictures)
    slopes = pictures * (1 - pictures)
    return pictures, lambda cotangents: raw_pull(np.asarray(cotangents, np.float32) * slopes)


def output_vjp(replica: NumpyReplica, codes: np.ndarray, head: str = "output") -> tuple[np.ndarray, Pull]:
    """Like `decode_vjp` for an output of the decoder before its activation, such as logits.

    `head`: see `NumpyReplica.decoder_layers`.
    """
    layers = replica.decoder_layers(head)
    _check(replica, codes)
    outputs = np.empty((len(codes), *replica.config.shape), np.float32)
    parts: list[tuple[slice, list[np.ndarray]]] = []
    for rows in replica.chunks(len(codes)):
        with np.errstate(invalid="ignore", over="ignore"):
            outputs[rows], masks = _masked(layers, codes[rows], replica.config.shape)
        parts.append((rows, masks))

    def pull(cotangents: np.ndarray) -> np.ndarray:
        result = np.empty_like(codes)
        with np.errstate(invalid="ignore", over="ignore"):
            for rows, masks in parts:
                result[rows] = _backward(layers, masks, np.asarray(cotangents[rows], np.float32))
        return result

    return outputs, pull


def _forward(replica: Replica, codes: np.ndarray, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Directions (k, n, d) -> pictures (n, C, H, W), tangents (k, n, C, H, W)."""
    if not isinstance(replica, NumpyReplica):
        return replica.decode_float(codes), _differences(replica, codes, directions)
    layers = replica.decoder_layers()
    _check(replica, codes)
    shape = replica.config.shape
    pictures = np.empty((len(codes), *shape), np.float32)
    tangents = np.empty((len(directions), len(codes), *shape), np.float32)
    for rows in replica.chunks(len(codes), 1 + len(directions)):
        with np.errstate(invalid="ignore", over="ignore"):
            values = codes[rows]
            moving = [np.ascontiguousarray(direction[rows]) for direction in directions]
            for place, layer in enumerate(layers):
                values = layer.forward(values)
                moving = [layer.linear(tangent) for tangent in moving]
                if place < len(layers) - 1:
                    mask = values > 0
                    values *= mask
                    for tangent in moving:
                        tangent *= mask
            pictures[rows] = _upright(values, shape)
            for place, tangent in enumerate(moving):
                tangents[place, rows] = _upright(tangent, shape)
            if replica.bernoulli:
                _sigmoid(pictures[rows])
                tangents[:, rows] *= pictures[rows] * (1 - pictures[rows])
    return pictures, tangents


def _masked(
    layers: Sequence[Layer], values: np.ndarray, shape: tuple[int, int, int]
) -> tuple[np.ndarray, list[np.ndarray]]:
    """The decoder's output before any sigmoid, (n, C, H, W), and each hidden layer's mask of active ReLUs."""
    masks = []
    for layer in layers[:-1]:
        values = layer.forward(values)
        masks.append(values > 0)
        values *= masks[-1]
    return _upright(layers[-1].forward(values), shape), masks


def _backward(layers: Sequence[Layer], masks: Sequence[np.ndarray], back: np.ndarray) -> np.ndarray:
    """Cotangents of the output (n, C, H, W) -> of the codes (n, d)."""
    back = layers[-1].transposed(layers[-1].laid(back))
    for layer, mask in zip(reversed(layers[:-1]), reversed(masks), strict=True):
        back = layer.transposed(back * mask)
    return back


def _upright(values: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """A last layer's output as pictures (n, C, H, W); convolutional layers return (C, n, H, W)."""
    return values.transpose(1, 0, 2, 3) if values.ndim == 4 else values.reshape(-1, *shape)


def _sigmoid(values: np.ndarray) -> None:
    """Logistic sigmoid in place, computed as a hyperbolic tangent, which cannot overflow."""
    values *= np.float32(0.5)
    np.tanh(values, out=values)
    values += np.float32(1)
    values *= np.float32(0.5)


def _check(replica: NumpyReplica, codes: np.ndarray) -> None:
    if codes.ndim != 2 or codes.shape[1] != replica.config.latent:
        raise ValueError(f"codes must have shape (n, {replica.config.latent}), not {codes.shape}")


def _differences(replica: Replica, codes: np.ndarray, directions: np.ndarray) -> np.ndarray:
    """Central differences along directions (k, n, d): (k, n, C, H, W)."""
    result = np.empty((len(directions), len(codes), *replica.config.shape), np.float32)
    for place, direction in enumerate(directions):
        for start in range(0, len(codes), _ROWS):
            rows = slice(start, start + _ROWS)
            # The step length is independent of the direction's length; a direction of length 0 gives 0.
            length = np.linalg.norm(direction[rows], axis=1)[:, None].astype(np.float32)
            step = direction[rows] * (_STEP / np.maximum(length, np.finfo(np.float32).tiny))
            change = replica.decode_float(codes[rows] + step) - replica.decode_float(codes[rows] - step)
            result[place, rows] = change * (length / (2 * _STEP))[:, :, None, None]
    return result


def _slow_pull(replica: Replica, codes: np.ndarray) -> Pull:
    def pull(cotangents: np.ndarray) -> np.ndarray:
        result = np.empty_like(codes)
        axes = np.eye(codes.shape[1], dtype=np.float32)
        if len(codes) > len(axes):
            for unit, axis in enumerate(axes):
                tangent = _differences(replica, codes, np.broadcast_to(axis, (1, *codes.shape)))[0]
                result[:, unit] = np.einsum("nchw,nchw->n", tangent, cotangents)
        else:
            # All dimensions of a code in one batch.
            for place, code in enumerate(codes):
                tangents = _differences(replica, np.broadcast_to(code, axes.shape), axes[None])[0]
                result[place] = np.tensordot(tangents, cotangents[place], 3)
        return result

    return pull
