import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latent_explorer.core.view_transform import ViewTransform, bounds_of

VIEW = ViewTransform(400, 300, 2.0, -1.0, 50.0)
pixels = st.floats(-1000, 1000)


@settings(deadline=None, max_examples=50)
@given(pixels, pixels, st.floats(1e-6, 1e6))
def test_pixels_and_world_undo_each_other(px, py, scale):
    view = ViewTransform(400, 300, 2.0, -1.0, scale)
    assert view.to_pixels(*view.to_world(px, py)) == pytest.approx((px, py), abs=1e-6)


def test_aspect_is_equal_and_y_goes_up():
    x0, y0 = VIEW.to_pixels(0, 0)
    x1, y1 = VIEW.to_pixels(1, 1)
    assert (x1 - x0, y1 - y0) == pytest.approx((50, -50))


@settings(deadline=None, max_examples=50)
@given(st.floats(0.1, 10), st.floats(0, 400), st.floats(0, 300))
def test_zoom_keeps_the_point_under_the_pointer(factor, px, py):
    before = VIEW.to_world(px, py)
    assert VIEW.zoomed(factor, px, py).to_world(px, py) == pytest.approx(before, abs=1e-9)


def test_pan_moves_the_picture_with_the_hand():
    x, y = VIEW.to_pixels(3, 4)
    assert VIEW.panned(10, -20).to_pixels(3, 4) == pytest.approx((x + 10, y - 20))


def test_fit_shows_everything_with_a_margin():
    bounds = (-5.0, 2.0, 7.0, 3.0)
    left, bottom, right, top = VIEW.fitted(bounds).rect
    assert left < -5 < 7 < right
    assert bottom < 2 < 3 < top
    assert (left + right) / 2 == pytest.approx(1)
    assert right - left < 12 * 1.2


@pytest.mark.parametrize("bounds", [(1.0, 1.0, 1.0, 1.0), (0.0, 2.0, 0.0, 5.0), (-1.0, 2.0, 1.0, 2.0)])
def test_fit_of_bounds_without_extent(bounds):
    view = VIEW.fitted(bounds)
    assert view.scale > 0
    assert np.isfinite(view.rect).all()


def test_limits_keep_the_data_findable():
    bounds = (-1.0, -1.0, 1.0, 1.0)
    far = VIEW.fitted(bounds).panned(1e6, 1e6).limited(bounds)
    left, bottom, right, top = far.rect
    assert left <= 1 + 1e-6
    assert bottom <= 1 + 1e-6
    assert right >= -1
    assert top >= -1
    fit = VIEW.fitted(bounds)
    assert fit.zoomed(1e-9, 0, 0).limited(bounds).scale == pytest.approx(fit.scale / 50)
    assert fit.zoomed(1e9, 0, 0).limited(bounds).scale == pytest.approx(fit.scale * 2000)


def test_bounds_leave_out_stragglers_and_what_is_not_finite():
    points = np.random.default_rng(0).uniform(-1, 1, (5_000, 2)).astype(np.float32)
    points[0] = (1e6, 0)
    points[1] = (np.nan, 0)
    points[2] = (0, np.inf)
    bounds = bounds_of(points)
    assert bounds is not None
    assert np.abs(bounds).max() <= 1
    assert np.abs(bounds).min() > 0.97
    assert bounds_of(np.full((3, 2), np.nan, np.float32)) is None


def test_ways_between_views():
    other = VIEW.panned(100, 0).zoomed(4, 0, 0)
    assert VIEW.towards(other, 0).scale == pytest.approx(VIEW.scale)
    assert VIEW.towards(other, 0.5).scale == pytest.approx(VIEW.scale * 2)
    end = VIEW.towards(other, 1)
    assert (end.x, end.y, end.scale) == pytest.approx((other.x, other.y, other.scale))
    assert VIEW.resembles(VIEW.panned(3, 3))
    assert not VIEW.resembles(other)
