"""A whole program made to stand still, looked at by value, and looked at again after something was refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from latent_explorer.core.explorer import DataView
from tests.latent_explorer.program import Program
from trainer.config import DataConfig


def narrow(program: Program) -> None:
    """Small models: these tests are about what happens, not about how well."""
    models = tuple(model.replace(widths=(8,)) for model in program.training.draft_models)
    program.training.set_draft(models=models, train=program.training.draft_train.replace(batch=16))


def load(program: Program, config: DataConfig) -> None:
    """A good data set; a run on it is prepared afterwards."""
    program.explorer.data_requested.emit(config, False)
    if program.application.runs.unsaved:
        program.answer("replace-data")
    program.wait(lambda: shows(program, config) and program.training.run_state == "ready")
    settle(program)


def shows(program: Program, config: DataConfig) -> bool:
    """Whether the data of `config` are on show."""
    return program.explorer.data is not None and program.explorer.data.config == config


def train(program: Program, steps: int = 3) -> None:
    """Single steps, so that it is known how many."""
    for _ in range(steps):
        step = program.training.step
        program.training.command_requested.emit("step")
        reached(program, step + 1)
    settle(program)


def data_of(program: Program) -> DataView:
    """The data on show."""
    assert program.explorer.data is not None
    return program.explorer.data


def reached(program: Program, step: int) -> None:
    """Wait for this step."""
    program.wait(lambda: program.training.step == step)


def settle(program: Program, evaluated: bool = True) -> None:
    """Wait for all that is still to come: codes of every row from the last step's weights and the maps of them,
    the evaluation, the end of all jobs."""
    training, data = program.training, program.explorer.data

    def settled() -> bool:
        assert data is not None
        live = [pane for pane in panes(program) if pane.model is not None and pane.frozen is None]
        complete = all(pane.codes is not None and len(pane.codes.rows) == data.count for pane in live)
        measured = (
            not evaluated
            or training.step == 0
            or (bool(training.evaluations) and training.evaluations[-1].step == training.step)
        )
        steps = {pane.codes.step for pane in live if complete}
        newest = training.run_state == "none" or steps <= {training.step}
        busy = program.application.client.busy or program.application.maps.busy
        return complete and newest and measured and not busy

    program.wait(settled)


def panes(program: Program) -> tuple[Any, Any]:
    return program.left, program.right


def standing(program: Program) -> dict[str, Any]:
    """All of the session that a bad request might harm, by value."""
    explorer, training = program.explorer, program.training
    seen: dict[str, Any] = {
        "data": id(explorer.data),
        "explorer": (explorer.link, explorer.colour_by, explorer.greyed, explorer.picked, explorer.recent),
        "place": explorer.save_place,
        "run": (training.run_state, training.run_config, training.step, training.knobs),
        "draft": (training.draft_data, training.draft_models, training.draft_train),
        "curves": (len(training.history), len(training.evaluations), len(training.history.turns)),
        "rows": [] if explorer.data is None else [np.array(explorer.data.images).tobytes()],
    }
    for pane in panes(program):
        seen[f"pane {pane.index}"] = (
            pane.model,
            pane.axes,
            pane.cursor,
            pane.codes.codes.tobytes(),
            pane.codes.points.tobytes(),
            pane.picture.tobytes(),
            pane.nearest.row,
        )
    return seen


def refused(program: Program, words: str, name: object, seen: dict[str, Any], said: int) -> str:
    """Wait for the sentence, and make sure that it is one, names the thing, and that nothing else changed."""
    program.wait(lambda: any(words in one.sentence for one in program.said[said:]))
    program.wait(lambda: not program.application.client.busy)
    reported = [one for one in program.said[said:] if one.level in ("error", "warning") and not one.actions]
    assert [words in one.sentence for one in reported] == [True], program.sentences()
    (one,) = reported
    assert str(name) in one.sentence
    assert one.sentence.endswith(".")
    assert "\n" not in one.sentence
    assert "fault in the program" not in one.sentence
    program.wait(lambda: not program.application.maps.busy)
    assert standing(program) == seen
    return one.sentence


def still_works(program: Program) -> None:
    """The present run continues: the next step, the next map, a dragged cursor."""
    train(program, 1)
    before = program.left.picture
    program.drag(0, (0.3, 0.4), (0.5, 0.6))
    assert program.left.picture is not before


def ask_for(program: Program, config: DataConfig) -> tuple[dict[str, Any], int]:
    """Ask for data and, as the run is not saved, to replace it. What stood before, and how much was said."""
    seen, said = standing(program), len(program.said)
    program.explorer.data_requested.emit(config, False)
    if program.application.runs.unsaved:
        program.answer("replace-data")
    return seen, said


def save(program: Program, folder: Path) -> None:
    """Save the run to `folder`."""
    program.explorer.save_requested.emit(str(folder))
    program.wait(lambda: f"Saved to {folder}." in program.sentences() and not program.application.client.busy)
