"""Conversion of the user's own pictures to a model's input shape."""

import numpy as np
import pytest
from PIL import Image

from trainer.data.image_file import picture_pixels
from trainer.data.own_image import Preparation, background_of, is_constant, prepare, wants_negative
from trainer.data.picture_opening import UNREADABLE


def _drawing(side=280, level=0, ink=255):
    pixels = np.full((side, side, 1), level, np.uint8)
    pixels[40:200, 60:90] = ink
    return pixels


def test_areas_are_averaged():
    pixels = np.random.default_rng(0).integers(0, 256, (280, 280, 1), dtype=np.uint8)
    found = prepare(pixels, (1, 28, 28), Preparation(smooth=True), "dark")
    means = pixels[:, :, 0].reshape(28, 10, 28, 10).mean((1, 3))
    assert found.shape == (1, 28, 28)
    assert np.abs(found[0] - means).max() <= 1


@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 28, 28), (1, 12, 30), (3, 40, 8)])
@pytest.mark.parametrize("size", [(28, 28), (1, 1), (300, 40), (7, 200)])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("fit", ["crop", "pad", "stretch"])
def test_every_shape_comes_out_right(shape, size, channels, fit):
    pixels = np.random.default_rng(1).integers(0, 256, (*size, channels), dtype=np.uint8)
    for centre in (False, True):
        found = prepare(pixels, shape, Preparation(fit=fit, centre=centre), "dark")
        assert found.shape == shape
        assert found.dtype == np.uint8


def test_cropping_padding_stretching():
    wide = np.zeros((10, 30, 1), np.uint8)
    wide[:, 10:20] = 200
    assert (prepare(wide, (1, 10, 10), Preparation(fit="crop"), "mixed") == 200).all()
    padded = prepare(wide, (1, 30, 30), Preparation(fit="pad", invert=False), "bright")
    assert (padded[0, :9] == 255).all()
    assert (padded[0, 12:18, 12:18] == 200).all()
    stretched = prepare(wide, (1, 3, 3), Preparation(fit="stretch", smooth=True), "mixed")
    assert stretched[0].tolist() == [[0, 200, 0]] * 3


def test_paper_and_negatives():
    digits = np.zeros((40, 1, 8, 8), np.uint8)
    digits[:, :, 2:6, 2:6] = 255
    assert background_of(digits) == "dark"
    assert background_of(255 - digits) == "bright"
    assert background_of(np.random.default_rng(0).integers(0, 256, (40, 3, 8, 8), dtype=np.uint8)) == "mixed"
    on_paper = _drawing(level=250, ink=10)
    assert wants_negative(on_paper, "dark")
    assert not wants_negative(on_paper, "bright")
    assert not wants_negative(on_paper, "mixed")
    assert wants_negative(_drawing(), "bright")
    turned = prepare(on_paper, (1, 28, 28), Preparation(), "dark")
    assert turned[0, 0, 0] == 5
    assert prepare(on_paper, (1, 28, 28), Preparation(invert=False), "dark")[0, 0, 0] == 250


@pytest.mark.parametrize(("level", "ink", "background"), [(0, 255, "dark"), (255, 0, "bright")])
def test_centred_as_mnist_is(level, ink, background):
    found = prepare(_drawing(280, level, ink), (1, 28, 28), Preparation(centre=True), background)[0]
    mass = np.abs(found.astype(float) - level)
    rows, columns = (mass > 24).any(1).nonzero()[0], (mass > 24).any(0).nonzero()[0]
    assert rows[-1] - rows[0] + 1 in (20, 21)
    assert columns[-1] - columns[0] + 1 in (3, 4, 5)
    grid = np.arange(28)
    assert mass.sum(1) @ grid / mass.sum() == pytest.approx(14, abs=0.6)
    assert mass.sum(0) @ grid / mass.sum() == pytest.approx(14, abs=0.6)


def test_mnist_itself_hardly_moves(data_folder):
    """Centring images that are already centred changes almost nothing."""
    raw = (data_folder / "MNIST" / "raw" / "t10k-images-idx3-ubyte").read_bytes()
    digits = np.frombuffer(raw, np.uint8, 50 * 784, 16).reshape(50, 28, 28)
    found = [prepare(digit[:, :, None], (1, 28, 28), Preparation(centre=True), "dark")[0] for digit in digits]
    # A thin stroke moved by one pixel makes a difference; most digits do not move.
    assert (
        np.median([np.abs(one.astype(float) - digit).mean() for one, digit in zip(found, digits, strict=True)]) < 4
    )


def test_constant_images():
    blank = np.full((50, 50, 3), 90, np.uint8)
    found = prepare(blank, (1, 28, 28), Preparation(centre=True), "dark")
    assert is_constant(found)
    assert is_constant(np.stack([np.full((4, 4), level) for level in (1, 2, 3)]))
    assert not is_constant(prepare(_drawing(), (1, 28, 28), Preparation(), "dark"))
    empty = prepare(np.zeros((9, 9, 1), np.uint8), (1, 28, 28), Preparation(centre=True), "dark")
    assert not empty.any()


def test_pictures_that_are_none():
    for wrong in (np.zeros((4, 4), np.uint8), np.zeros((4, 4, 1)), np.zeros((0, 4, 1), np.uint8)):
        with pytest.raises(ValueError, match="must be uint8"):
            prepare(wrong, (1, 28, 28), Preparation(), "dark")


def test_files_are_read_whole_and_small(tmp_path):
    colours = np.random.default_rng(0).integers(0, 256, (60, 200, 3), dtype=np.uint8)
    Image.fromarray(colours).save(tmp_path / "colour.png")
    np.testing.assert_array_equal(picture_pixels(tmp_path / "colour.png", 1024), colours)
    assert picture_pixels(tmp_path / "colour.png", 100).shape == (30, 100, 3)
    Image.fromarray(colours[:, :, 0]).save(tmp_path / "grey.bmp")
    assert picture_pixels(tmp_path / "grey.bmp", 1024).shape == (60, 200, 1)
    (tmp_path / "not.png").write_bytes(b"no picture at all")
    with pytest.raises(UNREADABLE):
        picture_pixels(tmp_path / "not.png", 1024)


def test_cameras_held_sideways(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.zeros((10, 40, 3), np.uint8)).save(tmp_path / "turned.jpg", exif=exif)
    assert picture_pixels(tmp_path / "turned.jpg", 1024).shape == (40, 10, 3)


@pytest.mark.parametrize("channels", [1, 3])
def test_grey_paper_becomes_ground(channels):
    on_paper = _drawing(level=190, ink=30).repeat(channels, 2)
    found = prepare(on_paper, (channels, 28, 28), Preparation(centre=True), "dark")
    # The level is removed, and the ink keeps its darkness on the scale that begins at the level.
    assert not found[:, :4].any()
    assert int(found.max()) == pytest.approx((225 - 65) * 255 / 190, abs=8)
