"""Statistics of pictures that separate sharp from blurred and single from mixed ones. Torch-free.

Quantiles of grey levels, of steps between neighbouring pixels and of the Laplacian, at the picture's own
resolution and at halves of it, and of differences between colours. All are whole numbers of 8-bit grey levels, so
that the same picture has the same quantiles on every machine.
"""

from __future__ import annotations

import numpy as np

#: Quantiles of each: the extremes show whether any pixel is black or white, or any region without a step.
_SHARES = np.array((0, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.999))
#: Number of resolutions, each half of the previous one.
_LEVELS = 3
#: Sides shorter than this have no Laplacian, and steps are not measured.
_LEAST = 3
#: Offsets that keep logarithms finite: of steps (one grey level), and of mean squares.
_STEP, _SQUARE = 1 / 255, 1e-4


def picture_statistics(pictures: np.ndarray) -> np.ndarray:
    """Statistics of uint8 pictures (n, C, H, W): float32 (n, s), the same s for pictures of the same shape."""
    count = len(pictures)
    flat = pictures.reshape(count, -1)
    found = [_quantiles(flat) / np.float32(255), _shares(flat), *_chroma(pictures)]
    level, unit = pictures.astype(np.int16), 255.0
    for number in range(_LEVELS):
        if min(level.shape[2:]) < _LEAST:
            break
        if number:
            unit *= 4
        found += _detail(level, np.float32(unit))
        if number + 1 < _LEVELS:
            level = _halved(level)
    return np.concatenate(found, axis=1, dtype=np.float32)


def _detail(level: np.ndarray, unit: np.float32) -> list[np.ndarray]:
    """Statistics of one resolution, whose white is `unit`."""
    count = len(level)
    steps = np.concatenate(
        [
            (level[:, :, 1:] - level[:, :, :-1]).reshape(count, -1),
            (level[..., 1:] - level[..., :-1]).reshape(count, -1),
        ],
        axis=1,
    )
    curved = _laplacian(level).reshape(count, -1)
    squares = np.stack([_mean_square(steps), _mean_square(curved), level.reshape(count, -1).var(axis=1)], axis=1)
    return [
        np.log(_quantiles(np.abs(steps)) / unit + np.float32(_STEP)),
        np.log(_quantiles(np.abs(curved)) / unit + np.float32(_STEP)),
        np.log(squares / unit**2 + _SQUARE),
    ]


def _laplacian(level: np.ndarray) -> np.ndarray:
    middle = 4 * level[..., 1:-1, 1:-1]
    middle -= level[..., :-2, 1:-1]
    middle -= level[..., 2:, 1:-1]
    middle -= level[..., 1:-1, :-2]
    middle -= level[..., 1:-1, 2:]
    return middle


def _halved(level: np.ndarray) -> np.ndarray:
    """Sums of two by two pixels."""
    level = level[..., : level.shape[2] // 2 * 2, : level.shape[3] // 2 * 2]
    rows = level[..., ::2, :] + level[..., 1::2, :]
    return rows[..., ::2] + rows[..., 1::2]


def _mean_square(values: np.ndarray) -> np.ndarray:
    real = values.astype(np.float32)
    return np.einsum("ij,ij->i", real, real) / values.shape[1]


def _quantiles(values: np.ndarray) -> np.ndarray:
    """Quantiles of whole numbers (n, m): float32 (n, 11)."""
    ascending = np.sort(values, axis=1, kind="stable")  # of 8 and 16 bits: by radix
    return ascending[:, (_SHARES * values.shape[1]).astype(np.intp)].astype(np.float32)


def _shares(flat: np.ndarray) -> np.ndarray:
    """Shares of pixels that are mid-grey, nearly black or white, dark and bright."""
    return np.stack(
        [
            ((flat > 51) & (flat < 204)).mean(axis=1),
            ((flat > 12) & (flat < 243)).mean(axis=1),
            (flat < 26).mean(axis=1),
            (flat > 229).mean(axis=1),
        ],
        axis=1,
    )


def _chroma(pictures: np.ndarray) -> list[np.ndarray]:
    """Statistics of the difference between channels; nothing for one channel."""
    if pictures.shape[1] != 3:
        return []
    red, green, blue = np.moveaxis(pictures.astype(np.int16), 1, 0)
    opponent = np.stack([2 * (red - green), red + green - 2 * blue], axis=1)
    unit = np.float32(510)
    sizes = _quantiles(np.abs(opponent.reshape(len(pictures), -1)))
    detail = _detail(opponent, unit) if min(pictures.shape[2:]) >= _LEAST else []
    return [np.log(sizes / unit + np.float32(_STEP)), *detail]
