"""Copies of images in a new folder."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latent_explorer.core.explorer import DataView
from latent_explorer.tools.selection.files import Copied, CopyError, copy_images
from tests.latent_explorer.build import explorer_state
from tests.trainer.data.pictures import save_noise
from trainer.config import DataConfig
from trainer.data.registry import load


def folder_view(root: Path) -> DataView:
    data = load(DataConfig(name="folder", path=str(root)), root)
    return DataView(
        title=data.title, config=data.config, count=data.count, train_count=data.train_count, shape=data.shape,
        images=data.images, labels=data.labels, label_names=data.label_names, files=data.files,
    )  # fmt: skip


def copied(data: DataView, rows: np.ndarray, place: Path, name: str) -> Copied:
    last = list(copy_images(data, rows, place, name))[-1]
    assert isinstance(last, Copied)
    return last


def test_files_are_copied_as_they_are_with_their_folders(tmp_path: Path) -> None:
    names = ("cat/1.png", "dog/1.png", "dog/Käse & co.png", "ox.png")
    save_noise(*(tmp_path / "images" / name for name in names))
    data = folder_view(tmp_path / "images")
    found = copied(data, np.arange(4), tmp_path, "images selection")
    assert (found.files, found.drawn) == (4, 0)
    for name in names:
        copy = Path(found.folder) / name
        assert copy.read_bytes() == (tmp_path / "images" / name).read_bytes()
    # Another one beside it: nothing is replaced.
    again = copied(data, np.arange(2), tmp_path, "images selection")
    assert again.folder == f"{found.folder} 2"


def test_a_file_that_is_gone_is_written_from_its_pixels(tmp_path: Path) -> None:
    save_noise(*(tmp_path / "images" / f"{number}.png" for number in range(3)))
    data = folder_view(tmp_path / "images")
    row = data.files.index("1.png")
    (tmp_path / "images" / "1.png").unlink()
    found = copied(data, np.arange(3), tmp_path, "x")
    assert (found.files, found.drawn) == (2, 1)
    with Image.open(Path(found.folder) / "1.png.png") as image:
        assert np.array_equal(np.asarray(image.convert("L")), data.picture(row)[:, :, 0])  # type: ignore[index]


def test_other_images_are_png_files_by_number(tmp_path: Path) -> None:
    data = explorer_state(count=10).data
    assert data is not None
    found = copied(data, np.array([3, 7]), tmp_path, 'a/b:"c"?')
    assert sorted(path.name for path in Path(found.folder).iterdir()) == ["000003.png", "000007.png"]
    assert Path(found.folder).parent == tmp_path


def test_given_up_leaves_nothing(tmp_path: Path) -> None:
    data = explorer_state(count=10).data
    assert data is not None
    steps = copy_images(data, np.arange(10), tmp_path, "x")
    next(steps)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    data = explorer_state(count=10).data
    assert data is not None
    with pytest.raises(CopyError, match="choose another place"):
        list(copy_images(data, np.arange(3), tmp_path / "nowhere", "x"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_become_the_same_are_kept_apart(tmp_path: Path) -> None:
    save_noise(*(tmp_path / "images" / name for name in ("a:b.png", "a?b.png", "a_b.png")))
    data = folder_view(tmp_path / "images")
    found = copied(data, np.arange(3), tmp_path, "x")
    assert found.files == 3
    assert sorted(path.name for path in Path(found.folder).iterdir()) == ["a_b 2.png", "a_b 3.png", "a_b.png"]
    contents = {path.read_bytes() for path in Path(found.folder).iterdir()}
    assert contents == {path.read_bytes() for path in (tmp_path / "images").iterdir()}
