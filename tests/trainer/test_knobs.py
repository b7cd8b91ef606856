"""Knobs of a run: for all members, or for one alone."""

from __future__ import annotations

import dataclasses
import math
import pickle
from collections.abc import Iterator

import pytest

from trainer.card import BETA, Card, Knob, Option
from trainer.config import ModelConfig
from trainer.knobs import Knobs, knob_of, own_name
from trainer.models.family import (
    check_knobs,
    clashing_knobs,
    family,
    fitted_knobs,
    register,
    unknown_knobs,
    unregister,
)
from trainer.models.variational import VariationalFamily
from trainer.records import ConfigError, FrozenMap

AE, VAE = ModelConfig(family="autoencoder"), ModelConfig(family="variational")
DROP = Knob(name="drop", title="Drop", sign="p", default=0.25, least=0.0, most=0.9, help="For tests.")


def test_a_value_of_ones_own_goes_before_that_of_all_and_that_before_the_default() -> None:
    knobs = Knobs(beta=2.0, m2_beta=4.0)
    assert [knobs.of(member, (BETA, DROP)) for member in range(3)] == [
        {"beta": 2.0, "drop": 0.25},
        {"beta": 4.0, "drop": 0.25},
        {"beta": 2.0, "drop": 0.25},
    ]
    assert knobs.replace(drop=0.5, m2_beta=None).of(1, (BETA, DROP)) == {"beta": 2.0, "drop": 0.5}


def test_names_say_whose_they_are() -> None:
    assert own_name(1, "beta") == "m2_beta"
    assert [knob_of(name) for name in ("m8_beta", "m9_beta", "beta", "m0_x")] == [
        (7, "beta"),
        (None, "m9_beta"),
        (None, "beta"),
        (None, "m0_x"),
    ]


def test_they_are_values() -> None:
    knobs = Knobs(m2_beta=4.0)
    for same in (pickle.loads(pickle.dumps(knobs)), Knobs.from_json(knobs.to_json()), knobs.replace()):
        assert same == knobs
        assert hash(same) == hash(knobs)
        assert isinstance(same, Knobs)
    assert knobs != Knobs()
    assert Knobs.from_json({"beta": 1, "learning_rate": 1e-3, "noise": 0.0}) == Knobs()  # as they always were


def test_no_name_in_a_file_is_a_fault() -> None:
    for name in ("self", "class", "values", "name"):
        assert Knobs.from_json({name: 1.0})[name] == 1.0
        assert Knobs().replace(**{name: 1.0})[name] == 1.0
        with pytest.raises(ConfigError, match="no knob"):
            check_knobs(Knobs.from_json({name: 1.0}), (AE, VAE))


def test_models_that_change_place_take_their_own_values_along() -> None:
    knobs = Knobs(beta=2.0, m1_beta=3.0, m2_beta=4.0)
    assert knobs.for_members((1, None)) == Knobs(beta=2.0, m1_beta=4.0)
    assert knobs.for_members((0,)) == Knobs(beta=2.0, m1_beta=3.0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"beta": -1.0}, "β must be between 0 and 1000"),
        ({"beta": math.nan}, "beta must be a finite number"),
        ({"m3_beta": 1001.0}, "β must be between"),
        ({"learning_rate": 0.0}, "learning rate must be above 0"),
        ({"noise": 1.5}, "Noise must be"),
        ({"drop": math.inf}, "drop must be a finite number"),
        ({"drop": True}, "must be a number"),
        ({"drop": 10**400}, "drop"),
        ({"no name": 1.0}, "no name of a setting"),
        ({"x" * 65: 1.0}, "no name of a setting"),
    ],
)
def test_what_no_family_takes_is_refused_in_a_sentence(values: dict[str, float], words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        Knobs.from_json(values)
    assert len(str(caught.value)) < 200


def test_a_run_is_asked_whether_its_models_have_a_knob() -> None:
    check_knobs(Knobs(m2_beta=4.0), (AE, VAE))
    check_knobs(Knobs(beta=4.0), (AE,))  # β has its place in every run
    for knobs in (Knobs(m1_beta=4.0), Knobs(m3_beta=4.0), Knobs(drop=0.5), Knobs(m9_beta=1.0)):
        with pytest.raises(ConfigError, match="have no knob"):
            check_knobs(knobs, (AE, VAE))


def test_options_of_a_family_are_complete_and_checked() -> None:
    many = Option(name="many", title="Many", kind="whole", default=2, least=1, most=9, help="For tests.")
    card = Card(
        name="opted",
        title="Opted",
        short="OPT",
        about="For tests.",
        options=(many,),
        terms=family("variational").card.terms,
    )
    assert card.all_options({}) == {"many": 2}
    assert card.all_options({"many": 9}) == {"many": 9}
    for chosen, words in (
        ({"many": 10}, "between 1 and 9"),
        ({"more": 1}, "no option called 'more'; it has many"),
    ):
        with pytest.raises(ConfigError, match=words):
            card.all_options(chosen)


def test_options_are_part_of_a_model_in_json() -> None:
    model = VAE.replace(options=FrozenMap({"many": 3}))
    assert ModelConfig.from_json(model.to_json()) == model
    assert hash(model) != hash(VAE)
    old = {name: value for name, value in VAE.to_json().items() if name != "options"}
    assert ModelConfig.from_json(old) == VAE
    for wrong in ({"many": [1]}, {"": 1}, [1], {"many": float("nan")}, {"many": "x" * 2000}):
        with pytest.raises(ConfigError):
            ModelConfig.from_json(VAE.to_json() | {"options": wrong})


def test_values_of_single_models_are_exchanged_as_a_whole() -> None:
    knobs = Knobs(beta=2.0, m1_beta=3.0, m2_beta=4.0)
    assert knobs.own == {"m1_beta": 3.0, "m2_beta": 4.0}
    assert knobs.with_own({"m2_beta": 5.0}) == Knobs(beta=2.0, m2_beta=5.0)
    assert knobs.with_own({}).own == {}


@pytest.fixture
def limited() -> Iterator[tuple[ModelConfig, ...]]:
    """Models that take "gamma" up to 5, up to 10, and from 7 to 8."""
    limits = {"low": (0.0, 5.0), "high": (0.0, 10.0), "mid": (7.0, 8.0)}
    for name, (least, most) in limits.items():
        knob = Knob(name="gamma", title="Gamma", sign="γ", default=least, least=least, most=most, help="Nothing.")

        class Limited(VariationalFamily):
            card = dataclasses.replace(VariationalFamily.card, name=name, title=name, knobs=(BETA, knob))

        register(Limited())
    yield tuple(ModelConfig(family=name) for name in limits)
    for name in limits:
        unregister(name)


def test_fitted_to_models_values_are_at_the_nearest_that_those_take(limited: tuple[ModelConfig, ...]) -> None:
    low, high, mid = limited
    knobs = Knobs(beta=3.0, gamma=9.0, m1_gamma=-1.0, m2_gamma=6.0, m3_gamma=6.0, m4_gamma=1.0, other=2.0)
    assert fitted_knobs(knobs, (low,)) == Knobs(beta=3.0, gamma=5.0, m1_gamma=0.0)
    assert fitted_knobs(knobs, (high, low)) == Knobs(beta=3.0, gamma=5.0, m1_gamma=0.0, m2_gamma=5.0)
    fitted = fitted_knobs(knobs, (AE, high, mid))
    assert fitted == Knobs(beta=3.0, gamma=8.0, m2_gamma=6.0, m3_gamma=7.0)
    check_knobs(fitted, (AE, high, mid))
    # No one value suits both.
    assert fitted_knobs(Knobs(gamma=9.0), (low, mid)) == Knobs()
    assert clashing_knobs(Knobs(gamma=9.0, other=1.0), (low, mid)) == ["gamma"]
    assert clashing_knobs(knobs, (high, low)) == []
    assert unknown_knobs(knobs, (high, low)) == ["m3_gamma", "m4_gamma", "other"]
    assert fitted_knobs(knobs, (AE,)) == Knobs(beta=3.0)
