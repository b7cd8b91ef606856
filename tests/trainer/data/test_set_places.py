"""Published sets are found in all usual layouts and never confused with each other."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.conftest import idx_bytes, write_mnist
from tests.trainer.data.test_torchvision_sets import _shrink, _write_cifar
from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import DataError
from trainer.data.set_places import place_of, whose

NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def unpack(folder: Path, spelling: str, *, seed: int = 0, prefix: str = "") -> dict[str, np.ndarray]:
    """Write a small MNIST below `folder`; `spelling` is the path of each file with its name as "{}"."""
    arrays = write_mnist(folder / "made", seed=seed)
    shutil.rmtree(folder / "made")
    for name, array in arrays.items():
        path = folder / spelling.format(prefix + name, dotted=prefix + name.replace("-idx", ".idx"))
        path.parent.mkdir(parents=True, exist_ok=True)
        content = idx_bytes(array)
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return arrays


def found_in(folder: Path) -> list[str]:
    """The published sets that are found there; those of the program itself are there in an empty folder, too."""
    own = {info.name for info in registry.available(folder / "nothing") if info.present}
    return [info.name for info in registry.available(folder) if info.present and info.name not in own]


@pytest.mark.parametrize(
    "spelling",
    [
        *("MNIST/raw/{}", "mnist/raw/{}", "mnist/{}", "Mnist-Dataset/{}", "MNIST/{}.gz", "raw/MNIST/raw/{}"),
        *("{}", "{}.gz", "{dotted}", "{dotted}.gz", "raw/{}", "archive/{}", "archive/{0}/{0}", "{0}/{0}"),
        *("mnist/{dotted}", "mnist/{dotted}/{dotted}", "mnist/archive/{0}/{dotted}", "data/mnist/original/{}"),
    ],
)
def test_mnist_is_found(spelling: str, tmp_path: Path):
    arrays = unpack(tmp_path, spelling)
    data = registry.load(DataConfig(name="mnist"), tmp_path)
    np.testing.assert_array_equal(data.images[:20, 0], arrays["train-images-idx3-ubyte"])
    np.testing.assert_array_equal(data.images[20:, 0], arrays["t10k-images-idx3-ubyte"])
    usual = (tmp_path / "MNIST" / "raw" / NAMES[0]).exists()
    assert bool(data.remarks) == (not usual)
    (info,) = (one for one in registry.available(tmp_path) if one.name == "mnist")
    assert info.present
    assert found_in(tmp_path) == ["mnist"]


def test_both_ways_of_naming_a_file_lie_together(tmp_path: Path):
    """Some archives contain both plain files and folders with the files' names."""
    unpack(tmp_path, "{dotted}")
    arrays = unpack(tmp_path, "{0}/{0}")
    data = registry.load(DataConfig(name="mnist"), tmp_path)
    np.testing.assert_array_equal(data.images[:20, 0], arrays["train-images-idx3-ubyte"])


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("fashion-mnist", "fashion-mnist/{}"),
        ("fashion-mnist", "Fashion_MNIST/raw/{}.gz"),
        ("fashion-mnist", "data/fashion/{}"),
        ("kmnist", "KMNIST/{dotted}"),
        ("kmnist", "kuzushiji/{}"),
    ],
)
def test_relatives_go_by_the_folders_around_them(name: str, spelling: str, tmp_path: Path):
    arrays = unpack(tmp_path, spelling, seed=3)
    data = registry.load(DataConfig(name=name), tmp_path)
    np.testing.assert_array_equal(data.images[:20, 0], arrays["train-images-idx3-ubyte"])
    with pytest.raises(DataError, match="MNIST is not in"):
        registry.load(DataConfig(name="mnist"), tmp_path)
    assert found_in(tmp_path) == [name]


def test_a_data_folder_that_is_the_set_itself(tmp_path: Path):
    unpack(tmp_path / "FashionMNIST" / "raw", "{}")
    for folder in (tmp_path / "FashionMNIST", tmp_path / "FashionMNIST" / "raw"):
        assert place_of("fashion-mnist", folder).is_whole
        assert not place_of("mnist", folder).is_whole
        assert registry.load(DataConfig(name="fashion-mnist"), folder).remarks


@pytest.mark.parametrize("spelling", ["EMNIST/{}", "emnist/gzip/{}.gz", "gzip/{}.gz"])
def test_emnist_is_its_balanced_selection(spelling: str, tmp_path: Path):
    for prefix in ("emnist-letters-", "emnist-digits-"):
        unpack(tmp_path, spelling, prefix=prefix, seed=1)
    assert not place_of("emnist", tmp_path).is_whole
    for path in tmp_path.rglob("*t10k*"):
        path.rename(path.with_name(path.name.replace("t10k", "test")))
    unpack(tmp_path, spelling, prefix="emnist-balanced-", seed=2)
    for path in tmp_path.rglob("*balanced-t10k*"):
        path.rename(path.with_name(path.name.replace("t10k", "test")))
    place = place_of("emnist", tmp_path)
    assert place.is_whole
    assert all("balanced" in file.name for file in place.files if file is not None)


def test_files_that_no_one_claims_are_taken_for_mnist_and_that_is_said(tmp_path: Path):
    folder = tmp_path / "downloads"
    folder.mkdir()
    unpack(folder, "{}")
    (remark,) = map(str, registry.load(DataConfig(name="mnist"), folder).remarks)
    assert remark == f"The files in {folder} are taken for MNIST, as nothing says whose they are."
    unpack(folder, "mnist/{}")
    (remark,) = map(str, registry.load(DataConfig(name="mnist"), folder).remarks)
    assert remark in (
        f"The files in {folder} are taken for MNIST, as nothing says whose they are.",
        f"MNIST is read from {folder / 'mnist'}.",
    )


def test_what_is_missing_is_named_with_its_place(tmp_path: Path):
    unpack(tmp_path, "mnist/{}")
    missing = tmp_path / "mnist" / "t10k-labels-idx1-ubyte"
    missing.unlink()
    with pytest.raises(DataError) as error:
        registry.load(DataConfig(name="mnist"), tmp_path)
    assert f"MNIST in {tmp_path} is incomplete ({missing} is missing)" in str(error.value)
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError) as error:
        registry.load(DataConfig(name="mnist"), tmp_path / "empty")
    usual = tmp_path / "empty" / "MNIST" / "raw" / NAMES[0]
    assert f"MNIST is not in {tmp_path / 'empty'} ({usual} is missing); download it (12 MB)" in str(error.value)


def test_cifar_is_found_below_and_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "CIFAR-10"
    home.mkdir()
    _write_cifar(home, monkeypatch)
    _shrink("cifar10", 20, 4, monkeypatch)
    for folder in (tmp_path, home, home / "cifar-10-batches-py"):
        assert registry.load(DataConfig(name="cifar10"), folder).count == 24


def test_whose_a_folder_is():
    assert [whose(name) for name in ("MNIST", "mnist_dataset", "12-kaggle-mnist", "raw", "archive")] == [
        *("mnist", "mnist", "mnist", "", ""),
    ]
    assert [whose(name) for name in ("notMNIST", "qmnist", "MedMNIST", "photographs")] == [None] * 4
    assert [whose(name) for name in ("Kuzushiji-MNIST", "cifar-10-python", "fashionmnist", "EMNIST")] == [
        *("kmnist", "cifar10", "fashion-mnist", "emnist"),
    ]
