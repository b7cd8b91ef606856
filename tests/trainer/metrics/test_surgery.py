"""ELBO surgery on clouds whose split is known."""

import math

import numpy as np
import pytest
import torch

from trainer.metrics.surgery import Surgery, surgery
from trainer.posteriors import GaussianPosterior
from trainer.priors.gaussian import StandardNormal
from trainer.progress import CancelledError, Monitor


def cloud(count: int, latent: int, spread: float, seed: int = 0) -> torch.Tensor:
    return spread * torch.randn(count, latent, generator=torch.Generator().manual_seed(seed))


def split(mean: torch.Tensor, log_variance: torch.Tensor, **settings: int) -> Surgery:
    return surgery(GaussianPosterior(mean, log_variance), StandardNormal(mean.shape[1]), **settings)


def test_the_parts_sum_to_the_kl() -> None:
    mean = cloud(1500, 4, 1.0)
    log_variance = -1 - cloud(1500, 4, 0.3, seed=1).abs()
    found = split(mean, log_variance, draws=4)
    total = found.mutual_information + found.marginal_kl
    assert total == pytest.approx(found.kl, abs=3 * found.standard_error)
    assert found.standard_error < 0.05


def test_a_gaussian_cloud_has_the_channels_capacity_as_information() -> None:
    # μ ~ N(0, 1 - s²), z|μ ~ N(μ, s²): the aggregate is the prior and I = -½ ln s² a dimension.
    variance = 0.2
    mean = cloud(4000, 2, math.sqrt(1 - variance))
    found = split(mean, torch.full_like(mean, math.log(variance)), draws=4)
    assert found.mutual_information == pytest.approx(-math.log(variance), abs=0.06)
    assert found.marginal_kl == pytest.approx(0.0, abs=0.06)


def test_a_shifted_collapsed_posterior_carries_nothing() -> None:
    mean = torch.full((300, 3), 2.0)
    found = split(mean, torch.zeros(300, 3))
    assert found.mutual_information == pytest.approx(0.0, abs=1e-9)
    assert found.kl == pytest.approx(6.0)
    assert found.marginal_kl == pytest.approx(6.0, abs=3 * found.standard_error + 0.01)


def test_the_estimate_never_exceeds_its_ceiling() -> None:
    found = split(cloud(200, 10, 50.0), torch.full((200, 10), -8.0))
    assert found.ceiling == pytest.approx(math.log(200))
    assert found.mutual_information == pytest.approx(found.ceiling, abs=1e-6)
    assert found.mutual_information <= found.ceiling


def test_against_a_mixture_written_out() -> None:
    mean, log_variance = cloud(7, 2, 1.0), cloud(7, 2, 0.5, seed=1)
    noise = torch.from_numpy(np.random.default_rng([0, 0x5A]).standard_normal((1, 7, 2)))[0]
    deviation = torch.exp(0.5 * log_variance.double())
    codes = mean.double() + deviation * noise
    pairs = torch.distributions.Normal(mean.double(), deviation).log_prob(codes[:, None]).sum(2)
    mixture = torch.logsumexp(pairs, 1) - math.log(7)
    found = split(mean, log_variance, seed=0)
    assert found.mutual_information == pytest.approx((pairs.diagonal() - mixture).mean().item())


def test_numpy_and_torch_give_the_same_numbers() -> None:
    mean, log_variance = cloud(60, 3, 1.5), cloud(60, 3, 0.5, seed=1)
    prior = StandardNormal(3)
    there = surgery(GaussianPosterior(mean, log_variance), prior, draws=2, seed=5)
    here = surgery(GaussianPosterior(mean.numpy(), log_variance.numpy()), prior, draws=2, seed=5)
    for name in ("mutual_information", "marginal_kl", "kl", "ceiling", "standard_error"):
        assert getattr(here, name) == pytest.approx(getattr(there, name), rel=1e-6), name


def test_it_can_be_stopped() -> None:
    with pytest.raises(CancelledError):
        split(cloud(10, 2, 1.0), cloud(10, 2, 1.0), monitor=Monitor(is_cancelled=lambda: True))
