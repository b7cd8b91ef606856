"""Figures of rows of decoded images."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF

from latent_explorer.export.figure import MARGIN, text_font
from latent_explorer.export.row_figures import TileBlock, tile_figure


@pytest.mark.parametrize("name", ["z1: −1.00 to +1.00", "z12: −12.49 to +10.83 and more"])
def test_names_of_rows_are_never_cut_off(qapp, name: str) -> None:
    block = TileBlock(0, "AE", "", np.zeros((9, 32, 32, 3), np.uint8), columns=9, names=(name,))
    figure = tile_figure([block], "")
    assert figure is not None
    room = figure.tile_rect(0, 0).left() - MARGIN
    assert room - 8 >= QFontMetricsF(text_font(small=True)).horizontalAdvance(name)
    assert figure.size[0] >= figure.tile_rect(0, 8).right()
