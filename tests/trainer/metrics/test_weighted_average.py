"""The average of images weighted by their posteriors, against SciPy's densities and brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import norm

from trainer.metrics.weighted_average import WeightedAverage, weighted_average_steps
from trainer.progress import completed

RNG = np.random.default_rng(3)


def made(count: int, latent: int, shape: tuple[int, int, int] = (1, 4, 5)) -> tuple[np.ndarray, ...]:
    means = RNG.normal(size=(count, latent)).astype(np.float32)
    spreads = RNG.uniform(0.3, 0.9, (count, latent)).astype(np.float32)
    return means, spreads, RNG.integers(0, 256, (count, *shape), dtype=np.uint8)


def average(
    code: np.ndarray, means: np.ndarray, spreads: np.ndarray, images: np.ndarray
) -> WeightedAverage | None:
    return completed(weighted_average_steps(code, means, spreads, np.arange(len(images)), images))


def weights_of(code: np.ndarray, means: np.ndarray, spreads: np.ndarray) -> np.ndarray:
    weights = norm.pdf(code, means.astype(float), spreads.astype(float)).prod(1)
    return weights / weights.sum()


@pytest.mark.parametrize("shape", [(1, 4, 5), (3, 4, 4)])
@pytest.mark.parametrize("latent", [1, 2, 6])
def test_brute_force(latent: int, shape: tuple[int, int, int]) -> None:
    means, spreads, images = made(300, latent, shape)
    code = means[7] + 0.1
    found = average(code, means, spreads, images)
    weights = weights_of(code, means, spreads)
    assert found is not None
    np.testing.assert_allclose(found.picture, np.tensordot(weights, images / 255, 1), atol=2e-4)
    assert found.effective == pytest.approx(1 / (weights**2).sum(), rel=1e-6)
    order = np.argsort(-weights)[:12]
    assert found.rows.tolist() == order.tolist()
    nearest = (((code - means.astype(float)) / spreads) ** 2).sum(1).min()
    assert found.height == pytest.approx(-0.5 * nearest, rel=1e-4)
    np.testing.assert_allclose(found.weights, weights[order], rtol=1e-6)
    assert (found.among, found.left_out) == (300, 0)


def test_no_other_answer_has_a_smaller_squared_error_or_cross_entropy() -> None:
    means, spreads, images = made(20, 2, (1, 1, 2))
    code = np.array([0.2, -0.1])
    found = average(code, means, spreads, images)
    weights, pixels = weights_of(code, means, spreads), images.reshape(20, 2) / 255
    assert found is not None

    def squares(answer: np.ndarray) -> float:
        return float(weights @ ((pixels - answer) ** 2).sum(1))

    def entropy(answer: np.ndarray) -> float:
        return -float(weights @ (pixels * np.log(answer) + (1 - pixels) * np.log(1 - answer)).sum(1))

    for loss in (squares, entropy):
        best = minimize(loss, [0.5, 0.5], bounds=[(0.01, 0.99)] * 2).x
        np.testing.assert_allclose(found.picture.ravel(), best, atol=2e-3)


def test_a_collapsed_posterior_averages_all_images() -> None:
    means, spreads, images = made(64, 3)
    found = average(np.ones(3), np.zeros_like(means), np.ones_like(spreads), images)
    assert found is not None
    assert found.effective == pytest.approx(64)
    np.testing.assert_allclose(found.picture, images.mean(0) / 255, atol=2e-4)


def test_far_away_one_image_has_all_the_weight() -> None:
    means, spreads, images = made(64, 2)
    found = average(np.array([400.0, 300.0]), means, spreads, images)
    assert found is not None
    assert found.effective == pytest.approx(1)
    np.testing.assert_allclose(found.picture, images[found.rows[0]] / 255, atol=2e-4)
    assert len(found.rows) >= 1


def test_codes_that_are_no_numbers_are_left_out_and_counted() -> None:
    means, spreads, images = made(10, 2)
    means[3], spreads[4] = np.nan, np.inf
    found = average(np.zeros(2), means, spreads, images)
    assert found is not None
    assert (found.among, found.left_out) == (8, 2)
    assert {3, 4}.isdisjoint(found.rows.tolist())
    assert average(np.zeros(2), np.full_like(means, np.nan), spreads, images) is None
    assert average(np.zeros(2), means[:0], spreads[:0], images[:0]) is None


def test_many_dimensions_do_not_underflow() -> None:
    means, spreads, images = made(50, 512)
    found = average(means[5] + 0.001, means, spreads, images)
    assert found is not None
    assert found.rows[0] == 5
    assert np.isfinite(found.picture).all()
