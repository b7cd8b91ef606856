"""Folders of images: labels, sizes, colour, order, and unrelated files."""

from __future__ import annotations

import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.bad_files import png_declaring
from tests.trainer.data.conftest import Watch
from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import DataError, ImageData
from trainer.progress import CancelledError, Progress

Load = Callable[..., ImageData]
Picture = Callable[..., Image.Image]


def fill(folder: Path, picture: Picture, count: int = 3, **settings: object) -> None:
    """Write `count` different valid pictures to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        picture(seed=number, **settings).save(folder / f"good{number}.png")


def test_class_folders_become_labels(tmp_path: Path, picture: Picture, load_folder: Load):
    fill(tmp_path / "dog", picture, 3)
    fill(tmp_path / "cat" / "indoors" / "night", picture, 2)
    fill(tmp_path, picture, 1)
    data = load_folder()
    assert data.label_names == ("cat", "dog")
    assert sorted(data.labels.tolist()) == [-1, 0, 0, 1, 1, 1]
    assert data.title == tmp_path.name
    assert data.images.shape == (6, 3, 32, 32)


def test_folders_that_hold_everything_are_stepped_into(tmp_path: Path, picture: Picture, load_folder: Load):
    fill(tmp_path / "photos" / "red", picture, 2)
    fill(tmp_path / "photos" / "blue", picture, 2)
    assert load_folder().label_names == ("blue", "red")


@pytest.mark.parametrize("below", [".", "only"])
def test_without_class_folders_there_are_no_labels(
    below: str, tmp_path: Path, picture: Picture, load_folder: Load
):
    fill(tmp_path / below, picture)
    data = load_folder()
    assert data.labels is None
    assert data.label_names == ()


def test_rows_are_a_seeded_permutation_of_the_names_in_natural_order(tmp_path: Path, load_folder: Load):
    names = ["9.png", "10.png", "a/z.png", "a.png", "B.png", "b.png", "é.png"]
    if sys.platform in ("win32", "darwin"):
        names.remove("B.png")
    (tmp_path / "a").mkdir()
    for value, name in enumerate(reversed(names), start=200):  # written in reverse order
        Image.new("L", (8, 8), value).save(tmp_path / unicodedata.normalize("NFD", name))
    values = [200 + list(reversed(names)).index(name) for name in names]
    expected = [values[index] for index in np.random.default_rng(5).permutation(len(names))]
    data = load_folder(seed=5, size=8)
    assert data.images[:, 0, 0, 0].tolist() == expected
    assert load_folder(seed=5, size=8).fingerprint == data.fingerprint
    assert load_folder(seed=5, size=8, count=3).images[:, 0, 0, 0].tolist() == expected[:3]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_names_that_are_no_text_can_be_shown(tmp_path: Path, picture: Picture, load_folder: Load):
    fill(tmp_path / "good", picture, 2)
    broken = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(broken)
    Path(os.fsdecode(broken + b"/\xff.png")).write_text("no picture")
    picture().save(os.fsdecode(broken + b"/\xfe.png"))
    data = load_folder()
    assert data.label_names == (r"caf\xe9", "good")
    assert [skipped.path for skipped in data.skipped] == [r"caf\xe9/\xff.png"]


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ((8, 8), 28),
        ((28, 40), 28),
        ((30, 30), 28),
        ((31, 99), 32),
        ((48, 48), 32),
        ((49, 60), 64),
        ((500, 900), 64),
    ],
)
def test_size_suits_the_pictures(
    sides: tuple[int, int], expected: int, tmp_path: Path, picture: Picture, load_folder: Load
):
    fill(tmp_path, picture, width=sides[1], height=sides[0])
    assert load_folder().shape == (3, expected, expected)
    assert load_folder(size=20).shape == (3, 20, 20)


def test_mixed_sizes_and_all_modes(tmp_path: Path, picture: Picture, load_folder: Load):
    colour = picture(40, 30)
    colour.save(tmp_path / "rgb.jpg")
    colour.convert("CMYK").save(tmp_path / "cmyk.jpeg")
    colour.convert("P").save(tmp_path / "palette.gif")
    colour.convert("RGBA").save(tmp_path / "alpha.webp")
    colour.convert("L").save(tmp_path / "grey.pgm")
    colour.convert("1").save(tmp_path / "bits.tiff")
    colour.convert("LA").save(tmp_path / "la.png")
    colour.save(tmp_path / "colour.ppm")
    colour.save(tmp_path / "windows.bmp")
    Image.fromarray(np.full((50, 20), 40_000, np.uint16)).save(tmp_path / "deep.png")
    Image.fromarray(np.full((50, 20), 0.5, np.float32)).save(tmp_path / "float.tif")
    data = load_folder(size=28)
    assert data.images.shape == (11, 3, 28, 28)
    assert data.skipped == ()


def only(tmp_path: Path, image: Image.Image, load_folder: Load, name: str = "a.png", **settings: object):
    """`image` as loaded, (C, H, W), from a folder with one more, grey picture."""
    image.save(tmp_path / name)
    Image.new("L", image.size, 77).save(tmp_path / "z.png")
    data = load_folder(**settings)
    assert data.skipped == ()
    return next(row for row in data.images if not (row == 77).all())


def test_transparency_is_shown_on_white(tmp_path: Path, load_folder: Load):
    image = Image.new("RGBA", (28, 28), (255, 0, 0, 0))
    image.putpixel((3, 4), (10, 20, 30, 255))
    seen = only(tmp_path, image, load_folder)
    assert seen[:, 4, 3].tolist() == [10, 20, 30]
    assert seen[:, 0, 0].tolist() == [255, 255, 255]


def test_transparent_palette_is_shown_on_white(tmp_path: Path, load_folder: Load):
    image = Image.new("P", (28, 28), 0)
    image.putpalette([0, 0, 0, 200, 0, 0])
    image.putpixel((3, 4), 1)
    image.info["transparency"] = 0
    seen = only(tmp_path, image, load_folder)
    assert seen[:, 4, 3].tolist() == [200, 0, 0]
    assert seen[:, 0, 0].tolist() == [255, 255, 255]


def test_sixteen_bits_keep_one_scale(tmp_path: Path, load_folder: Load):
    image = Image.fromarray(np.full((28, 28), 257 * 150, np.uint16))
    assert (only(tmp_path, image, load_folder) == 150).all()


def test_cameras_held_on_their_side(tmp_path: Path, load_folder: Load):
    pixels = np.zeros((28, 28), np.uint8)
    pixels[:10, :5] = 200  # top left before the EXIF rotation
    exif = Image.Exif()
    exif[0x0112] = 6  # rotate clockwise
    path = tmp_path / "a.png"
    Image.fromarray(pixels).save(path, exif=exif)
    Image.new("L", (28, 28), 77).save(tmp_path / "z.png")
    seen = next(row for row in load_folder().images if not (row == 77).all())
    np.testing.assert_array_equal(seen[0], np.rot90(pixels, -1))


@pytest.mark.parametrize("fit", ["crop", "pad", "stretch"])
def test_fits(fit: str, tmp_path: Path, load_folder: Load):
    wide = np.full((28, 56), 200, np.uint8)
    wide[:, :14] = 100
    seen = only(tmp_path, Image.fromarray(wide), load_folder, fit=fit, size=28)[0]
    if fit == "crop":
        assert (seen == 200).all()  # the left quarter is cut off
    elif fit == "pad":
        assert (seen[:7] == 0).all()
        assert (seen[21:] == 0).all()
        assert (seen[8:20, 20:] == 200).all()
    else:
        assert (seen[:, :5] == 100).all()
        assert (seen[:, 10:] == 200).all()


def test_shrinking_averages_instead_of_skipping(tmp_path: Path, load_folder: Load):
    board = (np.indices((224, 224)).sum(axis=0) % 2 * 255).astype(np.uint8)
    seen = only(tmp_path, Image.fromarray(board), load_folder, size=28)
    assert np.abs(seen.astype(int) - 127).max() <= 3


def test_auto_colour_is_grey_only_if_every_picture_is(tmp_path: Path, picture: Picture, load_folder: Load):
    for number in range(3):
        picture(mode="L", seed=number).convert("RGB").save(tmp_path / f"{number}.png")  # grey, stored as colour
    grey = load_folder()
    assert grey.shape == (1, 32, 32)
    assert load_folder(colour="colour").shape == (3, 32, 32)
    picture().save(tmp_path / "colourful.png")
    assert load_folder().shape == (3, 32, 32)
    assert load_folder(colour="grey").shape == (1, 32, 32)


def test_bad_files_are_left_out_counted_and_named(tmp_path: Path, picture: Picture, load_folder: Load):
    fill(tmp_path / "good", picture, 4)
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "text.png").write_text("this is no picture")
    (bad / "empty.jpg").touch()
    (bad / "huge.png").write_bytes(png_declaring(30_000, 30_000))
    (bad / "large.png").write_bytes(
        png_declaring(9_500, 9_500)
    )  # above Pillow's warning limit, below its error limit
    (bad / "nothing.png").write_bytes(png_declaring(28, 0))
    whole = (tmp_path / "good" / "good0.png").read_bytes()
    (bad / "cut.png").write_bytes(whole[: len(whole) // 2])
    (bad / "phone.heic").write_bytes(b"whatever")
    (bad / "sub.png").mkdir()
    Image.fromarray(np.full((9, 9), np.nan, np.float32)).save(bad / "nan.tif")
    (bad / "notes.txt").write_text("ignored")
    (bad / "._resource.png").write_text("ignored")
    data = load_folder()
    assert data.count == 4
    reasons = {skipped.path: str(skipped.reason) for skipped in data.skipped}
    assert reasons == {
        "bad/cut.png": "damaged or cut short",
        "bad/empty.jpg": "not a picture in a format that is read here",
        "bad/huge.png": "30,000 x 30,000 pixels are too many",
        "bad/large.png": "9,500 x 9,500 pixels are too many",
        "bad/nan.tif": "values that are not finite",
        "bad/nothing.png": "not a picture in a format that is read here",
        "bad/phone.heic": ".heic is not a format that is read here",
        "bad/text.png": "not a picture in a format that is read here",
    }


def test_gaps_of_bad_files_are_closed_in_order(tmp_path: Path, load_folder: Load):
    for value in range(20):
        noise = np.random.default_rng(value).integers(0, 256, (28, 28), np.uint8)
        noise[0, 0] = value
        Image.fromarray(noise).save(tmp_path / f"{value:02}.png")
    before = [value for value in load_folder().images[:, 0, 0, 0].tolist() if value % 3]
    for value in range(0, 20, 3):
        path = tmp_path / f"{value:02}.png"
        path.write_bytes(path.read_bytes()[:-30])
    data = load_folder()
    assert data.images[:, 0, 0, 0].tolist() == before
    assert len(data.skipped) == 7


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made the POSIX way")
@pytest.mark.timeout(20)
def test_links_in_circles_and_pipes_do_not_hang(tmp_path: Path, picture: Picture, load_folder: Load):
    fill(tmp_path / "a", picture, 2)
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "0").symlink_to(tmp_path / "a")
    (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
    (tmp_path / "nowhere.png").symlink_to(tmp_path / "gone.png")
    os.mkfifo(tmp_path / "pipe.png")
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    fill(elsewhere, picture, 2)
    (tmp_path / "linked").symlink_to(elsewhere)
    data = load_folder()
    assert data.count == 4
    assert data.label_names == ("a", "linked")  # a folder has its own name, not a link's
    assert [skipped.path for skipped in data.skipped] == ["nowhere.png", "pipe.png", "self.png"]


def test_wrong_folders_are_sentences(tmp_path: Path, picture: Picture, load_folder: Load):
    with pytest.raises(DataError, match=r"The folder .*gone does not exist; choose another"):
        load_folder(tmp_path / "gone")
    with pytest.raises(DataError, match=r"holds no images \(PNG, JPEG, BMP, .*\); choose another folder"):
        load_folder()
    file = tmp_path / "notes.txt"
    file.write_text("hello")
    with pytest.raises(DataError, match=r"notes\.txt is a file, not a folder of images"):
        load_folder(file)
    with pytest.raises(DataError, match="holds no images"):
        load_folder()  # a folder with other files in it
    with pytest.raises(DataError, match="No folder was chosen"):
        registry.load(DataConfig(name="folder"), tmp_path)
    picture().save(tmp_path / "one.png")
    with pytest.raises(DataError, match=r"holds only one image that can be used; at least two are needed\."):
        load_folder()
    (tmp_path / "two.png").write_text("no picture")
    with pytest.raises(DataError, match=r"only one image .*left out: two\.png: not a picture"):
        load_folder()
    (tmp_path / "two.png").write_bytes((tmp_path / "one.png").read_bytes()[:-100])
    with pytest.raises(DataError, match=r"only one image .*left out: two\.png: damaged"):
        load_folder()
    (tmp_path / "one.png").write_text("no picture")
    with pytest.raises(DataError, match="no image that can be used; at least two are needed"):
        load_folder()


@pytest.mark.parametrize("stage", ["Looking for images", "Looking at images", "Reading images"])
def test_a_folder_that_vanishes_is_a_sentence(stage: str, tmp_path: Path, picture: Picture):
    drive = tmp_path / "drive"
    fill(drive, picture, 5)

    def unplug(progress: Progress) -> None:
        if str(progress.what) == stage:
            shutil.rmtree(drive, ignore_errors=True)

    config = DataConfig(name="folder", path=str(drive))
    with pytest.raises(DataError, match=r"vanished while it was being read|could not be read \(No such file"):
        registry.load(config, tmp_path, progress=unplug)


def test_one_file_that_vanishes_is_left_out(tmp_path: Path, picture: Picture):
    fill(tmp_path, picture, 5)

    def remove(progress: Progress) -> None:
        if str(progress.what) == "Reading images":
            (tmp_path / "good3.png").unlink(missing_ok=True)

    config = DataConfig(name="folder", path=str(tmp_path))
    data = registry.load(config, tmp_path, progress=remove)
    assert data.count + len(data.skipped) == 5
    assert all(str(skipped.reason) == "it vanished" for skipped in data.skipped)


@pytest.mark.parametrize("stop", [0, 1, 2, 3, 5])
def test_cancel_and_the_next_load(stop: int, tmp_path: Path, picture: Picture, load_folder: Load):
    fill(tmp_path, picture, 4)
    config = DataConfig(name="folder", path=str(tmp_path))
    with pytest.raises(CancelledError):
        registry.load(config, tmp_path, cancelled=Watch(stop).cancelled)
    watch = Watch()
    assert registry.load(config, tmp_path, progress=watch.report).count == 4
    assert {str(report.what) for report in watch.reports} == {
        "Looking for images",
        "Looking at images",
        "Reading images",
    }


def test_too_large_for_the_memory_is_said_before_decoding(
    tmp_path: Path, picture: Picture, load_folder: Load, monkeypatch: pytest.MonkeyPatch
):
    from trainer.data import memory

    fill(tmp_path, picture, 4)
    monkeypatch.setattr(memory, "free_memory", lambda: 10_000)
    with pytest.raises(
        DataError, match=r"4 images from .* brought to 32 x 32 pixels, needs .* only 10 kB are free"
    ):
        load_folder()


def test_photographs(data_folder: Path):
    folder = data_folder / "photographs"
    if not folder.is_dir():
        pytest.skip("the data folder has no photographs")
    started = time.thread_time()
    data = registry.load(DataConfig(name="folder", path=str(folder)), data_folder)
    assert time.thread_time() - started < 10
    assert data.images.shape == (1500, 3, 32, 32)
    assert np.bincount(data.labels).tolist() == [150] * 10
    assert data.label_names[0] == "airplane"
    assert data.skipped == ()
    with Image.open(folder / "cat" / "0000.jpg") as image:
        cat = np.asarray(image).transpose(2, 0, 1)
    assert (data.images == cat).all(axis=(1, 2, 3)).sum() == 1
