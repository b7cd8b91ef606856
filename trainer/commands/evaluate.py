"""Measure a run's models: reconstruction, KL, ELBO (nats per image), active units, squared error.

By default on the images that were held out of training, all of them. A run of a single model has its figures at
the top level of the JSON object, too.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

from trainer.commands.choices import add_data_options
from trainer.commands.console import Console
from trainer.commands.opened import WHICH, load_data, rows
from trainer.records import ConfigError
from trainer.training.checkpoint import load, read_description

SUMMARY = "reconstruction, KL, ELBO and active units"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, metavar="DIR", help="a checkpoint")
    parser.add_argument("--which", choices=WHICH, help="which images (held-out)")
    parser.add_argument("--binarise", choices=("none", "dynamic"), help="how pixels are seen (as in the run)")
    parser.add_argument("--iwae", type=int, metavar="K", help="also the IWAE bound with K samples; slow")
    parser.add_argument("--most", type=int, metavar="N", help="at most this many images")
    parser.add_argument("--seed", type=int, metavar="N", help="of the posterior samples (0)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), help="where to compute (auto)")
    add_data_options(parser, "those of the run")


def run(options: dict[str, Any], console: Console) -> None:
    """Load, measure, print."""
    if options.get("iwae", 1) < 1 or options.get("most", 1) < 1 or options.get("seed", 0) < 0:
        raise ConfigError("--iwae and --most must be at least 1, and --seed must not be negative.")
    # Before torch is imported: a wrong path should not take seconds to be told.
    description = read_description(options["checkpoint"])
    data = load_data(options, description, console)

    import torch

    from trainer.metrics.likelihood import evaluate, iwae
    from trainer.models.initialise import build
    from trainer.training.devices import resolve_device

    description, state = load(options["checkpoint"])
    device = resolve_device(options.get("device", "auto"))
    which = options.get("which", "held-out")
    chosen = rows(which, data)
    images = data.tensor()[chosen.start : chosen.stop][: options.get("most")]
    binarise = options.get("binarise", description.config.train.binarise)
    seed = options.get("seed", 0)
    models = []
    for index, (config, traits) in enumerate(zip(description.config.models, description.traits, strict=True)):
        model = build(config, 0).to(device).eval()
        prefix = f"member{index}.model."
        model.load_state_dict(
            {name.removeprefix(prefix): value for name, value in state.tensors.items() if name.startswith(prefix)}
        )
        console.status(f"Measuring {traits.title or config.family} on {len(images):,} images")
        measured = evaluate(model, images, seed=seed, binarise=binarise)
        figures: dict[str, Any] = {
            "family": config.family,
            "summary": config.summary,
            "likelihood": config.likelihood,
            "binarise": "dynamic" if binarise == "dynamic" else "grey",
            "reconstruction": measured.reconstruction,
            "kl": measured.kl,
            # An autoencoder has no posterior, hence no bound: its loss is the reconstruction alone.
            "elbo": measured.elbo if traits.has_posterior else None,
            "active_units": measured.active,
            "latent": config.latent,
            "kl_per_dimension": list(measured.kl_per_dimension),
            "mse": measured.mse,
        }
        if "iwae" in options and traits.has_posterior:
            with torch.no_grad():
                bound = iwae(model, images, (options["iwae"],), seed=seed, binarise=binarise)
            figures |= {"iwae": bound.bounds[0], "iwae_samples": options["iwae"]}
        models.append({name: _finite(value) for name, value in figures.items()})
    found: dict[str, Any] = {
        "checkpoint": str(options["checkpoint"]),
        "data": data.title,
        "which": which,
        "images": len(images),
        "step": description.step,
        "epoch": description.epoch,
        "models": models,
    }
    if len(models) == 1:
        found |= models[0]
    console.result(found, _table(found))


def _finite(value: Any) -> Any:
    """JSON has no infinity and no NaN."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _table(found: dict[str, Any]) -> list[str]:
    lines = [
        f"{found['images']:,} {'' if found['which'] == 'all' else found['which'] + ' '}images of {found['data']}, "
        f"after {found['epoch']:.2f} epochs; nats per image"
    ]
    for one in found["models"]:
        lines.append(f"{one['family']} ({one['summary']}, {one['likelihood']}, {one['binarise']})")
        for name in ("reconstruction", "kl", "elbo", "iwae", "mse"):
            if one.get(name) is not None:
                lines.append(f"  {name:<15} {one[name]:.4f}")
        lines.append(f"  {'active units':<15} {one['active_units']} of {one['latent']}")
    if any(one["likelihood"] == "bernoulli" and one["binarise"] == "grey" for one in found["models"]):
        lines.append("Grey levels under a Bernoulli likelihood: a cross-entropy, not comparable to published NLL.")
    return lines
