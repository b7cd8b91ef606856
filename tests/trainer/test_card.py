"""Cards: readable without torch, and the declared options."""

from __future__ import annotations

import pytest

from tests.families import printed_beside_the_critic
from trainer.card import Option
from trainer.models.family import families, family
from trainer.records import ConfigError
from trainer.traits import Traits


def test_every_card_is_read_where_torch_cannot_be_imported() -> None:
    script = (
        "import sys; sys.modules['torch'] = None;"
        "from trainer.models.family import families;"
        "print([found.card.short for found in families()])"
    )
    assert printed_beside_the_critic(script) == "['AE', 'VAE', 'AAE']"


def test_what_checkpoints_keep_of_a_card() -> None:
    assert family("autoencoder").traits.to_json() == {
        "title": "Autoencoder",
        "short": "AE",
        "uses_beta": False,
        "posterior": "none",
        "prior": "none",
        "stochastic": False,
        "plain": True,
        "training_only": [],
    }
    variational = family("variational").traits
    assert variational.uses_beta
    assert variational.has_posterior
    assert variational.has_prior
    assert variational.stochastic
    assert variational.plain


def test_traits_of_former_checkpoints_are_read() -> None:
    former = {"title": "VAE", "uses_beta": True, "has_posterior": True, "has_prior": True, "stochastic": True}
    found = Traits.from_json(former | {"plain": True})
    assert (found.posterior, found.prior) == ("gaussian", "normal")
    found = Traits.from_json(former | {"plain": True, "has_posterior": False, "has_prior": False})
    assert (found.posterior, found.prior) == ("none", "none")
    assert not found.has_posterior
    assert not found.has_prior
    with pytest.raises(ConfigError, match="no setting called 'has_prior'"):
        Traits.from_json(former | {"plain": True, "has_prior": "yes"})


def test_cards_are_complete() -> None:
    for found in families():
        card = found.card
        assert card.name == found.name
        assert card.title
        assert card.short
        assert card.about.endswith(".")
        assert card.terms[-1].name == "total"
        settings = [*card.options, *card.knobs, *card.terms]
        assert all(item.help.endswith(".") for item in settings)
        assert len({item.name for item in settings}) == len(settings)


@pytest.mark.parametrize(
    ("option", "good", "bad", "sentence"),
    [
        (
            Option(name="k", title="Codes", kind="whole", default=8, least=2, most=64, help="How many."),
            [2, 64],
            [1, 65, 8.0, True, "8", None],
            "Codes must be a whole number between 2 and 64",
        ),
        (
            Option(name="t", title="Temperature", kind="number", default=1.0, least=0.1, most=2, help="How warm."),
            [0.1, 1, 2.0],
            [0, float("nan"), float("inf"), 10**400, "1", False],
            "Temperature must be between 0.1 and 2",
        ),
        (
            Option(name="m", title="Mode", kind="choice", default="a", choices=("a", "b"), help="Which."),
            ["a", "b"],
            ["c", 1, None],
            "Mode must be one of a, b",
        ),
        (
            Option(name="s", title="Sharing", kind="switch", default=False, help="Whether."),
            [True, False],
            [1, "yes"],
            "Sharing must be true or false",
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Option) else "",
)
def test_an_option_takes_what_it_says(option: Option, good: list, bad: list, sentence: str) -> None:
    assert [option.checked(value) for value in good] == good
    for value in bad:
        with pytest.raises(ConfigError, match=sentence):
            option.checked(value)
