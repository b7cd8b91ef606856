"""Session folders: whose one is, its lock tells, and never a process number or a time."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from latent_explorer import preflight
from latent_explorer.sessions import folder as session_folder
from latent_explorer.sessions.folder import former_owner_lives, make_session_folder, sweep_session_folders
from trainer.storage.folder_lock import claim

#: Above the largest process number of any system, so that no one has it.
DEAD = 2**31 - 2


def folder(place: Path, name: str) -> Path:
    made = place / name
    made.mkdir()
    (made / "images-0.npy").write_bytes(b"x")
    return made


def test_folders_that_no_one_holds_go_and_all_others_stay(tmp_path: Path) -> None:
    """The numbers in their names are what they may: in another container, or before a clock was set back."""
    others = [folder(tmp_path, name) for name in ("latent-explorer-notes", f"latent-explorers-{DEAD}-a", "x")]
    left = folder(tmp_path, f"latent-explorer-{os.getpid()}-left")
    lock = claim(left)
    assert lock is not None
    lock.release(keep_file=True)  # as if its holder was killed
    live = folder(tmp_path, f"latent-explorer-{DEAD}-live")
    os.utime(live, (0, 0))
    with claim(live):
        sweep_session_folders(tmp_path)
        for kept in (live, *others):
            assert (kept / "images-0.npy").exists()
    assert not left.exists()


@pytest.mark.parametrize("words", [["latent_explorer"], []], ids=["a window", "a script that opens one"])
def test_folders_without_a_lock_go_once_their_window_is_gone(tmp_path: Path, words: list[str]) -> None:
    dead = folder(tmp_path, f"latent-explorer-{DEAD}-abc_1d")
    code = "import sys; sys.stdin.read()"
    command = [sys.executable, "-c", code, *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as window:
        live = folder(tmp_path, f"latent-explorer-{window.pid}-abc_1d")
        sweep_session_folders(tmp_path)
        assert not dead.exists()
        assert live.exists()
        assert former_owner_lives(window.pid)
        window.kill()
    sweep_session_folders(tmp_path)
    assert not live.exists()
    assert not former_owner_lives(os.getpid())  # which holds locks


_WINDOW = """
import sys
from latent_explorer.sessions.folder import make_session_folder
made = make_session_folder()
made.hold()
(made.path / "images-0.npy").write_bytes(b"x")
print(made.path, flush=True)
sys.stdin.read()
"""


def test_the_folder_of_another_window_is_left_alone_until_it_is_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", _WINDOW]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as window:
        assert window.stdout is not None
        theirs = Path(window.stdout.readline().strip())
        # What it is called in another container, where no one has this number.
        elsewhere = theirs.rename(tmp_path / f"latent-explorer-{DEAD}-abc")
        sweep_session_folders(tmp_path)
        assert (elsewhere / "images-0.npy").exists()
        window.kill()
    sweep_session_folders(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    kept = folder(tmp_path, "kept")
    (tmp_path / f"latent-explorer-{DEAD}-abc_1d").symlink_to(kept)
    sweep_session_folders(tmp_path)
    assert (kept / "images-0.npy").exists()


def test_a_folder_is_its_owners_alone_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    former = os.umask(0)
    try:
        with make_session_folder() as made:
            assert made.name.startswith(f"latent-explorer-{os.getpid()}-")
            if os.name != "nt":
                assert stat.S_IMODE(made.stat().st_mode) == 0o700
    finally:
        os.umask(former)
    assert not made.exists()


def test_a_folder_that_was_cleaned_away_and_made_again_goes_too() -> None:
    made = make_session_folder()
    made.hold()
    for entry in made.path.iterdir():
        entry.unlink()
    made.path.rmdir()
    made.path.mkdir()
    (made.path / "images-1.npy").write_bytes(b"x")
    made.cleanup()
    made.cleanup()
    assert not made.path.exists()


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed there")
def test_a_folder_that_was_made_again_is_locked_again_and_not_swept(tmp_path: Path) -> None:
    # In another container no one has the number in its name.
    made = session_folder.SessionFolder(folder(tmp_path, f"latent-explorer-{DEAD}-abc"))
    made.hold()
    shutil.rmtree(made.path)
    made.hold()  # nothing is there to be held
    folder(tmp_path, made.path.name)
    made.hold()
    sweep_session_folders(tmp_path)
    assert (made.path / "images-0.npy").exists()
    assert claim(made.path) is None
    made.hold()
    assert claim(made.path) is None
    made.cleanup()
    assert list(tmp_path.iterdir()) == []


def test_without_a_temporary_folder_the_cache_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    monkeypatch.setattr(session_folder, "_cache", lambda: str(tmp_path))
    assert preflight.problem(offscreen=True) == ""
    with make_session_folder() as made:
        assert made.parent == tmp_path
    left = folder(tmp_path, f"latent-explorer-{DEAD}-abc")
    sweep_session_folders()
    assert not left.exists()


def test_without_any_folder_a_sentence_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "mkdtemp", none)
    assert preflight.problem(offscreen=True) == (
        "temporary files cannot be written (No usable temporary directory found); free some space, or name a "
        "folder that can be written to in the environment variable TMPDIR."
    )
