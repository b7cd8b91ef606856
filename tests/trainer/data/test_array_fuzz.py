"""Array files with random damage give data or a `DataError`, nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.data.images import DataError, ImageData

Load = Callable[..., ImageData]
IMAGES = np.random.default_rng(0).integers(0, 256, (12, 9, 7), np.uint8)
_TEXT = np.array(["ant", "bee", "çok"] * 4)


def _saved(save: Callable[..., None], *unnamed: np.ndarray, **named: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    save(buffer, *unnamed, **named)
    return buffer.getvalue()


#: Parts to damage: the header, an archive's directory, the values.
FILES = {
    "images.npy": _saved(np.save, IMAGES),
    "floats.npy": _saved(np.save, IMAGES[:, :4, :4].astype(np.float32)),
    "packed.npz": _saved(np.savez_compressed, images=IMAGES > 250, labels=np.arange(12)),
    "stored.npz": _saved(np.savez, images=IMAGES, labels=_TEXT, factors=np.linspace(0, 1, 24).reshape(12, 2)),
    "gaps.npz": _saved(np.savez, images=IMAGES, labels=np.array([0, 1, np.nan] * 4)),
    "parts.npz": _saved(np.savez, x_train=IMAGES, y_train=np.eye(3)[np.arange(12) % 3], x_val=IMAGES[:3]),
    "positions.npz": _saved(np.savez, IMAGES, np.arange(12) % 2, _TEXT),
}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(FILES)),
    changes=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), min_size=1, max_size=5),
    cut=st.integers(0, 40),
)
def test_any_bytes_give_data_or_a_sentence(name: str, changes, cut: int, tmp_path: Path, load_array: Load):
    path = tmp_path / name
    content = bytearray(FILES[name])
    for place, value in changes:
        content[place % len(content)] = value
    path.write_bytes(content[: len(content) - max(0, cut - 30)])
    try:
        data = load_array(path)
    except DataError as error:
        sentence = str(error)
        assert sentence.endswith(".")
        assert "\n" not in sentence
    else:
        assert data.images.dtype == np.uint8
        assert all(str(remark).endswith(".") for remark in data.remarks)
        "".join(data.label_names).encode()


def test_archives_packed_in_other_ways(tmp_path: Path, load_array: Load):
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(tmp_path / "a.npz", "w", method) as archive:
            archive.writestr("images.npy", _saved(np.save, np.zeros((50_000, 8, 8), np.uint8)))
        assert load_array(tmp_path / "a.npz").count == 50_000
