"""The samples' state: equal values emit nothing, impossible settings are refused, figures are of their sheet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from latent_explorer.tools.samples.state import (
    MOST_SEED,
    PaneFigures,
    RealFigures,
    SamplesState,
    Sheet,
)
from trainer.config import ModelConfig
from trainer.metrics.samples import Fidelity
from trainer.reports import Snapshot

SNAPSHOT = Snapshot(number=1, step=7, config=ModelConfig(), weights={})
FIDELITY = Fidelity(frechet=1.0, precision=0.9, recall=0.8, density=1.0, coverage=0.7, count=500, real=500)


def sheet(state, **changes):
    codes = np.zeros((3, 2), np.float32)
    return Sheet(
        settings=replace(state.settings, **changes),
        snapshot=SNAPSHOT,
        codes=codes,
        pictures=np.zeros((3, 28, 28, 1), np.uint8),
    )


def test_equal_values_emit_nothing(qtbot):
    state = SamplesState()
    acts = {
        state.settings_changed: lambda: (state.set_source("prior"), state.set_measured(2000)),
        state.shown_changed: lambda: state.set_shown(False),
        state.marks_changed: lambda: (state.hover(None), state.select(None)),
        state.figures_changed: lambda: (
            state.set_real(None),
            state.set_measuring(False),
            state.set_figures(0, None),
        ),
        state.sheets_changed: lambda: state.set_sheet(0, None),
    }
    for signal, act in acts.items():
        with qtbot.assertNotEmitted(signal):
            act()


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": "thin air"},
        {"components": 0},
        {"components": 51},
        {"radius": 0.0},
        {"radius": 4.0},
        {"count": 0},
        {"count": 257},
        {"seed": -1},
        {"seed": MOST_SEED + 1},
    ],
)
def test_impossible_settings_are_refused(wrong):
    state = SamplesState()
    with pytest.raises(ValueError, match="sample"):
        state.set_settings(replace(state.settings, **wrong))
    assert state.settings.source == "prior"


def test_new_noise_takes_the_next_seed_and_begins_again_after_the_last(qtbot):
    state = SamplesState()
    with qtbot.waitSignal(state.settings_changed):
        state.new_noise()
    assert state.settings.seed == 1
    state.set_settings(replace(state.settings, seed=MOST_SEED))
    state.new_noise()
    assert state.settings.seed == 0


def test_other_settings_take_the_marks_away(qtbot):
    state = SamplesState()
    state.hover((0, 1))
    state.select((1, 2))
    with qtbot.waitSignal(state.marks_changed):
        state.set_source("mixture")
    assert (state.hovered, state.selected) == (None, None)


def test_figures_belong_to_a_sheet_of_the_same_distribution_and_noise():
    state = SamplesState()
    figures = PaneFigures(settings=state.settings, snapshot=SNAPSHOT, fidelity=FIDELITY, reconstructed=FIDELITY)
    state.set_figures(0, figures)
    assert state.figures_of(0) is None
    state.set_sheet(0, sheet(state))
    assert state.figures_of(0) is figures
    # A sheet that shows more of the same samples still has them; one of other samples has not.
    state.set_sheet(0, sheet(state, count=16))
    assert state.figures_of(0) is figures
    for other in ({"seed": 1}, {"source": "mixture"}, {"components": 3}):
        state.set_sheet(0, sheet(state, **other))
        assert state.figures_of(0) is None
    real = RealFigures(name="FD-clf", sentence="", fidelity=FIDELITY)
    state.set_real(real)
    assert state.real is real
