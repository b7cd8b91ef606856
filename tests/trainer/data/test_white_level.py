"""The white level: usual ranges are kept; for half-empty ones a level is proposed, reported and stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import DataError, ImageData
from trainer.data.white_level import scale_of
from trainer.records import ConfigError

Load = Callable[..., ImageData]


@pytest.mark.parametrize(
    ("kind", "high", "white"),
    [
        ("b1", 1, 1), ("u1", 1, 1), ("i8", 1, 1), ("f4", 1, 1), ("f4", 0.51, 1),
        ("u1", 255, 255), ("u1", 128, 255), ("i2", 200, 255), ("f8", 255, 255), ("f4", 130.5, 255),
        ("f2", 255, 255),        ("u2", 65_535, 65_535), ("u2", 32_768, 65_535),
    ],
)  # fmt: skip
def test_ranges_that_are_used_are_left_alone(kind: str, high: float, white: float):
    scale = scale_of(np.dtype(kind), 0.0, high, "x")
    assert (scale.white, scale.guessed, scale.clips, scale.remarks) == (white, False, False, ())


@pytest.mark.parametrize(
    ("kind", "high", "white", "remark"),
    [
        ("u2", 4095, 4095, "value is 4,095 of 65,535 possible; 4,095 is shown as white (a white level of 65535"),
        ("u2", 4000, 4095, "The largest value is 4,000 of 65,535 possible; 4,095 is shown as white"),
        ("u2", 256, 256, "The largest value is 256 of 65,535"),
        ("u2", 16_383, 16_383, "16,383 is shown as white"),
        ("u1", 16, 16, "The largest value is 16 of 255 possible; 16 is shown as white (a white level of 255"),
        ("u1", 2, 2, "2 is shown as white"),
        ("u1", 100, 100, "100 is shown as white"),
        ("u1", 120, 127, "127 is shown as white"),
        ("i4", 4095, 4095, "value is 4,095; 4,095 is shown as white (another level can be chosen"),
        ("i4", 60_000, 65_535, "65,535 is shown as white"),
        ("u8", 2.0**64, 2.0**64, "is shown as white"),
        ("f4", 16, 16, "The largest value is 16; 16 is shown as white"),
        ("f4", 0.25, 0.25, "The largest value is 0.25; 0.25 is shown as white"),
        ("f8", 15.5, 15.5, "15.5 is shown as white"),
        ("f4", 300, 511, "511 is shown as white"),
    ],
)
def test_half_empty_ranges_get_a_proposal_that_is_reported(kind: str, high: float, white: float, remark: str):
    scale = scale_of(np.dtype(kind), 0.0, high, "x")
    assert scale.white == white
    assert scale.guessed
    assert len(scale.remarks) == 1
    assert remark in str(scale.remarks[0])


@pytest.mark.parametrize(
    ("low", "high", "white"),
    [(0.0, 1.0000002, 1), (-1e-7, 1.0, 1), (-1e-7, 1.0000002, 1), (0.0, 255.00002, 255), (-0.25, 255.25, 255)],
)
def test_a_hair_outside_is_clipped_with_a_remark(low: float, high: float, white: float):
    scale = scale_of(np.dtype("f4"), low, high, "x")
    assert (scale.white, scale.guessed, scale.clips) == (white, False, True)
    assert f"what lies outside 0 to {white} is clipped" in str(scale.remarks[0])
    np.testing.assert_array_equal(scale.to_bytes(np.array([low, high], np.float32)), [0, 255])


@pytest.mark.parametrize("kind", ["f2", "f4", "f8"])
def test_what_rounding_leaves_in_any_float_is_a_hair(kind: str):
    for white in (1, 255):
        above = float(np.nextafter(np.array(white, kind), np.array(np.inf, kind)))
        scale = scale_of(np.dtype(kind), 0.0, above, "x")
        assert (scale.white, scale.guessed) == (white, False)


def test_more_than_a_hair_below_zero_is_asked_for():
    for low, high in ((-1.0, 1.0), (-0.42, 2.82), (-1.0, 255.0)):
        advice = r"x holds values from .*; save \(x \+ .*, which lies within 0 to 1 .*--white"
        with pytest.raises(DataError, match=advice):
            scale_of(np.dtype("f4"), low, high, "x")
    told = scale_of(np.dtype("f4"), -1.0, 1.0, "x", white=1.0)
    assert "what lies outside 0 to 1 is clipped" in str(told.remarks[0])
    np.testing.assert_array_equal(told.to_bytes(np.array([-1, 0, 0.5, 1])), [0, 0, 128, 255])


def test_all_black_is_reported():
    assert tuple(map(str, scale_of(np.dtype("u1"), 0.0, 0.0, "x").remarks)) == (
        "All values are 0, so all images are black.",
    )


def test_the_first_version_guessed_nothing():
    for kind, high, white in (("u2", 4095, 65_535), ("u1", 16, 255), ("f4", 0.2, 1), ("f4", 16, 255)):
        scale = scale_of(np.dtype(kind), 0.0, high, "x", guess=False)
        assert (scale.white, scale.guessed, scale.remarks) == (white, False, ())


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        (np.arange(17, dtype=np.uint8), 16),
        (np.arange(0, 4096, 13, dtype=np.uint16), 4095),
        (np.arange(0, 4096, 13, dtype=">i4"), 4095),
        (np.linspace(0, 16, 17, dtype=np.float32), 16),
        (np.linspace(0, 0.25, 33, dtype=np.float16), 0.25),
        (np.array([0, 2**62, 2**63], np.uint64), 2.0**63),
        (np.array([0, 5e-324]), 5e-324),
        (np.array([0.0, 8e307, 1.6e308]), 1.6e308),
    ],
    ids=["u1", "u2", "i4-big", "f4", "f2", "u8", "tiny", "huge"],
)
def test_grey_levels_are_shares_of_white(values: np.ndarray, levels: float, tmp_path: Path, load_array: Load):
    tall = np.resize(values, (40, 4, 4))
    np.save(tmp_path / "array.npy", tall)
    data = load_array(tmp_path / "array.npy")
    expected = np.rint(np.array([255 * (float(value) / levels) for value in tall.reshape(-1)]))
    assert data.source_rows is not None
    np.testing.assert_array_equal(data.images.reshape(40, -1), expected.reshape(40, -1)[data.source_rows])
    assert data.config.white == levels
    # Loading with the stored config gives the same images without a remark.
    again = registry.load(DataConfig.from_json(data.config.to_json()), tmp_path)
    assert again.fingerprint == data.fingerprint
    assert again.remarks == ()


def test_a_chosen_level_clips_with_a_remark(tmp_path: Path, load_array: Load):
    np.save(tmp_path / "array.npy", np.resize(np.arange(0, 4096, 13, dtype=np.uint16), (40, 4, 4)))
    full = load_array(tmp_path / "array.npy", white=65_535)
    assert full.images.max() == 16
    assert full.remarks == ()
    low = load_array(tmp_path / "array.npy", white=1023)
    assert "what lies outside 0 to 1,023 is clipped" in str(low.remarks[0])
    assert (low.images == 255).mean() > 0.7


def test_runs_of_the_first_version_find_their_images(tmp_path: Path, load_array: Load):
    np.save(tmp_path / "array.npy", np.resize(np.arange(0, 4096, 13, dtype=np.uint16), (40, 4, 4)))
    former = DataConfig.from_json({"name": "array", "path": str(tmp_path / "array.npy")})
    data = registry.load(former, tmp_path)
    np.testing.assert_array_equal(data.fingerprint, load_array(tmp_path / "array.npy", white=65_535).fingerprint)
    assert data.config == former


def test_the_level_is_validated():
    for white in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ConfigError, match="white level"):
            DataConfig(white=white)
    assert DataConfig.from_json({"name": "array", "white": 4095}).white == 4095
    assert DataConfig.from_json({"name": "array"}).white is None


@pytest.mark.parametrize("values", [(-1, 0.9), (-1, 1), (-128, 127), (-0.5, -0.5), (-2.5, 0), (-0.3, 0.2)])
def test_the_advice_for_values_below_0_brings_them_to_0_to_1(values: tuple[float, float]) -> None:
    x = np.array(values)
    with pytest.raises(DataError) as told:
        scale_of(x.dtype, *values, "x")
    formula = re.search(r"save \(x \+ ([\d.]+)\) / ([\d.]+) instead", str(told.value))
    assert formula is not None
    brought = (x + float(formula[1])) / float(formula[2])
    assert brought.min() >= 0
    assert brought.max() <= 1
