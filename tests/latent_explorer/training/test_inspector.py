"""The training inspector shows what is on show, whatever stood there before."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import save, settle, train
from trainer.config import DataConfig, TrainConfig
from trainer.knobs import Knobs

MOONS = DataConfig(name="moons", count=300)


def stand(program: Program, latent: int, batch: int, beta: float, data: DataConfig = MOONS) -> None:
    """A run set up by hand, with a β of the second model's own."""
    training = program.training
    models = tuple(model.replace(widths=(8,), latent=latent) for model in training.draft_models)
    training.set_draft(models=models, train=training.draft_train.replace(batch=batch, seed=batch))
    program.explorer.data_requested.emit(data, False)
    if program.application.runs.unsaved:
        program.answer("replace-data")
    program.wait(
        lambda: training.run_state == "ready" and training.run_config.data == data and not training.draft_differs
    )
    training.set_own(1, "beta", beta)
    train(program, 2)


def said(program: Program) -> tuple[object, ...]:
    """What the inspector's fields say."""
    window = program.window
    panel = window.findChild(object, "training-panel")
    settings = panel.settings
    training = program.training
    return (
        settings.batch.number(),
        settings.seed.number(),
        {model.latent for model in training.draft_models},
        training.draft_data.name,
        training.own,
        training.knobs.beta,
    )


def test_a_saved_session_is_shown_and_nothing_of_the_one_before(program: Program, tmp_path: Path) -> None:
    stand(program, latent=3, batch=20, beta=5.0)
    save(program, tmp_path / "first")
    expected = said(program)
    assert expected == (20, 20, {3}, "moons", {"m2_beta": 5.0}, 1.0)
    stand(program, latent=2, batch=50, beta=9.0, data=MOONS.replace(count=200))
    program.training.set_knobs(program.training.knobs.replace(beta=7.0))
    program.training.set_draft(train=program.training.draft_train.replace(batch=60))
    program.explorer.open_requested.emit(str(tmp_path / "first"))
    program.answer("replace-open")
    program.wait(
        lambda: program.training.run_state == "paused" and program.training.run_config.models[0].latent == 3
    )
    settle(program)
    assert said(program) == expected
    assert not program.training.draft_differs
    # Nor does undo bring back what was set up for the session before.
    for _ in range(5):
        program.application.tools.undo.undo_requested.emit()
    assert said(program) == expected


def test_the_bundled_pair_is_shown_as_at_a_start(program: Program, tmp_path: Path) -> None:
    first = said(program)
    stand(program, latent=3, batch=20, beta=5.0)
    program.explorer.open_requested.emit("")
    program.answer("replace-open")
    program.wait(lambda: program.training.run_config is None and program.left.model.config.latent == 2)
    assert said(program) == first
    assert program.training.next_knobs == Knobs(**program.training.knobs)
    assert program.training.draft_train == TrainConfig(
        **{
            name: getattr(program.training.on_show.train, name)
            for name in ("batch", "warm_up", "binarise", "seed")
        }
    )
    assert "new, untrained models" in program.window.findChild(object, "training-panel").notice.sentence.text()
    for _ in range(5):
        program.application.tools.undo.undo_requested.emit()
    assert said(program) == first


def test_what_was_recovered_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        stand(program, latent=3, batch=20, beta=5.0)
        expected = said(program)
        program.click("train-button")
        program.wait(lambda: program.training.step > 4)
        program.click("train-button")
        program.wait(lambda: program.training.run_state == "paused")
        settle(program)
        program.wait(lambda: list((tmp_path / "unfinished").glob("*/checkpoint.json")))
        # It ends without a report, as in a crash: the run is not discarded.
    with running(qtbot, tmp_path) as program:
        program.wait(lambda: "An unfinished run was found" in program.sentences())
        stand(program, latent=2, batch=50, beta=9.0, data=MOONS.replace(count=200))
        program.answer("recover-run")
        program.answer("replace-open")
        program.wait(
            lambda: program.training.run_state == "paused" and program.training.run_config.models[0].latent == 3
        )
        assert said(program) == expected
        assert not program.training.draft_differs


def test_models_of_last_time_are_offered_whatever_their_number(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        first = program.training.draft_models[0]
        models = (first, first.replace(latent=3), first.replace(family="variational", latent=4))
        program.training.set_draft(models=models)
        program.training.set_own(2, "beta", 7.0)
    with running(qtbot, tmp_path) as program:
        assert [model.latent for model in program.training.last_time.models] == [2, 3, 4]
        assert len(program.training.draft_models) == 2
        program.click("last-settings")
        assert len(program.training.draft_models) == 3
        assert program.training.own == {"m3_beta": 7.0}
