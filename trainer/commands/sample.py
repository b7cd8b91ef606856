"""Decode codes drawn from each model's prior and write the pictures as one sheet, a block of columns for each.

The pictures are samples of the model. An autoencoder has no prior: codes are drawn from N(0, I), and their
pictures only show what these codes decode to. --measure compares as many samples as there are held-out images with
these (at most 10,000): Fréchet distance, precision, recall, density and coverage, of codes from the prior and from
densities fitted to the codes of training images, beside what other real images and reconstructions reach.
"""

from __future__ import annotations

import argparse
import io
import math
from pathlib import Path
from typing import Any

import numpy as np

from trainer.commands.choices import add_data_options
from trainer.commands.console import Console
from trainer.commands.figures import measure_lines
from trainer.commands.opened import open_checkpoint
from trainer.commands.result_file import result_file
from trainer.commands.subjects import open_measured
from trainer.data.memory import RESERVE, format_bytes
from trainer.machine_limits import free_memory
from trainer.measures.as_text import as_json
from trainer.measures.measure import measured
from trainer.measures.samples import GROUP
from trainer.priors.gaussian import StandardNormal
from trainer.priors.registry import prior_of
from trainer.progress import Monitor
from trainer.records import ConfigError

SUMMARY = "decode random codes to a sheet of pictures"
_MOST = 10_000
_GREY = 128
#: Expected size of the file in bytes, checked before the work: about that of a sheet of digits.
_SHEET = 100_000
#: Copies of the enlarged sheet, a byte a value, that are in memory at once.
_COPIES = 4


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, metavar="DIR", help="a checkpoint")
    parser.add_argument("-n", "--number", type=int, metavar="N", help="pictures of each model (64)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="sheet.png; may be left out with --measure")
    parser.add_argument("--measure", action="store_true", help="samples beside held-out images, in figures; slow")
    parser.add_argument("--most", type=int, metavar="N", help="held-out images to compare with at most (10000)")
    parser.add_argument(
        "--seed", type=int, metavar="N", help="of the codes, the same for models of equal size (0)"
    )
    parser.add_argument("--zoom", type=int, metavar="N", help="pixels of the sheet for one of a picture (2)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), help="where to compute (cpu)")
    add_data_options(parser, "with --measure those of the run")


def run(options: dict[str, Any], console: Console) -> None:
    """Draw, decode, write; measure."""
    out = options.get("out")
    if out is None and not options.get("measure"):
        raise ConfigError("Name a file for the sheet with --out, or ask for figures with --measure.")
    if not options.get("measure") and ("data" in options or "most" in options):
        raise ConfigError("--data and --most are for --measure.")
    found: dict[str, Any] = {"out": None if out is None else str(out), "number": 0, "models": []}
    lines: list[str] = []
    if out is not None:
        _check(options)
        found, lines = _written(options, out)
    if options.get("measure"):
        measured, more = _measured(options, console)
        sheets = found["models"] or [{} for _ in measured]
        found["models"] = [sheet | one for sheet, one in zip(sheets, measured, strict=True)]
        lines += more
    console.result(found, lines)


def _check(options: dict[str, Any]) -> None:
    """Raises `ConfigError` for a sheet that cannot be."""
    if not 1 <= options.get("number", 64) <= _MOST:
        raise ConfigError("The number of pictures must be between 1 and {most}.", most=_MOST)
    if not 1 <= options.get("zoom", 2) <= 16 or options.get("seed", 0) < 0:
        raise ConfigError("Zoom must be between 1 and 16, and the seed must not be negative.")
    if options["out"].suffix.lower() != ".png":
        raise ConfigError("--out must end in .png, not {name}.", name=repr(options["out"].name))


def _check_memory(pixels: int) -> None:
    """Raises `ConfigError` if a sheet of so many values does not fit in memory."""
    needed, free = _COPIES * pixels, int(free_memory() * (1 - RESERVE))
    if needed > free:
        raise ConfigError(
            "This sheet needs about {needed} of memory and only {free} are free; choose fewer pictures or a "
            "smaller zoom.",
            needed=format_bytes(needed),
            free=format_bytes(free),
        )


def _written(options: dict[str, Any], out: Path) -> tuple[dict[str, Any], list[str]]:
    """Write the sheet; what it shows, as JSON has it, and in lines."""
    count, zoom, seed = options.get("number", 64), options.get("zoom", 2), options.get("seed", 0)
    opened = open_checkpoint(options["checkpoint"], options.get("device", "cpu"))
    _check_memory(count * zoom**2 * sum(replica.config.pixels for replica in opened.replicas))
    blocks, models = [], []
    # Opened before the work, so that an unwritable path fails early.
    with result_file(out, _SHEET) as file:
        members = zip(opened.titles, opened.description.traits, opened.replicas, opened.snapshots, strict=True)
        for title, traits, replica, snapshot in members:
            own = prior_of(traits.prior, replica.config, snapshot.weights)
            prior = own or StandardNormal(replica.config.latent)
            codes = prior.draw(count, np.random.default_rng(seed), np.float32)
            blocks.append(sheet(replica.decode(codes)))
            note = "" if own else "it has no prior: N(0, I) is not part of this model"
            models.append({"model": title, "prior": own is not None, "drawn_from": prior.formula, "note": note})
        file.write(_png(blocks, zoom))
    drawn = dict.fromkeys(str(one["drawn_from"]) for one in models)
    drawings = "1 code" if count == 1 else f"{count} codes"
    lines = [f"{drawings} from {' and '.join(drawn)}, decoded, in {out}"]
    lines += [f"  {one['model']}: {one['note'] or 'samples from its prior'}" for one in models]
    return {"out": str(out), "number": count, "models": models}, lines


def _measured(options: dict[str, Any], console: Console) -> tuple[list[dict[str, Any]], list[str]]:
    """Figures of each model's samples, as JSON has them, and in lines."""
    run = open_measured(options["checkpoint"], {"device": "cpu"} | options, console)
    from trainer.metrics.block_threads import products_in_one_thread

    models: list[dict[str, Any]] = []
    lines = [f"Samples beside {len(run.rows):,} held-out images of {run.data.title}"]
    with products_in_one_thread():
        for member in run.members():
            console.status(f"Measuring samples of {member.name}")
            found = measured(GROUP, member.subject, Monitor(console.progress))
            figures = [as_json(figure, GROUP) for figure in found]
            models.append({"name": member.name, "figures": figures})
            lines += [f"{member.name} ({member.config.summary})", *measure_lines(figures)]
    for remark in run.remarks:
        console.say(remark)
    return models, lines


def sheet(pictures: np.ndarray) -> np.ndarray:
    """uint8 pictures (n, H, W, C) in a roughly square grid: uint8 (rows·H, columns·W, C)."""
    count, height, width, channels = pictures.shape
    columns = math.ceil(math.sqrt(count))
    lines = math.ceil(count / columns)
    grid = np.zeros((lines * columns, height, width, channels), np.uint8)
    grid[:count] = pictures
    grid = grid.reshape(lines, columns, height, width, channels).swapaxes(1, 2)
    return grid.reshape(lines * height, columns * width, channels)


def _png(blocks: list[np.ndarray], zoom: int) -> bytes:
    from PIL import Image

    gap = np.full((len(blocks[0]), 4, blocks[0].shape[2]), _GREY, np.uint8)
    parts = [part for block in blocks for part in (gap, block)][1:]
    whole = np.concatenate(parts, axis=1)
    large = whole.repeat(zoom, axis=0).repeat(zoom, axis=1)
    buffer = io.BytesIO()
    Image.fromarray(large[:, :, 0] if large.shape[2] == 1 else large).save(buffer, "PNG")
    return buffer.getvalue()
