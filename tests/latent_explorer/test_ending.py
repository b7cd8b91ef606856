"""What is left of a program that has ended: nothing."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.bad_files import good_array
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow, train
from trainer.config import DataConfig


def test_a_program_that_has_ended_is_freed(qtbot: QtBot, tmp_path: Path) -> None:
    gc.collect()
    before = set(QApplication.topLevelWidgets())
    with running(qtbot, tmp_path) as program:
        narrow(program)
        load(program, DataConfig(name="array", path=str(good_array(tmp_path / "images.npy"))))
        train(program, 1)
        known = parts(program)
        assert all(part() is not None for part in known.values())
        program.application.recovery.forget()
    del program
    gc.collect()
    assert [name for name, part in known.items() if part() is not None] == []
    assert set(QApplication.topLevelWidgets()) <= before  # those of former tests may be gone by now


def parts(program: Program) -> dict[str, weakref.ref]:
    """One of each kind: they are held in different ways."""
    application, explorer = program.application, program.explorer
    assert explorer.data is not None
    assert program.left.codes is not None
    return {
        name: weakref.ref(part)
        for name, part in {
            "application": application,
            "window": application.window,
            "map": program.maps[0],
            "state": program.training,
            "pane": program.left,
            "pictures": program.left.picture,
            "codes": program.left.codes.codes,
            "images": explorer.data.images,
            "controller": application.runs,
            "tools": application.toolbox,
            "link": application.client,
        }.items()
    }
