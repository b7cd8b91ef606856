"""Remembered values that no one wrote: each counts as absent."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from latent_explorer.core.settings import Settings

GARBAGE = [
    "",
    "[" * 100_000,
    '{"a": ' * 100_000,
    "7",
    "null",
    "NaN",
    '"word"',
    "\x01",
    "@Variant(\0\0\0\t)",
    12,
    True,
    ["a", "b"],
    QByteArray(b"\xff\0"),
]


@pytest.mark.parametrize("value", GARBAGE, ids=[str(place) for place in range(len(GARBAGE))])
def test_every_kind_of_reading_survives(value: object, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings._store.setValue("x/y", value)
    settings.save()
    read = Settings(settings.path)
    assert read.record("x/y") == {}
    assert read.text("x/y", "ask", ("ask", "always")) == "ask"
    assert isinstance(read.data("x/y"), QByteArray)
    assert all(isinstance(entry, str) for entry in read.entries("x/y"))


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.set_record("x/y", {"place": "/home/Äpfel & 梨", "step": 7})
    settings.save()
    assert Settings(settings.path).record("x/y") == {"place": "/home/Äpfel & 梨", "step": 7}
