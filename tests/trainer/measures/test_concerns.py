"""What is warned of, at made-up figures: said where it is so, and silent everywhere else."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from trainer.measures.concerns import WAKING, Signs, concerns

#: A VAE in good health: two dimensions in use, codes where the prior is, held-out as good as training images.
GOOD = Signs(
    latent=2,
    step=5_000,
    posterior=True,
    prior=True,
    beta=1.0,
    active=2,
    kl=7.0,
    information=6.3,
    ceiling=7.6,
    marginal=0.7,
    offset=0.02,
    spread=1.06,
    gaps=(0.1, 0.3, 0.4),
    gap_error=1.5,
)


def keys(signs: Signs) -> tuple[str, ...]:
    found = concerns(signs)
    for one in found:
        # Each is a sentence, with what to try.
        assert str(one.what).endswith(".")
        assert str(one.advice).startswith("Try ")
    return tuple(one.key for one in found)


def test_a_good_model_and_one_of_which_nothing_is_known() -> None:
    assert keys(GOOD) == ()
    assert keys(Signs(latent=2, step=5_000)) == ()
    assert keys(Signs(latent=2, step=5_000, posterior=True, prior=True)) == ()


@pytest.mark.parametrize("name", [field.name for field in fields(Signs) if field.default is None])
def test_what_is_not_known_is_no_alarm(name: str) -> None:
    assert keys(replace(GOOD, **{name: None})) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"spread": float("nan")},
        {"offset": float("inf")},
        {"gaps": (0.0, float("nan"))},
        {"gap_error": 0.0},
        {"gap_error": float("nan")},
    ],
)
def test_what_is_no_number_is_no_alarm(changes: dict[str, object]) -> None:
    assert keys(replace(GOOD, **changes)) == ()


def test_collapse() -> None:
    gone = replace(GOOD, active=0, kl=0.004, information=0.0, marginal=0.004, beta=30.0)
    assert keys(gone) == ("collapse",)
    assert "a β below 30" in str(concerns(gone)[0].advice)
    assert "a smaller β" in str(concerns(replace(gone, beta=None))[0].advice)
    # In its first steps every VAE says next to nothing.
    assert keys(replace(gone, step=WAKING - 1)) == ()
    # No dimension varies, but KL is there: that is no collapse of the posterior.
    assert "collapse" not in keys(replace(gone, kl=3.0))


def test_dimensions_that_are_not_used() -> None:
    assert keys(replace(GOOD, latent=20, active=9)) == ("unused",)
    assert keys(replace(GOOD, latent=20, active=10)) == ()
    assert keys(replace(GOOD, latent=1, active=1)) == ()


def test_a_kl_that_does_nothing() -> None:
    small = replace(GOOD, beta=0.001)
    # A small β alone is none: the codes may be where the prior is all the same.
    assert keys(small) == ()
    assert keys(replace(small, spread=3.0)) == ("idle-kl",)
    assert keys(replace(small, spread=0.3)) == ("idle-kl",)
    assert keys(replace(small, offset=0.9)) == ("idle-kl",)
    assert keys(replace(small, marginal=2.0)) == ("idle-kl",)
    # An autoencoder has no prior that its codes could be far from.
    assert keys(replace(small, spread=30.0, prior=False, posterior=False)) == ()


def test_the_rest_of_the_kl_is_no_alarm_where_the_information_is_at_its_ceiling() -> None:
    # 20 dimensions with 25 nats over 2,000 images: ln 2,000 of them are found, and 17 are left over.
    many = replace(GOOD, beta=0.05, latent=20, active=20, kl=25.0, information=7.6, ceiling=7.6, marginal=17.4)
    assert keys(many) == ()
    assert keys(replace(many, information=6.0)) == ("idle-kl",)


def test_codes_that_have_outgrown_the_prior() -> None:
    assert keys(replace(GOOD, spread=2.5)) == ("outgrown",)
    assert keys(replace(GOOD, offset=4.0)) == ("outgrown",)
    assert keys(replace(GOOD, spread=1.9)) == ()
    assert keys(replace(GOOD, spread=2.5, prior=False)) == ()
    # Where β is to blame it says so, once.
    assert keys(replace(GOOD, spread=2.5, beta=0.0)) == ("idle-kl",)


def test_overfitting() -> None:
    assert keys(replace(GOOD, gaps=(0.2, 3.0, 9.0))) == ("overfitting",)
    # As far from each other, but within what the choice of images explains.
    assert keys(replace(GOOD, gaps=(0.2, 3.0, 4.0))) == ()
    # Held-out images that are harder by nature, from the beginning on.
    assert keys(replace(GOOD, gaps=(8.8, 9.1, 9.0))) == ()
    assert keys(replace(GOOD, gaps=(9.0,))) == ()
    assert keys(replace(GOOD, gaps=())) == ()


def test_several_at_once_the_gravest_first() -> None:
    assert keys(replace(GOOD, latent=20, active=2, spread=5.0, gaps=(0.0, 20.0))) == (
        "unused",
        "outgrown",
        "overfitting",
    )
