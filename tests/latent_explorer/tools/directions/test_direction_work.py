"""Fitting and scoring directions: groups that share images, former scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes, PaneModel
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.core.selection import row_set
from latent_explorer.tools.directions.controller import _with_former_score
from latent_explorer.tools.directions.state import Group, PaneDirection, SavedDirection
from latent_explorer.tools.directions.work import DirectionWork
from tests.latent_explorer.build import AE
from trainer.config import ModelConfig
from trainer.latent.plane import dimensions
from trainer.replica.numpy_replica import NumpyReplica
from trainer.reports import Snapshot


def _codes(count: int = 3000, step: int = 100) -> PaneCodes:
    codes = np.random.default_rng(0).normal(size=(count, 60)).astype(np.float32)
    snapshot = Snapshot(number=1, step=step, config=ModelConfig(), weights={})
    return PaneCodes(np.arange(count), codes, codes[:, :2], 1, snapshot)


def _look(codes: PaneCodes) -> Look:
    config = ModelConfig(latent=codes.codes.shape[1])
    return Look(index=0, model=PaneModel(config, AE, 1), codes=codes, plane=dimensions(0, 1, 60))


def _fitted(codes: PaneCodes, plus: range, minus: range) -> PaneDirection:
    work = DirectionWork(ReplicaCache(lambda config, traits: NumpyReplica(config)))
    saved = SavedDirection("", Group(row_set(plus)), Group(row_set(minus)))
    reported = [step.what for step in work.fit((_look(codes),), saved) if step is not None]
    return reported[-1]


def test_images_of_both_groups_are_left_out_of_the_score() -> None:
    # Codes without any structure: the shared images must not tell the groups apart.
    codes = _codes()
    found = _fitted(codes, range(1800), range(1200, 3000))
    assert (found.counts, found.shared) == ((1800, 1800), 600)
    assert found.score is not None
    assert found.score.images == 2400
    assert abs(found.score.auroc - 0.5) < 0.05
    means = codes.codes[:1800].mean(axis=0) - codes.codes[1200:].mean(axis=0)
    np.testing.assert_allclose(found.direction.vector, means, atol=1e-5)


def test_groups_that_differ_by_too_few_images_have_a_direction_without_a_score() -> None:
    found = _fitted(_codes(), range(101), range(1, 100))
    assert found.direction is not None
    assert (found.shared, found.scorable, found.score) == (99, False, None)


def test_codes_that_are_not_finite_are_in_no_group() -> None:
    codes = _codes()
    codes.codes[5] = np.nan
    found = _fitted(codes, range(1000), range(1000, 3000))
    assert found.counts == (999, 2000)
    assert found.score is not None
    assert found.score.images == 2999


def test_a_score_outlives_its_weights_with_their_step() -> None:
    former = _fitted(_codes(300), range(100), range(100, 300))
    new = replace(former, codes=_codes(300, step=250), score=None)
    kept = _with_former_score(new, former)
    assert (kept.score, kept.score_step) == (former.score, 100)
    newer = replace(former, codes=_codes(300, step=400), score=None)
    assert _with_former_score(newer, kept).score_step == 100
    assert _with_former_score(replace(former, score=None), former).score_step is None
    assert _with_former_score(replace(newer, score=former.score), kept).score_step is None
    assert _with_former_score(replace(newer, direction=None), kept).score is None
