"""Every exported file is read back by an independent reader, including its settings."""

from __future__ import annotations

import csv
import json
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageSequence

from trainer.config import DataConfig, ModelConfig
from trainer.data.images import ImageData
from trainer.export.codes import CodeTable, write_codes_csv, write_codes_npz
from trainer.export.curves import CurveTable, write_curves_csv, write_curves_npz
from trainer.export.gif import write_gif
from trainer.export.png import write_png
from trainer.export.settings_text import KEY, settings_text
from trainer.export.svg import write_svg
from trainer.reports import EvaluationReport, Losses, Uncertainty

SETTINGS: dict[str, Any] = {"program": "Latent Explorer", "β": 4.0, "cursor": (0.5, -1.0), "name": "数字 <&>"}
READ: dict[str, Any] = json.loads(settings_text(SETTINGS))


def run(writer: Iterator[object]) -> int:
    return sum(1 for _ in writer)


def table(count: int = 57) -> CodeTable:
    rng = np.random.default_rng(0)
    return CodeTable(
        rows=np.arange(count) * 3,
        labels=np.where(np.arange(count) % 7, np.arange(count) % 3, -1),
        label_names=("cat", 'a "dog", large', "鸟"),
        held_out=np.arange(count) > 40,
        codes=(rng.normal(size=(count, 2)).astype(np.float32), rng.normal(size=(count, 3)).astype(np.float32)),
        sigmas=(None, rng.uniform(size=(count, 3)).astype(np.float32)),
    )


def test_settings_are_plain_ascii_json() -> None:
    text = settings_text({"a": np.float32(0.5), "b": float("nan"), "c": {3, 4}, "d": np.arange(2), "é": "β"})
    assert text.isascii()
    assert json.loads(text) == {"a": 0.5, "b": None, "c": [3, 4], "d": [0, 1], "é": "β"}
    assert READ["cursor"] == [0.5, -1.0]


def test_codes_as_csv_come_back_exactly(tmp_path: Path) -> None:
    path, codes = tmp_path / "codes.csv", table()
    assert run(write_codes_csv(path, codes, SETTINGS)) >= 1
    assert json.loads((tmp_path / "codes.csv.settings.json").read_text(encoding="utf-8"))[KEY] == READ
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert list(rows[0])[:5] == ["row", "label", "split", "m1_z1", "m1_z2"]
    assert list(rows[0])[-3:] == ["m2_sigma1", "m2_sigma2", "m2_sigma3"]
    assert [int(row["row"]) for row in rows] == codes.rows.tolist()
    assert rows[0]["label"] == ""
    assert rows[1]["label"] == 'a "dog", large'
    assert {row["split"] for row in rows[41:]} == {"held-out"}
    read = np.array([[row["m1_z1"], row["m1_z2"]] for row in rows], np.float32)
    assert (read == codes.codes[0]).all()
    assert codes.sigmas[1] is not None
    assert (np.array([row["m2_sigma3"] for row in rows], np.float32) == codes.sigmas[1][:, 2]).all()


@pytest.mark.parametrize("name", ["scale", "label", "m1_z1", "=1+1", "größe, 大小"])
def test_factors_are_columns_of_their_own_whatever_their_names(tmp_path: Path, name: str) -> None:
    path, codes = tmp_path / "codes.csv", table()
    factors = np.stack([np.linspace(-1, 1, 57), np.arange(57) / 3], axis=1).astype(np.float32)
    factors[3, 0] = np.nan
    codes = replace(codes, factors=factors, factor_names=(name, "x"))
    run(write_codes_csv(path, codes, SETTINGS))
    with path.open(encoding="utf-8-sig", newline="") as opened:
        heads, *rows = list(csv.reader(opened))
    assert heads[:6] == ["row", "label", "split", f"factor_{name}", "factor_x", "m1_z1"]
    assert len(set(heads)) == len(heads)
    assert rows[3][3] == ""
    read = np.array([[cell or "nan" for cell in row[3:5]] for row in rows], np.float32)
    np.testing.assert_array_equal(read, factors)
    run(write_codes_npz(tmp_path / "codes.npz", codes, SETTINGS))
    with np.load(tmp_path / "codes.npz", allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["factors"], factors)
        assert arrays["factor_names"].tolist() == [name, "x"]
    with pytest.raises(ValueError, match="every factor"):
        replace(codes, factor_names=(name,))


def test_codes_as_npz_need_no_pickle(tmp_path: Path) -> None:
    path, codes = tmp_path / "codes.npz", table()
    run(write_codes_npz(path, codes, SETTINGS))
    with np.load(path, allow_pickle=False) as read:
        assert json.loads(str(read["settings"])) == READ
        assert (read["rows"] == codes.rows).all()
        assert (read["codes_2"] == codes.codes[1]).all()
        assert "sigma_1" not in read
        assert (read["sigma_2"] == codes.sigmas[1]).all()
        assert read["label_names"].tolist() == list(codes.label_names)


def losses(value: float) -> Losses:
    return Losses({"reconstruction": value, "kl": 1.0, "total": value + 4})


def curve_table(count: int = 4_100) -> CurveTable:
    return CurveTable(
        steps=np.arange(1, count + 1),
        knobs=np.tile(np.array([0.5, 4.0, 1e-3, 0.1]), (count, 1)),
        knob_names=("epoch", "beta", "learning_rate", "noise"),
        losses=np.arange(count * 6, dtype=np.float32).reshape(count, 2, 3),
        evaluations=(
            EvaluationReport(
                step=7, train=(losses(1), losses(2)), held_out=(losses(3), losses(4)), active=(2, 1), rows=9
            ),
            EvaluationReport(
                step=9,
                train=(losses(1), losses(2)),
                held_out=(losses(3), losses(4)),
                active=(None, 2),
                rows=9,
                pixels="dynamic",
                errors=(
                    Uncertainty(reconstruction=0.5, kl=None, total=0.5),
                    Uncertainty(reconstruction=0.25, kl=0.125, total=0.75),
                ),
                mse=(0.01, 0.02),
                ranks=(1.5, None),
                variances=(None, 0.0123),
            ),
        ),
        models=(
            ModelConfig(family="autoencoder"),
            ModelConfig(family="variational", likelihood="gaussian-learned"),
        ),
    )


def test_curves_as_csv(tmp_path: Path) -> None:
    path, curves = tmp_path / "curves.csv", curve_table()
    run(write_curves_csv(path, curves, SETTINGS))
    assert json.loads((tmp_path / "curves.csv.settings.json").read_text(encoding="utf-8"))[KEY] == READ
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    steps = [row for row in rows if row["kind"] == "step"]
    assert len(steps) == 4_100
    assert {len(row) for row in rows} == {2 + 4 + 2 * 11}
    assert float(steps[10]["m2_total"]) == curves.losses[10, 1, 2]
    assert float(steps[0]["beta"]) == 4.0
    former, held_out = [row for row in rows if row["kind"] == "held-out"]
    assert (former["step"], former["m1_reconstruction"], former["m2_active"]) == ("7", "3", "1")
    assert former["m1_measured"] == "cross-entropy on grey levels (no likelihood)"
    assert (former["m2_total_error"], former["m2_mse"], former["m1_effective_rank"]) == ("", "", "")
    assert (held_out["m1_active"], held_out["m1_effective_rank"], held_out["m2_effective_rank"]) == ("", "1.5", "")
    assert (held_out["m2_total_error"], held_out["m1_kl_error"], held_out["m2_mse"]) == ("0.75", "", "0.02")
    assert held_out["m1_measured"] == "Bernoulli, dynamic binarisation"
    assert held_out["m2_measured"] == "Gaussian, learned σ² = 0.0123, dynamic binarisation"
    trained = [row for row in rows if row["kind"] == "train"][-1]
    assert (trained["m2_measured"], trained["m2_total_error"]) == (held_out["m2_measured"], "")


@pytest.mark.parametrize("count", [0, 3])
def test_curves_as_npz(tmp_path: Path, count: int) -> None:
    path, curves = tmp_path / "curves.npz", curve_table(count)
    run(write_curves_npz(path, curves, SETTINGS))
    with np.load(path, allow_pickle=False) as read:
        assert (read["losses"] == curves.losses).all()
        assert read["learning_rate"].tolist() == [1e-3] * count
        assert read["evaluation_held_out"].tolist() == [[[3, 1, 7], [4, 1, 8]]] * 2
        np.testing.assert_array_equal(read["active_units"], [[2, 1], [np.nan, 2]])
        np.testing.assert_array_equal(read["total_error"], [[np.nan, np.nan], [0.5, 0.75]])
        np.testing.assert_array_equal(read["effective_rank"], [[np.nan, np.nan], [1.5, np.nan]])
        assert read["evaluation_measured"][1, 0] == "Bernoulli, dynamic binarisation"


def clashing(count: int = 3) -> CurveTable:
    """A run whose knobs and terms are called like columns and arrays of the files' own."""
    terms = ("reconstruction", "kl", "total", "mse", "beta")
    return replace(
        curve_table(count),
        knobs=np.tile(np.arange(1.0, 8.0), (count, 1)),
        knob_names=("epoch", "beta", "losses", "settings", "step", "m2_beta", "variance"),
        losses=np.arange(count * 10, dtype=np.float32).reshape(count, 2, 5),
        names=terms,
        evaluations=(),
    )


def test_a_knob_or_term_called_like_a_column_or_an_array_takes_its_place_from_none(tmp_path: Path) -> None:
    table = clashing()
    run(write_curves_npz(tmp_path / "curves.npz", table, SETTINGS))
    with np.load(tmp_path / "curves.npz", allow_pickle=False) as read:
        np.testing.assert_array_equal(read["losses"], table.losses)
        assert json.loads(str(read["settings"])) == READ
        assert read["variance"].shape == (0, 2)
        found = {name: read[f"knob.{name}"].tolist() for name in ("losses", "settings", "variance")}
        assert found == {"losses": [3.0] * 3, "settings": [4.0] * 3, "variance": [7.0] * 3}
        assert (read["beta"].tolist(), read["step"].tolist()) == ([2.0] * 3, [5.0] * 3)
    run(write_curves_csv(tmp_path / "curves.csv", table, SETTINGS))
    with (tmp_path / "curves.csv").open(encoding="utf-8-sig", newline="") as opened:
        heads, first, *_ = csv.reader(opened)
    assert len(set(heads)) == len(heads) == len(first)
    row = dict(zip(heads, first, strict=True))
    assert (row["kind"], row["step"], row["knob.step"], row["losses"]) == ("step", "1", "5", "3")
    assert (row["knob.m2_beta"], row["m2_beta"], row["m1_term.mse"], row["m1_mse"]) == ("6", "9", "3", "")


def beside(count: int = 2) -> CurveTable:
    """A kept model with one knob and one term more than the run has."""
    return CurveTable(
        steps=np.array([5, 10])[:count],
        knobs=np.array([[0.5, 7.0], [1.0, np.nan]])[:count],
        knob_names=("epoch", "gamma"),
        losses=np.array([[[1, np.nan, 2, 3]], [[4, np.nan, 5, 6]]], np.float32)[:count],
        names=("reconstruction", "kl", "total", "spread"),
        evaluations=(EvaluationReport(step=10, train=(losses(1),), held_out=(losses(8),), active=(2,), rows=9),),
        models=(ModelConfig(family="variational"),),
    )


def test_a_model_beside_the_run_has_lines_of_its_own_after_those_of_the_run(tmp_path: Path) -> None:
    alone, both = curve_table(3), replace(curve_table(3), beside=(beside(), beside(1)))
    run(write_curves_csv(tmp_path / "alone.csv", alone, SETTINGS))
    run(write_curves_csv(tmp_path / "both.csv", both, SETTINGS))
    read = {}
    for name in ("alone", "both"):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as opened:
            read[name] = list(csv.DictReader(opened))
    rows = read["both"]
    # What there was of the run is there as it was.
    assert [{head: row[head] for head in read["alone"][0]} for row in rows[:7]] == read["alone"]
    assert all(row[f"m{number}_total"] == "" for row in rows[:7] for number in (3, 4))
    assert [(row["kind"], row["step"], row["gamma"], row["beta"]) for row in rows[7:]] == [
        ("step", "5", "7", ""),
        ("step", "10", "", ""),
        ("train", "10", "", ""),
        ("held-out", "10", "", ""),
        ("step", "5", "7", ""),
        ("train", "10", "", ""),
        ("held-out", "10", "", ""),
    ]
    assert [row["m3_total"] for row in rows[7:]] == ["2", "5", "5", "12", "", "", ""]
    assert [row["m4_spread"] for row in rows[11:]] == ["3", "", ""]
    assert (rows[7]["m3_kl"], rows[7]["m1_total"], rows[10]["m3_active"]) == ("", "", "2")
    assert {len(row) for row in rows} == {2 + 5 + 4 * 12}


def test_a_model_beside_the_run_has_arrays_of_its_own(tmp_path: Path) -> None:
    both = replace(curve_table(3), beside=(beside(), beside(1)))
    run(write_curves_npz(tmp_path / "curves.npz", both, SETTINGS))
    with np.load(tmp_path / "curves.npz", allow_pickle=False) as read:
        np.testing.assert_array_equal(read["losses"], both.losses)
        assert (read["m3_steps"].tolist(), read["m4_steps"].tolist()) == ([5, 10], [5])
        np.testing.assert_array_equal(read["m3_gamma"], [7.0, np.nan])
        assert read["m4_losses"].shape == (1, 1, 4)
        assert read["m3_loss_names"].tolist() == ["reconstruction", "kl", "total", "spread"]
        assert read["m3_evaluation_held_out"].tolist()[0][0][:3] == [8, 1, 12]


def test_a_png_has_the_very_pixels_and_the_settings(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (300, 1_100, 3)).astype(np.uint8)
    path = tmp_path / "map.png"
    assert run(write_png(path, pixels, SETTINGS)) > 1
    with Image.open(path) as image:
        image.load()
        assert json.loads(image.text[KEY]) == READ  # type: ignore[attr-defined]
        assert (np.asarray(image) == pixels).all()


def frames(number: int) -> np.ndarray:
    pixels = np.full((40, 60, 3), (16, 18, 22), np.uint8)
    pixels[10:20, 5 + 4 * number : 15 + 4 * number] = (240, 164, 93)
    pixels[30:, :10] = (79, 195, 199)
    return pixels


def test_a_gif_shows_every_frame_in_steady_colours(tmp_path: Path) -> None:
    path = tmp_path / "walk.gif"
    run(write_gif(path, frames, 9, 12, SETTINGS))
    with Image.open(path) as image:
        assert json.loads(image.info["comment"]) == READ
        assert image.info["loop"] == 0
        shown = [
            (np.asarray(frame.convert("RGB")), frame.info["duration"]) for frame in ImageSequence.Iterator(image)
        ]
    assert len(shown) == 9
    assert abs(sum(duration for _, duration in shown) - 750) <= 10
    for number, (pixels, _) in enumerate(shown):
        assert np.abs(pixels.astype(int) - frames(number)).max() <= 4


def test_a_gif_of_equal_frames_keeps_their_number(tmp_path: Path) -> None:
    path = tmp_path / "still.gif"
    run(write_gif(path, lambda _: frames(0), 3, 4, {}))
    data = path.read_bytes()
    assert data.count(b"!\xf9\x04") == 3
    assert struct.unpack("<HH", data[6:10]) == (60, 40)


def test_an_svg_has_its_settings_as_metadata(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    document = b'<?xml version="1.0"?>\n<svg width="10" xmlns="http://www.w3.org/2000/svg">\n<g/></svg>'
    run(write_svg(path, document, SETTINGS))
    root = ET.parse(path).getroot()
    (metadata,) = root.findall("{http://www.w3.org/2000/svg}metadata")
    assert metadata.text is not None
    assert json.loads(metadata.text) == READ


def test_what_is_given_up_leaves_the_former_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(b"former")
    writer = write_png(path, np.zeros((2_000, 1_000, 3), np.uint8), {})
    next(writer)
    writer.close()  # type: ignore[attr-defined]
    archive = write_codes_npz(tmp_path / "codes.npz", table(), {})
    next(archive)
    archive.close()  # type: ignore[attr-defined]
    assert path.read_bytes() == b"former"
    assert [entry.name for entry in tmp_path.iterdir()] == ["map.png"]


def test_an_error_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "map.png"
    with pytest.raises(OSError, match=r"map\.png") as caught:
        run(write_png(path, np.zeros((2, 2, 3), np.uint8), {}))
    assert caught.value.filename == str(path)


def test_a_table_takes_of_a_data_set_what_belongs_to_its_rows() -> None:
    data = ImageData(
        config=DataConfig(name="digits"),
        title="a",
        images=np.zeros((4, 1, 2, 2), np.uint8),
        train_count=2,
        labels=np.array([0, -1, 1, 0]),
        label_names=("cat", "dog"),
        factors=np.arange(4, dtype=np.float32)[:, None],
        factor_names=("scale",),
        source_rows=np.array([7, 5, 3, 1]),
        files=("a.png", "b.png", "c.png", "d.png"),
    )
    codes = np.ones((2, 3), np.float32)
    table = CodeTable.of(data, np.array([1, 3]), codes=[codes], sigmas=[None])
    assert table.rows.tolist() == [5, 1]
    assert table.files == ("b.png", "d.png")
    assert table.labels is not None
    assert table.labels.tolist() == [-1, 0]
    assert table.held_out.tolist() == [False, True]
    assert [(head, values.tolist()) for head, values in table.figures[:1]] == [("factor_scale", [1.0, 3.0])]
    plain = replace(data, labels=None, factors=None, factor_names=(), source_rows=None, files=())
    table = CodeTable.of(plain, np.array([1, 3]), codes=[codes], sigmas=[None])
    assert table.rows.tolist() == [1, 3]
    assert table.files == ()
    assert table.labels is table.factors is None
