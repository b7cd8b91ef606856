"""The curves are set up once, redrawn at a pace, and readable by mouse and keyboard."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QTextDocument

from latent_explorer.appearance.theme import theme
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.curves_dock import CurvesDock
from tests.latent_explorer.build import evaluate, pane_state, train
from trainer.card import RECONSTRUCTION, TOTAL, Card, Term
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.reports import Losses, StepReport


@pytest.fixture
def training():
    return TrainingState()


@pytest.fixture
def curves(qtbot, training):
    made = CurvesDock(training, [pane_state(0), pane_state(1)])
    qtbot.addWidget(made)
    made.resize(700, 220)
    made.show()
    return made


def plain(markup: str) -> str:
    document = QTextDocument()
    document.setHtml(markup)
    return document.toPlainText()


def drawn(qtbot, curves):
    qtbot.waitUntil(lambda: not curves._pace.dirty)


def test_empty_until_there_is_something(qtbot, curves, training):
    drawn(qtbot, curves)
    assert curves.empty.isVisible()
    assert curves.plot is None
    train(training, 3)
    drawn(qtbot, curves)
    assert curves.plot.isVisible()
    assert not curves.empty.isVisible()


def test_what_the_curves_are_is_never_cut_off(qtbot, curves, training):
    training.begin(4)
    four = tuple(Losses({"reconstruction": 100.0 + member, "total": 100.0 + member}) for member in range(4))
    for step in range(1, 30):
        training.append_steps(
            (
                StepReport(
                    step=step, epoch=step / 9, knobs=Knobs(), applied=Knobs(), losses=four, images=9, seconds=0.1
                ),
            )
        )
    drawn(qtbot, curves)
    curves.resize(1200, 220)
    curves._say()
    whole = plain(curves.readout.text())
    assert whole == "AE · VAE · model 3 · model 4 · solid: training · dashed: held-out"
    for wide, said in ((700, "AE · VAE · solid: training · dashed: held-out"), (520, "AE · VAE")):
        curves.resize(wide, 220)
        qtbot.waitUntil(lambda said=said: plain(curves.readout.text()) == said)
        assert curves.readout.sizeHint().width() <= curves.readout.width()
        assert whole in curves.readout.toolTip()


def test_lines_of_different_sums_are_told_apart(qtbot, curves, training):
    train(training, 3)
    drawn(qtbot, curves)
    curves.resize(1200, 220)
    assert plain(curves.readout.text()).endswith("solid: training · dashed: held-out")
    losses = tuple(Losses({"reconstruction": 100.0, "kl": 2.0, "total": 120.0}) for _ in range(2))
    knobs = Knobs(beta=10.0)
    training.append_steps(
        (StepReport(step=4, epoch=0.5, knobs=knobs, applied=knobs, losses=losses, images=9, seconds=0.1),)
    )
    drawn(qtbot, curves)
    assert plain(curves.readout.text()).endswith("solid: training, β = 10 · dashed: held-out, β = 1")
    assert "no overfitting" in curves.readout.toolTip()
    qtbot.mouseClick(curves.quantity.buttons["reconstruction"], Qt.MouseButton.LeftButton)
    drawn(qtbot, curves)
    assert plain(curves.readout.text()).endswith("solid: training · dashed: held-out")


def test_plot_once(qtbot, curves, training):
    train(training, 3)
    drawn(qtbot, curves)
    items = list(curves.plot.getPlotItem().items)
    plot = curves.plot
    for start in range(3, 60, 3):
        train(training, 3, start=start)
        evaluate(training, start)
        curves._pace.flush()
    assert curves.plot is plot
    assert curves.plot.getPlotItem().items == items
    assert len(curves.plot.train[0].xData) == 60


def test_redrawn_at_a_pace_and_only_when_seen(qtbot, curves, training, monkeypatch):
    train(training, 3)
    drawn(qtbot, curves)
    calls = []
    monkeypatch.setattr(curves._pace, "_redraw", lambda: calls.append(1))
    for start in range(3, 303):
        train(training, 1, start=start)
    assert calls == []
    qtbot.waitUntil(lambda: calls == [1])
    curves.hide()
    train(training, 1, start=303)
    curves._pace.flush()
    assert calls == [1]
    assert curves._pace.dirty
    curves.show()
    qtbot.waitUntil(lambda: calls == [1, 1])


def test_quantities_and_what_does_not_apply(qtbot, curves, training):
    train(training, 30)
    evaluate(training, 20)
    drawn(qtbot, curves)
    assert curves.plot.train[1].yData[-1] == pytest.approx(100 + 400 * 0.97**30 + 5 + 2.48, rel=1e-5)
    assert curves.plot.held_out[1].yData[-1] == pytest.approx(133.5 + 2.48)
    assert "solid: training · dashed: held-out" in curves.readout.text()
    qtbot.mouseClick(curves.quantity.buttons["kl"], Qt.MouseButton.LeftButton)
    drawn(qtbot, curves)
    assert curves.plot.train[0].xData is None or len(curves.plot.train[0].xData) == 0
    assert curves.plot.train[1].yData[-1] == pytest.approx(2.48)
    assert "AE n/a" in curves.readout.text()
    qtbot.keyClick(curves.quantity.buttons["kl"], Qt.Key.Key_Left)
    assert curves.quantity.key == "reconstruction"


def test_marks_are_lines_with_text_only_where_there_is_room(qtbot, curves, training):
    for start, steps, beta in ((0, 49, 1.0), (49, 41, 2.0), (90, 910, 10.0)):
        train(training, steps, start=start, knobs=Knobs(beta=beta))
    drawn(qtbot, curves)
    lines = [line for _, line in curves.plot.marks]
    assert [line.value() for line in lines] == [50, 91]
    assert [line.label.isVisible() for line in lines] == [False, True]
    assert [mark.text for mark, _ in curves.plot.marks] == ["β 1 → 2", "β 2 → 10"]
    train(training, 100, start=1000)
    drawn(qtbot, curves)
    assert [line for _, line in curves.plot.marks][:2] == lines
    training.begin(2)
    train(training, 3)
    drawn(qtbot, curves)
    assert curves.plot.marks == []


def test_values_are_read_by_pointer_and_keyboard(qtbot, curves, training):
    train(training, 200)
    evaluate(training, 100)
    drawn(qtbot, curves)
    box = curves.plot.getPlotItem().getViewBox()
    at = curves.plot.mapFromScene(box.sceneBoundingRect().center())
    qtbot.mouseMove(curves.plot.viewport(), at)
    curves.plot._moved(box.sceneBoundingRect().center())
    assert curves.readout.text().startswith("step ")
    assert "129.6" in curves.readout.text() or "–" in curves.readout.text()
    curves.setFocus()
    curves._hovered(float("nan"))
    qtbot.keyClick(curves, Qt.Key.Key_Left)
    assert "step 198" in curves.readout.text()
    assert curves.plot.hair.isVisible()
    qtbot.keyClick(curves, Qt.Key.Key_Escape)
    assert "dashed" in curves.readout.text()


def test_zoom_holds_until_fit(qtbot, curves, training):
    train(training, 200)
    drawn(qtbot, curves)
    curves.plot.setXRange(50, 60, padding=0)
    curves.plot.moved_by_hand.emit()
    train(training, 10, start=200)
    drawn(qtbot, curves)
    assert curves.plot.getPlotItem().getViewBox().viewRange()[0] == pytest.approx([50, 60])
    curves.plot.setXRange(204, 209, padding=0)  # as far as the run has come since
    assert curves.plot.getPlotItem().getViewBox().viewRange()[0] == pytest.approx([204, 209])
    curves.setFocus()
    qtbot.keyClick(curves, Qt.Key.Key_Home)
    drawn(qtbot, curves)
    assert curves.plot.getPlotItem().getViewBox().viewRange()[0][1] > 200


def test_keys_zoom_about_the_line_and_pan_along_with_it(qtbot, curves, training):
    train(training, 200)
    drawn(qtbot, curves)
    box = curves.plot.getPlotItem().getViewBox()
    curves.setFocus()
    whole = box.viewRange()[0]
    qtbot.keyClick(curves, Qt.Key.Key_Plus)
    first, last = box.viewRange()[0]
    assert last - first == pytest.approx((whole[1] - whole[0]) / 1.25)
    assert (first + last) / 2 == pytest.approx(sum(whole) / 2)
    qtbot.keyClick(curves, Qt.Key.Key_Right)
    assert box.viewRange()[0] == pytest.approx([first, last], abs=3)
    for _ in range(8):
        qtbot.keyClick(curves, Qt.Key.Key_Plus)
    for _ in range(8):
        qtbot.keyClick(curves, Qt.Key.Key_Left)
    first, last = box.viewRange()[0]
    assert first <= curves.plot.hair.value() <= last
    for _ in range(9):
        qtbot.keyClick(curves, Qt.Key.Key_Minus)
    first, last = box.viewRange()[0]
    assert last - first == pytest.approx(whole[1] - whole[0])


def test_light_and_dark_are_switched_live(qtbot, curves, training):
    train(training, 10)
    drawn(qtbot, curves)
    theme().set_appearance("light")
    assert curves.plot.backgroundBrush().color().name() == theme().tokens.panel
    theme().set_appearance("dark")
    assert curves.plot.backgroundBrush().color().name() == theme().tokens.panel
    assert curves.plot.train[0].opts["pen"].color() == theme().accent(0)


def test_importing_the_panel_imports_neither_pyqtgraph_nor_torch():
    code = (
        "import sys; import latent_explorer.curves.curves_dock, latent_explorer.panes.pane; "
        "sys.exit('pyqtgraph' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_tip_says_what_the_figures_are(qtbot, curves, training):
    train(training, 3)
    drawn(qtbot, curves)
    assert "Bernoulli cross-entropy of grey levels, not binarised: not a likelihood." in curves.readout.toolTip()
    assert "drawn anew" not in curves.readout.toolTip()
    models = tuple(pane.model.config for pane in curves._panes)
    settings = training.draft_train.replace(binarise="dynamic")
    training.set_run_config(RunConfig(data=training.draft_data, models=models, train=settings))
    train(training, 3, start=3)
    drawn(qtbot, curves)
    # Evaluations of former versions were of grey levels all the same.
    evaluate(training, 5)
    drawn(qtbot, curves)
    assert "Training curves are of binarised pixels, drawn anew each step" in curves.readout.toolTip()
    evaluate(training, 6, pixels="dynamic")
    drawn(qtbot, curves)
    assert "Bernoulli likelihood of pixels drawn as 0 or 1" in curves.readout.toolTip()
    assert "drawn anew each step" not in curves.readout.toolTip()
    assert "As applied in step 6: β 1, learning rate 0.001." in curves.readout.toolTip()
    curves.quantity.choose("kl")
    drawn(qtbot, curves)
    assert "grey" not in curves.readout.toolTip()


def test_the_former_run_stays_as_a_named_ghost_from_where_it_was_left(qtbot, curves, training):
    train(training, 300)
    drawn(qtbot, curves)
    assert not curves.plot.ghost_name.isVisible()
    training.go_back(200, 2.0, ())
    train(training, 20, start=200)
    drawn(qtbot, curves)
    for member in range(2):
        steps = curves.plot.ghosts[member].xData
        assert steps[0] >= 200
        assert steps[-1] == 300
        assert curves.plot.ghosts[member].opts["pen"].style() == Qt.PenStyle.DotLine
        assert curves.plot.train[member].xData[-1] == 220
    assert curves.plot.ghost_name.isVisible()
    # The whole of it is in view.
    assert curves.plot.getPlotItem().getViewBox().viewRange()[0][1] >= 300
    qtbot.mouseClick(curves.quantity.buttons["kl"], Qt.MouseButton.LeftButton)
    drawn(qtbot, curves)
    assert curves.plot.ghosts[0].xData is None or not len(curves.plot.ghosts[0].xData)
    training.begin(2)
    train(training, 5)
    drawn(qtbot, curves)
    assert not curves.plot.ghost_name.isVisible()


def test_the_moment_that_the_maps_show_is_a_line_and_its_figures_are_told(qtbot, curves, training):
    train(training, 300)
    evaluate(training, 100)
    drawn(qtbot, curves)
    assert not curves.plot.past.isVisible()
    training.set_looked_at(120)
    assert curves.plot.past.isVisible()
    assert curves.plot.past.value() == 120
    assert "step 120" in curves.readout.text()
    training.set_looked_at(None)
    assert not curves.plot.past.isVisible()
    assert "step 120" not in curves.readout.text()


def test_a_familys_own_term_is_offered_while_its_models_are_on_show(qtbot, curves, training):
    own = Term(name="fooled", title="Critic fooled", unit="nats a code", help="How surely it tells them.")
    card = Card(name="critic", title="Critic", short="C", about="One.", terms=(RECONSTRUCTION, own, TOTAL))
    training.cards = {"critic": card}
    models = (ModelConfig(family="critic"), ModelConfig())
    training.set_run_config(RunConfig(data=DataConfig(), models=models, train=TrainConfig()))
    training.begin(2)
    losses = (
        Losses({"reconstruction": 3.0, "fooled": 0.7, "total": 3.7}),
        Losses({"reconstruction": 4.0, "kl": 1.0, "total": 5.0}, (0.5, 0.5)),
    )
    reports = [
        StepReport(step=step, epoch=0.1, knobs=Knobs(), applied=Knobs(), losses=losses, images=1, seconds=0.1)
        for step in range(1, 20)
    ]
    training.append_steps(tuple(reports))
    drawn(qtbot, curves)
    assert [button.text() for button in curves.quantity.buttons.values()] == [
        "Total",
        "Reconstruction",
        "KL",
        "Critic fooled",
    ]
    button = curves.quantity.buttons["fooled"]
    assert "nats a code" in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    drawn(qtbot, curves)
    assert curves.plot.train[0].getData()[1][-1] == pytest.approx(0.7)
    assert curves.plot.train[1].getData()[1] is None or not len(curves.plot.train[1].getData()[1])
    assert "n/a" in curves.readout.text()
    assert curves.title.text() == "Critic fooled, nats a code"
    assert "How surely it tells them. Lower is better." in curves.readout.toolTip()
    assert "in nats a code" in curves.readout.toolTip()
    training.begin(2)
    train(training, 5)
    drawn(qtbot, curves)
    assert list(curves.quantity.buttons) == ["total", "reconstruction", "kl"]
    assert curves.quantity.key == "total"
    assert curves.title.text() == "Loss, nats per image"


def test_the_curve_of_a_model_that_rests_keeps_its_name(qtbot, curves, training):
    train(training, 5)
    drawn(qtbot, curves)
    steps = np.arange(1, 6)
    curves.plot.setYRange(100, 500, padding=0)
    values = np.array([500.0, 400.0, 300.0, np.nan, np.nan], np.float32)
    curves.plot.set_labels([("VAE", (steps, values)), ("AE", (steps, np.full(5, np.nan, np.float32)))])
    label, other = curves.plot.labels
    assert label.isVisible()
    assert (label.pos().x(), label.pos().y()) == pytest.approx((3, 300))
    assert not other.isVisible()


def test_names_at_the_curves_ends_do_not_cover_each_other(qtbot, curves, training):
    training.begin(8)
    losses = tuple(
        Losses({"reconstruction": v, "total": v}) for v in (90.0, 91.0, 91.1, 91.2, 300.0, 91.3, 91.3, 92.0)
    )
    training.append_steps(
        tuple(
            StepReport(step=step, epoch=0.1, knobs=Knobs(), applied=Knobs(), losses=losses, images=1, seconds=0.1)
            for step in range(1, 30)
        )
    )
    curves.resize(700, 320)
    drawn(qtbot, curves)
    plot, area = curves.plot, curves.plot.getPlotItem().getViewBox().sceneBoundingRect().adjusted(0, -1, 0, 1)

    def shown() -> list[tuple[str, QRectF]]:
        found = [
            (one.toPlainText(), one.mapRectToScene(one.boundingRect())) for one in plot.labels if one.isVisible()
        ]
        for (_, rect), (_, other) in combinations(found, 2):
            assert not rect.adjusted(0, 0.6, 0, -0.6).intersects(other)
        return found

    assert [name for name, _ in shown()] == [f"model {number}" for number in range(3, 9)]
    assert all(area.contains(rect) for _, rect in shown())
    # In the order of the curves: the highest loss is at the top.
    assert min(shown(), key=lambda one: one[1].top())[0] == "model 5"
    # Where only some have room, the line above tells the others.
    high = plot.height()
    curves.resize(700, 130)
    qtbot.waitUntil(lambda: plot.height() < high)
    few = [name for name, _ in shown()]
    assert 0 < len(few) < 6
    assert few == [f"model {number}" for number in range(3, 3 + len(few))]
    assert all(f"model {number}" in curves.readout.toolTip() for number in range(3, 9))
    # How many have none is said, and which these are.
    assert plot.more.isVisible()
    assert plot.more.toPlainText() == f"+{6 - len(few)}"
    assert plot.more.toolTip().split("\n") == [f"model {number}" for number in range(3 + len(few), 9)]
    above = plot.more.mapRectToScene(plot.more.boundingRect())
    assert area.left() <= above.left()
    assert all(above.bottom() <= rect.top() + 1 for _, rect in shown())
    curves.resize(700, 320)
    qtbot.waitUntil(lambda: plot.height() >= high)
    assert not plot.more.isVisible()
