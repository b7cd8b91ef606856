"""Side uses of whole models: figures, conditions, and reasons where there are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.trainer.measures.subjects import figures, image_data, subject
from trainer.config import DataConfig
from trainer.data.registry import load
from trainer.measures import uses
from trainer.measures.measure import measured
from trainer.measures.subject import Subject
from trainer.progress import CancelledError, Monitor

CLASSES = ("probe_accuracy", "neighbours_accuracy", "retrieval_precision")
OTHERS = ("denoising_psnr", "anomaly_foreign", "anomaly_fades", "inpainting_encoded", "inpainting_refined")


def reasons(found, keys=CLASSES) -> list[str]:
    assert all(found[key].value is None for key in keys)
    return [str(found[key].reason) for key in keys]


@pytest.mark.parametrize("latent", [1, 2, 512])
@pytest.mark.parametrize("family", ["variational", "autoencoder"])
def test_every_figure_of_any_number_of_dimensions(family: str, latent: int) -> None:
    found = figures(uses.GROUP, subject(family, latent=latent))
    for figure in found.values():
        assert figure.value is not None, figure
        assert figure.limits is not None, figure
        assert figure.limits[0] <= figure.value <= figure.limits[1]
        assert figure.reference is not None
        assert figure.conditions is not None
    assert found["inpainting_refined"].reference == found["inpainting_encoded"].reference


def test_conditions_and_references_are_said() -> None:
    found = figures(uses.GROUP, subject())
    probe = found["probe_accuracy"]
    assert str(probe.conditions).endswith(
        "chosen on a fifth; fitted on 30 training images, scored on 30 held-out images"
    )
    assert probe.reference[0] == pytest.approx(1 / 3)
    assert str(found["retrieval_precision"].conditions).endswith("each among the others; by chance 0.310")
    assert found["neighbours_accuracy"].reference[0] == 1  # bands are distinguished by their pixels
    assert "by −ELBO of one draw" in str(found["anomaly_foreign"].conditions)
    assert "noise of standard deviation 0.25" in str(found["denoising_psnr"].conditions)
    plain = figures(uses.GROUP, subject("autoencoder"))["anomaly_fades"]
    assert (
        str(plain.conditions) == "30 held-out images against as many means of two of them, by reconstruction loss"
    )


def test_some_of_many_images_are_taken_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uses, "MOST_FITTED", 25)
    monkeypatch.setattr(uses, "MOST_SCORED", 20)
    monkeypatch.setattr(uses, "MOST_SEEN", 10)
    found = figures(uses.GROUP, subject())
    said = "fitted on 25 training images, scored on 20 of 30 held-out images"
    assert str(found["neighbours_accuracy"].conditions) == said
    assert str(found["denoising_psnr"].conditions).startswith("10 of 30 held-out images")
    assert found["denoising_psnr"].value is not None


def test_training_images_are_fitted_on_one_half_and_scored_on_the_other() -> None:
    of = subject()
    found = figures(uses.GROUP, Subject(of.model, of.data, np.arange(30)))
    said = "fitted on 15 and scored on 15 others of 30 training images"
    assert str(found["neighbours_accuracy"].conditions) == said
    assert "fit on; there are 15." in str(found["probe_accuracy"].reason)


def test_without_classes_the_other_uses_are_measured() -> None:
    found = figures(uses.GROUP, subject(data=image_data(classes=0)))
    assert set(reasons(found)) == {"The data have no classes."}
    assert all(found[key].value is not None for key in OTHERS)


def test_a_single_class_says_nothing() -> None:
    found = figures(uses.GROUP, subject(data=image_data(classes=1)))
    assert set(reasons(found)) == {"It needs images of two classes or more."}


def test_unknown_classes_are_left_out_and_it_is_said() -> None:
    data = image_data(120)
    data.labels.setflags(write=True)
    data.labels[::4] = -1
    found = figures(uses.GROUP, subject(data=data))
    said = "fitted on 45 training images, scored on the 45 with known classes of 60 held-out images"
    assert str(found["neighbours_accuracy"].conditions) == said
    data.labels[60:] = -1
    assert set(reasons(figures(uses.GROUP, subject(data=data)))) == {"No image to score on has a known class."}
    data.labels[:] = -1
    assert all(reasons(figures(uses.GROUP, subject(data=data))))


@pytest.mark.parametrize("held_out", [1, 2])
def test_one_and_two_images(held_out: int) -> None:
    data = image_data(4 + held_out, train=4, classes=2)
    found = figures(uses.GROUP, subject(data=data))
    probe, neighbours, retrieval = reasons(found)
    assert probe.endswith("there are 4.")
    assert neighbours.endswith("there are 4.")
    assert retrieval.endswith(f"there are {held_out}.")
    assert found["denoising_psnr"].value is not None
    assert found["inpainting_refined"].value is not None
    if held_out == 1:
        assert reasons(found, OTHERS[1:3]) == ["It needs two images or more."] * 2
        assert found["denoising_psnr"].error is None
    else:
        assert found["anomaly_foreign"].limits is not None


def test_weights_that_are_not_numbers() -> None:
    of = subject()
    with torch.no_grad():
        for weights in of.model.parameters():
            weights.fill_(torch.nan)
    found = figures(uses.GROUP, of)
    assert set(reasons(found, (*CLASSES, *OTHERS))) == {"Some codes are not finite numbers."}


def test_a_decoder_that_is_not_a_number_leaves_the_codes_their_uses() -> None:
    of = subject("autoencoder")
    with torch.no_grad():
        of.model.output.weight.fill_(torch.nan)
    found = figures(uses.GROUP, of)
    assert all(found[key].value is not None for key in CLASSES)
    assert all("finite" in reason for reason in reasons(found, OTHERS))


def test_codes_that_are_all_the_same_are_of_no_use() -> None:
    of = subject("autoencoder", data=image_data(300))
    with torch.no_grad():
        of.model.mean.weight.zero_()
    found = figures(uses.GROUP, of)
    assert found["probe_accuracy"].value == found["probe_accuracy"].reference[0]
    assert found["neighbours_accuracy"].value < 0.5
    assert found["retrieval_precision"].value == pytest.approx(1 / 3, abs=0.1)


def test_a_model_without_a_gradient_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    of = subject()
    decode = of.model.decode
    monkeypatch.setattr(of.model, "decode", lambda codes: decode(codes).detach())
    found = figures(uses.GROUP, of)
    assert str(found["inpainting_refined"].reason) == "The decoder of this model has no gradient."
    assert found["inpainting_encoded"].value is not None


def test_refining_brings_the_visible_half_nearer_and_moons_are_distinguished_from_gratings() -> None:
    of = subject("autoencoder", latent=4)
    found = figures(uses.GROUP, of)
    assert found["inpainting_refined"].value != found["inpainting_encoded"].value
    object.__setattr__(of.data.config, "name", "moons")
    assert "gratings" in str(figures(uses.GROUP, of)["anomaly_foreign"].conditions)


def test_a_picture_of_one_pixel_has_no_half() -> None:
    data = image_data(60, shape=(1, 1, 1))
    found = figures(uses.GROUP, subject(data=data))
    assert "no half" in str(found["inpainting_refined"].reason)


def test_the_same_call_gives_the_same() -> None:
    assert figures(uses.GROUP, subject()) == figures(uses.GROUP, subject())


def test_it_is_stopped_at_any_time() -> None:
    of, asked = subject(), []
    figures(uses.GROUP, of)  # codes are kept

    def stop(after: int) -> bool:
        asked.append(after)
        return len(asked) > after

    measured(uses.GROUP, of, Monitor(is_cancelled=lambda: stop(10**9)))
    for after in (0, len(asked) // 2, len(asked) - 1):
        asked.clear()
        with pytest.raises(CancelledError):
            measured(uses.GROUP, of, Monitor(is_cancelled=lambda after=after: stop(after)))


def test_two_half_moons_that_are_both_trained_on(tmp_path: Path) -> None:
    data = load(DataConfig(name="half-moons-2", size=8), tmp_path)
    of = subject("autoencoder", data=data)
    found = figures(uses.GROUP, Subject(of.model, data, np.arange(2)))
    assert set(reasons(found)) == {"The data have no classes."}
    assert str(found["anomaly_foreign"].conditions).startswith("2 training images against as many gratings")
    assert found["inpainting_refined"].value is not None
