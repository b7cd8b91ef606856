"""CSV tables: round trips through csv and by pandas' rules, and no formulas."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from trainer.export.table import (
    figure_cell,
    head_line,
    settings_beside,
    table_lines,
    text_cell,
    write_settings,
)

NAMES = [
    "Äpfel",
    "梨",
    "C#",
    "a;b",
    'x,"y"',
    "two\nlines",
    "two\r\nlines",
    " kept ",
    "#7",
    "'quoted'",
    "1,5",
    "μ²",
]


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_names_come_back_as_they_are_and_in_one_column_each() -> None:
    data = head_line(["row", "label"]) + table_lines(
        [[str(row), text_cell(name)] for row, name in enumerate(NAMES)]
    )
    assert data.startswith(b"\xef\xbb\xbfrow,label\r\n")
    rows = read(data)
    assert [row[1] for row in rows[1:]] == NAMES
    assert {len(row) for row in rows} == {2}


@pytest.mark.parametrize("name", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_a_name_is_never_a_formula(name: str) -> None:
    (row,) = read(table_lines([[text_cell(name)]]))
    assert row == ["'" + name]


def test_figures_bring_every_float32_back() -> None:
    values = np.random.default_rng(0).integers(0, 2**32, 5_000, dtype=np.uint32).view(np.float32)
    values = np.append(values[np.isfinite(values)], np.float32([0.1, 1 / 3, 16_777_217, 1e-45, -0.0]))
    back = np.array([figure_cell(value) for value in values.tolist()], np.float32)
    np.testing.assert_array_equal(back.view(np.uint32), values.view(np.uint32))
    assert figure_cell(None) == figure_cell(float("nan")) == ""


def test_a_name_that_is_no_text_is_written_all_the_same() -> None:
    assert b"caf\\udce9" in table_lines([["caf\udce9"]])


def test_settings_replace_their_own_file_and_no_other(tmp_path: Path) -> None:
    table = tmp_path / "codes.csv"
    write_settings(table, {"step": 1})
    write_settings(table, {"step": 2})
    ours = tmp_path / "codes.csv.settings.json"
    assert settings_beside(table) == ours
    assert json.loads(ours.read_text())["Latent Explorer"] == {"step": 2}
    ours.write_text('{"somebody": "else"}')
    write_settings(table, {"step": 3})
    assert ours.read_text() == '{"somebody": "else"}'
    assert json.loads((tmp_path / "codes.csv.settings-2.json").read_text())["Latent Explorer"] == {"step": 3}
