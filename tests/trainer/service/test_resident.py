"""Files shared with the window, and whether a source is still what was read."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from trainer.config import DataConfig
from trainer.progress import CancelledError
from trainer.service import resident
from trainer.service.resident import SessionFiles, source_stamp


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    files = SessionFiles(tmp_path / "new")
    array = np.random.default_rng(0).integers(0, 255, (7, 3, 5, 4), np.uint8)
    array.setflags(write=False)
    read = np.load(files.write(array), mmap_mode="r", allow_pickle=False)
    assert read.dtype == np.uint8
    np.testing.assert_array_equal(read, array)


def test_no_two_files_share_a_name_even_of_two_services(tmp_path: Path) -> None:
    first, second = SessionFiles(tmp_path), SessionFiles(tmp_path)
    array = np.zeros(3, np.uint8)
    assert len({first.write(array), first.write(array), second.write(array)}) == 3


def test_a_cancelled_write_leaves_nothing(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(resident, "_PIECE", 10)
    answers = iter([False, False, True])
    with pytest.raises(CancelledError):
        SessionFiles(tmp_path).write(np.zeros(100, np.uint8), lambda: next(answers))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        SessionFiles(tmp_path / "file").write(np.zeros(3, np.uint8))


def test_what_cannot_be_deleted_now_is_deleted_later(tmp_path: Path, monkeypatch) -> None:
    files = SessionFiles(tmp_path)
    path = files.write(np.zeros(3, np.uint8))
    with monkeypatch.context() as patch:
        # As Windows does while the window has the file mapped.
        patch.setattr(Path, "unlink", lambda *args, **kwargs: (_ for _ in ()).throw(PermissionError()))
        files.discard(path)
    assert path.exists()
    files.discard()
    assert not path.exists()


def test_a_stamp_follows_the_source(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"1")
    config = DataConfig(name="folder", path=str(folder))
    first = source_stamp(config, tmp_path)
    assert source_stamp(config, tmp_path) == first
    (folder / "b.png").write_bytes(b"2")
    second = source_stamp(config, tmp_path)
    assert second != first
    os.utime(folder / "a.png", (1, 1))
    assert source_stamp(config, tmp_path) != second
    gone = DataConfig(name="array", path=str(tmp_path / "no.npy"))
    assert source_stamp(gone, tmp_path) == source_stamp(gone, tmp_path)
