"""All groups of measures, in the order in which they are shown: a file and a line here each. Torch-free."""

from __future__ import annotations

from trainer.measures import arithmetic, factors, information, rate, samples
from trainer.measures.measure import Group, Measure

GROUPS: tuple[Group, ...] = (rate.GROUP, information.GROUP, factors.GROUP, arithmetic.GROUP, samples.GROUP)

MEASURES: dict[str, Measure] = {measure.key: measure for group in GROUPS for measure in group.measures}


def group_named(name: str) -> Group:
    """The group called so. Raises `KeyError`."""
    return {group.name: group for group in GROUPS}[name]
