"""Commands with an untrusted run: network paths to images are refused, local paths are reported."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.bad_files import good_array
from tests.forged_checkpoints import write_description
from trainer.commands.main import main
from trainer.data.checkpoint_path import is_remote
from trainer.training.checkpoint import FILE

SMALL = ["--model", "vae", "--widths", "8", "--threads", "1", "--device", "cpu", "--epochs", "1"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("kept")
    images = good_array(place / "images.npy")
    assert main(["train", "--data", str(images), *SMALL, "--out", str(place / "run")]) == 0
    return place / "run"


def _commands(run: Path, place: Path) -> list[list[str]]:
    return [
        ["evaluate", str(run)],
        ["encode", str(run), "--out", str(place / "codes.npz")],
        ["train", "--resume", str(run), "--epochs", "2", "--out", str(place / "more")],
    ]


@pytest.mark.parametrize(
    "path", ["//host/share/images.npy", r"\\host\share\images.npy", "smb://host/share", r"\\?\UNC\h\s"]
)
def test_images_on_another_computer_are_refused(
    path: str, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Path(shutil.copytree(kept, tmp_path / "run"))
    body = json.loads((run / FILE).read_text("utf-8"))
    body["config"]["data"]["path"] = path
    write_description(run, body)
    monkeypatch.setattr("trainer.data.registry.load", lambda *_, **__: pytest.fail("they were looked for"))
    for command in _commands(run, tmp_path):
        assert main(command) == 2
        (reported,) = capsys.readouterr().err.splitlines()
        assert "images on another computer" in reported
        assert reported.endswith("name them with --data.")


def test_images_on_this_computer_are_read_and_named(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images = kept.parent / "images.npy"
    for command in _commands(kept, tmp_path):
        assert main(command) == 0
        assert f"The images are read from {images}, as the run says." in capsys.readouterr().err
    assert main(["evaluate", str(kept), "--data", str(kept.parent / "images.npy")]) == 0
    assert "as the run says" not in capsys.readouterr().err


def test_what_counts_as_another_computer() -> None:
    for path in ("//host", r"\\host", "file://host/x", "ftp://x", r"/\host"):
        assert is_remote(path), path
    for path in ("/home/x", "C:\\x", "C:/x", "x", "./x://y", "a b://c"):
        assert not is_remote(path), path
