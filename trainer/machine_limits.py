"""Limits of memory and processor time for this process, which may be far below the machine's resources.

The smallest of three kinds of memory limits applies: control groups version 2 and version 1 (used by containers
and job schedulers; including all parent groups), and the limits of the process itself (`ulimit -v`, `ulimit -d`).
Control groups also limit processor time. A limit that cannot be read is ignored.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

PROC, GROUPS = Path("/proc/self"), Path("/sys/fs/cgroup")
#: Version 1 represents "no limit" by a number of about this size.
_UNLIMITED = 1 << 60


def free_memory() -> int:
    """Bytes that this process can still allocate without swapping or being killed; never negative."""
    import psutil  # takes 75 ms to import, and only large jobs need it

    rooms = [int(psutil.virtual_memory().available), *group_rooms(), *process_rooms()]
    return max(0, min(rooms))


def total_memory() -> int:
    """Bytes of memory that this process could use if nothing else were running."""
    import psutil

    limits = [limit for limit, _ in (*_groups_memory(), *_process_memory())]
    return min([int(psutil.virtual_memory().total), *limits])


def resident_memory() -> int:
    """Resident memory of this process in bytes."""
    import psutil  # slow to import on some systems, and not needed to name the messages

    return int(psutil.Process().memory_info().rss)


def available_cores() -> int:
    """Number of cores that this process may use, limited by affinity and by the processor time quota."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity is not None else os.cpu_count() or 1
    quota = processor_quota()
    return cores if quota is None else max(1, min(cores, math.ceil(quota)))


def group_rooms() -> list[int]:
    """Bytes left in each control group with a limit."""
    return [limit - used for limit, used in _groups_memory()]


def process_rooms() -> list[int]:
    """Bytes left within the limits of this process."""
    return [limit - used for limit, used in _process_memory()]


def processor_quota() -> float | None:
    """Processor time quota of the control groups, in cores; None without a limit."""
    quotas = []
    for folder in _folders("cpu"):
        quota, period = (*_words(folder / "cpu.max"), "", "")[:2]  # version 2, "max 100000"
        if not quota:
            quota = _text(folder / "cpu.cfs_quota_us")  # version 1, -1 for none
            period = _text(folder / "cpu.cfs_period_us")
        if quota.isdecimal() and period.isdecimal() and int(quota) > 0 and int(period) > 0:
            quotas.append(int(quota) / int(period))
    return min(quotas, default=None)


# ---------------------------------------------------------------- memory


def _groups_memory() -> Iterator[tuple[int, int]]:
    """(limit, used) of each limited group, in bytes; reclaimable file cache does not count as used."""
    for folder in _folders("memory"):
        cached = _statistics(folder / "memory.stat")
        for limit_name, used_name, cached_name in (
            ("memory.max", "memory.current", "inactive_file"),
            ("memory.high", "memory.current", "inactive_file"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
        ):
            limit, used = _text(folder / limit_name), _text(folder / used_name)
            if limit.isdecimal() and used.isdecimal() and int(limit) < _UNLIMITED:
                yield int(limit), max(0, int(used) - cached.get(cached_name, 0))


def _process_memory() -> Iterator[tuple[int, int]]:
    """(limit, used) of the address space and of the data segment of this process, in bytes."""
    try:
        import resource
    except ImportError:  # Windows
        return
    pages = _words(PROC / "statm")  # in pages: size resident shared text lib data dirty
    if len(pages) < 6 or not all(page.isdecimal() for page in pages):
        return
    for what, place in ((resource.RLIMIT_AS, 0), (resource.RLIMIT_DATA, 5)):
        limit = resource.getrlimit(what)[0]
        if limit != resource.RLIM_INFINITY and 0 <= limit < _UNLIMITED:
            yield limit, int(pages[place]) * resource.getpagesize()


# ---------------------------------------------------------------- control groups


def _folders(controller: str) -> Iterator[Path]:
    """Folders of this process's control groups for `controller`, innermost first.

    The path that the kernel reports may not exist: a container sees its own group as the root.
    """
    for line in _text(PROC / "cgroup").splitlines():
        parts = line.split(":", 2)
        if len(parts) != 3:
            continue
        _, controllers, path = parts
        if not controllers:  # version 2: one tree for all controllers, possibly beside version 1
            tops = [GROUPS, GROUPS / "unified"]
        elif controller in controllers.split(","):
            tops = list(dict.fromkeys([GROUPS / controller, GROUPS / controllers]))
        else:
            continue
        for top in tops:
            steps = [step for step in path.split("/") if step not in ("", ".", "..")]
            for count in range(len(steps), -1, -1):
                yield top.joinpath(*steps[:count])


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _words(path: Path) -> list[str]:
    return _text(path).split()


def _statistics(path: Path) -> dict[str, int]:
    pairs = (line.split() for line in _text(path).splitlines())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdecimal()}


def parallel_members(members: int) -> int:
    """How many of a run's `members` train at the same time on the CPU, each in its own thread."""
    return min(members, available_cores())
