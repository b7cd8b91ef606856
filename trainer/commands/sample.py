"""Decode codes drawn from each model's prior and write the pictures as one sheet, a block of columns for each.

The pictures are samples of the model. An autoencoder has no prior: codes are drawn from N(0, I), and their
pictures only show what these codes decode to.
"""

from __future__ import annotations

import argparse
import io
import math
from pathlib import Path
from typing import Any

import numpy as np

from trainer.commands.console import Console
from trainer.commands.opened import open_checkpoint
from trainer.commands.result_file import result_file
from trainer.priors.gaussian import StandardNormal
from trainer.priors.registry import prior_of
from trainer.records import ConfigError

SUMMARY = "decode random codes to a sheet of pictures"
_MOST = 10_000
_GREY = 128
#: Expected size of the file in bytes, checked before the work: about that of a sheet of digits.
_SHEET = 100_000


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, metavar="DIR", help="a checkpoint")
    parser.add_argument("-n", "--number", type=int, metavar="N", help="pictures of each model (64)")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="sheet.png")
    parser.add_argument(
        "--seed", type=int, metavar="N", help="of the codes, the same for models of equal size (0)"
    )
    parser.add_argument("--zoom", type=int, metavar="N", help="pixels of the sheet for one of a picture (2)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), help="where to compute (cpu)")


def run(options: dict[str, Any], console: Console) -> None:
    """Draw, decode, write."""
    count, zoom, out = options.get("number", 64), options.get("zoom", 2), options["out"]
    seed = options.get("seed", 0)
    if not 1 <= count <= _MOST:
        raise ConfigError("The number of pictures must be between 1 and {most}.", most=_MOST)
    if not 1 <= zoom <= 16 or seed < 0:
        raise ConfigError("Zoom must be between 1 and 16, and the seed must not be negative.")
    if out.suffix.lower() != ".png":
        raise ConfigError("--out must end in .png, not {name}.", name=repr(out.name))
    opened = open_checkpoint(options["checkpoint"], options.get("device", "cpu"))
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
    lines = [f"{count} codes from {' and '.join(drawn)}, decoded, in {out}"]
    lines += [f"  {one['model']}: {one['note'] or 'samples from its prior'}" for one in models]
    console.result({"out": str(out), "number": count, "models": models}, lines)


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
