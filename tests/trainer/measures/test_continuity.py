"""Paths between the codes of pairs of images, of whole models and of decoders that are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.trainer.measures.subjects import figures, image_data, subject
from trainer.measures import continuity
from trainer.measures.measure import Figure, measured
from trainer.measures.pair_paths import mean_figure, pairs_of
from trainer.measures.subject import Subject
from trainer.progress import CancelledError, Monitor
from trainer.sentences import Sentence

STRAIGHT = ("path_over_chord_lerp", "largest_step_lerp", "perceptual_path_length_lerp", "middle_to_real_lerp")
SPHERICAL = tuple(key.replace("lerp", "slerp") for key in STRAIGHT)


class Known(Subject):
    """Codes are the pixels of images, and pictures what `drawn_as` makes of codes float32 (n, d)."""

    drawn_as = staticmethod(lambda codes: codes)

    def codes(self, monitor=None) -> np.ndarray:
        return (self.data.images[self.rows].reshape(len(self.rows), -1) / 255).astype(np.float32)

    def decode(self, codes: np.ndarray, monitor=None) -> np.ndarray:
        return type(self).drawn_as(codes).reshape(len(codes), *self.data.shape).astype(np.float32)


class Fading(Known):
    """Straight paths are cross-fades."""


class Jumping(Known):
    """Pictures are black or white as their first pixel has it."""

    drawn_as = staticmethod(lambda codes: np.repeat(codes[:, :1] > 0.5, codes.shape[1], axis=1))


class Blind(Known):
    """Every code is the same picture."""

    drawn_as = staticmethod(lambda codes: np.full_like(codes, 0.25))


def known(kind: type[Known], **of: object) -> Known:
    data = image_data(**of)
    model = subject(data=data, latent=data.images[0].size).model
    return kind(model, data, np.arange(data.train_count, data.count))


def test_cross_fades_are_straight_even_and_as_far_from_real_images_as_cross_fades() -> None:
    found = figures(continuity.GROUP, known(Fading))
    assert found["path_over_chord_lerp"].value == pytest.approx(1, abs=1e-5)
    assert found["largest_step_lerp"].value == pytest.approx(1, abs=1e-4)
    length = found["perceptual_path_length_lerp"]
    assert length.value == pytest.approx(length.reference[0], rel=1e-3)
    assert found["middle_to_real_lerp"].value == pytest.approx(found["middle_to_real_cross_fade"].value, rel=1e-5)
    assert found["middle_to_real_lerp"].reference == found["middle_to_real_cross_fade"].reference
    assert found["path_over_chord_slerp"].value > 1


def test_a_jump_is_as_many_mean_steps_as_there_are() -> None:
    data = image_data(40, classes=2)
    images = data.images.copy()
    images[:, :, 0, 0] = data.labels[:, None] * 200
    object.__setattr__(data, "images", images)
    model = subject(data=data, latent=64).model
    found = figures(continuity.GROUP, Jumping(model, data, np.arange(data.train_count, data.count)))
    assert found["path_over_chord_lerp"].value == pytest.approx(1, abs=1e-5)
    assert found["largest_step_lerp"].value == pytest.approx(continuity.STEPS, rel=1e-5)


def test_a_decoder_that_ignores_its_code() -> None:
    found = figures(continuity.GROUP, known(Blind))
    for key in ("path_over_chord_lerp", "path_over_chord_slerp"):
        assert str(found[key].reason) == "The two ends of every path decode to the same picture."
    assert str(found["largest_step_lerp"].reason) == "Pictures do not change along any of the paths."
    assert found["perceptual_path_length_lerp"].value == 0
    assert found["middle_to_real_lerp"].value > 0


def test_every_figure_has_its_error_conditions_and_reference() -> None:
    found = figures(continuity.GROUP, subject(latent=3, data=image_data(200)))
    pairs = len(found["path_over_chord_lerp"].each)
    assert 20 < pairs <= 50
    assert all(figure.value is not None and figure.error is not None for figure in found.values())
    assert all(figure.reference is not None for figure in found.values())
    said = f"{pairs} pairs of different classes; 100 held-out images"
    assert str(found["path_over_chord_lerp"].conditions) == f"{said}; 16 steps a path"
    assert str(found["perceptual_path_length_slerp"].conditions) == f"{said}; 4 random places on each path"
    assert str(found["middle_to_real_cross_fade"].conditions) == f"{said}; 98 others to be near to"


def test_data_without_classes_and_colour_pictures() -> None:
    found = figures(continuity.GROUP, subject(data=image_data(60, shape=(3, 8, 8), classes=0)))
    assert str(found["largest_step_lerp"].conditions).startswith("15 pairs; 30 held-out images; 16 steps a path")
    assert all(figure.value is not None for figure in found.values())


def test_paths_on_a_sphere_need_the_prior_whose_shell_it_is() -> None:
    for family, latent, reason in (("autoencoder", 2, "with the prior N(0, I)"), ("variational", 1, "straight")):
        found = figures(continuity.GROUP, subject(family, latent=latent))
        assert all(reason in str(found[key].reason) for key in SPHERICAL)
        assert all(found[key].value is not None for key in STRAIGHT)


@pytest.mark.parametrize("family", ["variational", "autoencoder"])
def test_many_dimensions(family: str) -> None:
    found = figures(continuity.GROUP, subject(family, latent=512))
    assert all(found[key].value is not None for key in STRAIGHT)


def test_one_two_and_three_images() -> None:
    one = figures(continuity.GROUP, subject(data=image_data(9, train=8)))
    assert {str(figure.reason) for figure in one.values()} == {"It needs two images or more."}
    two = figures(continuity.GROUP, subject(data=image_data(10, train=8)))
    assert two["path_over_chord_lerp"].value is not None
    assert two["path_over_chord_lerp"].error is None
    assert "besides those of a pair" in str(two["middle_to_real_lerp"].reason)
    three = figures(continuity.GROUP, subject(data=image_data(11, train=8)))
    assert three["middle_to_real_lerp"].value is not None


def test_images_that_are_all_the_same() -> None:
    data = image_data(40)
    images = data.images.copy()
    images[:] = images[0]
    object.__setattr__(data, "images", images)
    found = figures(continuity.GROUP, subject(data=data))
    assert "same picture" in str(found["path_over_chord_lerp"].reason)
    assert found["perceptual_path_length_lerp"].value == 0
    assert found["perceptual_path_length_lerp"].reference[0] == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(("part", "reason"), [("encoder", "Some codes"), ("decoder", "Some decoded pictures")])
def test_weights_that_are_not_numbers(part: str, reason: str) -> None:
    of = subject()
    with torch.no_grad():
        for weights in getattr(of.model, part).parameters():
            weights.fill_(torch.nan)
    found = figures(continuity.GROUP, of)
    assert all(str(found[key].reason) == f"{reason} are not finite numbers." for key in (*STRAIGHT, *SPHERICAL))


def test_it_is_stopped_at_any_time_and_gives_the_same_again() -> None:
    of = subject(data=image_data(200))
    assert figures(continuity.GROUP, of) == figures(continuity.GROUP, subject(data=image_data(200)))
    asked: list[int] = []

    def stop(after: int) -> bool:
        asked.append(after)
        return len(asked) > after

    measured(continuity.GROUP, of, Monitor(is_cancelled=lambda: stop(10**9)))
    for after in (0, len(asked) // 2, len(asked) - 1):
        asked.clear()
        with pytest.raises(CancelledError):
            measured(continuity.GROUP, of, Monitor(is_cancelled=lambda after=after: stop(after)))


def test_means_leave_out_what_is_not_defined_and_say_so() -> None:
    said, none = Sentence("three pairs"), Sentence("No pair has one.")
    found = mean_figure("one", np.array([1, np.nan, 3.0]), said, none=none)
    assert (found.value, found.error, found.each) == (2, pytest.approx(1), (1, 3))
    assert str(found.conditions) == "three pairs; without the 1 of which it is not defined"
    assert str(mean_figure("one", np.full(2, np.nan), said, none=none).reason) == "No pair has one."
    assert mean_figure("one", np.array([1, np.inf]), said) == Figure.of("one", np.inf, said)


def test_at_most_so_many_images_are_looked_at() -> None:
    pairs = pairs_of(subject(data=image_data(400)), 500, Monitor(), among=50)
    assert len(pairs.part) == 50
    assert len(pairs) <= 25
