"""Codes of images as CSV or NPZ, one line an image, for all models side by side. Torch-free."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from trainer.export.archive import write_archive
from trainer.export.partial_file import partial_file
from trainer.export.settings_text import settings_text
from trainer.progress import Progress

#: Figures formatted between two looks whether the file is still wanted: some 20 ms.
_PIECE = 20_000


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CodeTable:
    """What is written.

    Attributes:
        rows: int64 (n,), where the images stand in their source.
        files: the file of each image; () for data that are not files.
        labels: int64 (n,), -1 unknown; None without classes. label_names: in label order.
        held_out: bool (n,), whether an image is kept out of training.
        codes: a model each, float32 (n, d): z of an autoencoder, μ of a model with a posterior.
        spreads: a model each, σ of q(z|x), float32 (n, d), or None.
    """

    rows: np.ndarray = field(repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)
    labels: np.ndarray | None = field(default=None, repr=False)
    label_names: tuple[str, ...] = ()
    held_out: np.ndarray = field(repr=False)
    codes: tuple[np.ndarray, ...] = field(repr=False)
    spreads: tuple[np.ndarray | None, ...] = field(repr=False)

    def __post_init__(self) -> None:
        lengths = {len(column) for column in (self.rows, self.files or self.rows, self.held_out, *self.codes)}
        if len(lengths) != 1 or len(self.codes) != len(self.spreads):
            raise ValueError("all columns of a table of codes are of one length")

    @property
    def figures(self) -> list[tuple[str, np.ndarray]]:
        """(head, float32 (n,)) of every column of figures: m1_z1, m1_z2, ..., m2_z1, ..., m2_sigma1, ..."""
        columns = []
        for number, (codes, spreads) in enumerate(zip(self.codes, self.spreads, strict=True), start=1):
            columns += [(f"m{number}_z{place + 1}", codes[:, place]) for place in range(codes.shape[1])]
            if spreads is not None:
                columns += [
                    (f"m{number}_sigma{place + 1}", spreads[:, place]) for place in range(spreads.shape[1])
                ]
        return columns


def write_codes_csv(path: Path, table: CodeTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """A line "# {settings}", a line of heads (row, file, label, split, m1_z1, ...), a line an image.

    Raises `OSError`. Figures have the nine digits that bring a float32 back exactly.
    """
    columns = table.figures
    with partial_file(path) as file:
        file.write(f"# {settings_text(settings)}\n".encode())
        heads = ["row", *(["file"] if table.files else []), "label", "split", *(head for head, _ in columns)]
        file.write((",".join(heads) + "\n").encode())
        step = max(1, _PIECE // max(1, len(columns)))
        for start in range(0, len(table.rows), step):
            piece = slice(start, start + step)
            file.write(_lines(table, [values[piece].tolist() for _, values in columns], piece))
            yield Progress(min(start + step, len(table.rows)), len(table.rows), "images", "Writing")


def _lines(table: CodeTable, columns: list[list[float]], piece: slice) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    labels = table.labels[piece].tolist() if table.labels is not None else None
    files = table.files[piece]
    for place, row in enumerate(table.rows[piece].tolist()):
        label = table.label_names[labels[place]] if labels is not None and labels[place] >= 0 else ""
        split = "held-out" if table.held_out[piece][place] else "train"
        file = [files[place]] if files else []
        writer.writerow([row, *file, label, split, *(f"{column[place]:.9g}" for column in columns)])
    return text.getvalue().encode()


def write_codes_npz(path: Path, table: CodeTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Arrays rows, files, labels, label_names, held_out, codes_1, sigma_1, ...; `settings` as JSON text."""
    arrays = {"rows": table.rows, "held_out": table.held_out}
    if table.files:
        arrays["files"] = np.array(table.files, dtype=np.str_)
    if table.labels is not None:
        arrays |= {"labels": table.labels, "label_names": np.array(table.label_names, dtype=np.str_)}
    for number, (codes, spreads) in enumerate(zip(table.codes, table.spreads, strict=True), start=1):
        arrays[f"codes_{number}"] = codes
        if spreads is not None:
            arrays[f"sigma_{number}"] = spreads
    yield from write_archive(path, arrays, settings)
