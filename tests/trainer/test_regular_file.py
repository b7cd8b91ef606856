"""Only regular files are opened, and nothing waits for a FIFO or reads a device."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from trainer.regular_file import is_regular, open_regular, read_regular

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def test_a_regular_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"contents")
    with open_regular(file) as opened:
        assert opened.read() == b"contents"
        opened.seek(2)
        assert opened.read(2) == b"nt"
    assert read_regular(file, 8) == b"contents"
    assert is_regular(file)


@unix_only
def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"contents")
    (tmp_path / "link").symlink_to("file")
    assert read_regular(tmp_path / "link", 100) == b"contents"


def test_a_folder_and_a_missing_file_say_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="it is a folder"):
        open_regular(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "nothing")
    assert not is_regular(tmp_path)
    assert not is_regular(tmp_path / "nothing")
    assert not is_regular(Path("a\0b"))


@unix_only
@pytest.mark.timeout(20)
def test_pipes_sockets_and_devices_are_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fifo, link = tmp_path / "fifo", tmp_path / "link"
    os.mkfifo(fifo)
    link.symlink_to("fifo")
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # a socket's name must be short
        listening.bind("socket")
        for path, reason in (
            (fifo, "pipe"),
            (link, "pipe"),
            (tmp_path / "socket", "socket"),
            (Path("/dev/zero"), "device"),
            (Path("/dev/tty"), "device"),
        ):
            with pytest.raises(OSError, match=f"it is a {reason}, not a file"):
                open_regular(path)
            assert not is_regular(path)


@unix_only
@pytest.mark.timeout(20)
def test_what_takes_a_files_place_after_the_first_look_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifo, file = tmp_path / "fifo", tmp_path / "file"
    os.mkfifo(fifo)
    file.write_bytes(b"")
    monkeypatch.setattr("trainer.regular_file._mode", lambda _path: file.stat().st_mode)
    before = set(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else set()
    with pytest.raises(OSError, match="it is a pipe"):
        open_regular(fifo)
    if before:
        assert set(os.listdir("/proc/self/fd")) == before


def test_more_than_the_most_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"123456789")
    with pytest.raises(OSError, match="far too large"):
        read_regular(tmp_path / "file", 8)
