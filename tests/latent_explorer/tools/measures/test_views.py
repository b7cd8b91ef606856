"""Bars, trails and the phase plot by themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import theme
from latent_explorer.core.training import TrainingState
from latent_explorer.tools.measures.kl_bars import KlBars
from latent_explorer.tools.measures.phase_plot import PhasePlot
from latent_explorer.tools.measures.results_table import Column, ResultsTable
from latent_explorer.tools.measures.signs import signs_of
from latent_explorer.tools.measures.trails import MOST, Trail, shown_range, trail, trails
from latent_explorer.tools.measures.words import cells, rows
from tests.latent_explorer.build import losses, pane_state
from trainer.measures.concerns import concerns
from trainer.measures.measure import Figure
from trainer.reports import EvaluationReport, Uncertainty


def evaluation(step: int, gap: float = 0.0) -> EvaluationReport:
    """Of an autoencoder and a variational one, which get better step by step."""
    value = 100.0 + 1_000.0 / (1 + step)
    return EvaluationReport(
        step=step,
        train=(losses(0, value - gap), losses(1, value - gap)),
        held_out=(losses(0, value), losses(1, value)),
        active=(None, 2),
        rows=1_000,
        errors=(Uncertainty(reconstruction=1.0, kl=0.1, total=1.0),) * 2,
    )


def training(*steps: int) -> TrainingState:
    state = TrainingState()
    state.begin(2)
    state.append_evaluation(*map(evaluation, steps))
    return state


def test_bars_are_sorted_and_say_which_dimension_they_are(qtbot: QtBot) -> None:
    bars = KlBars(1)
    qtbot.addWidget(bars)
    bars.resize(200, 100)
    bars.show_kl((0.001, 2.5, 0.4))
    assert bars.order == (1, 2, 0)
    tips = [bars.tip_at(bars.bar_rect(place).center().toPoint())[0] for place in range(3)]
    assert tips == ["z2: 2.50 nats", "z3: 0.40 nats", "z1: 0.0010 nats, collapsed"]
    assert bars.place_at(QPoint(190, 50)) is None
    assert "kl_dimension" in bars.terms_at(None)
    bars.grab()
    # Noise is not blown up to the height of a living dimension.
    bars.show_kl((0.02, 0.01))
    assert bars.most == 1.0
    bars.show_kl((), "There is none.")
    assert bars.accessibleDescription() == "There is none."
    bars.grab()


@pytest.mark.parametrize("kl", [(1.0,), tuple(np.linspace(0, 3, 512).tolist()), (float("nan"), 1.0)])
def test_bars_of_one_dimension_of_512_and_of_no_numbers(qtbot: QtBot, kl: tuple[float, ...]) -> None:
    bars = KlBars(0)
    qtbot.addWidget(bars)
    bars.resize(160, 60)
    bars.show_kl(kl)
    bars.grab()
    assert bars.bar_rect(len(kl) - 1).right() <= 161


def test_trails_are_of_both_panes_and_up_to_the_moment_looked_at() -> None:
    state, panes = training(0, 10, 20, 30), (pane_state(0), pane_state(1))
    found = trails(state, panes, ())
    assert [(one.pane, one.has_kl, len(one.kl)) for one in found] == [(0, False, 4), (1, True, 4)]
    state.set_looked_at(10)
    assert [len(one.kl) for one in trails(state, panes, ())] == [2, 2]
    assert trails(TrainingState(), panes, ()) == []


def test_a_long_run_is_thinned_and_keeps_its_end() -> None:
    reports = [evaluation(step).of(1) for step in range(2 * MOST)]
    found = trail("VAE", 1, reports)
    assert len(found.kl) == MOST
    assert found.reconstruction[-1] == reports[-1].held_out[0]["reconstruction"]


def test_the_first_evaluations_do_not_squeeze_the_others() -> None:
    found = trail("VAE", 1, [evaluation(step).of(1) for step in range(0, 100, 2)])
    bounds = shown_range([found])
    assert bounds is not None
    (left, right), (low, high) = bounds
    assert left < found.kl[-1] < right
    assert low < found.reconstruction[-1] < high < found.reconstruction[0]
    assert shown_range([]) is None
    nothing = np.full(3, np.nan)
    assert shown_range([Trail("", 0, nothing, nothing)]) is None


def test_the_plot_keeps_its_items_and_moves_their_data(qtbot: QtBot) -> None:
    plot = PhasePlot()
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    panes = (pane_state(0), pane_state(1))
    plot.show_trails(trails(training(0, 10), panes, ()))
    items = [one.line for one in plot.drawn]
    plot.show_trails(trails(training(0, 10, 20), panes, ()))
    assert [one.line for one in plot.drawn] == items
    level, point = plot.drawn
    assert level.level.isVisible()
    assert not level.end.isVisible()
    assert point.end.isVisible()
    assert len(point.line.getData()[0]) == 3
    plot.show_trails(())
    assert not any(item.isVisible() for one in plot.drawn for item in one.items())
    nothing = np.full(3, np.nan)
    plot.show_trails([Trail("wild", 0, nothing, nothing)])
    plot.grab()


def test_signs_come_from_evaluations_and_lead_to_a_warning() -> None:
    state, pane = training(), pane_state(1)
    for step, gap in ((0, 0.0), (10, 3.0), (20, 30.0)):
        state.append_evaluation(evaluation(step, gap))
    signs = signs_of(state, pane, None)
    assert signs is not None
    assert signs.gaps == pytest.approx((0.0, 3.0, 30.0))
    assert signs.gap_error == pytest.approx(2**0.5)
    assert [one.key for one in concerns(signs)] == ["overfitting"]
    state.set_looked_at(10)
    before = signs_of(state, pane, None)
    assert before is not None
    assert concerns(before) == ()
    pane.set_model(None)
    assert signs_of(state, pane, None) is None


def test_figures_that_are_not_there_say_why() -> None:
    assert len(cells(None, 2)) == len(rows())
    assert {one.more for one in cells(None, 2)} == {"not measured yet"}


def test_nothing_held_out_is_no_overfitting() -> None:
    state = TrainingState()
    state.begin(2)
    state.append_evaluation(*(replace(evaluation(step), none_held_out=True) for step in (0, 10)))
    signs = signs_of(state, pane_state(1), None)
    assert signs is not None
    assert concerns(signs) == ()


def test_titles_of_columns_have_the_colours_of_their_panes(qtbot: QtBot) -> None:
    table = ResultsTable()
    qtbot.addWidget(table)
    table.setStyleSheet("QHeaderView::section { color: #777777; background: #202020; border: none; }")
    table.resize(800, 200)
    figures = (Figure(key="elbo", value=-3.0, error=0.1),)
    table.show_columns([Column(pane, f"MMMM {pane}", "", figures) for pane in (0, 1)])
    table.show()
    header = table.horizontalHeader()
    image = header.grab().toImage()
    assert image.devicePixelRatio() == 1

    def colours(section: int) -> set[str]:
        start, width = header.sectionViewportPosition(section), header.sectionSize(section)
        places = ((x, y) for x in range(start, start + width) for y in range(image.height()))
        return {image.pixelColor(x, y).name() for x, y in places}

    accents = [theme().accent(pane).name() for pane in (0, 1)]
    assert [accents[0] in colours(section) for section in range(5)] == [False, False, True, False, False]
    assert [accents[1] in colours(section) for section in range(5)] == [False, False, False, True, False]
