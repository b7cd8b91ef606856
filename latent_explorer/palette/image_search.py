"""Finds images by number, class or file name, in pieces short enough for the window's thread."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from latent_explorer.core.explorer import DataView
from latent_explorer.words.plain_text import folded

#: Maximum number of images listed.
MOST = 200
#: Files or classes searched between two checks of the time.
_PIECE = 2_000
#: Separators between the digits of a number.
_BETWEEN = re.compile(r"(?<=\d)[,.'’\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """rows: the first `MOST` data rows, int64 (n,). total: how many there are."""

    rows: np.ndarray = field(repr=False)
    total: int


def number_in(typed: str) -> int | None:
    """The typed number, including "1,234" and full-width digits; None for anything else."""
    text = folded(typed).strip().lstrip("#").strip()
    while (joined := _BETWEEN.sub("", text)) != text:
        text = joined
    return int(text) if text.isdecimal() and len(text) <= 18 else None


class ImageSearch:
    """Searches the images of one data set. Its index of file names is built by the first search that needs it."""

    def __init__(self, data: DataView) -> None:
        self.data = data
        self._names = [folded(name) for name in data.label_names] if len(data.label_names) <= _PIECE else None
        self._text: str | None = None
        self._starts = np.empty(0, np.int64)

    def steps(self, typed: str) -> Iterator[Found | None]:
        """Search; yields None every few milliseconds, and the result at the end.

        An exact number comes first, then whole class names, then all images whose class or file contains every
        word.
        """
        number, words = number_in(typed), folded(typed).split()
        exact = self._numbered(number)
        if not words:
            yield Found(np.arange(min(MOST, self.data.count), dtype=np.int64), self.data.count)
            return
        names = yield from self._class_names()
        matches = np.ones(self.data.count, bool)
        for word in words:
            hit = np.zeros(self.data.count, bool)
            if self.data.labels is not None and names:
                of_class = np.zeros(len(names) + 1, bool)
                for start in range(0, len(names), _PIECE):
                    piece = names[start : start + _PIECE]
                    of_class[start : start + len(piece)] = [word in name for name in piece]
                    yield None
                of_class[-1] = False  # the entry of images without a class
                hit |= of_class[self.data.labels]
            yield from self._in_files(word, hit)
            matches &= hit
        whole = np.zeros(self.data.count, bool)
        if self.data.labels is not None and names:
            same = [place for place, name in enumerate(names) if name == " ".join(words)]
            whole = np.isin(self.data.labels, same) & matches if same else whole
        yield None
        first, rest = np.flatnonzero(whole), np.flatnonzero(matches & ~whole)
        order = np.concatenate([exact, self._by_number(first), self._by_number(rest)])
        if len(exact):
            order = np.concatenate([exact, order[len(exact) :][order[len(exact) :] != exact[0]]])
        yield Found(order[:MOST], len(order))

    def _by_number(self, rows: np.ndarray) -> np.ndarray:
        """The first of `rows` by their numbers, then the others as they are."""
        places = self.data.places(rows)
        return rows if self.data.source_rows is None else rows[np.argsort(places, kind="stable")]

    def _numbered(self, number: int | None) -> np.ndarray:
        if number is None:
            return np.empty(0, np.int64)
        if self.data.source_rows is None:
            return np.array([number] if number < self.data.count else [], np.int64)
        return np.flatnonzero(self.data.source_rows == number)[:1]

    def _class_names(self) -> Generator[None, None, list[str]]:
        if self._names is None:
            made: list[str] = []
            for start in range(0, len(self.data.label_names), _PIECE):
                made += [folded(name) for name in self.data.label_names[start : start + _PIECE]]
                yield None
            self._names = made
        return self._names

    def _in_files(self, word: str, hit: np.ndarray) -> Iterator[None]:
        """Mark the images whose file name contains `word`: one search through all names, one per line."""
        files = self.data.files
        if not files:
            return
        if self._text is None:
            lines: list[str] = []
            for start in range(0, len(files), _PIECE):
                lines += [folded(name).replace("\n", " ") for name in files[start : start + _PIECE]]
                yield None
            self._text = "\n".join(lines)
            self._starts = np.cumsum([0, *(len(line) + 1 for line in lines[:-1])])
            yield None
        places = (match.start() for match in re.finditer(re.escape(word), self._text))
        while found := list(islice(places, _PIECE)):
            hit[np.searchsorted(self._starts, found, side="right") - 1] = True
            yield None
