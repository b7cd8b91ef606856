"""IDX files: valid ones, and all kinds of false headers."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.conftest import idx_bytes
from trainer.data.idx import open_idx, read_idx
from trainer.data.images import DataError
from trainer.progress import CancelledError


@pytest.mark.parametrize("packed", [False, True])
def test_round_trip(packed: bool, tmp_path: Path):
    array = np.arange(3 * 4 * 5, dtype=np.uint8).reshape(3, 4, 5)
    path = tmp_path / ("images.gz" if packed else "images")
    path.write_bytes(gzip.compress(idx_bytes(array)) if packed else idx_bytes(array))
    file = open_idx(path, 3)
    assert file.shape == (3, 4, 5)
    out = np.empty((3, 4, 5), np.uint8)
    read_idx(file, out)
    np.testing.assert_array_equal(out, array)
    some = np.empty((2, 4, 5), np.uint8)
    read_idx(file, some, np.array([0, 2]))
    np.testing.assert_array_equal(some, array[[0, 2]])


def test_chosen_rows_of_many_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("trainer.data.idx._BLOCK", 60)  # three rows
    array = np.random.default_rng(0).integers(0, 256, (20, 4, 5), np.uint8)
    path = tmp_path / "images.gz"
    path.write_bytes(gzip.compress(idx_bytes(array)))
    for rows in ([19], [0, 1, 2, 7, 8, 15], list(range(20))):
        out = np.empty((len(rows), 4, 5), np.uint8)
        read_idx(open_idx(path, 3), out, np.array(rows))
        np.testing.assert_array_equal(out, array[rows])


GOOD = idx_bytes(np.zeros((3, 4, 5), np.uint8))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not an IDX file of 3 dimensions"),
        (b"hello, this is a text file", "not an IDX file"),
        (b"\0\0\x0d\x03" + GOOD[4:], "not an IDX file"),  # floats
        (idx_bytes(np.zeros(60, np.uint8)), "not an IDX file of 3 dimensions"),
        (GOOD[:9], "ends within its header"),
        (GOOD[:-1], "declares 3 x 4 x 5 values, which its 75 bytes do not hold"),
        (GOOD + b"\0", "do not hold"),
        (b"\0\0\x08\x03" + struct.pack(">3I", 2**32 - 1, 512, 512), "do not hold"),
        (b"\0\0\x08\x03" + struct.pack(">3I", 1, 60_000, 1) + bytes(60_000), "do not hold"),
        (b"\0\0\x08\x03" + struct.pack(">3I", 0, 28, 28), "do not hold"),
    ],
)
def test_lying_headers_are_sentences(content: bytes, sentence: str, tmp_path: Path):
    path = tmp_path / "images"
    path.write_bytes(content)
    with pytest.raises(DataError, match=sentence) as caught:
        open_idx(path, 3)
    assert str(path) in str(caught.value)


def test_packed_lies(tmp_path: Path):
    path = tmp_path / "images.gz"
    path.write_bytes(gzip.compress(b"\0\0\x08\x03" + struct.pack(">3I", 10**6, 500, 500)))
    with pytest.raises(DataError, match="do not hold"):
        open_idx(path, 3)
    path.write_bytes(b"not packed at all")
    with pytest.raises(DataError, match="damaged"):
        open_idx(path, 3)

    whole = gzip.compress(idx_bytes(np.random.default_rng(0).integers(0, 256, (30, 28, 28), np.uint8)))
    out = np.empty((30, 28, 28), np.uint8)
    for content in (whole[:-2000], whole[:5000] + bytes((whole[5000] ^ 255,)) + whole[5001:]):
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"damaged|cut short"):
            read_idx(open_idx(path, 3), out)
    path.write_bytes(gzip.compress(GOOD + b"\0"))
    with pytest.raises(DataError, match="longer than it declares"):
        read_idx(open_idx(path, 3), np.empty((3, 4, 5), np.uint8))
    path.write_bytes(gzip.compress(GOOD[:-1]))
    with pytest.raises(DataError, match="cut short"):
        read_idx(open_idx(path, 3), np.empty((3, 4, 5), np.uint8))


def test_cut_short_after_the_header_was_checked(tmp_path: Path):
    path = tmp_path / "images"
    path.write_bytes(GOOD)
    file = open_idx(path, 3)
    path.write_bytes(GOOD[:-10])
    with pytest.raises(DataError, match="cut short"):
        read_idx(file, np.empty((3, 4, 5), np.uint8))


def test_cancel_and_misuse(tmp_path: Path):
    path = tmp_path / "images"
    path.write_bytes(GOOD)
    file = open_idx(path, 3)
    with pytest.raises(CancelledError):
        read_idx(file, np.empty((3, 4, 5), np.uint8), cancelled=lambda: True)
    with pytest.raises(ValueError, match="2 rows of the file's shape"):
        read_idx(file, np.empty((3, 4, 5), np.uint8), np.array([0, 1]))
