"""Disentanglement and arithmetic of whole models: figures, conditions, and reasons where there are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.trainer.measures.subjects import figures, image_data, subject
from trainer.config import DataConfig
from trainer.data.registry import load
from trainer.measures import arithmetic, factors
from trainer.measures.measure import measured, share_interval
from trainer.measures.subject import Subject
from trainer.progress import CancelledError, Monitor


class Coded(Subject):
    """Codes that are given, whatever the model makes of the images: float32 (N, d) of all rows."""

    given: np.ndarray

    def codes(self, monitor=None) -> np.ndarray:
        return self.given[self.rows]

    def training_codes(self, monitor=None) -> np.ndarray:
        return self.given[self.training_rows]


def coded(data, codes: np.ndarray, rows: np.ndarray | None = None) -> Coded:
    of = subject(latent=codes.shape[1], data=data)
    found = Coded(of.model, data, of.rows if rows is None else rows)
    found.given = codes.astype(np.float32)
    return found


def known(count: int = 240, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.stack([rng.random(count), rng.integers(0, 3, count)], axis=1).astype(np.float32)


def reasons(found) -> set[str]:
    assert all(figure.value is None for figure in found.values())
    return {str(figure.reason) for figure in found.values()}


def test_codes_that_are_the_factors_score_high_and_beside_chance() -> None:
    truth = known()
    found = figures(factors.GROUP, coded(image_data(240, factors=truth), truth))
    for key, least in (
        ("mig", 0.8),
        ("sap", 0.5),
        ("dci_disentanglement", 0.9),
        ("dci_completeness", 0.9),
        ("dci_informativeness", 0.9),
    ):
        assert found[key].value > least, key
        assert found[key].reference[0] < found[key].value, key
    assert str(found["mig"].conditions) == "2 factors; 120 held-out images; codes and quantities in 20 bins"
    assert (
        str(found["sap"].conditions) == "2 factors; fitted on 120 training images, scored on 120 held-out images"
    )
    assert "40 trees a factor, grown on 120 of the images" in str(found["dci_informativeness"].conditions)
    assert found["mig"].error > 0
    assert len(found["mig"].each) == 2
    assert np.mean(found["mig"].each) == pytest.approx(found["mig"].value)


def test_the_lit_fraction_of_moons(tmp_path: Path) -> None:
    data = load(DataConfig(name="moons", count=300, held_out=0.4, size=8), tmp_path)
    of = coded(data, np.hstack([data.factors, np.random.default_rng(0).random((300, 1))]))
    found = figures(factors.GROUP, of) | figures(arithmetic.GROUP, of)
    assert str(found["mig"].conditions).startswith("one factor; 120 held-out images")
    assert found["mig"].value > 0.5
    assert found["sap"].value > 0.9
    assert found["factor_directions"].value > 0.99


def test_factors_of_a_file_in_the_layout_of_dsprites(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    classes = np.stack([rng.integers(0, of, 300) for of in (1, 3, 6, 40, 32, 32)], axis=1)
    images = (rng.random((300, 8, 8)) > 0.5).astype(np.uint8)
    np.savez(tmp_path / "sprites.npz", imgs=images, latents_classes=classes, latents_values=classes + 1.0)
    data = load(DataConfig(name="array", path=str(tmp_path / "sprites.npz"), held_out=0.5), tmp_path)
    assert data.factor_names == ("shape", "scale", "orientation", "x position", "y position")
    of = coded(data, data.factors)
    found = figures(factors.GROUP, of) | figures(arithmetic.GROUP, of)
    assert str(found["mig"].conditions).startswith("5 factors; 150 held-out images")
    for key in ("mig", "sap", "dci_disentanglement", "dci_completeness", "factor_directions"):
        assert found[key].value > 0.55, key
        assert found[key].value > found[key].reference[0] + 0.05, key
    assert str(found["class_directions"].conditions).startswith("3 classes")  # the shapes


def test_a_factor_that_does_not_vary_is_left_out_and_said() -> None:
    truth = np.hstack([known(), np.ones((240, 1), np.float32)])
    found = figures(factors.GROUP, coded(image_data(240, factors=truth), truth))
    assert str(found["mig"].conditions).startswith("the 2 of 3 factors that vary")
    assert len(found["dci_completeness"].each) == 2


def test_one_factor_and_one_dimension() -> None:
    truth = known()[:, :1]
    found = figures(factors.GROUP, coded(image_data(240, factors=truth), truth))
    assert found["mig"].value == pytest.approx(1)
    assert "two factors" in str(found["dci_disentanglement"].reason)
    assert "two latent dimensions" in str(found["dci_completeness"].reason)
    assert found["dci_informativeness"].value > 0.9


def test_training_images_are_fitted_on_one_half_and_scored_on_the_other() -> None:
    truth = known(460)
    of = coded(image_data(460, train=440, factors=truth), truth, np.arange(440))
    found = figures(factors.GROUP, of)
    assert "fitted on 220 and scored on 220 others of 440 training images" in str(found["sap"].conditions)
    assert str(found["mig"].conditions).startswith("2 factors; 440 training images")


def test_a_collapsed_code_scores_zero() -> None:
    truth = known()
    found = figures(factors.GROUP, coded(image_data(240, factors=truth), np.zeros((240, 3))))
    for key in ("mig", "sap", "dci_disentanglement", "dci_completeness"):
        assert found[key].value == 0, key
    directions = figures(arithmetic.GROUP, coded(image_data(240, factors=truth), np.zeros((240, 3))))
    assert directions["class_directions"].value == 0.5
    assert directions["factor_directions"].value == 0.5


@pytest.mark.parametrize("latent", [1, 512])
@pytest.mark.parametrize("family", ["variational", "autoencoder"])
def test_any_number_of_dimensions(family: str, latent: int) -> None:
    of = subject(family, latent=latent, data=image_data(204, factors=known(204)[:, :1]))
    found = figures(factors.GROUP, of) | figures(arithmetic.GROUP, of)
    assert 0 <= found["mig"].value <= 1
    assert 0 <= found["dci_informativeness"].value <= 1
    assert 0.5 <= found["class_directions"].value <= 1


def test_data_without_factors_or_classes_say_so() -> None:
    assert reasons(figures(factors.GROUP, subject())) == {"The data have no known factors."}
    bare = subject(data=image_data(classes=0))
    assert reasons(figures(arithmetic.GROUP, bare)) == {"The data have neither classes nor known factors."}
    found = figures(arithmetic.GROUP, subject())
    assert found["class_directions"].value is not None
    assert str(found["factor_directions"].reason) == "The data have no known factors."
    assert "only one of grey digits" in str(found["analogies"].reason)


@pytest.mark.parametrize("held_out", [1, 2])
def test_one_and_two_images(held_out: int) -> None:
    data = image_data(8 + held_out, train=8, factors=known(8 + held_out))
    (reason,) = reasons(figures(factors.GROUP, subject(data=data)))
    assert reason.startswith("It needs 100 images or more with known factors")
    assert reason.endswith(f"there are {held_out}.")
    found = figures(arithmetic.GROUP, subject(data=data))
    assert "too few images" in str(found["class_directions"].reason)
    assert "too few images" in str(found["factor_directions"].reason)


def test_factors_that_are_all_constant() -> None:
    of = subject(data=image_data(240, factors=np.ones((240, 2), np.float32)))
    assert reasons(figures(factors.GROUP, of)) == {"No factor varies over these images."}
    assert "too few images" in str(figures(arithmetic.GROUP, of)["factor_directions"].reason)


def test_images_whose_factors_are_unknown_are_left_out() -> None:
    truth = known(460)
    blank = truth.copy()
    blank[::5, 1] = np.nan
    found = figures(factors.GROUP, coded(image_data(460, factors=blank), truth))
    assert found["mig"].value > 0.8
    assert str(found["mig"].conditions).startswith("2 factors; the 184 with known factors of 230 held-out images")
    assert "fitted on 184 training images, scored on the 184 with known factors of" in str(found["sap"].conditions)
    none = subject(data=image_data(240, factors=np.full((240, 2), np.nan, np.float32)))
    (reason,) = reasons(figures(factors.GROUP, none))
    assert reason.endswith("there are 0.")
    assert figures(arithmetic.GROUP, none)["factor_directions"].value is None
    assert figures(arithmetic.GROUP, coded(image_data(460, factors=blank), truth))["factor_directions"].value == 1


def test_weights_that_are_not_numbers() -> None:
    of = subject(data=image_data(240, factors=known()))
    with torch.no_grad():
        for weights in of.model.parameters():
            weights.fill_(torch.nan)
    for group in (factors.GROUP, arithmetic.GROUP):
        assert reasons(figures(group, of)) == {"Some codes are not finite numbers."}


def test_a_single_class_and_unknown_classes() -> None:
    found = figures(arithmetic.GROUP, subject(data=image_data(classes=1)))
    assert "two classes" in str(found["class_directions"].reason)
    data = image_data()
    data.labels.setflags(write=True)
    data.labels[:] = -1
    found = figures(arithmetic.GROUP, subject(data=data))
    assert "two classes" in str(found["class_directions"].reason)


def test_of_many_classes_some_are_measured_and_it_is_said() -> None:
    of = subject(data=image_data(300, shape=(1, 30, 8), classes=30))
    found = figures(arithmetic.GROUP, of)["class_directions"]
    assert str(found.conditions).startswith("20 of 30 classes; fitted on 150 training images")
    assert len(found.each) == 20


@pytest.mark.parametrize("group", [factors.GROUP, arithmetic.GROUP], ids=lambda group: group.name)
def test_either_is_stopped_at_any_time(group) -> None:
    truth = known()
    of = coded(image_data(240, factors=truth), truth)
    asked = []

    def stop(after: int) -> bool:
        asked.append(after)
        return len(asked) > after

    measured(group, of, Monitor(is_cancelled=lambda: stop(10**9)))
    for after in (0, len(asked) // 2, len(asked) - 1):
        asked.clear()
        with pytest.raises(CancelledError):
            measured(group, of, Monitor(is_cancelled=lambda after=after: stop(after)))


def test_the_same_call_gives_the_same() -> None:
    data = image_data(240, factors=known())
    for group in (factors.GROUP, arithmetic.GROUP):
        assert figures(group, subject(data=data)) == figures(group, subject(data=data))


def test_analogies_of_digits_are_judged_by_a_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures whose brightness is their code; a classifier that reads it."""
    count = 200
    data = image_data(count, classes=2)
    object.__setattr__(data, "label_names", ("4", "9"))
    codes = data.labels[:, None] * [1.0, 0] + [0, 1] * np.random.default_rng(0).normal(0, 0.5, (count, 2))
    of = coded(data, codes)

    def read(pictures: np.ndarray) -> np.ndarray:
        if pictures.shape[-1] == 8:  # real ones: class 1 is bright in the lower half
            return np.where(pictures[:, 0, 4:].mean((1, 2)) > pictures[:, 0, :4].mean((1, 2)), 9, 4)
        return np.where(pictures[:, 0, 0, 0] > 0.5, 9, 4)

    monkeypatch.setattr("trainer.metrics.classifier.digits", read)
    monkeypatch.setattr(Coded, "decode", lambda self, given, monitor: given[:, None, None, :], raising=False)
    found = figures(arithmetic.GROUP, of)["analogies"]
    assert found.value == 1
    assert found.reference[0] < 0.6
    assert found.interval == share_interval(1.0, 100)
    assert "right about 100.0% of the real ones" in str(found.conditions)


def test_a_classifier_that_does_not_know_the_images_is_not_believed() -> None:
    data = image_data(60, classes=3)
    object.__setattr__(data, "label_names", ("0", "1", "2"))
    found = figures(arithmetic.GROUP, subject(data=data))["analogies"]
    assert "recognises only" in str(found.reason)


def test_intervals_of_shares() -> None:
    """Wilson's for 8 of 10: (.8 + .19207 ± 1.96 √(.016 + .0096)) / 1.38414 = .4902 to .9433."""
    assert share_interval(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert share_interval(0.0, 10)[0] == 0
    assert share_interval(1.0, 10)[1] == pytest.approx(1)
