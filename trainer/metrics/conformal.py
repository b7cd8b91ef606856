"""Conformal p-values, which are exact ranks (Vovk, Gammerman & Shafer 2005). Torch-free.

A score that is larger for unusual cases is compared with the scores of m held-back cases: p is (1 + number of
those at least as unusual) / (1 + m). For a fresh case of the same distribution, whatever the score and the number
of dimensions, p <= a has probability exactly floor(a (1 + m)) / (1 + m) (at most that, with ties), provided the
score was defined without the held-back cases. Without the ones in the formula a case beyond all m would have p =
0, which m cases cannot show.
"""

from __future__ import annotations

import numpy as np

#: A case with a p-value of at most this is unusual: five false alarms in a thousand.
ALARM = 0.005
#: Pictures are tested against real ones at a level of 5 %; the test is meaningful only if it detects at least this
#: share of each kind of pictures known to be bad.
UNLIKE, POWER = 0.05, 0.8


def p_values(held_back: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """p of `scores` (n,) against the ascending scores `held_back` (m,): float64 (n,) in [1 / (1 + m), 1].

    NaN stays NaN; infinity is more unusual than all finite scores.
    """
    scores = np.asarray(scores, np.float32)
    beyond = len(held_back) - np.searchsorted(held_back, scores, side="left")
    share = (1 + beyond) / (1 + len(held_back))
    return np.where(np.isnan(scores), np.nan, share)


def needed(alarm: float = ALARM) -> int:
    """Minimum number of held-back cases with which p can be as small as `alarm`."""
    return round(1 / alarm) - 1


def held_back(count: int, most: int, alarm: float = ALARM) -> int:
    """How many of `count` cases are held back: at most `most` and half of them.

    If there are enough, a number for which `alarm` is the exact rate of false alarms.
    """
    some, unit = min(count // 2, most), needed(alarm) + 1
    return some if some < needed(alarm) else (some + 1) // unit * unit - 1
