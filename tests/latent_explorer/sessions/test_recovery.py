"""Unfinished runs: offered to one window, when no one writes them any more, and never lost."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.notifications import Notification, Notifications
from latent_explorer.sessions import folder as session_folder
from latent_explorer.sessions import recovery
from latent_explorer.sessions.recovery import RecoveryController
from trainer.service.messages import Autosave, Autosaved
from trainer.storage.folder_lock import LOCK, claim
from trainer.training.checkpoint import CheckpointError

FORMER = Path(__file__).parents[2] / "former" / "format1" / "autosave"
#: Above the largest process number of any system, so that no one has it.
DEAD = 2**31 - 2


class Window(QObject):
    """What of a window concerns unfinished runs."""

    lost = Signal(str)
    reported = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.told: list[Any] = []
        self.opened: list[Path] = []
        self.said: list[Notification] = []
        self.notifications = Notifications()
        self.notifications.shown.connect(self.said.append)
        self.notifications.listen()
        self.recovery = RecoveryController(self, self.notifications, folder, self._open, self.notifications)  # type: ignore[arg-type]

    def tell(self, request: Any) -> None:
        self.told.append(request)

    def _open(self, path: Path, stands: Callable[[], None]) -> None:
        self.opened.append(path)
        stands()

    @property
    def mine(self) -> Path:
        return [request.path for request in self.told if isinstance(request, Autosave) and request.path][-1]

    def answer(self, key: str) -> None:
        self.notifications.action_chosen.emit(key)

    def offers(self) -> list[str]:
        return [one.sentence for one in self.said if one.actions]


@pytest.fixture
def place(tmp_path: Path, qapp: object) -> Path:
    return tmp_path / "unfinished"


def window(place: Path) -> Window:
    made = Window(place)
    made.recovery.start()
    return made


def left_behind(place: Path, number: int) -> Path:
    """A run of a window that was killed."""
    (source,) = FORMER.iterdir()
    folder = place / f"run-{number}-0123abcd"
    shutil.copytree(source, folder)
    (folder / LOCK).touch()
    return folder


@pytest.fixture
def unreadable(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Left behind by another version of the program, or on a disk that does not answer now."""
    folder = place / f"run-{DEAD}-0123abcd"
    folder.mkdir(parents=True)
    (folder / "checkpoint.json").write_text("{}")

    def read(path: Path) -> Any:
        raise CheckpointError(f"{path} was written by another version.")

    monkeypatch.setattr(recovery, "read_description", read)
    return folder


def test_a_run_that_cannot_be_read_now_is_kept(unreadable: Path, place: Path) -> None:
    first = window(place)
    assert (unreadable / "checkpoint.json").read_text() == "{}"
    assert not first.said
    first.recovery.finish()


def test_a_place_in_which_nothing_was_ever_written_goes(place: Path) -> None:
    empty = place / f"run-{DEAD}-0123abcd"
    empty.mkdir(parents=True)
    first = window(place)
    assert not empty.exists()
    first.recovery.finish()
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("number", [DEAD, os.getpid(), os.getppid()], ids=["nobody", "mine", "parent"])
def test_a_run_that_no_one_holds_is_offered_whatever_its_number_and_time(place: Path, number: int) -> None:
    folder = left_behind(place, number)
    os.utime(folder, (2**31, 2**31))  # the clock was set back since
    first = window(place)
    assert len(first.offers()) == 1
    first.answer("recover-run")
    assert first.opened == [folder]
    first.recovery.forget()
    first.recovery.finish()
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("number", [DEAD, os.getpid()], ids=["nobody", "mine"])
def test_a_live_windows_run_is_neither_offered_nor_discarded(place: Path, number: int) -> None:
    """Its number is no one's here, or this one's: another container, another host."""
    folder = left_behind(place, number)
    os.utime(folder, (0, 0))
    with claim(folder):
        second = window(place)
        assert not second.offers()
        second.answer("discard-run")
        second.recovery.forget()
        second.recovery.finish()
        assert (folder / "checkpoint.json").exists()


def test_two_windows_that_start_together_do_not_offer_the_same_run(place: Path) -> None:
    folder = left_behind(place, DEAD)
    first, second = window(place), window(place)
    assert (len(first.offers()), len(second.offers())) == (1, 0)
    first.answer("recover-run")
    third = window(place)
    assert not third.offers()
    # It was opened but neither saved nor given up, so it is offered again.
    first.recovery.finish()
    fourth = window(place)
    assert len(fourth.offers()) == 1
    fourth.answer("discard-run")
    assert not folder.exists()
    for one in (second, third, fourth):
        one.recovery.finish()
    assert list(place.iterdir()) == []


def test_of_several_runs_each_window_offers_another(place: Path) -> None:
    left_behind(place, DEAD)
    left_behind(place, DEAD - 1)
    windows = [window(place) for _ in range(3)]
    assert [len(one.offers()) for one in windows] == [1, 1, 0]
    for one in windows:
        one.recovery.finish()
    assert len(list(place.iterdir())) == 2


def test_what_a_window_keeps_is_its_own_until_it_ends_and_offered_then(place: Path) -> None:
    first = window(place)
    (source,) = FORMER.iterdir()
    shutil.copytree(source, first.mine, dirs_exist_ok=True)
    second = window(place)
    assert not second.offers()
    first.recovery.finish()
    third = window(place)
    assert len(third.offers()) == 1
    for one in (second, third):
        one.recovery.finish()


def test_what_a_dead_trainer_left_is_offered_by_its_own_window_alone(place: Path) -> None:
    first = window(place)
    former = first.mine
    (source,) = FORMER.iterdir()
    shutil.copytree(source, former, dirs_exist_ok=True)
    second = window(place)
    first.recovery.restart()
    assert len(first.offers()) == 1
    assert first.mine != former
    assert not second.offers()
    first.answer("discard-run")
    assert not former.exists()
    for one in (first, second):
        one.recovery.finish()


def test_closing_after_the_trainer_died_keeps_what_it_left(place: Path) -> None:
    """There is no run any more, so that none is unsaved: no one was asked."""
    first = window(place)
    (source,) = FORMER.iterdir()
    shutil.copytree(source, first.mine, dirs_exist_ok=True)
    first.lost.emit("The trainer was ended.")
    first.recovery.forget()
    first.recovery.finish()
    second = window(place)
    assert len(second.offers()) == 1
    second.recovery.finish()


def test_a_run_that_was_opened_and_lost_before_it_was_kept_again_is_not_removed(place: Path) -> None:
    folder = left_behind(place, DEAD)
    first = window(place)
    first.answer("recover-run")
    first.lost.emit("The trainer was ended.")
    first.recovery.restart()
    assert len(first.offers()) == 2
    first.recovery.forget()
    first.recovery.finish()
    assert (folder / "checkpoint.json").exists()


def test_runs_of_the_first_version_are_offered_but_for_a_live_windows(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FORMER, place)
    monkeypatch.setattr(recovery, "former_owner_lives", lambda _: True)
    first = window(place)
    assert not first.offers()
    monkeypatch.setattr(recovery, "former_owner_lives", session_folder.former_owner_lives)
    second = window(place)
    assert len(second.offers()) == 1
    for one in (first, second):
        one.recovery.finish()


@pytest.mark.skipif(os.name == "nt", reason="a profile's folders are its owner's there")
def test_automatic_saves_are_their_owners_alone(place: Path) -> None:
    former = os.umask(0)
    try:
        place.mkdir(0o755)
        first = window(place)
        assert [stat.S_IMODE(path.stat().st_mode) for path in (place, first.mine)] == [0o700, 0o700]
    finally:
        os.umask(former)
    first.recovery.finish()


def test_a_place_that_cannot_be_written_to_does_not_keep_the_window_from_starting(
    tmp_path: Path, qapp: object
) -> None:
    (tmp_path / "file").write_text("x")
    first = window(tmp_path / "file" / "unfinished")
    assert isinstance(first.told[-1], Autosave)  # the service tells what is wrong once a training begins
    first.recovery.forget()
    first.recovery.finish()


def test_a_place_that_was_cleaned_away_is_held_again_once_it_is_made_again(place: Path) -> None:
    first = window(place)
    if os.name == "nt":
        pytest.skip("an open file cannot be removed there")
    shutil.rmtree(first.mine)
    first.mine.mkdir()
    (first.mine / "checkpoint.json").write_text("{}")
    first.reported.emit(Autosaved(7))
    assert claim(first.mine) is None
    first.recovery.forget()
    first.recovery.finish()
    assert list(place.iterdir()) == []


def test_an_offer_says_that_moments_do_not_come_back(place: Path) -> None:
    left_behind(place, DEAD)
    first = window(place)
    (offer,) = first.offers()
    assert offer.endswith(". Its time machine begins there: automatic saves hold no moments.")
    first.recovery.finish()
