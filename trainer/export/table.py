"""Tables as CSV in one dialect that spreadsheets and pandas read alike, the settings in a file beside. Torch-free.

UTF-8 with a byte-order mark (without one, spreadsheets take it for the system's own encoding), commas, quotes
doubled, lines ending in CR LF (RFC 4180). The heads stand in the first line, with nothing before them: a line of
settings would be taken for the heads, and a sign for comments would cut names such as "C#". A text that a
spreadsheet would take for a formula gets an apostrophe in front, which it shows as text (OWASP, "CSV injection").
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from trainer.export.settings_text import KEY, settings_text
from trainer.training.atomic_files import write_atomically

#: How a text begins that a spreadsheet computes.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def head_line(heads: Iterable[str]) -> bytes:
    """The first line of a table, with the mark of its encoding."""
    return codecs.BOM_UTF8 + table_lines([heads])


def table_lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Lines of a table; see `text_cell` and `figure_cell`."""
    text = io.StringIO()
    csv.writer(text, dialect="excel").writerows(rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def text_cell(text: str) -> str:
    """A name as a cell: as it is, but never a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def figure_cell(value: float | None) -> str:
    """A float32 as a cell, with the nine digits that bring it back exactly; empty for None."""
    return "" if value is None else f"{value:.9g}"


def settings_beside(path: Path) -> Path:
    """Where the settings of the table at `path` are written: a file beside it that nobody else has."""
    place = path.with_name(f"{path.name}.settings.json")
    number = 2
    while place.exists() and not _ours(place):
        place = path.with_name(f"{path.name}.settings-{number}.json")
        number += 1
    return place


def write_settings(path: Path, settings: dict[str, Any]) -> None:
    """Write `settings` beside the table at `path`. Raises `OSError`."""
    text = json.dumps({KEY: json.loads(settings_text(settings))}, ensure_ascii=False, indent=1)
    # What is no text is escaped as JSON does.
    write_atomically(settings_beside(path), f"{text}\n".encode("utf-8", "backslashreplace"))


def _ours(place: Path) -> bool:
    try:
        with place.open(encoding="utf-8") as file:
            return file.read(100).lstrip("{ \n").startswith(f'"{KEY}"')
    except (OSError, UnicodeDecodeError):
        return False
