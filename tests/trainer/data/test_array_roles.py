"""Roles of arrays in a file, and remarks about every array left out or guessed."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.bad_files import npy
from trainer.config import DataConfig
from trainer.data import memory, registry
from trainer.data.images import DataError, ImageData

Load = Callable[..., ImageData]
RANDOM = np.random.default_rng(0)
IMAGES = RANDOM.integers(0, 256, (12, 9, 7), np.uint8)
ORDER = np.random.default_rng(0).permutation(12)
CLASSES = np.arange(12) % 3


@pytest.fixture
def loaded(tmp_path: Path, load_array: Load) -> Callable[..., ImageData]:
    """Load arrays saved by position or by name."""

    def load(*unnamed: np.ndarray, **named: np.ndarray) -> ImageData:
        np.savez(tmp_path / "arrays.npz", *unnamed, **named)
        return load_array(tmp_path / "arrays.npz")

    return load


def said(data: ImageData) -> str:
    """All remarks."""
    return "\n".join(map(str, data.remarks))


def classes_in_source(data: ImageData) -> list[str]:
    """Class names in the order of the source, "" for unknown."""
    assert data.labels is not None
    names = [data.label_names[label] if label >= 0 else "" for label in data.labels]
    rows = np.arange(data.count) if data.source_rows is None else data.source_rows
    return [names[place] for place in np.argsort(rows)]


@pytest.mark.parametrize("kind", ["b1", "i1", "u8", ">i8", "f2", ">f4", "S1", "U1", ">U3"])
def test_labels_without_a_name_are_taken_by_their_shape(kind: str, loaded: Load):
    values = (CLASSES % 2).astype(kind)
    for data in (loaded(IMAGES, values), loaded(values[:, None], IMAGES)):
        np.testing.assert_array_equal(data.images[:, 0], IMAGES[ORDER])
        zero, one = data.label_names
        assert classes_in_source(data) == [zero, one, zero] * 4
        assert "is taken for them by its shape" in said(data)
        assert "Not used" not in said(data)


def test_images_without_a_name_are_taken_by_their_shape(loaded: Load):
    data = loaded(faces=IMAGES, who=CLASSES, notes=np.zeros((3, 5)))
    assert classes_in_source(data) == ["0", "1", "2"] * 4
    assert tuple(map(str, data.remarks)) == (
        "No array is called images; faces is taken for them by its shape.",
        "No array is called labels; who is taken for them by its shape.",
        "Not used of the file: notes (3 x 5).",
    )


def test_every_array_without_a_role_is_named(loaded: Load):
    data = loaded(images=IMAGES, ids=np.arange(12), weight=RANDOM.random(12), where=np.zeros((12, 2)))
    assert data.labels is None
    assert tuple(map(str, data.remarks)) == ("Not used of the file: ids (12), weight (12), where (12 x 2).",)
    alone = loaded(images=IMAGES, ids=np.arange(12))
    assert alone.labels is None
    assert said(alone) == "Not used of the file: ids (12)."
    many = loaded(images=IMAGES, **{f"extra{i}": np.zeros((3, i + 1)) for i in range(11)})
    assert said(many).endswith("extra7 (3 x 8), 3 more.")
    four = loaded(IMAGES, CLASSES, IMAGES[:4], CLASSES[:4])
    assert classes_in_source(four) == ["0", "1", "2"] * 4
    assert "Not used of the file: arr_2 (4 x 9 x 7), arr_3 (4)." in said(four)


@pytest.mark.parametrize(
    ("train", "labels", "test", "test_labels"),
    [
        ("x_train", "y_train", "x_test", "y_test"),
        ("train_images", "train_labels", "test_images", "test_labels"),
        ("X_train", "Y_train", "X_val", "Y_val"),
        ("train_x", "train_y", "validation_x", "validation_y"),
        ("Xtrain", "ytrain", "Xtest", "ytest"),
        ("training.images", "training.labels", "testing.images", "testing.labels"),
        ("set/images_train", "set/labels_train", "set/images_valid", "set/labels_valid"),
    ],
)
def test_parts_of_a_split_in_the_usual_spellings(
    train: str, labels: str, test: str, test_labels: str, loaded: Load
):
    arrays = {train: IMAGES[:9], labels: CLASSES[:9], test: IMAGES[9:], test_labels: CLASSES[9:]}
    data = loaded(**arrays)
    np.testing.assert_array_equal(data.images[:, 0], IMAGES)
    assert (data.train_count, data.source_rows, data.remarks) == (9, None, ())
    assert classes_in_source(data) == ["0", "1", "2"] * 4


def test_validation_beside_test_images_is_named(loaded: Load):
    data = loaded(
        x_train=IMAGES[:6], x_val=IMAGES[6:9], x_test=IMAGES[9:], y_train=CLASSES[:6], y_val=CLASSES[6:9]
    )
    np.testing.assert_array_equal(data.images[:, 0], IMAGES[[*range(6), *range(9, 12)]])
    assert data.labels is not None
    assert data.labels.tolist() == [0, 1, 2, 0, 1, 2, -1, -1, -1]
    assert tuple(map(str, data.remarks)) == (
        "x_test has no labels; its 3 images are of no class.",
        "Not used of the file: x_val (3 x 9 x 7), y_val (3).",
    )


def test_the_first_version_knew_no_validation_images(tmp_path: Path):
    np.savez(tmp_path / "a.npz", x_train=IMAGES, y_train=CLASSES, x_val=IMAGES[:3])
    former = registry.load(DataConfig(name="array", path=str(tmp_path / "a.npz"), rules=1), tmp_path)
    np.testing.assert_array_equal(former.images[:, 0], IMAGES[ORDER])
    assert classes_in_source(former) == ["0", "1", "2"] * 4


def test_one_part_alone_is_split_here(loaded: Load):
    data = loaded(x_test=IMAGES, y_test=CLASSES)
    assert data.train_count == 11
    assert classes_in_source(data) == ["0", "1", "2"] * 4
    assert loaded(images=IMAGES, y_train=CLASSES).label_names == ("0", "1", "2")


def test_label_tables_become_factors(loaded: Load):
    table = RANDOM.integers(0, 2, (12, 14))
    table[0], table[1] = 0, 1
    data = loaded(
        train_images=IMAGES[:9], train_labels=table[:9], val_images=IMAGES[9:], val_labels=table[9:].astype("u1")
    )
    assert data.labels is None
    assert data.factor_names == tuple(f"label {number}" for number in range(1, 15))
    np.testing.assert_array_equal(data.factors, table.astype(np.float32))
    assert tuple(map(str, data.remarks)) == ("train_labels has 14 columns, which become factors.",)
    # With separate factors, and with a constant column.
    table[:, 0] = 1
    both = loaded(images=IMAGES, labels=table, factors=np.arange(12.0))
    assert both.factor_names[:2] == ("factor 1", "label 2")
    assert "1 column of labels never varies and is left out." in list(map(str, both.remarks))


def test_one_column_a_class_is_classes(loaded: Load):
    for kind in ("b1", "u1", "f4"):
        data = loaded(images=IMAGES, labels=np.eye(3)[CLASSES].astype(kind))
        assert classes_in_source(data) == ["0", "1", "2"] * 4
        assert tuple(map(str, data.remarks)) == ("labels marks one of 3 columns a row (one-hot): its classes.",)


@pytest.mark.parametrize(
    ("labels", "names", "unknown"),
    [
        (np.where(CLASSES == 2, np.nan, CLASSES), ("0", "1"), 4),
        (np.where(CLASSES == 2, np.inf, CLASSES), ("0", "1"), 4),
        (np.where(CLASSES == 2, -1, CLASSES), ("0", "1"), 4),
        (np.where(CLASSES == 2, "", "cat"), ("cat",), 4),
        (np.where(CLASSES == 2, b"", b"dog"), ("dog",), 4),
        (np.where(CLASSES == 2, -1, 1), ("-1", "1"), 0),
        (CLASSES == 2, ("False", "True"), 0),
        (CLASSES.astype(np.uint64) + 2**63, tuple(str(2**63 + i) for i in range(3)), 0),
    ],
    ids=["nan", "inf", "minus-one", "no-text", "no-bytes", "two-signs", "bool", "beyond-int64"],
)
def test_unknown_and_unusual_labels(labels: np.ndarray, names: tuple[str, ...], unknown: int, loaded: Load):
    data = loaded(images=IMAGES, labels=labels)
    assert data.label_names == names
    assert classes_in_source(data).count("") == unknown
    expected = [f"{unknown} of 12 rows of labels are of no known class."] if unknown else []
    assert list(map(str, data.remarks)) == expected


def test_numbers_that_are_no_classes_become_a_factor(loaded: Load):
    ages = np.linspace(20, 60, 12)
    data = loaded(images=IMAGES, labels=ages)
    assert (data.labels, data.factor_names) == (None, ("label",))
    np.testing.assert_allclose(data.factors[:, 0], ages[ORDER].astype(np.float32))
    assert "labels holds fractions, so it becomes a factor" in said(data)
    ages[3] = np.nan
    assert "y has gaps or infinite values in label, which is left out." in said(loaded(images=IMAGES, y=ages))
    none = loaded(images=IMAGES, labels=np.full(12, np.nan))
    assert (none.labels, none.factors) == (None, None)
    assert "holds no known label" in said(none)


def test_more_numbers_than_classes_become_a_factor(tmp_path: Path, load_array: Load):
    np.savez(tmp_path / "a.npz", images=np.zeros((10_001, 2, 2), np.uint8), labels=np.arange(10_001))
    data = load_array(tmp_path / "a.npz")
    assert data.factor_names == ("label",)
    assert "10,001 different numbers" in said(data)


def test_masks_are_no_labels(loaded: Load):
    for labels in (IMAGES > 100, IMAGES.reshape(12, -1).repeat(2, axis=1), np.array([["a", "b"]] * 12)):
        data = loaded(images=IMAGES, labels=labels)
        assert data.labels is None
        assert data.factors is None
        assert "neither a label an image nor a table" in said(data)
        assert "Not used of the file: labels (12 x" in said(data)


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        ({"these": IMAGES, "those": IMAGES}, r"no array called images \(it has these, those\)"),
        ({"images": np.zeros((12, 9, 7), complex)}, "values of the type '<c16'"),
        ({"images": np.zeros(12, [("a", "u1")])}, "values of the type"),
        ({"images": np.zeros((0, 9, 7)), "labels": np.zeros(0)}, r"images in .* holds no rows"),
        ({"images": IMAGES[:1], "labels": np.zeros(1)}, "images in .* holds one image only"),
        ({"images": IMAGES, "labels": CLASSES[:11]}, "labels in .* has 11 rows for 12 images"),
        ({"images": IMAGES, "labels": -CLASSES}, "labels in .* holds the label -2"),
        ({"images": IMAGES, "labels": np.array([f"{i}" for i in range(12)], "M8[D]")}, "type '<M8"),
        ({"images": IMAGES.reshape(12, 63)}, r"shape \(12, 63\)"),
        ({"images": np.array([IMAGES[0], None], object), "labels": np.zeros(2)}, r"images.astype\(int\)"),
        ({"x_train": IMAGES, "x_test": IMAGES.astype(float)}, "differ in shape or type"),
        ({"y_train": CLASSES, "y_test": CLASSES}, r"no array called images \(it has y_test, y_train\)"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(arrays: dict[str, np.ndarray], sentence: str, loaded: Load):
    with pytest.raises(DataError, match=sentence) as caught:
        loaded(**arrays)
    assert "\n" not in str(caught.value)


def test_an_archive_of_single_images_says_how_to_save_them(tmp_path: Path, load_array: Load):
    np.savez(tmp_path / "a.npz", **{f"image{number}": IMAGES[0] for number in range(1001)})
    with pytest.raises(DataError, match=r"holds 1,001 arrays; save all images as one, such as numpy\.stack"):
        load_array(tmp_path / "a.npz")


# ---------------------------------------------------------------- hostile


def test_a_forged_number_of_rows_takes_no_memory(
    tmp_path: Path, load_array: Load, monkeypatch: pytest.MonkeyPatch
):
    content = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (20000000, 2, 2)}", bytes(100))
    path = tmp_path / "a.npz"
    monkeypatch.setattr("trainer.data.arrays.shuffled", lambda *_: pytest.fail("rows were put into order"))
    for method, bound in ((zipfile.ZIP_STORED, 1), (zipfile.ZIP_DEFLATED, 1032)):
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("images.npy", content)
        forged = bytearray(path.read_bytes())
        for signature, field in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            place = forged.index(signature) + field
            forged[place : place + 4] = (80_000_000 + len(content) - 100).to_bytes(4, "little")
        path.write_bytes(forged)
        with pytest.raises(DataError, match=r"images in .* declares 80,000,\d+ bytes, which its \d+ packed bytes"):
            load_array(path)
        assert path.stat().st_size * bound < 80_000_000


def test_memory_is_asked_before_the_rows_are_put_into_order(
    tmp_path: Path, load_array: Load, monkeypatch: pytest.MonkeyPatch
):
    np.savez_compressed(tmp_path / "a.npz", images=np.zeros((100_000, 2, 2), np.uint8))
    monkeypatch.setattr(memory, "free_memory", lambda: 1_000_000)
    monkeypatch.setattr("trainer.data.arrays.shuffled", lambda *_: pytest.fail("rows were put into order"))
    with pytest.raises(DataError, match=r"images in .* needs 1\.2 MB of memory and only 1\.0 MB are free"):
        load_array(tmp_path / "a.npz")


@pytest.mark.parametrize("code", [0x110000, 0xFFFFFFFF, 0xD800, 0xDFFF])
@pytest.mark.parametrize("order", ["<", ">"])
def test_text_that_is_not_unicode(code: int, order: str, tmp_path: Path, load_array: Load):
    points = np.full(12, code, f"{order}u4")
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("images.npy", npy("{'descr':'|u1','fortran_order':False,'shape':(12,4,4)}", bytes(192)))
        header = f"{{'descr':'{order}U1','fortran_order':False,'shape':(12,)}}"
        archive.writestr("labels.npy", npy(header, points.tobytes()))
    with pytest.raises(DataError, match=r"labels in .* holds text that is not Unicode"):
        load_array(tmp_path / "a.npz")


@pytest.mark.parametrize("descr", ["|S0", "<U0", "|S", "<U", "<f16", "|V8", "<i3", "|b2"])
def test_types_without_a_size_or_meaning(descr: str, tmp_path: Path, load_array: Load):
    path = tmp_path / "array.npy"
    path.write_bytes(npy(f"{{'descr': '{descr}', 'fortran_order': False, 'shape': (12, 8, 8)}}", bytes(9000)))
    with pytest.raises(DataError, match=r"array\.npy holds values of the type"):
        load_array(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["pipe.npy", "pipe.npz"])
def test_pipes_and_devices_are_refused_at_once(name: str, tmp_path: Path):
    os.mkfifo(tmp_path / name)
    (tmp_path / f"link-{name}").symlink_to("/dev/zero")
    for path, what in ((tmp_path / name, "a pipe"), (tmp_path / f"link-{name}", "a device")):
        with pytest.raises(DataError, match=rf"{path.name} could not be read \(it is {what}, not a file\)"):
            registry.load(registry.config_for(str(path)), tmp_path)
        with pytest.raises(DataError, match=what):
            registry.load(DataConfig(name="array", path=str(path)), tmp_path)
