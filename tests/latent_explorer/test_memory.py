"""Freed memory returns to the system, even if threads mix large and small blocks."""

from __future__ import annotations

import subprocess
import sys

import pytest

from latent_explorer.memory import configure_allocator

#: Six threads allocate and free blocks like refreshes of the maps, in two rounds; prints the process's memory in
#: MB after each round. Some megabytes of small blocks stay alive at the end.
_WORK = """
import random, sys, threading
import numpy as np, psutil
from latent_explorer.memory import configure_allocator

if "fixed" in sys.argv:
    assert configure_allocator()

def refresh(seed, kept):
    rng, large, small = random.Random(seed), [], []
    for _ in range(200):
        large.append(np.ones(rng.randrange(600_000, 6_000_000), np.uint8))
        small.append(bytes(rng.randrange(100, 20_000)))
        for blocks, most in ((large, 6), (small, 200)):
            if len(blocks) > most:
                blocks.pop(rng.randrange(most))
    kept.append(small)

before = psutil.Process().memory_info().rss
for _ in range(2):
    kept = []
    threads = [threading.Thread(target=refresh, args=(seed, kept)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print((psutil.Process().memory_info().rss - before) / 1e6)
"""


def grown(*arguments: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _WORK, *arguments], capture_output=True, text=True, check=True, timeout=300
    )
    return float(done.stdout)


def test_freed_blocks_of_many_threads_do_not_stay_with_the_process() -> None:
    if not configure_allocator():
        pytest.skip("the C library is not glibc, whose limits are fixed here")
    # Twelve megabytes are alive; with glibc's default settings fifty to two hundred remain.
    assert grown("fixed") < 30


_HOLES = """
import psutil
from latent_explorer.memory import trim_heap

def resident():
    return psutil.Process().memory_info().rss / 1e6

before = resident()
blocks = [bytes(30_000) for _ in range(4_000)]
kept = blocks[::8]
del blocks
held = resident() - before
assert trim_heap()
print(held, resident() - before)
"""


def test_freed_blocks_between_others_go_back() -> None:
    if not configure_allocator():
        pytest.skip("the C library is not glibc, which alone keeps such pages")
    done = subprocess.run([sys.executable, "-c", _HOLES], capture_output=True, text=True, check=True, timeout=300)
    held, rest = map(float, done.stdout.split())
    assert held > 80
    assert rest < 50
