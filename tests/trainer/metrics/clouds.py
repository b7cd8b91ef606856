"""Seeded clouds of codes whose shape everybody can see: float64 (n, 2), turned and stretched at random."""

from __future__ import annotations

import numpy as np

#: Codes in a cloud, the fewest whose shape is reported.
COUNT = 2_000


def clouds(seed: int, count: int = COUNT) -> dict[str, np.ndarray]:
    """One of each shape, by its name."""
    rng = np.random.default_rng([seed, 9])
    angle, noise = rng.uniform(0, 2 * np.pi, count), rng.standard_normal((5, count))
    around = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    centres = 2 * rng.standard_normal((10, 2))
    plain = {
        "line": np.stack([rng.uniform(-1, 1, count), 0.03 * noise[0]], axis=1),
        "disc": noise[1:3].T,
        "ring": (1 + 0.1 * noise[0])[:, None] * around,
        "irregular": centres[rng.integers(0, len(centres), count)] + 0.3 * noise[3:5].T,
    }
    return {name: _turned(points * [1, rng.uniform(0.4, 1)], rng) for name, points in plain.items()}


def _turned(points: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    turn = rng.uniform(0, np.pi)
    return points @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
