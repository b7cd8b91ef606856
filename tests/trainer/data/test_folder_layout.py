"""The meaning of folders: a split above or below classes, classes, or none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.conftest import Load
from tests.trainer.data.pictures import save_noise
from trainer.data.folder_layout import layout_of
from trainer.data.split_names import split_name


def classes_and_parts(*folders: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    layout = layout_of([tuple(part for part in folder.split("/") if part) for folder in folders])
    return layout.classes, layout.train, layout.held


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        ("train/cat train/dog val/cat val/dog test/cat test/dog", (("cat", "dog"), ("train",), ("test", "val"))),
        ("TRAIN/a TRAIN/b Valid/a", (("a", "b"), ("TRAIN",), ("Valid",))),
        ("training/a training/b testing/b", (("a", "b"), ("training",), ("testing",))),
        ("train_set/a train_set/b test-set/b", (("a", "b"), ("train_set",), ("test-set",))),
        ("trainset/a trainset/b testset/b", (("a", "b"), ("trainset",), ("testset",))),
        ("train2017/a train2017/b val2017/a", (("a", "b"), ("train2017",), ("val2017",))),
        ("letters_train/a letters_train/b letters_test/a", (("a", "b"), ("letters_train",), ("letters_test",))),
        ("train/a train/b hold-out/a", (("a", "b"), ("train",), ("hold-out",))),
        ("train/a train/b dev/a eval/b", (("a", "b"), ("train",), ("dev", "eval"))),
        ("训练集/甲 训练集/乙 测试集/甲 验证集/乙", (("乙", "甲"), ("训练集",), ("测试集", "验证集"))),
        # Additional folders above, repeated, and beside the parts.
        ("dataset/train/a dataset/train/b dataset/test/a", (("a", "b"), ("train",), ("test",))),
        ("/ data/x/train/a data/x/train/b data/x/test/a", (("a", "b"), ("train",), ("test",))),
        ("train/train/a train/train/b test/test/a", (("a", "b"), ("train",), ("test",))),
        ("train/images/a train/images/b val/images/a", (("a", "b"), ("train",), ("val",))),
        ("images/train images/val", ((), ("train",), ("val",))),
        ("train/images val/images", ((), ("train",), ("val",))),
        ("train/a train/b test/a pred", (("a", "b"), ("train",), ("test",))),
        # Classes above the split.
        ("cat/train cat/test dog/train dog/test", (("cat", "dog"), ("train",), ("test",))),
        ("cat/train/1 cat/train/2 dog/test/1", (("cat", "dog"), ("train",), ("test",))),
        ("trainA trainB testA testB", (("A", "B"), ("trainA", "trainB"), ("testA", "testB"))),
        # No split at all.
        ("train/a train/b", (("a", "b"), (), ())),
        ("bus car train", (("bus", "car", "train"), (), ())),
        ("dev ops train", (("dev", "ops", "train"), (), ())),
        ("train_cars test_pilots", (("test_pilots", "train_cars"), (), ())),
        ("test1 test2 test10", (("test1", "test2", "test10"), (), ())),
        ("cat/train dog", (("cat", "dog"), (), ())),
        ("contrast latest protest", (("contrast", "latest", "protest"), (), ())),
        ("a/red a/blue", (("blue", "red"), (), ())),
        ("/ cat", (("cat",), (), ())),
        ("/", ((), (), ())),
        ("", ((), (), ())),
        # Held-out parts without a training part are no classes.
        ("test/a test/b val/a val/b", (("a", "b"), (), ("test", "val"))),
    ],
)
def test_what_folders_mean(folders: str, expected: tuple[tuple[str, ...], ...]):
    assert classes_and_parts(*folders.split()) == expected


def test_names_of_parts():
    said = split_name("Validation_Data")
    assert said is not None
    assert said.held
    assert [split_name(name) for name in ("testament", "retrain", "train_test", "values", "", "12")] == [None] * 6


def test_a_split_by_folders_is_kept(tmp_path: Path, load_folder: Load):
    for part, count in (("train", 4), ("val", 2), ("test", 3)):
        for name in ("cat", "dog"):
            save_noise(*(tmp_path / part / name / f"{number}.png" for number in range(count)))
    data = load_folder()
    assert data.label_names == ("cat", "dog")
    assert data.train_count == 8
    assert {file.split("/")[0] for file in data.files[:8]} == {"train"}
    assert {file.split("/")[0] for file in data.files[8:]} == {"test", "val"}
    assert [data.label_names[label] for label in data.labels] == [file.split("/")[1] for file in data.files]
    assert tuple(map(str, data.remarks)) == (
        "The folders are the split: 8 images of train are trained on, 10 of test and val are held out.",
    )
    assert data.files[:8] != tuple(sorted(data.files[:8])), "the training part is shuffled too"


def test_a_limit_keeps_the_proportion_of_a_split(tmp_path: Path, load_folder: Load):
    save_noise(*(tmp_path / "train" / f"{number}.png" for number in range(16)))
    save_noise(*(tmp_path / "test" / f"{number}.png" for number in range(4)))
    data = load_folder(count=10)
    assert (data.count, data.train_count) == (10, 8)
    assert load_folder(count=2).train_count == 1
    assert load_folder().files[:8] == data.files[:8]


def test_what_lies_beside_a_split_is_listed(tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "overview.png", tmp_path / "pred" / "0.png")
    save_noise(*(tmp_path / part / f"{number}.png" for part in ("train", "test") for number in range(3)))
    data = load_folder()
    assert data.count == 6
    assert {file.path: str(file.reason) for file in data.skipped} == {
        "overview.png": "it lies beside the folders for training and testing",
        "pred/0.png": "it lies beside the folders for training and testing",
    }


def test_a_part_without_usable_images_gives_way_to_a_random_split(tmp_path: Path, load_folder: Load):
    save_noise(*(tmp_path / "train" / f"{number}.png" for number in range(10)))
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "broken.png").write_text("no picture")
    data = load_folder()
    assert (data.count, data.train_count) == (10, 9)
    assert str(data.remarks[0]).startswith("Of the folders train and test only some hold images that can be used")


def test_classes_and_files_go_in_natural_order(tmp_path: Path, load_folder: Load):
    save_noise(*(tmp_path / str(name) / f"{number}.png" for name in range(12) for number in (2, 10)))
    data = load_folder()
    assert data.label_names == tuple(str(name) for name in range(12))
    assert [int(file.split("/")[0]) for file in data.files] == data.labels.tolist()
    order = np.argsort(np.random.default_rng(0).permutation(24))
    assert [data.files[row] for row in order[:4]] == ["0/2.png", "0/10.png", "1/2.png", "1/10.png"]


def test_class_names_are_kept_exactly(tmp_path: Path, load_folder: Load):
    names = ("<b>x", "salt&pepper", "a&file", "=1+1", "C#", 'x,"y"', "a;b", "Äpfel", "梨", " two  spaces ")
    save_noise(*(tmp_path / name / f"{number}.png" for name in names for number in range(2)))
    assert set(load_folder().label_names) == set(names)
