"""Lattices: positions of points, coarse levels as subsets of fine ones, reuse of known values."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.latent.lattice import STRIDES, Lattice, LatticeValues


def plane(points: np.ndarray) -> np.ndarray:
    """x + 100 y."""
    return (points[:, 0] + 100 * points[:, 1]).astype(np.float32)


def filled(values: LatticeValues, stride: int) -> int:
    """Evaluate a level and return the number of evaluated points."""
    asked = []

    def evaluate(points: np.ndarray) -> np.ndarray:
        asked.append(len(points))
        return plane(points)

    for _ in values.refined(stride, evaluate, lambda: 50):
        pass
    assert max(asked, default=0) <= 50
    return sum(asked)


def test_covers_the_rectangle_in_cells_of_a_power_of_two() -> None:
    lattice = Lattice.over(-3.1, 2.2, 4.0, 5.0, 0.07)
    assert lattice.cell == 2**-4
    left, bottom, right, top = lattice.rect(1)
    assert left <= -3.1
    assert bottom <= 2.2
    assert right >= 4.0
    assert top >= 5.0
    assert (lattice.columns - 1) % 16 == (lattice.rows - 1) % 16 == lattice.left % 16 == 0


@pytest.mark.parametrize("stride", STRIDES)
def test_values_are_at_their_places(stride: int) -> None:
    lattice = Lattice.over(-1.0, -0.5, 1.0, 0.7, 0.05)
    values = LatticeValues(lattice)
    assert values.missing(stride) == values.level(stride).size
    filled(values, stride)
    level = values.level(stride)
    left, bottom, right, top = lattice.rect(stride)
    cell = stride * lattice.cell
    across = left + cell * (np.arange(level.shape[1]) + 0.5)
    up = bottom + cell * (np.arange(level.shape[0]) + 0.5)
    assert level == pytest.approx(across[None] + 100 * up[:, None], abs=1e-4)
    assert right == pytest.approx(left + cell * level.shape[1])
    assert top == pytest.approx(bottom + cell * level.shape[0])
    assert values.missing(stride) == 0


def test_finer_levels_evaluate_only_what_is_new() -> None:
    values = LatticeValues(Lattice.over(0, 0, 1, 1, 0.03))
    taken = [filled(values, stride) for stride in STRIDES]
    assert sum(taken) == values.values.size
    assert np.isfinite(values.values).all()


def test_a_panned_view_keeps_what_is_known() -> None:
    first = LatticeValues(Lattice.over(0, 0, 1, 1, 0.03))
    filled(first, 1)
    second = LatticeValues(Lattice.over(0.6, -0.3, 1.6, 0.7, 0.03), first)
    kept = int(second.known.sum())
    assert kept > 0.2 * second.values.size
    assert filled(second, 1) == second.values.size - kept
    fresh = LatticeValues(second.lattice)
    filled(fresh, 1)
    assert np.array_equal(second.values, fresh.values)


def test_other_cells_or_places_keep_nothing() -> None:
    first = LatticeValues(Lattice.over(0, 0, 1, 1, 0.03))
    filled(first, 1)
    assert not LatticeValues(Lattice.over(0, 0, 1, 1, 0.1), first).known.any()
    assert not LatticeValues(Lattice.over(50, 50, 51, 51, 0.03), first).known.any()


def test_large_views_and_bad_ones() -> None:
    lattice = Lattice.over(0, 0, 10_000, 10_000, 1.0)
    assert lattice.columns < 1_000
    for bad in ((0, 0, np.nan, 1, 0.1), (0, 0, 1, np.inf, 0.1), (0, 0, 1, 1, 0.0)):
        with pytest.raises(ValueError, match="lattice"):
            Lattice.over(*bad)
