"""Measure a run's models: reconstruction, KL, ELBO (nats per image ± standard error), squared error, active units.

By default with the settings of the run, on all images held out of training, or on all that are trained on if
none is held out; --most N takes a seeded random subset.
--all measures everything else, too: what samples look like, what codes say, what they are good for.
--each writes a table of the single images: their losses, and how far the nearest training images' codes are.
A run of a single model has its figures at the top level of the JSON object, too.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from trainer.commands.choices import add_data_options
from trainer.commands.console import Console, FailureError
from trainer.commands.each_image import each_image, settings, table
from trainer.commands.figures import figure_lines, measure_lines, resting_words, summary_lines
from trainer.commands.result_file import result_file
from trainer.commands.subjects import MeasuredRun, Member, chosen_groups, open_measured
from trainer.config import BINARISE
from trainer.data.parts import WHICH
from trainer.export.codes import csv_pieces
from trainer.export.table import write_settings
from trainer.measures.all_groups import GROUPS
from trainer.measures.as_text import as_json
from trainer.measures.measure import Group, measured
from trainer.metrics.likelihood_label import likelihood_label
from trainer.progress import Monitor
from trainer.records import ConfigError

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

SUMMARY = "reconstruction, KL, ELBO and active units"
#: Draws of a posterior for one bound at most: their weights are held at once.
_MOST_DRAWS = 100_000


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, metavar="DIR", help="a checkpoint")
    parser.add_argument("--which", choices=WHICH, help="which images (held-out; train if none are)")
    parser.add_argument("--binarise", choices=BINARISE, help="how pixels are seen (as in the run)")
    parser.add_argument("--iwae", type=int, metavar="K", help="also the IWAE bound with K samples; slow")
    parser.add_argument("--all", action="store_true", help="every measure, the slow ones too")
    names = ", ".join(group.name for group in GROUPS)
    parser.add_argument("--groups", metavar="NAMES", help=f"only these of the measures: {names}")
    parser.add_argument("--each", type=Path, metavar="FILE", help="also a table of every image: losses.csv")
    parser.add_argument("--most", type=int, metavar="N", help="at most this many images, a seeded random choice")
    parser.add_argument("--seed", type=int, metavar="N", help="of that choice and the posterior samples (0)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), help="where to compute (auto)")
    add_data_options(parser, "those of the run")


def run(options: dict[str, Any], console: Console) -> None:
    """Load, measure, print."""
    path: Path | None = options.get("each")
    if path is None:
        found, _ = _run(options, console)
    else:
        if path.suffix.lower() != ".csv":
            raise ConfigError("--each must end in .csv, not {name}.", name=repr(path.name))
        # Opened before the work, so that an unwritable path fails early.
        with result_file(path, 0) as file:
            found, about = _run(options, console, file)
        try:
            write_settings(path, about)
        except OSError as error:
            raise FailureError(f"The settings of {path} could not be written beside it: {error}.") from error
        found["each"] = str(path)
    for remark in found["remarks"]:
        console.say(remark)
    console.result(found, _table(found))


def _run(
    options: dict[str, Any], console: Console, each: BinaryIO | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The result, and what goes beside a table of every image, which is written to `each`."""
    if options.get("iwae", 1) < 1 or options.get("most", 1) < 1 or options.get("seed", 0) < 0:
        raise ConfigError("--iwae and --most must be at least 1, and --seed must not be negative.")
    if options.get("iwae", 1) > _MOST_DRAWS:
        raise ConfigError("--iwae must be at most {most:,}.", most=_MOST_DRAWS)
    groups = chosen_groups(options)
    run = open_measured(options["checkpoint"], options, console)
    from trainer.metrics.block_threads import products_in_one_thread

    models: list[dict[str, Any]] = []
    columns: list[dict[str, np.ndarray]] = []
    with products_in_one_thread():
        for member in run.members():
            console.status(f"Measuring {member.name} on {len(run.rows):,} images")
            models.append(_model(run, member, options, groups, console))
            if each is not None:
                columns.append(each_image(member.subject, Monitor(console.progress)))
    found: dict[str, Any] = {
        "checkpoint": str(options["checkpoint"]),
        "data": run.data.title,
        "which": run.which,
        "images": len(run.rows),
        "step": run.description.step,
        "epoch": run.description.epoch,
        "models": models,
        "remarks": run.remarks,
    }
    if len(models) == 1:
        found |= models[0]
    if each is not None:
        for _, piece in csv_pieces(table(columns, run.data, run.rows)):
            each.write(piece)
    return found, settings(found, run.data, run.seed)


def _model(
    run: MeasuredRun, member: Member, options: dict[str, Any], groups: Sequence[Group], console: Console
) -> dict[str, Any]:
    """All that is said of one model."""
    config = member.config
    figures: dict[str, Any] = {
        "name": member.name,
        "family": config.family,
        "rests_since": member.rests_since,
        "summary": config.summary,
        "likelihood": config.likelihood,
        "binarise": run.pixels,
        "label": str(likelihood_label(config, run.pixels, member.variance)),
        "variance": member.variance,
        "latent": config.latent,
        **_measured(member.subject, options),
        "figures": _figures(member.subject, groups, console),
    }
    return {name: _finite(value) for name, value in figures.items()}


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
