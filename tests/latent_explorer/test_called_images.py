"""Images are called by their place in the source, and by their file where they are files."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import theme
from latent_explorer.core.eye import nearest_of
from latent_explorer.core.tools import ToolStates
from latent_explorer.map.hovered import hovered_point
from latent_explorer.panes.hidden_policy import hidden_policy
from latent_explorer.panes.picture_column import PictureColumn
from latent_explorer.tools.interpolation.state import Stop
from latent_explorer.tools.interpolation.words import stop_name
from tests.latent_explorer.build import explorer_state, pane_state, picture

FILE = "cat/a rather <b>long</b> name & more.png"


def test_everything_about_an_image_names_it(qtbot: QtBot) -> None:
    explorer, pane = explorer_state(), pane_state(0, 4)
    assert explorer.data is not None
    count, row = explorer.data.count, 3
    files = ["other.png"] * count
    files[row] = FILE
    explorer.set_data(replace(explorer.data, source_rows=np.arange(count)[::-1].copy(), files=tuple(files)))
    number = f"{count - 1 - row:,}"
    assert explorer.number(row) == number
    assert explorer.called(row) == f"{number} · {FILE}"
    card = hovered_point((0.0, 0.0), row, explorer, theme().tokens)
    assert f"image {number}" in f"{card.title} {card.detail}"
    assert card.file == FILE
    assert f"image {number}" in stop_name(1, Stop(row=row), explorer)
    shown = PictureColumn(pane, explorer, ToolStates(()))
    qtbot.addWidget(shown)
    pane.set_picture(np.zeros(2, np.float32), picture(), 0.1, nearest_of(explorer.data, row, 0.5))
    assert shown.original_caption.text().startswith(f"image {number} · ")
    assert shown.original_caption.text().endswith(f" · {FILE}")
    explorer.pick(row)
    assert hidden_policy(pane, explorer)[1] == "" or number in hidden_policy(pane, explorer)[1]
    # Without the data set a row keeps its plain number.
    explorer.set_data(None)
    assert explorer.called(row) == "3"
