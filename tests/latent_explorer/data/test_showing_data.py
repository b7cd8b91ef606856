"""What the window makes of data that it shows: their colours, and originals that turn up."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.core.explorer import DataView, ExplorerState
from tests.latent_explorer.program import running
from tests.latent_explorer.standing import load, narrow, settle
from trainer.config import DataConfig


def view(labels: bool = False, factors: tuple[str, ...] = ()) -> DataView:
    return DataView(
        title="Data",
        config=DataConfig(),
        count=2,
        train_count=1,
        shape=(1, 8, 8),
        labels=np.zeros(2, np.int64) if labels else None,
        factors=np.zeros((2, len(factors)), np.float32) if factors else None,
        factor_names=factors,
    )


def test_colours_follow_what_the_data_have_and_the_choice_is_remembered(qapp: object) -> None:
    explorer = ExplorerState()
    explorer.set_data(view(labels=True))
    assert explorer.colour_by == "class"
    explorer.set_data(view(factors=("angle", "size")))
    assert explorer.colour_by == "angle"
    explorer.set_data(view())
    assert explorer.colour_by == "none"
    explorer.set_data(view(labels=True))
    assert explorer.colour_by == "class"
    explorer.set_data(view(labels=True, factors=("angle",)))
    assert explorer.colour_by == "class"
    explorer.set_colour_by("angle")
    explorer.set_data(view(labels=True))
    assert explorer.colour_by == "class"
    explorer.set_data(view(labels=True, factors=("size", "angle")))
    assert explorer.colour_by == "angle"
    explorer.set_colour_by("split")
    explorer.set_data(view())
    assert explorer.colour_by == "split"


def test_the_bundled_pair_gets_its_originals_whenever_it_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    folder = os.environ.get("LATENT_EXPLORER_DATA")
    if not folder:
        pytest.skip("LATENT_EXPLORER_DATA names no folder with MNIST")
    with running(qtbot, tmp_path, Path(folder)) as program:
        program.wait(lambda: program.explorer.data.images is not None)
        narrow(program)
        load(program, DataConfig(name="moons", count=200))
        program.explorer.open_requested.emit("")
        assert program.explorer.data.images is None
        program.wait(lambda: program.explorer.data.images is not None)
        assert program.explorer.data.config.name == "mnist"
        assert program.left.nearest.picture is not None
        assert program.training.draft_data.name == "mnist"
        assert not [one for one in program.said if one.level == "error"]


def test_the_data_asked_for_last_are_shown(qtbot: QtBot, tmp_path: Path) -> None:
    """Data of four shapes, asked for faster than they are loaded, and models that change meanwhile."""
    configs = []
    for side in (8, 12, 20, 30):
        file = tmp_path / f"{side}.npy"
        np.save(file, np.random.default_rng(0).integers(0, 255, (30, side, side), np.uint8))
        configs.append(DataConfig(name="array", path=str(file)))
    with running(qtbot, tmp_path) as program:
        narrow(program)
        load(program, configs[0])
        for config in (*configs, *configs):
            program.training.set_draft(
                models=tuple(model.replace(latent=model.latent + 1) for model in program.training.draft_models)
            )
            program.explorer.data_requested.emit(config, False)
            qtbot.wait(40)
        program.wait(lambda: program.explorer.data.config == configs[3] and program.training.run_state == "ready")
        settle(program)
        assert program.training.run_config.data == configs[3]
        assert program.training.run_config.models == program.training.draft_models
        assert program.sentences() == ""


def test_pressing_train_again_while_images_are_loaded_loads_them_once(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        narrow(program)
        program.wait(lambda: program.explorer.available)
        titles: list[str] = []
        program.application.jobs.jobs_changed.connect(
            lambda: titles.extend(job.title for job in program.application.jobs.jobs.values())
        )
        for _ in range(3):
            program.training.command_requested.emit("train")
        assert titles.count("Loading data") == 1
        program.wait(lambda: program.training.step > 0)
        # What was asked for first is given up as soon as something else is opened.
        program.training.command_requested.emit("pause")
        program.explorer.data_requested.emit(DataConfig(name="moons"), False)
        program.answer("replace-data")
        program.explorer.open_requested.emit("")
        program.answer("replace-open")
        program.wait(lambda: not program.application.jobs.jobs and program.training.run_state == "none")
        assert program.explorer.data.config.name == "mnist"
