"""How the window's process takes memory from the system, so that what is freed goes back.

While models train, every refresh of the maps brings arrays of some megabytes (codes, weights, pictures) through
several threads, and frees those of the refresh before. glibc's allocator adapts to that in a way that keeps
memory: it serves ever larger blocks from its heaps instead of giving each pages of its own, and gives each thread
a heap of its own. Freed blocks then lie scattered between live ones, and the process grew by megabytes a minute
though no more objects lived. Fixed limits keep large blocks on pages of their own, which return when they are
freed.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable

#: Names of mallopt(3).
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
#: Blocks from this size on get pages of their own. Below the size of a map's codes and above that of what is
#: made for every move of a hand, which would otherwise pay for fresh pages each time.
LARGE = 1 << 19
#: Free memory at a heap's end that is kept rather than given back.
_KEPT = 4 << 20
#: The window's threads take turns in the interpreter, so two heaps are no bottleneck.
_HEAPS = 2


def spare_what_stays() -> None:
    """Have no search for unreachable objects look at those that there are now; they are kept for good.

    Call once the window has been painted: a hundred thousand objects live from the start to the end, and looking
    at them all stopped the window for a tenth of a second every few minutes.
    """
    gc.freeze()


def give_back() -> bool:
    """Give pages of freed memory between blocks in use back to the system; whether there were any. Milliseconds.

    Small blocks of the curves and of what the tools make leave them there: about 2 MB a minute while training.
    """
    trim = _of_glibc("malloc_trim")
    return trim is not None and bool(trim(0))


def return_freed_memory() -> bool:
    """Fix the allocator's limits for this process; whether there was an allocator that has them.

    Call before threads are started: a heap that a thread already has stays. Elsewhere than on Linux with glibc
    nothing needs to be done.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is None:
        return False
    limits = ((_M_MMAP_THRESHOLD, LARGE), (_M_TRIM_THRESHOLD, _KEPT), (_M_ARENA_MAX, _HEAPS))
    set_all = [bool(mallopt(name, value)) for name, value in limits]
    return all(set_all)


def _of_glibc(name: str) -> Callable[..., int] | None:
    """A function of glibc; None on another system, or with another C library, such as musl."""
    if sys.platform != "linux":
        return None
    try:
        return getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError):
        return None
