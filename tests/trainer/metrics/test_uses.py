"""Side uses of codes and decoder: against scikit-learn and SciPy, and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from trainer.metrics.anomaly import costs, distances_to_mean
from trainer.metrics.auroc import auroc_with_error
from trainer.metrics.denoising import best_blur, blurred, noisy, psnr
from trainer.metrics.descent import descended
from trainer.metrics.inpainting import has_gradient, hidden_errors, lower_half, refined
from trainer.metrics.neighbours_accuracy import nearest, neighbours_accuracy, voted
from trainer.metrics.probe import majority, probe
from trainer.metrics.retrieval import retrieval_precision
from trainer.metrics.share_interval import share_interval
from trainer.priors.gaussian import StandardNormal
from trainer.progress import CancelledError, Monitor

STOPPED = Monitor(is_cancelled=lambda: True)


def clusters(count: int, seed: int = 0, apart: float = 1.5) -> tuple[np.ndarray, np.ndarray]:
    """Codes float32 (n, 4) of three classes that overlap, and labels 3, 5, 9."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, 3, count)
    codes = rng.normal(size=(count, 4)) * [1, 10, 0.1, 1]
    codes[:, 0] += apart * kind
    codes[:, 1] += 10 * apart * (kind == 2)
    return codes.astype(np.float32), np.array([3, 5, 9])[kind]


# ------------------------------------------------------------ descent


def test_every_row_reaches_its_own_minimum() -> None:
    """Rosenbrock's function with a minimum of its own a row, and a row that is there already."""

    def rosenbrock(points: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        x, y = points.T
        bend, low = y - x**2, rows + 1.0
        values = (low - x) ** 2 + 10 * bend**2
        return values, np.stack([-2 * (low - x) - 40 * x * bend, 20 * bend], axis=1)

    start = np.array([[-1.0, 1.0], [0.0, 0.0], [3.0, 9.0]])
    points, values = descended(rosenbrock, start, 200)
    assert points == pytest.approx(np.array([[1, 1], [2, 4], [3, 9]]), abs=1e-2)
    assert values == pytest.approx(0, abs=1e-4)


def test_what_is_not_finite_stays_where_it_is() -> None:
    def square(points: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        values = (points**2).sum(axis=1)
        values[rows == 1] = np.nan
        return values, 2 * points

    points, values = descended(square, np.ones((3, 2)), 50)
    assert points[1].tolist() == [1, 1]
    assert math.isnan(values[1])
    assert points[[0, 2]] == pytest.approx(0, abs=1e-3)


# ------------------------------------------------------------ classes


def test_the_probe_is_logistic_regression_with_its_strength() -> None:
    from sklearn.linear_model import LogisticRegression

    (fit, labels), (codes, truth) = clusters(600), clusters(400, 1)
    found = probe(fit, labels, codes)
    units = (fit - fit.mean(0)) / fit.std(0)
    reference = LogisticRegression(C=1 / (found.strength * len(fit)), max_iter=500).fit(units, labels)
    expected = reference.predict((codes - fit.mean(0)) / fit.std(0))
    assert (found.predicted == expected).mean() > 0.99
    assert (found.predicted == truth).mean() > 0.75


def test_classes_that_say_nothing_are_shrunk() -> None:
    rng = np.random.default_rng(0)
    codes, labels = rng.normal(size=(60, 30)).astype(np.float32), rng.integers(0, 2, 60)
    assert probe(codes, labels, codes).strength == 0.1


def test_constant_codes_are_the_majority() -> None:
    labels = np.repeat([0, 1], (30, 20))
    found = probe(np.full((50, 3), 7, np.float32), labels, np.full((4, 3), 7, np.float32))
    assert found.predicted.tolist() == [0, 0, 0, 0]
    assert majority(labels, np.array([0, 1, 1, 1])) == 0.25


@pytest.mark.parametrize("labels", [np.arange(5) % 2, np.zeros(30, int)])
def test_a_probe_of_few_images_or_one_class_is_refused(labels: np.ndarray) -> None:
    with pytest.raises(ValueError, match="two classes"):
        probe(np.zeros((len(labels), 2), np.float32), labels, np.zeros((1, 2), np.float32))


@pytest.mark.parametrize("far", [0.0, 1000.0])
def test_neighbours_are_those_of_scikit_learn(far: float) -> None:
    from sklearn.neighbors import NearestNeighbors

    (fit, labels), (codes, truth) = clusters(500), clusters(300, 1)
    fit, codes = fit + np.float32(far), codes + np.float32(far)
    expected = NearestNeighbors(n_neighbors=5).fit(fit).kneighbors(codes, return_distance=False)
    found = nearest(codes, fit, 5)
    assert (np.sort(found) == np.sort(expected)).mean() > 0.99
    share = (voted(labels[expected]) == truth).mean()
    assert neighbours_accuracy(fit, labels, codes, truth) == pytest.approx(share, abs=0.01)


def test_votes_by_hand() -> None:
    votes = np.array([[2, 1, 1, 2, 3], [1, 2, 2, 2, 1], [4, 3, 2, 1, 0]])
    assert voted(votes).tolist() == [2, 2, 4]


def test_precision_by_hand() -> None:
    """On a line 0 1 2 | 10 11: of 0 the nearest two are 1 and 2, of 10 they are 11 and 2."""
    points, labels = np.array([[0], [1], [2], [10], [11]], np.float32), np.array([0, 0, 0, 1, 1])
    found = retrieval_precision(points, labels, k=2)
    assert found.value == pytest.approx((1 + 1 + 1 + 0.5 + 0.5) / 5)
    assert found.chance == pytest.approx((3 * 2 / 4 + 2 * 1 / 4) / 5)
    assert found.error == pytest.approx(np.std([1, 1, 1, 0.5, 0.5], ddof=1) / math.sqrt(5))


def test_precision_is_that_of_scikit_learn() -> None:
    from sklearn.neighbors import NearestNeighbors

    codes, labels = clusters(300)
    expected = NearestNeighbors(n_neighbors=10).fit(codes).kneighbors(return_distance=False)
    found = retrieval_precision(codes, labels)
    assert found.value == pytest.approx((labels[expected] == labels[:, None]).mean(), abs=1e-3)


def test_codes_that_are_all_equal_are_no_better_than_chance() -> None:
    codes, labels = np.full((400, 2), 3, np.float32), np.arange(400) % 4
    found = retrieval_precision(codes, labels)
    assert found.value == pytest.approx(found.chance, abs=4 * found.error)
    assert neighbours_accuracy(codes, labels, codes, labels) == pytest.approx(0.25, abs=0.1)
    rows = nearest(codes, None, 10)
    assert (rows != np.arange(400)[:, None]).all()
    assert all(len(set(row)) == 10 for row in rows.tolist())


def test_too_few_neighbours_are_refused() -> None:
    with pytest.raises(ValueError, match="4 to find 5"):
        neighbours_accuracy(np.zeros((4, 2)), np.zeros(4), np.zeros((1, 2)), np.zeros(1))
    with pytest.raises(ValueError, match="9 to find 10"):
        retrieval_precision(np.zeros((10, 2)), np.zeros(10))


def test_either_is_stopped() -> None:
    codes, labels = clusters(40)
    with pytest.raises(CancelledError):
        probe(codes, labels, codes, monitor=STOPPED)
    with pytest.raises(CancelledError):
        retrieval_precision(codes, labels, monitor=STOPPED)
    with pytest.raises(CancelledError):
        best_blur(np.zeros((1, 1, 4, 4), np.float32), np.zeros((1, 1, 4, 4), np.float32), STOPPED)


def test_intervals_of_shares() -> None:
    """Wilson's for 8 of 10: (.8 + .19207 ± 1.96 √(.016 + .0096)) / 1.38414 = .4902 to .9433."""
    assert share_interval(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert share_interval(0.0, 10)[0] == 0
    assert share_interval(1.0, 10)[1] == pytest.approx(1)


# ------------------------------------------------------------ noise


def test_psnr_by_hand() -> None:
    images = np.zeros((3, 1, 2, 2), np.float32)
    pictures = images.copy()
    pictures[0], pictures[1, 0, 0, 0] = 0.1, 1
    assert psnr(pictures, images) == pytest.approx([20, 10 * math.log10(4), 20 * math.log10(255 * math.sqrt(12))])


def test_noise_is_as_strong_as_it_is_said() -> None:
    grey = np.full((20, 1, 20, 20), 0.5, np.float32)
    given = noisy(grey, 0, 0.05)
    assert (given - grey).std() == pytest.approx(0.05, rel=0.05)
    assert (given == noisy(grey, 0, 0.05)).all()
    assert noisy(grey, 0, 5.0).min() == 0
    assert noisy(grey, 0, 5.0).max() == 1


@pytest.mark.parametrize("width", [0.5, 2.0])
def test_blurs_are_those_of_scipy(width: float) -> None:
    """What is beyond the edge counts as missing: a quotient of two blurs with zeros there."""
    from scipy.ndimage import gaussian_filter

    images = np.random.default_rng(0).random((2, 3, 9, 12)).astype(np.float32)
    one, ones = (
        gaussian_filter(given, (0, 0, width, width), mode="constant", truncate=20)
        for given in (images, np.ones_like(images))
    )
    assert blurred(images, width) == pytest.approx(one / ones, abs=1e-5)


def test_the_best_blur_is_wide_for_what_is_smooth_and_narrow_for_what_is_sharp() -> None:
    down = np.linspace(0, 1, 24, dtype=np.float32)[:, None]
    smooth = np.broadcast_to(down, (10, 1, 24, 24)).copy()
    sharp = (np.random.default_rng(0).random((10, 1, 24, 24)) > 0.5).astype(np.float32)
    wide, found = best_blur(noisy(smooth, 0, 0.1), smooth)
    narrow, _ = best_blur(noisy(sharp, 0, 0.1), sharp)
    assert narrow < 0.5 < wide
    assert found > psnr(noisy(smooth, 0, 0.1), smooth).mean() + 5


# ------------------------------------------------------------ anomalies


def test_auroc_is_that_of_scikit_learn_and_its_error_a_bootstraps() -> None:
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(0)
    plus, minus = np.round(rng.normal(1, 1, 80), 1), np.round(rng.normal(0, 1, 120), 1)  # with ties
    score, error = auroc_with_error(plus, minus)
    truth = np.repeat([1, 0], (80, 120))
    assert score == pytest.approx(roc_auc_score(truth, np.concatenate([plus, minus])))
    again = [auroc_with_error(rng.choice(plus, 80), rng.choice(minus, 120))[0] for _ in range(400)]
    assert error == pytest.approx(np.std(again), rel=0.15)


def test_auroc_by_hand() -> None:
    """Of 2, 4 against 1, 3: three of four pairs; shares .5, 1 and 1, .5, each of variance 1/8."""
    assert auroc_with_error(np.array([2, 4]), np.array([1, 3])) == pytest.approx((0.75, math.sqrt(2 / 16)))
    assert auroc_with_error(np.array([2, 4]), np.array([0, 1])) == (1.0, 0.0)
    assert auroc_with_error(np.ones(3), np.ones(4)) == (0.5, 0.0)


@pytest.mark.parametrize("family", ["variational", "autoencoder"])
def test_costs_are_on_average_what_the_model_is_measured_by(family: str) -> None:
    from tests.trainer.measures.subjects import subject
    from trainer.metrics.likelihood import evaluate

    of = subject(family)
    found, expected = costs(of.model, of.images), evaluate(of.model, of.images)
    assert found.mean() == pytest.approx(expected.total, rel=1e-6)


def test_costs_where_sigma_is_not_known_are_squared_errors() -> None:
    from tests.trainer.measures.subjects import subject

    of = subject("autoencoder", likelihood="gaussian-learned")
    pictures = of.model.decode(torch.from_numpy(of.codes())).detach().numpy()
    squared = np.square(pictures - of.images.numpy() / 255).sum(axis=(1, 2, 3))
    assert costs(of.model, of.images) == pytest.approx(squared, rel=1e-4)


def test_distances_to_the_mean_by_hand() -> None:
    images = np.array([0, 255], np.uint8).reshape(2, 1, 1, 1)
    assert distances_to_mean(images, np.full((1, 1, 1), 0.25, np.float32)) == pytest.approx([0.0625, 0.5625])


# ------------------------------------------------------------ inpainting


def test_the_lower_half_is_hidden() -> None:
    assert lower_half(4, 3).tolist() == [[False] * 3] * 2 + [[True] * 3] * 2
    assert lower_half(3, 2).tolist() == [[False, False], [False, True], [True, True]]
    assert lower_half(1, 2).tolist() == [[False, True]]
    assert not lower_half(1, 1).any()


def test_a_linear_decoder_is_refined_to_least_squares() -> None:
    """Codes that explain the visible values best are known in closed form; the hidden values follow from them."""
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(3, 16)).astype(np.float32)
    images = (rng.normal(size=(5, 3)).astype(np.float32) @ weights).reshape(5, 1, 4, 4)
    images[:, :, :2] += rng.normal(size=(5, 1, 2, 4)).astype(np.float32) / 10
    hidden, matrix = lower_half(4, 4), torch.from_numpy(weights)

    def decode(codes: torch.Tensor) -> torch.Tensor:
        return (codes @ matrix).view(-1, 1, 4, 4)

    start = np.zeros((5, 3), np.float32)
    found = refined(decode, start, images, hidden, device=torch.device("cpu"), steps=100)
    expected = np.linalg.lstsq(weights[:, :8].T, images.reshape(5, 16)[:, :8].T, rcond=None)[0].T
    assert found == pytest.approx(expected, abs=1e-2)
    pictures = (found @ weights).reshape(images.shape)
    assert (hidden_errors(pictures, images, hidden) < hidden_errors(0 * images, images, hidden)).all()


def test_with_the_prior_hidden_values_are_those_to_be_expected() -> None:
    """x = W z + noise, z of N(0, I): given the visible values the mean of the hidden ones is known."""
    rng = np.random.default_rng(1)
    weights, variance = rng.normal(size=(6, 16)) * np.linspace(1, 0.1, 6)[:, None], 0.3
    drawn = rng.normal(size=(200, 6)) @ weights + np.sqrt(variance) * rng.normal(size=(200, 16))
    images = drawn.astype(np.float32).reshape(200, 1, 4, 4)
    hidden, matrix = lower_half(4, 4), torch.from_numpy(weights.astype(np.float32))

    def decode(codes: torch.Tensor) -> torch.Tensor:
        return (codes @ matrix).view(-1, 1, 4, 4)

    covariance = weights.T @ weights + variance * np.eye(16)
    expected = drawn[:, :8] @ np.linalg.solve(covariance[:8, :8], covariance[:8, 8:])

    def pictures(steps: int, prior: StandardNormal | None) -> np.ndarray:
        start, cpu = np.zeros((200, 6), np.float32), torch.device("cpu")
        log_prior = None if prior is None else prior.log_density
        found = refined(
            decode, start, images, hidden, log_prior=log_prior, variance=variance, device=cpu, steps=steps
        )
        return (found @ weights).reshape(images.shape)

    found = pictures(100, StandardNormal(6))
    assert found.reshape(200, 16)[:, 8:] == pytest.approx(expected, abs=0.02)
    # Without it visible values are explained better, and hidden ones worse, the longer it continues.
    few, many = (hidden_errors(pictures(steps, None), images, hidden).mean() for steps in (4, 100))
    with_prior = hidden_errors(found, images, hidden).mean()
    assert with_prior < few < many


def test_errors_are_of_hidden_values_alone() -> None:
    images = np.zeros((2, 3, 2, 2), np.float32)
    pictures = images.copy()
    pictures[:, :, 0] = 9
    pictures[1, 0, 1, 0] = 0.6
    assert hidden_errors(pictures, images, lower_half(2, 2)) == pytest.approx([0, 0.06])
    assert hidden_errors(pictures[1], images, lower_half(2, 2)) == pytest.approx([0.06, 0.06])


def test_a_decoder_without_a_gradient_is_noticed() -> None:
    cpu = torch.device("cpu")
    assert has_gradient(lambda codes: codes.exp(), 2, cpu)
    assert not has_gradient(lambda codes: codes.detach().exp(), 2, cpu)
    with torch.no_grad():
        assert has_gradient(lambda codes: codes.exp(), 2, cpu)
