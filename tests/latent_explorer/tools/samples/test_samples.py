"""Samples in the whole program: drawn, measured, chosen, refreshed while training, cancelled."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.core.follower import Follower
from latent_explorer.tools.samples.controller import SamplesController
from latent_explorer.tools.samples.state import SamplesState
from tests.latent_explorer.pictures import same_pictures
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow
from trainer.config import DataConfig


def state(program):
    return program.application.tools[SamplesState]


def open_panel(program):
    program.application.tools.panel_wanted.emit("samples")
    program.wait(lambda: state(program).shown)


def fresh(program):
    """Whether both sheets show what is set, with the weights that the maps show."""
    samples = state(program)
    return all(
        sheet is not None and sheet.settings == samples.settings and sheet.snapshot is pane.codes.snapshot
        for sheet, pane in zip(samples.sheets, (program.left, program.right), strict=True)
    )


def test_nothing_is_drawn_before_someone_looks(program: Program) -> None:
    assert state(program).sheets == [None, None]
    assert "samples" not in program.application.jobs.jobs
    open_panel(program)
    program.wait(lambda: fresh(program))


def test_every_source_without_images(program: Program) -> None:
    open_panel(program)
    for source in ("prior", "gaussian", "mixture", "neighbourhood"):
        state(program).set_source(source)
        program.wait(lambda: fresh(program))
        for sheet in state(program).sheets:
            assert sheet.pictures.shape == (64, 28, 28, 1)
            assert not sheet.reason
        assert state(program).unmeasured == ("local" if source == "neighbourhood" else "no-images")
    state(program).set_source("posterior")
    program.wait(lambda: fresh(program))
    assert [sheet.reason for sheet in state(program).sheets] == ["no-picked"] * 2
    program.explorer.pick(3)
    program.wait(lambda: state(program).sheets[0].remark == "point")
    assert not program.said


def test_a_click_on_a_sample_moves_both_cursors(program: Program) -> None:
    open_panel(program)
    program.wait(lambda: fresh(program))
    view = program.child("sampleSheet1")
    program.wait(lambda: view.count == 64)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.tile_rect(10).center().toPoint())
    sheet = state(program).sheets[1]
    assert np.array_equal(program.right.code, sheet.codes[10])
    assert same_pictures(program.right.picture, sheet.pictures[10])
    assert program.explorer.leader == 1
    assert program.left.nearest.row == program.right.nearest.row


def test_the_neighbourhood_follows_the_cursor(program: Program) -> None:
    open_panel(program)
    state(program).set_source("neighbourhood")
    program.wait(lambda: fresh(program))
    before = state(program).sheets[0].codes
    program.drag(0, (0.3, 0.3), (0.4, 0.45))
    program.wait(lambda: abs(state(program).sheets[0].codes.mean(0) - program.left.code).max() < 2)
    program.wait(lambda: not np.array_equal(state(program).sheets[0].codes, before))


def digits(program: Program) -> None:
    narrow(program)
    program.explorer.data_requested.emit(DataConfig(name="digits"), False)
    program.wait(lambda: program.training.run_state == "ready" and program.left.codes is not None)


def test_figures_come_by_themselves_and_another_noise_gives_others(program: Program) -> None:
    digits(program)
    state(program).set_measured(500)
    open_panel(program)
    program.wait(lambda: all(state(program).figures_of(pane) is not None for pane in range(2)))
    samples = state(program)
    program.wait(lambda: not samples.measuring)
    assert samples.unmeasured == ""
    assert samples.real.fidelity.coverage > 0.8
    # All 180 held-out digits are compared with; as many for training say what real ones reach.
    assert samples.real.fidelity.count == samples.figures[0].fidelity.count == 180
    before = samples.figures[0]
    samples.new_noise()
    program.wait(lambda: samples.figures_of(0) is not None and samples.figures_of(0) is not before)
    program.wait(lambda: "coverage" in program.child("sampleFigures0").text())


def test_sheets_follow_the_training_and_figures_wait_for_a_pause(program: Program) -> None:
    digits(program)
    state(program).set_measured(500)
    open_panel(program)
    program.wait(lambda: fresh(program))
    first = state(program).sheets[0]
    program.training.command_requested.emit("train")
    program.wait(lambda: state(program).sheets[0].snapshot.step > first.snapshot.step)
    np.testing.assert_array_equal(state(program).sheets[0].codes, first.codes)
    program.wait(lambda: state(program).unmeasured == "training")
    # On demand they come all the same.
    QTest.mouseClick(program.child("measureSamples"), Qt.MouseButton.LeftButton)
    program.wait(lambda: any(one is not None and one.snapshot.step for one in state(program).figures))
    program.training.command_requested.emit("pause")
    program.wait(lambda: program.training.run_state == "paused")
    program.wait(
        lambda: (
            fresh(program)
            and not state(program).measuring
            and state(program).figures_of(0) is not None
            and state(program).figures_of(0).snapshot is program.left.codes.snapshot
        )
    )


def test_measuring_is_cancelled_at_once_and_asked_for_again(program: Program) -> None:
    digits(program)
    samples = state(program)
    samples.set_measured(500)
    open_panel(program)
    samples.set_source("kernels")
    program.wait(lambda: samples.measuring and fresh(program))
    samples.cancel_requested.emit()
    program.wait(lambda: samples.unmeasured == "cancelled")
    assert not samples.measuring
    assert samples.sheets[0] is not None
    samples.measure_requested.emit()
    program.wait(lambda: samples.figures_of(0) is not None and samples.figures_of(1) is not None)


def test_a_cancel_while_new_weights_wait_ends_the_measuring(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    digits(program)
    samples = state(program)
    samples.set_measured(500)
    open_panel(program)
    samples.set_source("kernels")
    program.wait(lambda: samples.measuring and fresh(program))
    drawn = samples.sheets[0]
    with monkeypatch.context() as training:
        training.setattr(Follower, "training", True)
        program.left.codes_changed.emit()
        samples.cancel_requested.emit()
        program.wait(lambda: not samples.measuring)
        # And the sheet that waited is drawn.
        program.wait(lambda: samples.sheets[0] is not drawn and samples.unmeasured == "training")
    assert not samples.measuring


def test_hidden_sheets_cost_nothing(program: Program) -> None:
    open_panel(program)
    program.wait(lambda: fresh(program))
    program.window.strip.close_panel()
    program.wait(lambda: not state(program).shown)
    kept = state(program).sheets[0]
    state(program).set_settings(replace(state(program).settings, seed=5))
    assert state(program).sheets[0] is kept
    open_panel(program)
    program.wait(lambda: fresh(program))
    assert state(program).sheets[0] is not kept


def test_what_keeps_changing_starves_neither_pane(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    # A slow decoder, which makes a sheet when it is let: the drag continues before it has made either.
    open_panel(program)
    state(program).set_source("neighbourhood")
    program.wait(lambda: fresh(program))
    controller = program.application.toolbox[SamplesController]
    program.wait(lambda: not controller.follower.busy)
    made, let = controller._work._sheet, threading.Semaphore(0)

    def delayed(*what):
        while not let.acquire(timeout=0.01):
            yield None
        return (yield from made(*what))

    monkeypatch.setattr(controller._work, "_sheet", delayed)
    for turn in range(1, 4):
        former = list(state(program).sheets)
        program.left.drag_cursor(0.01 * turn, 0.0)
        program.wait(lambda: controller._worker.busy)
        for pane in range(2):
            program.left.drag_cursor(0.01 * turn, 0.01 * (pane + 1))
            let.release()
            program.wait(lambda pane=pane, former=former: state(program).sheets[pane] is not former[pane])
    let.release(100)
    # And the last place is the one that is shown in the end.
    program.wait(lambda: abs(state(program).sheets[0].codes.mean(0) - program.left.code).max() < 3)
    program.wait(lambda: not program.application.toolbox[SamplesController]._worker.busy)


def test_images_that_look_the_same_are_no_measure_and_that_is_said(program: Program, tmp_path: Path) -> None:
    narrow(program)
    open_panel(program)
    np.save(tmp_path / "same.npy", np.full((200, 8, 8), 200, np.uint8))
    load(program, DataConfig(name="array", path=str(tmp_path / "same.npy")))
    program.wait(lambda: fresh(program) and state(program).unmeasured == "same-images")
    assert not program.child("measureSamples").isEnabled()
    state(program).new_noise()
    program.wait(lambda: fresh(program) and not state(program).measuring)
    assert state(program).unmeasured == "same-images"
    assert state(program).figures == [None, None]
    np.save(tmp_path / "others.npy", np.random.default_rng(0).integers(0, 256, (200, 8, 8), np.uint8))
    load(program, DataConfig(name="array", path=str(tmp_path / "others.npy")))
    program.wait(lambda: fresh(program) and None not in state(program).figures)
    assert state(program).unmeasured == ""


def test_the_panel_is_put_away_before_the_menus_go(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        open_panel(program)
        program.wait(lambda: state(program).shown)
        shown: list[bool] = []
        program.window.explore_menu.destroyed.connect(lambda: shown.append(state(program).shown))
    assert shown == [False]
