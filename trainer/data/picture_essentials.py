"""Repairs damaged picture files by removing everything that the pixels do not need.

Decoders stop at the first defect, even in a part that is not the picture: a text chunk that unpacks to a gigabyte
or fails its checksum, a broken preview, a missing end marker. Text, colour profiles, previews and end markers are
therefore dropped. The pixels are never changed or completed: a picture with missing rows stays damaged.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_END = b"\xff\xd9"
#: Fillers for the missing end of a JPEG. If pixels are missing, at least one filler decodes differently.
_CONTINUATIONS = (b"", b"\x55" * 96, b"\xaa" * 96, b"\xfe" * 96)
#: (first column, first row, column step, row step) of each pass of an interlaced PNG (Adam7).
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
#: Highest decompressed size in bytes of a damaged PNG that is repaired.
_MOST_ROWS = 2**28


def versions(data: bytes) -> Iterator[bytes]:
    """Yield `data` with non-pixel parts removed, the mildest removal first; nothing for other formats."""
    if data.startswith(_PNG):
        mended = _png(data)
        if mended is not None:
            yield mended
    elif data.startswith(b"\xff\xd8"):
        yield from (mended for keep in (True, False) if (mended := _jpeg(data, keep)) is not None)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        mended = _webp(data)
        if mended is not None:
            yield mended


def completed(data: bytes) -> list[bytes]:
    """The truncated file `data` with several different endings.

    If all of them decode to the same pixels, only the end marker is missing.
    """
    if data.startswith(b"\xff\xd8"):
        return [data.rstrip(b"\xff") + bits + _JPEG_END for bits in _CONTINUATIONS]
    return [data + bytes(64), data + b"\xff" * 64]


def _png(data: bytes) -> bytes | None:
    """A PNG rebuilt from header, palette, transparency, orientation and rows; None if any row is missing."""
    kept = [_PNG]
    packed = []
    header = b""
    for kind, body, sound in _png_chunks(data):
        if kind == b"IHDR" and sound and len(body) == 13:
            header = body
        elif kind == b"IDAT":
            packed.append(body)  # zlib data carries its own checksum
            continue
        elif kind not in (b"PLTE", b"tRNS", b"eXIf") or not sound:
            continue
        kept.append(_png_chunk(kind, body))
    rows = _png_rows(b"".join(packed), header) if header else None
    if rows is None:
        return None
    return b"".join((*kept, _png_chunk(b"IDAT", zlib.compress(rows, 1)), _png_chunk(b"IEND", b"")))


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bool]]:
    """Yield (kind, body, whether the checksum is right) of every chunk; the last one may be truncated."""
    place = len(_PNG)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        check = data[place + 8 + length : place + 12 + length]
        yield kind, body, check == struct.pack(">I", zlib.crc32(kind + body))
        if kind == b"IEND":
            return
        place += 12 + length


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png_rows(packed: bytes, header: bytes) -> bytes | None:
    """The decompressed rows, still PNG-filtered; None unless all are there."""
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if colour not in _CHANNELS or bits not in (1, 2, 4, 8, 16) or not (width and height):
        return None
    depth = _CHANNELS[colour] * bits
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    needed = 0
    for left, top, across, down in passes:
        columns, lines = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and lines > 0:
            needed += lines * (1 + -(-columns * depth // 8))
    if needed > _MOST_ROWS:
        return None
    try:
        rows = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed[2:], needed)  # ignores the checksum
    except zlib.error:
        return None
    return rows if len(rows) == needed else None


def _jpeg(data: bytes, keep_exif: bool) -> bytes | None:
    """A JPEG without application and comment segments; Adobe's stays, as it defines the colour encoding."""
    kept = [data[:2]]
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # padding
            place += 1
            continue
        if marker == 0xDA:  # start of scan: the picture
            return b"".join((*kept, data[place:]))
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        beside = marker == 0xFE or 0xE1 <= marker <= 0xEF
        if not beside or marker == 0xEE or (keep_exif and marker == 0xE1):
            kept.append(data[place : place + 2 + length])
        place += 2 + length
    return None


def _webp(data: bytes) -> bytes | None:
    """A WebP with only its first picture and its alpha."""
    place = 12
    alpha = picture = b""
    size = b""
    while place + 8 <= len(data) and not picture:
        kind, length = struct.unpack_from("<4sI", data, place)
        whole = data[place : place + 8 + length]
        if kind == b"VP8X" and len(whole) >= 18:
            size = whole[12:18]
        elif kind == b"ALPH":
            alpha = whole + b"\0" * (length % 2)
        elif kind in (b"VP8 ", b"VP8L"):
            picture = whole + b"\0" * (length % 2)
        place += 8 + length + length % 2
    if not picture:
        return None
    extended = struct.pack("<4sII", b"VP8X", 10, 0x10) + size if alpha and size else b""
    body = b"WEBP" + extended + (alpha if extended else b"") + picture
    return b"RIFF" + struct.pack("<I", len(body)) + body
