"""Independent random streams derived from a run's one seed.

Each purpose has its own stream, so that switching noise on does not change the order of the batches, and none
depends on how many members a run has: a pair sees exactly what each of its members would see alone.
"""

from __future__ import annotations

import numpy as np
import torch

#: Purpose -> its number in the seed sequence. Numbers are part of what makes old checkpoints resume: never reuse.
STREAMS = {"batches": 1, "corruption": 2, "posterior": 3, "probe": 4, "evaluation": 5, "trial": 6, "prior": 7}


def stream_seed(seed: int, purpose: str, index: int = 0) -> int:
    """A 63-bit seed for `purpose` (a key of `STREAMS`) and its `index`-th use, such as an epoch's number."""
    words = np.random.SeedSequence([seed, STREAMS[purpose], index]).generate_state(1, np.uint64)
    return int(words[0]) >> 1


def stream(seed: int, purpose: str, device: torch.device, index: int = 0) -> torch.Generator:
    """A fresh generator on `device` for `purpose`."""
    generator = torch.Generator(device=device)
    generator.manual_seed(stream_seed(seed, purpose, index))
    return generator


def chosen_rows(seed: int, purpose: str, first: int, end: int, most: int) -> np.ndarray:
    """At most `most` rows of [first, end), a seeded choice without repetition, ascending: int64 (n,)."""
    rows = np.arange(first, end, dtype=np.int64)
    if len(rows) > most:
        generator = np.random.Generator(np.random.PCG64(stream_seed(seed, purpose, first)))
        rows = np.sort(generator.choice(rows, most, replace=False))
    return rows
