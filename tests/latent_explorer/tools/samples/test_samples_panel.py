"""The samples' panel: what is chosen reaches state, what state says is shown, in words."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.samples.export import SamplesExport
from latent_explorer.tools.samples.panel import SamplesPanel
from latent_explorer.tools.samples.state import FitSummary, PaneFigures, RealFigures, SamplesState, Sheet
from latent_explorer.tools.samples.words import figure_line, figure_tip, head_tip
from tests.latent_explorer.build import explorer_state, pane_state
from trainer.metrics.samples import Fidelity
from trainer.reports import Snapshot

REAL = Fidelity(frechet=0.18, precision=0.94, recall=0.93, density=1.02, coverage=0.97, count=2000, real=2000)
OURS = Fidelity(frechet=16.72, precision=0.99, recall=0.08, density=1.47, coverage=0.22, count=2000, real=2000)


class Bench:
    """A panel and the states it looks at."""

    def __init__(self, latents=(2, 2)) -> None:
        self.panes = tuple(pane_state(index, latents[index]) for index in range(2))
        self.tools = ToolStates(all_tools())
        self.samples = self.tools[SamplesState]
        self.panel = SamplesPanel(explorer_state(), TrainingState(), self.panes, self.tools)

    def sheet(self, pane: int, count: int = 16, step: int = 7, **changes: object) -> Sheet:
        model = self.panes[pane].model
        snapshot = Snapshot(number=1, step=step, config=model.config, weights={})
        rng = np.random.default_rng(pane)
        fields: dict = {
            "settings": self.samples.settings,
            "snapshot": snapshot,
            "codes": rng.normal(size=(count, model.config.latent)).astype(np.float32),
            "pictures": rng.integers(0, 256, (count, 28, 28, 1), dtype=np.uint8),
            "prior": "N(0, I)",
        }
        made = Sheet(**(fields | changes))
        self.samples.set_sheet(pane, made)
        return made

    def measure(self, pane: int, sheet: Sheet) -> None:
        self.samples.set_real(RealFigures(name="FD-clf", sentence="A small classifier.", fidelity=REAL))
        self.samples.set_figures(
            pane,
            PaneFigures(settings=sheet.settings, snapshot=sheet.snapshot, fidelity=OURS, reconstructed=REAL),
        )


@pytest.fixture
def bench(qtbot):
    made = Bench()
    qtbot.addWidget(made.panel)
    made.panel.resize(680, 240)
    made.panel.show()
    qtbot.waitExposed(made.panel)
    return made


def shown(bench, qtbot, condition):
    qtbot.waitUntil(lambda: bool(condition()))


def test_showing_and_hiding_tells_state(bench):
    assert bench.samples.shown
    bench.panel.hide()
    assert not bench.samples.shown


def test_sources_are_chosen_with_the_keyboard_and_bring_their_parameter(bench):
    controls = bench.panel.controls
    assert not controls.components.isVisible()
    QTest.keyClick(controls.source, Qt.Key.Key_Down)
    QTest.keyClick(controls.source, Qt.Key.Key_Down)
    assert bench.samples.settings.source == "mixture"
    assert controls.components.isVisible()
    assert not controls.radius.isVisible()
    controls.components.setFocus()
    QTest.keyClicks(controls.components, "25")
    QTest.keyClick(controls.components, Qt.Key.Key_Return)
    assert bench.samples.settings.components == 25
    QTest.keyClicks(controls.components, "51")
    QTest.keyClick(controls.components, Qt.Key.Key_Return)
    assert bench.samples.settings.components == 25
    assert controls.components.invalid()
    bench.samples.set_source("neighbourhood")
    assert controls.radius.isVisible()
    assert controls.source.currentData() == "neighbourhood"


def test_noise_count_and_seed(bench):
    controls = bench.panel.controls
    QTest.mouseClick(controls.noise, Qt.MouseButton.LeftButton)
    assert bench.samples.settings.seed == 1
    assert controls.seed.number() == 1
    controls.seed.setFocus()
    QTest.keyClicks(controls.seed, "42")
    QTest.keyClick(controls.seed, Qt.Key.Key_Return)
    assert bench.samples.settings.seed == 42
    QTest.keyClick(controls.count, Qt.Key.Key_Down)
    assert bench.samples.settings.count == 100
    QTest.keyClick(controls.measured, Qt.Key.Key_Up)
    assert bench.samples.measured == 1000


def test_measuring_is_asked_for_and_cancelled_by_one_button(bench, qtbot):
    button = bench.panel.controls.measure
    with qtbot.waitSignal(bench.samples.measure_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.samples.set_measuring(True)
    assert button.text() == "Cancel"
    with qtbot.waitSignal(bench.samples.cancel_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    for why in ("no-images", "few-images", "same-images", "local"):
        bench.samples.set_measuring(False, why)
        assert not button.isEnabled()


def test_a_distance_of_few_pictures_is_not_reported(bench, qtbot):
    few = [replace(one, count=count, real=count) for one, count in ((OURS, 199), (REAL, 199))]
    sheet = bench.sheet(0)
    bench.measure(0, sheet)
    figures = replace(bench.samples.figures[0], fidelity=few[0], reconstructed=few[0])
    real = replace(bench.samples.real, fidelity=few[1])
    assert figure_line(figures, real) == "sample coverage 0.22 ↑ (real 0.97) · FD-clf n/a ↓ (real n/a)"
    tip = figure_tip(figures, real)
    assert "FD-clf is n/a below 200 pictures on either side: it would be noise" in tip
    assert "16.7" not in tip
    enough = replace(figures, fidelity=replace(OURS, count=200, real=200))
    assert "16.7" in figure_line(enough, real)


def test_dropped_components_are_reported(bench, qtbot):
    sheet = bench.sheet(0)
    fit = FitSummary(held_out_log_density=-5.0, held_out=100, fitted_on=900, iterations=12, dropped=3)
    reported = head_tip(replace(sheet, settings=replace(sheet.settings, source="mixture"), fit=fit))
    assert "3 of 10 components kept no code and were dropped." in reported


def test_each_sheet_states_coverage_and_distance_beside_the_real_datas_own(bench, qtbot):
    sheet = bench.sheet(0, remark="no-prior")
    bench.measure(0, sheet)
    column = bench.panel.columns[0]
    shown(bench, qtbot, lambda: column.figures.text())
    assert column.figures.text() == "sample coverage 0.22 ↑ (real 0.97) · FD-clf 16.7 ↓ (real 0.18)"
    assert column.more.text() == "precision 0.99 ↑ · recall 0.08 ↑ · sample density 1.47 ↑"
    assert "FID" not in column.figures.text()
    for word in ("2,000 samples", "2,000 held-out images", "reconstructions", "A small classifier.", "no FID"):
        assert word in column.figures.toolTip(), word
    assert column.head.text() == "AE · N(0, I) · this model has no prior"
    assert "2,000 samples beside 2,000 held-out images" in bench.panel.footer.text()


def test_figures_of_former_weights_say_their_step(bench, qtbot):
    bench.measure(0, bench.sheet(0, step=1200))
    bench.sheet(0, step=1300)
    column = bench.panel.columns[0]
    shown(bench, qtbot, lambda: column.more.text())
    assert column.more.text().startswith("step 1,200 · ")
    states = SimpleNamespace(panes=bench.panes, tools=bench.tools)
    assert "step 1,200 · sample coverage 0.22" in SamplesExport(states).blocks()[0].remark
    # Figures of another noise are not shown at all.
    bench.sheet(0, settings=replace(bench.samples.settings, seed=9))
    shown(bench, qtbot, lambda: not column.more.text())


def test_whether_the_density_knows_the_images_compared_with_is_reported(bench, qtbot):
    bench.measure(0, bench.sheet(0))
    column = bench.panel.columns[0]
    for apart, words in {True: "not fitted to these real images", False: "Too few images: the density"}.items():
        bench.samples.set_figures(0, replace(bench.samples.figures[0], apart=apart))
        shown(bench, qtbot, lambda words=words: words in column.figures.toolTip())
    bench.samples.set_figures(0, replace(bench.samples.figures[0], apart=None))
    shown(bench, qtbot, lambda: "fitted" not in column.figures.toolTip())


def test_why_there_are_no_figures(bench, qtbot):
    bench.sheet(0)
    column = bench.panel.columns[0]
    for why, words in {
        "no-images": "the data's images are not at hand",
        "local": "about one point",
        "training": "pause, or press Measure",
        "cancelled": "cancelled",
        "few-images": "fewer than 6 held-out images",
        "same-images": "all the same one",
    }.items():
        bench.samples.set_measuring(False, why)
        shown(bench, qtbot, lambda words=words: words in column.figures.text())
        assert column.figures.text().startswith("n/a")
    bench.samples.set_measuring(True)
    shown(bench, qtbot, lambda: column.figures.text() == "measuring…")


def test_an_empty_sheet_says_why(bench, qtbot):
    column = bench.panel.columns[1]
    empty = np.zeros((0, 2), np.float32)
    none = np.zeros((0, 28, 28, 1), np.uint8)
    for reason, words in {
        "no-picked": "Click on a point",
        "no-posterior": "images are not at hand",
        "not-finite": "is not finite",
        "no-cursor": "Put the cursor",
        "All codes are the same one.": "All codes are the same one.",
    }.items():
        bench.sheet(1, codes=empty, pictures=none, reason=reason)
        shown(bench, qtbot, lambda words=words: words in column.view._text)
        assert not bench.panel.grab().isNull()


def test_the_fit_is_reported(bench, qtbot):
    bench.samples.set_source("mixture")
    fit = FitSummary(held_out_log_density=-5.021, held_out=2000, fitted_on=10_000, left_out=3, iterations=64)
    bench.sheet(0, fit=fit)
    column = bench.panel.columns[0]
    shown(bench, qtbot, lambda: "mixture" in column.head.text())
    assert column.head.text() == "AE · mixture, K = 10 · held-out ln p −5.02 nats"
    for words in ("10,000 codes", "3 codes", "64 iterations", "compares densities of one model, not models"):
        assert words in column.head.toolTip(), words


def test_the_same_noise_is_claimed_only_where_it_is_the_same(qtbot):
    for latents, words in (((2, 2), "the same noise"), ((2, 20), "noise of its own for each latent size")):
        bench = Bench(latents)
        qtbot.addWidget(bench.panel)
        bench.panel.show()
        bench.sheet(0)
        bench.sheet(1)
        shown(bench, qtbot, lambda bench=bench, words=words: words in bench.panel.footer.text())


def test_a_click_puts_the_cursor_on_that_code(bench, qtbot):
    sheet = bench.sheet(1)
    view = bench.panel.columns[1].view
    shown(bench, qtbot, lambda: view.count == 16)
    with qtbot.waitSignal(bench.panes[1].code_wanted) as wanted:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.tile_rect(6).center().toPoint())
    np.testing.assert_array_equal(wanted.args[0], sheet.codes[6])
    assert bench.samples.selected == (1, 6)
    QTest.mouseMove(view, view.tile_rect(3).center().toPoint())
    assert bench.samples.hovered == (1, 3)


def test_the_menu_reaches_everything(bench, qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    bench.panel.fill_menu(menu)
    actions = {action.objectName(): action for action in menu.actions() if action.objectName()}
    with qtbot.waitSignal(bench.tools.panel_wanted) as wanted:
        actions["samples-kernels"].trigger()
    assert wanted.args == ["samples"]
    assert bench.samples.settings.source == "kernels"
    assert actions["samples-kernels"].isChecked()
    actions["samples-noise"].trigger()
    assert bench.samples.settings.seed == 1
    with qtbot.waitSignal(bench.samples.measure_requested):
        actions["samples-measure"].trigger()
    assert actions["samples-noise"].shortcut().toString() == "Ctrl+Alt+N"


def test_a_pane_without_a_model_says_so(bench, qtbot):
    bench.sheet(0)
    bench.panes[0].set_model(None)
    bench.samples.set_sheet(0, None)
    shown(bench, qtbot, lambda: "no model" in bench.panel.columns[0].view._text)
