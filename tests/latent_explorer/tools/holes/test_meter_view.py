"""The meter says what was measured, why something was not, and gives way in low panes."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.wrapped_text import wrapped
from latent_explorer.core.models import ModelsState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.panes.pane import Pane
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.holes.meter_state import REASONS, MeterReading, MeterState
from latent_explorer.tools.holes.meter_view import MeterView
from latent_explorer.tools.holes.words import reason_brief, reason_text, short
from latent_explorer.words.figures import percent
from tests.latent_explorer.build import explorer_state, nearest, pane_state, picture
from trainer.priors.gaussian import StandardNormal

CODE = np.zeros(2, np.float32)


def blend(accent: QColor, ground: QColor) -> QColor:
    """A bar's colour: the accent, so strong that words can be read on it, over the ground."""
    mixed = QImage(1, 1, QImage.Format.Format_RGB32)
    mixed.fill(ground)
    over = QColor(accent)
    over.setAlphaF(0.42)
    with QPainter(mixed) as painter:
        painter.fillRect(0, 0, 1, 1, over)
    return mixed.pixelColor(0, 0)


def reading(**changes) -> MeterReading:
    figures = {
        "here": 0.32,
        "here_of": 1_999,
        "log_ratio": -0.7,
        "neighbours": 10,
        "images": 10_000,
        "real": 0.2,
        "real_of": 1_999,
        "powers": (("fade", 0.97), ("mean", 1.0), ("noise", 1.0), ("foreign", 0.93)),
        "trip": 0.84,
        "back": 0.3,
        "back_of": 399,
        "spread": 1.68,
    }
    return MeterReading(**{"code": CODE, **figures, **changes})


@pytest.fixture
def meter(qtbot):
    state = MeterState()
    view = MeterView(pane_state(), state)
    qtbot.addWidget(view)
    view.resize(160, view.height_for(view.lines_for(160)))
    view.show()
    return state, view


def test_three_figures_and_a_sentence(meter):
    state, view = meter
    assert [row.value for row in view.rows()] == ["–", "–", "–"]
    state.set_reading(0, reading())
    assert [(row.name, row.value) for row in view.rows()] == [
        ("Data here", "denser than 32 % of images"),
        ("Looks real", "nearer than 20 % of real pictures"),
        ("Round trip", "shorter than for 30 % of images"),
    ]
    # p = (1 + k) / (1 + m); what is shown is k / m.
    assert [row.share for row in view.rows()] == pytest.approx([639 / 1999, 399.8 / 1999, 119 / 399], abs=1e-3)
    assert view.rows()[2].share == pytest.approx((0.3 * 400 - 1) / 399)
    assert view.sentence() == "Data here."
    here, real, trip = (row.tip for row in view.rows())
    assert "Denser than around 32 % of the 1,999 images held back" in here
    assert "Neighbour 10 of 10,000 images' codes is 2.0× as far as it usually is." in here
    assert "As near to real pictures as they are to each other" in real
    assert "cross-fades 97 %, mean images 100 %, noise 100 %, foreign images 93 %" in real
    assert "0.50 times the codes' spread" in trip
    assert "Around 30 % of 399 images" in trip
    assert all("A longer bar is better." in tip for tip in (here, real, trip))


def test_a_figure_is_its_bar_in_every_row(meter):
    """All are ranks among the images, in one direction, under a heading that says so."""
    state, view = meter
    state.set_reading(0, reading())
    assert [view.said(row, 60) for row in view.rows()] == ["32 %", "20 %", "30 %"]
    assert [view.said(row, 60) for row in view.rows()] == [percent(row.share) for row in view.rows()]
    state.set_reading(0, reading(here=0.0005, real=1.0, back=0.0025))
    assert [row.figure for row in view.rows()] == ["0 %", "100 %", "0 %"], "better than no image"
    view.resize(400, view.height())
    assert view.heading() == "better than … of real images"
    view.resize(math.ceil(view._widths["better than … of data"]), view.height())
    assert view.heading() == "better than … of data"
    view.resize(10, view.height())
    assert view.heading() == ""


def test_what_is_wrong_is_marked_with_the_rank_from_which_on_it_is(meter):
    """A bar of 4 % alone does not say why that is called unreal."""
    state, view = meter
    state.set_reading(0, reading(real=0.0405))
    rows = view.rows()
    assert [row.limit for row in rows] == [0.005, 0.05, 0.005]
    assert [view.said(row, 300) for row in rows] == ["32 %", "4.0 % ≤ 5 %", "30 %"]
    assert view.said(rows[1], view._widths["4.0%≤5%"] + 1) == "4.0%≤5%"
    assert view.said(rows[1], view._widths["4.0 %"] + 1) == "4.0 %", "where there is no room for both"
    state.set_reading(0, reading(here=0.004, back=0.004))
    assert [view.said(row, 300) for row in view.rows()] == ["0.4 % ≤ 0.5 %", "20 %", "0.3 % ≤ 0.5 %"]
    state.set_reading(0, reading(real=2 / 2000))
    assert view.said(view.rows()[1], 300) == "< 0.1 %"
    # A tick on the bar, at the twentieth part of it, also while nothing is wrong.
    state.set_reading(0, reading(real=0.5))
    view.resize(320, view.height())
    image, metrics = view.grab().toImage(), view._metrics
    left = max(view._widths[row.name] for row in view.rows()) + 6
    y = 2 * view._row_height() + round(metrics.height()) // 2
    tick = int(left + round(0.05 * (320 - left)))
    tokens = theme().tokens
    shades = [image.pixelColor(x, y) for x in range(tick - 3, tick + 4)]
    assert len({shade.rgb() for shade in shades}) > 1
    assert image.pixelColor(int(left) + 40, y) == blend(theme().accent(0), QColor(tokens.line))
    assert "tick" in view.tip(1)


def test_a_trip_with_nothing_to_compare_it_with_is_a_length_without_a_bar(meter):
    state, view = meter
    state.set_reading(0, reading(back=np.nan, back_of=0))
    row = view.rows()[2]
    assert row.value == "|Δz| 0.84"
    assert np.isnan(row.share)
    assert "units of the code" in row.tip


def test_where_there_is_no_rank_the_reason_is_in_its_place(meter):
    state, view = meter
    state.set_reading(0, reading(real=np.nan, real_reason="images", here_of=100, powers=()))
    here, real, _ = view.rows()
    assert [view.said(row, 1_000) for row in (here, real)] == ["too few images", "n/a: no images"]
    assert [view.said(row, view._widths["no images"] + 9) for row in (here, real)] == ["few images", "no images"]


def test_sentences_for_holes(meter):
    state, view = meter
    state.set_reading(0, reading(here=0.0005))
    assert view.sentence() == "No data here (0.5 % or less): this picture is an extrapolation."
    assert view.rows()[0].value == "denser than no image"
    state.set_reading(0, reading(here=0.004))
    assert view.rows()[0].value == "denser than 0.4 % of images"
    state.set_reading(0, reading(here=0.03))
    assert view.sentence() == "Data here."  # three in a hundred images lie no denser
    state.set_reading(0, reading(real=0.004))
    assert view.sentence() == "Data here, but this picture is unlike real ones (5 % or less)."
    assert view.rows()[1].value == "nearer than 0.4 % of real pictures"
    state.set_reading(0, reading(back=0.0025))
    assert view.sentence() == "Data here, but this picture is encoded elsewhere (0.5 % or less)."


@pytest.mark.parametrize("latent", [2, 20])
def test_denser_than_all_images_is_no_fault(meter, latent):
    state, view = meter
    state.set_reading(0, reading(code=np.zeros(latent, np.float32), here=1.0, log_ratio=0.2))
    assert view.sentence() == "Data here."
    assert view.rows()[0].value == "denser than 100 % of images"
    assert view.rows()[0].share == 1


def test_the_prior_is_distinguished_from_both_sides(meter):
    state, view = meter
    state.set_reading(0, reading(prior=StandardNormal(2).place(np.array([0.6, 0.8], np.float32))))
    assert view.sentence() == "Data here. |z| 1.0: 39 % of prior draws are nearer to 0, 61 % farther."
    near, wide = np.full(20, 0.1, np.float32), np.zeros(20, np.float32)
    state.set_reading(0, reading(code=near, prior=StandardNormal(len(near)).place(near)))
    assert view.sentence() == (
        "Data here. |z| 0.45, the prior's shell at 4.5: < 0.1 % of prior draws are nearer to 0, > 99.9 % farther."
    )
    state.set_reading(0, reading(code=wide, here=0.0005, prior=StandardNormal(len(wide)).place(wide)))
    QTest.mouseMove(view, QPoint(20, view.height() - 4))
    assert view.toolTip().startswith("No data here")
    assert "0 % of prior draws are nearer to 0, 100 % farther" in view.toolTip()


def test_draws_are_distinguished_from_codes(meter):
    state, view = meter
    state.set_reading(0, reading(drawn=True))
    assert "10,000 draws of q(z|x), one an image" in view.rows()[0].tip


def test_too_few_images_to_tell(meter):
    state, view = meter
    state.set_reading(0, reading(here=1 / 101, here_of=100, images=120))
    assert view.rows()[0].value == "too few images"
    assert np.isnan(view.rows()[0].share)
    assert "220 images are too few" in view.rows()[0].tip
    assert view.sentence() == "Too few images to tell whether there are data here."


def test_where_bad_pictures_pass_it_cannot_tell(meter):
    state, view = meter
    weak = (("fade", 0.23), ("mean", 1.0))
    state.set_reading(0, reading(powers=weak))
    assert view.rows()[1].value == "cannot tell"
    assert np.isnan(view.rows()[1].share)
    assert "cross-fades 23 %" in view.rows()[1].tip
    state.set_reading(0, reading(powers=weak, real=0.0005))
    assert view.rows()[1].value == "nearer than no real picture"  # an alarm is one in twenty whatever the power


def test_what_cannot_be_measured_says_why(meter):
    state, view = meter
    state.set_reading(
        0,
        reading(
            here=np.nan, here_reason="same", real=np.nan, real_reason="images", trip=np.nan, trip_reason="weights"
        ),
    )  # fmt: skip
    assert [row.value for row in view.rows()] == ["n/a: equal codes", "n/a: no images", "n/a: no weights"]
    assert all(row.tip for row in view.rows())
    assert "same code" in view.sentence()


def test_every_reason_has_words():
    assert reason_text("") == ""
    assert all(reason_text(reason).endswith(".") for reason in REASONS if reason)
    briefly = {reason: reason_brief(reason) for reason in REASONS if reason not in ("", "geometry")}
    assert all(briefly.values())
    assert max(map(len, briefly.values())) <= len("equal codes"), "they stand in the place of a figure"


def test_the_other_pane_is_not_heard(meter):
    state, view = meter
    state.set_reading(1, reading())
    assert view.rows()[0].value == "–"


def test_bars_are_drawn_in_the_accent(meter, qtbot):
    state, view = meter
    state.set_reading(0, reading(here=0.5))
    image = view.grab().toImage()
    # The first row's bar, at its upper edge, above what is written on it.
    left, top = (
        round(max(view._widths[name] for name in ("Data here", "Looks real", "Round trip"))) + 8,
        view._row_height(),
    )
    ground = QColor(theme().tokens.line)
    assert image.pixelColor(left, top) == blend(theme().accent(0), ground)
    assert image.pixelColor(left + (160 - left) // 3, top) == blend(theme().accent(0), ground)
    assert image.pixelColor(155, top) == ground
    state.set_reading(0, reading(here=np.nan, here_reason="same"))
    shown = view.grab().toImage()
    assert shown.pixelColor(155, top) == QColor(theme().tokens.panel), "no rank is not a rank of 0"


def test_pointing_at_a_line_explains_it(meter):
    state, view = meter
    state.set_reading(0, reading())
    QTest.mouseMove(view, QPoint(20, 4))
    assert "better" in view.toolTip()
    QTest.mouseMove(view, QPoint(20, 2 * view._row_height() + 4))
    assert "real pictures" in view.toolTip()
    QTest.mouseMove(view, QPoint(20, view.height() - 4))
    assert view.toolTip() == "Data here."


def test_a_sentence_without_room_for_all_of_it_ends_in_an_ellipsis(meter):
    state, view = meter
    state.set_reading(0, reading(here=0.0005))
    whole = wrapped(view.sentence(), view.font(), 160, 9)
    assert len(whole) > 1
    assert " ".join(whole) == view.sentence()
    assert wrapped(view.sentence(), view.font(), 160, 0) == []
    (short_line,) = wrapped(view.sentence(), view.font(), 160, 1)
    assert short_line.endswith("…")
    assert short_line[:-1].strip() in view.sentence()
    with_one, with_two = view.height_for(1), view.height_for(2)
    assert view.height_for(0) < with_one < with_two


def test_32_pixels_leave_room_for_the_sentence(qtbot):
    """Pictures of a whole number of pixels for each of 32, and lines below them."""
    tools = ToolStates(all_tools())
    state = pane_state(0, 20)
    state.set_model(replace(state.model, config=state.model.config.replace(shape=(3, 32, 32))))
    pane = Pane(state, explorer_state(), TrainingState(), ModelsState(), tools, QWidget())
    qtbot.addWidget(pane)
    pane.resize(488, 720)
    pane.show()
    state.set_picture(np.zeros(20, np.float32), np.zeros((32, 32, 3), np.uint8), 0.1, nearest())
    tools[MeterState].set_reading(0, reading(here=0.0005))
    column = pane.column
    assert column.room(column.height(), column.inner_width() - 4).lines >= 1
    assert column.meter.height() >= column.meter.height_for(1)


@pytest.mark.parametrize("latent", [2, 20])
@pytest.mark.parametrize("height", [240, 300, 350, 400, 460, 520, 600, 800])
def test_column_gives_way(qtbot, latent, height):
    """Parts never overlap or leave the column; of the meter one line stays longer than captions."""
    tools = ToolStates(all_tools())
    state = pane_state(0, latent)
    pane = Pane(state, explorer_state(), TrainingState(), ModelsState(), tools, QWidget())
    qtbot.addWidget(pane)
    pane.resize(500, height)
    pane.show()
    state.set_picture(np.zeros(latent, np.float32), picture(), 0.1, nearest())
    tools[MeterState].set_reading(0, reading())
    column = pane.column
    shown = [part for part in column.findChildren(QWidget) if part.isVisible() and part.parent() is column]
    assert set(column.views) <= set(shown)
    for one, other in combinations(shown, 2):
        assert not one.geometry().intersects(other.geometry()), (one.objectName(), other.objectName())
    for part in shown:
        assert column.rect().contains(part.geometry()), part.objectName()
    room = column.room(column.height(), column.inner_width() - 4)
    assert column.meter.isVisible() is (room.lines > -2)
    if height >= 400:
        assert room.side >= 64
        assert room.captions >= 2
        assert room.lines >= -1


def test_folded_it_is_three_bars_and_a_sentence_and_the_tip_has_all(meter):
    state, view = meter
    state.set_reading(0, reading(here=0.5))
    view.set_folded(True)
    view.resize(160, view.folded_height())
    image = view.grab().toImage()
    step = (160 + 4) / 3
    ground = QColor(theme().tokens.line)
    assert image.pixelColor(3, 0) == blend(theme().accent(0), ground)
    assert image.pixelColor(int(step) - 6, 0) == ground
    # Between two bars there is nothing.
    assert image.pixelColor(int(step) - 2, 0) == QColor(theme().tokens.panel)
    tip = view.tip(1)
    assert tip.startswith(view.sentence())
    for row in view.rows():
        assert f"{row.name}: {row.value}." in tip
        assert row.tip in tip
    assert view.folded_height() < view.height_for(0)


def test_folded_each_bar_has_a_name(meter):
    state, view = meter
    state.set_reading(0, reading(real=np.nan, real_reason="images"))
    rows, names = view.rows(), ("data", "real", "trip")
    said = [view.folded_name(row, name, 38) for row, name in zip(rows, names, strict=True)]
    assert said == ["data", "real –", "trip"]
    said = [view.folded_name(row, name, 200) for row, name in zip(rows, names, strict=True)]
    assert said == ["Data here", "Looks real –", "Round trip"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"here": 0.0005}, "No data here"),
        ({"real": 0.004}, "Data, looks unreal"),
        ({"back": 0.0025}, "Data, no round trip"),
        ({"here_of": 90}, "Too few images"),
        ({}, "Data here."),
    ],
)
def test_folded_its_verdict_is_whole(meter, changes, said):
    state, view = meter
    view.set_folded(True)
    view.resize(140, view.folded_height())
    assert view.folded_text() == ""
    state.set_reading(0, reading(**changes))
    assert view.folded_text() == said
    shortest = {"Data, looks unreal": "Looks unreal", "Data, no round trip": "No round trip"}.get(said)
    if shortest:
        view.resize(int(view._widths[said]) - 1, view.folded_height())
        assert view.folded_text() == shortest
    view.resize(900, view.folded_height())
    assert view.folded_text() == view.sentence()


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0 %"), (0.0004, "< 0.1 %"), (0.004, "0.4 %"), (0.12, "12 %"), (0.9996, "> 99.9 %"), (1, "100 %")],
)
def test_percent(value, text):
    assert percent(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.084, "0.08"), (1.25, "1.2"), (25.3, "25"), (1_234, "1,234"), (0, "0.00"), (3e8, "3e+08"), (np.inf, "n/a")],
)
def test_short(value, text):
    assert short(value) == text


def test_focus_is_not_taken(meter):
    assert meter[1].focusPolicy() == Qt.FocusPolicy.NoFocus
