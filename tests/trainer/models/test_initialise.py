"""Initial weights: reproducible, equal across families, distributed as PyTorch's own."""

import math

import pytest
import torch
from torch import nn

from trainer.config import ModelConfig
from trainer.models.family import family
from trainer.models.initialise import build, initialise
from trainer.records import ConfigError

CONFIGS = [
    ModelConfig(widths=(32, 16), latent=5),
    ModelConfig(widths=(), latent=5),
    ModelConfig(network="conv", widths=(8, 16), latent=5),
]


@pytest.mark.parametrize("config", CONFIGS)
def test_both_families_start_alike_wherever_shapes_agree(config: ModelConfig) -> None:
    first = build(config.replace(family="autoencoder"), 3).state_dict()
    second = build(config, 3).state_dict()
    assert set(second) - set(first) == {"log_variance.weight", "log_variance.bias"}
    assert all(torch.equal(value, second[name]) for name, value in first.items())


@pytest.mark.parametrize("config", CONFIGS)
def test_a_seed_decides_all_weights(config: ModelConfig) -> None:
    first, again, other = (build(config, seed).state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not any(torch.equal(first[name], other[name]) for name in first)


def test_another_latent_size_leaves_the_other_layers_as_they_were() -> None:
    small, large = (build(ModelConfig(widths=(32, 16), latent=latent), 0).state_dict() for latent in (2, 9))
    same = {name for name in small if small[name].shape == large[name].shape}
    assert "encoder.2.weight" in same
    assert "output.weight" in same
    # The bias of the layer that reads the code has the same shape but another fan-in.
    assert all(torch.equal(small[name], large[name]) for name in same - {"decoder.0.bias"})


def test_no_two_parameters_share_their_values() -> None:
    state = build(ModelConfig(widths=(16,), latent=4), 0).state_dict()
    assert not torch.equal(state["mean.weight"], state["log_variance.weight"])


def test_the_distribution_is_pytorchs_default() -> None:
    ours = build(ModelConfig(network="conv", widths=(32, 64), latent=16), 0)
    theirs = family("variational").build(ours.config)
    for (name, value), other in zip(ours.named_parameters(), theirs.parameters(), strict=True):
        if value.numel() < 1000:
            continue
        # Standard deviation of a uniform distribution, estimated from at least 1000 values.
        assert value.std().item() == pytest.approx(other.std().item(), rel=0.08), name
        assert value.abs().max().item() == pytest.approx(other.abs().max().item(), rel=0.02), name
    weight = ours.get_submodule("decoder.3").weight
    assert isinstance(weight, nn.Parameter)
    assert weight.abs().max().item() <= 1 / math.sqrt(32 * 16)


def test_the_global_generator_is_left_alone() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    initialise(build(CONFIGS[0], 1), 2)
    assert torch.equal(torch.rand(3), expected)


def test_an_unknown_family_is_named() -> None:
    with pytest.raises(ConfigError, match="no model family called 'quantum'"):
        build(ModelConfig(family="quantum"), 0)
