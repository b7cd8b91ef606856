"""CSV tables in a dialect that spreadsheets and pandas read the same way. Torch-free.

UTF-8 with a byte-order mark (without it spreadsheets assume the system's encoding), commas, doubled quotes, CR LF
(RFC 4180). The heading is the first line: a line of settings before it would be read as the heading, and a comment
character would truncate names such as "C#". A text that a spreadsheet would evaluate as a formula gets a leading
apostrophe (OWASP, "CSV injection").
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
from trainer.storage.atomic_files import write_atomically

#: First characters of texts that spreadsheets evaluate as formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def head_line(heads: Iterable[str]) -> bytes:
    """The heading of a table, with the byte-order mark."""
    return codecs.BOM_UTF8 + table_lines([heads])


def table_lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows of cells as CSV lines; see `text_cell` and `figure_cell`."""
    text = io.StringIO()
    csv.writer(text, dialect="excel").writerows(rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def text_cell(text: str) -> str:
    """A text as a cell, made safe against evaluation as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def figure_cell(value: float | None) -> str:
    """A float32 as a cell, with the nine digits that restore it exactly; empty for None and NaN.

    pandas reads an empty cell among figures as NaN; a spreadsheet would read "nan" as text.
    """
    return "" if value is None or value != value else f"{value:.9g}"


def settings_beside(path: Path) -> Path:
    """The path for the settings of the table `path`: beside it, never an existing file of another kind."""
    place = path.with_name(f"{path.name}.settings.json")
    number = 2
    while place.exists() and not _ours(place):
        place = path.with_name(f"{path.name}.settings-{number}.json")
        number += 1
    return place


def write_settings(path: Path, settings: dict[str, Any]) -> None:
    """Write `settings` beside the table `path`. Raises `OSError`."""
    text = json.dumps({KEY: json.loads(settings_text(settings))}, ensure_ascii=False, indent=1)
    # Lone surrogates are escaped as in JSON.
    write_atomically(settings_beside(path), f"{text}\n".encode("utf-8", "backslashreplace"))


def _ours(place: Path) -> bool:
    try:
        with place.open(encoding="utf-8") as file:
            return file.read(100).lstrip("{ \n").startswith(f'"{KEY}"')
    except (OSError, UnicodeDecodeError):
        return False
