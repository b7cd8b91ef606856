"""Damaged picture files give pixels or an exception out of `UNREADABLE`, nothing else."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from trainer.data.image_file import probe, square_pixels
from trainer.data.picture_opening import UNREADABLE, reason, strict_pillow


def _encoded(kind: str, mode: str) -> bytes:
    random = np.random.default_rng(0)
    image = Image.fromarray(random.integers(0, 256, (24, 20, 3), np.uint8)).convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


SEEDS = [
    _encoded("PNG", "RGBA"),
    _encoded("PNG", "P"),
    _encoded("JPEG", "RGB"),
    _encoded("GIF", "P"),
    _encoded("BMP", "RGB"),
    _encoded("TIFF", "RGB"),
    _encoded("WEBP", "RGB"),
    _encoded("PPM", "L"),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    keep=st.floats(0, 1),
)
def test_any_bytes_give_pixels_or_a_reason(seed, changes, keep, tmp_path: Path):
    content = bytearray(seed)
    for place, value in changes:
        content[place % len(content)] = value
    path = tmp_path / "picture.png"
    path.write_bytes(content[: max(1, int(len(content) * keep))] if keep < 0.5 else content)
    with strict_pillow():
        try:
            probe(path)
            pixels = square_pixels(path, 28, "crop", 3)
        except UNREADABLE as error:
            words = str(reason(error))
            if not 0 < len(words) < 80:
                pytest.fail(words)
        else:
            assert pixels.shape == (3, 28, 28)
            assert pixels.dtype == np.uint8


def test_large_photographs_are_decoded_small(tmp_path: Path):
    ramp = np.linspace(0, 255, 1680).astype(np.uint8)
    Image.fromarray(np.broadcast_to(ramp, (1280, 1680)).copy()).save(tmp_path / "a.jpg", quality=95)
    pixels = square_pixels(tmp_path / "a.jpg", 32, "crop", 1)
    expected = ramp[200:1480].reshape(32, -1).mean(axis=1)
    assert np.abs(pixels[0] - expected).max() < 3


def test_careful_pillow_leaves_the_filters_as_they_were():
    before = list(warnings.filters)
    with strict_pillow(), pytest.raises(Image.DecompressionBombWarning):
        warnings.warn("large", Image.DecompressionBombWarning, stacklevel=1)
    assert list(warnings.filters) == before
