"""The line of lamps on a map: as much of it as there is room for, and clear of the numbers of the axes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from latent_explorer.core.training import TrainingState
from latent_explorer.panes.lamps import Lamps
from tests.latent_explorer.build import evaluate, pane_state, train
from tests.latent_explorer.program import running

WIDTHS = (80, 120, 160, 220, 300, 380, 480, 640, 900)


def lamps_of(qtbot, index: int, latent: int) -> Lamps:
    training = TrainingState()
    pane = pane_state(index, latent)
    window = QWidget()
    qtbot.addWidget(window)
    made = Lamps(pane, training, window)
    made.keep = training, pane, window
    window.resize(1000, 400)
    window.show()
    train(training, 1, latent=latent)
    evaluate(training, 1)
    made.refresh()
    return made


@pytest.mark.parametrize("latent", [2, 20, 96, 300])
def test_it_is_never_wider_than_its_room(qtbot, latent):
    lamps = lamps_of(qtbot, 1, latent)
    heights = []
    for width in WIDTHS:
        lamps.set_room(width, 400)
        assert lamps.width() <= width
        heights.append(lamps.height())
        shown = [part for part in (lamps.title, lamps.grid, lamps.summary) if not part.isHidden()]
        for place, part in enumerate(shown if lamps.width() else ()):
            assert lamps.rect().contains(part.geometry()), (width, part)
            assert part.width() >= min(part.sizeHint().width(), part.maximumWidth()), (width, part)
            assert not any(part.geometry().intersects(other.geometry()) for other in shown[:place]), width
    assert max(heights) <= 0.2 * 400 + 24
    lamps.set_room(1_000, 400)
    assert not lamps.title.isHidden()
    assert f"{latent} of {latent} above" in lamps.summary.text()


def test_less_is_said_where_there_is_less_room(qtbot):
    lamps = lamps_of(qtbot, 1, 20)
    lamps.set_room(1_000, 400)
    full = lamps.summary.text()
    lamps.set_room(330, 400)
    assert lamps.title.isHidden()
    assert not lamps.grid.isHidden()
    assert lamps.summary.text() == "KL 24.8 nats, training", (
        "of which images, the figure beside the tabs being of others"
    )
    assert full in lamps.summary.toolTip()
    lamps.set_room(130, 400)
    assert lamps.grid.isHidden()
    assert lamps.summary.text() == "KL 24.8 nats"
    lamps.set_room(40, 400)
    assert lamps.width() == 0
    lamps.set_room(1_000, 100)
    assert lamps.height() == 0
    lamps.set_room(1_000, 400)
    assert lamps.summary.text() == full


def test_a_model_without_a_posterior_says_its_rank(qtbot):
    lamps = lamps_of(qtbot, 0, 20)
    lamps.set_room(1_000, 400)
    assert lamps.summary.text() == "codes fill 1.7 of 20 dimensions (effective rank)"
    lamps.set_room(lamps.width() - 20, 400)
    assert lamps.summary.text() == "effective rank 1.7 of 20"
    lamps.set_room(lamps.width() - 20, 400)
    assert lamps.summary.text() == "rank 1.7 of 20"


def test_in_the_window_it_lies_inside_its_map_and_off_the_numbers(qtbot, tmp_path):
    with running(qtbot, tmp_path) as program:
        program.wait_for_codes()
        for size in ((1280, 800), (1204, 700), (900, 620), (700, 420)):
            program.window.resize(*size)
            program.qtbot.wait(1)
            for pane in program.window.panes:
                shown = pane.map
                if not pane.lamps.width():
                    continue
                assert shown.rect().contains(pane.lamps.geometry()), size
                view, axes = shown.view, shown._axes
                numbers = [rect for rect, _, name in axes._lay_out(view, shown.font()).texts if not name]
                place = pane.lamps.geometry()
                assert not any(place.intersects(rect.toAlignedRect()) for rect in numbers), size
