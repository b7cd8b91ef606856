"""What belongs to a data set or a model goes with it, with one word, and what can come back does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.tools.directions.state import DirectionsState, Group
from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from latent_explorer.tools.own_image.state import OwnImageState, OwnSource
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow, save, train
from trainer.config import DataConfig

DIGITS, MOONS = DataConfig(name="digits"), DataConfig(name="moons", count=120)


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as made:
        narrow(made)
        load(made, DIGITS)
        yield made


def choose(program: Program) -> None:
    """Something of every tool."""
    tools = program.application.tools
    tools[InterpolationState].set_stops([Stop(row=3), Stop(row=7)])
    tools[DirectionsState].set_group(0, Group(np.arange(4), ("four",)))
    tools[DirectionsState].set_terms((1, 2, 3))
    tools[OwnImageState].set_source(OwnSource("file", "a.png", np.full((8, 8, 3), 90, np.uint8)))
    program.explorer.pick(5)
    program.explorer.set_greyed(frozenset({2}))


def chosen(program: Program) -> tuple[object, ...]:
    tools = program.application.tools
    stops = tuple(None if stop is None else stop.row for stop in tools[InterpolationState].stops)
    own = tools[OwnImageState].source
    return (
        stops,
        len(tools[DirectionsState].direction.plus),
        tools[DirectionsState].terms,
        None if own is None else own.pixels[0, 0, 0],
        program.explorer.picked,
        program.explorer.greyed,
    )


NOTHING = ((), 0, (None, None, None), None, None, frozenset())


def test_they_go_with_their_data_and_come_back_with_them(program: Program) -> None:
    choose(program)
    was, said = chosen(program), len(program.said)
    load(program, MOONS)
    assert chosen(program) == NOTHING
    reported = [one.sentence for one in program.said[said:] if not one.actions]
    assert reported == [
        "Kept for when you return to Handwritten digits (8 x 8): the picked image, classes shown grey, stops of "
        "the path, groups of images, the terms of A − B + C, your image."
    ]
    program.explorer.pick(9)
    load(program, DIGITS)
    assert chosen(program) == was
    assert program.said[-1].sentence.endswith(": the picked image.")
    tools = program.application.tools
    program.wait(lambda: all(tools[OwnImageState].encoded))
    # Taken away and put back by the program: nothing that the user could undo.
    assert not tools.undo.can_undo, tools.undo.undo_text
    load(program, MOONS)
    assert program.explorer.picked == 9


def test_rows_stay_for_another_model_on_the_same_data_and_are_encoded_again(
    program: Program, tmp_path: Path
) -> None:
    tools = program.application.tools
    train(program, 1)
    save(program, tmp_path / "run")
    tools.panel_wanted.emit("interpolation")
    choose(program)
    tools[InterpolationState].set_stop(2, Stop(pane=0, code=np.zeros(2, np.float32)))
    program.wait(lambda: len(tools[InterpolationState].strips) == 2)
    said = len(program.said)
    program.training.command_requested.emit("reset")
    program.wait(lambda: program.training.step == 0 and program.training.run_state == "ready")
    program.wait(lambda: len(tools[InterpolationState].strips) == 2)
    assert chosen(program) == ((3, 7), 4, (1, 2, 3), 90, 5, frozenset({2}))
    for pane in (program.left, program.right):
        program.wait(
            lambda pane=pane: np.allclose(
                tools[InterpolationState].strips[pane.index].codes[0], pane.codes.codes[3], atol=1e-5
            )
        )
    reported = [one.sentence for one in program.said[said:] if not one.actions]
    assert reported == ["Places set as stops were in the former model's code space and are gone."]


def test_a_picked_point_of_other_data_is_not_on_the_map(program: Program) -> None:
    pane, shown = program.left, program.maps[0]
    x, y = pane.view.to_pixels(*pane.codes.points[7])
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    row = program.explorer.picked
    assert row is not None
    load(program, MOONS)
    assert program.explorer.picked is None
    load(program, DIGITS)
    assert program.explorer.picked == row
