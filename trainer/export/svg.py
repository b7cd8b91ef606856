"""Writes an SVG document to a file. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from trainer.export.partial_file import partial_file
from trainer.export.settings_text import KEY, settings_text
from trainer.progress import Progress
from trainer.sentences import Sentence

_PIECE = 4_000_000


def write_svg(path: Path, document: bytes, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Write an SVG with `settings` in its <metadata> element; yields progress. Raises `OSError`."""
    place = document.index(b">", document.index(b"<svg")) + 1
    text = escape(settings_text(settings))
    metadata = f'\n<metadata id="{KEY.replace(" ", "-").lower()}">{text}</metadata>\n'.encode()
    whole = document[:place] + metadata + document[place:]
    with partial_file(path) as file:
        for start in range(0, len(whole), _PIECE):
            file.write(whole[start : start + _PIECE])
            yield Progress(min(start + _PIECE, len(whole)), len(whole), Sentence("bytes"), Sentence("Writing"))
