"""Where training runs, with how many threads, and what to do when a card's memory is not enough."""

from __future__ import annotations

import os
import statistics
import time
import warnings
from collections.abc import Callable, Sequence
from functools import cache

import torch

from trainer.config import RunConfig
from trainer.machine_limits import available_cores
from trainer.records import ConfigError
from trainer.sentences import Sentence, SentenceError, one_line

#: More threads must be this much faster to be worth it: on a busy machine they can turn ten times slower.
ADVANTAGE = 1.10
#: Below this batch size a card's memory is not filled by the batch, and shrinking it further does not help.
SMALLEST_BATCH = 16


class DeviceMemoryError(SentenceError):
    """A card's memory did not suffice. The run's state is as after its last good copy; see `roomier`."""


def resolve_device(name: str) -> torch.device:
    """The device that "auto", "cpu" or "cuda" stands for. Raises `ConfigError` if a card is asked for in vain."""
    if name not in ("auto", "cpu", "cuda"):
        raise ConfigError("Device must be auto, cpu or cuda.")
    if name == "cpu":
        return torch.device("cpu")
    failure = card_failure()
    if torch.cuda.is_available() and not failure:
        return torch.device("cuda", torch.cuda.current_device())
    if name == "cuda" and failure:
        raise ConfigError(
            "The CUDA card here cannot be used ({reason}): choose the device cpu or auto.", reason=failure
        )
    if name == "cuda":
        raise ConfigError(
            "No CUDA card can be used here: choose the device cpu or auto, or install a driver that suits torch."
        )
    return torch.device("cpu")


def device_names() -> tuple[str, ...]:
    """Devices that can be chosen on this machine."""
    return ("cpu", "cuda") if torch.cuda.is_available() and not card_failure() else ("cpu",)


@cache
def card_failure() -> Sentence | str:
    """Why the card that is here cannot be used, in torch's words; "" if it can be, or there is none.

    A card can be seen and be of no use: this torch may have no kernels for it, another program may have it for
    itself, its driver may have stopped. Tried once, by a kernel whose result is waited for.
    """
    if not torch.cuda.is_available():
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a card too new or old, which the trial reports better
            ones = torch.ones((8, 8), device="cuda")
            total = float((ones @ ones).sum())
    except Exception as error:  # noqa: BLE001 - whatever it is, the CPU is there
        # Otherwise torch asks the card again at every step on the CPU, and fails where it cannot be opened.
        os.environ.update(CUDA_VISIBLE_DEVICES="", PYTORCH_NVML_BASED_CUDA_CHECK="1")
        lines = str(error).strip().splitlines()
        return one_line(lines[0][:200]) if lines else type(error).__name__
    return "" if total == 8**3 else Sentence("it computes wrongly")


def card_remark() -> Sentence | None:
    """The remark on a card that is here and cannot be used; None if there is none."""
    failure = card_failure()
    if not failure:
        return None
    return Sentence("The CUDA card here cannot be used ({reason}); the CPU is used instead.", reason=failure)


def set_threads(count: int) -> None:
    """Prepare the calling thread for torch's CPU work: thread count, and denormals flushed to zero.

    Both belong to the host thread, so call it at the top of every thread that runs torch. A converged model's
    vanishing gradients become denormal numbers, which a CPU computes many times slower.
    """
    if torch.get_num_threads() != count:
        torch.set_num_threads(count)
    torch.set_flush_denormal(True)


def thread_candidates(cores: int | None = None) -> tuple[int, ...]:
    """Thread counts worth trying: powers of two up to the cores available, and at most 16."""
    most = min(cores or available_cores(), 16)
    return tuple(count for count in (1, 2, 4, 8, 16) if count <= most)


def calibrate_threads(
    step: Callable[[], object],
    candidates: Sequence[int],
    *,
    rounds: int = 5,
    seconds: float = 0.04,
    clock: Callable[[], float] = time.perf_counter,
) -> int:
    """Measure `step` with each number of threads, set the best and return it.

    The candidates take turns, `rounds` times about `seconds` each, so that a passing load of the machine meets
    all of them. The first candidate is kept unless another is more than 10 % faster by the median.
    """
    costs: dict[int, list[float]] = {count: [] for count in candidates}
    for _ in range(rounds):
        for count, samples in costs.items():
            set_threads(count)
            step()  # a pool of another size is set up during the first call
            start, steps = clock(), 0
            while True:
                step()
                steps += 1
                spent = clock() - start
                if spent >= seconds:
                    break
            samples.append(spent / steps)
    best = candidates[0]
    for count in candidates[1:]:
        if statistics.median(costs[count]) * ADVANTAGE < statistics.median(costs[best]):
            best = count
    set_threads(best)
    return best


def roomier(config: RunConfig) -> tuple[RunConfig, Sentence] | None:
    """What to try after `DeviceMemoryError`, and a sentence that says so; None if nothing is left to try.

    Half the batch, down to 16; then the CPU. A trainer built from the new config restores the old one's state.
    """
    train = config.train
    if train.device == "cpu":
        return None
    if train.batch > SMALLEST_BATCH:
        batch = max(SMALLEST_BATCH, train.batch // 2)
        sentence = Sentence(
            "The card's memory is full: training goes on with batches of {batch} instead of {former}.",
            batch=batch,
            former=train.batch,
        )
        return config.replace(train=train.replace(batch=batch)), sentence
    sentence = Sentence("The card's memory is full even with small batches: training goes on with the CPU.")
    return config.replace(train=train.replace(device="cpu")), sentence
