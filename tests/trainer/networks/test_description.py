"""Tensor names and shapes of every network in the description and in torch."""

import pytest
import torch

from trainer.config import LIKELIHOODS, ModelConfig
from trainer.models.family import families, family
from trainer.models.initialise import build
from trainer.models.latent_model import Batch

FAMILIES = ("autoencoder", "variational")
NETWORKS = [
    ("mlp", (), (1, 8, 8)),
    ("mlp", (32, 16), (3, 10, 12)),
    ("conv", (4, 8), (1, 28, 28)),
    ("conv", (4,), (3, 28, 28)),
    ("conv", (4, 8, 8), (1, 32, 32)),
    ("conv", (4, 8, 8), (3, 32, 32)),
    ("conv", (4, 4, 8, 8), (1, 64, 64)),
    ("conv", (4, 4, 8, 8), (3, 64, 64)),
]


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize(("network", "widths", "shape"), NETWORKS)
@pytest.mark.parametrize("latent", [1, 2, 512])
def test_shapes(
    name: str, network: str, widths: tuple[int, ...], shape: tuple[int, int, int], latent: int
) -> None:
    config = ModelConfig(family=name, network=network, widths=widths, latent=latent, shape=shape)
    model = build(config, 0)
    images = torch.rand(3, *shape)
    codes = model.encode(images)
    assert codes.shape == (3, latent)
    pictures = model.decode(codes)
    assert pictures.shape == images.shape
    assert pictures.min() >= 0
    assert pictures.max() <= 1
    found = family(name).losses(model, Batch(images, images, {"beta": 2.0}, torch.Generator().manual_seed(0)))
    assert all(torch.isfinite(loss) for loss in found.terms.values())
    assert tuple(found.terms) == tuple(term.name for term in family(name).card.terms)
    if name == "variational":
        assert found.kl_per_dimension is not None
        assert found.kl_per_dimension.shape == (latent,)
    else:
        assert found.kl_per_dimension is None


@pytest.mark.parametrize("likelihood", LIKELIHOODS)
@pytest.mark.parametrize("network", ["mlp", "conv"])
@pytest.mark.parametrize("name", FAMILIES)
def test_every_likelihood_reaches_every_parameter(name: str, network: str, likelihood: str) -> None:
    widths = (8, 8)
    config = ModelConfig(family=name, network=network, widths=widths, latent=3, likelihood=likelihood)
    model = build(config, 0)
    images = torch.rand(4, *config.shape)
    generator = torch.Generator().manual_seed(0)
    found = family(name).losses(model, Batch(images, images, {"beta": 2.0}, generator))
    found.total.backward()
    assert all(parameter.grad is not None for parameter in model.parameters())
    kl = found.terms.get("kl", torch.zeros(()))
    assert found.total.item() == pytest.approx((found["reconstruction"] + 2 * kl).item(), rel=1e-6)
    if found.kl_per_dimension is not None:
        assert kl.item() == pytest.approx(found.kl_per_dimension.sum().item(), rel=1e-6)


@pytest.mark.parametrize("likelihood", LIKELIHOODS)
def test_the_density_of_each_image_averages_to_the_training_loss(likelihood: str) -> None:
    config = ModelConfig(family="autoencoder", widths=(16,), latent=3, likelihood=likelihood)
    model = build(config, 0)
    images = torch.rand(7, *config.shape)
    with torch.no_grad():
        error = float((model.decode(model.encode(images)) - images).square().mean())
    each = model.reconstruction(model.encode(images), images, error)
    assert each is not None
    assert each.shape == (7,)
    total = family(model.config.family).losses(model, Batch(images, images, {"beta": 1.0})).total
    assert each.mean().item() == pytest.approx(total.item(), rel=1e-5)


def test_the_layout_of_a_perceptron() -> None:
    config = ModelConfig(widths=(9, 7), latent=2, shape=(1, 4, 5), likelihood="gaussian-pixel")
    shapes = {name: tuple(value.shape) for name, value in build(config, 0).state_dict().items()}
    assert shapes == {
        "encoder.0.weight": (9, 20),
        "encoder.0.bias": (9,),
        "encoder.2.weight": (7, 9),
        "encoder.2.bias": (7,),
        "mean.weight": (2, 7),
        "mean.bias": (2,),
        "log_variance.weight": (2, 7),
        "log_variance.bias": (2,),
        "decoder.0.weight": (7, 2),
        "decoder.0.bias": (7,),
        "decoder.2.weight": (9, 7),
        "decoder.2.bias": (9,),
        "output.weight": (20, 9),
        "output.bias": (20,),
        "output_log_variance.weight": (20, 9),
        "output_log_variance.bias": (20,),
    }


def test_the_layout_of_a_linear_model() -> None:
    config = ModelConfig(family="autoencoder", widths=(), latent=2, shape=(1, 4, 5))
    assert list(build(config, 0).state_dict()) == ["mean.weight", "mean.bias", "output.weight", "output.bias"]


def test_the_layout_of_a_convolutional_network() -> None:
    config = ModelConfig(family="autoencoder", network="conv", widths=(4, 6, 8), latent=2, shape=(3, 32, 32))
    shapes = {name: tuple(value.shape) for name, value in build(config, 0).state_dict().items()}
    assert shapes == {
        "encoder.0.weight": (4, 3, 4, 4),
        "encoder.0.bias": (4,),
        "encoder.2.weight": (6, 4, 4, 4),
        "encoder.2.bias": (6,),
        "encoder.4.weight": (8, 6, 4, 4),
        "encoder.4.bias": (8,),
        "mean.weight": (2, 128),
        "mean.bias": (2,),
        "decoder.0.weight": (128, 2),
        "decoder.0.bias": (128,),
        "decoder.3.weight": (8, 6, 4, 4),
        "decoder.3.bias": (6,),
        "decoder.5.weight": (6, 4, 4, 4),
        "decoder.5.bias": (4,),
        "output.weight": (4, 3, 4, 4),
        "output.bias": (3,),
    }


def test_the_mean_picture_of_a_gaussian_is_not_squashed() -> None:
    config = ModelConfig(family="autoencoder", widths=(), latent=1, likelihood="gaussian", shape=(1, 2, 2))
    model = build(config, 0)
    pictures = model.decode(torch.tensor([[-100.0], [100.0]]))
    assert pictures.min() < 0
    assert pictures.max() > 1


def test_families_declare_what_they_are() -> None:
    known = {kind.name: kind.traits for kind in families()}
    assert known["variational"].has_posterior
    assert known["variational"].uses_beta
    assert not known["autoencoder"].has_posterior
    assert not known["autoencoder"].uses_beta
    for name in FAMILIES:
        model = build(ModelConfig(family=name, widths=(8,)), 0)
        assert (model.posterior(torch.rand(2, 1, 28, 28)) is not None) == known[name].has_posterior
