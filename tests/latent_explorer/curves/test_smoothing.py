"""What is drawn of a curve, against plain computations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from latent_explorer.core.history import History
from latent_explorer.curves.smoothing import (
    DrawnCurve,
    block_means,
    drawn_curve,
    envelope,
    pieces,
    robust_range,
    smooth,
    value_at,
)
from tests.latent_explorer.build import losses
from trainer.knobs import Knobs
from trainer.reports import StepReport


def total(history: History, visible: tuple[float, float] | None = None, breaks: Sequence[int] = ()) -> DrawnCurve:
    return drawn_curve(history.steps, history.column(0, "total"), visible, breaks)


@pytest.mark.parametrize("number", [1, 5, 19, 20, 21, 200])
def test_smooth_is_the_mean_of_the_last_values(number):
    values = np.random.default_rng(0).normal(size=number).astype(np.float32)
    expected = [values[max(0, i - 19) : i + 1].mean() for i in range(number)]
    np.testing.assert_allclose(smooth(values, 20), expected, rtol=1e-4, atol=1e-6)


def test_one_bad_value_spoils_only_itself():
    values = np.ones(100, np.float32)
    values[50] = np.nan
    mean = smooth(values)
    assert np.isnan(mean[50])
    assert np.allclose(np.delete(mean, 50), 1)


def test_blocks_keep_the_whole_and_the_rest():
    values = np.arange(3001, dtype=np.float32)
    steps, means, size, starts = block_means(np.arange(1, 3002), values, 1500)
    assert not starts.any()
    assert size == 3
    assert means[0] == 1
    assert steps[0] == 3
    assert steps[-1] == 3001
    assert means[-1] == 3000


def test_no_mean_reaches_across_the_beginning_of_a_piece():
    values = np.where(np.arange(100) < 50, 1, 9).astype(np.float32)
    starts = pieces(np.arange(100), [50])
    np.testing.assert_array_equal(smooth(values, 20, starts), values)
    values[70] = np.nan
    values[71:] = 4
    np.testing.assert_array_equal(smooth(values, 20, starts), values)


def test_blocks_lie_in_one_piece():
    values = np.where(np.arange(1000) < 333, 1, 9).astype(np.float32)
    steps, means, size, starts = block_means(np.arange(1, 1001), values, 100, pieces(np.arange(1, 1001), [334]))
    assert size == 10
    assert set(means) == {1, 9}
    assert steps[means == 1].max() == 333
    assert steps[starts].tolist() == [10, 343]


def test_steps_done_again_begin_a_piece():
    assert np.flatnonzero(pieces(np.array([1, 2, 3, 2, 3, 4]), [])).tolist() == [0, 3]


@pytest.mark.parametrize("number", [700, 5_000])
def test_the_curve_does_not_rise_before_the_mark(number):
    """A knob that is turned at a step changes nothing of what was before it, however the curve is thinned."""
    mark = number // 2
    made = History(1)
    rises = [(losses(0, 100.0 if step < mark else 900.0),) for step in range(1, number + 1)]
    made.append(
        tuple(
            StepReport(step=i + 1, epoch=0.0, knobs=Knobs(), applied=Knobs(), losses=one, images=1, seconds=0.1)
            for i, one in enumerate(rises)
        )
    )
    steps, values = total(made, breaks=[mark]).curve
    assert (values[steps < mark] == 100).all()
    assert (values[steps >= mark] == 900).all()
    assert steps[steps < mark][-1] == mark - 1
    steps, values = total(made).curve
    assert (values[steps < mark] == 100).all()


def test_envelope_keeps_extremes():
    values = np.random.default_rng(0).normal(size=100_000).astype(np.float32)
    _, shown = envelope(np.arange(100_000), values)
    assert shown.min() == values.min()
    assert shown.max() == values.max()
    assert len(shown) < 4_000


def test_range_is_not_ruled_by_the_first_steps_and_shows_the_last():
    steps = np.arange(1, 1001)
    values = (100 + 900 * np.exp(-steps / 5)).astype(np.float32)
    low, high = robust_range([(steps, values)], 1000)
    assert high < 120
    values[-20:] = 300  # a knob was turned
    low, high = robust_range([(steps, values)], 1000)
    assert high > 300
    assert low < 100
    assert robust_range([(steps[:0], values[:0])], 0) is None
    flat = robust_range([(steps[:3], np.full(3, 7, np.float32))], 3)
    assert flat is not None
    assert flat[0] < 7 < flat[1]


def test_few_values_begin_in_view_where_that_costs_little():
    """Held-out values are some forty: a twentieth of them is two, and their line would come in from above."""
    steps = np.arange(469, 18_761, 469)
    values = (120 + 40 * np.exp(-steps / 4_000)).astype(np.float32)
    late = (np.arange(1, 18_761), np.full(18_760, 118, np.float32))
    _, high = robust_range([late, (steps, values)], 18_760)
    assert high > values[0]
    values[0] = 900
    _, high = robust_range([late, (steps, values)], 18_760)
    assert high < 200


def history(number: int) -> History:
    made = History(2)
    pair = [(losses(0, 100.0 + step % 7), losses(1, 90.0)) for step in range(number)]
    made.append(
        tuple(
            StepReport(step=i + 1, epoch=0.0, knobs=Knobs(), applied=Knobs(), losses=both, images=1, seconds=0.1)
            for i, both in enumerate(pair)
        )
    )
    return made


def test_short_curves_are_raw_and_long_ones_a_mean():
    short = total(history(500))
    assert short.window == 1
    assert len(short.raw[0]) == 0
    long = total(history(600))
    # 600 values in at most 240 columns: blocks of 3, six of them a mean.
    assert long.window == 18
    assert len(long.raw[0]) == 400
    assert long.curve[1][40:160] == pytest.approx(103, abs=0.5)


def test_zoomed_in_there_is_more_detail():
    long = history(6_000)
    whole = total(long)
    part = total(long, (1000.0, 1100.0))
    inside = (whole.curve[0] >= 1000) & (whole.curve[0] <= 1100)
    assert len(part.curve[0]) > 3 * inside.sum()


def test_value_at_takes_the_last_step_before():
    curve = (np.array([10, 20, 30]), np.array([1.0, np.nan, 3.0], np.float32))
    assert value_at(curve, 9) is None
    assert value_at(curve, 12) == 1
    assert value_at(curve, 25) is None
    assert value_at(curve, 99) == 3
