"""A common white level and background for a folder: deep, dark and transparent pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.trainer.data.conftest import Load
from tests.trainer.data.pictures import deep_png, noise, save_noise, tiff
from trainer.config import DataConfig
from trainer.data.image_file import picture_pixels
from trainer.data.images import DataError

RAMP = np.linspace(0, 1, 28 * 28).reshape(28, 28)


def save_deep(folder: Path, *largest: float, kind: str = "png") -> None:
    """Save 16-bit ramps from 0 to each of `largest`."""
    for number, high in enumerate(largest):
        Image.fromarray(np.rint(RAMP * high).astype(np.uint16)).save(folder / f"{number}.{kind}")


def brightest(data: object) -> dict[str, int]:
    """Largest grey level of each file."""
    return {file: int(image.max()) for file, image in zip(data.files, data.images, strict=True)}  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["png", "tif"])
def test_twelve_bits_have_a_white_of_their_own(kind: str, tmp_path: Path, load_folder: Load):
    save_deep(tmp_path, 4095, 4000, 2000, kind=kind)
    data = load_folder(size=28)
    assert brightest(data) == {f"0.{kind}": 255, f"1.{kind}": 249, f"2.{kind}": 125}
    assert data.config.white == 4095
    assert tuple(map(str, data.remarks)) == (
        "The largest value is 4,095 of 65,535 possible; 4,095 is shown as white (a white level of 65535 keeps the "
        "type's own range; --white on the command line).",
    )
    again = load_folder(size=28, white=4095)
    assert again.fingerprint == data.fingerprint
    assert again.remarks == ()
    assert brightest(load_folder(size=28, white=65_535))[f"0.{kind}"] == 16


def test_sixteen_bits_that_are_used_need_no_word(tmp_path: Path, load_folder: Load):
    save_deep(tmp_path, 65_535, 30_000)
    data = load_folder(size=28)
    assert brightest(data) == {"0.png": 255, "1.png": 117}
    assert (data.remarks, data.config.white) == ((), None)


@pytest.mark.parametrize("channels", [2, 3, 4])
def test_twelve_bits_of_colour(channels: int, tmp_path: Path, load_folder: Load):
    values = np.random.default_rng(0).integers(0, 4096, (28, 28, channels)).astype(np.uint16)
    values[0, 0] = 4095
    if channels != 3:
        values[..., -1] = 65_535
    for number in range(2):
        (tmp_path / f"{number}.png").write_bytes(deep_png(values))
    data = load_folder(size=28)
    colours = values[..., :-1] if channels != 3 else values
    expected = np.rint(colours.transpose(2, 0, 1) / 4095 * 255)
    np.testing.assert_array_equal(data.images[0], expected)
    assert data.config.white == 4095


@pytest.mark.parametrize("order", ["<", ">"])
def test_twelve_bits_of_colour_in_a_tiff(order: str, tmp_path: Path, load_folder: Load):
    values = np.random.default_rng(0).integers(0, 4096, (28, 28, 3)).astype(np.uint16)
    values[0, 0] = 4095
    for number in range(2):
        (tmp_path / f"{number}.tif").write_bytes(tiff(values, order))
    data = load_folder(size=28)
    np.testing.assert_array_equal(data.images[0], np.rint(values.transpose(2, 0, 1) / 4095 * 255))


def test_floats_count_from_nothing_to_one_or_to_their_largest(tmp_path: Path, load_folder: Load):
    for number, high in enumerate((37.5, 12.0)):
        Image.fromarray((RAMP * high).astype(np.float32)).save(tmp_path / f"{number}.tif")
    data = load_folder(size=28)
    assert brightest(data) == {"0.tif": 255, "1.tif": 82}
    assert data.config.white == 37.5
    Image.fromarray((RAMP - 0.5).astype(np.float32)).save(tmp_path / "2.tif")
    with pytest.raises(DataError, match=r"holds values from -0\.5 to 37\.5"):
        load_folder(size=28)


def test_one_picture_that_is_not_finite_costs_itself_alone(tmp_path: Path, load_folder: Load):
    for number in range(3):
        Image.fromarray(RAMP.astype(np.float32)).save(tmp_path / f"{number}.tif")
    Image.fromarray(np.full((28, 28), np.inf, np.float32)).save(tmp_path / "bad.tif")
    data = load_folder(size=28)
    assert data.count == 3
    assert [(file.path, str(file.reason)) for file in data.skipped] == [("bad.tif", "values that are not finite")]


@pytest.mark.parametrize("high", [1, 15, 99])
def test_bytes_that_stay_dark_have_a_white_of_their_own(high: int, tmp_path: Path, load_folder: Load):
    for number in range(3):
        Image.fromarray(noise(number, high=high + 1)).save(tmp_path / f"{number}.png")
    data = load_folder(size=28)
    white = {1: 1, 15: 15, 99: 127}[high]
    assert data.images.max() == round(high / white * 255)
    expected = np.rint(noise(0, high=high + 1) / white * 255)
    row = data.files.index("0.png")
    np.testing.assert_allclose(data.images[row, 0], expected, atol=1)
    assert data.config.white == {1: None, 15: 15, 99: 127}[high]
    assert bool(data.remarks) == (high != 1)
    again = load_folder(size=28, white=data.config.white)
    assert again.fingerprint == data.fingerprint


def test_black_pictures_are_said_to_be_black(tmp_path: Path, load_folder: Load):
    for number in range(2):
        Image.new("L", (28, 28)).save(tmp_path / f"{number}.png")
    assert tuple(map(str, load_folder().remarks)) == ("All values are 0, so all images are black.",)


def test_a_picture_of_ones_own_has_its_own_white(tmp_path: Path):
    save_deep(tmp_path, 4095)
    assert picture_pixels(tmp_path / "0.png", 100).max() == 255


# ---------------------------------------------------------------- transparency


def hidden(mode: str, alpha: int) -> Image.Image:
    """A noise picture with a constant, invisible `alpha`."""
    image = Image.fromarray(noise(5)).convert("L" if mode == "LA" else "RGB")
    image.putalpha(alpha)
    return image


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
@pytest.mark.parametrize("alpha", [0, 1, 3])
def test_alpha_that_hides_everything_is_ignored(alpha: int, mode: str, tmp_path: Path, load_folder: Load):
    hidden(mode, alpha).save(tmp_path / "a.png")
    save_noise(tmp_path / "z.png")
    data = load_folder(size=28)
    np.testing.assert_array_equal(data.images[data.files.index("a.png"), 0], noise(5))
    np.testing.assert_array_equal(picture_pixels(tmp_path / "a.png", 100)[..., 0], noise(5))


def test_a_palette_that_is_all_transparent_is_ignored(tmp_path: Path, load_folder: Load):
    image = Image.fromarray(noise(5)).convert("P")
    image.save(tmp_path / "a.png", transparency=bytes(256))
    np.testing.assert_array_equal(picture_pixels(tmp_path / "a.png", 100)[..., 0], noise(5))


def test_alpha_with_a_few_stray_pixels_is_ignored(tmp_path: Path):
    image = hidden("RGBA", 0)
    image.putpixel((3, 3), (*image.getpixel((3, 3))[:3], 255))
    image.save(tmp_path / "a.png")
    np.testing.assert_array_equal(picture_pixels(tmp_path / "a.png", 100)[..., 0], noise(5))


def test_a_small_thing_on_a_large_transparent_sheet_stays_alone(tmp_path: Path):
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((200, 30, 30, 255), (50, 50, 58, 58))  # 0.64 %
    image.save(tmp_path / "a.png")
    seen = picture_pixels(tmp_path / "a.png", 100)
    assert seen[0, 0].tolist() == [255, 255, 255]
    assert seen[53, 53].tolist() == [200, 30, 30]


def test_half_transparent_pictures_are_seen_on_paper(tmp_path: Path):
    image = Image.new("RGBA", (28, 28), (100, 0, 0, 128))
    image.save(tmp_path / "a.png")
    assert picture_pixels(tmp_path / "a.png", 100)[0, 0].tolist() == [177, 127, 127]


def glyph(tone: int) -> Image.Image:
    """An opaque disc of one grey level on a transparent ground."""
    away = np.hypot(*(np.indices((28, 28)) - 13.5))
    alpha = (away < 8).astype(np.uint8) * 255
    return Image.merge("LA", (Image.new("L", (28, 28), tone), Image.fromarray(alpha)))


def test_white_things_are_seen_on_black(tmp_path: Path, load_folder: Load):
    for number in range(3):
        glyph(255 - number).save(tmp_path / f"{number}.png")
    data = load_folder(size=28)
    assert data.images[:, 0, 0, 0].tolist() == [0, 0, 0]
    assert data.images[:, 0, 14, 14].min() >= 253
    (remark,) = map(str, data.remarks)
    assert remark == "The images are bright where they show anything, so what is transparent is black."
    assert picture_pixels(tmp_path / "0.png", 100)[0, 0, 0] == 0


def test_the_paper_is_one_for_the_set(tmp_path: Path, load_folder: Load):
    for number, tone in enumerate((255, 40, 0, 90)):
        glyph(tone).save(tmp_path / f"{number}.png")
    data = load_folder(size=28)
    assert set(data.images[:, 0, 0, 0].tolist()) == {255}
    assert data.remarks == ()


# ---------------------------------------------------------------- former checkpoints


def test_a_former_description_reads_the_rows_and_pixels_of_its_time(tmp_path: Path, load_folder: Load):
    names = [f"{part}/{name}/{number}.png" for part in ("train", "test") for name in "ab" for number in (2, 10)]
    save_noise(*(tmp_path / name for name in names))
    save_noise(tmp_path / "@eaDir" / "x.png", tmp_path / "test" / "b" / "c.jfif")
    hidden("RGBA", 0).save(tmp_path / "train" / "hidden.png")
    save_deep(tmp_path / "train", 4095, kind="png")
    description = {"name": "folder", "path": str(tmp_path), "size": 28, "seed": 3}
    config = DataConfig.from_json(description)
    assert config.former
    data = load_folder(**{key: getattr(config, key) for key in ("size", "seed", "rules")})
    known = [*names, "@eaDir/x.png", "train/hidden.png", "train/0.png"]
    expected = sorted(known, key=lambda name: tuple(name.split("/")))
    order = np.random.default_rng(3).permutation(len(expected))
    assert data.files == tuple(expected[index] for index in order)
    assert data.label_names == ("@eaDir", "test", "train")
    assert (data.train_count, data.remarks) == (round(len(expected) * 0.9), ())
    assert data.images[data.files.index("train/hidden.png")].min() == 255
    assert data.images[data.files.index("train/0.png")].max() == 16
    new = load_folder(size=28, seed=3)
    assert new.fingerprint != data.fingerprint
    assert new.config.rules == 2
    assert not DataConfig.from_json(new.config.to_json()).former
