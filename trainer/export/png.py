"""Writes pictures as PNG in pieces, so that the export can be cancelled. Torch-free."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from trainer.export.partial_file import partial_file
from trainer.export.settings_text import KEY, settings_text
from trainer.progress import Progress
from trainer.sentences import Sentence

#: Pixels compressed between two yields: about 20 ms.
_PIECE = 200_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def write_png(path: Path, pixels: np.ndarray, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Write uint8 (H, W, 3), sRGB, to `path` with `settings` in a text chunk "Latent Explorer"; yields progress.

    Raises `OSError`.
    """
    height, width, _ = pixels.shape
    step = max(1, _PIECE // width)
    with partial_file(path) as file:
        file.write(_SIGNATURE)
        _chunk(file, b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        _chunk(file, b"sRGB", b"\0")
        text = settings_text(settings).encode("ascii")
        _chunk(file, b"tEXt", KEY.encode("latin-1") + b"\0" + text)
        squeeze = zlib.compressobj(6)
        for top in range(0, height, step):
            data = squeeze.compress(_filtered(pixels, top, min(top + step, height)))
            if data:
                _chunk(file, b"IDAT", data)
            yield Progress(min(top + step, height), height, Sentence("rows"), Sentence("Writing"))
        _chunk(file, b"IDAT", squeeze.flush())
        _chunk(file, b"IEND", b"")


def png_bytes(pixels: np.ndarray) -> bytes:
    """A small picture, uint8 (H, W, 3), sRGB, as a PNG in memory."""
    height, width, _ = pixels.shape
    file = io.BytesIO()
    file.write(_SIGNATURE)
    _chunk(file, b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    _chunk(file, b"sRGB", b"\0")
    _chunk(file, b"IDAT", zlib.compress(_filtered(pixels, 0, height), 9))
    _chunk(file, b"IEND", b"")
    return file.getvalue()


def _filtered(pixels: np.ndarray, top: int, bottom: int) -> bytes:
    """Rows with PNG filter 2 (difference to the row above), which compresses drawings best."""
    rows = pixels[top:bottom].reshape(bottom - top, -1)
    above = np.zeros_like(rows)
    above[1:] = rows[:-1]
    if top:
        above[0] = pixels[top - 1].reshape(-1)
    lines = np.empty((len(rows), rows.shape[1] + 1), np.uint8)
    lines[:, 0] = 2
    lines[:, 1:] = rows - above
    return lines.tobytes()


def _chunk(file: BinaryIO, kind: bytes, data: bytes) -> None:
    file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
