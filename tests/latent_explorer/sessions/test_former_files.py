"""Sessions, automatic saves and settings that former versions wrote still open in the window."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.core.settings import Settings
from latent_explorer.core.training import TrainingState
from latent_explorer.sessions.last_settings import LastSettings
from tests.latent_explorer.program import running
from tests.latent_explorer.standing import train

FORMER = Path(__file__).parents[2] / "former" / "format1"
EXPECTED = json.loads((FORMER / "expected.json").read_text())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_former_session_opens_as_it_was_left_and_continues(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    expected = EXPECTED[name]
    place = tmp_path / name
    shutil.copytree(FORMER / name, place)
    with running(qtbot, tmp_path, open_path=place) as program:
        program.wait(lambda: program.training.step == expected["step"])
        program.wait(lambda: program.explorer.data is not None and program.explorer.picked == expected["picked"])
        assert program.training.knobs.to_json() == expected["knobs"]
        for pane, was in zip((program.left, program.right), expected["panes"], strict=True):
            program.wait(lambda pane=pane: pane.codes is not None)
            np.testing.assert_allclose(pane.codes.codes[:3], was["first_codes"], atol=1e-5)
            assert (pane.axes, pane.hidden) == (was["axes"], was["hidden"])
        train(program, 1)
        assert program.training.step == expected["step"] + 1


def test_a_former_automatic_save_is_offered_and_opens(qtbot: QtBot, tmp_path: Path) -> None:
    shutil.copytree(FORMER / "autosave", tmp_path / "unfinished")
    with running(qtbot, tmp_path) as program:
        program.wait(lambda: "An unfinished run was found" in program.sentences())
        program.answer("recover-run")
        program.wait(lambda: program.training.step > 60 and program.training.run_state == "paused")


def test_former_settings_are_recalled(qtbot: QtBot, tmp_path: Path) -> None:
    shutil.copy(FORMER / "settings.ini", tmp_path / "settings.ini")
    with running(qtbot, tmp_path) as program:
        assert program.explorer.recent == ("/home/someone/runs/session-2d",)
        assert program.training.draft_models[0].widths == (512, 256), "the panel shows the pair on show"
        program.click("last-settings")
        assert program.training.draft_train.batch == 64
        assert program.training.draft_models[0].widths == (16,)
        assert not [one for one in program.said if one.level in ("error", "warning")], program.sentences()


@pytest.mark.parametrize("models", ["7", "[]", "[" * 100_000, json.dumps([{}] * 9), json.dumps([{"latent": 0}])])
def test_settings_that_cannot_be_used_are_not_offered(tmp_path: Path, models: str) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.set_text("train/config", "{}")
    settings.set_text("train/models", json.dumps([{}]))
    training = TrainingState()
    LastSettings(settings, training)
    assert training.last_time is not None
    settings.set_text("train/models", models)
    training.set_last_time(None)
    LastSettings(settings, training)
    assert training.last_time is None
