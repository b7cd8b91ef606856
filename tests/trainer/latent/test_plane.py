"""The map's plane: exact round trips, stable principal axes, robust to non-finite codes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.latent.plane import Plane, dimensions, pca, raw, through


def _orthonormal(plane: Plane) -> bool:
    gram = plane.axes.astype(np.float64) @ plane.axes.T
    return bool(np.allclose(gram, np.eye(len(plane.axes)), atol=1e-5))


def _cloud(seed: int, spread: tuple[float, ...], count: int = 2000, turn: float = 0.0) -> np.ndarray:
    """Gaussian codes with the given standard deviations, the first two dimensions rotated by `turn`."""
    codes = np.random.default_rng(seed).standard_normal((count, len(spread))) * spread
    first, second = codes[:, 0].copy(), codes[:, 1].copy()
    codes[:, 0] = np.cos(turn) * first - np.sin(turn) * second
    codes[:, 1] = np.sin(turn) * first + np.cos(turn) * second
    return codes.astype(np.float32)


@settings(max_examples=60, deadline=None)
@given(
    latent=st.integers(1, 64),
    kind=st.sampled_from(["dimensions", "pca", "through"]),
    seed=st.integers(0, 10_000),
    # Integers in hundredths: hypothesis refuses floats if a trainer has switched off denormals in the process.
    points=st.lists(st.tuples(*[st.integers(-5000, 5000)] * 2), min_size=1, max_size=5),
)
def test_lift_then_project_is_the_identity(latent, kind, seed, points):
    random = np.random.default_rng(seed)
    codes = random.standard_normal((20, latent)).astype(np.float32) * 3 + 1
    if kind == "dimensions":
        i = int(random.integers(latent))
        plane = dimensions(i, (i + 1) % latent, latent)
    else:
        plane = pca(codes) if kind == "pca" else through(*codes[:3])
    assert _orthonormal(plane)
    wanted = np.array(points, np.float32) / 100
    lifted = plane.lift(wanted, codes[5])
    if latent == 1:
        wanted = wanted * [1, 0]
    np.testing.assert_allclose(plane.project(lifted), wanted, atol=2e-4)
    np.testing.assert_allclose(plane.lift(wanted[0], codes[5]), lifted[0], atol=1e-5)
    # Hidden dimensions equal those of the hidden code: the difference lies in the plane.
    difference = (lifted - codes[5]).astype(np.float64)
    inside = difference @ plane.axes.T.astype(np.float64) @ plane.axes.astype(np.float64)
    np.testing.assert_allclose(inside, difference, atol=1e-3)


def test_lifting_a_codes_own_place_gives_the_code_back():
    codes = _cloud(1, (3, 2, 1, 0.5, 0.1))
    plane = pca(codes)
    np.testing.assert_allclose(plane.lift(plane.project(codes[:1])[0], codes[0]), codes[0], atol=1e-5)


def test_two_dimensions_are_shown_raw():
    codes = np.random.default_rng(0).standard_normal((10, 2)).astype(np.float32)
    plane = raw(2)
    assert plane.names == ("z1", "z2")
    assert not plane.hides
    np.testing.assert_array_equal(plane.project(codes), codes)


def test_one_dimension_has_no_height():
    plane = raw(1)
    assert plane.names == ("z1", "")
    np.testing.assert_array_equal(plane.project(np.array([[2.5]], np.float32)), [[2.5, 0]])
    np.testing.assert_array_equal(plane.lift((1.5, 99), np.zeros(1)), [1.5])
    assert pca(np.random.default_rng(0).standard_normal((50, 1)).astype(np.float32)).names[0] == "PC1 (100 %)"


def test_raw_refuses_more_than_two():
    with pytest.raises(ValueError, match="one or two"):
        raw(3)


@pytest.mark.parametrize(("i", "j", "latent"), [(0, 0, 5), (0, 5, 5), (-1, 2, 5)])
def test_dimensions_refuses_what_does_not_exist(i, j, latent):
    with pytest.raises(ValueError, match="different"):
        dimensions(i, j, latent)


def test_pca_finds_the_principal_plane_and_its_shares():
    codes = _cloud(2, (0.1, 3, 1, 2), count=20_000)
    plane = pca(codes)
    # Independent reference: singular values of the centred codes.
    _, singular, directions = np.linalg.svd(codes - codes.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(np.abs(plane.axes @ directions[:2].T), np.eye(2), atol=1e-3)
    np.testing.assert_allclose(plane.explained, (singular**2 / (singular**2).sum())[:2], rtol=1e-4)
    assert plane.names == (f"PC1 ({100 * plane.explained[0]:.0f} %)", f"PC2 ({100 * plane.explained[1]:.0f} %)")


def _largest_turn(former: Plane, plane: Plane) -> float:
    """Largest rotation of an axis in degrees."""
    return float(np.degrees(np.arccos(np.clip((former.axes * plane.axes).sum(axis=1), -1, 1))).max())


def test_axes_follow_a_turning_cloud_without_jumping():
    plane = pca(_cloud(0, (3, 1, 0.3)))
    for turn in np.linspace(0, np.pi, 60):
        new = pca(_cloud(0, (3, 1, 0.3), turn=float(turn)), plane)
        assert _largest_turn(plane, new) < 8
        plane = new


def test_equal_eigenvalues_do_not_make_the_map_spin():
    plane = pca(_cloud(0, (1, 1, 0.2)))
    for seed in range(1, 30):
        new = pca(_cloud(seed, (1, 1, 0.2)), plane)
        assert _largest_turn(plane, new) < 5
        plane = new


def test_a_near_tie_with_a_hidden_direction_keeps_the_former_plane():
    plane = pca(_cloud(0, (3, 1.02, 1)))
    for seed in range(1, 10):
        new = pca(_cloud(seed, (3, 1.0, 1.005), count=20_000), plane)
        assert _largest_turn(plane, new) < 30
        plane = new
    # A direction with clearly more variance replaces one in the former plane.
    assert abs(pca(_cloud(3, (3, 1, 2)), plane).axes[:, 2]).max() > 0.95


def test_a_steady_cloud_keeps_its_plane():
    codes = _cloud(4, (3, 2, 1, 0.5))
    plane = pca(codes)
    assert _largest_turn(plane, pca(codes, plane)) < 0.1
    assert pca(codes, plane).names == plane.names


def test_a_mirrored_cloud_does_not_flip_the_map():
    codes = _cloud(5, (3, 2, 1))
    plane = pca(codes)
    assert _largest_turn(plane, pca(-codes, plane)) < 1


@pytest.mark.parametrize("latent", [1, 2, 5, 512])
@pytest.mark.parametrize("former", [False, True])
def test_broken_codes_still_give_a_plane(latent, former):
    before = pca(np.random.default_rng(0).standard_normal((30, latent)).astype(np.float32)) if former else None
    same = np.full((10, latent), 0.7, np.float32)
    nothing = np.full((10, latent), np.nan, np.float32)
    for codes in (same, nothing, same[:1], same[:0], np.full((3, latent), 1e30, np.float32)):
        plane = pca(codes, before)
        assert _orthonormal(plane)
        assert plane.project(codes).shape == (len(codes), 2)
        if before is not None:
            np.testing.assert_array_equal(plane.axes, before.axes)


def test_non_finite_rows_are_ignored_and_projected_to_nan():
    codes = _cloud(6, (3, 2, 1))
    plane = pca(codes)
    broken = np.concatenate([codes, [[np.nan, 0, 0], [np.inf, 0, 0], [3e38, 3e38, -3e38]]]).astype(np.float32)
    np.testing.assert_allclose(pca(broken[:-1]).axes, plane.axes)
    assert np.isnan(plane.project(broken)[len(codes) : len(codes) + 2]).all()
    assert np.isfinite(plane.project(codes)).all()


def test_a_former_plane_of_another_size_is_forgotten():
    assert pca(_cloud(0, (3, 2, 1)), raw(2)).latent == 3


def test_through_three_codes():
    codes = np.random.default_rng(3).standard_normal((3, 8)).astype(np.float32)
    plane = through(*codes)
    placed = plane.project(codes)
    np.testing.assert_allclose(placed[0], 0, atol=1e-5)
    assert placed[1, 0] > 0
    assert abs(placed[1, 1]) < 1e-4
    assert placed[2, 1] > 0
    # All three lie in the plane, so distances on the map equal those in code space.
    assert np.linalg.norm(placed[2] - placed[1]) == pytest.approx(np.linalg.norm(codes[2] - codes[1]), rel=1e-4)


@pytest.mark.parametrize("latent", [1, 2, 3, 20])
def test_through_codes_that_span_no_plane(latent):
    one = np.ones(latent, np.float32)
    for codes in ((one, one, one), (one, 2 * one, 3 * one), (one, one, 2 * one), (one, one * np.nan, one)):
        assert _orthonormal(through(*codes))


def test_arrays_are_read_only():
    plane = pca(_cloud(0, (3, 2, 1)))
    assert not plane.axes.flags.writeable
    with pytest.raises(ValueError, match="plane needs"):
        Plane(np.zeros(3, np.float32), np.eye(4, dtype=np.float32)[:2], ("a", "b"))


def test_axes_ease_into_the_components_over_some_refreshes() -> None:
    generator = np.random.default_rng(0)
    codes = (generator.normal(size=(4000, 6)) * [3.0, 1.5, 0.5, 0.3, 0.2, 0.1]).astype(np.float32)
    angle = 0.6
    axes = np.zeros((2, 6), np.float32)
    axes[:, :2] = [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]
    plane = Plane(np.zeros(6, np.float32), axes, ("", ""), (0.5, 0.5))
    for _ in range(12):
        before, plane = plane, pca(codes, plane)
        # At most a few degrees per refresh.
        assert float(before.axes[0] @ plane.axes[0]) > 0.99
    assert [name.split()[0] for name in plane.names] == ["PC1", "PC2"]
    assert abs(float(plane.axes[0, 0])) > 0.999
