"""The command line with folders and names: one summary of what was guessed and left out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.trainer.data.pictures import noise, save_noise, save_stack
from trainer.commands.main import main
from trainer.data import registry
from trainer.data.images import DataError
from trainer.training.checkpoint import read_description

SMALL = ("--widths", "8", "--batch", "16", "--threads", "1", "--device", "cpu", "--epochs", "1", "--count", "40")


def train(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[dict[str, object], str]:
    """The JSON result of a run, and its remarks."""
    capsys.readouterr()
    assert main(["train", *map(str, arguments), *SMALL, "--json"]) == 0
    captured = capsys.readouterr()
    return json.loads(captured.out), captured.err


@pytest.mark.parametrize("name", ["digits", "Digits"])
def test_a_data_set_whose_name_a_folder_has_too(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    save_noise(*(tmp_path / "digits" / f"{number}.png" for number in range(5)))
    here = os.path.join(os.curdir, "digits")
    words = f"The data set digits is read, not the folder digits here; for that folder say --data {here}."
    if name == "digits":
        found, said = train(capsys, "--data", name, "--out", tmp_path / "run")
        assert words in said
        assert found["data_summary"]["remarks"] == [words]
        assert read_description(tmp_path / "run").config.data.name == "digits"
    found, said = train(capsys, "--data", here, "--out", tmp_path / "own")
    assert words not in said
    description = read_description(tmp_path / "own")
    assert (description.config.data.name, description.data.count) == ("folder", 5)


def test_names_of_data_sets_in_any_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert registry.config_for("MNIST").name == "mnist"
    assert registry.namesake("MNIST") is None
    assert registry.namesake("mnist") is None
    (tmp_path / "MNIST").mkdir()
    assert registry.config_for("MNIST").name == "folder"
    assert registry.config_for("mnist").name == ("mnist")


def test_split_and_files_left_out_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    save_noise(*(tmp_path / part / f"{number}.png" for part in ("train", "test") for number in range(6)))
    (tmp_path / "train" / "phone.heic").write_bytes(b"....ftypheic")
    found, said = train(capsys, "--data", tmp_path, "--out", tmp_path / "run")
    assert "The folders are the split: 6 images of train are trained on, 6 of test are held out." in said
    assert "1 file was left out:\n  train/phone.heic: .heic is not a format that is read here" in said
    assert found["data_summary"]["left_out"] == [
        {"file": "train/phone.heic", "reason": ".heic is not a format that is read here"}
    ]


def test_a_stack_is_a_data_set_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    save_stack(tmp_path / "s.tif", [noise(number) for number in range(12)])
    save_noise(tmp_path / "other.png")
    train(capsys, "--data", tmp_path / "s.tif", "--out", tmp_path / "run")
    description = read_description(tmp_path / "run")
    assert (description.data.count, description.data.title) == (12, "s.tif")
    assert description.config.data.only == ("s.tif",)
    (tmp_path / "moved").mkdir()
    (tmp_path / "s.tif").rename(tmp_path / "moved" / "t.tif")
    again = ("--resume", str(tmp_path / "run"), "--data", str(tmp_path / "moved" / "t.tif"), "--epochs", "2")
    assert main(["train", *again]) == 0
    with pytest.raises(DataError, match=r"other\.png holds only one image that can be used"):
        registry.load(registry.config_for(str(tmp_path / "other.png")), tmp_path)
