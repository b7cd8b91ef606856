"""Files that hold several pictures: the pages of a TIFF are pictures each, the frames of an animation are one.

Of a TIFF's pages those are left aside that say that they are a preview or a mask of another. The pictures that
phones keep behind a photograph (depth, gain map, the other eye) are no frames at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from PIL import ImageFile

_SUBFILE = 254  # the TIFF tag by which a page says what it is
_PREVIEW_OR_MASK = 1 | 4
_ANIMATIONS = ("GIF", "PNG", "WEBP")
#: More pages than that are no scan but an attempt to keep the reader busy.
_MOST_PAGES = 100_000


def pages_of(image: ImageFile.ImageFile) -> Iterator[int]:
    """The places of the pictures in an opened file, the image standing at each; at least one."""
    if image.format != "TIFF":
        yield 0
        return
    any_ = False
    for page in range(_MOST_PAGES):
        try:
            image.seek(page)
        except (EOFError, *_DAMAGED):
            if page == 0:
                raise
            break  # the pages before a damaged one are whole
        if not int(getattr(image, "tag_v2", {}).get(_SUBFILE, 0)) & _PREVIEW_OR_MASK:
            any_ = True
            yield page
    if not any_:
        image.seek(0)
        yield 0


def frames_left_out(image: ImageFile.ImageFile) -> int:
    """How many frames of an opened animation follow the first."""
    if image.format not in _ANIMATIONS:
        return 0
    with contextlib.suppress(EOFError, *_DAMAGED):
        return max(0, int(getattr(image, "n_frames", 1)) - 1)
    return 1  # there are more, of which one is damaged


def lacks_rows(image: ImageFile.ImageFile) -> bool:
    """Whether the strips or tiles of a TIFF's page leave part of the picture that it declares uncovered.

    What is not covered would be black, and a file of a kilobyte could declare a gigabyte of it.
    """
    if image.format != "TIFF" or not image.tile:
        return False
    boxes = [tile[1] for tile in image.tile if tile[1] is not None]
    area = sum((right - left) * (lower - upper) for left, upper, right, lower in boxes)
    return area < image.size[0] * image.size[1]


_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, AssertionError)
