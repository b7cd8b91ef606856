"""List what can be chosen: data sets, model families, networks."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trainer.commands.choices import data_folder
from trainer.commands.console import Console
from trainer.config import LIKELIHOODS, PRESETS

SUMMARY = "what can be chosen: data sets, families, networks"
WHAT = ("data", "families", "networks")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=WHAT, default=None, help="only these")
    parser.add_argument("--data-folder", type=Path, metavar="DIR", help="where named data sets are looked for")


def run(options: dict[str, Any], console: Console) -> None:
    """Print the tables."""
    wanted = (options["what"],) if options.get("what") else WHAT
    makers = {"data": lambda: _data(data_folder(options)), "families": _families, "networks": _networks}
    found: dict[str, Any] = {}
    lines: list[str] = []
    for what in wanted:
        found[what], some = makers[what]()
        lines += ([""] if lines else []) + some
    console.result(found, lines)


def _data(folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    from trainer.data.memory import format_bytes
    from trainer.data.registry import available

    found, lines = [], [f"Data sets (in {folder}); or a folder of images, or a .npy or .npz file"]
    for info in available(folder):
        channels, height, width = info.shape
        found.append(
            {
                "name": info.name,
                "title": info.title,
                "shape": list(info.shape),
                "count": info.count,
                "present": info.present,
                "download_bytes": info.download_bytes,
            }
        )
        kind = f"{height} x {width} {'grey' if channels == 1 else 'colour'}"
        where = "ready" if info.present else f"--download, {format_bytes(info.download_bytes)}"
        lines.append(f"  {info.name:<15} {info.title:<28} {info.count:>8,} images  {kind:<15} {where}")
    return found, lines


def _families() -> tuple[list[dict[str, Any]], list[str]]:
    from trainer.models.family import families

    found, lines = [], ["Model families (--model ae, vae, pair or a name)"]
    for card in (family.card for family in families()):
        traits = card.traits
        has = {"has_posterior": traits.has_posterior, "has_prior": traits.has_prior}
        found.append({**asdict(card), **traits.to_json(), **has})
        says = [knob.sign for knob in card.knobs]
        if card.prior is not None:
            says.append(f"prior {card.prior.formula}")
        lines.append(f"  {card.name:<15} {card.title:<28} {', '.join(says) or 'codes are points'}")
        lines.append(f"  {'':<15} {card.about}")
    return found, lines


def _networks() -> tuple[list[dict[str, Any]], list[str]]:
    found, lines = [], ["Networks (--network), the first is the default"]
    for title, (kind, widths) in PRESETS.items():
        found.append({"name": title, "network": kind, "widths": list(widths)})
        lines.append(f"  {title}")
    lines.append(f"Likelihoods (--likelihood): {', '.join(LIKELIHOODS)}")
    return found, lines
