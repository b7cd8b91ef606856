"""Any model in either pane: members of runs of one to eight, models kept for comparison, checkpoints."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QMenu
from pytestqt.qtbot import QtBot

from latent_explorer.core import keeping
from latent_explorer.core.exports import ExportRequest
from latent_explorer.curves.marks import marks_of
from latent_explorer.tools.timeline.state import TimelineState
from tests.latent_explorer.build import train as add_steps
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import save, settle, train
from trainer.config import DataConfig
from trainer.service.messages import KeepModel

MOONS = DataConfig(name="moons", count=300)


def stand(program: Program, *families: str, latent: int = 2) -> None:
    """A run of small models of these families ("variational:4" has four latent dimensions), ready at step 0."""
    training = program.training
    first = training.draft_models[0].replace(widths=(8,), network="mlp")
    models = []
    for family in families:
        name, _, size = family.partition(":")
        models.append(first.replace(family=name, latent=int(size or latent)))
    training.set_draft(models=tuple(models), train=training.draft_train.replace(batch=16))
    program.explorer.data_requested.emit(MOONS, False)
    program.wait(lambda: training.run_state == "ready" and training.run_config.models == training.draft_models)
    assert len(training.run_config.models) == len(families)
    program.wait(lambda: not program.application.client.busy)


def chooser(program: Program, pane: int):
    return program.window.panes[pane].header.title


def opened_menu(program: Program, pane: int) -> QMenu:
    """The menu of a pane's chooser, opened with the mouse."""
    button = chooser(program, pane)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    program.wait(lambda: button.menu_shown.isVisible())
    return button.menu_shown


def pick(program: Program, pane: int, words: str) -> None:
    """Click the entry of the chooser that begins with `words`."""
    menu = opened_menu(program, pane)
    entry = entry_of(menu, words)
    assert entry.isEnabled()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    program.wait(lambda: not menu.isVisible())
    program.qtbot.wait(20)  # no hand is faster


def entry_of(menu: QMenu, words: str) -> QAction:
    found = [one for one in menu.actions() if one.text().replace("&", "").startswith(words)]
    assert found, [one.text() for one in menu.actions()]
    return found[0]


def entries(program: Program, pane: int) -> list[str]:
    """What the chooser offers, in words."""
    menu = opened_menu(program, pane)
    texts = [one.text().replace("&", "") for one in menu.actions() if one.text()]
    menu.close()
    return texts


def keep(program: Program, pane: int) -> str:
    """Keep the model of a pane by its header's menu; its name."""
    known = set(program.application.models.kept)
    pick(program, pane, "Keep for comparison")
    program.wait(lambda: len(program.application.models.kept) == len(known) + 1)
    (name,) = set(program.application.models.kept) - known
    return name


def rest(program: Program) -> None:
    """Wait until nothing is under way any more."""
    application = program.application
    program.wait(lambda: not (application.client.busy or application.maps.busy or application.keeping.busy))


def decoded(program: Program, pane: int) -> np.ndarray:
    """What the pane's weights make of its code."""
    state = (program.left, program.right)[pane]
    return program.application.exploration.replica(pane).decode(state.code[None])[0]


# ------------------------------------------------------------ members


def test_either_pane_shows_any_member_and_undo_brings_the_former_back(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 3)
    left, right = program.left, program.right
    codes = (left.codes.codes.copy(), right.codes.codes.copy())
    assert (left.model.title, right.model.title) == ("Autoencoder", "Variational autoencoder")
    pick(program, 0, "Variational")
    program.wait(lambda: left.codes is not None)
    assert left.model.title == "Variational autoencoder"
    np.testing.assert_array_equal(left.codes.codes, codes[1])
    np.testing.assert_array_equal(left.picture, decoded(program, 0))
    pick(program, 1, "Autoencoder")
    program.wait(lambda: right.codes is not None)
    np.testing.assert_array_equal(right.codes.codes, codes[0])
    train(program, 2)
    assert left.codes.snapshot.step == right.codes.snapshot.step == 5
    assert left.codes.snapshot.config.family == "variational"
    # A drag still works, and the pane that follows shows the same image with its own model.
    program.drag(0, (0.4, 0.4), (0.5, 0.5))
    assert right.nearest.row == left.nearest.row
    undo = program.application.tools.undo
    # The cursor, then the models: two choices close together are one entry.
    for _ in range(3):
        if (left.source, right.source) != (0, 1):
            undo.undo_requested.emit()
    assert (left.source, right.source) == (0, 1)
    assert (left.model.title, right.model.title) == ("Autoencoder", "Variational autoencoder")
    assert undo.redo_text == "Model in a pane"
    for _ in range(2):
        if (left.source, right.source) != (1, 0):
            undo.redo_requested.emit()
    assert (left.source, right.source) == (1, 0)
    program.wait(lambda: right.codes is not None and right.codes.snapshot.config.family == "autoencoder")


def test_the_chooser_is_reached_by_keys(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    button = chooser(program, 0)
    QTest.keyClick(
        program.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    program.wait(lambda: button.menu_shown.isVisible())
    menu = button.menu_shown
    QTest.keyClick(menu, Qt.Key.Key_Down)
    while menu.activeAction() is None or not menu.activeAction().text().startswith("Variational"):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    program.wait(lambda: program.left.model.config.family == "variational" and program.left.codes is not None)
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert "Variational autoencoder" in button.accessibleName()


def test_the_same_model_may_be_in_both_panes(program: Program) -> None:
    stand(program, "autoencoder", "variational", latent=3)
    train(program, 2)
    pick(program, 0, "Variational")
    program.left.set_axes("0,2")
    program.wait(lambda: program.left.codes is not None and program.left.plane.names == ("z1", "z3"))
    assert program.right.plane.names != program.left.plane.names
    np.testing.assert_array_equal(program.left.codes.codes, program.right.codes.codes)


def test_a_run_of_one_member_has_one_pane_and_says_so_in_the_other(program: Program) -> None:
    stand(program, "variational")
    train(program, 2)
    assert program.left.model.config.family == "variational"
    assert program.right.model is None
    assert program.right.codes is None
    assert "one model" in program.right.vacancy
    assert chooser(program, 1).text() == "No model yet"
    program.drag(0, (0.3, 0.4), (0.5, 0.6))
    assert program.left.picture is not None
    # The kept model may stand there.
    name = keep(program, 0)
    assert program.left.source == name
    pick(program, 1, "Variational autoencoder")
    program.wait(lambda: program.right.codes is not None)
    train(program, 2)
    assert (program.left.codes.snapshot.step, program.right.codes.snapshot.step) == (2, 4)


def test_of_eight_members_any_two_are_looked_at(program: Program) -> None:
    families = ["autoencoder", *(f"variational:{latent}" for latent in range(2, 9))]
    stand(program, *families)
    train(program, 2)
    names = [short for short, _ in program.training.names]
    assert names[0] == "AE"
    assert names[1:] == [f"VAE latent {latent}" for latent in range(2, 9)]
    pick(program, 0, "Variational autoencoder latent 8")
    pick(program, 1, "Variational autoencoder latent 5")
    program.wait_for_codes()
    assert program.left.codes.codes.shape == (300, 8)
    assert program.right.codes.codes.shape == (300, 5)
    program.window.strip.show_panel("loss")
    program.window.centre.rows.setSizes([200, 480])  # room for all names
    program.window.curves.redraw()
    lines = program.window.curves._lines
    assert [(line.name, line.pane) for line in lines[:2]] == [("VAE latent 8", 0), ("VAE latent 5", 1)]
    assert {line.pane for line in lines[2:]} == {None}
    assert len(lines) == 8
    shown = [label.toPlainText() for label in program.window.curves.plot.labels if label.isVisible()]
    assert sorted(shown) == sorted(set(names) - {"VAE latent 8", "VAE latent 5"})


# ------------------------------------------------------------ kept models


def test_one_of_eight_that_becomes_infinite_is_named_and_the_others_go_on(program: Program) -> None:
    """Also in the very first step, made alone."""
    stand(program, *["autoencoder"] * 8)
    training = program.training
    models = list(training.draft_models)
    models[3] = models[3].replace(likelihood="gaussian", variance=1e-42)
    training.set_draft(models=tuple(models))
    training.command_requested.emit("reset")
    program.wait(lambda: training.run_state == "ready" and training.run_config.models == tuple(models))
    program.wait(lambda: not program.application.client.busy)
    said = len(program.said)
    train(program, 2)
    (reported,) = program.said[said:]
    assert reported.level == "warning"
    assert reported.sentence == (
        "The loss of AE likelihood gaussian became inf at step 1. It rests as it was at step 0 while the other "
        "models go on; for a new run choose a larger σ² than 1e-42."
    )
    assert training.run_state == "paused"


def test_a_model_that_rests_is_kept_as_of_the_step_of_its_weights(program: Program, tmp_path: Path) -> None:
    """And is on every moment's map, so that the run can be filmed."""
    stand(program, "autoencoder", "autoencoder", "variational")
    training, timeline = program.training, program.application.tools[TimelineState]
    models = list(training.draft_models)
    models[1] = models[1].replace(likelihood="gaussian", variance=1e-42)
    training.set_draft(models=tuple(models))
    training.command_requested.emit("reset")
    program.wait(lambda: training.run_state == "ready" and training.run_config.models == tuple(models))
    program.wait(lambda: not program.application.client.busy)
    train(program, 3)
    rest(program)
    assert (program.right.codes.step, program.right.codes.snapshot.step) == (3, 0)
    assert (program.left.codes.step, program.left.codes.snapshot.step) == (3, 3)
    program.wait(lambda: [moment.step for moment in timeline.moments][-1] == 3)
    written: list[str] = []
    program.application.tools.exports.written.connect(written.append)
    program.window.export_desk.save("moments", "gif", 1, str(tmp_path / "run.gif"))
    program.wait(lambda: written)
    name = keep(program, 1)
    kept = program.application.models.kept[name].kept
    assert (kept.step, kept.epoch, kept.history) == (0, 0.0, ())
    assert program.window.panes[1].header.summary.text().startswith("kept at step 0")


def test_the_kl_of_later_steps_is_not_that_of_a_kept_model(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 4)
    add_steps(program.training, 5, start=program.training.step)
    assert program.training.kl_per_dimension[1] == (1.24, 1.24)
    name = keep(program, 1)
    kept = program.application.models.kept[name].kept
    assert kept.snapshot.step == 4
    assert all(report.losses[0].kl_per_dimension != (1.24, 1.24) for report in kept.history)


def test_a_kept_model_stays_while_the_other_trains(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 4)
    right = program.right
    codes, picture, plane = right.codes.codes.copy(), right.picture.copy(), right.plane
    QTest.keyClick(program.maps[1], Qt.Key.Key_Plus)
    view, cursor = right.view, right.cursor
    assert not right.follows
    name = keep(program, 1)
    program.wait(lambda: right.codes is not None)
    assert right.source == name
    assert right.plane is plane
    # Where the user looks is left as it is; a message may take some of the map's height.
    assert (right.view.x, right.view.y, right.view.scale) == pytest.approx((view.x, view.y, view.scale))
    assert right.cursor == cursor
    np.testing.assert_array_equal(right.picture, picture)
    assert program.window.panes[1].header.summary.text().startswith("kept at step 4")
    heard: list[str] = []
    right.codes_changed.connect(lambda: heard.append("codes"))
    right.model_changed.connect(lambda: heard.append("model"))
    pick(program, 0, "Variational")
    train(program, 5)
    assert program.left.codes.snapshot.step == 9
    assert heard == []
    np.testing.assert_array_equal(right.codes.codes, codes)
    # It decodes, leads and follows like any other.
    program.drag(1, (0.4, 0.4), (0.45, 0.6))
    np.testing.assert_array_equal(right.picture, decoded(program, 1))
    assert program.left.nearest.row == right.nearest.row
    # Side by side: the same model at two steps, distinguished by step, not by colour alone.
    assert (program.left.model.short, right.model.short) == ("VAE", "VAE step 4")
    table = program.child("comparison")
    assert [head.text() for head in table.heads] == ["VAE", "VAE step 4"]
    assert "how long they were trained (9 / 4 steps)" in table.difference.text()


def test_the_next_run_is_shown_beside_a_kept_model(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 3)
    program.wait(lambda: program.training.evaluations)
    name = keep(program, 1)
    held = program.training.evaluations[-1].held_out[1].total
    program.training.set_knobs(program.training.knobs.replace(beta=10.0))
    program.training.command_requested.emit("reset")
    if program.application.runs.unsaved:
        program.answer("replace-run")
    program.wait(lambda: program.training.run_state == "ready" and program.training.step == 0)
    program.wait(lambda: program.right.source == name and program.right.codes is not None)
    assert program.right.codes.snapshot.step == 3
    pick(program, 0, "Variational")
    train(program, 2)
    assert (program.left.model.short, program.right.model.short) == ("VAE β 10", "VAE β 1")
    table = program.child("comparison")
    table.refresh()
    program.wait(lambda: program.left.codes.snapshot.step == 2)
    reported = "The models differ in: β (10 / 1), how long they were trained (2 / 3 steps)."
    assert table.difference.text() == reported
    assert table.cells[2][1].text().split("±")[0] == f"{held:,.1f}"
    program.window.curves.redraw()
    kept = next(line for line in program.window.curves._lines if line.pane == 1)
    assert list(kept.figures.history.steps) == [1, 2, 3]
    # Turning the knob turns the name of the model that it acts on, and of no other.
    program.training.set_knobs(program.training.knobs.replace(beta=4.0))
    assert (program.left.model.short, program.right.model.short) == ("VAE β 4", "VAE β 1")


def test_a_dropped_model_leaves_its_pane_to_a_member(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 2)
    name = keep(program, 1)
    menu = opened_menu(program, 1)
    assert any("Kept for comparison: " in text for text in _headings(menu))
    drop = next(one.menu() for one in menu.actions() if one.menu() is not None)
    drop.actions()[0].trigger()
    menu.close()
    program.wait(lambda: program.right.source == 1 and program.right.codes is not None)
    assert name not in program.application.models.kept
    # What undo would bring back is gone: nothing happens.
    program.application.tools.undo.undo_requested.emit()
    program.application.tools.undo.redo_requested.emit()
    assert program.right.model is not None


def _headings(menu: QMenu) -> list[str]:
    return [one.defaultWidget().text() for one in menu.actions() if hasattr(one, "defaultWidget")]


def test_more_kept_models_than_there_is_room_for_are_refused(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 2)
    keep(program, 1)
    monkeypatch.setattr(keeping, "BUDGET", program.application.models.size + 1)
    pick(program, 0, "Keep for comparison")
    program.wait(lambda: "drop one of them first" in program.sentences())
    assert len(program.application.models.kept) == 1
    assert program.left.source == 0


def test_kept_while_training_it_gets_the_codes_of_all_images(program: Program) -> None:
    training = program.training
    training.set_draft(train=training.draft_train.replace(probe=50))
    stand(program, "autoencoder", "variational")
    program.click("train-button")
    program.wait(
        lambda: training.step > 5 and program.right.codes is not None and len(program.right.codes.rows) == 50
    )
    name = keep(program, 1)
    program.wait(lambda: program.application.models.kept[name].kept.whole)
    program.wait(lambda: program.right.codes is not None and len(program.right.codes.rows) == 300)
    replica = program.application.exploration.replica(1)
    images = np.array(program.explorer.data.images)
    np.testing.assert_allclose(program.right.codes.codes, replica.encode(images), atol=1e-5)
    _, log_variance = replica.posterior(images)
    np.testing.assert_allclose(program.right.codes.sigmas, np.exp(0.5 * log_variance), rtol=1e-4)
    program.click("train-button")
    program.wait(lambda: training.run_state == "paused")


def test_codes_that_were_missing_are_made_of_the_runs_own_images(qtbot: QtBot, tmp_path: Path) -> None:
    """A model kept in the midst of training is saved with some codes: opened over other data it gets the rest."""
    saved = tmp_path / "saved"
    with running(qtbot, tmp_path) as program:
        stand(program, "autoencoder", "variational")
        train(program, 2)
        name = keep(program, 1)
        whole = program.application.models.kept[name].kept
        part = replace(whole, rows=whole.rows[:50], codes=whole.codes[:50], sigmas=whole.sigmas[:50])
        program.application.client.tell(KeepModel(part))
        save(program, saved)
    with running(qtbot, tmp_path) as program:
        program.explorer.data_requested.emit(MOONS.replace(count=400), False)
        program.wait(lambda: program.training.run_state == "ready" and program.explorer.data.count == 400)
        program.explorer.open_requested.emit(str(saved))
        program.wait(lambda: program.training.run_state == "paused" and program.right.source == name)
        program.wait(lambda: program.application.models.kept[name].kept.whole)
        rest(program)
        np.testing.assert_array_equal(program.right.codes.rows, whole.rows)
        np.testing.assert_allclose(program.right.codes.codes, whole.codes, atol=1e-5)
        np.testing.assert_allclose(program.right.codes.sigmas, whole.sigmas, rtol=1e-4)


def test_a_model_is_kept_with_the_knobs_that_it_was_trained_with(program: Program) -> None:
    def beta_of(name: str) -> float:
        return program.application.models.kept[name].kept.knobs.beta

    knobs = program.training.knobs
    program.training.set_knobs(knobs.replace(beta=4.0))
    assert beta_of(keep(program, 1)) == 1.0  # of the bundled pair, which nothing trains
    assert program.application.models.names[1] == ("VAE", "Variational autoencoder")
    stand(program, "autoencoder", "variational")
    program.training.set_knobs(knobs.replace(beta=4.0))
    train(program, 2)
    program.training.set_knobs(knobs.replace(beta=7.0))
    assert beta_of(keep(program, 1)) == 4.0


def test_a_kept_model_of_other_data_can_be_dropped_too(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 2)
    keep(program, 1)
    program.explorer.data_requested.emit(DataConfig(name="digits"), False)
    program.answer("replace-data")
    program.wait(lambda: program.training.run_state == "ready" and program.explorer.data.config.name == "digits")
    menu = opened_menu(program, 1)
    (drop,) = (one.menu() for one in menu.actions() if one.menu() is not None)
    assert [one.text() for one in drop.actions()] == ["Variational autoencoder · kept at step 2 · Moons"]
    drop.actions()[0].trigger()
    menu.close()
    assert not program.application.models.kept
    assert program.right.source == 1


def test_the_curves_stay_where_a_person_zoomed_to_when_a_model_joins_them(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 12)
    curves = program.window.curves
    curves.redraw()
    curves.setFocus()
    QTest.keyClick(curves, Qt.Key.Key_Plus)
    curves.redraw()
    seen = curves.plot.getPlotItem().getViewBox().viewRange()[0]
    keep(program, 1)
    program.wait(lambda: program.right.codes is not None)
    curves.redraw()
    assert len(curves.plot.train) == 3
    assert curves.plot.getPlotItem().getViewBox().viewRange()[0] == pytest.approx(seen)


def test_nothing_is_kept_of_a_run_whose_trainer_has_ended_which_is_said(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 2)
    program.application.client.stop()
    program.application.client.lose("The trainer ended.")
    pick(program, 1, "Keep for comparison")
    assert not program.application.models.kept
    assert program.said[-1].sentence == "The trainer has ended; open a run, or begin one, to keep models of it."


def train_beside_a_kept_model(program: Program) -> None:
    """A kept model with the codes of all images on the right, on the left a member that trains and shows 50."""
    training = program.training
    training.set_draft(train=training.draft_train.replace(probe=50))
    stand(program, "autoencoder", "variational")
    train(program, 2)
    name = keep(program, 1)
    program.wait(lambda: program.application.models.kept[name].kept.whole)
    program.click("train-button")
    program.wait(lambda: program.left.codes is not None and len(program.left.codes.rows) == 50)


def test_codes_are_saved_beside_a_kept_model_while_the_other_trains(program: Program, tmp_path: Path) -> None:
    train_beside_a_kept_model(program)
    assert len(program.right.codes.rows) == 300
    path = tmp_path / "codes.npz"
    program.application.tools.exports.requested.emit(ExportRequest("codes", "npz", str(path), {}))
    program.wait(path.exists)
    program.click("train-button")
    program.wait(lambda: program.training.run_state == "paused")
    with np.load(path) as saved:
        shapes = sorted(array.shape for key, array in saved.items() if array.ndim == 2 and key != "factors")
        assert shapes == [(50, 2)] * 3
    assert "being renewed" not in program.sentences()


def test_curves_are_saved_with_those_of_kept_models_on_show(program: Program, tmp_path: Path) -> None:
    training, exports = program.training, program.window.export_desk.exports["curves"]
    stand(program, "autoencoder", "variational")
    training.set_own(1, "beta", 4.0)
    train(program, 3)
    name = keep(program, 1)
    program.wait(lambda: program.application.models.kept[name].kept.whole)
    program.right.choose(name)
    training.set_draft(models=training.draft_models[1:])
    training.command_requested.emit("reset")
    program.answer("replace-run")
    program.wait(lambda: training.run_state == "ready" and len(training.run_config.models) == 1)
    assert program.right.frozen is not None
    assert len(training.history) == 0
    assert exports.reason(False) == ""
    train(program, 2)
    path = tmp_path / "curves.csv"
    settings = program.window.export_desk.settings("curves")
    program.application.tools.exports.requested.emit(ExportRequest("curves", "csv", str(path), settings))
    program.wait(path.exists)
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    steps = [
        (row["step"], row["beta"], bool(row["m1_total"]), bool(row["m2_total"]))
        for row in rows
        if row["kind"] == "step"
    ]
    assert steps == [("1", "1", True, False), ("2", "1", True, False)] + [
        (str(step), "4", False, True) for step in (1, 2, 3)
    ]
    kept = program.right.frozen.kept
    last = [row for row in rows if row["kind"] == "step"][-1]
    assert float(last["m2_kl"]) == pytest.approx(kept.history[-1].losses[0]["kl"], rel=1e-6)
    assert "m3_total" not in rows[0]
    assert settings["models"][-1] == name
    assert len(settings["models"]) == 2


def test_beta_is_reported_for_models_that_have_one(program: Program) -> None:
    desk = program.window.export_desk
    panes = desk.exports["panes"]
    stand(program, "autoencoder")
    assert "β" not in desk.line(panes)
    stand(program, "autoencoder", "variational")
    assert " · β 1 · " in desk.line(panes)
    program.training.turn("beta", 3.0)
    program.training.set_own(1, "beta", 4.0)
    assert " · β 4 · " in desk.line(panes)
    stand(program, "variational", "variational")
    program.training.set_own(1, "beta", 4.0)
    assert " · left β 3, right β 4 · " in desk.line(panes)


def test_a_knob_that_no_model_has_leaves_no_mark(program: Program) -> None:
    training = program.training
    stand(program, "autoencoder")
    train(program, 2)
    training.turn("beta", 5.0)
    training.turn("noise", 0.25)
    train(program, 2)
    assert [turn.step for turn in training.history.turns] == [3]
    assert [mark.text for mark in marks_of(training.history, training.acting_cards)] == ["noise 0 → 0.25"]


def test_a_kept_model_leads_by_images_that_are_not_on_the_map_of_the_other(program: Program) -> None:
    train_beside_a_kept_model(program)
    left, right = program.left, program.right
    others = 0
    for place in np.linspace(0.2, 0.8, 12):
        program.drag(1, (0.5, 0.5), (place, 1 - place))
        row = right.nearest.row
        others += row not in left.codes.rows
        image = np.array(program.explorer.data.images[row : row + 1])
        expected = program.application.exploration.replica(0).encode(image)[0]
        np.testing.assert_allclose(left.code, expected, atol=1e-4)
    assert others
    program.click("train-button")
    program.wait(lambda: program.training.run_state == "paused")


def test_other_data_send_kept_models_away_and_bring_them_back(program: Program) -> None:
    stand(program, "autoencoder", "variational")
    train(program, 2)
    name = keep(program, 1)
    program.explorer.data_requested.emit(DataConfig(name="digits"), False)
    program.answer("replace-data")
    program.wait(lambda: program.training.run_state == "ready" and program.explorer.data.config.name == "digits")
    assert program.right.source == 1
    assert not any("kept at" in text for text in entries(program, 1))
    program.explorer.data_requested.emit(MOONS, False)
    program.wait(lambda: program.training.run_state == "ready" and program.explorer.data.config.name == "moons")
    pick(program, 1, "Variational autoencoder step 2")
    program.wait(lambda: program.right.source == name and program.right.codes is not None)
    assert program.right.codes.codes.shape == (300, 2)


def test_sessions_keep_the_models_in_the_panes(qtbot: QtBot, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    with running(qtbot, tmp_path) as program:
        stand(program, "autoencoder", "variational", latent=3)
        train(program, 3)
        name = keep(program, 1)
        pick(program, 0, "Variational")
        train(program, 2)
        program.drag(0, (0.4, 0.4), (0.45, 0.5))
        before = [
            (pane.source, pane.codes.codes.copy(), pane.plane, pane.cursor)
            for pane in (program.left, program.right)
        ]
        names = [pane.model.short for pane in (program.left, program.right)]
        save(program, saved)
    with running(qtbot, tmp_path, open_path=saved) as program:
        program.wait(lambda: program.training.run_state == "paused")
        settle(program, evaluated=False) if program.right.frozen is None else rest(program)
        assert program.left.source == 1
        assert program.right.source == name
        assert [pane.model.short for pane in (program.left, program.right)] == names
        for pane, (_, codes, plane, cursor) in zip((program.left, program.right), before, strict=True):
            np.testing.assert_allclose(pane.codes.codes, codes, atol=1e-5)
            np.testing.assert_array_equal(pane.plane.axes, plane.axes)
            assert pane.cursor == pytest.approx(cursor, abs=1e-4)
        assert program.window.panes[1].header.summary.text().startswith("kept at step 3")
        # Saved again with one dropped, it is gone from the folder.
        program.application.models.drop_requested.emit(name)
        save(program, saved)
        assert not (saved / "kept" / name).exists()


def _lose_weights(place: Path) -> None:
    next(place.glob("state-*")).unlink()


def _harm_weights(place: Path) -> None:
    weights = next(place.glob("state-*"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")


def _later_version(place: Path) -> None:
    description = place / "checkpoint.json"
    description.write_text(description.read_text("utf-8").replace('"version": 2', '"version": 3'), "utf-8")


def _no_description(place: Path) -> None:
    (place / "checkpoint.json").unlink()


def _nothing(place: Path) -> None:
    shutil.rmtree(place)


def _a_file(place: Path) -> None:
    shutil.rmtree(place)
    place.write_text("hello")


@pytest.fixture(scope="module")
def with_kept(module_bot: QtBot, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A session at step 2 with one kept model, to be copied, and that model's name."""
    place = tmp_path_factory.mktemp("kept")
    with running(module_bot, place) as program:
        stand(program, "autoencoder", "variational")
        train(program, 2)
        name = keep(program, 0)
        save(program, place / "saved")
    return place / "saved", name


@pytest.mark.parametrize(
    "harm", [_lose_weights, _harm_weights, _later_version, _no_description, _a_file, _nothing]
)
def test_a_session_whose_kept_model_is_damaged_opens_without_it(
    qtbot: QtBot, tmp_path: Path, with_kept: tuple[Path, str], harm: Callable[[Path], None]
) -> None:
    saved, name = with_kept
    place = shutil.copytree(saved, tmp_path / "saved")
    harm(place / "kept" / name)
    with running(qtbot, tmp_path, open_path=place) as program:
        program.wait(lambda: program.training.run_state == "paused" and program.training.step == 2)
        settle(program)
        reported = [one for one in program.said if one.level in ("warning", "error") and not one.actions]
        assert len(reported) == 1, program.sentences()
        # Of one that is gone altogether only the pane that showed it is known.
        assert (name if harm is not _nothing else "panes[0].source") in reported[0].sentence + reported[0].details
        assert (program.left.source, program.right.source) == (0, 1)
        train(program, 1)
        save(program, place)
        assert not [one for one in program.said if one.level == "error"], program.sentences()


def test_an_automatic_save_holds_kept_models(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        stand(program, "autoencoder", "variational")
        train(program, 2)
        name = keep(program, 1)
        train(program, 1)
        program.click("train-button")
        program.wait(lambda: program.training.step > 5)
        program.click("train-button")
        program.wait(lambda: list((tmp_path / "unfinished").glob(f"*/kept/{name}/checkpoint.json")))


# ------------------------------------------------------------ checkpoints


@pytest.fixture(scope="module")
def four_steps(module_bot: QtBot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved run on the moons at step 4: an autoencoder of two latent dimensions, a variational one of three."""
    place = tmp_path_factory.mktemp("checkpoint")
    with running(module_bot, place) as program:
        stand(program, "autoencoder:2", "variational:3")
        train(program, 4)
        save(program, place / "four steps")
    return place / "four steps"


@pytest.fixture
def checkpoint(four_steps: Path, tmp_path: Path) -> Path:
    """A copy of that run."""
    return shutil.copytree(four_steps, tmp_path / "four steps")


def _choose_in_dialog(program: Program, row: int, done: list[list[str]]) -> None:
    """Answers the question which model, once it is asked, with keys and the mouse."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or dialog.objectName() != "choose-model-dialog":
            QTimer.singleShot(20, answer)
            return
        shown = dialog.findChild(QListWidget)
        done.append([shown.item(place).text() for place in range(shown.count())])
        for _ in range(row):
            QTest.keyClick(shown, Qt.Key.Key_Down)
        QTest.mouseClick(dialog.findChild(object, "show-model"), Qt.MouseButton.LeftButton)

    QTimer.singleShot(20, answer)


def test_a_checkpoint_on_the_same_data_opens_in_one_pane(
    qtbot: QtBot, tmp_path: Path, checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(qtbot, tmp_path) as program:
        stand(program, "autoencoder", "variational")
        train(program, 2)
        monkeypatch.setattr("latent_explorer.main_window.choose_checkpoint", lambda _: str(checkpoint))
        asked: list[list[str]] = []
        _choose_in_dialog(program, 1, asked)
        pick(program, 1, "Open a checkpoint in this pane")
        program.wait(lambda: program.right.frozen is not None and program.right.codes is not None)
        assert asked == [["Autoencoder", "Variational autoencoder"]]
        assert program.right.codes.codes.shape == (300, 3)
        assert program.right.model.short == "VAE latent 3"
        assert any("kept at step 4 · four steps" in text for text in entries(program, 1))
        train(program, 1)
        assert program.left.codes.snapshot.step == 3
        assert program.right.codes.snapshot.step == 4


def test_a_model_that_is_kept_already_is_not_kept_again(qtbot: QtBot, tmp_path: Path, checkpoint: Path) -> None:
    with running(qtbot, tmp_path) as program:
        stand(program, "autoencoder", "variational")
        models = program.application.models
        models.member_chosen.emit(0, str(checkpoint), 1)
        program.wait(lambda: program.left.frozen is not None)
        (name,) = models.kept
        models.member_chosen.emit(1, str(checkpoint), 1)
        program.wait(lambda: program.right.source == name)
        assert "VAE latent 3 is kept already" in program.sentences()
        assert list(models.kept) == [name]
        models.member_chosen.emit(1, str(checkpoint), 0)
        program.wait(lambda: len(models.kept) == 2)
        # Nor is one that nothing has trained since.
        pick(program, 0, "Autoencoder")
        program.wait(lambda: isinstance(program.left.source, int))
        keep(program, 0)
        pick(program, 0, "Autoencoder")
        program.wait(lambda: isinstance(program.left.source, int))
        pick(program, 0, "Keep for comparison")
        program.wait(lambda: program.left.frozen is not None)
        assert len(models.kept) == 3


def test_codes_that_a_checkpoint_lacks_are_made_of_all_images(
    qtbot: QtBot, tmp_path: Path, checkpoint: Path
) -> None:
    import json

    from trainer.training.checkpoint import read_codes
    from trainer.training.description import _digest

    kept = read_codes(checkpoint)
    file = checkpoint / "checkpoint.json"
    body = json.loads(file.read_text())
    body.pop("digest")
    body["codes"] = None
    file.write_text(json.dumps({**body, "digest": _digest(body)}))
    with running(qtbot, tmp_path) as program:
        stand(program, "autoencoder", "variational")
        program.application.models.member_chosen.emit(0, str(checkpoint), 1)
        program.wait(lambda: program.left.frozen is not None and program.left.codes is not None)
        np.testing.assert_allclose(program.left.codes.codes, kept.codes[1], atol=1e-5)
        np.testing.assert_allclose(program.left.codes.sigmas, kept.sigmas[1], rtol=1e-3)


def test_a_checkpoint_of_other_images_is_refused_in_a_sentence(
    qtbot: QtBot, tmp_path: Path, checkpoint: Path
) -> None:
    with running(qtbot, tmp_path) as program:
        program.explorer.data_requested.emit(DataConfig(name="digits"), False)
        program.wait(lambda: program.training.run_state == "ready")
        before = program.left.model, program.right.model
        program.application.models.member_chosen.emit(0, str(checkpoint), 0)
        program.wait(lambda: "four steps takes images of" in program.sentences())
        program.explorer.data_requested.emit(MOONS.replace(count=200), False)
        program.wait(lambda: program.training.run_state == "ready" and program.explorer.data.count == 200)
        before = program.left.model, program.right.model
        program.application.models.member_chosen.emit(0, str(checkpoint), 0)
        program.wait(lambda: "was trained on other images" in program.sentences())
        program.application.models.open_requested.emit(0, str(tmp_path / "nothing"))
        program.wait(lambda: "does not exist; it may have been moved" in program.sentences())
        assert (program.left.model, program.right.model) == before
        assert not program.application.models.kept


def test_one_of_the_bundled_pair_is_compared_with_itself(program: Program) -> None:
    """The pair that comes with the program can be kept and opened without any images available."""
    keep(program, 0)
    asked: list[list[str]] = []
    _choose_in_dialog(program, 1, asked)
    pick(program, 0, "One of the bundled pair")
    program.wait(lambda: program.left.frozen is not None and program.left.model.config.family == "variational")
    assert asked == [["Autoencoder", "Variational autoencoder"]]
    program.wait(lambda: program.left.codes is not None)
    np.testing.assert_array_equal(program.left.codes.codes, program.right.codes.codes)
    assert len(program.application.models.kept) == 2


# ------------------------------------------------------------ knobs of single models


def test_a_knob_of_one_model_that_is_set_while_the_run_is_built_holds(program: Program) -> None:
    training = program.training
    stand(program, "autoencoder", "variational")
    train(program, 1)
    training.set_own(1, "beta", 3.0)
    model = training.draft_models[1]
    training.set_draft(models=(model, model, model), own={})
    training.command_requested.emit("reset")
    program.answer("replace-run")
    assert training.run_state == "loading"
    training.set_own(2, "beta", 7.0)
    training.set_knobs(training.knobs.replace(beta=2.0))
    program.wait(lambda: training.run_state == "ready" and len(training.run_config.models) == 3)
    assert training.own == {"m3_beta": 7.0}
    assert training.knobs.beta == 2.0
    training.command_requested.emit("step")
    program.wait(lambda: training.step == 1)
    applied = training.history.knobs_at(1)
    assert (applied.beta, applied.get("m2_beta"), applied.get("m3_beta")) == (2.0, None, 7.0)


def test_knobs_of_single_models_begin_a_run_without_a_word_of_new_data(program: Program) -> None:
    training = program.training
    stand(program, "autoencoder", "variational")
    train(program, 1)
    training.set_draft(models=(*training.draft_models, training.draft_models[1]))
    training.set_own(2, "beta", 7.0)
    training.command_requested.emit("reset")
    program.answer("replace-run")
    program.wait(lambda: training.run_state == "ready" and len(training.run_config.models) == 3)
    assert training.own == {"m3_beta": 7.0}
    assert "usual knobs" not in program.sentences()


def test_models_that_differ_in_a_knob_alone_differ_in_it_on_other_data_too(program: Program) -> None:
    training = program.training
    model = training.draft_models[1].replace(widths=(8,), network="mlp")
    training.set_draft(models=(model, model), train=training.draft_train.replace(batch=16))
    training.set_own(1, "beta", 10.0)
    training.set_knobs(training.knobs.replace(beta=2.0))
    program.explorer.data_requested.emit(MOONS, False)
    program.wait(lambda: training.run_state == "ready")
    assert [short for short, _ in training.names] == ["VAE β 1", "VAE β 10"]
    assert training.own == {"m2_beta": 10.0}
    assert "New data begin with the usual knobs: β 2 → 1." in program.sentences()
