"""States of random generators as saved tensors, checked before torch takes them over."""

from __future__ import annotations

import math
import struct

import torch
from torch import Tensor

from trainer.training.checkpoint_error import StateError

#: Bytes of the state of a CPU's generator, of a card's, and of a card's in earlier versions of torch.
_CPU, _CARD = 5056, (16, 4 + 12 * 1024 * 200)
#: Words of the Mersenne Twister (Matsumoto & Nishimura 1998).
_WORDS = 624
#: How torch lays a CPU's state out: seed, draws left, seeded, next word, the words, then normal numbers kept for
#: later (three double ones and whether they count, a single one and whether it counts).
_LAYOUT = struct.Struct(f"=QiiQ{_WORDS}Qdddi4xfB3x")


def check_generator(generator: torch.Generator, state: Tensor | None, name: str) -> None:
    """Raise `StateError` unless `state` can be continued, or is that of another kind of device, or None."""
    if state is None:
        return
    right = generator.get_state()
    if state.dtype != torch.uint8 or state.dim() != 1:
        raise StateError("The saved {name} is no state of a random generator.", name=name)
    if state.numel() != right.numel():
        if state.numel() in (_CPU, *_CARD):
            return  # of another kind of device: it is seeded again
        raise StateError(
            "The saved {name} has {size} bytes, which no random generator has.", name=name, size=state.numel()
        )
    trial = torch.Generator(device=generator.device)
    try:
        trial.set_state(state.cpu())
    except RuntimeError:
        raise StateError("The saved {name} is no state of a random generator.", name=name) from None
    if state.numel() == _CPU and not _possible(state):
        raise StateError("The saved {name} is no state that a random generator can be in.", name=name)


def restore_generator(generator: torch.Generator, state: Tensor | None, otherwise: int) -> None:
    """Continue `state` in place; seed `generator` with `otherwise` if that is of another kind of device.

    The sequences of a card and of a CPU cannot continue each other. `check_generator` comes first.
    """
    if state is None or state.numel() != generator.get_state().numel():
        generator.manual_seed(otherwise)
    else:
        generator.set_state(state.cpu().flatten())


def _possible(state: Tensor) -> bool:
    """Whether a CPU's generator can be in this state, which torch does not check before it uses its index."""
    _, left, seeded, following, *rest = _LAYOUT.unpack(state.numpy().tobytes())
    words, normals, flags = rest[:_WORDS], (*rest[_WORDS : _WORDS + 3], rest[-2]), (rest[-3], rest[-1])
    fresh = (left, following) == (1, 0)
    standing = fresh or (1 <= left <= _WORDS and left + following == _WORDS + 1)
    return (
        seeded == 1
        and standing
        and max(words) < 2**32
        and all(math.isfinite(number) for number in normals)
        and all(flag in (0, 1) for flag in flags)
    )
