"""A new family is a file: a denoising model with a discriminator and an optimiser for each, trained as it is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from trainer.card import RECONSTRUCTION, TOTAL, Card, Option
from trainer.config import ModelConfig
from trainer.metrics.likelihood import evaluate
from trainer.models.family import Family, family, register, unregister
from trainer.models.initialise import build
from trainer.models.latent_model import Batch, LatentModel, LossTensors
from trainer.records import ConfigError, FrozenMap
from trainer.replica.torch_replica import TorchReplica


class Toy(LatentModel):
    """Linear denoiser with a critic of its codes; a parameter of its own kind (`scale`) besides the layers."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.coder = nn.Linear(config.pixels, config.latent)
        self.painter = nn.Linear(config.latent, config.pixels)
        self.critic = nn.Linear(config.latent, 1)
        self.scale = nn.Parameter(torch.randn(config.latent))

    def encode(self, images: Tensor) -> Tensor:
        return self.coder(images.flatten(1)) * self.scale

    def decode(self, codes: Tensor) -> Tensor:
        return self.painter(codes).view(-1, *self.config.shape)


class ToyFamily(Family):
    """Two optimisers, one step each."""

    card = Card(
        name="toy",
        title="Toy",
        short="Toy",
        about="For tests.",
        terms=(RECONSTRUCTION, TOTAL),
        stochastic=True,
        plain=False,
    )

    def build(self, config: ModelConfig) -> LatentModel:
        return Toy(config)

    def losses(self, model: LatentModel, batch: Batch) -> LossTensors:
        noise = torch.randn(batch.inputs.shape, generator=batch.generator)
        error = (model.decode(model.encode(batch.inputs + 0.1 * noise)) - batch.targets).square().sum() / len(
            noise
        )
        return LossTensors({"reconstruction": error, "total": error})

    def optimisers(self, model: LatentModel, learning_rate: float | Tensor) -> tuple[torch.optim.Optimizer, ...]:
        critic = [value for name, value in model.named_parameters() if name.startswith("critic")]
        others = [value for name, value in model.named_parameters() if not name.startswith("critic")]
        return tuple(torch.optim.Adam(values, lr=learning_rate) for values in (others, critic))

    def step(self, model: LatentModel, optimisers: tuple[torch.optim.Optimizer, ...], batch: Batch) -> LossTensors:
        assert isinstance(model, Toy)
        first, second = optimisers
        losses = super().step(model, (first,), batch)
        codes = model.encode(batch.inputs).detach()
        drawn = torch.randn(codes.shape, generator=batch.generator)
        scores = nn.functional.softplus(model.critic(codes)) + nn.functional.softplus(-model.critic(drawn))
        second.zero_grad()
        scores.mean().backward()
        second.step()
        return losses


@pytest.fixture
def toy() -> Iterator[ModelConfig]:
    register(ToyFamily())
    yield ModelConfig(family="toy", latent=3, shape=(1, 6, 6))
    unregister("toy")


def test_a_toy_family_trains_like_the_built_in_ones(toy: ModelConfig) -> None:
    kind, model = family("toy"), build(toy, 0)
    optimisers = kind.optimisers(model, 1e-2)
    assert len(optimisers) == 2
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(32, *toy.shape, generator=generator)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    history = [kind.step(model, optimisers, Batch(images, images, {}, generator)).total.item() for _ in range(20)]
    assert history[-1] < 0.5 * history[0]
    assert not any(torch.equal(before[name], value) for name, value in model.state_dict().items())


def test_a_toy_family_can_be_measured(toy: ModelConfig) -> None:
    figures = evaluate(build(toy, 0), torch.rand(20, *toy.shape), batch=8)
    assert figures.kl == 0
    assert figures.kl_per_dimension == ()
    assert figures.reconstruction > 0


def test_what_a_family_draws_while_it_builds_is_seeded(toy: ModelConfig) -> None:
    first, again, other = (build(toy, seed).state_dict()["scale"] for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_a_name_is_taken_once(toy: ModelConfig) -> None:
    with pytest.raises(ValueError, match="registered already"):
        register(ToyFamily())


class Opted(ToyFamily):
    """Its models are built with an option."""

    card = replace(
        ToyFamily.card,
        name="opted",
        options=(Option(name="share", title="Share", kind="number", default=0.5, help="For tests."),),
    )

    def build(self, config: ModelConfig) -> LatentModel:
        model = Toy(config)
        torch.nn.init.constant_(model.scale, float(config.options["share"]))
        return model


def test_models_from_before_an_option_existed_have_its_default():
    register(Opted())
    try:
        former = ModelConfig(family="opted", shape=(1, 8, 8), latent=3)
        assert build(former, 0).scale.tolist() == [0.5] * 3
        assert build(former.replace(options=FrozenMap({"share": 0.25})), 0).scale.tolist() == [0.25] * 3
        TorchReplica(former)
        for make in (lambda config: build(config, 0), TorchReplica):
            with pytest.raises(ConfigError, match="no option called 'other'"):
                make(former.replace(options=FrozenMap({"other": 1})))
    finally:
        unregister("opted")
