"""Training rate: the engine, its peers and the machine's matrix product, taking turns in one run.

Peers: the same engine with one thread in all, a short loop by hand with the images in memory, and the usual
DataLoader loop.

The roofline is what remains if everything but the step's matrix products took no time and those ran as fast as a
1024 x 1024 float32 product with the same number of threads. A case is a function from `Options` to figures, named
in `CASES`; another module may add its own there.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch

from tests.benchmarks.busy import neighbour
from tests.benchmarks.memory_loop import memory_steps
from tests.benchmarks.mnist_images import mnist_images
from tests.benchmarks.report import Figure, emit
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data.images import ImageData, default_data_folder
from trainer.knobs import Knobs
from trainer.training.devices import set_threads
from trainer.training.engine import Trainer

WIDTH, LATENT, BATCH = 400, 20, 128
FAMILIES = {"pair": ("autoencoder", "variational"), "vae": ("variational",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a case receives.

    Attributes:
        rounds: turns that engine, peer and matrix product take.
        seconds: length of one turn of the engine; the others' are in proportion.
        threads: torch threads of all three; None calibrates.
        device: "cpu" or "cuda".
    """

    rounds: int
    seconds: float
    threads: int | None
    device: str
    data: ImageData
    source: str


def compare(families: Sequence[str], options: Options) -> dict[str, Figure]:
    """Images a second (each seen by every member) of the engine, its peer and its limit; medians of the rounds."""
    # Here, because torchvision takes seconds to import and other cases and the tests do without.
    from tests.benchmarks.dataloader_loop import dataloader_steps

    models = tuple(ModelConfig(family=name, widths=(WIDTH,), latent=LATENT) for name in families)
    train = TrainConfig(batch=BATCH, threads=options.threads, device=options.device)
    trainer = Trainer(RunConfig(data=DataConfig(), models=models, train=train), options.data, Knobs())
    trainer.stepping.calibrate()
    alone = Trainer(trainer.config.replace(train=train.replace(threads=1)), options.data, Knobs())
    alone.stepping.parallel = False
    images = options.data.tensor()[: options.data.train_count]
    variational = tuple(name == "variational" for name in families)
    peer = dataloader_steps(images, variational, WIDTH, LATENT, BATCH)
    engine = (report.images for report in trainer.steps())
    in_turn = (report.images for report in alone.steps())
    by_hand = memory_steps(images, models, BATCH)
    flops = sum(step_flops(model) for model in models)
    for steps in (engine, in_turn, by_hand, peer):
        rate_of(steps, options.seconds / 4, trainer.device)  # first calls set things up
    rounds = []
    for _ in range(options.rounds):
        set_threads(trainer.stepping.threads_used)
        rates = {
            "dataloader": rate_of(peer, options.seconds, torch.device("cpu")),
            "roofline": product_flops(options.seconds / 2, trainer.device) / flops,
        }
        set_threads(1)
        rates["one_thread"] = rate_of(in_turn, options.seconds, alone.device)
        rates["by_hand"] = rate_of(by_hand, options.seconds, torch.device("cpu"))
        set_threads(trainer.stepping.threads)
        rates["engine"] = rate_of(engine, options.seconds, trainer.device)
        rounds.append(rates)
    figures: dict[str, Figure] = {
        f"{name}_images_per_s": statistics.median(rates[name] for rates in rounds) for name in rounds[0]
    }
    # Of the same round, so that a machine that slows down meanwhile slows both sides.
    figures |= {
        f"ratio_to_{name}": statistics.median(rates["engine"] / rates[name] for rates in rounds)
        for name in rounds[0]
        if name != "engine"
    }
    # The loop by hand has one thread, so it is the engine with one that must keep up with it.
    figures["one_thread_to_by_hand"] = statistics.median(
        rates["one_thread"] / rates["by_hand"] for rates in rounds
    )
    return figures | {
        "threads": float(trainer.stepping.threads_used),
        "device": str(trainer.device),
        "data": options.source,
    }


def step_flops(model: ModelConfig) -> float:
    """Floating-point operations of one MLP training step for one image, matrix products only.

    Forward, gradients of the weights, and gradients of every layer's input but the first, which is the data.
    """
    heads = 2 if model.family == "variational" else 1
    sizes = (model.pixels, *model.widths)
    inward = sum(a * b for a, b in pairwise(sizes))
    back = (model.latent, *reversed(model.widths), model.pixels)
    outward = sum(a * b for a, b in pairwise(back))
    weights = inward + heads * sizes[-1] * model.latent + outward
    return 2.0 * (3 * weights - sizes[0] * sizes[1])


def rate_of(steps: Iterator[int], seconds: float, device: torch.device) -> float:
    """Images a second while in progress for about `seconds`."""
    wait_for(device)
    start, images, spent = time.perf_counter(), 0, 0.0
    while spent < seconds:
        images += next(steps)
        spent = time.perf_counter() - start
    wait_for(device)
    return images / (time.perf_counter() - start)


def product_flops(seconds: float, device: torch.device, side: int = 1024) -> float:
    """Floating-point operations a second of a float32 matrix product."""
    left, right = torch.rand(side, side, device=device), torch.rand(side, side, device=device)
    result = left @ right
    wait_for(device)
    start, count, spent = time.perf_counter(), 0, 0.0
    while spent < seconds:
        for _ in range(4):
            torch.mm(left, right, out=result)
        wait_for(device)
        count += 4
        spent = time.perf_counter() - start
    return count * 2.0 * side**3 / spent


def wait_for(device: torch.device) -> None:
    """Let a card finish what it was given."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def pair(options: Options) -> dict[str, Figure]:
    """An autoencoder and a variational one on the same batches."""
    return compare(FAMILIES["pair"], options)


def vae(options: Options) -> dict[str, Figure]:
    """A variational autoencoder alone."""
    return compare(FAMILIES["vae"], options)


def window(options: Options) -> dict[str, Figure]:
    """The default pair in the open window beside the same engine without one."""
    # Here, because it needs Qt, and trainer benchmarks also run where there is none.
    from tests.benchmarks.train_window import window_rates

    has_mnist = (default_data_folder() / "MNIST" / "raw" / "train-images-idx3-ubyte").exists()
    data = DataConfig(name="mnist") if has_mnist else DataConfig(name="moons", count=20_000)
    return {
        **window_rates(data, default_data_folder(), max(2, options.rounds // 3), 8 * options.seconds),
        "data": data.name,
    }


CASES: dict[str, Callable[[Options], dict[str, Figure]]] = {"pair": pair, "vae": vae, "window": window}


def main(argv: list[str]) -> int:
    """Measure the cases asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks train", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--case", action="append", choices=list(CASES), help="only this; may be repeated")
    parser.add_argument("--rounds", type=int, default=15, help="turns each (default 15)")
    parser.add_argument("--seconds", type=float, default=0.5, help="seconds a turn (default 0.5)")
    parser.add_argument("--threads", type=int, help="torch threads (default: calibrated)")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--beside", action="store_true", help="beside another busy process")
    chosen = parser.parse_args(argv)
    data, source = mnist_images()
    options = Options(
        rounds=chosen.rounds,
        seconds=chosen.seconds,
        threads=chosen.threads,
        device=chosen.device,
        data=data,
        source=source,
    )
    with neighbour(chosen.beside):
        cases = {name: CASES[name](options) for name in chosen.case or CASES}
    emit("Training 784-400-20, batch 128", cases, chosen.json)
    return 0
