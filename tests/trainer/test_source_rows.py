"""Images are identified by their source row or file name; the summary appears once, also as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.conftest import write_mnist
from trainer.commands.main import main
from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.digits import load_digits
from trainer.data.images import DataInfo, ImageData, SkippedFile
from trainer.data.loading import Loading, Source
from trainer.data.moons import evenly_spaced
from trainer.sentences import Sentence
from trainer.training.checkpoint import read_description

SMALL = ["--widths", "8", "--batch", "10", "--threads", "1", "--device", "cpu", "--epochs", "1"]
NAMES = ("cat/1.png", "dog/2, large.png", "dog/ä.png", "ox.png")


def label_is_row(path: Path, count: int = 50) -> Path:
    """Images whose labels are their row numbers."""
    np.savez(
        path, images=np.random.default_rng(1).integers(0, 256, (count, 8, 8), np.uint8), labels=np.arange(count)
    )
    return path


def encoded(run: Path, *options: str) -> tuple[list[dict[str, str]], dict[str, np.ndarray]]:
    """The table and the arrays written by `encode`."""
    table, arrays = run.parent / "codes.csv", run.parent / "codes.npz"
    for out in (table, arrays):
        assert main(["encode", str(run), "--out", str(out), *options]) == 0
    with table.open(newline="", encoding="utf-8-sig") as file, np.load(arrays, allow_pickle=False) as read:
        return list(csv.DictReader(file)), dict(read)


@pytest.mark.parametrize("count", [None, 20])
@pytest.mark.parametrize("which", ["all", "train", "held-out"])
def test_rows_are_those_of_the_array(count: int | None, which: str, tmp_path: Path):
    path, run = label_is_row(tmp_path / "a.npz"), tmp_path / "run"
    some = ["--count", str(count)] if count else []
    assert main(["train", "--data", str(path), *some, *SMALL, "--out", str(run)]) == 0
    lines, arrays = encoded(run, "--which", which)
    assert [line["row"] for line in lines] == [line["label"] for line in lines]
    names = arrays["label_names"][arrays["labels"]].astype(int)
    np.testing.assert_array_equal(arrays["rows"], names)
    total = count or 50
    assert len(lines) == {"all": total, "train": total * 9 // 10, "held-out": total // 10}[which]
    assert "file" not in lines[0]
    assert "files" not in arrays


def test_the_test_part_of_a_split_comes_after_all_of_the_training_part(tmp_path: Path):
    images, labels = np.random.default_rng(1).integers(0, 256, (50, 8, 8), np.uint8), np.arange(50)
    np.savez(tmp_path / "a.npz", x_train=images[:40], y_train=labels[:40], x_test=images[40:], y_test=labels[40:])
    for count in (None, 10):
        data = registry.load(DataConfig(name="array", path=str(tmp_path / "a.npz"), count=count), tmp_path)
        assert data.labels is not None
        named = np.array(data.label_names).astype(int)[data.labels]
        np.testing.assert_array_equal(data.places(np.arange(data.count)), named)
        np.testing.assert_array_equal(data.images[:, 0], images[named])


def test_rows_of_named_sets(tmp_path: Path):
    source = write_mnist(tmp_path)
    everything = np.concatenate([source["train-images-idx3-ubyte"], source["t10k-images-idx3-ubyte"]])
    for count in (None, 10):
        mnist = registry.load(DataConfig(name="mnist", count=count), tmp_path)
        np.testing.assert_array_equal(mnist.images[:, 0], everything[mnist.places(np.arange(mnist.count))])
    whole = load_digits(DataConfig(), Loading(folder=tmp_path))
    some = load_digits(DataConfig(count=100, seed=3), Loading(folder=tmp_path))
    in_order = np.empty_like(whole.images)
    in_order[whole.places(np.arange(1797))] = whole.images
    assert (
        whole.label_names[whole.labels[np.argsort(whole.source_rows)[0]]] == "0"
    )  # the file's labels begin with 0, 1, 2
    np.testing.assert_array_equal(some.images, in_order[some.places(np.arange(100))])
    moons = registry.load(DataConfig(name="moons", count=30), tmp_path)
    assert moons.factors is not None
    np.testing.assert_allclose(moons.factors[:, 0], evenly_spaced(30)[moons.source_rows], rtol=1e-6)


@pytest.fixture
def filed() -> Iterator[None]:
    """A data set of files, with remarks and a skipped file."""

    def load(config: DataConfig, _loading: Loading) -> ImageData:
        return ImageData(
            config=config,
            title="Filed",
            images=np.random.default_rng(0).integers(0, 256, (4, 1, 8, 8), np.uint8),
            train_count=3,
            remarks=(Sentence("The images are guessed to be upright."), Sentence("Two are alike.")),
            skipped=tuple(SkippedFile(f"{number}.png", Sentence("damaged or cut short")) for number in range(12)),
            source_rows=np.array([2, 0, 3, 1]),
            files=NAMES,
        )

    info = DataInfo(name="filed", title="Filed", shape=(1, 8, 8), count=4, present=True, download_bytes=0)
    registry.register(Source(name="filed", load=load, info=lambda _folder: info))
    yield
    registry.unregister("filed")


def test_files_have_a_column(filed: None, tmp_path: Path):
    run = tmp_path / "run"
    assert main(["train", "--data", "filed", *SMALL, "--out", str(run)]) == 0
    lines, arrays = encoded(run)
    assert [(line["row"], line["file"]) for line in lines] == list(zip("2031", NAMES, strict=True))
    assert arrays["files"].tolist() == list(NAMES)
    assert arrays["rows"].tolist() == [2, 0, 3, 1]


@pytest.mark.parametrize("command", ["train", "evaluate", "encode"])
def test_every_command_that_loads_says_once_what_was_guessed_and_left_out(
    command: str, filed: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    run = tmp_path / "run"
    arguments = ["train", "--data", "filed", *SMALL, "--out", str(run)]
    if command != "train":
        assert main(arguments) == 0
        out = ["--out", str(tmp_path / "codes.csv")] if command == "encode" else []
        arguments = [command, str(run), *out]
    capsys.readouterr()
    assert main([*arguments, *(["--overwrite"] if command == "train" else []), "--json"]) == 0
    captured = capsys.readouterr()
    lines = captured.err.splitlines()
    start = lines.index("The images are guessed to be upright.")
    assert lines[start + 1 : start + 3] == ["Two are alike.", "12 files were left out:"]
    assert lines[start + 3] == "  0.png: damaged or cut short"
    assert lines[start + 13] == "  and 2 more"
    assert captured.err.count("Two are alike.") == 1
    reported = json.loads(captured.out)["data_summary"]
    assert reported["remarks"] == ["The images are guessed to be upright.", "Two are alike."]
    assert reported["left_out"][11] == {"file": "11.png", "reason": "damaged or cut short"}


def test_a_white_level_is_reported_kept_and_used_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    levels = np.random.default_rng(0).integers(0, 4096, (30, 8, 8)).astype(np.uint16)
    path, run = tmp_path / "deep.npy", tmp_path / "run"
    np.save(path, levels)
    assert main(["train", "--data", str(path), *SMALL, "--out", str(run)]) == 0
    reported = (
        "4,095 is shown as white (a white level of 65535 keeps the type's own range; --white on the command line)."
    )
    assert reported in capsys.readouterr().err
    assert read_description(run).config.data.white == 4095
    assert main(["train", "--resume", str(run), "--epochs", "2"]) == 0
    assert main(["evaluate", str(run)]) == 0
    assert "as white" not in capsys.readouterr().err
    other = tmp_path / "other"
    assert main(["train", "--data", str(path), "--white", "65535", *SMALL, "--out", str(other)]) == 0
    assert read_description(other).config.data.white == 65_535
    assert read_description(other).data.fingerprint != read_description(run).data.fingerprint
    assert main(["train", "--data", str(path), "--white", "0", *SMALL]) == 2
    assert "The white level must be a finite number above 0." in capsys.readouterr().err


def test_a_table_of_codes_has_columns_of_one_length():
    from trainer.export.codes import CodeTable

    with pytest.raises(ValueError, match="one length"):
        CodeTable(
            rows=np.arange(3),
            files=("a",),
            held_out=np.zeros(3, bool),
            codes=(np.zeros((3, 2), np.float32),),
            sigmas=(None,),
        )
