"""The registry: available data sets, registration of new ones, and errors for invalid choices."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.conftest import write_mnist
from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import DataError, DataInfo, ImageData
from trainer.data.loading import Loading, Source
from trainer.progress import CancelledError


def test_available_lists_every_named_set_with_what_is_at_hand(tmp_path: Path):
    write_mnist(tmp_path)
    infos = {info.name: info for info in registry.available(tmp_path)}
    published = ["mnist", "fashion-mnist", "kmnist", "emnist", "cifar10", "svhn"]
    assert list(infos)[:2] == ["digits", "moons"]
    assert list(infos)[-len(published) :] == published
    assert [name for name in published if infos[name].present] == ["mnist"]
    assert all(info.present for name, info in infos.items() if name not in published)
    assert infos["mnist"].title == "MNIST"
    assert infos["mnist"].download_bytes == 0
    assert infos["cifar10"].shape == (3, 32, 32)
    assert infos["emnist"].count == 131_600


def test_available_in_a_missing_folder_says_absent(tmp_path: Path):
    infos = registry.available(tmp_path / "gone")
    assert not any(info.present for info in infos if info.download_bytes)


def test_listing_and_loading_light_data_imports_no_heavy_library(tmp_path: Path):
    code = (
        "import sys; from pathlib import Path; from trainer.config import DataConfig\n"
        "from trainer.data import registry\n"
        f"registry.available(Path({str(tmp_path)!r}))\n"
        "registry.load(DataConfig(name='digits'), Path('.'))\n"
        "print([name for name in ('torch', 'torchvision', 'sklearn', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_later_data_set_is_one_source(tmp_path: Path):
    def load_stars(config: DataConfig, loading: Loading) -> ImageData:
        images = np.zeros((4, 1, 8, 8), np.uint8)
        return ImageData(config=config, title="Stars", images=images, train_count=3)

    def info(folder: Path) -> DataInfo:
        return DataInfo(name="stars", title="Stars", shape=(1, 8, 8), count=4, present=True, download_bytes=0)

    registry.register(Source(name="stars", load=load_stars, info=info))
    try:
        assert registry.load(DataConfig(name="stars"), tmp_path).title == "Stars"
        assert registry.available(tmp_path)[-1].name == "stars"
        assert registry.config_for("stars") == DataConfig(name="stars")
        with pytest.raises(ValueError, match="already"):
            registry.register(Source(name="stars", load=load_stars))
    finally:
        registry.unregister("stars")


def test_an_unknown_name_is_a_sentence_with_the_names(tmp_path: Path):
    with pytest.raises(DataError, match=r"no data set called 'mnits'; there are digits, moons, "):
        registry.load(DataConfig(name="mnits"), tmp_path)


def test_config_for_names_folders_and_arrays(tmp_path: Path):
    array = tmp_path / "Pictures.NPY"
    with array.open("wb") as file:
        np.save(file, np.zeros((2, 8, 8)))
    assert registry.config_for("moons").name == "moons"
    assert registry.config_for(str(tmp_path)) == DataConfig(name="folder", path=str(tmp_path), held_out=None)
    assert registry.config_for(str(array)) == DataConfig(name="array", path=str(array), held_out=None)


@pytest.mark.parametrize("choice", ["folder", "nothing-like-it", ""])
def test_config_for_nothing_is_a_sentence(choice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="There is no data set, folder or array file called"):
        registry.config_for(choice)


def test_config_for_another_file_is_a_sentence(tmp_path: Path):
    file = tmp_path / "notes.txt"
    file.write_text("hello")
    with pytest.raises(DataError, match=r"neither a folder nor a \.npy"):
        registry.config_for(str(file))


def test_system_errors_become_sentences(tmp_path: Path):
    def vanish(config: DataConfig, loading: Loading) -> ImageData:
        (loading.folder / "gone").open()
        raise AssertionError

    def exhaust(config: DataConfig, loading: Loading) -> ImageData:
        raise MemoryError

    for load, match in ((vanish, r"gone could not be read \(No such file"), (exhaust, "memory did not suffice")):
        registry.register(Source(name="bad", load=load))
        try:
            with pytest.raises(DataError, match=match):
                registry.load(DataConfig(name="bad"), tmp_path)
        finally:
            registry.unregister("bad")


@pytest.mark.parametrize("name", ["digits", "moons", "lines"])
def test_cancelled_before_the_start(name: str, tmp_path: Path):
    with pytest.raises(CancelledError):
        registry.load(DataConfig(name=name), tmp_path, cancelled=lambda: True)
