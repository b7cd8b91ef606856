"""States of random generators as saved tensors, checked before they are passed to torch."""

from __future__ import annotations

import math
import struct

import torch
from torch import Tensor

from trainer.training.checkpoint_error import StateError

#: Bytes of the state of a CPU generator, of a CUDA generator, and of that in earlier versions of torch.
_CPU, _CARD = 5056, (16, 4 + 12 * 1024 * 200)
#: Words of the Mersenne Twister (Matsumoto & Nishimura 1998).
_WORDS = 624
#: Layout of the CPU state in torch: seed, draws left, seeded, next word, the words, then cached normal numbers
#: (three doubles and whether they are valid, a float and whether it is valid).
_LAYOUT = struct.Struct(f"=QiiQ{_WORDS}Qdddi4xfB3x")


def check_generator(generator: torch.Generator, state: Tensor | None, name: str) -> None:
    """Raise `StateError` unless `state` is valid, belongs to another kind of device, or is None."""
    if state is None:
        return
    right = generator.get_state()
    if state.dtype != torch.uint8 or state.dim() != 1:
        raise StateError("The saved {name} is no state of a random generator.", name=name)
    if state.numel() != right.numel():
        if state.numel() in (_CPU, *_CARD):
            return  # of another kind of device: the generator will be seeded again
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
    """Set `generator` to `state`, or seed it with `otherwise` if the state belongs to another kind of device.

    States of CUDA and CPU generators are not interchangeable. Call `check_generator` first.
    """
    if state is None or state.numel() != generator.get_state().numel():
        generator.manual_seed(otherwise)
    else:
        generator.set_state(state.cpu().flatten())


def _possible(state: Tensor) -> bool:
    """Whether this is a valid state of a CPU generator; torch uses its index without checking it."""
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
