"""Figures of samples: SciPy's matrix root, the authors' own prdc, closed forms, interruption."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import sqrtm

from tests.trainer.latent.drained import drained, with_progress
from trainer.metrics.samples import NEAREST, alike, ball_radii, compare, frechet_distance


def clouds(count=400, other=300, features=8, shift=0.7):
    rng = np.random.default_rng(0)
    mixing = rng.normal(size=(features, features))
    return (
        (rng.normal(size=(count, features)) @ mixing).astype(np.float32),
        (1.2 * rng.normal(size=(other, features)) @ mixing.T + shift).astype(np.float32),
    )


def test_frechet_distance_is_what_scipys_root_gives():
    first, second = clouds()
    one, two = np.cov(first.T.astype(np.float64)), np.cov(second.T.astype(np.float64))
    gap = first.mean(0, dtype=np.float64) - second.mean(0, dtype=np.float64)
    expected = gap @ gap + np.trace(one + two - 2 * sqrtm(one @ two).real)
    assert frechet_distance(first, second) == pytest.approx(expected, rel=1e-6)
    assert frechet_distance(second, first) == pytest.approx(expected, rel=1e-6)


def test_frechet_distance_of_gaussians_in_closed_form():
    # Of samples with exactly these moments: |m|² + Σ (s - t)².
    rng = np.random.default_rng(0)
    white = rng.normal(size=(500, 3))
    white -= white.mean(0)
    white = white @ np.linalg.inv(np.linalg.cholesky(np.cov(white.T))).T
    first, second = white * [1, 2, 3], white * [2, 2, 1] + [0.5, 0, 1]
    assert frechet_distance(first, second) == pytest.approx(0.25 + 1 + 1 + 0 + 4, rel=1e-9)
    assert frechet_distance(first, first) == pytest.approx(0, abs=1e-9)


def test_frechet_distance_of_features_that_never_vary():
    # A dead feature, and fewer pictures than features: covariances without a full rank.
    first, second = clouds(40, 30, 64)
    first[:, 3] = second[:, 3] = 0
    assert np.isfinite(frechet_distance(first, second))
    one = np.ones((5, 4), np.float32)
    assert frechet_distance(one, 3 * one) == pytest.approx(16)
    with pytest.raises(ValueError, match="two or more"):
        frechet_distance(first[:1], second)


@pytest.mark.parametrize("shift", [0.0, 1.0, 30.0])
def test_precision_recall_density_and_coverage_are_the_authors(shift):
    prdc = pytest.importorskip("prdc", reason="prdc, the authors' implementation, is a development dependency")
    first, second = clouds(700, 900, shift=shift)
    expected = prdc.compute_prdc(first.astype(np.float64), second.astype(np.float64), nearest_k=NEAREST)
    found = drained(compare(first, second))
    assert found.precision == pytest.approx(expected["precision"], abs=1e-12)
    assert found.recall == pytest.approx(expected["recall"], abs=1e-12)
    assert found.density == pytest.approx(expected["density"], abs=1e-12)
    assert found.coverage == pytest.approx(expected["coverage"], abs=1e-12)
    assert (found.real, found.count) == (700, 900)
    assert found.frechet == frechet_distance(first, second)


def test_pieces_do_not_change_the_figures(monkeypatch):
    first, second = clouds()
    whole = drained(compare(first, second))
    monkeypatch.setattr("trainer.metrics.near_pairs._PAIRS", 1000)
    cut, progress = with_progress(compare(first, second))
    assert cut == whole
    assert len(progress) > 100
    assert [p.done for p in progress] == sorted(p.done for p in progress)
    assert progress[-1].done == progress[-1].total == 1100


def test_balls_at_hand_spare_work_and_change_nothing():
    first, second = clouds()
    balls = drained(ball_radii(first))
    found, progress = with_progress(compare(first, second, balls=balls))
    assert found == drained(compare(first, second))
    assert progress[-1].done == progress[-1].total == 700


def test_real_against_real_and_a_collapsed_model():
    rng = np.random.default_rng(0)
    real, other = rng.normal(size=(2, 1000, 4))
    fair = drained(compare(real, other))
    # Expected coverage of equal distributions with n = m: 1 - Π (n - i)/(2n - i), Naeem et al. 2020, Lemma 2.
    expected = 1 - np.prod([(1000 - i) / (2000 - 1 - i) for i in range(NEAREST)])
    assert fair.coverage == pytest.approx(expected, abs=0.03)
    assert fair.density == pytest.approx(1, abs=0.08)
    # One good picture again and again is all precision and no coverage.
    collapsed = drained(compare(real, np.repeat(real[:1] + 1e-3, 1000, axis=0)))
    assert collapsed.precision == 1
    assert collapsed.coverage < 0.02
    assert collapsed.frechet > 10 * fair.frechet


def test_features_of_one_picture_are_alike_and_others_are_not():
    one = np.random.default_rng(0).normal(size=(1, 64)).astype(np.float32)
    many = np.repeat(one, 300, axis=0)
    assert alike(many)
    assert alike(many * (1 + 1e-7 * np.random.default_rng(1).normal(size=many.shape)))
    many[7, 3] += 1e-3
    assert not alike(many)
    assert alike(np.zeros((5, 64), np.float32))


def test_too_few_pictures_are_an_error():
    first, second = clouds(NEAREST, 100)
    with pytest.raises(ValueError, match="more than 5"):
        drained(compare(first, second))
