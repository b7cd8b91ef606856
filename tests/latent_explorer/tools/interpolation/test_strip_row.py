"""A strip's caption where there is little room."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from latent_explorer.tools.interpolation.state import InterpolationState
from latent_explorer.tools.interpolation.strip_row import StripRow
from latent_explorer.tools.interpolation.words import brief_measures_text, measures_text
from tests.latent_explorer.build import pane_state
from tests.latent_explorer.tools.interpolation.test_path_words import strip
from trainer.metrics.continuity import continuity


def test_the_note_gives_way_first_and_then_the_figures_say_less(qtbot: QtBot) -> None:
    frames = replace(continuity(np.linspace([0.0, 0.0], [1.0, 1.0], 5)), whole=True)
    shown = replace(strip(2), measures=frames, note="a remark on what does not apply here")
    state, pane = InterpolationState(), pane_state(0)
    row = StripRow(pane, state)
    qtbot.addWidget(row)
    state.set_strip(0, shown)
    row.refresh()
    name, note, figures = row.name, row.note, row.figures
    row.resize(name.sizeHint().width() + note.sizeHint().width() + figures.sizeHint().width() + 40, 100)
    row.show()
    qtbot.waitExposed(row)
    assert note.shown_text() == shown.note
    assert figures.shown_text() == measures_text(shown)
    row.resize(name.sizeHint().width() + figures.sizeHint().width() + 30, 100)
    assert note.shown_text() != shown.note
    assert figures.shown_text() == measures_text(shown)
    brief = brief_measures_text(shown)
    room = name.sizeHint().width() + figures.fontMetrics().horizontalAdvance(brief) + 30
    assert row.minimumSizeHint().width() <= room
    row.resize(room, 100)
    assert figures.shown_text() == brief
    assert "the mean" in figures.accessibleName()
