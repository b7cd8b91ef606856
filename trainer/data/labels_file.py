"""Classes and factors of a folder's images from a CSV file that names the files. Torch-free.

One column names the files, as relative or absolute paths or by name alone, with or without the suffix, in any case
and with umlauts composed or not. The column of classes is recognised by its heading ("label", "class", ...), or is
the first one with text; columns of numbers are factors. Mismatches are reported and never abort a load.
"""

from __future__ import annotations

import codecs
import csv
import io
import ntpath
import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from trainer.config import labels_inside
from trainer.data.natural_order import natural_key
from trainer.regular_file import read_regular
from trainer.sentences import Sentence, reason_of

#: File names that are searched beside images, in this order.
NAMES = ("labels.csv", "metadata.csv", "annotations.csv", "labels.tsv", "metadata.tsv")
_MOST_BYTES = 256 << 20
_MOST_CLASSES = 10_000
_DIVIDERS = (",", ";", "\t", "|")
#: Highest number of missing cells: more would take more memory than the file, which is then no table.
_SPARE = 4_000_000
#: Reserved names, which the window offers for colouring beside factors.
_TAKEN = ("class", "split", "none")
#: Number of names listed in a remark.
_FIRST = 3
#: Number of rows searched for the column of files.
_LOOKED_AT = 500
#: Number of trailing path parts that distinguish files of the same name.
_DEEPEST = 12
#: Headings, as `_plain` writes them, of the files and of the classes.
_FILE = frozenset(
    [
        "file",
        "filename",
        "file name",
        "path",
        "file path",
        "filepath",
        "image",
        "image file",
        "image path",
        "image name",
        "image id",
        "img",
        "name",
        "id",
        "datei",
        "dateiname",
        "bild",
        "文件",
        "文件名",
        "图片",
        "路径",
    ]
)
_CLASS = ("label", "labels", "class", "class name", "category", "target", "species", "y", "klasse", "标签", "类别")
_NO_CLASS = ("split", "set", "subset", "usage", "partition")
#: Cells without a value, including the errors that spreadsheets write.
_UNKNOWN = frozenset(
    [
        "",
        "nan",
        "na",
        "n/a",
        "n.a.",
        "none",
        "null",
        "?",
        "-",
        "#n/a",
        "#div/0!",
        "#name?",
        "#null!",
        "#num!",
        "#ref!",
        "#value!",
    ]
)
#: First characters of texts that tables prefix with an apostrophe, as `trainer.export.table` does.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, eq=False)
class FileLabels:
    """The classes and factors of n images from a file of labels.

    Attributes:
        labels: int64 (n,), -1 where unknown; None without a column of classes. label_names: in label order.
        factors: float32 (n, F), NaN where unknown; None without columns of numbers. factor_names: one per column.
        remarks: what is used and what is not, one sentence each.
    """

    labels: np.ndarray | None = field(default=None, repr=False)
    label_names: tuple[str, ...] = ()
    factors: np.ndarray | None = field(default=None, repr=False)
    factor_names: tuple[str, ...] = ()
    remarks: tuple[Sentence, ...] = ()


def labels_beside(folder: Path) -> str | None:
    """The file of labels in `folder`, else in its parent folder, as `DataConfig.labels` names it."""
    whole = Path(os.path.abspath(folder))
    for place in (whole, whole.parent):
        names = NAMES if place == whole else (f"{whole.name}.csv", *NAMES)
        try:
            with os.scandir(place) as listed:
                there = {entry.name.casefold(): entry.name for entry in listed if entry.name[-4:].lower() in _ENDS}
        except OSError:
            continue
        for name in names:
            found = there.get(name.casefold())
            if found is not None and os.path.isfile(place / found):
                return found if place == whole else str(place / found)
    return None


_ENDS = (".csv", ".tsv")


def place_of(labels: str, root: Path) -> Path:
    """The file that `DataConfig.labels` names for the images in `root`."""
    return root.joinpath(*labels.split("/")) if labels_inside(labels) else Path(os.path.expanduser(labels))


def named_for(path: str | Path, root: Path) -> str:
    """How `DataConfig.labels` names the file `path`: relative if it is in `root`, so that the folder can be
    moved.
    """
    whole, folder = os.path.abspath(os.path.expanduser(path)), os.path.abspath(os.path.expanduser(root))
    try:
        inside = os.path.relpath(whole, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return whole
    return inside if labels_inside(inside) else whole


def read_labels(path: Path, files: Sequence[str]) -> FileLabels:
    """Read the file `path` for the images `files`: their paths below the chosen folder, with "/".

    Never raises for an invalid file: a remark reports the error, and nothing of the file is used.
    """
    try:
        content = read_regular(path, _MOST_BYTES)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        text = Sentence(
            "{file} could not be read ({reason}), so its labels are not used.", file=path.name, reason=reason
        )
        return FileLabels(remarks=(text,))
    index = _FileIndex(files)
    best: _Table | None = None
    for encoding in _encodings(content):
        try:
            rows = _rows(content.decode(encoding))
        except (UnicodeDecodeError, csv.Error) as error:
            trouble: Exception = error
            continue
        table = _Table.of(rows, index)
        if best is None or table.quality > best.quality:
            best = table
    if best is None:
        text = Sentence("{file} is not a table that can be read ({reason}).", file=path.name, reason=str(trouble))
        return FileLabels(remarks=(text,))
    return best.labels(path.name, index)


def _encodings(content: bytes) -> tuple[str, ...]:
    """Candidate encodings of the text; if it is not UTF-8, the caller takes the one in which most file names
    match.
    """
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return ("utf-32",)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in content[:2]:  # UTF-16 without a mark
        return ("utf-16-be", "utf-16-le") if content[:1] == b"\0" else ("utf-16-le",)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ("cp1252", "gb18030", "latin-1")
    return ("utf-8-sig",)


def _rows(text: str) -> list[list[str]]:
    """The cells of every line that is not empty. Raises `csv.Error`."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    divider = max(_DIVIDERS, key=first.count)
    if (
        len(first) == 5 and first.lower().startswith("sep=") and first[4] in _DIVIDERS
    ):  # a spreadsheet's declaration
        divider, text = first[4], text[text.index(first) + len(first) :]
    read = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    rows = [[_bare(cell.strip()) for cell in row] for row in read]
    if max(map(len, rows), default=0) * len(rows) > len(text) + _SPARE:
        raise csv.Error("its lines have very different numbers of cells")
    commas = divider != ","
    return [[_point(cell) if commas else cell for cell in row] for row in rows if any(row)]


def _bare(cell: str) -> str:
    """The text of a cell written so that a spreadsheet treats it as text: `="007"`, or `'=1+1`."""
    if len(cell) > 2 and cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _point(cell: str) -> str:
    """A number with its decimal comma replaced by a point."""
    whole, comma, rest = cell.partition(",")
    return f"{whole}.{rest}" if comma and rest.isdigit() and whole.lstrip("+-").isdigit() else cell


# ---------------------------------------------------------------- file names


def _folded(name: str) -> tuple[str, ...]:
    """A path in the form used for comparison: folders and file name, composed Unicode, case-folded."""
    text = unicodedata.normalize("NFC", name.strip().strip("\"'")).casefold().replace("\\", "/")
    if text.startswith("file:"):
        text = text[5:]
    return tuple(part for part in ntpath.splitdrive(text)[1].split("/") if part not in ("", "."))


class _FileIndex:
    """Finds images by the names used in a table."""

    def __init__(self, files: Sequence[str]) -> None:
        self.files = files
        self._exact: dict[str, list[int]] = defaultdict(list)
        #: Images by trailing parts of their paths, with and without the file name's suffix.
        self._named: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._stems: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._parts: list[tuple[str, ...]] = []
        for place, file in enumerate(files):
            page = file.rfind("#")
            name = file[:page] if page > 0 and file[page + 1 :].isdigit() else file
            parts = _folded(name)
            self._parts.append(parts)
            for called in {file, name}:  # one page, or all of them
                self._exact[called].append(place)
            self._whole[parts].append(place)
            for end in _ends(parts):
                self._named[end].append(place)
                self._stems[(*end[:-1], end[-1].rpartition(".")[0])].append(place)

    def find(self, cell: str) -> list[int]:
        """Rows of the images in the file called `cell` (several for a file with pages); [] if no file or several
        match.
        """
        if cell in self._exact:
            return self._exact[cell]
        parts = _folded(cell)
        if not parts:
            return []
        index = self._named if parts[-1:] in self._named else self._stems
        # Keep those with the most folders in common, counted from the file.
        found = next((index[end] for end in _ends(parts) if end in index), [])
        if all(self._parts[place] == self._parts[found[0]] for place in found):
            return found
        # "1.png" where there is cat/1.png, too: the one whose full path it is.
        return self._whole.get(parts, []) if index is self._named else []


def _ends(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The trailing parts of a path, longest first."""
    return [parts[start:] for start in range(max(0, len(parts) - _DEEPEST), len(parts))]


# ---------------------------------------------------------------- the table


def _plain(heading: str) -> str:
    return " ".join(unicodedata.normalize("NFC", heading).casefold().replace("_", " ").replace("-", " ").split())


@dataclass(slots=True, eq=False)
class _Table:
    """Rows of cells and the column that names files; -1 if none does."""

    heads: list[str]
    rows: list[list[str]]
    column: int
    quality: int

    @classmethod
    def of(cls, rows: list[list[str]], index: _FileIndex) -> _Table:
        width = max(map(len, rows), default=0)
        rows = [row + [""] * (width - len(row)) for row in rows]
        looked_at = rows[:_LOOKED_AT]
        hits = [sum(bool(index.find(row[column])) for row in looked_at) for column in range(width)]
        heads = rows[0] if rows else []
        column = max(
            range(width),
            key=lambda place: (_plain(heads[place]) in _FILE and hits[place] > 0, hits[place]),
            default=-1,
        )
        if column >= 0 and not hits[column] and len(rows) > len(looked_at):
            # The first lines may refer to other folders.
            hits = [sum(bool(index.find(row[place])) for row in rows) for place in range(width)]
            column = max(range(width), key=hits.__getitem__)
        if column < 0 or not hits[column]:
            named = next((place for place, head in enumerate(heads) if _plain(head) in _FILE), -1)
            return cls(heads, rows[1:], named, 0)
        if index.find(heads[column]):  # there is no heading
            return cls([f"column {place + 1}" for place in range(width)], rows, column, hits[column])
        # Lines with a title may precede the heading.
        head = next((place for place, row in enumerate(looked_at) if _plain(row[column]) in _FILE), 0)
        return cls(rows[head], rows[head + 1 :], column, hits[column])

    def labels(self, file: str, index: _FileIndex) -> FileLabels:
        """The classes and factors of all images."""
        count = len(index.files)
        if not self.quality:
            return FileLabels(remarks=(self._unused(file, index),))
        source, strangers, twice = np.full(count, -1, np.int64), [], []
        for number, row in enumerate(self.rows):
            found = index.find(row[self.column])
            if not found:
                strangers.append(row[self.column])
            elif source[found[0]] >= 0:
                twice.append(row[self.column])
            else:
                source[found] = number
        remarks = self._matches(file, index, source, strangers, twice)
        kinds = self._kinds()
        labels, label_names = self._classes(kinds, source, remarks, file)
        chosen = [place for place, kind in enumerate(kinds) if kind == "number"]
        factors = np.full((count, len(chosen)), np.nan, np.float32)
        known = source >= 0
        for place, column in enumerate(chosen):
            with np.errstate(over="ignore"):  # too large a number becomes infinite, which counts as unknown
                values = np.array([_number(row[column]) for row in self.rows]).astype(np.float32)
            factors[known, place] = np.where(np.isfinite(values), values, np.nan)[source[known]]
        kept = np.flatnonzero(np.isfinite(factors).any(axis=0)).tolist()
        titles = [self._title(chosen[place]) for place in kept]
        used = {chosen[place] for place in kept}
        unused = [
            self._title(column)
            for column, kind in enumerate(kinds)
            if kind == "text" or (kind == "number" and column not in used)
        ]
        if unused:
            remarks.append(
                Sentence(
                    "Columns of {file} that are neither the class nor numbers are not used: {columns}.",
                    file=file,
                    columns=_some(unused),
                )
            )
        known_factors = np.ascontiguousarray(factors[:, kept]) if kept else None
        return FileLabels(labels, label_names, known_factors, _different(titles), tuple(remarks))

    def _title(self, column: int) -> str:
        return self.heads[column] or f"column {column + 1}"

    def _unused(self, file: str, index: _FileIndex) -> Sentence:
        """Why nothing of the table is used."""
        names = [row[self.column] for row in self.rows] if self.column >= 0 else []
        if names:
            return Sentence(
                "{file} names none of the images, so it is not used; it names {names}, and there are {files}.",
                file=file,
                names=_some(names),
                files=_some(index.files),
            )
        return Sentence(
            "{file} has no column with names of the images, so it is not used; there are {files}.",
            file=file,
            files=_some(index.files),
        )

    def _matches(
        self, file: str, index: _FileIndex, source: np.ndarray, strangers: list[str], twice: list[str]
    ) -> list[Sentence]:
        missing = np.flatnonzero(source < 0)
        remarks = []
        if strangers:
            remarks.append(
                Sentence(
                    "Rows of {file} that name no image here, or several, are not used ({count:,} of {all:,}): "
                    "{names}.",
                    count=len(strangers),
                    all=len(self.rows),
                    file=file,
                    names=_some(strangers),
                )
            )
        if len(missing):
            remarks.append(
                Sentence(
                    "Images that have no row in {file} stay without class and factors ({count:,} of {all:,}): "
                    "{names}.",
                    file=file,
                    count=len(missing),
                    all=len(source),
                    names=_some(sorted(index.files[row] for row in missing.tolist())),
                )
            )
        if twice:
            remarks.append(
                Sentence(
                    "Of images that {file} names again the first row is used; further rows: {count:,} ({names}).",
                    count=len(twice),
                    file=file,
                    names=_some(twice),
                )
            )
        return remarks

    def _kinds(self) -> list[str]:
        """The kind of each column: "file", "class", "number", "text" or "empty"."""
        kinds = []
        for column in range(len(self.heads)):
            known = [row[column] for row in self.rows if row[column].casefold() not in _UNKNOWN]
            if column == self.column:
                kinds.append("file")
            elif not known:
                kinds.append("empty")
            else:
                kinds.append("number" if all(_number(cell) == _number(cell) for cell in known) else "text")
        plain = [_plain(head) for head in self.heads]
        named = [column for name in _CLASS for column, head in enumerate(plain) if head == name]
        text = [column for column, kind in enumerate(kinds) if kind == "text" and plain[column] not in _NO_CLASS]
        for column in (*named, *text):
            if kinds[column] in ("text", "number") and self._whole(column) and self._few(column):
                kinds[column] = "class"
                break
        return kinds

    def _whole(self, column: int) -> bool:
        """Whether no cell is a fraction, which could not be a class."""
        numbers = (_number(row[column]) for row in self.rows)
        return all(number != number or number == int(number) for number in numbers if abs(number) != np.inf)

    def _few(self, column: int) -> bool:
        return len({row[column] for row in self.rows}) <= _MOST_CLASSES

    def _classes(
        self, kinds: list[str], source: np.ndarray, remarks: list[Sentence], file: str
    ) -> tuple[np.ndarray | None, tuple[str, ...]]:
        if "class" not in kinds:
            return None, ()
        column = kinds.index("class")
        cells = [row[column] for row in self.rows]
        used = {cells[number] for number in source[source >= 0].tolist()}
        known = {cell for cell in used if cell.casefold() not in _UNKNOWN}
        names = tuple(sorted(known, key=natural_key))
        numbers = {name: number for number, name in enumerate(names)}
        of_row = np.array([numbers.get(cell, -1) for cell in cells] + [-1], np.int64)
        remarks.append(
            Sentence("The classes are those of {column} in {file}.", column=self._title(column), file=file)
        )
        return of_row[source], names


def _number(cell: str) -> float:
    """The number in a cell; NaN for anything else, and for forms that only Python accepts, such as "1_000"."""
    try:
        return np.nan if "_" in cell else float(cell)
    except ValueError:
        return np.nan


def _some(names: Sequence[str]) -> str:
    """The first few names, and how many there are."""
    total = len(names)
    shown = ", ".join(f"{name:.60}" for name in names[:_FIRST])
    return shown if total <= _FIRST else f"{shown}, … ({total:,})"


def _different(names: Iterable[str]) -> tuple[str, ...]:
    """Unique names: a second "x" becomes "x (2)", and so does a name that is reserved."""
    result: dict[str, None] = {}
    for name in names:
        free, number = name, 2
        while free in result or free in _TAKEN:
            free, number = f"{name} ({number})", number + 1
        result[free] = None
    return tuple(result)
