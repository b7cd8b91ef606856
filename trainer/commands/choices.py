"""Options shared by commands, and what people type turned into configs. Torch-free."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trainer.config import COLOURS, FITS, PRESETS, DataConfig
from trainer.records import ConfigError

#: Options that are called as in `DataConfig`.
_DATA = ("size", "colour", "fit", "white", "count", "held_out")

#: What people call the models of a run -> family names.
MODELS = {"ae": ("autoencoder",), "vae": ("variational",), "pair": ("autoencoder", "variational")}


def add_data_options(parser: argparse.ArgumentParser, default: str) -> None:
    """--data and all that says how it is read. `default`: what happens without --data."""
    group = parser.add_argument_group("data")
    group.add_argument(
        "--data", metavar="NAME|PATH", help=f"a data set's name, a folder of images or an array file ({default})"
    )
    group.add_argument("--data-folder", type=Path, metavar="DIR", help="where named data sets are found and kept")
    group.add_argument("--download", action="store_true", help="fetch a missing data set from the network")
    group.add_argument("--size", type=int, metavar="PIXELS", help="side that a folder's images are brought to")
    group.add_argument("--colour", choices=COLOURS, help="grey or colour images (auto)")
    group.add_argument("--fit", choices=FITS, help="how a folder's images become square (crop)")
    group.add_argument("--white", type=float, metavar="V", help="the value shown as white (as the images suggest)")
    group.add_argument("--count", type=int, metavar="N", help="images to render or the most to read")
    group.add_argument("--held-out", type=float, metavar="SHARE", help="share kept out of training (0.1)")
    group.add_argument("--data-seed", type=int, metavar="N", help="of the split (0)")


def data_config(options: Mapping[str, Any], default: str | None = None) -> DataConfig | None:
    """The data that was asked for, or `default`; None if there is neither. Raises `DataError` or `ConfigError`."""
    from trainer.data.registry import config_for

    changes = {name: options[name] for name in _DATA if name in options}
    if "data_seed" in options:
        changes["seed"] = options["data_seed"]
    chosen = options.get("data", default)
    if chosen is None:
        if changes:
            raise ConfigError("Options about the data need --data.")
        return None
    return with_whole_path(config_for(chosen)).replace(**changes)


def with_whole_path(config: DataConfig) -> DataConfig:
    """`config` with an absolute path, so that a kept run finds its images from anywhere."""
    return config if config.path is None else config.replace(path=str(Path(config.path).absolute()))


def families(text: str) -> tuple[str, ...]:
    """Family names of what --model says: ae, vae, pair, a family's name, or several with commas."""
    return tuple(name for part in text.split(",") for name in MODELS.get(part.strip().lower(), (part.strip(),)))


def network(text: str, widths: str | None) -> tuple[str, tuple[int, ...]]:
    """Network and widths of a preset's title, or of "mlp" or "conv" and a list of widths such as "512,256".

    Raises `ConfigError`.
    """
    titles = {_plain(title): preset for title, preset in PRESETS.items()}
    kind, preset_widths = titles.get(_plain(text), (text.lower(), None))
    if widths is not None:
        try:
            return kind, tuple(int(part) for part in widths.replace("-", ",").split(",") if part.strip())
        except ValueError:
            raise ConfigError(
                "Widths are numbers with commas such as 512,256, not {widths}.", widths=repr(widths)
            ) from None
    if preset_widths is None:
        first = next((preset for preset in PRESETS.values() if preset[0] == kind), None)
        if first is None:
            raise ConfigError(
                "There is no network {name}; there are mlp, conv, {names}.",
                name=repr(text),
                names=", ".join(PRESETS),
            )
        return first
    return kind, preset_widths


def _plain(title: str) -> str:
    return title.lower().replace(" ", "-")


def data_folder(options: Mapping[str, Any]) -> Path:
    """--data-folder, or the usual place."""
    from trainer.data.images import default_data_folder

    return options.get("data_folder") or default_data_folder()
