import numpy as np
import pytest

from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.rasteriser import Exposure, Rasteriser

VIEW = ViewTransform(40, 30, 0.0, 0.0, 1.0)
PALETTE = np.array([[255, 0, 0], [0, 255, 0], [90, 90, 90]], np.uint8)
GROUND = np.array([10, 20, 30], np.uint8)
GROUNDS = np.array([GROUND, [40, 40, 40], [60, 60, 60]], np.uint8)
PLAIN = Exposure(dot=2, single=0.5, full=10)


def draw(x, y, colour, exposure=PLAIN, view=VIEW, share=1.0):
    canvas = Rasteriser(view)
    canvas.add(np.array(x, np.float32), np.array(y, np.float32), np.array(colour, np.uint8), exposure.dot)
    return pixels(canvas.picture(PALETTE, GROUNDS, exposure, share)), canvas


def pixels(picture):
    image = picture.image
    return np.array(
        [[list(image.pixelColor(x, y).getRgb()[:3]) for x in range(image.width())] for y in range(image.height())]
    )


def lit(rgb):
    return {(int(x), int(y)) for y, x in zip(*np.nonzero((rgb != GROUND).any(axis=2)), strict=True)}


def test_one_point_is_a_dot_of_two_by_two_at_its_place():
    rgb, canvas = draw([0.0], [0.0], [0])
    assert lit(rgb) == {(19, 14), (20, 14), (19, 15), (20, 15)}
    assert np.allclose(rgb[15, 20], (GROUND.astype(int) + PALETTE[0]) / 2, atol=1)
    assert canvas.drawn == 1


def test_dots_at_the_edges_are_cut_not_wrapped():
    for dot in (2, 3, 4, 5, 7):
        exposure = Exposure(dot=dot, single=0.9, full=5)
        seen = lit(draw([-20, 20, -20, 20], [15, 15, -15, -15], [0, 0, 1, 1], exposure)[0])
        assert seen
        for x, y in seen:
            assert x < dot or x >= 40 - dot
            assert y < dot or y >= 30 - dot


def test_points_outside_draw_nothing():
    far = [-200, 200, 0, 0, 1e30, -3e38]
    rgb, canvas = draw(far, [0, 0, 200, -200, 0, 3e38], [0] * 6, view=ViewTransform(40, 30, 0, 0, 1e5))
    assert not lit(rgb)
    assert canvas.drawn == 0


def test_more_points_are_more_opaque_until_full():
    reds = [draw([0] * n, [0] * n, [0] * n)[0][15, 20, 0] for n in (1, 2, 5, 10, 200, 20_000, 50_000)]
    assert reds == sorted(reds)
    assert reds[0] < reds[1] < reds[2] < reds[3] == 255
    assert reds[-1] == 255


def test_counts_of_many_chunks_do_not_overflow():
    canvas = Rasteriser(VIEW)
    x = np.zeros(50_000, np.float32)
    for _ in range(4):
        canvas.add(x, x, np.zeros(50_000, np.uint8), 2)
    rgb = pixels(canvas.picture(PALETTE, GROUNDS, PLAIN, 1.0))
    assert np.array_equal(rgb[15, 20], PALETTE[0])


def test_overlapping_classes_keep_their_hues():
    random = np.random.default_rng(0)
    x, y = random.uniform(-18, 18, (2, 4_000))
    rgb, _ = draw(x, y, np.arange(4_000) % 2)
    inner = rgb[6:24, 6:34].reshape(-1, 3)
    red, green = (inner[:, 0] > inner[:, 1] + 50).mean(), (inner[:, 1] > inner[:, 0] + 50).mean()
    assert red > 0.35
    assert green > 0.35


def test_bigger_dots_are_round():
    rgb, _ = draw([0.0], [0.0], [0], Exposure(dot=4, single=0.9, full=5))
    assert len(lit(rgb)) == 12


def test_clear_starts_afresh_and_keeps_the_former_picture():
    canvas = Rasteriser(VIEW)
    canvas.add(np.zeros(1, np.float32), np.zeros(1, np.float32), np.zeros(1, np.uint8), 2)
    first = canvas.picture(PALETTE, GROUNDS, PLAIN, 1.0)
    canvas.clear(VIEW)
    second = canvas.picture(PALETTE, GROUNDS, PLAIN, 1.0)
    assert lit(pixels(first))
    assert not lit(pixels(second))
    with pytest.raises(ValueError, match="one size"):
        canvas.clear(VIEW.resized(50, 50))


def test_exposure_depends_on_crowd_only():
    assert Exposure.of(1000, 50, 1) == Exposure.of(4000, 100, 1)
    crowded, lonely = Exposure.of(1e6, 50, 1), Exposure.of(1, 50, 1)
    assert crowded.dot == 2 < lonely.dot
    assert crowded.single < lonely.single
    assert crowded.full > lonely.full


def test_a_subset_looks_about_as_opaque_as_the_whole():
    exposure = Exposure(dot=2, single=0.4, full=50)
    whole, part = exposure.opacities(1.0), exposure.opacities(0.1)
    assert whole[0] == part[0] == 0
    assert part[1] == whole[1]
    assert part[3] == pytest.approx(whole[21])
    assert (np.diff(whole) >= 0).all()
    assert whole[-1] == pytest.approx(1)


def test_grid_lines_lie_under_the_points_and_the_origin_over_the_grid():
    canvas = Rasteriser(VIEW)
    canvas.rule({20: True, 5: False, 99: False, -3: False}, {15: True, 4: False})
    canvas.add(np.zeros(20, np.float32), np.zeros(20, np.float32), np.zeros(20, np.uint8), 2)
    rgb = pixels(canvas.picture(PALETTE, GROUNDS, PLAIN, 1.0))
    assert np.array_equal(rgb[15, 20], PALETTE[0])
    assert np.array_equal(rgb[4, 20], GROUNDS[2])
    assert np.array_equal(rgb[15, 5], GROUNDS[2])
    assert np.array_equal(rgb[4, 5], GROUNDS[1])
    assert np.array_equal(rgb[29, 5], GROUNDS[1])
    assert np.array_equal(rgb[10, 10], GROUND)


def test_a_map_without_a_finite_point_has_its_opacities() -> None:
    assert np.isfinite(Exposure.of(0.0, 100.0, 1.0).opacities(0.0)).all()
