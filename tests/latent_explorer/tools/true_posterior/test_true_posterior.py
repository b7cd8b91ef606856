"""The true posterior in the whole program: on maps and in the panel, while training; what has none says why."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.tools.true_posterior.bar import IdentityBar
from latent_explorer.tools.true_posterior.overlay import TruePosteriorOverlay
from latent_explorer.tools.true_posterior.plot import PosteriorPlot
from latent_explorer.tools.true_posterior.state import TruePosterior, TruePosteriorState
from tests.latent_explorer.program import Program
from tests.latent_explorer.standing import load, train
from trainer.config import DataConfig

MOONS = DataConfig(name="moons", count=60)
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def program(program: Program) -> Program:
    program.wait_for_codes()
    program.window.activateWindow()
    return program


def small(program: Program, latent: int, **more: object) -> None:
    models = tuple(model.replace(widths=(8,), latent=latent, **more) for model in program.training.draft_models)
    program.training.set_draft(models=models, train=program.training.draft_train.replace(batch=16))
    load(program, MOONS)


def state(program: Program) -> TruePosteriorState:
    return program.application.tools[TruePosteriorState]


def overlay(program: Program, which: int) -> TruePosteriorOverlay:
    return next(one for one in program.maps[which].stack.overlays if isinstance(one, TruePosteriorOverlay))


def found(program: Program, row: int, pane: int = 1) -> TruePosterior:
    program.wait(lambda: state(program).found(pane, row) is not None)
    one = state(program).found(pane, row)
    assert one is not None
    return one


def fine(program: Program, row: int) -> TruePosterior:
    program.wait(
        lambda: (one := state(program).found(1, row)) is not None and (one.error <= 1e-3 or bool(one.reason))
    )
    return found(program, row)


def open_panel(program: Program) -> None:
    QTest.keyClick(program.maps[0], Qt.Key.Key_X, CONTROL_SHIFT)
    program.wait(lambda: state(program).shown)


def said(program: Program, pane: int) -> str:
    return program.child(f"truePosteriorSaid{pane}").text()


def picture(program: Program, pane: int) -> QImage:
    return program.maps[pane].grab_image()


def test_the_two_sides_meet_and_are_shown(program: Program) -> None:
    small(program, 2)
    open_panel(program)
    program.wait(lambda: "pick an image" in said(program, 1))
    assert state(program).found(1, 3) is None
    program.explorer.pick(3)
    one = fine(program, 3)
    assert one.evidence > one.elbo
    assert one.kl > 0
    assert abs(one.left_over) <= one.allowed + 1e-6
    assert one.bound <= one.evidence + 5 * one.bound_error + 1e-3
    program.wait(lambda: program.child("truePosterior-evidence1").text() != "")
    assert program.child("truePosterior-kl1").text().startswith(f"{one.kl:.3f}"[:3])
    assert "ELBO" in said(program, 1)
    # The left model is an autoencoder.
    assert found(program, 3, 0).reason == "prior"
    program.wait(lambda: "no prior" in said(program, 0))
    bar, plot = program.child("truePosteriorBar1"), program.child("truePosteriorPlot1")
    assert isinstance(bar, IdentityBar)
    assert isinstance(plot, PosteriorPlot)
    parts = bar.parts()
    assert parts["elbo"].right() == pytest.approx(parts["kl"].left())
    assert parts["kl"].right() == pytest.approx(parts["evidence"].right(), abs=2)
    assert plot.isVisible()
    assert not program.child("truePosteriorPlot0").isVisible()


def test_a_key_puts_it_on_the_map_and_another_image_replaces_it(program: Program) -> None:
    small(program, 2)
    assert not overlay(program, 1).active
    QTest.keyClick(program.maps[1], Qt.Key.Key_9, CONTROL_SHIFT)
    view = program.right.view
    assert overlay(program, 1).active
    assert "no image is picked" in overlay(program, 1).caption(view).text
    program.explorer.pick(3)
    one = fine(program, 3)
    caption = overlay(program, 1).caption(view).text
    assert f"image {program.explorer.number(3)}:" in caption
    assert "ELBO" in caption
    assert "no prior" in overlay(program, 0).caption(program.left.view).text
    assert overlay(program, 1).belongs(finished=True)
    # Zoomed to, it is in the middle of the map.
    offers = dict(overlay(program, 1).offers(program.maps[1].rect().center().toPointF(), view))
    next(iter(offers.values()))()
    left, _, right, _ = one.box
    program.wait(lambda: program.right.view.x == pytest.approx((left + right) / 2, abs=1e-6))
    assert program.right.view.rect[0] < left
    shown = picture(program, 1)
    program.application.tools.overlays.switch("truth", False)
    assert picture(program, 1) != shown
    program.application.tools.overlays.switch("truth", True)
    program.explorer.pick(8)
    assert "being computed" in overlay(program, 1).caption(view).text
    other = fine(program, 8)
    assert other.evidence != one.evidence
    program.explorer.pick(None)
    assert "no image is picked" in overlay(program, 1).caption(view).text


def test_one_dimension_has_curves(program: Program) -> None:
    small(program, 1)
    program.application.tools.overlays.switch("truth", True)
    before = picture(program, 1)
    program.explorer.pick(3)
    one = fine(program, 3)
    curve = one.curve
    assert np.trapezoid(curve.density, curve.codes) == pytest.approx(1, abs=0.01)
    assert np.trapezoid(curve.own, curve.codes) == pytest.approx(1, abs=0.01)
    assert picture(program, 1) != before
    open_panel(program)
    program.wait(lambda: program.child("truePosteriorPlot1").isVisible())


def test_what_cannot_be_said_why(program: Program) -> None:
    open_panel(program)
    program.explorer.pick(5)  # the bundled pair's images are not available
    assert found(program, 5).reason == "images"
    program.wait(lambda: "picked image itself" in said(program, 1))
    small(program, 3)
    program.explorer.pick(3)
    assert found(program, 3).reason == "dimensions"
    program.wait(lambda: "3 latent dimensions" in said(program, 1))
    assert not program.sentences().count("see the details")


def test_a_gaussian_whose_noise_is_learned(program: Program) -> None:
    small(program, 2, likelihood="gaussian-learned")
    program.application.tools.overlays.switch("truth", True)
    program.explorer.pick(3)
    reason = found(program, 3).reason
    if reason:  # σ² is learned in the first step
        assert reason == "density"
        train(program, 2)
    one = fine(program, 3)
    assert not one.reason
    assert abs(one.left_over) <= one.allowed + 1e-6


def test_it_follows_the_weights_while_training(program: Program) -> None:
    small(program, 2)
    program.application.tools.overlays.switch("truth", True)
    program.explorer.pick(3)
    first = fine(program, 3)
    program.training.command_requested.emit("train")
    program.wait(lambda: found(program, 3).number != first.number)
    program.training.command_requested.emit("stop")
    program.wait(lambda: program.training.run_state != "training")
    program.wait(lambda: found(program, 3).number == program.right.codes.number)
    assert fine(program, 3).error <= 1e-3


def test_nothing_is_computed_before_someone_looks(program: Program) -> None:
    small(program, 2)
    program.explorer.pick(3)
    assert state(program).found(1, 3) is None
    part = program.application.tools.declared  # the tool is there
    assert any(one.name == "true_posterior" for one in part)


def test_figures_of_a_model_without_an_encoder(qtbot: QtBot) -> None:
    bar = IdentityBar(1)
    qtbot.addWidget(bar)
    bar.resize(200, 40)
    alone = TruePosterior(row=0, number=0, evidence=-3.0, error=0.001)
    assert not alone.has_posterior
    bar.show_found(alone, 1.0)
    assert set(bar.parts()) == {"evidence"}
    both = dataclasses.replace(alone, elbo=-3.4, elbo_error=0.0, kl=0.4, kl_error=0.0)
    bar.show_found(both, 1.0)
    assert bar.parts()["kl"].width() == pytest.approx(0.4 * 198)
    bar.grab()
