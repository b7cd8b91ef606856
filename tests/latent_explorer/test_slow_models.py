"""Models too slow for the window's own thread decode in a worker; links and weights must not notice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.core import exploration
from tests.latent_explorer.program import Program, running
from trainer.config import DataConfig


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr(exploration, "INLINE_MS", -1.0)  # no model is ever quick enough
    with running(qtbot, tmp_path) as made:
        yield made


def test_a_linked_cursor_ends_at_the_image_under_the_hand(program: Program) -> None:
    program.wait(lambda: program.left.nearest is not None and program.right.nearest is not None)
    program.drag(0, (0.3, 0.3), (0.4, 0.45))
    rows = []
    for place in ((0.5, 0.5), (0.3, 0.6), (0.65, 0.4)):
        program.drag(0, (0.45, 0.45), place)
        code = np.array(program.left.cursor, np.float32)
        program.wait(lambda code=code: np.allclose(program.left.code, code))
        row = program.left.nearest.row
        rows.append(row)
        program.wait(lambda row=row: program.right.nearest.row == row)
        assert np.allclose(program.right.cursor, program.right.codes.points[row], atol=1e-5)
    assert len(set(rows)) > 1


def test_the_decode_link_encodes_with_the_weights_on_show(program: Program) -> None:
    program.explorer.data_requested.emit(DataConfig(name="moons", count=300), False)
    program.wait(lambda: program.training.run_state == "ready")
    program.click("step-button")
    program.wait(lambda: program.training.step == 1 and program.training.run_state == "paused")
    for place, pane in enumerate((program.left, program.right)):
        replica = program.application.exploration.replica(place)
        program.wait(lambda replica=replica, pane=pane: replica.number == pane.codes.number)
