"""Array files: shapes, values, labels, factors, and hostile files."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.conftest import Watch
from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import DataError, ImageData
from trainer.progress import CancelledError

Load = Callable[..., ImageData]
RANDOM = np.random.default_rng(0)
BYTES = RANDOM.integers(0, 256, (12, 9, 7), np.uint8)
COLOUR = RANDOM.integers(0, 256, (12, 3, 9, 7), np.uint8)
ORDER = np.random.default_rng(0).permutation(12)


def save(tmp_path: Path, array: np.ndarray) -> Path:
    np.save(tmp_path / "array.npy", array)
    return tmp_path / "array.npy"


def save_z(tmp_path: Path, **arrays: np.ndarray) -> Path:
    np.savez_compressed(tmp_path / "arrays.npz", **arrays)
    return tmp_path / "arrays.npz"


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (BYTES, BYTES[:, None]),
        (BYTES[..., None], BYTES[:, None]),
        (BYTES[:, None], BYTES[:, None]),
        (COLOUR, COLOUR),
        (COLOUR.transpose(0, 2, 3, 1).copy(), COLOUR),
        (BYTES[:, :7].reshape(12, 49), BYTES[:, None, :7]),
        (np.asfortranarray(BYTES), BYTES[:, None]),
        (COLOUR.transpose(0, 2, 3, 1), COLOUR),
        (np.asfortranarray(COLOUR), COLOUR),
    ],
    ids=["nhw", "nhw1", "n1hw", "nchw", "nhwc", "flat", "fortran", "view", "fortran-colour"],
)
def test_shapes(array: np.ndarray, expected: np.ndarray, tmp_path: Path, load_array: Load):
    data = load_array(save(tmp_path, array))
    np.testing.assert_array_equal(data.images, expected[ORDER])
    assert data.train_count == 11
    assert data.title == "array"
    assert data.labels is None


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (BYTES > 100, (BYTES > 100) * 255),
        ((BYTES > 100).astype(np.uint8), (BYTES > 100) * 255),
        ((BYTES > 100).astype(np.int64), (BYTES > 100) * 255),
        (BYTES.astype(np.int16), BYTES),
        (BYTES.astype(np.uint16), BYTES),
        (BYTES.astype(np.uint16) * 257, BYTES),
        (BYTES.astype(">u2") * 257, BYTES),
        (BYTES / 255, BYTES),
        ((BYTES / 255).astype(np.float32), BYTES),
        ((BYTES / 255).astype(">f4"), BYTES),
        (BYTES.astype(np.float16), BYTES),
        (BYTES.astype(np.float64) + 0.3, np.minimum(BYTES, 255)),
    ],
    ids=["bool", "01", "01-int64", "int16", "u2-low", "u2", "u2-big-endian", "f8", "f4", "f4-big", "f2", "f8-255"],
)
def test_values(array: np.ndarray, expected: np.ndarray, tmp_path: Path, load_array: Load):
    if array.dtype == np.float64 and array.max() > 255:
        array = np.minimum(array, 255)
    data = load_array(save(tmp_path, array))
    np.testing.assert_array_equal(data.images[:, 0], expected[ORDER])


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        (np.zeros(9), r"has the shape \(9,\); images are"),
        (np.zeros((4, 10)), r"has the shape \(4, 10\)"),
        (np.zeros((4, 8, 8, 2)), "has the shape"),
        (np.zeros((2, 2, 8, 8, 3)), "has the shape"),
        (np.zeros((40, 40, 3)), "has the shape"),
        (np.zeros((1, 8, 8)), "one image only; at least two"),
        (np.zeros((0, 8, 8)), "holds no rows"),
        (np.zeros(()), "holds no rows"),
        (np.zeros((2, 600, 600)), "600 x 600 pixels; between 2 and 512"),
        (np.full((2, 8, 8), np.nan), "not finite"),
        (np.full((2, 8, 8), np.inf), "not finite"),
        (np.full((2, 8, 8), -0.5), "values from -0.5 to -0.5; save "),
        (np.full((2, 8, 8), "a"), "holds text"),
        (np.zeros((2, 8, 8), complex), "values of the type"),
        (np.zeros(2, [("a", "u1"), ("b", "f4")]), "values of the type"),
        (np.array([[None] * 4] * 2, object), "array of objects, which is never opened"),
    ],
)
def test_wrong_arrays_are_sentences(array: np.ndarray, sentence: str, tmp_path: Path, load_array: Load):
    path = save(tmp_path, array)
    with pytest.raises(DataError, match=sentence) as caught:
        load_array(path)
    assert str(path) in str(caught.value)


def test_labels_of_all_kinds(tmp_path: Path, load_array: Load):
    numbers = np.array([0, 3, 3, 7] * 3)
    for labels in (numbers, numbers[:, None], numbers.astype(np.float32)):
        data = load_array(save_z(tmp_path, images=BYTES, labels=labels))
        assert data.label_names == ("0", "3", "7")
        assert [data.label_names[label] for label in data.labels] == [str(v) for v in numbers[ORDER]]
    unknown = load_array(save_z(tmp_path, X=BYTES, Y=np.array([-1, 5, 2, 2] * 3)))
    assert unknown.label_names == ("2", "5")
    np.testing.assert_array_equal(unknown.labels, np.array([-1, 1, 0, 0] * 3)[ORDER])
    for words in (np.array(["cat", "dog", "ant"] * 4), np.array([b"cat", b"dog", b"ant"] * 4)):
        named = load_array(save_z(tmp_path, data=BYTES, target=words))
        assert named.label_names == ("ant", "cat", "dog")
        np.testing.assert_array_equal(named.labels, np.array([1, 2, 0] * 4)[ORDER])


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        (np.zeros(11), "labels in .* has 11 rows for 12 images"),
        (np.full(12, -3), "holds the label -3"),
        (np.array([None] * 12, object), r"labels in .* is an array of objects.*labels\.astype\(int\)"),
    ],
)
def test_wrong_labels_are_sentences(labels: np.ndarray, sentence: str, tmp_path: Path, load_array: Load):
    with pytest.raises(DataError, match=sentence):
        load_array(save_z(tmp_path, images=BYTES, labels=labels))


def test_official_split(tmp_path: Path, load_array: Load):
    path = save_z(
        tmp_path, x_train=BYTES[:9], y_train=np.arange(9) % 3, x_test=BYTES[9:], y_test=np.array([0, 1, 2])
    )
    data = load_array(path)
    np.testing.assert_array_equal(data.images[:, 0], BYTES)
    assert data.train_count == 9
    assert data.labels.tolist() == [0, 1, 2] * 4
    few = load_array(path, count=4)
    assert (few.count, few.train_count) == (4, 3)
    with pytest.raises(DataError, match="differ in shape or type"):
        load_array(save_z(tmp_path, x_train=BYTES, x_test=BYTES[:, :5]))


def test_dsprites_layout(tmp_path: Path, load_array: Load):
    shapes, scales = np.arange(12) % 3, np.arange(12) // 3
    zeros = np.zeros(12)
    values = np.stack([zeros + 1, shapes + 1, 0.5 + scales / 10, zeros, zeros, np.linspace(0, 1, 12)], axis=1)
    classes = np.stack([zeros, shapes, scales, zeros, zeros, np.arange(12)], axis=1).astype(np.int64)
    sprites = (RANDOM.random((12, 64, 64)) > 0.5).astype(np.uint8)
    path = save_z(
        tmp_path,
        metadata=np.array({"title": "dSprites"}, object),  # pickled in the published file; must not be unpickled
        imgs=sprites,
        latents_classes=classes,
        latents_values=values,
    )
    data = load_array(path)
    np.testing.assert_array_equal(data.images[:, 0], sprites[ORDER] * 255)
    assert data.label_names == ("square", "ellipse", "heart")
    np.testing.assert_array_equal(data.labels, shapes[ORDER])
    assert data.factor_names == ("shape", "scale", "y position")  # the others are constant here
    np.testing.assert_allclose(data.factors, values[ORDER][:, [1, 2, 5]].astype(np.float32))


def test_other_factors(tmp_path: Path, load_array: Load):
    data = load_array(save_z(tmp_path, images=BYTES, factors=np.arange(12)))
    assert data.factor_names == ("factor 1",)
    np.testing.assert_array_equal(data.factors[:, 0], ORDER)
    with pytest.raises(DataError, match="factors that are not finite"):
        load_array(save_z(tmp_path, images=BYTES, factors=np.full(12, np.inf)))
    with pytest.raises(DataError, match="not a table of numbers"):
        load_array(save_z(tmp_path, images=BYTES, factors=np.array(["a"] * 12)))
    assert load_array(save_z(tmp_path, images=BYTES, factors=np.ones((12, 2)))).factors is None


def test_which_array_holds_the_images(tmp_path: Path, load_array: Load):
    np.savez(tmp_path / "one.npz", anything=BYTES)
    assert load_array(tmp_path / "one.npz").count == 12
    np.savez(tmp_path / "two.npz", these=BYTES, those=BYTES)
    with pytest.raises(DataError, match=r"no array called images \(it has these, those\)"):
        load_array(tmp_path / "two.npz")
    with zipfile.ZipFile(tmp_path / "none.npz", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(DataError, match=r"no array called images \(it has none\)"):
        load_array(tmp_path / "none.npz")


def test_count_takes_a_seeded_choice_from_several_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from trainer.data import npy_stream

    monkeypatch.setattr(npy_stream, "_BLOCK", 200)  # three rows per block
    watch = Watch()
    for path in (save(tmp_path, BYTES), save_z(tmp_path, images=BYTES)):
        config = DataConfig(name="array", path=str(path), count=5, seed=2)
        data = registry.load(config, tmp_path, progress=watch.report)
        expected = BYTES[np.random.default_rng(2).permutation(12)[:5]]
        np.testing.assert_array_equal(data.images[:, 0], expected)
    assert all(report.total == 5 for report in watch.reports)


def test_colour_is_brought_to_what_was_asked(tmp_path: Path, load_array: Load):
    from PIL import Image

    path = save(tmp_path, COLOUR)
    grey = load_array(path, colour="grey")
    for row, source in zip(grey.images, COLOUR[ORDER], strict=True):
        np.testing.assert_array_equal(row[0], np.asarray(Image.fromarray(source.transpose(1, 2, 0)).convert("L")))
    assert load_array(save(tmp_path, BYTES), colour="colour").shape == (3, 9, 7)


def _header(text: str, major: int = 1) -> bytes:
    body = text.encode("latin1")
    return b"\x93NUMPY" + bytes((major, 0)) + struct.pack("<H" if major == 1 else "<I", len(body)) + body


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not a NumPy array"),
        (b"hello", "is not a NumPy array"),
        (b"\x93NUMPY\x09\x00", "is not a NumPy array"),
        (_header("{'descr': '|u1', 'fortran_order': False, 'shape': (1000000000000, 28, 28)}"), "declares"),
        (_header("{'descr': '|u1', 'fortran_order': False, 'shape': (-2, 28, 28)}"), "damaged header"),
        (_header("{'descr': '|u1', 'fortran_order': False, 'shape': (True, 28, 28)}"), "damaged header"),
        (_header("{'descr': '|u1', 'fortran_order': False, 'shape': 5}"), "damaged header"),
        (_header("{'descr': '|u1', 'fortran_order': 0, 'shape': (5,)}"), "damaged header"),
        (_header("{'descr': '|u1', 'shape': (5,)}"), "damaged header"),
        (_header("__import__('os').system('x')"), "damaged header"),
        (_header("(" * 5000), "damaged header"),
        (_header("not python"), "damaged header"),
        (_header("\0"), "damaged header"),
        (_header("{'descr': '<u1[', 'fortran_order': False, 'shape': (5,)}"), "values of the type"),
        (_header("{'descr': '|O', 'fortran_order': False, 'shape': (2, 4, 4)}"), "array of objects"),
        (b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**31), "header of 2,147,483,648 bytes"),
        (_header("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4, 4)}", 2) + bytes(31), "holds 31"),
        (b"PK\x03\x04 not really", "cannot be unpacked"),
    ],
)
def test_hostile_files_are_sentences(content: bytes, sentence: str, tmp_path: Path, load_array: Load):
    path = tmp_path / "array.npy"
    path.write_bytes(content)
    with pytest.raises(DataError, match=sentence):
        load_array(path)


def test_headers_of_python_2_and_later_versions(tmp_path: Path, load_array: Load):
    path = tmp_path / "array.npy"
    text = "{'descr': '|u1', 'fortran_order': False, 'shape': (12L, 9L, 7L)}"
    for major in (1, 2, 3):
        path.write_bytes(_header(text, major) + BYTES.tobytes())
        np.testing.assert_array_equal(load_array(path).images[:, 0], BYTES[ORDER])


def test_archives_that_lie(tmp_path: Path, load_array: Load, monkeypatch: pytest.MonkeyPatch):
    content = io.BytesIO()
    np.save(content, BYTES)
    path = tmp_path / "arrays.npz"
    bomb = _header("{'descr': '<f8', 'fortran_order': False, 'shape': (100000000000, 28, 28)}")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("images.npy", bomb + bytes(1000))
    with pytest.raises(DataError, match=r"images in .* declares 100,000,000,000 x 28 x 28 values"):
        load_array(path)

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("images.npy", content.getvalue())
    damaged = bytearray(path.read_bytes())
    damaged[400] ^= 255
    path.write_bytes(damaged)
    with pytest.raises(DataError, match=r"cannot be unpacked .*CRC"):
        load_array(path)
    path.write_bytes(bytes(damaged)[:-60])
    with pytest.raises(DataError, match="cannot be unpacked"):
        load_array(path)

    path.write_bytes(bytes(damaged).replace(b"images.npy", b"ima\xffes.npy"))
    damaged_flag = bytearray(path.read_bytes())
    directory = damaged_flag.index(b"PK\x01\x02")
    damaged_flag[directory + 9] |= 8  # "the name is UTF-8"
    path.write_bytes(damaged_flag)
    with pytest.raises(DataError, match=r"cannot be unpacked .*utf-8"):
        load_array(path)

    # A large array that the compressed file really contains: only the free memory forbids it.
    from trainer.data import memory

    path = save_z(tmp_path, images=np.zeros((2000, 28, 28), np.float64))
    assert path.stat().st_size < 50_000
    monkeypatch.setattr(memory, "free_memory", lambda: 1_000_000)
    with pytest.raises(DataError, match=r"images in .* needs 14 MB of memory and only 1\.0 MB are free"):
        load_array(path)
    assert load_array(path, count=50).count == 50


def test_cancel_and_vanish(tmp_path: Path, load_array: Load):
    path = save_z(tmp_path, images=BYTES, labels=np.arange(12))
    config = DataConfig(name="array", path=str(path))
    for stop in range(4):
        with pytest.raises(CancelledError):
            registry.load(config, tmp_path, cancelled=Watch(stop).cancelled)
    with pytest.raises(DataError, match=r"arrays\.npz could not be read \(No such file"):
        registry.load(config, tmp_path, progress=lambda _progress: path.unlink(missing_ok=True))


def test_wrong_paths_are_sentences(tmp_path: Path, load_array: Load):
    with pytest.raises(DataError, match="does not exist"):
        load_array(tmp_path / "gone.npy")
    with pytest.raises(DataError, match="is a folder, not an array"):
        load_array(tmp_path)
    with pytest.raises(DataError, match="No array was chosen"):
        registry.load(DataConfig(name="array"), tmp_path)
