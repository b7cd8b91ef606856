"""Sample picture files, written byte by byte if no library can write them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image


def noise(seed: int = 0, side: int = 28, low: int = 0, high: int = 256) -> np.ndarray:
    """uint8 (side, side) of uniformly random grey levels."""
    return np.random.default_rng(seed).integers(low, high, (side, side), np.uint8)


def save_noise(*paths: Path) -> None:
    """Save a different noise picture at each path, creating folders."""
    for seed, path in enumerate(paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(noise(seed)).save(path, "PNG")


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """`image` as a file of format `kind`."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def chunk(kind: bytes, body: bytes, *, sound: bool = True) -> bytes:
    """A PNG chunk with a right (`sound`) or wrong checksum."""
    check = zlib.crc32(kind + body) ^ (not sound)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def with_chunks(png: bytes, *chunks: bytes, after: bool = False) -> bytes:
    """`png` with chunks inserted before or `after` its rows."""
    place = png.index(b"IEND" if after else b"IDAT") - 4
    return png[:place] + b"".join(chunks) + png[place:]


def deep_png(values: np.ndarray) -> bytes:
    """A PNG with 16 bits per value from uint16 (H, W, C): C = 1 grey, 2 grey and alpha, 3 colour, 4 with alpha."""
    height, width, channels = values.shape
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tiff(values: np.ndarray, order: str = "<", height: int | None = None) -> bytes:
    """An uncompressed TIFF from uint16 (H, W, 3) in either byte order; `height` may declare more rows."""
    rows, width, channels = values.shape
    tags = [(256, 4, width), (257, 4, height or rows), (258, 3, None), (259, 3, 1), (262, 3, 2), (273, 4, None)]
    tags += [(277, 3, channels), (278, 4, rows), (279, 4, values.nbytes)]
    data = 8 + 2 + 12 * len(tags) + 4
    out = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IH", 8, len(tags))
    for tag, kind, value in tags:
        if tag == 258:
            out += struct.pack(order + "HHII", tag, kind, channels, data)
        elif kind == 3:
            out += struct.pack(order + "HHIHH", tag, kind, 1, value, 0)
        else:
            out += struct.pack(order + "HHII", tag, kind, 1, data + 6 if value is None else value)
    bits = struct.pack(order + "HHH", 16, 16, 16)
    return out + struct.pack(order + "I", 0) + bits + values.astype(order + "u2").tobytes()


def save_stack(path: Path, pages: Iterable[np.ndarray], **options: object) -> None:
    """A TIFF of several pages."""
    first, *others = [Image.fromarray(page) for page in pages]
    path.parent.mkdir(parents=True, exist_ok=True)
    first.save(path, "TIFF", save_all=True, append_images=others, **options)
