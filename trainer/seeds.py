"""Independent random streams derived from the seed of a run.

Each purpose has its own stream, so that switching noise on does not change the order of the batches, and none
depends on the number of members: each member of a pair gets exactly the batches and noise of a run on its own.
"""

from __future__ import annotations

import numpy as np
import torch

#: Purpose -> its number in the seed sequence. Old checkpoints depend on these numbers: never reuse one.
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
