"""Opens an untrusted picture file with Pillow, and repairs it if possible.

Which exception Pillow raises for a damaged file depends on the format and the damage. `UNREADABLE` contains all
that were observed; readers catch it and report the file.
"""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from PIL import Image, ImageFile, UnidentifiedImageError

from trainer.data.picture_essentials import completed, versions
from trainer.data.picture_names import FORMATS
from trainer.regular_file import open_regular, read_at_most
from trainer.sentences import Sentence, SentenceError, reason_of

_FORMATS = tuple(FORMATS)
_MOST_MENDED = 2**28  # bytes; larger damaged files are not repaired
_T = TypeVar("_T")


class UnusableImageError(SentenceError):
    """A picture that cannot be used; the message is the reason in a few words."""


UNREADABLE = (
    UnusableImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,  # includes UnidentifiedImageError
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RuntimeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)
#: Errors that a repair of the file would not change.
_FINAL = (UnusableImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)


@contextlib.contextmanager
def strict_pillow() -> Iterator[None]:
    """Turn Pillow's decompression bomb warnings into errors and silence its warnings about odd metadata.

    Changes the global warning filters while active, so it is entered once, around all reading.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
        warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
        yield


def with_repairs(
    path: Path,
    work: Callable[[BinaryIO], _T],
    same: Callable[[_T, _T], bool] | None = None,
    *,
    former: bool = False,
) -> _T:
    """The result of `work` on the file `path`; if it fails, of `work` on repaired versions of the file.

    A truncated file is completed with several endings; the result counts if `same` finds all results equal.
    `former` attempts no repair, as the program's first version did. Raises one of `UNREADABLE`.
    """
    with open_regular(path) as file:
        try:
            return work(file)
        except UNREADABLE as error:
            if former or isinstance(error, _FINAL):
                raise
            data = read_at_most(file, _MOST_MENDED)
            if data is not None:
                for result in _mended(data, work, same):
                    return result
            raise


def _mended(data: bytes, work: Callable[[BinaryIO], _T], same: Callable[[_T, _T], bool] | None) -> Iterator[_T]:
    kept = [data]
    for version in versions(data):
        kept.append(version)
        with contextlib.suppress(*UNREADABLE):
            yield work(io.BytesIO(version))
    if same is None:
        return
    for version in kept:
        with contextlib.suppress(*UNREADABLE):
            one, *others = [work(io.BytesIO(whole)) for whole in completed(version)]
            if all(same(one, other) for other in others):
                yield one


def opened(file: BinaryIO) -> ImageFile.ImageFile:
    """Open the picture in `file` without decoding it. Raises one of `UNREADABLE`."""
    try:
        return Image.open(file, formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many(*_declared_sides(file)) from error


def too_many(width: int, height: int) -> UnusableImageError:
    """The error for skipping a picture of this size."""
    return UnusableImageError("{width:,} x {height:,} pixels are too many", width=width, height=height)


def _declared_sides(file: BinaryIO) -> tuple[int, int]:
    """Width and height of a picture that Pillow refuses as too large without naming its size; decodes nothing."""
    Image.init()  # imports all decoders; opening by name would import only the suggested ones
    file.seek(0)
    start = file.read(16)
    for name in _FORMATS:
        plugin, accept = Image.OPEN[name]
        if accept is None or accept(start):
            file.seek(0)
            with contextlib.suppress(SyntaxError), plugin(file, "") as image:
                return image.size
    raise UnusableImageError("it declares far too many pixels")


def reason(error: BaseException) -> Sentence:
    """Why a picture was skipped, in a few words for display."""
    if isinstance(error, UnusableImageError):
        return error.sentence
    if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return Sentence("it declares far too many pixels")
    if isinstance(error, UnidentifiedImageError):
        return Sentence("not a picture in a format that is read here")
    if isinstance(error, FileNotFoundError):
        return Sentence("it vanished")
    if isinstance(error, PermissionError):
        return Sentence("it may not be read")
    if isinstance(error, OSError) and error.errno is not None:  # Pillow's own errors have no errno
        return Sentence("it cannot be read ({reason})", reason=reason_of(error))
    if isinstance(error, MemoryError):
        return Sentence("too large for the memory")
    return Sentence("damaged or cut short")
