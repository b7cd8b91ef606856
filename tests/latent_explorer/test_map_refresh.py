"""Maps are made off the GUI thread and swapped in whole: the newest wins, and what is out of date is dropped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from latent_explorer.core import map_maker
from latent_explorer.core.pane import PaneModel
from tests.latent_explorer.pictures import same_pictures
from tests.latent_explorer.program import Program
from trainer.reports import MapReport


@pytest.fixture
def gate(program: Program, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """While it is not set, the map thread waits."""
    event = threading.Event()
    make = program.application.maps._maker.make

    def frozen(order):
        if threading.current_thread() is not threading.main_thread():
            assert event.wait(120)
        return make(order)

    monkeypatch.setattr(program.application.maps._maker, "make", frozen)
    yield event
    event.set()


def report(program: Program, number: int, move: float = 0.0) -> MapReport:
    """The present map, moved, as if of other weights."""
    exploration = program.application.exploration
    snapshots = tuple(replace(exploration.snapshot(place), number=number) for place in (0, 1))
    codes = tuple(pane.codes.codes + np.float32(move) for pane in (program.left, program.right))
    return MapReport(step=0, rows=program.left.codes.rows, codes=codes, snapshots=snapshots, seconds=0.0)


def agree(program: Program) -> int:
    """The number of the left pane's weights; map, decoder and picture of either pane have the same."""
    exploration = program.application.exploration
    for place, pane in enumerate((program.left, program.right)):
        assert exploration.replica(place).number == exploration.snapshot(place).number == pane.codes.number
        picture = exploration.replica(place).decode(pane.code[None])[0]
        assert same_pictures(picture, pane.picture)
        np.testing.assert_allclose(pane.plane.project(pane.codes.codes[:9]), pane.codes.points[:9], atol=1e-4)
    return program.left.codes.number


def test_the_newest_report_wins_and_none_comes_out_of_order(program: Program, gate: threading.Event) -> None:
    shown: list[int] = []
    program.right.codes_changed.connect(lambda: shown.append(agree_on_codes()))

    def agree_on_codes() -> int:
        assert program.left.codes.number == program.right.codes.number
        return program.left.codes.number

    before = agree(program)
    for number in range(101, 120):
        program.application.sources.show(report(program, number, 0.01 * number))
        assert agree(program) == before
    gate.set()
    program.wait(lambda: program.left.codes.number == 119)
    assert shown in ([101, 119], [119])
    assert agree(program) == 119


def test_a_map_is_made_in_the_map_thread_and_shown_in_the_windows(program: Program, monkeypatch) -> None:
    made_in: list[str] = []
    project = map_maker.plane_for

    def noted(*arguments):
        made_in.append(threading.current_thread().name)
        return project(*arguments)

    monkeypatch.setattr(map_maker, "plane_for", noted)
    heard: list[threading.Thread] = []
    program.left.codes_changed.connect(lambda: heard.append(threading.current_thread()))
    program.application.sources.show(report(program, 101))
    program.wait(lambda: program.left.codes.number == 101)
    assert made_in == ["map", "map"]
    assert heard == [threading.main_thread()]
    codes = program.left.codes
    assert not any(array.flags.writeable for array in (codes.rows, codes.codes, codes.points))


def test_a_map_of_models_that_were_replaced_is_dropped(program: Program, gate: threading.Event) -> None:
    program.application.sources.show(report(program, 101))
    model = program.left.model
    program.left.set_model(PaneModel(model.config, model.traits, model.generation + 1000))
    assert program.application.exploration.replica(0) is None
    gate.set()
    program.wait(lambda: not program.application.map_thread.busy)
    assert program.left.codes is None
    assert program.left.picture is None
    assert program.right.codes.number != 101


def test_other_axes_are_drawn_of_the_newest_codes_and_the_cursor_keeps_its_code(
    program: Program, gate: threading.Event
) -> None:
    program.explorer.set_link("off")
    program.drag(0, (0.4, 0.4), (0.45, 0.5))
    code = program.left.code.copy()
    program.application.sources.show(report(program, 101))
    program.application.sources.show(report(program, 102))
    program.left.set_axes("1,0")
    gate.set()
    program.wait(lambda: program.left.codes.number == 102 and not program.application.map_thread.busy)
    assert program.left.plane.names == ("z2", "z1")
    np.testing.assert_allclose(program.left.cursor, code[::-1], atol=1e-5)
    np.testing.assert_allclose(program.left.code, code, atol=1e-5)
    agree(program)


def test_weights_that_do_not_fit_are_reported(program: Program) -> None:
    broken = report(program, 101)
    wrong = tuple(replace(snapshot, weights={}) for snapshot in broken.snapshots)
    program.application.sources.show(replace(broken, snapshots=wrong))
    program.wait(lambda: "do not fit" in program.sentences())
    assert agree(program) != 101


def test_a_run_with_512_dimensions_never_makes_its_maps_in_the_windows_thread(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_in: set[str] = set()
    for name in ("plane_for", "Neighbours"):
        original = getattr(map_maker, name)

        def noted(*arguments, original=original):
            made_in.add(threading.current_thread().name)
            return original(*arguments)

        monkeypatch.setattr(map_maker, name, noted)
    models = tuple(model.replace(latent=512) for model in program.training.draft_models)
    program.training.set_draft(models=models)
    program.click("train-button")
    program.wait(lambda: program.left.codes is not None and program.left.codes.codes.shape[1] == 512)
    first = program.left.codes.number
    program.wait(lambda: program.training.step > 20 and program.left.codes.number > first)
    program.drag(0, (0.3, 0.4), (0.5, 0.5))
    assert program.left.picture is not None
    program.click("train-button")
    program.wait(lambda: program.training.run_state == "paused")
    program.wait(lambda: program.application.exploration.snapshot(0).step == program.training.step)
    assert made_in == {"map"}
    assert agree(program) == program.left.codes.number
