"""A set of two images in the window: trained, on the map, and said to hold no image out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from latent_explorer.panes.lamps import measured_on, shown_kl
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import data_of, load, narrow, settle
from trainer.config import DataConfig


def test_two_images_train_in_batches_larger_than_the_set(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        program.wait(lambda: program.explorer.data is not None)
        narrow(program)
        program.training.set_draft(train=program.training.draft_train.replace(batch=128))
        load(program, DataConfig(name="half-moons-2"))
        data = data_of(program)
        assert data.train_count == data.count == 2
        assert "Too few images to hold any out" in program.sentences()
        program.click("train-button")
        program.wait(lambda: program.training.step >= 200)
        program.click("train-button")
        program.wait(lambda: program.training.run_state == "paused")
        settle(program)
        assert [len(pane.codes.codes) for pane in (program.left, program.right) if pane.codes] == [2, 2]
        report = program.training.evaluations[-1]
        assert (report.none_held_out, report.rows) == (True, 2)
        says_what_it_is_of(program)
        for tab in program.window.strip.tabs:  # no tool fails for want of images
            program.window.strip.show_panel(tab.name)
            program.qtbot.wait(20)
        settle(program)
        assert not [said for said in program.said if said.level == "error"]


def says_what_it_is_of(program: Program) -> None:
    (lines,) = program.window.inspector.findChildren(QLabel, "data-lines")
    assert "2 training · none held out" in lines.text()
    training, comparison = program.training, program.window.comparison
    assert comparison.table().below[0].startswith("2 training images, none held out · step ")
    assert dict(comparison.table().rows)["Gap: held-out − training"] == ("n/a", "n/a")
    shown = shown_kl(program.right, training)
    assert shown.held_out is None or "none being held out" in measured_on(shown)
