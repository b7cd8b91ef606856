"""Traversals and slices against closed forms and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.trainer.latent.drained import drained
from trainer.latent.plane import dimensions, pca
from trainer.latent.slices import distance_from_plane, explained, most_hidden, off_plane, towards
from trainer.latent.traversal import change_of, order_of, places, summarise
from trainer.priors.gaussian import DiagonalGaussian, StandardNormal
from trainer.priors.mixture import GaussianMixture


def _cloud(latent: int = 5, count: int = 3000) -> np.ndarray:
    rng = np.random.default_rng(0)
    scales = np.linspace(3, 0.5, latent)
    turn = np.linalg.qr(rng.normal(size=(latent, latent)))[0]
    return (rng.normal(size=(count, latent)) * scales @ turn + 1).astype(np.float32)


def test_a_summary_is_that_of_numpy_and_its_kl_the_closed_form() -> None:
    codes = _cloud()
    sigmas = np.random.default_rng(1).uniform(0.1, 1.2, codes.shape).astype(np.float32)
    found = drained(summarise(codes, sigmas, StandardNormal(5)))
    np.testing.assert_allclose(found.mean, codes.mean(axis=0, dtype=np.float64), rtol=1e-9)
    np.testing.assert_allclose(found.spread, codes.std(axis=0, dtype=np.float64), rtol=1e-9)
    np.testing.assert_allclose(
        found.covariance, np.cov(codes.T.astype(np.float64), bias=True), rtol=1e-6, atol=1e-9
    )
    mu, sigma = codes.astype(np.float64), sigmas.astype(np.float64)
    kl = 0.5 * (mu**2 + sigma**2 - np.log(sigma**2) - 1)
    np.testing.assert_allclose(found.kl, kl.mean(axis=0), rtol=1e-9)
    assert drained(summarise(codes)).kl is None
    assert drained(summarise(codes, sigmas)).kl is None  # from no prior there is no divergence


def test_its_kl_is_from_the_models_own_prior_where_that_factorises() -> None:
    codes = _cloud()
    sigmas = np.random.default_rng(1).uniform(0.1, 1.2, codes.shape).astype(np.float32)
    mean, spread = np.linspace(-1, 3, 5), np.linspace(0.5, 2, 5)
    found = drained(summarise(codes, sigmas, DiagonalGaussian(mean, np.log(spread))))
    expected = torch.distributions.kl_divergence(
        torch.distributions.Normal(torch.from_numpy(codes).double(), torch.from_numpy(sigmas).double()),
        torch.distributions.Normal(torch.from_numpy(mean), torch.from_numpy(spread)),
    )
    np.testing.assert_allclose(found.kl, expected.mean(0).numpy(), rtol=1e-9)
    two = GaussianMixture(np.zeros(2), np.zeros((2, 5)), np.zeros((2, 5)))
    assert drained(summarise(codes, sigmas, two)).kl is None


def test_a_dimension_without_spread_is_gone_through_as_the_prior_says() -> None:
    codes = _cloud()
    codes[:, 2] = 0.1
    mean, spread = np.linspace(-1, 3, 5), np.linspace(0.5, 2, 5)
    found = drained(summarise(codes, prior=DiagonalGaussian(mean, np.log(spread))))
    rows = places(codes[0], 2, found, np.array([-3.0, 0.0, 3.0]))
    np.testing.assert_allclose(rows[:, 2], mean[2] + np.array([-3, 0, 3]) * spread[2], rtol=1e-6)
    other = np.arange(5) != 2
    np.testing.assert_array_equal(found.middle[other], found.mean[other])
    np.testing.assert_array_equal(found.reach[other], found.spread[other])
    assert drained(summarise(codes)).reach[2] == 0


def test_kl_agrees_with_monte_carlo() -> None:
    rng = np.random.default_rng(3)
    mu, sigma = np.float32([[0.8, -1.5]]), np.float32([[0.3, 1.0]])
    found = drained(summarise(mu, sigma, StandardNormal(2))).kl
    z = mu + sigma * rng.normal(size=(400_000, 2))
    log_q = -0.5 * ((z - mu) / sigma) ** 2 - np.log(sigma)
    each = log_q + 0.5 * z**2
    error = each.std(axis=0) / np.sqrt(len(each))
    assert (np.abs(each.mean(axis=0) - found) < 4 * error).all()


def test_rows_that_are_not_finite_count_for_nothing() -> None:
    codes = _cloud()
    spoilt = np.vstack([codes, np.full((7, 5), np.nan, np.float32), np.full((1, 5), np.inf, np.float32)])
    found, clean = drained(summarise(spoilt)), drained(summarise(codes))
    assert found.count == len(codes)
    np.testing.assert_allclose(found.spread, clean.spread)
    assert drained(summarise(np.full((3, 4), np.nan, np.float32))) is None


def test_rows_whose_spreads_are_not_finite_count_for_nothing() -> None:
    codes = np.vstack([_cloud(), np.full((30, 5), 500, np.float32)])
    sigmas = np.full(codes.shape, 0.3, np.float32)
    sigmas[-30:, 1] = np.nan
    found, clean = (
        drained(summarise(codes, sigmas, StandardNormal(5))),
        drained(summarise(codes[:-30], sigmas[:-30], StandardNormal(5))),
    )
    assert found.count == len(codes) - 30
    for name in ("mean", "spread", "kl", "covariance"):
        np.testing.assert_allclose(getattr(found, name), getattr(clean, name), rtol=1e-9, err_msg=name)


def test_a_collapsed_dimension_has_no_spread() -> None:
    codes = _cloud()
    codes[:, 2] = 0.1
    found = drained(summarise(codes))
    assert found.spread[2] == 0
    assert order_of(found, "variance")[-1] == 2


def test_orders() -> None:
    codes = np.float32([[1, 10, 0], [-1, -10, 0]])
    with_kl = drained(summarise(codes, np.float32([[0.01, 1, 1]] * 2), StandardNormal(3)))
    assert order_of(with_kl, "number").tolist() == [0, 1, 2]
    assert order_of(with_kl, "variance").tolist() == [1, 0, 2]
    assert order_of(with_kl, "kl").tolist() == [1, 0, 2]
    assert order_of(drained(summarise(codes)), "kl").tolist() == [1, 0, 2]
    narrow = drained(summarise(codes, np.float32([[1e-30, 1, 1]] * 2), StandardNormal(3)))
    assert order_of(narrow, "kl")[0] == 0


def test_places_move_one_dimension_about_the_mean() -> None:
    summary = drained(summarise(_cloud()))
    base = np.arange(5, dtype=np.float32)
    codes = places(base, 3, summary, np.array([-3.0, 0.0, 3.0]))
    np.testing.assert_array_equal(np.delete(codes, 3, axis=1), np.repeat(np.delete(base, 3)[None], 3, axis=0))
    np.testing.assert_allclose(codes[:, 3], summary.mean[3] + np.array([-3, 0, 3]) * summary.spread[3], rtol=1e-6)


def test_change_of_a_linear_decoder_is_the_closed_form() -> None:
    # x = 128 + t w: the root mean square about the mean is std(t) · rms(w).
    weights = np.random.default_rng(0).integers(-20, 20, size=(6, 6, 1))
    units = np.linspace(-3, 3, 7)
    pictures = (128 + units[:, None, None, None] * weights).astype(np.uint8)
    expected = units.std() * np.sqrt((weights.astype(float) ** 2).mean()) / 255
    assert change_of(pictures) == pytest.approx(expected, rel=1e-6)
    assert change_of(np.full((9, 4, 4, 3), 77, np.uint8)) == 0


def test_explained_shares_are_those_of_scikit_learn() -> None:
    from sklearn.decomposition import PCA

    codes = _cloud()
    covariance = drained(summarise(codes)).covariance
    reference = PCA().fit(codes)
    plane = pca(codes)
    np.testing.assert_allclose(
        explained(covariance, plane.axes), reference.explained_variance_ratio_[:2], rtol=1e-3
    )
    hidden = most_hidden(covariance, plane.axes)
    assert hidden is not None
    assert abs(hidden.vector @ reference.components_[2]) == pytest.approx(1, abs=1e-3)
    assert hidden.share == pytest.approx(reference.explained_variance_ratio_[2], rel=1e-3)
    assert hidden.spread == pytest.approx(np.sqrt(reference.explained_variance_[2]), rel=1e-3)
    np.testing.assert_allclose(plane.axes @ hidden.vector, 0, atol=1e-6)


def test_the_way_through_slices_keeps_its_sign() -> None:
    codes = _cloud()
    covariance, axes = drained(summarise(codes)).covariance, pca(codes).axes
    first = most_hidden(covariance, axes)
    assert first is not None
    turned = most_hidden(covariance, axes, -first.vector)
    assert turned is not None
    np.testing.assert_allclose(turned.vector, -first.vector, atol=1e-9)


def test_distance_from_a_coordinate_plane() -> None:
    axes = dimensions(0, 2, 4).axes
    mean = np.zeros(4)
    found = distance_from_plane(np.float32([9, 3, -5, 4]), mean, mean, axes)
    assert found.distance == pytest.approx(5)
    assert found.share == pytest.approx(5 / np.sqrt(81 + 9 + 25 + 16))
    assert np.isnan(distance_from_plane(np.zeros(4, np.float32), mean, mean, axes).share)
    way = towards(np.float32([9, 3, -5, 4]), mean, np.eye(4), axes)
    assert way is not None
    np.testing.assert_allclose(way.vector, [0, 0.6, 0, 0.8])
    assert way.spread == pytest.approx(1)
    assert towards(np.float32([9, 0, -5, 0]), mean, np.eye(4), axes) is None


def test_planes_that_hide_nothing_have_no_slices() -> None:
    assert most_hidden(np.eye(2), dimensions(0, 1, 2).axes) is None
    assert most_hidden(np.eye(1), dimensions(0, 0, 1).axes) is None
    flat = np.diag([1.0, 1.0, 0.0])
    assert most_hidden(flat, dimensions(0, 1, 3).axes) is None
    assert most_hidden(np.zeros((3, 3)), dimensions(0, 1, 3).axes) is None
    assert np.isnan(explained(np.zeros((3, 3)), dimensions(0, 1, 3).axes)).all()


def test_512_dimensions_have_slices() -> None:
    codes = (np.random.default_rng(0).normal(size=(6000, 512)) * np.linspace(3, 0.1, 512)).astype(np.float32)
    summary = drained(summarise(codes))
    plane = pca(codes)
    hidden = most_hidden(summary.covariance, plane.axes)
    assert hidden is not None
    np.testing.assert_allclose(plane.axes @ hidden.vector, 0, atol=1e-6)
    values = np.linalg.eigvalsh(summary.covariance)
    assert hidden.spread**2 <= values[-1] * 1.001
    assert hidden.spread**2 >= values[-4]
    assert np.abs(off_plane(hidden.vector, plane.axes) - hidden.vector).max() < 1e-12
