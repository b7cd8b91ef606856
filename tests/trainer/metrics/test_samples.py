"""Figures of samples: SciPy's matrix root, torchmetrics, the authors' own prdc, exact distances, closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import sqrtm

from tests.trainer.latent.drained import drained, with_progress
from trainer.metrics.features import FEATURES, feature_net_for
from trainer.metrics.near_pairs import NearPairs
from trainer.metrics.samples import NEAREST, alike, ball_radii, compare, frechet_distance, frechet_error


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


def test_frechet_distance_is_that_of_torchmetrics_in_our_features():
    torch = pytest.importorskip("torch")
    image = pytest.importorskip("torchmetrics.image.fid", reason="torchmetrics is a development dependency")
    net = feature_net_for((1, 28, 28))

    class Features(torch.nn.Module):
        num_features = FEATURES

        def forward(self, pictures):
            return torch.from_numpy(net.features(pictures.numpy()))

    rng = np.random.default_rng(0)
    real, other = (rng.random((count, 1, 28, 28), np.float32) ** power for count, power in ((90, 1), (120, 3)))
    metric = image.FrechetInceptionDistance(Features(), input_img_size=(1, 28, 28)).set_dtype(torch.float64)
    metric.update(torch.from_numpy(real), real=True)
    metric.update(torch.from_numpy(other), real=False)
    found = frechet_distance(net.features(real), net.features(other))
    assert found == pytest.approx(float(metric.compute()), rel=1e-4)


def test_frechet_error_is_the_spread_of_repetitions():
    rng = np.random.default_rng(0)
    found, errors = [], []
    for _ in range(60):
        first, second = rng.normal(size=(400, 4)), rng.normal(size=(300, 4)) * [1, 1, 2, 1] + [1, 0, 0, 0]
        found.append(frechet_distance(first, second))
        errors.append(frechet_error(first, second))
    assert np.mean(errors) == pytest.approx(np.std(found), rel=0.3)
    assert frechet_error(first, second) == errors[-1]
    assert frechet_error(first[:150], second) is None


def test_density_error_is_the_spread_of_repetitions():
    rng = np.random.default_rng(0)
    found = [drained(compare(rng.normal(size=(300, 2)), 0.8 * rng.normal(size=(300, 2)))) for _ in range(60)]
    assert np.mean([one.density_error for one in found]) == pytest.approx(
        np.std([one.density for one in found]), rel=0.5
    )


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


def exact_figures(real, generated):
    """Precision, recall, density and coverage by their definitions, all distances in double precision."""

    def distances(first, second):
        return ((first[:, None].astype(np.float64) - second[None]) ** 2).sum(axis=2)

    balls, own = (np.sort(distances(one, one), axis=1)[:, NEAREST] for one in (real, generated))
    between = distances(real, generated)
    inside = between < balls[:, None]
    figures = inside.any(axis=0).mean(), (between < own).any(axis=1).mean(), inside.sum(axis=0).mean() / NEAREST
    return balls, (*figures, inside.any(axis=1).mean())


@pytest.mark.parametrize(
    "case", ["plain", "far away", "tiny", "one feature", "copies", "repeated", "constant", "few", "an outlier"]
)
def test_figures_are_those_of_exact_distances(case):
    real, other = clouds(260, 230, features=1 if case == "one feature" else 12)
    if case == "far away":  # where single precision alone would lose all digits
        real, other = real + np.float32(3e4), other + np.float32(3e4)
    elif case == "tiny":
        real, other = real * np.float32(1e-12), other * np.float32(1e-12)
    elif case == "copies":  # of real pictures: at exactly the distances of their neighbours
        other = real[:230].copy()
    elif case == "repeated":
        real, other = np.repeat(real[:40], 6, axis=0), np.repeat(other[:7], 30, axis=0)
    elif case == "constant":
        real, other = np.ones((50, 4), np.float32), np.ones((40, 4), np.float32)
    elif case == "few":
        real, other = real[: NEAREST + 1], other[: NEAREST + 2]
    elif case == "an outlier":
        real[0] = 1e6
    balls, figures = exact_figures(real, other)
    np.testing.assert_allclose(drained(ball_radii(real)), balls, rtol=1e-12, atol=0)
    found = drained(compare(real, other))
    assert (found.precision, found.recall, found.density, found.coverage) == pytest.approx(figures, abs=1e-12)


def test_fast_distances_are_within_their_bound():
    for features in (1, 64, 300):
        rng = np.random.default_rng(features)
        first, second = (rng.normal(3, 1, (50, features)).astype(np.float32) for _ in range(2))
        pairs = NearPairs(first, second)
        places = np.indices((50, 50)).reshape(2, -1)
        exact = pairs.exact(*places).reshape(50, 50)
        np.testing.assert_allclose(exact, ((first[:, None].astype(float) - second) ** 2).sum(axis=2), rtol=1e-13)
        (_, fast), *rest = pairs.blocks()
        assert not rest
        assert fast.dtype == np.float32
        assert np.abs(fast - exact).max() <= pairs.slack
        assert pairs.slack < 2e-3 * exact.mean()


def test_pieces_do_not_change_the_figures(monkeypatch):
    first, second = clouds()
    whole = drained(compare(first, second))
    monkeypatch.setattr("trainer.metrics.near_pairs._PAIRS", 1000)
    cut, progress = with_progress(compare(first, second))
    assert cut == whole
    assert len(progress) > 100
    assert [p.done for p in progress] == sorted(p.done for p in progress)
    assert progress[-1].done == progress[-1].total == 1100


def test_given_balls_save_work_and_change_nothing():
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
