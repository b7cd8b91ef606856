"""What the training panel shows is what is on show, or it says otherwise; and it is what Train will do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow, save, settle, train
from trainer.config import DataConfig
from trainer.knobs import Knobs

MOONS = DataConfig(name="moons", count=120)


def notice(program: Program) -> str:
    """The sentence under the panel, "" while there is none."""
    shown = program.child("new-run-notice")
    return program.child("new-run-sentence").text() if not shown.isHidden() else ""


def panel(program: Program) -> tuple[int, int, float]:
    """Latent size, batch and β as the window says them."""
    return (
        int(program.child("latent-size").number()),
        int(program.child("batch").number()),
        program.window.toolbar.beta.field.number(),
    )


def on_show(program: Program) -> tuple[int, int, float]:
    config = program.training.run_config
    assert config is not None
    return program.left.model.config.latent, config.train.batch, program.training.knobs.beta


def wide_run(program: Program, folder: Path) -> None:
    """A saved run of six dimensions at β = 4."""
    narrow(program)
    models = tuple(model.replace(latent=6) for model in program.training.draft_models)
    program.training.set_draft(models=models)
    load(program, MOONS)
    program.training.set_knobs(Knobs(beta=4.0))
    train(program, 2)
    save(program, folder)


def test_after_a_restart_the_panel_shows_the_pair_on_show(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        wide_run(program, tmp_path / "run")
    with running(qtbot, tmp_path) as program:
        assert panel(program) == (2, 128, 1.0)
        program.wait(lambda: program.explorer.available)
        assert "Train begins with new, untrained models of these settings" in notice(program)
        narrow(program)
        program.click("train-button")
        program.wait(lambda: program.training.step > 3)
        assert program.left.model.config.latent == 2
        assert panel(program) == on_show(program)
        assert notice(program) == ""
    with running(qtbot, tmp_path):
        pass  # nothing is set up, so nothing is remembered again
    with running(qtbot, tmp_path) as program:
        program.click("last-settings")
        assert program.training.draft_models[0].widths == (8,)
        assert not program.child("last-settings").isVisible()


def test_the_settings_of_last_time_are_offered_and_undone(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        wide_run(program, tmp_path / "run")
    with running(qtbot, tmp_path) as program:
        program.wait(lambda: program.explorer.available)
        program.click("last-settings")
        assert panel(program)[0] == 6
        program.application.tools.undo.undo_requested.emit()
        assert panel(program)[0] == 2
        program.click("last-settings")
        program.click("train-button")
        program.wait(lambda: program.training.step > 3)
        assert on_show(program)[0] == 6


def test_opened_and_bundled_models_bring_their_settings(program: Program, tmp_path: Path) -> None:
    wide_run(program, tmp_path / "run")
    program.explorer.open_requested.emit("")
    assert panel(program) == (2, 128, 1.0)
    program.explorer.open_requested.emit(str(tmp_path / "run"))
    program.wait(lambda: program.training.step == 2)
    settle(program)
    assert panel(program) == on_show(program) == (6, 16, 4.0)
    assert notice(program) == ""


def test_a_new_run_in_the_place_of_an_opened_one_asks_once(program: Program, tmp_path: Path) -> None:
    wide_run(program, tmp_path / "run")
    program.explorer.open_requested.emit("")
    program.wait(lambda: program.training.run_config is None)
    program.explorer.open_requested.emit(str(tmp_path / "run"))
    program.wait(lambda: program.training.step == 2)
    settle(program)
    train(program, 1)
    program.application.runs.resident = None  # as when the images came after the run
    program.training.command_requested.emit("reset")
    assert "A new run replaces the present one at step 3" in program.sentences()
    program.answer("replace-run")
    program.wait(lambda: program.training.step == 0 and program.training.run_state == "ready")
    assert "New data replaces" not in program.sentences()


def test_new_data_begin_with_the_usual_knobs_and_it_is_said(program: Program) -> None:
    narrow(program)
    load(program, MOONS)
    program.training.set_knobs(Knobs(beta=10.0, noise=0.1))
    load(program, DataConfig(name="digits"))
    assert program.training.knobs == Knobs()
    assert panel(program) == on_show(program)
    assert "New data begin with the usual knobs: β 10 → 1, noise 0.1 → 0." in program.sentences()
    button = next(one for one in program.window.messages._actions if one.text() == "Use the former ones")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert program.training.knobs == Knobs(beta=10.0, noise=0.1)
    assert program.application.tools.undo.can_undo
    program.application.tools.undo.undo_requested.emit()
    program.application.tools.undo.undo_requested.emit()
    assert program.training.knobs == Knobs()


def test_a_models_own_knobs_stay_with_it_on_new_data(program: Program) -> None:
    narrow(program)
    program.training.set_own(1, "beta", 4.0)
    load(program, MOONS)
    assert program.training.own == {"m2_beta": 4.0}
    assert program.training.knobs == Knobs(m2_beta=4.0)
    program.training.set_knobs(Knobs(beta=10.0, m2_beta=4.0))
    load(program, DataConfig(name="digits"))
    assert program.training.knobs == Knobs(m2_beta=4.0)
    assert "New data begin with the usual knobs: β 10 → 1." in program.sentences()
    assert "model 2" not in program.sentences()
    program.training.set_knobs(Knobs(beta=10.0))
    train(program, 1)
    program.explorer.data_requested.emit(DataConfig(name="array", path="/nowhere.npy"), False)
    program.answer("replace-data")
    program.wait(lambda: not program.application.client.busy)
    assert panel(program) == on_show(program), "what could not be loaded changes nothing"
    program.training.command_requested.emit("reset")
    program.answer("replace-run")
    program.wait(lambda: program.training.step == 0 and program.training.run_state == "ready")
    assert panel(program)[2] == 10.0, "a new run is what the panel says"


def test_knobs_set_beside_the_bundled_pair_are_those_of_the_run(program: Program) -> None:
    narrow(program)
    program.training.set_knobs(Knobs(beta=3.0))
    program.click("train-button")
    program.wait(lambda: program.training.step > 3)
    assert panel(program) == on_show(program)
    assert program.training.knobs.beta == 3.0


def test_missing_images_are_reported_before_training(program: Program) -> None:
    program.wait(lambda: program.explorer.available)
    assert notice(program) == (
        "Train begins with new, untrained models of these settings, on Handwritten digits (8 x 8): the images of "
        "those on show are not at hand."
    )
