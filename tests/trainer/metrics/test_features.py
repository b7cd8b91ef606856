"""The feature spaces: pinned, torch-free, independent of batches, sizes and number types."""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter

from tests.trainer.latent.drained import drained
from trainer.config import DataConfig
from trainer.data import registry
from trainer.metrics import classifier
from trainer.metrics.features import feature_net_for
from trainer.metrics.random_features import RandomFeatures
from trainer.metrics.resize import resized
from trainer.metrics.samples import compare

GREY = (1, 28, 28)
COLOUR = (3, 48, 48)


def pictures(shape, count=5, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, *shape), dtype=np.uint8)


@pytest.mark.parametrize("shape", [GREY, COLOUR, (1, 8, 8), (1, 64, 48), (3, 16, 16), (4, 32, 32)])
def test_features_are_finite_and_do_not_depend_on_the_batch_or_the_number_type(shape):
    net = feature_net_for(shape)
    batch = pictures(shape, 600)
    found = net.features(batch)
    assert found.shape == (600, 64)
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert np.ptp(found, axis=0).max() > 0
    np.testing.assert_allclose(net.features(batch[590:]), found[590:], rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(net.features(batch.astype(np.float32) / 255), found, rtol=1e-3, atol=1e-3)


def test_names_say_which_network_and_never_fid():
    grey, colour = feature_net_for(GREY), feature_net_for(COLOUR)
    assert (grey.name, colour.name) == ("FD-clf", "FD-random")
    assert "classifier" in str(grey.sentence)
    assert "random" in str(colour.sentence)
    assert "FID" not in f"{grey.name} {grey.sentence} {colour.name} {colour.sentence}"


def test_not_a_number_is_black_and_values_are_clipped():
    net = feature_net_for(GREY)
    black = np.zeros((1, *GREY), np.float32)
    np.testing.assert_array_equal(net.features(np.full_like(black, np.nan)), net.features(black))
    np.testing.assert_array_equal(net.features(black - 3), net.features(black))
    assert net.features(np.empty((0, *GREY), np.uint8)).shape == (0, 64)


def test_another_shape_is_an_error():
    with pytest.raises(ValueError, match="1, 28, 28"):
        feature_net_for(GREY).features(pictures((1, 8, 8)))


def test_the_classifier_agrees_with_torch():
    weights = {name: torch.from_numpy(array) for name, array in classifier.weights().items()}
    batch = torch.from_numpy(pictures(GREY, 20)).flatten(1).float() / 255
    hidden = torch.relu(batch @ weights["0.weight"].T + weights["0.bias"])
    hidden = torch.relu(hidden @ weights["1.weight"].T + weights["1.bias"])
    found = feature_net_for(GREY).features(pictures(GREY, 20))
    np.testing.assert_allclose(found, hidden.numpy(), rtol=1e-4, atol=1e-4)


def test_the_random_network_agrees_with_torch():
    net = RandomFeatures(3)
    batch = pictures((3, 32, 32), 4).astype(np.float32) / 255
    hidden = torch.from_numpy(batch) - 0.5
    seen = []
    for kernel in net._kernels:
        shaped = torch.from_numpy(kernel).reshape(len(kernel), -1, 3, 3)
        hidden = torch.relu(torch.nn.functional.conv2d(hidden, shaped, stride=2, padding=1))
        seen += [hidden.mean((2, 3)), hidden.std((2, 3), unbiased=False)]
    expected = torch.cat(seen, 1) @ torch.from_numpy(net._last).T
    np.testing.assert_allclose(net.features(batch), expected.numpy(), rtol=1e-3, atol=1e-3)


def test_coverage_falls_as_pictures_lose_their_detail(data_folder):
    folder = data_folder / "photographs"
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing, so there are no colour photographs to blur")
    images = registry.load(DataConfig(name="folder", path=str(folder), size=32), data_folder).images
    order = np.random.default_rng(0).permutation(len(images))[: len(images) // 2 * 2]
    first, second = images[order[::2]], images[order[1::2]]
    net = feature_net_for((3, 32, 32))
    reference = net.features(first)
    found = [drained(compare(reference, net.features(second)))]
    for blur in (0.7, 1.0, 2.0):
        found.append(drained(compare(reference, net.features(gaussian_filter(second, (0, 0, blur, blur))))))
    coverage, distance = [one.coverage for one in found], [one.frechet for one in found]
    assert coverage == sorted(coverage, reverse=True)
    assert distance == sorted(distance)
    assert coverage[0] > 0.9
    assert coverage[-1] < 0.35
    assert distance[-1] > 20 * distance[0]


def test_the_random_network_keeps_pictures_apart_and_scale():
    # A network whose features collapse or explode would compare nothing.
    found = feature_net_for((3, 32, 32)).features(pictures((3, 32, 32), 200))
    spread = np.linalg.svd(found - found.mean(0), compute_uv=False)
    assert spread[-1] > 1e-2 * spread[0]
    assert 1e-2 < found.std() < 1e2


@pytest.mark.parametrize(("old", "new"), [(8, 28), (28, 28), (64, 28), (28, 14), (33, 28), (1, 28)])
def test_resizing_keeps_constant_pictures_and_the_mean_when_shrinking(old, new):
    constant = np.full((2, 1, old, old), 0.25, np.float32)
    np.testing.assert_allclose(resized(constant, new, new), 0.25, rtol=1e-6)
    picture = np.random.default_rng(0).random((1, 1, old, old), dtype=np.float32)
    if old >= new:
        np.testing.assert_allclose(resized(picture, new, new).mean(), picture.mean(), rtol=1e-5)


def test_resizing_agrees_with_torch():
    picture = np.random.default_rng(0).random((2, 3, 56, 42), dtype=np.float32)
    area = torch.nn.functional.adaptive_avg_pool2d(torch.from_numpy(picture), (28, 21))
    np.testing.assert_allclose(resized(picture, 28, 21), area.numpy(), rtol=1e-5, atol=1e-6)
    grown = torch.nn.functional.interpolate(torch.from_numpy(picture), size=(112, 100), mode="bilinear")
    np.testing.assert_allclose(resized(picture, 112, 100), grown.numpy(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_a_damaged_classifier_is_refused_in_a_sentence(damage, tmp_path, monkeypatch):
    folder = tmp_path / "classifier"
    folder.mkdir()
    contents = bytearray((classifier.files("resources") / "classifier" / classifier.FILE).read_bytes())
    contents[-1] ^= 1
    if damage == "changed":
        (folder / classifier.FILE).write_bytes(contents)
    monkeypatch.setattr(classifier, "files", lambda package: tmp_path)
    classifier.weights.cache_clear()
    with pytest.raises(classifier.ClassifierError, match=r"install again\.$"):
        classifier.weights()
    classifier.weights.cache_clear()


def test_no_torch_and_no_qt_are_needed():
    code = (
        "import sys, numpy, trainer.metrics.features as f;"
        "f.feature_net_for((1, 28, 28)).features(numpy.zeros((1, 1, 28, 28), numpy.uint8));"
        "print(sorted({'torch', 'PySide6', 'sklearn', 'latent_explorer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_accuracy_on_mnists_test_part(data_folder):
    data = registry.load(registry.config_for("mnist"), data_folder)
    held_out = data.images[data.train_count :]
    flat = held_out.reshape(len(held_out), -1).astype(np.float32) / 255
    start = time.thread_time()
    _, scores = classifier.forward(classifier.weights(), flat)
    assert time.thread_time() - start < 5
    assert (scores.argmax(1) == data.labels[data.train_count :]).mean() >= 0.98
