"""Cards: readable without torch, and the declared options."""

from __future__ import annotations

import argparse
import dataclasses
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.families import ROOT, printed_beside_the_critic
from trainer.card import RECONSTRUCTION, RESERVED, TOTAL, Knob, Option
from trainer.commands import train
from trainer.knobs import COMMON
from trainer.models.family import families, family, register, unregister
from trainer.models.variational import VariationalFamily
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


# ---------------------------------------------------------------- families of one's own that cannot be used


def _option(name: str, default: Any = 3, **changes: Any) -> Option:
    return Option(name=name, title="X", kind="whole", default=default, least=1, most=9, help="x.", **changes)


def _knob(name: str, default: float = 0.5, least: float = 0.0, most: float = 10.0) -> Knob:
    return Knob(name=name, title="X", sign="x", default=default, least=least, most=most, help="x.")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a family's name that is taken": ({"name": "variational"}, "registered already"),
    "a name that is short for others": ({"name": "pair"}, "No family can be called 'pair'"),
    "a name with a colon": ({"name": "a:b=1,c"}, "No family can be called"),
    "a knob that every family has": (
        {"knobs": (_knob("learning_rate"),)},
        "'learning_rate' is the name of another",
    ),
    "a knob that is one member's": (
        {"knobs": (_knob("m2_beta"),)},
        "No option and no knob can be called 'm2_beta'",
    ),
    "an option that every model has": ({"options": (_option("latent"),)}, "'latent' is the name of another"),
    "an option of the command line": ({"options": (_option("epochs"),)}, "'epochs' is the name of another"),
    "an option with a comma": ({"options": (_option("a,b"),)}, "No option and no knob can be called 'a,b'"),
    "an option and a knob": ({"options": (_option("g"),), "knobs": (_knob("g"),)}, "'g' is the name of another"),
    "two knobs of one name": ({"knobs": (_knob("g"), _knob("g"))}, "'g' is the name of another"),
    "an option called as another family's knob": (
        {"knobs": (), "options": (_option("beta"),)},
        "'beta' is the name",
    ),
    "a default beyond its range": ({"options": (_option("g", 10),)}, "must be a whole number between 1 and 9"),
    "a knob that begins outside": ({"knobs": (_knob("g", 11.0),)}, "x must be between 0 and 10"),
    "a knob without limits": ({"knobs": (_knob("g", most=float("inf")),)}, "limits of x are not in order"),
    "a knob called epoch": ({"knobs": (_knob("epoch"),)}, "'epoch' is the name of another setting"),
    "another range of β": ({"knobs": (_knob("beta", most=2000.0),)}, "β must be between 0 and 1000"),
    "no terms": ({"terms": ()}, "the last of them is called total"),
    "no total": ({"terms": (RECONSTRUCTION,)}, "the last of them is called total"),
    "a term twice": ({"terms": (TOTAL, TOTAL)}, "Loss terms need different names"),
    "a posterior of its own": ({"posterior": type("Odd", (), {})}, "posterior Odd is not known here"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_family_that_cannot_be_used_is_refused_in_a_sentence(kind: str) -> None:
    changes, words = WRONG[kind]

    class Wrong(VariationalFamily):
        card = dataclasses.replace(VariationalFamily.card, **{"name": "wrong", "title": "Wrong", **changes})

    known = families()
    with pytest.raises(ConfigError, match=words) as caught:
        register(Wrong())
    assert str(caught.value).startswith(f"The model family {Wrong.card.name!r} cannot be used: ")
    assert families() == known


def test_families_may_share_options_and_knobs() -> None:
    class Sharing(VariationalFamily):
        card = dataclasses.replace(VariationalFamily.card, name="sharing", options=(_option("parts"),))

    register(Sharing())
    unregister("sharing")


def test_no_family_can_take_a_name_of_the_command_line() -> None:
    """What `train` calls its own, short names and long ones."""
    parser = argparse.ArgumentParser()
    train.add_options(parser)
    own = {one.name for found in families() for one in (*found.card.knobs, *found.card.options)}
    flags = {flag.lstrip("-").replace("-", "_") for action in parser._actions for flag in action.option_strings}
    assert {flag for flag in flags if len(flag) > 1} | {action.dest for action in parser._actions} - {"h"} <= (
        RESERVED | own
    )
    assert set(COMMON) < RESERVED


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("raise RuntimeError('no weights\\nof mine')", r"RuntimeError: no weights\nof mine"),
        ("def (", "SyntaxError: "),
        ("import sys; sys.exit('usage: faulty')", "SystemExit: usage: faulty"),
        ("import dataclasses\nfrom trainer.models.autoencoder import AutoencoderFamily\n"
         "from trainer.models.family import register\nclass Half(AutoencoderFamily):\n"
         "    card = dataclasses.replace(AutoencoderFamily.card, name='half', title='Half of it')\n"
         "register(Half())\nraise RuntimeError('then it failed')", "RuntimeError: then it failed"),
        ("import there_is_no_such_module", "No module named 'there_is_no_such_module'"),
        ("from trainer.models.autoencoder import AutoencoderFamily\n"
         "from trainer.models.family import register\nregister(AutoencoderFamily())", "registered already"),
    ],
)  # fmt: skip
def test_a_module_of_families_that_cannot_be_imported_is_left_out(tmp_path: Path, source: str, words: str) -> None:
    (tmp_path / "faulty.py").write_text(source, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "list", "families"],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(tmp_path))),
            "LATENT_EXPLORER_FAMILIES": "faulty, tests.families.critic",
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    (line,) = done.stderr.splitlines()
    assert line.startswith("The module faulty in LATENT_EXPLORER_FAMILIES is left out: ")
    assert words in line
    assert "Adversarial autoencoder" in done.stdout
    assert "Half of it" not in done.stdout
