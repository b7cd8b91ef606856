"""Choice of device and number of threads, and smaller settings when GPU memory runs out."""

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

#: More threads are used only if they are faster by this factor: on a busy machine they can become ten times
#: slower.
ADVANTAGE = 1.10
#: Below this size the batch takes a small part of GPU memory, and a smaller one does not help.
SMALLEST_BATCH = 16


class DeviceMemoryError(SentenceError):
    """The GPU's memory was not sufficient. The run was rolled back to its last good state; see `roomier`."""


def resolve_device(name: str) -> torch.device:
    """The device for "auto", "cpu" or "cuda". Raises `ConfigError` if "cuda" is not available."""
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
    """Names of the devices available on this machine."""
    return ("cpu", "cuda") if torch.cuda.is_available() and not card_failure() else ("cpu",)


@cache
def card_failure() -> Sentence | str:
    """Torch's reason why the GPU of this machine cannot be used; "" if it can be, or if there is none.

    A GPU may be visible and unusable: this torch may have no kernels for it, another program may use it
    exclusively, its driver may have failed. Tested once, by running a kernel and waiting for its result.
    """
    if not torch.cuda.is_available():
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # unsupported GPU: the test below reports it better
            ones = torch.ones((8, 8), device="cuda")
            total = float((ones @ ones).sum())
    except Exception as error:  # noqa: BLE001 - for any error the CPU is used instead
        # Otherwise torch queries the GPU again at every step on the CPU, and fails if it cannot be opened.
        os.environ.update(CUDA_VISIBLE_DEVICES="", PYTORCH_NVML_BASED_CUDA_CHECK="1")
        lines = str(error).strip().splitlines()
        return one_line(lines[0][:200]) if lines else type(error).__name__
    return "" if total == 8**3 else Sentence("it computes wrongly")


def card_remark() -> Sentence | None:
    """The remark on a GPU that exists but cannot be used; None if there is none."""
    failure = card_failure()
    if not failure:
        return None
    return Sentence("The CUDA card here cannot be used ({reason}); the CPU is used instead.", reason=failure)


def set_threads(count: int) -> None:
    """Prepare the calling thread for torch's CPU work: thread count, and denormals flushed to zero.

    Both settings are per thread, so call this at the start of every thread that runs torch. The vanishing
    gradients of a converged model become denormal numbers, which a CPU computes many times slower.
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

    The candidates take turns, `rounds` times about `seconds` each, so that a temporary load of the machine affects
    all of them. The first candidate is kept unless another is more than 10 % faster by the median.
    """
    costs: dict[int, list[float]] = {count: [] for count in candidates}
    for _ in range(rounds):
        for count, samples in costs.items():
            set_threads(count)
            step()  # the first call creates a thread pool of the new size
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
    """The config to try after `DeviceMemoryError`, and a sentence about it; None if nothing is left to try.

    Half the batch, down to 16; then the CPU. The state can be restored into a trainer built from the new config.
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
