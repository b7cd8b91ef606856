"""The classifier whose hidden layer is FD-clf's feature space: `python -m tests.train_classifier [--to FILE]`.

Trains an MLP 784-256-64-10 on the 60,000 training images of MNIST (LATENT_EXPLORER_DATA), seeded, on one CPU
thread, in some twenty seconds. Prints its accuracy on the test part with the float16 weights as written, and the
hash that `trainer.metrics.classifier` pins.

Plain cross-entropy on purpose: with label smoothing, dropout or shifted images it names a few more digits rightly
(98.8 %), but features of pictures that are no digits move towards those of digits, and distances tell less.
"""

from __future__ import annotations

import argparse
import hashlib
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save

from trainer.data import registry
from trainer.data.images import default_data_folder
from trainer.metrics.classifier import FILE, LAYERS, forward

PLACE = Path(__file__).resolve().parent.parent / "resources" / "classifier" / FILE
EPOCHS = 8
BATCH = 128
RATE = 2e-3


def trained(images: torch.Tensor, labels: torch.Tensor) -> dict[str, np.ndarray]:
    """Weights after `EPOCHS` epochs, as float16 arrays named as `trainer.metrics.classifier` reads them."""
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    network = torch.nn.Sequential()
    linear = []
    for place, (inward, outward) in enumerate(pairwise(LAYERS)):
        linear.append(torch.nn.Linear(inward, outward))
        network.append(linear[-1])
        if place < len(LAYERS) - 2:
            network.append(torch.nn.ReLU())
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    steps = EPOCHS * (len(images) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for epoch in range(EPOCHS):
        order = torch.randperm(len(images), generator=generator)
        for start in range(0, len(order) - BATCH + 1, BATCH):
            rows = order[start : start + BATCH]
            loss = torch.nn.functional.cross_entropy(network(images[rows].flatten(1)), labels[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        print(f"epoch {epoch + 1} of {EPOCHS}, last batch's loss {loss.item():.3f}", flush=True)
    weights = {}
    for place, layer in enumerate(linear):
        weights[f"{place}.weight"] = layer.weight.detach().numpy().astype(np.float16)
        weights[f"{place}.bias"] = layer.bias.detach().numpy().astype(np.float16)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=PLACE, help="where to write")
    place = parser.parse_args().to
    torch.set_num_threads(1)
    data = registry.load(registry.config_for("mnist"), default_data_folder())
    assert data.labels is not None
    images, labels = torch.from_numpy(data.images[:, 0].copy()).float() / 255, torch.from_numpy(data.labels.copy())
    weights = trained(images[: data.train_count], labels[: data.train_count])
    _, scores = forward(weights, images[data.train_count :].flatten(1).numpy())
    accuracy = float((scores.argmax(1) == data.labels[data.train_count :]).mean())
    contents = save(weights)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(contents)
    digest = hashlib.blake2b(contents, digest_size=32).hexdigest()
    print(f"{place}: {len(contents)} bytes, accuracy on the test part {accuracy:.2%}, blake2b {digest}")


if __name__ == "__main__":
    main()
