"""Files damaged outside their pixels are repaired; files with missing pixels stay unreadable."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.trainer.data.conftest import Load
from tests.trainer.data.pictures import chunk, deep_png, encoded, noise, save_noise, with_chunks
from trainer.data.image_file import picture_pixels, square_pixels
from trainer.data.picture_opening import UNREADABLE, strict_pillow

GREY = noise(1)
COLOUR = np.random.default_rng(2).integers(0, 256, (28, 28, 3), np.uint8)
PNG = encoded(Image.fromarray(GREY), "PNG")
JPEG = encoded(Image.fromarray(COLOUR), "JPEG", quality=90)
ZEROS = zlib.compress(bytes(2**26))


def text(kind: bytes = b"tEXt") -> bytes:
    return chunk(kind, b"Comment\0hello", sound=False)


def jpeg_with(*segments: bytes) -> bytes:
    return JPEG[:2] + b"".join(segments) + JPEG[2:]


def segment(marker: int, body: bytes, length: int | None = None) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, length or len(body) + 2) + body


def webp_with_metadata(cut: int) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "x" * 400
    whole = encoded(Image.fromarray(COLOUR), "WEBP", lossless=True, exif=exif)
    return whole[:-cut]


WHOLE = {
    "compressed text that is a bomb": with_chunks(PNG, chunk(b"zTXt", b"Comment\0\0" + ZEROS)),
    "the same behind the rows": with_chunks(PNG, chunk(b"zTXt", b"Comment\0\0" + ZEROS), after=True),
    "international text that is a bomb": with_chunks(PNG, chunk(b"iTXt", b"C\0\1\0\0\0" + ZEROS)),
    "a colour profile that is a bomb": with_chunks(PNG, chunk(b"iCCP", b"p\0\0" + ZEROS)),
    "text with a wrong checksum": with_chunks(PNG, text()),
    "text with a wrong checksum behind the rows": with_chunks(PNG, text(), after=True),
    "time with a wrong checksum": with_chunks(PNG, chunk(b"tIME", bytes(7), sound=False)),
    "an unknown part with a wrong checksum": with_chunks(PNG, chunk(b"vpAg", bytes(9), sound=False)),
    "a resolution cut short": with_chunks(PNG, chunk(b"pHYs", b"\0")),
    "no end mark": PNG[:-12],
    "half an end mark": PNG[:-5],
    "no checksum of the rows": PNG[: PNG.index(b"IEND") - 8],
    "no end of the packed rows": PNG[: PNG.index(b"IEND") - 10],
    "a wrong sum of the packed rows": PNG[: PNG.index(b"IEND") - 10] + b"\0\0" + PNG[PNG.index(b"IEND") - 8 :],
    "something behind the end": PNG + b"PK\3\4" + bytes(100),
    "a JPEG without its end": JPEG[:-2],
    "a JPEG with half its end": JPEG[:-1],
    "a JPEG with broken EXIF": jpeg_with(segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\x7f")),
    "a JPEG with a broken preview": jpeg_with(segment(0xE2, b"MPF\0II*\0" + b"\xff" * 30)),
    "a JPEG with a comment that ends early": jpeg_with(segment(0xFE, b"")),
    "a JPEG with broken Photoshop notes": jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0\xff\xff")),
    "a WebP whose metadata are cut": webp_with_metadata(100),
}


def reference(content: bytes) -> np.ndarray:
    kind = "PNG" if content.startswith(b"\x89PNG") else "JPEG" if content.startswith(b"\xff\xd8") else "WEBP"
    whole = {"PNG": PNG, "JPEG": JPEG, "WEBP": webp_with_metadata(-1)[:-1] or b""}[kind]
    if kind == "WEBP":
        whole = encoded(Image.fromarray(COLOUR), "WEBP", lossless=True)
    with Image.open(io.BytesIO(whole)) as image:
        pixels = np.asarray(image)
    return pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)


@pytest.mark.parametrize("name", WHOLE)
def test_a_picture_that_decodes_is_not_lost(name: str, tmp_path: Path):
    path = tmp_path / "a.png"
    path.write_bytes(WHOLE[name])
    expected = reference(WHOLE[name])
    with strict_pillow():
        np.testing.assert_array_equal(square_pixels(path, 28, "crop", len(expected)), expected)
        np.testing.assert_array_equal(picture_pixels(path, 100).transpose(2, 0, 1), expected)


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA", "deep"])
def test_all_kinds_of_rows_are_mended(mode: str, interlaced: bool, tmp_path: Path):
    if mode == "deep":
        whole = deep_png(np.random.default_rng(0).integers(0, 65_536, (9, 7, 3)).astype(np.uint16))
    else:
        whole = encoded(Image.fromarray(COLOUR[:9, :7]).convert(mode), "PNG")
    if interlaced:
        whole = _interlaced(mode)
    for number, content in enumerate((whole, whole[: whole.index(b"IEND") - 8])):
        (tmp_path / f"{number}.png").write_bytes(content)
    one, other = (square_pixels(tmp_path / f"{number}.png", 28, "stretch", 3) for number in range(2))
    np.testing.assert_array_equal(one, other)


def _interlaced(mode: str) -> bytes:
    """A PNG of 9 x 7 random values in Adam7's seven passes."""
    bits, kind, depth = {
        **{"1": (1, 0, 1), "L": (8, 0, 8), "P": (8, 3, 8), "LA": (8, 4, 16), "RGB": (8, 2, 24)},
        **{"RGBA": (8, 6, 32), "deep": (16, 2, 48)},
    }[mode]
    random = np.random.default_rng(3)
    rows = b""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    for left, top, across, down in passes:
        columns, lines = len(range(left, 7, across)), len(range(top, 9, down))
        for _ in range(lines if columns else 0):
            rows += b"\0" + random.integers(0, 256, (columns * depth + 7) // 8, np.uint8).tobytes()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 7, 9, bits, kind, 0, 0, 1))
    palette = chunk(b"PLTE", random.integers(0, 256, 768, np.uint8).tobytes()) if kind == 3 else b""
    return b"\x89PNG\r\n\x1a\n" + header + palette + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


LACKING = {
    "half a PNG": PNG[: len(PNG) // 2],
    "a PNG without its last row": PNG[: PNG.index(b"IEND") - 45],
    "a PNG without rows": PNG[: PNG.index(b"IDAT") - 4],
    "half a JPEG": JPEG[: len(JPEG) // 2],
    "a JPEG without its last blocks": JPEG[:-12],
    "half a progressive JPEG": encoded(Image.fromarray(COLOUR), "JPEG", progressive=True)[:700],
    "half a BMP": encoded(Image.fromarray(COLOUR), "BMP")[:1200],
    "a BMP without its last pixel": encoded(Image.fromarray(COLOUR), "BMP")[:-3],
    "half a PGM": encoded(Image.fromarray(GREY), "PPM")[:400],
    "half a GIF": encoded(Image.fromarray(GREY), "GIF")[:1100],
    "half a WebP": webp_with_metadata(1500),
    "half a TIFF": encoded(Image.fromarray(COLOUR), "TIFF", compression="tiff_lzw")[:700],
}


@pytest.mark.parametrize("name", LACKING)
def test_a_picture_that_lacks_pixels_stays_damaged(name: str, tmp_path: Path):
    path = tmp_path / "a.png"
    path.write_bytes(LACKING[name])
    with strict_pillow(), pytest.raises(UNREADABLE):
        square_pixels(path, 28, "crop", 3)


def exif(kind: int, value: bytes) -> bytes:
    """EXIF data with only an orientation of the given type and value."""
    return b"Exif\0\0II*\0" + struct.pack("<IHHHI4sI", 8, 1, 0x0112, kind, 1, value, 0)


@pytest.mark.parametrize(
    ("content", "turned"),
    [
        (exif(3, struct.pack("<H", 6)), True),
        (exif(4, struct.pack("<I", 6)), True),
        (exif(3, struct.pack("<H", 0)), False),
        (exif(3, struct.pack("<H", 9)), False),
        (exif(4, struct.pack("<I", 70_000)), False),
        (exif(2, b"abc\0"), False),
        (exif(99, b"abcd"), False),
        (exif(3, b"\6\0")[:-9], False),
        (b"Exif\0\0", False),
    ],
)
def test_orientation_counts_if_it_is_sane(content: bytes, turned: bool, tmp_path: Path):
    path = tmp_path / "a.png"
    path.write_bytes(with_chunks(PNG, chunk(b"eXIf", content[6:])))
    with strict_pillow():
        seen = square_pixels(path, 28, "crop", 1)[0]
        path.write_bytes(jpeg_with(segment(0xE1, content)))
        square_pixels(path, 28, "crop", 3)
    np.testing.assert_array_equal(seen, np.rot90(GREY, -1) if turned else GREY)


def test_mended_pictures_are_in_the_set(tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "0.png", tmp_path / "1.png")
    for number, content in enumerate(WHOLE.values()):
        (tmp_path / f"mended-{number}.png").write_bytes(content)
    data = load_folder()
    assert data.skipped == ()
    assert data.count == 2 + len(WHOLE)


def test_a_cut_bmp_needs_its_padding_no_more_than_an_eye_does(tmp_path: Path):
    whole = encoded(Image.fromarray(COLOUR[:, :27]), "BMP")
    (tmp_path / "a.bmp").write_bytes(whole[:-2])
    (tmp_path / "b.bmp").write_bytes(whole)
    one, other = (picture_pixels(tmp_path / name, 100) for name in ("a.bmp", "b.bmp"))
    np.testing.assert_array_equal(one, other)
