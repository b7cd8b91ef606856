"""What this process takes of the machine."""

from __future__ import annotations


def resident_memory() -> int:
    """Resident memory of this process in bytes."""
    import psutil  # slow to import on some systems, and not needed to name the messages

    return int(psutil.Process().memory_info().rss)
