"""Groups and directions that are kept."""

from __future__ import annotations

import numpy as np
import pytest

from latent_explorer.core.selection import row_set
from latent_explorer.tools.directions.state import MOST, DirectionsState


def test_rows_join_and_leave_groups_once() -> None:
    state = DirectionsState()
    heard: list[int] = []
    state.directions_changed.connect(lambda: heard.append(1))
    state.add_rows(0, [5, 3, 5], "7")
    state.add_rows(0, np.array([3]), "by hand")
    assert state.direction.plus.rows.tolist() == [3, 5]
    assert state.direction.plus.parts == ("7",)
    state.add_rows(0, [9], "by hand")
    assert state.direction.plus.parts == ("7", "by hand")
    state.remove_rows(0, [3, 100])
    assert state.direction.plus.rows.tolist() == [5, 9]
    state.remove_rows(0, [5, 9])
    assert state.direction.plus.parts == ()
    assert len(heard) == 4
    with pytest.raises(ValueError, match="read-only"):
        row_set([1, 2])[0] = 3


def test_directions_are_added_renamed_swapped_and_deleted() -> None:
    state = DirectionsState()
    state.add_direction()
    assert len(state.directions) == 1  # the present one is empty still
    state.add_rows(0, [1, 2], "a")
    state.rename("  a  to   b ")
    assert state.direction.name == "a to b"
    state.add_direction()
    assert (len(state.directions), state.current, len(state.direction.plus)) == (2, 1, 0)
    state.add_rows(1, [7], "c")
    state.reverse()
    assert (len(state.direction.plus), len(state.direction.minus)) == (1, 0)
    state.select(0)
    assert state.direction.name == "a to b"
    state.delete_direction()
    assert (len(state.directions), state.current) == (1, 0)
    state.delete_direction()
    assert len(state.directions) == 1
    assert len(state.direction.plus) == 0


def test_there_is_a_limit() -> None:
    state = DirectionsState()
    for _ in range(MOST + 5):
        state.add_rows(0, [1], "x")
        state.add_direction()
    assert len(state.directions) == MOST


def test_equal_values_say_nothing_and_the_slider_is_distinguished() -> None:
    state = DirectionsState()
    changed, wanted = [], []
    state.amount_changed.connect(lambda: changed.append(state.amount))
    state.amount_wanted.connect(lambda: wanted.append(state.amount))
    state.set_amount(0.5)
    state.want_amount(0.5)
    state.want_amount(0.75)
    assert (changed, wanted) == ([0.5, 0.75], [0.75])
    state.set_term(1, 4)
    assert state.terms == (None, 4, None)
    with pytest.raises(ValueError, match="unknown base"):
        state.set_base("nothing")
