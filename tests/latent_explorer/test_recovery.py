"""Unfinished runs: offered when they can be read, and never lost when they cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from latent_explorer.controllers import recovery
from latent_explorer.controllers.recovery import RecoveryController
from latent_explorer.notifications import Notification, Notifications
from trainer.training.checkpoint import CheckpointError

#: Above the largest process number of any system, so that nobody has it.
DEAD = 2**31 - 2


class Client:
    """Takes in what the service is told."""

    def tell(self, request: Any) -> None:
        pass


@pytest.fixture
def said(qapp: object, tmp_path: Path) -> list[Notification]:
    notifications = Notifications()
    heard: list[Notification] = []
    notifications.shown.connect(heard.append)
    RecoveryController(Client(), notifications, tmp_path, lambda *_: None, notifications).start()
    return heard


@pytest.fixture
def unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Left behind by another version of the program, or on a disk that does not answer now."""
    folder = tmp_path / f"run-{DEAD}-0123abcd"
    folder.mkdir()
    (folder / "checkpoint.json").write_text("{}")

    def read(path: Path) -> Any:
        raise CheckpointError(f"{path} was written by another version.")

    monkeypatch.setattr(recovery, "read_description", read)
    return folder


def test_a_run_that_cannot_be_read_now_is_kept(unreadable: Path, said: list[Notification]) -> None:
    assert (unreadable / "checkpoint.json").read_text() == "{}"
    assert not said


def test_a_place_in_which_nothing_was_ever_written_goes(tmp_path: Path, qapp: object) -> None:
    empty = tmp_path / f"run-{DEAD}-0123abcd"
    empty.mkdir()
    notifications = Notifications()
    RecoveryController(Client(), notifications, tmp_path, lambda *_: None, notifications).start()
    assert not empty.exists()
