"""A path to images in somebody else's checkpoint is not looked at before this person says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.bad_files import good_array
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow, save, settle, still_works, train
from trainer.config import DataConfig
from trainer.service.backend import Backend


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths whose images were asked for."""
    real, paths = Backend.load_data, []

    def load_data(self, config, *rest):
        paths.append(config.path)
        return real(self, config, *rest)

    monkeypatch.setattr(Backend, "load_data", load_data)
    return paths


def test_images_are_looked_for_after_a_yes_and_never_asked_about_again(
    qtbot: QtBot, tmp_path: Path, looked_at: list[str]
) -> None:
    theirs, mine, saved = tmp_path / "theirs", tmp_path / "mine", tmp_path / "run"
    theirs.mkdir()
    mine.mkdir()
    images = str(good_array(theirs / "images.npy"))
    with running(qtbot, theirs) as program:
        narrow(program)
        load(program, DataConfig(name="array", path=images))
        train(program)
        save(program, saved)
        # Loaded here: opening one's own run asks nothing.
        program.explorer.open_requested.emit(str(saved))
        program.wait(lambda: program.training.run_state == "paused")
        settle(program)
        assert "Look for them there?" not in program.sentences()
    looked_at.clear()
    with running(qtbot, mine, open_path=saved) as program:
        program.wait(lambda: "Look for them there?" in program.sentences())
        settle(program)
        assert images not in looked_at
        assert _question(program) == f"This run was trained on images in {images}. Look for them there?"
        assert f"The images in {images} were not looked for." in _on_show(program)
        assert program.training.run_state == "none"
        assert program.left.codes is not None
        before = program.left.picture
        program.drag(0, (0.3, 0.4), (0.5, 0.6))
        assert program.left.picture is not before
        program.answer("look-for-data")
        program.wait(lambda: program.training.run_state == "paused")
        settle(program)
        assert images in looked_at
        assert "were not looked for" not in _on_show(program)
        assert program.explorer.data is not None
        assert program.explorer.data.images is not None
        still_works(program)
    with running(qtbot, mine, open_path=saved) as program:
        program.wait(lambda: program.training.run_state == "paused")
        settle(program)
        assert "Look for them there?" not in program.sentences()


def test_a_late_yes_does_not_replace_steps_that_were_done_meanwhile(qtbot: QtBot, tmp_path: Path) -> None:
    theirs, mine, saved = tmp_path / "theirs", tmp_path / "mine", tmp_path / "run"
    theirs.mkdir()
    mine.mkdir()
    with running(qtbot, theirs) as program:
        narrow(program)
        load(program, DataConfig(name="array", path=str(good_array(theirs / "images.npy"))))
        train(program)
        save(program, saved)
    own = DataConfig(name="array", path=str(good_array(mine / "images.npy")))
    with running(qtbot, mine, open_path=saved) as program:
        program.wait(lambda: "Look for them there?" in program.sentences())
        settle(program)
        load(program, own)
        train(program, 1)
        program.answer("look-for-data")
        assert "has not been saved" in program.said[-1].sentence
        settle(program)
        assert (program.training.step, program.application.runs.unsaved) == (1, True)
        program.answer("replace-open")
        program.wait(lambda: program.training.step == 3 and program.training.run_state == "paused")
        settle(program)


def _on_show(program: Program) -> str:
    """The messages that are there now, with those that are folded away."""
    return "\n".join(message.sentence for message in program.window.messages.messages)


def _question(program: Program) -> str:
    (told,) = (one for one in program.said if any(key == "look-for-data" for _, key in one.actions))
    return told.sentence
