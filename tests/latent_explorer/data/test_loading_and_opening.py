"""Loads, builds and opens that overtake one another: the last request wins."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import data_of, load, narrow, save, settle, shows, train
from trainer.config import DataConfig
from trainer.service.messages import LoadData


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as made:
        narrow(made)
        yield made


@pytest.fixture
def array(tmp_path: Path) -> Callable[[int], DataConfig]:
    """Data of another size for each number."""

    def made(side: int) -> DataConfig:
        file = tmp_path / f"{side}.npy"
        if not file.exists():
            np.save(file, np.random.default_rng(side).integers(0, 255, (30, side, side), np.uint8))
        return DataConfig(name="array", path=str(file))

    return made


@pytest.fixture
def saved(program: Program, array: Callable[[int], DataConfig], tmp_path: Path) -> Path:
    """A run of three steps on data of 8 x 8 pixels, which is the present run."""
    load(program, array(8))
    train(program, 3)
    save(program, tmp_path / "saved")
    return tmp_path / "saved"


@pytest.fixture
def too_late(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is given up, the service has just finished."""
    monkeypatch.setattr(program.application.client, "cancel", lambda job: None)


def change_models(program: Program) -> None:
    """One more latent dimension."""
    models = tuple(model.replace(latent=model.latent + 1) for model in program.training.draft_models)
    program.training.set_draft(models=models)


def at_rest(program: Program) -> bool:
    return not program.application.client.busy and program.training.run_state != "loading"


# ---------------------------------------------------------------- opening


def recover(program: Program, saved: Path) -> None:
    program.application.sessions.recover(saved, lambda: None)


def open_it(program: Program, saved: Path) -> None:
    program.explorer.open_requested.emit(str(saved))


@pytest.mark.parametrize("open_run", [recover, open_it])
def test_a_run_opened_while_data_are_loaded_stays(program, saved, array, open_run: Any) -> None:
    load(program, array(12))
    program.explorer.data_requested.emit(array(8), False)
    open_run(program, saved)
    program.wait(lambda: at_rest(program))
    settle(program)
    assert (program.training.run_state, program.training.step) == ("paused", 3)
    assert data_of(program).config == array(8)


def test_a_question_gives_up_a_load_only_when_it_is_answered(program, saved, array) -> None:
    train(program, 1)
    program.explorer.open_requested.emit(str(saved))
    program.explorer.data_requested.emit(array(12), False)
    program.answer("replace-data")
    program.answer("replace-open")
    program.wait(lambda: at_rest(program))
    assert (program.training.run_state, program.training.step) == ("paused", 3)
    train(program, 1)
    program.explorer.data_requested.emit(array(12), False)
    program.answer("replace-data")
    program.explorer.open_requested.emit(str(saved))
    program.wait(lambda: shows(program, array(12)) and program.training.run_state == "ready")


def test_what_was_to_be_trained_does_not_train_the_run_that_is_opened(program, saved, array) -> None:
    load(program, array(12))
    change_models(program)
    program.training.command_requested.emit("train")
    program.explorer.open_requested.emit(str(saved))
    program.wait(lambda: at_rest(program))
    settle(program)
    assert (program.training.run_state, program.training.step) == ("paused", 3)


def test_nothing_is_trained_while_a_session_is_being_opened_which_the_button_says(program, saved, array) -> None:
    load(program, array(12))
    program.explorer.open_requested.emit(str(saved))
    assert not program.child("train-button").isEnabled()
    assert program.child("train-button").text() == "Loading…"
    for command in ("train", "step", "reset"):  # by keys, from the palette
        program.training.command_requested.emit(command)
    change_models(program)  # a run without steps follows the draft, but not now
    assert program.sentences().count("A session is being opened; train once it is there.") >= 1
    program.wait(lambda: at_rest(program))
    settle(program)
    assert (program.training.run_state, program.training.step) == ("paused", 3)
    assert data_of(program).config == array(8)
    assert program.child("train-button").isEnabled()
    train(program, 1)
    assert program.training.step == 4


def test_what_cannot_be_opened_leaves_the_run_to_be_trained(program, array, tmp_path) -> None:
    load(program, array(12))
    (tmp_path / "nothing").mkdir()
    program.explorer.open_requested.emit(str(tmp_path / "nothing"))
    assert not program.child("train-button").isEnabled()
    program.wait(lambda: at_rest(program))
    assert program.training.run_state == "ready"
    train(program, 1)
    assert program.training.step == 1
    assert data_of(program).config == array(12)


def test_an_opened_run_is_shown_with_its_own_images(program, saved, array, too_late) -> None:
    """They were being loaded, and that was given up too late: the service has them, the window does not yet."""
    load(program, array(12))
    program.explorer.data_requested.emit(array(8), False)
    program.explorer.open_requested.emit(str(saved))
    program.wait(lambda: at_rest(program))
    assert program.training.step == 3
    assert data_of(program).config == array(8)
    assert data_of(program).images.shape[1:] == (1, 8, 8)


def test_images_of_loads_given_up_too_late_may_be_gone(program, array, too_late) -> None:
    load(program, array(8))
    folder = Path(program.application.session_folder.path)
    former = set(folder.rglob("images-*.npy"))
    for side in (12, 16, 20, 24):
        program.explorer.data_requested.emit(array(side), False)
    until = time.monotonic() + 30
    while len(set(folder.rglob("images-*.npy")) - former) < 2 or former & set(folder.rglob("images-*.npy")):
        assert time.monotonic() < until
        time.sleep(0.05)
    time.sleep(0.5)  # the other loads
    program.wait(lambda: shows(program, array(24)) and program.training.run_state == "ready")
    assert program.sentences() == ""


# ---------------------------------------------------------------- training


def test_train_pressed_while_other_data_are_loaded_trains_those(program, array) -> None:
    load(program, array(8))
    program.explorer.data_requested.emit(array(12), False)
    change_models(program)
    program.training.command_requested.emit("train")
    program.wait(lambda: program.training.step > 0)
    assert program.training.run_config.data == data_of(program).config == array(12)


def test_train_is_not_lost_with_data_that_were_given_up_too_late(program, array, too_late) -> None:
    load(program, array(8))
    program.explorer.data_requested.emit(array(12), False)
    change_models(program)
    program.training.command_requested.emit("train")
    program.explorer.data_requested.emit(array(16), False)
    program.wait(lambda: program.training.step > 0)
    assert program.training.run_config.data == data_of(program).config == array(16)


def test_train_is_not_lost_with_data_that_cannot_be_loaded(program, array, tmp_path) -> None:
    load(program, array(8))
    program.explorer.data_requested.emit(DataConfig(name="array", path=str(tmp_path / "nowhere.npy")), False)
    change_models(program)
    program.training.command_requested.emit("train")
    program.wait(lambda: program.training.step > 0)
    assert program.training.run_config.data == data_of(program).config == array(8)


def test_the_pair_on_show_is_trained_on_its_own_images_from_the_first_moment(qtbot: QtBot, tmp_path: Path) -> None:
    """They are still being looked for, or loaded, when Train is pressed."""
    folder = os.environ.get("LATENT_EXPLORER_DATA")
    if not folder:
        pytest.skip("LATENT_EXPLORER_DATA names no folder with MNIST")
    with running(qtbot, tmp_path, Path(folder)) as program:
        narrow(program)
        program.training.command_requested.emit("train")
        program.wait(lambda: program.training.step > 0)
        assert program.training.run_config.data.name == data_of(program).config.name == "mnist"
        assert program.sentences() == ""


@pytest.mark.parametrize("listed", [False, True])
def test_train_waits_for_the_list_of_data_sets(program, listed: bool) -> None:
    """Reports that the images of the displayed pair are not available, so that others are trained on."""
    program.wait(lambda: program.explorer.available)
    if not listed:
        program.explorer.set_available(())
    program.training.command_requested.emit("train")
    if not listed:
        assert program.training.run_state == "loading"
        assert program.sentences() == ""
        program.application.data.list_available()
    program.wait(lambda: program.training.step > 0)
    assert program.training.run_config.data.name == "digits"
    assert program.sentences() == ("The images of MNIST are not at hand, so another data set is trained on.")


def test_data_are_looked_for_where_they_are_said_to_be_now(program, tmp_path, monkeypatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(program.application.client, "tell", asked.append)
    for folder in ("one", "one", "two"):
        program.explorer.data_folder_requested.emit(str(tmp_path / folder))
        program.explorer.data_requested.emit(DataConfig(name="digits"), False)
    loads = [request for request in asked if isinstance(request, LoadData)]
    assert [load.folder.name for load in loads] == ["one", "two"]
