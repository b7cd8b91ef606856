"""Exports codes as CSV or NPZ: one row per image, all models side by side. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np

from trainer.export.archive import write_archive
from trainer.export.partial_file import partial_file
from trainer.export.table import figure_cell, head_line, table_lines, text_cell, write_settings
from trainer.progress import Progress
from trainer.sentences import Sentence

#: Losses of each image that a table may hold, in nats.
LOSSES = ("reconstruction", "kl")
#: Numbers formatted between two yields: about 20 ms.
_PIECE = 20_000


class Images(Protocol):
    """What a table takes from a data set: see `trainer.data.images.ImageData`."""

    @property
    def train_count(self) -> int: ...
    @property
    def labels(self) -> np.ndarray | None: ...
    @property
    def label_names(self) -> tuple[str, ...]: ...
    @property
    def factors(self) -> np.ndarray | None: ...
    @property
    def factor_names(self) -> tuple[str, ...]: ...
    @property
    def files(self) -> tuple[str, ...]: ...
    def places(self, rows: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CodeTable:
    """The content of the file.

    Attributes:
        rows: int64 (n,), index of each image in its source.
        files: the file of each image; () if the data are not files.
        labels: int64 (n,), -1 where unknown; None without classes. label_names: in label order.
        factors: float32 (n, F), NaN where unknown; None without factors. factor_names: one per column.
        held_out: bool (n,), whether an image is held out of training.
        codes: for each model float32 (n, d): z of an autoencoder, μ of a model with a posterior.
        sigmas: for each model the posterior's σ, float32 (n, d), or None.
        losses: for each model the losses of each image, float64 (n,), by names from `LOSSES`; () for none.
    """

    rows: np.ndarray = field(repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)
    labels: np.ndarray | None = field(default=None, repr=False)
    label_names: tuple[str, ...] = ()
    factors: np.ndarray | None = field(default=None, repr=False)
    factor_names: tuple[str, ...] = ()
    held_out: np.ndarray = field(repr=False)
    codes: tuple[np.ndarray, ...] = field(repr=False)
    sigmas: tuple[np.ndarray | None, ...] = field(repr=False)
    losses: tuple[dict[str, np.ndarray], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        factors = self.rows if self.factors is None else self.factors
        columns = (self.rows, self.files or self.rows, factors, self.held_out, *self.codes)
        if len({len(column) for column in columns}) != 1 or len(self.codes) != len(self.sigmas):
            raise ValueError("all columns of a table of codes are of one length")
        if (0 if self.factors is None else self.factors.shape[1]) != len(self.factor_names):
            raise ValueError("every factor of a table of codes has a name")

    @classmethod
    def of(
        cls,
        data: Images,
        rows: np.ndarray,
        *,
        codes: Sequence[np.ndarray],
        sigmas: Sequence[np.ndarray | None],
        losses: Sequence[dict[str, np.ndarray]] = (),
    ) -> Self:
        """The table of the rows `rows` of `data`, int64 (n,), with the columns of each model."""
        return cls(
            rows=data.places(rows),
            files=tuple(data.files[row] for row in rows.tolist()) if data.files else (),
            labels=None if data.labels is None else data.labels[rows],
            label_names=data.label_names,
            factors=None if data.factors is None else data.factors[rows],
            factor_names=() if data.factors is None else data.factor_names,
            held_out=rows >= data.train_count,
            codes=tuple(codes),
            sigmas=tuple(sigmas),
            losses=tuple(losses),
        )

    @property
    def figures(self) -> list[tuple[str, np.ndarray]]:
        """(heading, (n,)) of every numeric column: factor_NAME, ..., m1_z1, ..., m1_sigma1, ..., m1_kl."""
        # The prefix distinguishes a factor called "label" or "m1_z1" from those columns.
        factors = () if self.factors is None else self.factors.T
        columns = [(f"factor_{name}", values) for name, values in zip(self.factor_names, factors, strict=True)]
        for number, (codes, sigmas) in enumerate(zip(self.codes, self.sigmas, strict=True), start=1):
            columns += [(f"m{number}_z{place + 1}", codes[:, place]) for place in range(codes.shape[1])]
            if sigmas is not None:
                columns += [(f"m{number}_sigma{place + 1}", sigmas[:, place]) for place in range(sigmas.shape[1])]
            if self.losses:
                columns += [(f"m{number}_{name}", losses) for name, losses in self.losses[number - 1].items()]
        return columns


def write_codes_csv(path: Path, table: CodeTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Write a CSV with the columns row, file, label, split, factor_NAME, ..., m1_z1, ...; `settings` go beside it.

    Yields progress. Raises `OSError`.
    """
    with partial_file(path) as file:
        done = 0
        for count, piece in csv_pieces(table):
            file.write(piece)
            done += count
            yield Progress(done, len(table.rows), Sentence("images"), Sentence("Writing"))
    write_settings(path, settings)


def csv_pieces(table: CodeTable) -> Iterator[tuple[int, bytes]]:
    """Yield (images done, bytes) in the CSV dialect of `trainer.export.table`; the first piece is the heading."""
    columns = table.figures
    heads = ["row", *(["file"] if table.files else []), "label", "split", *(head for head, _ in columns)]
    yield 0, head_line(heads)
    step = max(1, _PIECE // max(1, len(columns)))
    for start in range(0, len(table.rows), step):
        piece = slice(start, start + step)
        lines = _lines(table, [values[piece].tolist() for _, values in columns], piece)
        yield len(table.rows[piece]), table_lines(lines)


def _lines(table: CodeTable, columns: list[list[float]], piece: slice) -> Iterator[list[str]]:
    labels = table.labels[piece].tolist() if table.labels is not None else None
    files = table.files[piece]
    for place, row in enumerate(table.rows[piece].tolist()):
        label = table.label_names[labels[place]] if labels is not None and labels[place] >= 0 else ""
        split = "held-out" if table.held_out[piece][place] else "train"
        names = [*files[place : place + 1], label]
        yield [str(row), *map(text_cell, names), split, *(figure_cell(column[place]) for column in columns)]


def write_codes_npz(path: Path, table: CodeTable, settings: dict[str, Any]) -> Iterator[Progress | None]:
    """Write the arrays rows, files, labels, label_names, factors, factor_names, held_out, codes_1, sigma_1, ...

    `settings` are included as JSON.
    Yields progress. Raises `OSError`.
    """
    arrays = {"rows": table.rows, "held_out": table.held_out}
    if table.files:
        arrays["files"] = np.array(table.files, dtype=np.str_)
    if table.labels is not None:
        arrays |= {"labels": table.labels, "label_names": np.array(table.label_names, dtype=np.str_)}
    if table.factors is not None:
        arrays |= {"factors": table.factors, "factor_names": np.array(table.factor_names, dtype=np.str_)}
    for number, (codes, sigmas) in enumerate(zip(table.codes, table.sigmas, strict=True), start=1):
        arrays[f"codes_{number}"] = codes
        if sigmas is not None:
            arrays[f"sigma_{number}"] = sigmas
    yield from write_archive(path, arrays, settings)
