"""Decodes the pictures of a folder with one value scale and one background for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import numpy as np

from trainer.config import DataConfig
from trainer.data.colour import grey
from trainer.data.folder_survey import Surveyed, still_there
from trainer.data.image_file import square_pages
from trainer.data.images import SkippedFile
from trainer.data.in_threads import THREADS, in_threads
from trainer.data.loading import Loading
from trainer.data.memory import check_memory
from trainer.data.picture import Picture, Reading, visit
from trainer.data.picture_opening import reason
from trainer.data.transparency import WHITE, background_for
from trainer.data.white_level import PixelScale, scale_of
from trainer.sentences import Sentence

_BLOCK = 256  # pages of one file per job, and images per block
_REPORT = 16  # pictures between two progress reports
_TRANSPARENT = 64  # transparent pictures sampled to choose the common background
_BYTE = np.dtype(np.uint8)
_T = TypeVar("_T")


class FolderPixels:
    """Decodes surveyed pictures.

    Attributes:
        skipped: files that could not be decoded.
        remarks: sentences about what was guessed for values and background.
        white: a guessed white level, to be stored in the config; None if nothing had to be guessed.
    """

    def __init__(self, pictures: Sequence[Surveyed], root: Path, config: DataConfig, loading: Loading) -> None:
        self.skipped: list[SkippedFile] = []
        self.remarks: list[Sentence] = []
        self.white: float | None = None
        self._pictures = pictures
        self._root = root
        self._config = config
        self._loading = loading
        self._bad: set[int] = set()

    def read(self, side: int) -> tuple[np.ndarray, list[int]]:
        """All pictures that can be decoded: uint8 (n, C, side, side), and their indices among those surveyed.

        Raises `DataError` if they do not fit into memory or their values have no usable scale.
        """
        config, count = self._config, len(self._pictures)
        coloured = any(picture.header.may_be_coloured for picture in self._pictures)
        channels = 1 if config.colour == "grey" or (config.colour == "auto" and not coloured) else 3
        largest = max(picture.header.width * picture.header.height for picture in self._pictures)
        # The result, a grey copy in case no picture contains colour, and the decoders' buffers.
        needed = count * (channels + (channels == 3)) * side * side + THREADS * largest * 16
        what = Sentence(
            "{count:,} images from {path}, brought to {side} x {side} pixels,",
            count=count,
            path=self._root,
            side=side,
        )
        check_memory(needed, what)
        images = np.empty((count, channels, side, side), np.uint8)
        reading = Reading(former=True) if config.former else Reading(self._scales(), self._background())
        used = self._decode(images, reading)
        if self._is_dark(images, used, reading) and (scales := self._scales_of_bytes()):
            used = self._decode(images, Reading(scales, reading.background))
        for place, row in enumerate(used):  # close the gaps left by unreadable files
            images[place] = images[row]
        images = images[: len(used)]
        if config.colour == "auto" and channels == 3 and not _any_colour(images):
            images = grey(images)
        return images, used

    def _decode(self, images: np.ndarray, reading: Reading) -> list[int]:
        """Fill `images` (n, C, side, side) and return the rows that were decoded, ascending."""
        _, channels, side, _ = images.shape

        def work(path: Path, pages: Sequence[int]) -> Iterator[np.ndarray | BaseException]:
            return square_pages(path, pages, side, self._config.fit, channels, reading)

        used = []
        for row, pixels in self._each(range(len(images)), work, Sentence("Reading images")):
            images[row] = pixels
            used.append(row)
        return sorted(used)

    # ------------------------------------------------------------------ common scale and background

    def _scales(self) -> dict[np.dtype, PixelScale]:
        """The scale of every dtype; for uint8 only if a white level was chosen or stored."""
        deep = {picture.header.depth for picture in self._pictures} - {None}
        scales = {}
        for depth in sorted((depth for depth in deep if depth is not None), key=str):
            rows = [row for row, picture in enumerate(self._pictures) if picture.header.depth == depth]
            scale = self._scale(depth, rows)
            if scale is not None:
                scales[depth] = scale
        if len(deep) > 1:
            self.white = None  # the config holds one level, which would be applied to every dtype
        if not deep and self._config.white is not None:
            scales[_BYTE] = PixelScale(self._config.white)
        return scales

    def _scales_of_bytes(self) -> dict[np.dtype, PixelScale]:
        scale = self._scale(_BYTE, range(len(self._pictures)))
        return {} if scale is None or scale.white == 255 else {_BYTE: scale}

    def _scale(self, depth: np.dtype, rows: Sequence[int]) -> PixelScale | None:
        def work(path: Path, pages: Sequence[int]) -> Iterator[tuple[float, float] | BaseException]:
            return visit(path, pages, Picture.value_range)

        ranges = [found for _, found in self._each(rows, work, Sentence("Looking at images"))]
        if not ranges:
            return None
        low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
        scale = scale_of(
            depth, low, high, Sentence("The set of images {path}", path=self._root), self._config.white
        )
        self.remarks += scale.remarks
        if scale.guessed:
            self.white = scale.white
        return scale

    def _is_dark(self, images: np.ndarray, used: list[int], reading: Reading) -> bool:
        """Whether 8-bit pictures use less than half of their value range."""
        if self._config.former or reading.scales or not used:
            return False
        return all(images[row].max() < 128 for row in used)

    def _background(self) -> int:
        transparent = [row for row, picture in enumerate(self._pictures) if picture.header.may_be_transparent]

        def work(path: Path, pages: Sequence[int]) -> Iterator[float | BaseException | None]:
            return visit(path, pages, Picture.brightness)

        shown = [found for _, found in self._each(transparent[:_TRANSPARENT], work, Sentence("Looking at images"))]
        background = background_for([value for value in shown if value is not None])
        if background != WHITE:
            self.remarks.append(
                Sentence("The images are bright where they show anything, so what is transparent is black.")
            )
        return background

    # ------------------------------------------------------------------ every picture

    def _each(
        self,
        rows: Sequence[int],
        work: Callable[[Path, Sequence[int]], Iterator[_T | BaseException]],
        what: Sentence,
    ) -> Iterator[tuple[int, _T]]:
        """Yield (row, result of `work`); damaged pictures are skipped. Each file is opened once."""

        def job(rows: list[int]) -> list[_T | BaseException]:
            pictures = [self._pictures[row] for row in rows]
            return list(work(pictures[0].file.path, [picture.header.page for picture in pictures]))

        done = 0
        jobs = self._jobs([row for row in rows if row not in self._bad])
        for group, results in in_threads(job, jobs, self._loading.check, lambda: still_there(self._root)):
            for row, result in zip(group, results, strict=True):
                if done % _REPORT == 0:
                    self._loading.advance(done, len(rows), Sentence("images"), what)
                done += 1
                if isinstance(result, BaseException):
                    self._bad.add(row)
                    self.skipped.append(SkippedFile(self._pictures[row].file.name, reason(result)))
                else:
                    yield row, result
        still_there(self._root)

    def _jobs(self, rows: Sequence[int]) -> list[list[int]]:
        """The rows grouped into jobs: pages of one file together, in page order."""
        jobs = [[row] for row in rows if self._pictures[row].file.page is None]
        pages = [row for row in rows if self._pictures[row].file.page is not None]
        pages.sort(key=lambda row: (self._pictures[row].file.parts, self._pictures[row].header.page))
        for _, group in groupby(pages, key=lambda row: self._pictures[row].file.path):
            stack = list(group)
            jobs += [stack[start : start + _BLOCK] for start in range(0, len(stack), _BLOCK)]
        return jobs


def _any_colour(images: np.ndarray) -> bool:
    """Whether any pixel of uint8 (N, 3, H, W) has unequal channels."""
    return any(
        bool((block[:, :1] != block[:, 1:]).any())
        for block in (images[start : start + _BLOCK] for start in range(0, len(images), _BLOCK))
    )
