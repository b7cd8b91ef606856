"""Whether pictures look real: false alarms, what is noticed on real data sets, what cannot be reported."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.metrics import roc_auc_score

from tests.trainer.latent.drained import drained
from tests.trainer.metrics.real_images import NAMES, real_images
from trainer.metrics import known_bad
from trainer.metrics.conformal import POWER, UNLIKE
from trainer.metrics.features import feature_net_for
from trainer.metrics.looks_real import FEWEST, LooksReal
from trainer.metrics.yardsticks import FeatureDistance


@cache
def split(name: str) -> tuple[LooksReal, np.ndarray]:
    """What was made of most of a data set's images, and the others."""
    images = real_images(name)
    fresh = min(len(images) // 6, 1_000)
    return measured(images[fresh:], gratings=name == "moons"), images[:fresh]


def measured(images: np.ndarray, **others) -> LooksReal:
    return LooksReal(feature_net_for(images.shape[1:]), images, **others)


def bad(kind: str, images: np.ndarray, name: str) -> np.ndarray:
    return known_bad.pictures(kind, images, 300, np.random.default_rng(7), gratings=name == "moons")


@pytest.mark.parametrize("name", NAMES)
def test_one_in_twenty_fresh_real_images_is_called_unlike(name: str) -> None:
    looks, fresh = split(name)
    assert (len(looks.scores) + 1) % 20 == 0  # so that the rate is exact
    alarms = int((looks.p(fresh) <= UNLIKE).sum())
    # Those held back are chance, too: Beta(5 %, m) beside the binomial share.
    spread = np.sqrt(UNLIKE * (1 - UNLIKE) * (1 / len(fresh) + 1 / (len(looks.scores) + 2)))
    assert alarms / len(fresh) == pytest.approx(UNLIKE, abs=4 * spread)


def test_rate_of_false_alarms_is_exact_over_many_data_sets() -> None:
    """Whatever the images are: blobs here, of one size and brightness, 80 of them at a time."""
    alarms, count = 0, 0
    down, across = np.mgrid[:8, :8]
    for seed in range(40):
        rng = np.random.default_rng(seed)
        at = rng.uniform(2, 6, (FEWEST + 10, 2, 1, 1))
        blobs = 255 * np.exp(-((down - at[:, 0]) ** 2 + (across - at[:, 1]) ** 2) / 4)
        images = (blobs + rng.uniform(0, 30, blobs.shape)).clip(0, 255).astype(np.uint8)[:, None]
        alarms += int((measured(images[:FEWEST], seed=seed).p(images[FEWEST:]) <= UNLIKE).sum())
        count += 10
    # Ten fresh images beside the same nineteen are not independent: twice the binomial spread.
    assert binomtest(alarms // 2, count // 2, UNLIKE).pvalue > 1e-3


@pytest.mark.parametrize("kind", known_bad.KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_bad_pictures_are_noticed_as_often_as_is_said(name: str, kind: str) -> None:
    looks, fresh = split(name)
    noticed = (looks.p(bad(kind, fresh, name)) <= UNLIKE).mean()
    assert noticed >= POWER
    assert looks.powers[kind] == pytest.approx(noticed, abs=0.12)
    assert looks.has_power


@pytest.mark.parametrize("name", NAMES)
def test_pictures_without_anything_on_them_are_noticed(name: str) -> None:
    looks, fresh = split(name)
    shape = (1, *fresh.shape[1:])
    even = np.random.default_rng(0).integers(0, 256, (100, *fresh.shape[1:]), np.uint8)
    faint = np.random.default_rng(0).normal(128, 13, (100, *fresh.shape[1:])).round().clip(0, 255).astype(np.uint8)
    assert (looks.p(np.zeros(shape, np.uint8)) <= UNLIKE).all() or name == "moons"  # a new moon is black
    assert (looks.p(np.full(shape, 128, np.uint8)) <= UNLIKE).all()
    assert (looks.p(even) <= UNLIKE).mean() > 0.95
    assert (looks.p(faint) <= UNLIKE).mean() > 0.95


def test_scale_free_distances_tell_more_and_all_together_most() -> None:
    """AUROC of cross-fades against real ones on MNIST: raw distance .71, over the features' size .89, all 1.0."""
    looks, fresh = split("mnist")
    faded = bad("fade", fresh, "mnist")
    known = np.repeat([0, 1], [len(fresh), len(faded)])
    net, pictures = feature_net_for((1, 28, 28)), np.concatenate([fresh, faded])
    real = net.features(real_images("mnist")[1_000:6_000])
    features = net.features(pictures)
    relative = FeatureDistance(real).of(features)
    raw = relative * np.linalg.norm(features, axis=1)
    assert roc_auc_score(known, raw) == pytest.approx(0.71, abs=0.04)
    assert roc_auc_score(known, relative) == pytest.approx(0.89, abs=0.03)
    assert roc_auc_score(known, looks.score(pictures)) > 0.99


def test_cross_fades_of_photographs_are_reported() -> None:
    looks, fresh = split("photographs")
    faded = bad("fade", fresh, "photographs")
    known = np.repeat([0, 1], [len(fresh), len(faded)])
    assert roc_auc_score(known, looks.score(np.concatenate([fresh, faded]))) > 0.95


def test_where_bad_pictures_pass_it_cannot_tell() -> None:
    """Images of independent pixels: cross-fades of those of two values do not look alike, noise is noise."""
    images = np.random.default_rng(0).normal(128, 40, (400, 1, 8, 8)).clip(0, 255).astype(np.uint8)
    looks = measured(images)
    assert not looks.reason
    assert looks.powers["noise"] < 0.3
    assert not looks.has_power


def test_images_of_one_colour_each() -> None:
    levels = np.random.default_rng(0).integers(0, 256, (200, 3, 1, 1), np.uint8)
    looks = measured(np.broadcast_to(levels, (200, 3, 16, 16)))
    assert not looks.reason
    assert not looks.has_power  # mixtures of two colours are colours
    assert looks.p(np.zeros((1, 3, 16, 16), np.uint8)).shape == (1,)
    noise = np.random.default_rng(0).integers(0, 256, (5, 3, 16, 16), np.uint8)
    assert (looks.p(noise) <= UNLIKE).all()


@pytest.mark.parametrize(
    ("images", "reason"),
    [
        (np.zeros((FEWEST - 1, 1, 8, 8), np.uint8), "few"),
        (np.full((FEWEST, 1, 8, 8), 7, np.uint8), "alike"),
        (np.zeros((0, 3, 8, 8), np.uint8), "few"),
    ],
)
def test_too_few_and_equal_images(images: np.ndarray, reason: str) -> None:
    looks = measured(images)
    assert looks.reason == reason
    assert not looks.has_power
    assert np.isnan(looks.p(np.zeros((3, *images.shape[1:]), np.uint8))).all()


@pytest.mark.parametrize("shape", [(1, 1, 2), (3, 2, 9), (1, 5, 3), (3, 40, 24), (2, 8, 8)])
def test_pictures_of_any_shape(shape: tuple[int, int, int]) -> None:
    images = np.random.default_rng(0).integers(0, 256, (FEWEST, *shape), np.uint8)
    looks = measured(images)
    assert np.isfinite(looks.p(images[:7])).all()
    assert set(looks.powers) == set(known_bad.KINDS)


def test_same_in_pieces_and_every_time() -> None:
    images = real_images("digits")
    pieces = drained(LooksReal.measured(feature_net_for(images.shape[1:]), images))
    whole = measured(images)
    assert np.array_equal(whole.scores, pieces.scores)
    assert whole.powers == pieces.powers
    assert whole.count > len(whole.scores) > 300


def test_large_pictures_are_looked_at_in_small_pieces() -> None:
    images = np.random.default_rng(0).integers(0, 256, (FEWEST, 3, 64, 64), np.uint8)
    assert sum(1 for _ in LooksReal.measured(feature_net_for((3, 64, 64)), images)) > 50
