"""The IWAE bound beside the ELBO of the same draws, against closed forms of a linear model."""

import copy
import math
import threading

import numpy as np
import pytest
import torch

from tests.trainer.metrics.linear import VARIANCE, as_images, optimum, rows
from tests.trainer.metrics.test_likelihood import images, small
from trainer.config import LIKELIHOODS
from trainer.metrics.block_threads import BlockThreads, products_in_one_thread
from trainer.metrics.collapse import linear_log_likelihood
from trainer.metrics.importance import iwae, log_weights
from trainer.metrics.likelihood import evaluate, learned_variance
from trainer.models.initialise import build
from trainer.progress import UNWATCHED, CancelledError, Monitor


def test_the_bound_grows_towards_the_exact_evidence() -> None:
    # The model is the optimum, but the encoder is spoilt, so that the bound has something to gain.
    data = rows(60)
    model = optimum(data, 3)
    with torch.no_grad():
        model.mean.weight *= 0.8
        model.log_variance.bias += 0.7
    weight = model.output.weight.detach().double().numpy()
    exact = linear_log_likelihood(data, weight, np.zeros(9), VARIANCE)
    found = iwae(model, as_images(data), (1, 10, 100, 1000, 5000))
    assert list(found.bounds) == sorted(found.bounds)
    assert found.bounds[0] < exact - 0.3
    assert found.bounds[-1] == pytest.approx(exact, abs=0.01)


def test_independent_draws_grow_too() -> None:
    data = rows(60)
    model = optimum(data, 3)
    with torch.no_grad():
        model.log_variance.bias += 1.0
    bounds = [iwae(model, as_images(data), (count,), seed=count).bounds[0] for count in (1, 10, 1000)]
    assert bounds == sorted(bounds)


def test_one_sample_is_the_elbo() -> None:
    data = rows(4000)
    model = optimum(data, 3)
    with torch.no_grad():
        model.log_variance.bias += 0.5
    bound = iwae(model, as_images(data), (1,))
    assert bound.bounds[0] == pytest.approx(evaluate(model, as_images(data)).elbo, abs=0.3)


@pytest.mark.parametrize("likelihood", LIKELIHOODS)
def test_every_likelihood_has_a_bound(likelihood: str) -> None:
    model = build(small(likelihood=likelihood), 0)
    variance = learned_variance(model, images(5))
    measured = evaluate(model, images(5), variance=variance)
    found = iwae(model, images(5), (1, 10), variance=variance)
    assert found.bounds[1] >= found.bounds[0]
    assert found.bounds[0] == pytest.approx(measured.elbo, rel=0.1)


def test_an_exact_posterior_leaves_no_gap() -> None:
    data = rows(50)
    model = optimum(data, 3)
    weight = model.output.weight.detach().double().numpy()
    exact = linear_log_likelihood(data, weight, np.zeros(9), VARIANCE)
    assert iwae(model, as_images(data), (1,)).bounds[0] == pytest.approx(exact, abs=1e-3)


def test_what_has_no_bound_is_refused() -> None:
    with pytest.raises(ValueError, match="posterior"):
        iwae(build(small(family="autoencoder"), 0), images(3), (1,))
    with pytest.raises(ValueError, match="divide"):
        iwae(build(small(), 0), images(3), (2, 5))
    with pytest.raises(ValueError, match="σ²"):
        iwae(build(small(likelihood="gaussian-learned"), 0), images(3), (1,))


def spoilt() -> tuple[torch.nn.Module, np.ndarray, float, float]:
    """A linear model with an encoder that is off, its data, and in closed form ln p(x) and KL(q || p(z|x))."""
    data = rows(400)
    model = optimum(data, 3)
    with torch.no_grad():
        model.mean.weight *= 0.8
        model.log_variance.bias += 0.3
        weight = model.output.weight.double().numpy()
        # The true posterior of x = W z + noise: N(M Wᵀ x / σ², M) with M = (I + WᵀW / σ²)⁻¹.
        inner = np.linalg.inv(np.eye(3) + weight.T @ weight / VARIANCE)
        means = data @ (inner @ weight.T / VARIANCE).T
        own = model.posterior(as_images(data))
        gap = own.mean.double().numpy() - means
        spread = own.log_variance.exp().double().numpy()
    evidence = linear_log_likelihood(data, weight, np.zeros(9), VARIANCE)
    precision = np.linalg.inv(inner)
    divergence = 0.5 * (
        np.einsum("ij,jk,ik->i", gap, precision, gap)
        + (spread * np.diag(precision)).sum(1)
        - 3
        - np.log(spread).sum(1)
        + np.linalg.slogdet(inner)[1]
    )
    return model, data, evidence, float(divergence.mean())


def test_elbo_bound_and_gap_are_those_of_the_closed_form():
    model, data, evidence, divergence = spoilt()
    found = iwae(model, as_images(data), (1, 2000))
    # Draws add to what images vary by, so four standard errors of the images are more than enough for the rest.
    assert found.bounds[1] == pytest.approx(evidence, abs=0.02)
    assert found.elbo == pytest.approx(evidence - divergence, abs=0.02)
    assert found.gaps[1] == pytest.approx(divergence, abs=0.02)
    assert found.gaps[1] == pytest.approx(found.bounds[1] - found.elbo, abs=1e-9)
    assert found.bounds[0] == pytest.approx(found.elbo, abs=1e-9)
    assert found.gaps[0] == pytest.approx(0.0, abs=1e-9)


def test_the_gap_is_known_better_than_either_end_of_it():
    model, data, _, _ = spoilt()
    found = iwae(model, as_images(data), (100,))
    assert found.gap_errors[0] < found.errors[0] / 3
    assert found.gap_errors[0] < found.elbo_error / 3
    unpaired = math.hypot(found.errors[0], found.elbo_error)
    assert found.gap_errors[0] < unpaired / 4


def test_bound_and_elbo_are_of_the_same_binarised_pixels():
    """A decoder that ignores z leaves no gap, image by image: only if both see the same pixels."""
    model = build(small(), 0)
    with torch.no_grad():
        model.output.weight.zero_()
        model.log_variance.weight.zero_()
        model.log_variance.bias.zero_()
        model.mean.weight.zero_()
        model.mean.bias.zero_()
    data = images(40)
    measured = evaluate(model, data, binarise="dynamic", seed=5, batch=7)
    found = iwae(model, data, (1, 50), binarise="dynamic", seed=5)
    assert found.gaps == pytest.approx((0.0, 0.0), abs=1e-5)
    assert found.gap_errors == pytest.approx((0.0, 0.0), abs=1e-5)
    assert found.bounds[1] == pytest.approx(measured.elbo, abs=1e-4)
    assert found.errors[1] == pytest.approx(measured.elbo_error, rel=1e-4)


def test_the_draws_of_each_image_give_elbo_and_bound():
    model = build(small(), 0)
    data = images(6)
    weights = log_weights(model, data.float() / 255, 20, torch.Generator().manual_seed(3))
    found = iwae(model, data, (20,), seed=3)
    assert found.elbo == pytest.approx(weights.mean().item())
    bounds = torch.logsumexp(weights, 1) - math.log(20)
    assert found.bounds[0] == pytest.approx(bounds.mean().item())
    assert found.gap_errors[0] == pytest.approx((bounds - weights.mean(1)).std().item() / math.sqrt(6))


def plain_log_weights(model, row, noise):
    """ln p(x|z) p(z) / q(z|x) of one image in double precision, each density by torch's own distributions."""
    model = copy.deepcopy(model).double()
    posterior = model.posterior(row.double())
    q = torch.distributions.Normal(posterior.mean, (0.5 * posterior.log_variance).exp())
    codes = posterior.mean + noise.double() * q.scale
    p = torch.distributions.Bernoulli(logits=model.raw(codes)[0].flatten(1))
    prior = torch.distributions.Normal(0.0, 1.0)
    fits = p.log_prob(row.double().flatten(1).expand(len(codes), -1)).sum(1)
    return fits + prior.log_prob(codes).sum(1) - q.log_prob(codes).sum(1)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("block", [64, 640, 10**6])
def test_blocks_and_threads_leave_the_numbers_as_they_are(threads, block, monkeypatch):
    model = build(small(), 0)
    rows = (images(3).float() / 255).round()
    monkeypatch.setattr("trainer.metrics.importance._VALUES_IN_CACHE", block)
    noise = torch.randn(3, 40, model.config.latent, generator=torch.Generator().manual_seed(1))
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        with torch.no_grad(), BlockThreads(torch.device("cpu")) as pool:
            found = log_weights(model, rows, 40, torch.Generator().manual_seed(1), threads=pool)
        assert torch.get_num_threads() == threads
    finally:
        torch.set_num_threads(before)
    with torch.no_grad():
        expected = torch.stack([plain_log_weights(model, rows[[row]], noise[row]) for row in range(3)])
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-4)


def test_the_bound_can_be_cancelled_and_leaves_torch_its_threads():
    asked = []
    monitor = Monitor(is_cancelled=lambda: asked.append(1) is None and len(asked) > 1)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        with pytest.raises(CancelledError):
            iwae(build(small(), 0), images(20), (10,), monitor=monitor)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_where_products_have_one_thread_blocks_have_all_that_torch_had():
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    seen = []

    def work(block: int) -> None:
        waiting.wait(60)  # so that each of the threads has a block
        seen.append((threading.get_ident(), torch.get_num_threads()))

    try:
        with products_in_one_thread():
            assert torch.get_num_threads() == 1
            waiting = threading.Barrier(3)
            with BlockThreads(torch.device("cpu")) as pool:
                pool.run(work, range(3), UNWATCHED.check)
            assert torch.get_num_threads() == 1
        assert torch.get_num_threads() == 3
        assert BlockThreads.most is None
    finally:
        torch.set_num_threads(before)
    assert len({thread for thread, _ in seen}) == 3
    assert {count for _, count in seen} == {1}


def test_what_a_block_raises_is_raised():
    before = torch.get_num_threads()
    torch.set_num_threads(2)

    def work(block: int) -> None:
        if block == 5:
            raise ValueError("five")

    try:
        with BlockThreads(torch.device("cpu")) as pool, pytest.raises(ValueError, match="five"):
            pool.run(work, range(8), UNWATCHED.check)
    finally:
        torch.set_num_threads(before)
