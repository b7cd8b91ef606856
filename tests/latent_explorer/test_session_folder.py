"""Session folders: named after their process, and swept when it is gone."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from latent_explorer.session_folder import make_session_folder, sweep_session_folders

#: Above the largest process number of any system, so that nobody has it.
DEAD = 2**31 - 2


def folder(place: Path, name: str) -> Path:
    made = place / name
    made.mkdir()
    (made / "images-0.npy").write_bytes(b"x")
    return made


def test_folders_of_dead_processes_go_and_all_others_stay(tmp_path: Path) -> None:
    dead = folder(tmp_path, f"latent-explorer-{DEAD}-abc_1d")
    mine = folder(tmp_path, f"latent-explorer-{os.getpid()}-abc_1d")
    others = [folder(tmp_path, name) for name in ("latent-explorer-notes", f"latent-explorers-{DEAD}-a", "x")]
    sweep_session_folders(tmp_path)
    assert not dead.exists()
    for kept in (mine, *others):
        assert (kept / "images-0.npy").exists()


def test_a_process_number_that_came_round_again(tmp_path: Path) -> None:
    former = folder(tmp_path, f"latent-explorer-{os.getpid()}-abc_1d")
    before = psutil.Process().create_time() - 60
    os.utime(former, (before, before))
    sweep_session_folders(tmp_path)
    assert not former.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    kept = folder(tmp_path, "kept")
    (tmp_path / f"latent-explorer-{DEAD}-abc_1d").symlink_to(kept)
    sweep_session_folders(tmp_path)
    assert (kept / "images-0.npy").exists()


def test_a_folder_names_its_process() -> None:
    with make_session_folder() as made:
        assert Path(made).name.startswith(f"latent-explorer-{os.getpid()}-")
