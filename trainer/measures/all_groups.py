"""All groups of measures, in the order in which they are shown. A new group is a file and a line here.
Torch-free.
"""

from __future__ import annotations

from trainer.measures import (
    aggregate,
    arithmetic,
    bound,
    continuity,
    exact,
    factors,
    information,
    rate,
    samples,
    shape,
    truth,
    uses,
)
from trainer.measures.measure import Group, Measure

GROUPS: tuple[Group, ...] = (
    rate.GROUP,
    information.GROUP,
    aggregate.GROUP,
    shape.GROUP,
    bound.GROUP,
    exact.GROUP,
    continuity.GROUP,
    truth.GROUP,
    factors.GROUP,
    arithmetic.GROUP,
    uses.GROUP,
    samples.GROUP,
)

MEASURES: dict[str, Measure] = {measure.key: measure for group in GROUPS for measure in group.measures}


def group_named(name: str) -> Group:
    """The group of this name. Raises `KeyError`."""
    return {group.name: group for group in GROUPS}[name]
