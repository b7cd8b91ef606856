"""Attribute vectors and analogies: by hand, against scikit-learn, and where there is nothing to find."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from trainer.metrics.analogies import moves
from trainer.metrics.attributes import attributes, of_classes, of_thirds, usable, vectors
from trainer.metrics.classifier import digits


def clusters(count: int, classes: int = 3, apart: float = 2.0, latent: int = 4, seed: int = 0):
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    codes = rng.standard_normal((count, latent))
    codes[np.arange(count), labels] += apart
    return codes.astype(np.float32), labels


def test_signs_of_classes_leave_out_what_is_unknown() -> None:
    signs = of_classes(np.array([0, 2, -1, 1]), np.array([0, 2]))
    assert signs.tolist() == [[1, -1], [-1, 1], [0, 0], [-1, -1]]


def test_thirds_of_a_quantity_of_few_values_and_of_two() -> None:
    quantity = np.arange(9.0)[:, None]
    assert of_thirds(quantity, quantity)[:, 0].tolist() == [-1, -1, -1, -1, 0, 1, 1, 1, 1]
    shape = np.array([[0, 1, 2, 0, 1, 2, 0, 1, 2.0]]).T
    assert of_thirds(shape, shape)[:, 0].tolist() == [-1, 0, 1] * 3
    two = np.array([[0, 1, 1, 0, 0, 1.0]]).T
    assert of_thirds(two, two)[:, 0].tolist() == [-1, 1, 1, -1, -1, 1]
    rare = np.array([[0, 0, 0, 0, 0, 0, 0, 1.0]]).T
    assert of_thirds(rare, rare)[:, 0].tolist() == [0] * 7 + [1]


def test_attributes_need_two_images_on_either_side_of_each_part() -> None:
    first = np.array([[1, 1, 1], [1, -1, 1], [-1, -1, -1], [-1, 1, 0]])
    second = np.array([[1, 1, 1], [1, -1, 1], [-1, -1, -1], [-1, -1, -1]])
    assert usable(first).tolist() == [0, 1]
    assert usable(first, second).tolist() == [0]


def test_scores_are_those_of_scikit_learn_on_images_not_fitted_on() -> None:
    fit, fit_labels = clusters(150)
    codes, labels = clusters(300, seed=1)
    classes = np.arange(3)
    found = attributes(fit, of_classes(fit_labels, classes), codes, of_classes(labels, classes))
    for place in range(3):
        vector = fit[fit_labels == place].mean(0) - fit[fit_labels != place].mean(0)
        assert found.score.each[place] == pytest.approx(roc_auc_score(labels == place, codes @ vector))
    assert found.score.value == pytest.approx(np.mean(found.score.each))
    assert 0.5 < found.chance < found.score.value


def test_the_error_is_that_of_a_bootstrap() -> None:
    fit, fit_labels = clusters(150, apart=1)
    codes, labels = clusters(400, apart=1, seed=1)
    rng, classes = np.random.default_rng(0), np.arange(3)
    fit_signs, signs = of_classes(fit_labels, classes), of_classes(labels, classes)
    found = attributes(fit, fit_signs, codes, signs, random=5)
    drawn = [rng.integers(0, 400, 400) for _ in range(80)]
    values = [attributes(fit, fit_signs, codes[rows], signs[rows], random=5).score.value for rows in drawn]
    assert found.score.error == pytest.approx(np.std(values), rel=0.3)


def test_in_one_dimension_every_direction_is_the_vector() -> None:
    fit, fit_labels = clusters(100, classes=2, latent=2)
    fit, signs = fit[:, :1], of_classes(fit_labels, np.array([0]))
    found = attributes(fit, signs, fit, signs)
    assert found.chance == pytest.approx(found.score.value)


def test_constant_codes_tell_nothing_apart() -> None:
    codes, labels = np.zeros((60, 3), np.float32), np.arange(60) % 3
    signs = of_classes(labels, np.arange(3))
    found = attributes(codes, signs, codes, signs)
    assert (found.score.value, found.score.error, found.chance) == (0.5, 0, 0.5)


def test_random_labels_score_as_chance_does() -> None:
    codes, _ = clusters(600, latent=8)
    labels = np.random.default_rng(9).integers(0, 3, 600)
    signs = of_classes(labels, np.arange(3))
    found = attributes(codes[:300], signs[:300], codes[300:], signs[300:])
    assert found.score.value == pytest.approx(0.5, abs=0.08)
    assert found.score.value < found.chance + 0.05


def test_moves_are_differences_of_means_and_as_long_at_random() -> None:
    fit = np.array([[0, 0], [2, 0], [10, 4], [10, 6.0]], np.float32)
    fit_labels = np.array([3, 3, 7, 7])
    codes, labels = np.array([[1, 1], [9, 5]], np.float32), np.array([3, 7])
    found = moves(codes, labels, fit, fit_labels)
    # Means (1, 0) and (10, 5): (9, 5) apart.
    assert found.targets.tolist() == [7, 3]
    assert found.moved == pytest.approx(np.array([[10, 6], [0, 0]]))
    length = np.linalg.norm(found.at_random - codes, axis=1)
    assert length == pytest.approx([106**0.5] * 2, rel=1e-5)
    assert np.allclose(vectors(fit, of_classes(fit_labels, np.array([7]))), [[9, 5]])


def test_no_image_is_moved_to_its_own_class() -> None:
    codes, labels = clusters(300, classes=4)
    kept = labels != 2
    found = moves(codes[kept], labels[kept], codes, np.where(labels == 2, -1, labels))
    assert set(found.targets) == {0, 1, 3}
    assert not (found.targets == labels[kept]).any()


def test_moves_in_a_collapsed_space_go_nowhere() -> None:
    codes, labels = np.ones((10, 2), np.float32), np.arange(10) % 2
    found = moves(codes, labels, codes, labels)
    assert np.array_equal(found.moved, codes)
    assert np.array_equal(found.at_random, codes)


def test_pictures_are_classified_in_parts_of_any_size() -> None:
    pictures = np.random.default_rng(0).random((300, 1, 14, 14)).astype(np.float32)
    found = digits(pictures)
    assert found.shape == (300,)
    assert np.array_equal(found[290:], digits(pictures[290:]))
