"""torchvision's sets from disk: rows, official split, and errors for missing or damaged files."""

from __future__ import annotations

import hashlib
import os
import pickle  # to create files that the program must refuse
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.conftest import Watch, idx_bytes, write_mnist
from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.download import md5_of
from trainer.data.idx import open_idx
from trainer.data.images import DataError
from trainer.data.loading import Loading
from trainer.data.split import official_rows
from trainer.data.torchvision_sets import KNOWN_SETS
from trainer.progress import CancelledError

MNIST = DataConfig(name="mnist")


@pytest.mark.parametrize("packed", [False, True])
def test_mnist_keeps_the_official_split(packed: bool, tmp_path: Path):
    arrays = write_mnist(tmp_path, packed=packed)
    watch = Watch()
    data = registry.load(MNIST, tmp_path, progress=watch.report)
    assert data.images.shape == (25, 1, 28, 28)
    assert data.train_count == 20
    np.testing.assert_array_equal(data.images[:20, 0], arrays["train-images-idx3-ubyte"])
    np.testing.assert_array_equal(data.images[20:, 0], arrays["t10k-images-idx3-ubyte"])
    np.testing.assert_array_equal(data.labels[20:], arrays["t10k-labels-idx1-ubyte"])
    assert data.label_names == tuple("0123456789")
    assert [str(report.unit) for report in watch.reports] == ["images", "images"]
    assert not data.images.flags.writeable


def test_count_keeps_the_proportion(tmp_path: Path):
    arrays = write_mnist(tmp_path, train=20, test=5)
    data = registry.load(MNIST.replace(count=10), tmp_path)
    assert (data.count, data.train_count) == (10, 8)
    rows = official_rows(20, 5, MNIST.replace(count=10))
    np.testing.assert_array_equal(data.images[:8, 0], arrays["train-images-idx3-ubyte"][rows[0]])
    np.testing.assert_array_equal(data.labels[8:], arrays["t10k-labels-idx1-ubyte"][rows[1]])
    assert registry.load(MNIST.replace(count=2), tmp_path).train_count == 1
    assert registry.load(MNIST.replace(count=99), tmp_path).count == 25
    assert registry.load(MNIST.replace(colour="colour"), tmp_path).shape == (3, 28, 28)


def test_missing_says_how_large_the_download_is(tmp_path: Path):
    with pytest.raises(DataError, match=r"MNIST is not in .*; download it \(12 MB\) or choose another"):
        registry.load(MNIST, tmp_path)
    with pytest.raises(DataError, match=r"SVHN is not in .*; download it \(246 MB\)"):
        registry.load(DataConfig(name="svhn"), tmp_path)
    with pytest.raises(DataError, match=r"The data folder .*gone does not exist"):
        registry.load(MNIST, tmp_path / "gone")
    assert list(tmp_path.iterdir()) == []


def test_incomplete_and_damaged_files_are_named(tmp_path: Path):
    write_mnist(tmp_path)
    raw = tmp_path / "MNIST" / "raw"
    labels = raw / "train-labels-idx1-ubyte"
    good = labels.read_bytes()
    labels.unlink()
    with pytest.raises(DataError, match=r"incomplete .*raw.train-labels-idx1-ubyte is missing"):
        registry.load(MNIST, tmp_path)
    labels.write_bytes(idx_bytes(np.zeros(19, np.uint8)))
    with pytest.raises(DataError, match=r"labels 19 images but train-images-idx3-ubyte holds 20"):
        registry.load(MNIST, tmp_path)
    labels.write_bytes(idx_bytes(np.full(20, 10, np.uint8)))
    with pytest.raises(DataError, match="labels that it cannot have"):
        registry.load(MNIST, tmp_path)
    labels.write_bytes(good[:-1])
    with pytest.raises(DataError, match="train-labels-idx1-ubyte declares"):
        registry.load(MNIST, tmp_path)
    labels.write_bytes(good)
    (raw / "t10k-images-idx3-ubyte").write_bytes(idx_bytes(np.zeros((5, 8, 8), np.uint8)))
    with pytest.raises(DataError, match="images of 8 x 8 pixels, not those of MNIST"):
        registry.load(MNIST, tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are files here")
def test_what_is_no_file_is_said_at_once(tmp_path: Path):
    write_mnist(tmp_path)
    labels = tmp_path / "MNIST" / "raw" / "train-labels-idx1-ubyte"
    for make, what in ((lambda: os.mkfifo(labels), "a pipe"), (lambda: labels.symlink_to(os.devnull), "a device")):
        labels.unlink()
        make()
        with pytest.raises(DataError, match=rf"train-labels-idx1-ubyte could not be read \(it is {what}, not"):
            registry.load(MNIST, tmp_path)
        # Also where it was one file per moment ago.
        for read in (partial(open_idx, labels, 1), partial(md5_of, labels, Loading(folder=tmp_path))):
            with pytest.raises(OSError, match=f"it is {what}"):
                read()


def test_emnist_is_turned_upright(tmp_path: Path):
    raw = tmp_path / "EMNIST" / "raw"
    raw.mkdir(parents=True)
    upright = np.random.default_rng(0).integers(0, 256, (6, 28, 28), np.uint8)
    for part, rows in (("train", slice(0, 4)), ("test", slice(4, 6))):
        sideways = np.ascontiguousarray(upright[rows].transpose(0, 2, 1))
        (raw / f"emnist-balanced-{part}-images-idx3-ubyte").write_bytes(idx_bytes(sideways))
        labels = np.full(len(sideways), 46, np.uint8)
        (raw / f"emnist-balanced-{part}-labels-idx1-ubyte").write_bytes(idx_bytes(labels))
    data = registry.load(DataConfig(name="emnist"), tmp_path)
    np.testing.assert_array_equal(data.images[:, 0], upright)
    assert data.label_names[46] == "t"


def test_a_folder_that_vanishes_while_loading_is_a_sentence(tmp_path: Path):
    write_mnist(tmp_path / "drive")

    def unplug(_progress: object) -> None:
        (tmp_path / "drive").rename(tmp_path / "elsewhere")

    with pytest.raises(
        DataError, match=r"could not be read \(No such file or directory\); check that it is still"
    ):
        registry.load(MNIST, tmp_path / "drive", progress=unplug)


@pytest.mark.parametrize("stop", range(6))
def test_cancel_at_any_question(stop: int, tmp_path: Path):
    write_mnist(tmp_path)
    with pytest.raises(CancelledError):
        registry.load(MNIST, tmp_path, cancelled=Watch(stop).cancelled)


def test_known_facts_agree_with_torchvision():
    from torchvision import datasets

    classes = {"mnist": "MNIST", "fashion-mnist": "FashionMNIST", "kmnist": "KMNIST"}
    for known in KNOWN_SETS:
        if known.name in classes:
            expected = [name.split(" - ")[0] for name in getattr(datasets, classes[known.name]).classes]
            assert list(known.labels) == expected
        if known.name == "emnist":
            assert list(known.labels) == datasets.EMNIST.classes_split_dict["balanced"]


def _write_cifar(folder: Path, monkeypatch: pytest.MonkeyPatch) -> np.ndarray:
    """Write a CIFAR-10 of six batches of four images, and set torchvision's checksums to match."""
    from torchvision.datasets import CIFAR10

    place = folder / "cifar-10-batches-py"
    place.mkdir()
    pixels = np.random.default_rng(0).integers(0, 256, (24, 3072), np.uint8)
    names = [*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"]
    sums = []
    for number, name in enumerate(names):
        rows = slice(4 * number, 4 * number + 4)
        content = pickle.dumps({"data": pixels[rows], "labels": [number, 1, 2, 3]}, protocol=2)
        (place / name).write_bytes(content)
        sums.append([name, hashlib.md5(content).hexdigest()])
    meta = pickle.dumps({"label_names": [str(number) for number in range(10)]}, protocol=2)
    (place / "batches.meta").write_bytes(meta)
    monkeypatch.setattr(CIFAR10, "train_list", sums[:5])
    monkeypatch.setattr(CIFAR10, "test_list", sums[5:])
    monkeypatch.setitem(CIFAR10.meta, "md5", hashlib.md5(meta).hexdigest())
    return pixels.reshape(24, 3, 32, 32)


def _shrink(name: str, train: int, test: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the registry expect `train` and `test` rows of `name`."""
    from dataclasses import replace
    from functools import partial

    from trainer.data.torchvision_sets import load_known

    (known,) = [known for known in KNOWN_SETS if known.name == name]
    small = replace(known, train=train, test=test)
    source = registry._sources[name]
    monkeypatch.setitem(registry._sources, name, replace(source, load=partial(load_known, small)))


def test_cifar_is_read_and_keeps_its_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pixels = _write_cifar(tmp_path, monkeypatch)
    _shrink("cifar10", 20, 4, monkeypatch)
    data = registry.load(DataConfig(name="cifar10"), tmp_path)
    np.testing.assert_array_equal(data.images, pixels)
    assert data.train_count == 20
    assert list(data.labels[20:]) == [5, 1, 2, 3]
    grey = registry.load(DataConfig(name="cifar10", colour="grey", count=12), tmp_path)
    assert grey.images.shape == (12, 1, 32, 32)


def test_a_foreign_pickle_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _write_cifar(tmp_path, monkeypatch)
    _shrink("cifar10", 20, 4, monkeypatch)
    mark = tmp_path / "executed"

    class Trap:
        def __reduce__(self):
            return (Path.touch, (mark,))

    (tmp_path / "cifar-10-batches-py" / "test_batch").write_bytes(pickle.dumps(Trap()))
    with pytest.raises(DataError, match="test_batch is not the original file of CIFAR-10"):
        registry.load(DataConfig(name="cifar10"), tmp_path)
    assert not mark.exists()


def test_svhn_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from scipy.io import savemat
    from torchvision.datasets import SVHN

    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (10, 3, 32, 32), np.uint8)
    labels = np.array([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    entries = {}
    for part, rows in (("train", slice(0, 7)), ("test", slice(7, 10))):
        file = tmp_path / f"{part}_32x32.mat"
        savemat(file, {"X": pixels[rows].transpose(2, 3, 1, 0), "y": labels[rows, None].astype(np.uint8)})
        entries[part] = ["http://localhost/", file.name, hashlib.md5(file.read_bytes()).hexdigest()]
    monkeypatch.setattr(SVHN, "split_list", entries)
    _shrink("svhn", 7, 3, monkeypatch)
    data = registry.load(DataConfig(name="svhn"), tmp_path)
    np.testing.assert_array_equal(data.images, pixels)
    assert list(data.labels) == [0, *range(1, 10)]
    (tmp_path / "test_32x32.mat").write_bytes(b"other")
    with pytest.raises(DataError, match="not the original file of SVHN"):
        registry.load(DataConfig(name="svhn"), tmp_path)


def test_real_mnist(data_folder: Path):
    started = time.thread_time()
    data = registry.load(MNIST, data_folder)
    assert time.thread_time() - started < 2
    assert data.images.shape == (70_000, 1, 28, 28)
    assert data.train_count == 60_000
    assert list(data.labels[:5]) == [5, 0, 4, 1, 9]
    assert np.bincount(data.labels[60_000:]).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert data.images[:60_000].mean() / 255 == pytest.approx(0.1307, abs=1e-4)
