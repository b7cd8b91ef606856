"""Options shared by commands, and their conversion to configs. Torch-free."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trainer.card import Knob, Option
from trainer.config import COLOURS, FITS, PRESETS, DataConfig
from trainer.models.family import families
from trainer.records import ConfigError

#: Options with the same names as in `DataConfig`.
_DATA = ("size", "colour", "fit", "white", "count", "held_out")

#: Short names for the models of a run -> family names.
MODELS = {"ae": ("autoencoder",), "vae": ("variational",), "pair": ("autoencoder", "variational")}


def add_data_options(parser: argparse.ArgumentParser, default: str) -> None:
    """Add --data and the options for reading it. `default`: help text on what happens without --data."""
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
    group.add_argument(
        "--labels",
        metavar="FILE",
        help="a CSV file with a column of a folder's file names: a column of classes (label, class, ...) and "
        "columns of numbers, which become factors; or none (labels.csv or metadata.csv in or beside the folder)",
    )
    group.add_argument(
        "--held-out", type=float, metavar="SHARE", help="share kept out of training (0.1, or more for 300 images)"
    )
    group.add_argument("--data-seed", type=int, metavar="N", help="of the split (0)")


def data_config(options: Mapping[str, Any], default: str | None = None) -> DataConfig | None:
    """The config for --data, or for `default`; None if neither is given. Raises `DataError` or `ConfigError`."""
    from trainer.data.registry import config_for

    changes = {name: options[name] for name in _DATA if name in options}
    if "data_seed" in options:
        changes["seed"] = options["data_seed"]
    chosen = options.get("data", default)
    if chosen is None:
        if changes or "labels" in options:
            raise ConfigError("Options about the data need --data.")
        return None
    config = with_absolute_path(config_for(chosen)).replace(**changes)
    return config if "labels" not in options else config.replace(labels=_labels(options["labels"], config))


def _labels(file: str, config: DataConfig) -> str | None:
    """The file of labels for a folder, as `DataConfig` names it; None for "none". Raises `ConfigError`."""
    from trainer.data.labels_file import named_for

    if config.name != "folder":
        raise ConfigError("--labels is for a folder of images; other data bring their labels along.")
    if file.casefold() == "none":
        return None
    # Searched in the working directory, then in the folder of the images.
    places = (Path(file).expanduser(), Path(config.path or "") / file)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise ConfigError("There is no file of labels {file}; name a CSV file, or none.", file=repr(file))
    return named_for(found, Path(config.path or ""))


def with_absolute_path(config: DataConfig) -> DataConfig:
    """`config` with an absolute path, so that a saved run finds its images from any working directory."""
    return config if config.path is None else config.replace(path=str(Path(config.path).absolute()))


def members(text: str) -> list[tuple[str, dict[str, str]]]:
    """The models that one --model option names: family names, each with its own settings as they were typed.

    `text`: ae, vae, pair, a family's name, or several of them with commas; settings after a colon apply to each
    of these models, such as "vae:beta=4,latent=8". Raises `ConfigError`.
    """
    names, colon, settings = text.partition(":")
    found = [name for part in names.split(",") for name in MODELS.get(part.strip().lower(), (part.strip(),))]
    own: dict[str, str] = {}
    for part in settings.split(",") if colon else ():
        key, equals, value = (piece.strip() for piece in part.partition("="))
        key = key.replace("-", "_")
        if not (key and equals and value):
            raise ConfigError(
                "Settings of a model are such as beta=4,latent=8,widths=512-256, not {text}.",
                text=f"{settings!r:.80}",
            )
        if key in own:
            raise ConfigError("{name} is given twice in {text}.", name=f"{key!r:.80}", text=f"{text!r:.80}")
        own[key] = value
    return [(name, dict(own)) for name in found]


def family_options() -> dict[str, Option]:
    """The options of all model families, by name; if several share a name, the first."""
    every = [option for family in families() for option in family.card.options]
    return {option.name: option for option in reversed(every)}


def family_knobs() -> dict[str, Knob]:
    """The knobs of all model families, by name."""
    every = [knob for family in families() for knob in family.card.knobs]
    return {knob.name: knob for knob in reversed(every)}


def number(name: str, text: str) -> float:
    """Parse `text`, the value of setting `name`, as a number. Raises `ConfigError`."""
    try:
        return float(text)
    except ValueError:
        raise ConfigError("{name}: {text} is not a number.", name=name, text=f"{text!r:.80}") from None


def whole(name: str, text: str) -> int:
    """Parse `text`, the value of setting `name`, as a whole number. Raises `ConfigError`."""
    try:
        return int(text)
    except ValueError:
        raise ConfigError("{name}: {text} is not a whole number.", name=name, text=f"{text!r:.80}") from None


def network(text: str, widths: str | None) -> tuple[str, tuple[int, ...]]:
    """Network kind and widths for a preset's title, or for "mlp" or "conv" with widths such as "512,256".

    Raises `ConfigError`.
    """
    titles = {_plain(title): preset for title, preset in PRESETS.items()}
    kind, preset_widths = titles.get(_plain(text), (text.lower(), None))
    if widths is not None:
        try:
            return kind, tuple(int(part) for part in widths.replace("-", ",").split(",") if part.strip())
        except ValueError:
            raise ConfigError(
                "Widths are numbers with commas such as 512,256, not {widths}.", widths=f"{widths!r:.80}"
            ) from None
    if preset_widths is None:
        first = next((preset for preset in PRESETS.values() if preset[0] == kind), None)
        if first is None:
            raise ConfigError(
                "There is no network {name}; there are mlp, conv, {names}.",
                name=f"{text!r:.80}",
                names=", ".join(PRESETS),
            )
        return first
    return kind, preset_widths


def brings_widths(text: str) -> bool:
    """Whether this network is a preset's title, which says the widths of its layers, too."""
    return _plain(text) in map(_plain, PRESETS)


def _plain(title: str) -> str:
    return title.lower().replace(" ", "-")


def data_folder(options: Mapping[str, Any]) -> Path:
    """The value of --data-folder, or the default data folder."""
    from trainer.data.images import default_data_folder

    return options.get("data_folder") or default_data_folder()
