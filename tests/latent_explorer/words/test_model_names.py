"""Names of models beside each other: as short as they can be, and never twice the same."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from latent_explorer.words.pair_difference import difference_line
from tests.latent_explorer.build import AE, VAE
from trainer.card import Knob
from trainer.config import ModelConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.model_names import Described, called, live_settings, model_names, run_names
from trainer.models.family import families
from trainer.reports import Losses
from trainer.training.safeguard import loss_failure

CARDS = {family.name: family.card for family in families()}
AUTOENCODER, VARIATIONAL = ModelConfig(family="autoencoder"), ModelConfig(family="variational")


def ae(config: ModelConfig = AUTOENCODER, step: int | None = None) -> Described:
    return Described("AE", "Autoencoder", config, live_settings(config, AE, Knobs(), 0, CARDS), step)


def vae(config: ModelConfig = VARIATIONAL, beta: float = 1.0, step: int | None = None) -> Described:
    knobs = live_settings(config, VAE, Knobs(beta=beta), 0, CARDS)
    return Described("VAE", "Variational autoencoder", config, knobs, step)


@pytest.mark.parametrize(
    ("models", "names"),
    [
        ([], []),
        ([ae(), vae()], ["AE", "VAE"]),
        ([ae(), vae(beta=4.0), vae()], ["AE", "VAE β 4", "VAE β 1"]),
        ([vae(), vae(VARIATIONAL.replace(latent=8))], ["VAE latent 2", "VAE latent 8"]),
        # β tells two of them apart, and only those that are still alike say more.
        (
            [vae(beta=4.0), vae(), vae(VARIATIONAL.replace(latent=8))],
            ["VAE β 4", "VAE β 1, latent 2", "VAE β 1, latent 8"],
        ),
        ([vae(), vae(step=4200)], ["VAE", "VAE step 4,200"]),
        ([vae(step=5), vae(step=5), vae()], ["VAE step 5 #1", "VAE step 5 #2", "VAE"]),
        ([ae(), ae()], ["AE #1", "AE #2"]),
        (
            [vae(), vae(VARIATIONAL.replace(likelihood="gaussian"))],
            ["VAE likelihood bernoulli", "VAE likelihood gaussian"],
        ),
    ],
)
def test_names_say_what_sets_models_apart(models: list[Described], names: list[str]) -> None:
    found = model_names(models, CARDS)
    assert [short for short, _ in found] == names
    assert len({full for _, full in found}) == len(models)
    assert all(full.startswith(model.title) for (_, full), model in zip(found, models, strict=True))


def test_live_settings_that_differ_are_part_of_the_difference() -> None:
    models = (VARIATIONAL, VARIATIONAL)
    assert difference_line(models, [{"beta": 1.0}, {"beta": 10.0}]) == "The models differ only in: β (1 / 10)."
    # β says nothing where one of them has none in its loss.
    assert "sampling" in difference_line((AUTOENCODER, VARIATIONAL), [{}, {"beta": 10.0}])
    assert "β (" not in difference_line((AUTOENCODER, VARIATIONAL), [{}, {"beta": 10.0}])
    both = difference_line(models, [{"beta": 1.0, "learning_rate": 1e-3}, {"beta": 1.0, "learning_rate": 1e-2}])
    assert both == "The models differ only in: learning rate (0.001 / 0.01)."
    assert difference_line(models, steps=[7, 7]).startswith("The models do not differ")


def test_a_family_s_own_knob_has_its_sign_in_the_difference() -> None:
    knob = Knob(name="pull_up", title="Pull", sign="λ", default=2.0, least=0.0, most=10.0, help="How hard.")
    cards = [replace(CARDS["variational"], name="pulled", knobs=(knob,))]
    line = difference_line((VARIATIONAL, VARIATIONAL), [{"pull_up": 1.0}, {"pull_up": 2.0}], cards=cards)
    assert line == "The models differ only in: λ (1 / 2)."


def test_models_at_other_steps_or_of_other_runs_do_not_differ_in_their_settings_alone() -> None:
    models = (VARIATIONAL, VARIATIONAL)
    reported = difference_line(models, steps=[9000, 4200])
    assert reported == "The models differ only in: how long they were trained (9,000 / 4,200 steps)."
    reported = difference_line(models, [{"beta": 1.0}, {"beta": 10.0}], steps=[9000, 4200])
    assert reported == "The models differ in: β (1 / 10), how long they were trained (9,000 / 4,200 steps)."
    reported = difference_line(models, trains=[TrainConfig(), TrainConfig(seed=1, batch=64)])
    assert reported == "The models differ in: seed, batch size."
    # The length of a run is reported by its steps, and its device changes no result.
    assert "do not differ" in difference_line(models, trains=[TrainConfig(), TrainConfig(epochs=3, threads=2)])


def test_models_of_a_run_are_named_in_few_letters() -> None:
    assert run_names((AUTOENCODER, VARIATIONAL), Knobs(), CARDS) == ["AE", "VAE"]
    three = (VARIATIONAL, VARIATIONAL, VARIATIONAL.replace(latent=8))
    assert run_names(three, Knobs(m2_beta=4.0), CARDS) == ["VAE β 1, latent 2", "VAE β 4", "VAE β 1, latent 8"]
    assert run_names((AUTOENCODER.replace(family="later"), AUTOENCODER), Knobs(), CARDS) == ["later", "AE"]
    assert run_names((VARIATIONAL, VARIATIONAL), Knobs(), CARDS) == ["VAE #1", "VAE #2"]


def test_a_name_inside_a_sentence_is_translated_with_it() -> None:
    models = (VARIATIONAL, VARIATIONAL.replace(latent=8), VARIATIONAL.replace(latent=8, likelihood="gaussian"))
    names = called(models, Knobs(m2_beta=4.0), CARDS)
    assert list(map(str, names)) == run_names(models, Knobs(m2_beta=4.0), CARDS)
    losses = Losses({"reconstruction": 1.0, "kl": math.inf, "total": math.inf}, (math.inf,))
    said = loss_failure(called(models[:2], Knobs(), CARDS)[1], losses, 7)
    assert str(said) == "The loss of VAE latent 8 became inf at step 7"
    there = {"latent {size}": "潜变量 {size} 维", loss_failure("", losses, 7).template: "{step}：{model}"}
    assert said.text(lambda english: there.get(english, english)) == "7：VAE 潜变量 8 维"
