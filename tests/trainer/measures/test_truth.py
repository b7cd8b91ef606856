"""Lines and moons: decoders that know the truth, that cross-fade and that jump; data that are neither."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.trainer.measures.subjects import figures, image_data, subject
from trainer.config import DataConfig
from trainer.data.images import ImageData
from trainer.data.lines import render_lines
from trainer.data.moons import render_moons
from trainer.data.registry import load
from trainer.measures import truth
from trainer.measures.measure import measured
from trainer.measures.subject import Subject
from trainer.progress import CancelledError, Monitor

LINES = [measure.key for measure in truth.LINES]
MOONS = [measure.key for measure in truth.MOONS]


class Knowing(Subject):
    """Codes are factors and pictures true ones."""

    render = staticmethod(render_lines)

    def codes(self, monitor=None) -> np.ndarray:
        return self.data.factors[self.rows]

    def encode(self, images: torch.Tensor, monitor=None) -> np.ndarray:
        return np.array([[0.5], [1.0]], np.float32)  # of half and full moon

    def decode(self, codes: np.ndarray, monitor=None) -> np.ndarray:
        size = self.data.shape[1]
        return np.repeat(self.render(codes[:, 0], size), self.data.shape[0], axis=1).astype(np.float32) / 255


class Waxing(Knowing):
    render = staticmethod(render_moons)


class Leaping(Knowing):
    """Moons that are new, half or full."""

    render = staticmethod(lambda codes, size: render_moons(np.floor(2 * codes.astype(np.float64)) / 2, size))


class Fading(Knowing):
    """Codes are the pixels of images, and straight paths cross-fades."""

    def codes(self, monitor=None) -> np.ndarray:
        return (self.data.images[self.rows].reshape(len(self.rows), -1) / 255).astype(np.float32)

    def encode(self, images: torch.Tensor, monitor=None) -> np.ndarray:
        return images.flatten(1).numpy().astype(np.float32) / 255

    def decode(self, codes: np.ndarray, monitor=None) -> np.ndarray:
        return codes.reshape(len(codes), *self.data.shape)


def data_of(name: str, count: int = 80, **settings: object) -> ImageData:
    return load(DataConfig(name=name, count=count, held_out=0.5, **settings), Path())


def measured_as(kind: type[Knowing], data: ImageData) -> dict:
    latent = data.images[0].size if kind is Fading else 1
    model = subject(data=data, latent=min(latent, 512)).model
    return figures(truth.GROUP, kind(model, data, np.arange(data.train_count, data.count)))


@pytest.mark.parametrize("colour", ["auto", "colour"])
def test_a_decoder_that_knows_all_lines(colour: str) -> None:
    found = measured_as(Knowing, data_of("lines", colour=colour))
    assert found["line_distance"].value <= 1e-4
    assert found["line_smoothness"].value <= 0.01
    assert found["line_distance"].error is not None
    assert len(found["line_distance"].each) == 20
    assert str(found["line_distance"].conditions) == "20 pairs; 40 held-out images; 16 pictures a path"
    assert all(str(found[key].reason) == "The data are lines, not moons." for key in MOONS)


def test_cross_fades_of_lines_are_their_own_reference() -> None:
    found = measured_as(Fading, data_of("lines", size=16))
    for key in LINES:
        assert found[key].value == pytest.approx(found[key].reference[0], rel=1e-4)
    assert found["line_distance"].value > 0.005
    assert found["line_smoothness"].value > 0.6


def test_a_decoder_that_knows_all_moons() -> None:
    found = measured_as(Waxing, data_of("moons"))
    assert found["moon_middle"].value <= 0.005
    assert found["moon_middle_error"].value <= 1e-5
    assert found["moon_smoothness"].value <= 0.01
    assert found["moon_distance"].value <= 1e-4
    assert str(found["moon_middle"].conditions).startswith("f = 0.7")
    assert len(found["moon_middle"].each) == truth.MOON_PICTURES
    assert all(str(found[key].reason) == "The data are moons, not lines." for key in LINES)


def test_moons_that_leap_and_moons_that_fade() -> None:
    leaping = measured_as(Leaping, data_of("moons"))
    assert leaping["moon_middle"].value == pytest.approx(0.25, abs=0.01)
    assert leaping["moon_smoothness"].value == pytest.approx(1 - 1 / 16, abs=1e-6)
    assert leaping["moon_distance"].value <= 1e-4
    # Half the disc is black where a quarter is lit in truth: 1/4 π 10² of 784 pixels.
    assert leaping["moon_middle_error"].value == pytest.approx(25 * math.pi / 784, rel=0.05)
    fading = measured_as(Fading, data_of("moons"))
    assert fading["moon_middle_error"].value == pytest.approx(0.0445, abs=2e-4)
    assert fading["moon_middle_error"].reference[0] == pytest.approx(0.0445, abs=2e-4)
    assert fading["moon_distance"].value == pytest.approx(fading["moon_distance"].reference[0], rel=1e-3)
    assert fading["moon_smoothness"].value > 0.6


def test_a_decoder_that_ignores_its_code() -> None:
    class Blind(Knowing):
        render = staticmethod(lambda codes, size: render_moons(np.full(len(codes), 0.6), size))

    found = measured_as(Blind, data_of("moons"))
    assert str(found["moon_smoothness"].reason) == "Half and full moon decode to the same moon."
    assert found["moon_middle"].value == pytest.approx(0.15, abs=0.005)
    found = measured_as(Blind, data_of("lines", size=28))
    assert str(found["line_smoothness"].reason) == "The nearest line is the same at both ends of every path."
    assert found["line_distance"].value > 0.01


def test_other_data_and_large_ones_say_why_not() -> None:
    neither = {"The data are neither lines nor moons."}
    renamed = image_data(40, factors=np.random.default_rng(0).random((40, 1)).astype(np.float32))
    object.__setattr__(renamed, "factor_names", ("angle",))
    unknown = data_of("lines", size=8)
    object.__setattr__(unknown, "factors", np.full((80, 1), np.nan, np.float32))
    for data in (None, renamed, unknown):
        found = figures(truth.GROUP, subject(data=data))
        assert {str(figure.reason) for figure in found.values()} == neither
    found = measured_as(Knowing, data_of("lines", 8, size=72))
    assert all(str(found[key].reason) == "True images are looked for in up to 64 × 64 pixels." for key in LINES)


@pytest.mark.parametrize("name", ["half-moons-2", "half-moons-9"])
def test_sets_of_a_few_moons_are_moons(name: str) -> None:
    data = load(DataConfig(name=name, size=16), Path())
    of = subject(data=data)
    found = figures(truth.GROUP, Waxing(of.model, data, np.arange(data.count)))
    assert found["moon_middle"].value <= 0.01
    assert found["moon_distance"].value <= 1e-3


@pytest.mark.parametrize("family", ["variational", "autoencoder"])
@pytest.mark.parametrize("name", ["lines", "moons"])
@pytest.mark.parametrize("latent", [1, 512])
def test_whole_models(family: str, name: str, latent: int) -> None:
    found = figures(truth.GROUP, subject(family, latent=latent, data=data_of(name, size=8)))
    own = LINES if name == "lines" else MOONS
    assert all((found[key].value is None) == (found[key].reason is not None) for key in own)
    assert found["line_distance" if name == "lines" else "moon_distance"].value is not None


def test_one_image_has_no_pair_but_moons_have_their_own_path() -> None:
    data = load(DataConfig(name="moons", count=3, held_out=0.3, size=8), Path())
    found = figures(truth.GROUP, subject(data=data))
    assert str(found["moon_distance"].reason) == "It needs two images or more."
    assert found["moon_middle"].value is not None
    data = load(DataConfig(name="lines", count=3, held_out=0.3, size=8), Path())
    found = figures(truth.GROUP, subject(data=data))
    assert all(str(found[key].reason) == "It needs two images or more." for key in LINES)


@pytest.mark.parametrize("name", ["lines", "moons"])
def test_weights_that_are_not_numbers(name: str) -> None:
    of = subject(data=data_of(name, size=8))
    with torch.no_grad():
        for weights in of.model.parameters():
            weights.fill_(torch.nan)
    found = figures(truth.GROUP, of)
    assert all("not finite numbers" in str(found[key].reason) for key in (LINES if name == "lines" else MOONS))


def test_it_is_stopped_at_any_time_and_gives_the_same_again() -> None:
    data = data_of("moons", size=8)
    assert figures(truth.GROUP, subject(data=data)) == figures(truth.GROUP, subject(data=data))
    asked: list[int] = []

    def stop(after: int) -> bool:
        asked.append(after)
        return len(asked) > after

    measured(truth.GROUP, subject(data=data), Monitor(is_cancelled=lambda: stop(10**9)))
    for after in (0, len(asked) // 2, len(asked) - 1):
        asked.clear()
        with pytest.raises(CancelledError):
            measured(truth.GROUP, subject(data=data), Monitor(is_cancelled=lambda after=after: stop(after)))
