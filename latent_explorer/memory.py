"""Configures glibc's allocator so that freed memory returns to the system.

During training, every refresh of the maps allocates arrays of some megabytes (codes, weights, pictures) in several
threads and frees those of the previous refresh. glibc adapts to that by serving ever larger blocks from its heaps
instead of separate mappings, with a heap per thread. Freed blocks are then scattered between live ones, and the
process grew by megabytes per minute with a constant number of objects. Fixed thresholds keep large blocks in
separate mappings, which are returned when they are freed.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable

#: Parameters of mallopt(3).
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
#: Minimum size in bytes of blocks with a separate mapping: below the size of a map's codes, and above that of
#: arrays allocated at every mouse move, which would otherwise pay for new pages each time.
LARGE = 1 << 19
#: Free bytes at the end of a heap that are kept.
_KEPT = 4 << 20
#: Number of heaps. Because of the GIL the window's threads rarely allocate at the same time.
_HEAPS = 2


def freeze_objects() -> None:
    """Exclude all existing objects from garbage collection.

    Call it once the window has been painted: a hundred thousand objects live until the end of the program, and
    traversing them stopped the window for a tenth of a second every few minutes.
    """
    gc.freeze()


def collect_frozen() -> None:
    """Collect garbage among the excluded objects, too: many were replaced. Takes tenths of a second."""
    frozen = bool(gc.get_freeze_count())
    gc.unfreeze()
    gc.collect()
    if frozen:
        gc.freeze()


def trim_heap() -> bool:
    """Return free pages between blocks in use to the system; True if there were any. Takes milliseconds.

    Small blocks of the curves and of the tools leave about 2 MB of such pages per minute during training.
    """
    trim = _of_glibc("malloc_trim")
    return trim is not None and bool(trim(0))


def configure_allocator() -> bool:
    """Set the allocator's thresholds for this process; False without glibc.

    Call it before threads start: an existing heap of a thread stays. Systems other than Linux with glibc do not
    need it.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is None:
        return False
    limits = ((_M_MMAP_THRESHOLD, LARGE), (_M_TRIM_THRESHOLD, _KEPT), (_M_ARENA_MAX, _HEAPS))
    set_all = [bool(mallopt(name, value)) for name, value in limits]
    return all(set_all)


def _of_glibc(name: str) -> Callable[..., int] | None:
    """A function of glibc; None on another system or with another C library, such as musl."""
    if sys.platform != "linux":
        return None
    try:
        return getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError):
        return None
