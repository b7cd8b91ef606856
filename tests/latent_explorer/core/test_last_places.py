"""File dialogs open where a file of their kind was chosen last; if that is gone, at what is left of the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from latent_explorer.core.last_places import LastPlaces, last_places
from latent_explorer.core.settings import Settings
from latent_explorer.dialogs import files


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.ini")


def test_a_folder_for_each_kind_and_from_start_to_start(tmp_path, settings):
    (tmp_path / "a").mkdir()
    places = LastPlaces()
    places.keep_in(settings)
    assert places.folder("array") == ""
    assert places.file("export", "map.png") == "map.png"
    places.note("array", str(tmp_path / "a" / "codes.npy"))
    places.note("array", "")
    settings.save()
    later = LastPlaces()
    later.keep_in(Settings(settings.path))
    assert later.folder("array") == str(tmp_path / "a")
    assert later.folder("image") == str(tmp_path / "a")  # none of its own yet: where anything was last
    (tmp_path / "b").mkdir()
    later.note("image", str(tmp_path / "b" / "cat.png"))
    assert later.folder("image") == later.folder("session") == str(tmp_path / "b")
    assert later.file("array", "x.npy") == str(tmp_path / "a" / "x.npy")


def test_a_folder_that_is_gone(tmp_path, settings):
    places = LastPlaces()
    places.keep_in(settings)
    places.note("image", str(tmp_path / "gone" / "deeper" / "cat.png"))
    assert places.folder("image") == str(tmp_path)
    settings.set_text("files/last-image", "no\0path")
    other = LastPlaces()
    other.keep_in(settings)
    assert other.folder("image") in ("", ".")


def test_dialogs_open_there(tmp_path, settings, monkeypatch, qapp):
    last_places().keep_in(settings)
    folder = tmp_path / "pictures"
    folder.mkdir()
    asked: list[str] = []

    def choose(_parent: object, _title: str, start: str, *_kinds: str) -> tuple[str, str]:
        asked.append(start)
        return str(folder / "cat.png"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    files.choose_image(None)
    files.choose_image(None)
    files.choose_export_file(None, "map.png", "png")
    files.choose_export_file(None, "codes.csv", "csv")
    files.choose_picture_file(None)
    files.choose_picture_file(None)
    given = str(tmp_path / "given" / "map.png")
    files.choose_export_file(None, given, "png")
    assert [Path(start) for start in asked] == [
        Path(),
        folder,
        folder / "map.png",
        folder / "codes.csv",
        folder,
        folder,
        Path(given),
    ]
