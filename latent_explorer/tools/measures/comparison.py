"""Which of two figures is better, where "better" has a meaning and the difference is no chance."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.measures.measure import Figure, Measure


def better_of(measure: Measure, figures: Sequence[Figure | None]) -> int | None:
    """The place of the one that is better than all others, their 95 % intervals being apart; None for none.

    None, too, where one of them has no interval: it is not known then how much is chance.
    """
    known = [None if one is None else one.limits for one in figures]
    if not measure.better or len(figures) < 2 or any(limits is None for limits in known):
        return None
    limits = [one for one in known if one is not None]
    for place, (low, high) in enumerate(limits):
        others = [one for other, one in enumerate(limits) if other != place]
        if measure.better == "lower" and all(high < lowest for lowest, _ in others):
            return place
        if measure.better == "higher" and all(low > highest for _, highest in others):
            return place
    return None
