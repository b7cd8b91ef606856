"""What this process takes of the machine."""

from __future__ import annotations

import os


def resident_memory() -> int:
    """Resident memory of this process in bytes."""
    import psutil  # slow to import on some systems, and not needed to name the messages

    return int(psutil.Process().memory_info().rss)


def cores() -> int:
    """Cores this process may run on."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1
