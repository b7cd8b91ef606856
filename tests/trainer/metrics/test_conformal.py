"""Conformal p-values: the count by hand, the rate of false alarms, what is held back."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from trainer.metrics.conformal import ALARM, held_back, needed, p_values


def test_counts_those_at_least_as_unusual_and_itself() -> None:
    kept = np.array([1, 2, 2, 5], np.float32)
    found = p_values(kept, np.array([0, 1, 1.5, 2, 5, 6, np.inf, np.nan]))
    assert found == pytest.approx(np.array([5, 5, 4, 4, 2, 1, 1, np.nan]) / 5, nan_ok=True)
    assert p_values(np.empty(0), np.array([3.0])) == [1]  # nothing held back shows nothing


@pytest.mark.parametrize(("m", "alarm"), [(199, 0.005), (1_999, 0.005), (19, 0.05), (299, 0.05)])
def test_rate_of_false_alarms_is_exact(m: int, alarm: float) -> None:
    """Fresh cases beside fresh ones held back, many times, whatever the scores' distribution."""
    rng = np.random.default_rng(0)
    count = 4_000
    alarms = sum(
        p_values(np.sort(rng.standard_cauchy(m)).astype(np.float32), rng.standard_cauchy(1))[0] <= alarm
        for _ in range(count)
    )
    assert binomtest(int(alarms), count, alarm).pvalue > 1e-4


def test_what_is_held_back_makes_the_rate_exact() -> None:
    assert needed() == 199
    assert needed(0.05) == 19
    assert [held_back(count, 1_999) for count in (0, 1, 3, 397, 398, 799, 10_000)] == [
        0,
        0,
        1,
        198,
        199,
        399,
        1_999,
    ]
    assert held_back(1_000, 999) == 399
    assert held_back(100, 1_999, 0.05) == 39
    for count in range(398, 5_000, 97):
        assert (held_back(count, 1_999) + 1) * ALARM == pytest.approx(round((held_back(count, 1_999) + 1) * ALARM))
