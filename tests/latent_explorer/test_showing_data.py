"""What the window makes of data that it shows: their colours, and originals that turn up."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.state.explorer import DataView, ExplorerState
from tests.latent_explorer.program import running
from tests.latent_explorer.standing import load, narrow
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
