"""A neighbour that keeps a processor busy, for benchmarks that ask what it costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def neighbour(busy: bool) -> Iterator[None]:
    """Another process that counts, if `busy`; ended on leaving."""
    if not busy:
        yield
        return
    with subprocess.Popen([sys.executable, "-c", "while True: sum(range(10_000))"]) as process:
        try:
            yield
        finally:
            process.kill()
