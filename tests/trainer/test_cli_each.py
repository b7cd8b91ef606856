"""`evaluate --each`: the table of single images, against the printed means and the files that pandas reads."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from trainer.commands.main import main

SMALL = ["--widths", "16", "--batch", "50", "--threads", "1", "--device", "cpu", "--epochs", "1", "--count", "300"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("each") / "run"
    assert main(["train", "--data", "digits", *SMALL, "--out", str(folder)]) == 0
    return folder


def table(
    run: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[list[dict[str, str]], dict[str, Any]]:
    capsys.readouterr()
    out = run.parent / "each.csv"
    assert main(["evaluate", str(run), "--each", str(out), "--json", *more]) == 0
    with out.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file)), json.loads(capsys.readouterr().out.splitlines()[-1])


def column(lines: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(line[name]) for line in lines])


def test_the_printed_figures_are_the_means_of_the_columns(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, found = table(run, capsys)
    assert found["each"] == str(run.parent / "each.csv")
    assert len(lines) == found["images"] == 30
    assert {line["split"] for line in lines} == {"held-out"}
    assert lines[0]["label"] in "0123456789"
    for number, one in enumerate(found["models"], start=1):
        for name in ("reconstruction", "kl", "elbo", "mse") if one["has_kl"] else ("reconstruction", "mse"):
            values = column(lines, f"m{number}_{name}")
            assert values.mean() == pytest.approx(one[name], rel=1e-6)
            if name != "mse":
                assert values.std(ddof=1) / 30**0.5 == pytest.approx(one[f"{name}_error"], rel=1e-5)
    assert "m1_kl" not in lines[0]
    settings = json.loads((run.parent / "each.csv.settings.json").read_text(encoding="utf-8"))
    assert "neighbours" in str(settings)


def test_distances_are_those_of_the_exported_codes(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the autoencoder, whose codes need no draw; its own code is left out where it is a training image."""
    lines, _ = table(run, capsys, "--which", "all")
    assert main(["encode", str(run), "--out", str(run.parent / "codes.npz")]) == 0
    with np.load(run.parent / "codes.npz") as arrays:
        codes, held_out = arrays["codes_1"].astype(np.float64), arrays["held_out"]
    tree = NearestNeighbors(n_neighbors=11).fit(codes[~held_out])
    distances, _ = tree.kneighbors(codes)
    expected = np.where(held_out, distances[:, 9], distances[:, 10])
    np.testing.assert_allclose(column(lines, "m1_kth_distance"), expected, rtol=1e-4)
    assert (column(lines, "m2_kth_distance") > 0).all()


def test_too_few_training_images_leave_cells_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = [*SMALL[:-1], "10"]
    assert main(["train", "--data", "digits", *options, "--out", str(tmp_path / "run")]) == 0
    lines, _ = table(tmp_path / "run", capsys)
    assert {line["m1_kth_distance"] for line in lines} == {""}


@pytest.mark.parametrize("name", ["each.txt", "no/such/folder/each.csv"])
def test_a_path_that_is_of_no_use_is_said_before_the_work(
    name: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(run), "--each", str(tmp_path / name)]) != 0
    said = capsys.readouterr().err
    assert "each" in said
    assert "Measuring" not in said
    assert not list(tmp_path.iterdir())
