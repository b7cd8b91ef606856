"""What the traversals' worker tells, and in which order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from latent_explorer.core.look import Look
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.traversal import work as traversal_work
from latent_explorer.tools.traversal.work import TraversalPart, TraversalWork
from tests.latent_explorer.tools.interpolation.test_strip_work import look
from trainer.replica.choice import make_replica


def part(index: int, seen: Look, base: np.ndarray | None) -> TraversalPart:
    """All rows of a pane, none of them known; none at all without a base."""
    return TraversalPart(
        look=replace(seen, index=index, axes="pca"),
        place=None,
        hidden=seen.hidden,
        base=base,
        sort="variance",
        first=0,
        count=seen.plane.latent,
        known={},
        summary=None,
        facts=None,
    )


@pytest.mark.parametrize("between", [False, True])
def test_a_dragged_base_starves_neither_pane(monkeypatch: pytest.MonkeyPatch, between: bool) -> None:
    """With a slow decoder the next request takes over after one row; `between` two there is one without rows."""
    monkeypatch.setattr(traversal_work, "_AT_LEAST", -1.0)
    looks = [look(latent=3, seed=seed) for seed in (0, 1)]
    work = TraversalWork(ReplicaCache(lambda config, traits: make_replica(config)))
    reported: Counter[int] = Counter()
    for move in range(8):
        if between:
            list(work.make(tuple(part(index, seen, None) for index, seen in enumerate(looks))))
        base = np.full(3, move, np.float32)
        answers = work.make(tuple(part(index, seen, base) for index, seen in enumerate(looks)))
        reported[next(one.pane for one in answers if one is not None and isinstance(one.what, tuple))] += 1
    assert reported == {0: 4, 1: 4}
