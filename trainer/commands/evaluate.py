"""Measure a run's models: reconstruction, KL, ELBO (nats per image ± standard error), squared error, active units.

By default with the settings of the run, on all images held out of training, or on all that are trained on if
none is held out; --most N takes a seeded random subset.
--all measures everything else, too: what samples look like, what codes say, what they are good for.
A run of a single model has its figures at the top level of the JSON object, too.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.commands.choices import add_data_options
from trainer.commands.console import Console
from trainer.commands.figures import figure_lines, measure_lines, resting_words, summary_lines
from trainer.commands.opened import WHICH, load_data, rows
from trainer.config import LEARNED
from trainer.data.images import ImageData
from trainer.data.split import subset
from trainer.measures.all_groups import GROUPS
from trainer.measures.as_text import as_json
from trainer.measures.measure import Group, measured
from trainer.metrics.likelihood_label import likelihood_label
from trainer.model_names import run_names
from trainer.models.family import family, unknown_knobs
from trainer.progress import Monitor
from trainer.records import ConfigError
from trainer.training.checkpoint import load, read_description, read_variances
from trainer.training.checkpoint_error import naming_the_run
from trainer.training.description import Description
from trainer.training.kept_numbers import kept_resting

if TYPE_CHECKING:
    from trainer.measures.subject import Subject
    from trainer.models.latent_model import LatentModel

SUMMARY = "reconstruction, KL, ELBO and active units"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, metavar="DIR", help="a checkpoint")
    parser.add_argument("--which", choices=WHICH, help="which images (held-out; train if none are)")
    parser.add_argument("--binarise", choices=("none", "dynamic"), help="how pixels are seen (as in the run)")
    parser.add_argument("--iwae", type=int, metavar="K", help="also the IWAE bound with K samples; slow")
    parser.add_argument("--all", action="store_true", help="every measure, the slow ones too")
    names = ", ".join(group.name for group in GROUPS)
    parser.add_argument("--groups", metavar="NAMES", help=f"only these of the measures: {names}")
    parser.add_argument("--most", type=int, metavar="N", help="at most this many images, a seeded random choice")
    parser.add_argument("--seed", type=int, metavar="N", help="of that choice and the posterior samples (0)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), help="where to compute (auto)")
    add_data_options(parser, "those of the run")


def run(options: dict[str, Any], console: Console) -> None:
    """Load, measure, print."""
    if options.get("iwae", 1) < 1 or options.get("most", 1) < 1 or options.get("seed", 0) < 0:
        raise ConfigError("--iwae and --most must be at least 1, and --seed must not be negative.")
    # Read before torch is imported, so that a wrong path is reported at once.
    description = read_description(options["checkpoint"])
    data = load_data(options, description, console)

    from trainer.measures.subject import Subject
    from trainer.metrics.binarisation import pixels_of
    from trainer.models.initialise import build
    from trainer.training.devices import resolve_device

    description, state = load(options["checkpoint"])
    device = resolve_device(options.get("device", "auto"))
    which = options.get("which", "held-out" if data.train_count < data.count else "train")
    part = rows(which, data)
    seed = options.get("seed", 0)
    chosen = part.start + subset(options.get("most", len(part)), len(part), seed)
    groups = _groups(options)
    binarise = options.get("binarise", description.config.train.binarise)
    pixels = pixels_of(data.images, binarise)
    variances = read_variances(options["checkpoint"], description)
    with naming_the_run(options["checkpoint"]):
        resting = kept_resting(state.numbers, len(description.config.models))
    cards = {model.family: family(model.family).card for model in description.config.models}
    names = run_names(description.config.models, description.knobs, cards)
    models: list[dict[str, Any]] = []
    remarks = _unused(unknown_knobs(description.knobs, description.config.models))
    for index, (config, traits) in enumerate(zip(description.config.models, description.traits, strict=True)):
        with naming_the_run(options["checkpoint"]):
            model = build(config, 0).to(device).eval()
        prefix = f"member{index}.model."
        model.load_state_dict(
            {name.removeprefix(prefix): value for name, value in state.tensors.items() if name.startswith(prefix)}
        )
        title = traits.title or config.family
        console.status(f"Measuring {names[index]} on {len(chosen):,} images")
        variance = None if variances is None else variances[index]
        if config.likelihood == LEARNED and variance is None:
            variance = _fitted(model, description, data)
            remarks.append(_how_fitted(title, variance))
        subject = Subject(model, data, chosen, seed=seed, binarise=binarise, variance=variance)
        figures: dict[str, Any] = {
            "name": names[index],
            "family": config.family,
            "rests_since": resting.get(index),
            "summary": config.summary,
            "likelihood": config.likelihood,
            "binarise": pixels,
            "label": str(likelihood_label(config, pixels, variance)),
            "variance": variance,
            "latent": config.latent,
            **_measured(subject, options),
            "figures": _figures(subject, groups, console),
        }
        models.append({name: _finite(value) for name, value in figures.items()})
    found: dict[str, Any] = {
        "checkpoint": str(options["checkpoint"]),
        "data": data.title,
        "which": which,
        "images": len(chosen),
        "step": description.step,
        "epoch": description.epoch,
        "models": models,
        "remarks": remarks,
    }
    if len(models) == 1:
        found |= models[0]
    for remark in remarks:
        console.say(remark)
    console.result(found, _table(found))


def _groups(options: dict[str, Any]) -> tuple[Group, ...]:
    """The groups to measure. Raises `ConfigError` for an unknown one."""
    if (chosen := options.get("groups")) is None:
        return tuple(group for group in GROUPS if options.get("all") or not group.slow)
    names = [name.strip() for name in chosen.split(",") if name.strip()]
    known = [group.name for group in GROUPS]
    for name in names:
        if name not in known:
            wrong, right = f"{name!r:.80}", ", ".join(known)
            raise ConfigError("There are no measures called {name}; there are {names}.", name=wrong, names=right)
    return tuple(group for group in GROUPS if group.name in names)


def _figures(subject: Subject, groups: Sequence[Group], console: Console) -> list[dict[str, Any]]:
    """Every figure of these groups, as JSON has it."""
    monitor = Monitor(console.progress)
    return [as_json(figure, group) for group in groups for figure in measured(group, subject, monitor)]


def _measured(subject: Subject, options: dict[str, Any]) -> dict[str, Any]:
    """The figures of one model; None if not available."""
    from trainer.metrics.importance import iwae

    found = subject.likelihood
    known, has_kl = not math.isnan(found.reconstruction), found.has_kl
    figures: dict[str, Any] = {
        "reconstruction": found.reconstruction if known else None,
        "reconstruction_error": found.reconstruction_error if known else None,
        "kl": found.kl,
        "kl_error": found.kl_error,
        "kl_estimated": found.kl_estimated,
        "has_kl": has_kl,
        "total": found.total if known else None,
        "total_error": found.elbo_error if known else None,
        # Without a posterior there is no ELBO: the loss is the reconstruction alone.
        "elbo": found.elbo if known and has_kl else None,
        "elbo_error": found.elbo_error if known and has_kl else None,
        "mse": found.mse,
        "active_units": found.active,
        "effective_rank": found.rank,
        "kl_per_dimension": list(found.kl_per_dimension),
    }
    if "iwae" in options and has_kl and known:
        bound = iwae(
            subject.model,
            subject.data.tensor()[subject.rows],
            (options["iwae"],),
            seed=subject.seed,
            binarise=subject.binarise,
            variance=subject.variance,
        )
        # With the same pixels and posterior samples as the ELBO, so that their difference has a small error.
        figures |= {
            "elbo": bound.elbo,
            "elbo_error": bound.elbo_error,
            "iwae": bound.bounds[0],
            "iwae_error": bound.errors[0],
            "gap": bound.gaps[0],
            "gap_error": bound.gap_errors[0],
            "iwae_samples": options["iwae"],
        }
    return figures


def _fitted(model: LatentModel, description: Description, data: ImageData) -> float | None:
    """σ² fitted to the training images; None if `data` is another data set."""
    from trainer.training.device_images import DeviceImages
    from trainer.training.evaluation import variance_on

    if data.fingerprint != description.data.fingerprint:
        return None
    train = description.config.train
    device = next(model.parameters()).device
    resident = DeviceImages(data.tensor().flatten(1).to(device), data.shape, data.train_count)
    return variance_on(model, resident, train.seed, train.binarise)


def _unused(knobs: list[str]) -> list[str]:
    """A sentence on settings of the checkpoint that none of its models has; () if there are none."""
    if not knobs:
        return []
    names = ", ".join(f"{name!r:.80}" for name in knobs[:5]) + (", ..." if len(knobs) > 5 else "")
    return [
        f"None of these models has a knob of this name, so that its value in the checkpoint is not used: {names}."
    ]


def _how_fitted(title: str, variance: float | None) -> str:
    if variance is None:
        return (
            f"{title}: the checkpoint keeps no learned σ² and these are not the images it was trained on, so that "
            "reconstruction and ELBO are not available; leave --data out."
        )
    return f"{title}: the checkpoint keeps no learned σ²; it was fitted to the run's training images."


def _finite(value: Any) -> Any:
    """Replace infinity and NaN, which JSON does not have, by None."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _table(found: dict[str, Any]) -> list[str]:
    lines = [
        f"{found['images']:,} {'' if found['which'] == 'all' else found['which'] + ' '}images of {found['data']}, "
        f"after {found['epoch']:.2f} epochs; nats per image ± standard error"
    ]
    families = [one["family"] for one in found["models"]]
    for one in found["models"]:
        name = one["family"] if families.count(one["family"]) == 1 else one["name"]
        lines += [f"{name} ({one['summary']}){resting_words(one)}", *figure_lines(one), *summary_lines(one)]
        lines += measure_lines(one["figures"])
    return lines
