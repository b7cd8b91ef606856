"""Files with several images: each page of a TIFF is a picture; of an animation only the first frame is used.

TIFF pages marked as preview or mask of another page are ignored, and so are the auxiliary images that phones store
with a photograph (depth, gain map, second eye).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from PIL import ImageFile

_SUBFILE = 254  # TIFF tag NewSubfileType: the kind of a page
_PREVIEW_OR_MASK = 1 | 4
_ANIMATIONS = ("GIF", "PNG", "WEBP")
#: A file with more pages is no scan but an attempt to exhaust the reader.
_MOST_PAGES = 100_000


def pages_of(image: ImageFile.ImageFile) -> Iterator[int]:
    """Yield the index of each page that is a picture, with `image` seeked to it; at least one."""
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
            break  # the pages before a damaged one are usable
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
    return 1  # there are more frames, but one is damaged


def lacks_rows(image: ImageFile.ImageFile) -> bool:
    """Whether the strips or tiles of a TIFF page cover less than the declared picture.

    Uncovered parts would decode as black, so that a file of a kilobyte could declare a gigabyte of pixels.
    """
    if image.format != "TIFF" or not image.tile:
        return False
    boxes = [tile[1] for tile in image.tile if tile[1] is not None]
    area = sum((right - left) * (lower - upper) for left, upper, right, lower in boxes)
    return area < image.size[0] * image.size[1]


_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, AssertionError)
