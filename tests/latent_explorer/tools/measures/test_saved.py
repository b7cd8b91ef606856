"""Figures that were measured are saved with a session and come back with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.tools.measures.saved import SavedFigures, read, to_json
from latent_explorer.tools.measures.state import MeasuresState
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow, save, train
from tests.latent_explorer.tools.measures.test_measures import open_tab, quick_only, state
from trainer.config import DataConfig
from trainer.measures.measure import Figure
from trainer.sentences import Sentence

SAID = Sentence("{count:,} of {images}", count=500, images=Sentence("{share:.1%} held-out images", share=0.5))
FIGURES = (
    Figure(key="elbo", value=-3.5, error=0.5, conditions=SAID, reference=(1.0, Sentence("a ceiling"))),
    Figure(key="kl", reason=Sentence("This model has no prior.")),
    Figure(key="probe_accuracy", value=0.5, interval=(0.4, 0.6), label=Sentence("ring")),
)
SAVED = (SavedFigures(pane=1, source="1", step=7, figures=FIGURES, mark="c0ffee"),)


def data() -> Any:
    return json.loads(json.dumps(to_json(SAVED)))


def test_they_come_back_from_plain_data() -> None:
    (found,) = read(data())
    assert (found.pane, found.source, found.step, found.mark) == (1, "1", 7, "c0ffee")
    assert found.figures == FIGURES
    assert str(found.figures[0].conditions) == "500 of 50.0% held-out images"


def test_measures_of_another_program_are_left_out() -> None:
    saved = data()
    saved[0]["figures"][0]["key"] = "of a newer program"
    assert [one.key for one in read(saved)[0].figures] == ["kl", "probe_accuracy"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("value", "12"),
        ("value", True),
        ("value", 1e999),
        ("error", []),
        ("interval", [1.0]),
        ("interval", [1.0, None]),
        ("reference", [1.0]),
        ("reason", ["It has both.", {}]),
        ("conditions", "text"),
        ("conditions", ["{count.__class__}", {"count": 1}]),
        ("conditions", ["{count:999999999}", {"count": 1}]),
        ("conditions", ["{count!r}", {"count": 1}]),
        ("conditions", ["{count", {"count": 1}]),
        ("conditions", ["{count}", {}]),
        ("conditions", ["{count:,}", {"count": "many"}]),
        ("conditions", ["x" * 2_000, {}]),
        ("conditions", ["{it}", {"it": None}]),
        # What looks like a name and is a place to look something up in.
        ("conditions", ["{count.__class__}", {"count": 1, "count.__class__": 1}]),
        ("conditions", ["{it.__init__.__globals__}", {"it": ["an image", {}], "it.__init__.__globals__": 1}]),
        ("conditions", ["{count[0]}", {"count": "many", "count[0]": 1}]),
        ("conditions", ["{}", {"": 1}]),
        ("conditions", ["{0}", {"0": 1}]),
        # Numbers that no float can be.
        ("value", 10**400),
        ("error", 10**400),
        ("interval", [0.0, 10**400]),
        ("conditions", ["{count:.2f}", {"count": 10**400}]),
        # A short text that becomes millions of letters.
        ("conditions", ["{it}" * 200, {"it": ["{it}" * 200, {"it": ["{it}" * 200, {"it": "x"}]}]}]),
    ],
)
def test_what_is_no_figure_is_refused(name: str, value: Any) -> None:
    saved = data()
    saved[0]["figures"][0][name] = value
    with pytest.raises((ValueError, TypeError)):
        read(saved)


@pytest.mark.parametrize("saved", [None, {}, [1], [{}], [{"pane": -1, "source": "", "step": 0, "figures": []}]])
def test_what_are_no_saved_figures_is_refused(saved: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        read(saved)


def measure(program: Program) -> MeasuresState:
    open_tab(program)
    quick_only(program)
    state(program).measure_requested.emit()
    program.wait(lambda: not state(program).running and len(state(program).figures) == 2)
    return state(program)


def test_a_session_brings_them_along_and_says_when_the_weights_are_others(qtbot: QtBot, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    with running(qtbot, tmp_path / "first") as program:
        narrow(program)
        load(program, DataConfig(name="digits", count=300))
        train(program, 2)
        then = dict(measure(program).figures)
        # Losses of single images came along, by which the models are compared.
        for figures in then.values():
            (error,) = (figure.images for figure in figures if figure.key == "mse")
            assert error is not None
            assert len(error) == program.explorer.data.count - program.explorer.data.train_count
        save(program, tmp_path / "saved")
    with running(qtbot, tmp_path / "second", open_path=tmp_path / "saved") as program:
        program.wait(lambda: program.training.run_config is not None)
        program.wait_for_codes()
        shown = open_tab(program)
        known = state(program)
        assert set(known.figures) == {0, 1}
        for pane, figures in then.items():
            now = {figure.key: figure for figure in known.figures[pane]}
            assert list(now) == [figure.key for figure in figures]
            for figure in figures:
                found = now[figure.key]
                assert (found.value, found.error, found.limits) == (figure.value, figure.error, figure.limits)
                assert (found.conditions, found.reason) == (figure.conditions, figure.reason)
            assert known.measured[pane].step == 2
            assert known.measured[pane].mark
        assert not shown.is_old(program.left)
        assert not [one for one in program.said if one.level in ("error", "warning")], program.sentences()
        train(program, 1)
        program.wait(lambda: program.left.codes is not None and program.left.codes.step == 3)
        assert shown.is_old(program.left)
