"""Time to encode 70,000 images with the default network, as when training pauses and the whole map is wanted."""

from __future__ import annotations

import argparse

from tests.benchmarks.mnist_images import mnist_images
from tests.benchmarks.report import Figure, emit, summarise
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.training.engine import Trainer

FAMILIES = {"variational": ("variational",), "pair": ("autoencoder", "variational")}


def measure(families: tuple[str, ...], data: ImageData, arguments: argparse.Namespace) -> dict[str, Figure]:
    """Milliseconds for the codes of all images and all members, read back, with the snapshots they belong to."""
    models = tuple(ModelConfig(family=name) for name in families)
    train = TrainConfig(threads=arguments.threads, device=arguments.device)
    trainer = Trainer(RunConfig(data=DataConfig(), models=models, train=train), data, Knobs())
    trainer.stepping.calibrate()
    next(trainer.steps())
    trainer.map_report()
    reports = [trainer.map_report(trainer.all_rows) for _ in range(arguments.repeats)]
    figures: dict[str, Figure] = dict(summarise([1000 * report.seconds for report in reports]))
    figures["images_per_s"] = len(trainer.all_rows) / (float(figures["p50_ms"]) / 1000)
    return figures | {"threads": float(trainer.stepping.threads), "device": str(trainer.device)}


def main(argv: list[str]) -> int:
    """Measure one variational autoencoder and a pair."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks encode", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--repeats", type=int, default=7, help="encodings of all images (default 7)")
    parser.add_argument("--threads", type=int, help="torch threads (default: calibrated)")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    arguments = parser.parse_args(argv)
    data, source = mnist_images()
    cases = {name: measure(families, data, arguments) | {"data": source} for name, families in FAMILIES.items()}
    emit("Encoding 70,000 images with MLP 784-512-256-2", cases, arguments.json)
    return 0
