"""Active units are counted in units of the prior's variance, of a prior in NumPy or in torch."""

import numpy as np
import pytest
import torch

from trainer.config import ModelConfig
from trainer.metrics.active_units import active_units, in_prior_units
from trainer.priors.gaussian import StandardNormal
from trainer.priors.registry import prior_of


def test_a_dimension_is_active_above_a_hundredth_of_the_priors_variance() -> None:
    variances = np.array([0.5, 0.02, 0.01, 0.0])
    relative = in_prior_units(variances, StandardNormal(4))
    assert relative == pytest.approx(variances)
    assert active_units(relative) == 2


@pytest.mark.parametrize("wrapped", [np.asarray, lambda array: torch.tensor(array, requires_grad=True)])
def test_the_scale_is_the_priors(wrapped) -> None:
    tensors = {"prior.mean": wrapped(np.zeros(2)), "prior.log_spread": wrapped(np.log([2.0, 1.0]))}
    prior = prior_of("gaussian", ModelConfig(latent=2), tensors)
    assert prior is not None
    relative = in_prior_units(np.array([0.02, 0.02]), prior)
    assert relative == pytest.approx([0.005, 0.02])
    assert active_units(relative) == 1
