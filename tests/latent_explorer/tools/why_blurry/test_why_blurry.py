"""The average of the data at the cursor in the whole program: by drag, while training; who has none says why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from scipy.stats import norm

from latent_explorer.tools.why_blurry.column import AverageColumn
from latent_explorer.tools.why_blurry.state import Averaged, WhyBlurryState
from latent_explorer.tools.why_blurry.weight_row import WeightRow
from latent_explorer.tools.why_blurry.words import verdict
from tests.latent_explorer.build import explorer_state, pane_state
from tests.latent_explorer.program import Program
from tests.latent_explorer.standing import load, narrow
from trainer.config import DataConfig

MOONS = DataConfig(name="moons", count=80)
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def program(program: Program) -> Program:
    program.wait_for_codes()
    program.window.activateWindow()
    return program


def state(program: Program) -> WhyBlurryState:
    return program.application.tools[WhyBlurryState]


def open_panel(program: Program) -> None:
    QTest.keyClick(program.maps[0], Qt.Key.Key_Y, CONTROL_SHIFT)
    program.wait(lambda: state(program).shown)


def averaged(program: Program) -> Averaged:
    """That of the present cursor of the right pane."""
    program.wait(lambda: (one := state(program).averaged(1)) is not None and one.decoded is program.right.picture)
    one = state(program).averaged(1)
    assert one is not None
    return one


def brute_force(program: Program) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Training rows, weights and average at the right pane's code, all images at once."""
    pane, data = program.right, program.explorer.data
    trained = pane.codes.rows < data.train_count
    means, sigmas = (part[trained].astype(float) for part in (pane.codes.codes, pane.codes.sigmas))
    weights = norm.logpdf(pane.code.astype(float), means, sigmas).sum(1)
    weights = np.exp(weights - weights.max())
    weights /= weights.sum()
    rows = pane.codes.rows[trained]
    average = np.tensordot(weights, np.asarray(data.images[rows]) / 255, 1).transpose(1, 2, 0)
    return rows, weights, average


def test_it_follows_the_hand(program: Program) -> None:
    narrow(program)
    load(program, MOONS)
    open_panel(program)
    first = averaged(program)
    program.drag(1, (0.5, 0.5), (0.52, 0.45), (0.6, 0.4))
    second = averaged(program)
    assert second is not first
    rows, weights, average = brute_force(program)
    np.testing.assert_allclose(second.average / 255, average, atol=0.004)
    assert second.effective == pytest.approx(1 / (weights**2).sum(), rel=1e-3)
    assert second.among == len(rows)
    assert second.rows[0] == rows[np.argmax(weights)]
    assert second.error == pytest.approx(np.mean((program.right.picture / 255 - average) ** 2), abs=1e-4)
    said = program.child("whyBlurryImages1")
    program.wait(lambda: said.text().endswith(f"of {len(rows):,}"))
    assert program.child("whyBlurryError1").text().startswith("MSE")
    # The left model's codes are points.
    assert state(program).averaged(0).reason == "point"
    assert "points without spread" in program.child("whyBlurrySaid0").text()
    assert not program.child("whyBlurryRow0").isVisible()


def test_the_images_of_the_largest_weights_light_up_and_are_picked(program: Program) -> None:
    narrow(program)
    load(program, MOONS)
    open_panel(program)
    one = averaged(program)
    row = program.child("whyBlurryRow1")
    assert isinstance(row, WeightRow)
    program.wait(lambda: row.count > 1)
    QTest.mouseMove(row, row.tile(0).center().toPoint())
    QTest.mouseMove(row, row.tile(1).center().toPoint())
    program.wait(lambda: program.explorer.hovered == int(one.rows[1]))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.tile(1).center().toPoint())
    assert program.explorer.picked == int(one.rows[1])
    program.focus(row)
    QTest.keyClick(row, Qt.Key.Key_Home)
    assert "weight" in row.toolTip()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert program.explorer.picked == int(one.rows[0])


def test_the_keyboard_stays_in_the_panel_while_there_is_no_average(program: Program) -> None:
    narrow(program)
    load(program, MOONS)
    program.focus(program.maps[0])
    open_panel(program)
    row = program.child("whyBlurryRow1")
    program.wait(row.hasFocus)
    one = averaged(program)
    program.wait(lambda: program.explorer.hovered == int(one.rows[0]))
    column = row.parentWidget()
    assert isinstance(column, AverageColumn)
    for reason in (None, "images"):
        column.show_averaged(None if reason is None else Averaged(reason=reason), "being averaged…")
        assert row.hasFocus()


def test_while_training_it_follows_the_weights(program: Program) -> None:
    narrow(program)
    load(program, MOONS)
    open_panel(program)
    number = averaged(program).number
    program.training.command_requested.emit("train")
    program.wait(lambda: state(program).averaged(1) is not None and state(program).averaged(1).number != number)
    program.training.command_requested.emit("stop")
    program.wait(lambda: program.training.run_state != "training")
    program.wait(lambda: averaged(program).number == program.right.codes.number)


def test_without_images_it_says_so(program: Program) -> None:
    open_panel(program)
    assert averaged(program).reason == "images"
    program.wait(lambda: "data set's images" in program.child("whyBlurrySaid1").text())
    program.window.strip.close_panel()
    before = state(program).averaged(1)
    program.drag(1, (0.5, 0.5), (0.6, 0.4))
    assert state(program).averaged(1) is before  # not visible


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"far": True}, "not trained here"),
        ({"effective": 1.01, "error": 0.05}, "One image"),
        ({"effective": 90.0, "error": 0.0001}, "collapse"),
        ({"effective": 12.3, "error": 0.0001}, "answers nearly that"),
        ({"effective": 12.3, "error": 0.04}, "network's own doing"),
    ],
)
def test_the_verdict(changes: dict[str, float], words: str) -> None:
    assert words in verdict(Averaged(**{"among": 100, "effective": 5.0, "error": 0.0, **changes}))


def test_the_shares_have_room_and_are_in_sight(qtbot: QtBot) -> None:
    column = AverageColumn(pane_state(1), explorer_state())
    qtbot.addWidget(column)
    column.resize(560, 140)
    column.show()
    qtbot.waitExposed(column)
    pictures = np.zeros((12, 8, 8, 1), np.uint8)
    weights = np.full(12, 0.0004)
    found = Averaged(
        decoded=pictures[0], average=pictures[0], error=0.0002, effective=1200.0, among=1200, rows=np.arange(12),
        weights=weights, pictures=pictures,
    )  # fmt: skip
    column.show_averaged(found, "")
    row = column.row
    metrics = QFontMetricsF(row.font())
    assert all(metrics.horizontalAdvance(row.said_below(place)) <= row.tile(place).width() for place in range(2))
    # No line more than the words fill, also after there was less room.
    wide = column.said.minimumHeight()
    column.resize(380, 140)
    column.show_averaged(replace(found, effective=1199.0), "")
    assert column.said.minimumHeight() > wide
    column.resize(560, 140)
    column.show_averaged(found, "")
    assert column.said.minimumHeight() == wide


def test_pictures_grow_with_the_panel_and_give_way_again(qtbot: QtBot) -> None:
    column = AverageColumn(pane_state(1), explorer_state())
    qtbot.addWidget(column)
    column.resize(560, 140)
    column.show()
    qtbot.waitExposed(column)
    least, low = column.minimumSizeHint(), column.decoded.width()
    column.resize(930, 280)
    qtbot.waitUntil(lambda: column.decoded.width() >= 228)
    for view in (column.decoded, column.average):
        assert view.geometry().bottom() < column.height()
        assert view.width() == view.height()
    assert column.row.width() >= 280
    # Of 28 pixels a side: as many px for each.
    picture = np.zeros((28, 28, 1), np.uint8)
    column.decoded.set_picture(picture)
    assert column.decoded.picture_rect().width() % 28 == 0
    assert column.decoded.picture_rect().width() == column.decoded.width() - 4
    # The panel can be made as low as before.
    assert column.minimumSizeHint() == least
    column.resize(560, 140)
    qtbot.waitUntil(lambda: column.decoded.width() == low)
