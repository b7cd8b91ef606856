"""Saves: each with its own continuation, and none overtaken by the end of the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow, train
from trainer.config import DataConfig
from trainer.training.checkpoint import read_description


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as made:
        narrow(made)
        load(made, DataConfig(name="moons", count=200))
        train(made, 2)
        yield made


def consented(program: Program) -> list[bool]:
    heard: list[bool] = []
    program.application.shutdown.consented.connect(lambda: heard.append(True))
    return heard


def test_closing_waits_for_a_copy_that_is_being_saved(program: Program, tmp_path: Path) -> None:
    program.explorer.save_requested.emit(str(tmp_path / "first"))
    program.wait(lambda: not program.application.client.busy)
    left = consented(program)
    program.explorer.save_requested.emit(str(tmp_path / "copy"))
    program.application.shutdown.request()  # nothing is unsaved, so nothing is asked
    program.application.shutdown.request()
    assert not left
    assert [job.title for job in program.application.jobs.jobs.values()] == ["Saving"]
    program.wait(lambda: left)
    assert left == [True]
    assert read_description(tmp_path / "copy").step == 2


def test_closing_without_saving_waits_for_a_save_that_was_asked_for(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program.application.shutdown, "_ask", lambda: "stop")
    left = consented(program)
    program.explorer.save_requested.emit(str(tmp_path / "copy"))
    program.application.shutdown.request()
    assert not left
    program.wait(lambda: left)
    assert read_description(tmp_path / "copy").step == 2


def test_the_window_stays_when_what_it_waits_for_fails(program: Program, tmp_path: Path) -> None:
    program.explorer.save_requested.emit(str(tmp_path / "first"))
    program.wait(lambda: not program.application.client.busy)
    left = consented(program)
    (tmp_path / "file").write_text("")
    program.explorer.save_requested.emit(str(tmp_path / "file"))
    program.application.shutdown.request()
    program.wait(lambda: any(one.level == "error" for one in program.said))
    program.wait(lambda: not program.application.client.busy)
    assert not left
    program.application.shutdown.request()
    assert left == [True]


def test_a_save_before_leaving_is_not_taken_for_an_earlier_one(program: Program, tmp_path: Path) -> None:
    sessions = program.application.sessions
    order: list[str] = []
    program.explorer.save_place = str(tmp_path / "run")
    program.explorer.save_requested.emit("")
    sessions.save_then(lambda saved: order.append(f"second {saved}"))
    program.wait(lambda: "Saved to" in program.sentences())
    program.wait(lambda: order)
    assert order == ["second True"]
    assert not program.application.client.busy


def test_the_place_that_is_chosen_belongs_to_the_save_that_asked(program: Program, tmp_path: Path) -> None:
    sessions = program.application.sessions
    heard: list[bool] = []
    program.explorer.place_wanted.disconnect()
    sessions.save_then(heard.append)
    sessions.give_up_saving()
    assert heard == [False]
    sessions.save_then(heard.append)
    program.explorer.save_requested.emit(str(tmp_path / "run"))
    program.wait(lambda: len(heard) == 2)
    assert heard == [False, True]
