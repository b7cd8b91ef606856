"""The registry of data sets.

A new data set is one file: write a function from `DataConfig` and `Loading` to `ImageData`, wrap it in a `Source`,
and either add the file to `_BUILT_IN` or call `register` from outside:


    register(Source(name="stars", load=load_stars, info=describe_stars))

This module does not import torch, torchvision or scikit-learn; sources import them when they load.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from trainer.config import DataConfig
from trainer.data import arrays, digits, dots, folder, half_moons, lines, moons, sprites, torchvision_sets
from trainer.data.images import DataError, DataInfo, ImageData
from trainer.data.labels_file import labels_beside
from trainer.data.loading import Loading, Source
from trainer.data.picture_names import looks_like_picture
from trainer.data.row_choice import taken
from trainer.data.split import held_out_share
from trainer.progress import IsCancelled, ReportProgress, ignore_progress, never_cancelled
from trainer.sentences import Sentence, reason_of

_BUILT_IN = (digits, moons, half_moons, lines, sprites, dots, torchvision_sets, folder, arrays)
_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add `source` to the registry. Raises `ValueError` if its name is taken."""
    if source.name in _sources:
        raise ValueError(f"there is a data set called {source.name!r} already")
    _sources[source.name] = source


def unregister(name: str) -> None:
    """Remove the data set `name` from the registry."""
    del _sources[name]


for _module in _BUILT_IN:
    for _source in _module.SOURCES:
        register(_source)


def available(folder: Path) -> tuple[DataInfo, ...]:
    """The data sets that can be chosen by name, with their availability in the data folder `folder`."""
    return tuple(source.info(folder) for source in _sources.values() if source.info is not None)


def config_for(choice: str) -> DataConfig:
    """The config for user input: the name of a data set, or the path of a folder of images or an array file.

    Raises `DataError` if it is none of these.
    """
    if (name := _named(choice)) is not None:
        return DataConfig(name=name)
    path = Path(os.path.expanduser(choice))  # unlike Path.expanduser, keeps an unknown ~name
    if choice and path.is_dir():  # "" would mean the current folder
        return DataConfig(name="folder", path=str(path), labels=labels_beside(path), held_out=None)
    # If it is not a regular file, the reader raises an error that says what it is.
    if path.suffix.lower() in arrays.SUFFIXES and path.exists():
        return DataConfig(name="array", path=str(path), held_out=None)
    if looks_like_picture(path.name) and path.is_file():
        return DataConfig(name="folder", path=str(path.parent), only=(path.name,), held_out=None)
    names = ", ".join(name for name, source in _sources.items() if source.info is not None)
    if path.is_file():
        raise DataError(
            "{choice} is neither a folder nor a .npy or .npz file; choose the folder of the images.", choice=choice
        )
    raise DataError(
        "There is no data set, folder or array file called {choice}; the data sets are {names}.",
        choice=repr(choice),
        names=names,
    )


def namesake(choice: str) -> Sentence | None:
    """A remark if user input is both a data set's name and a folder's; None otherwise."""
    name = _named(choice)
    if name is None or not os.path.isdir(choice):
        return None
    here = os.path.join(os.curdir, choice)
    return Sentence(
        "The data set {name} is read, not the folder {folder} here; for that folder say --data {here}.",
        name=name,
        folder=choice,
        here=here,
    )


def _named(choice: str) -> str | None:
    """The data set that `choice` names; case is ignored unless a folder has exactly that name."""
    named = {name.casefold(): name for name, source in _sources.items() if source.info is not None}
    if choice in named.values():
        return choice
    return None if os.path.isdir(choice) else named.get(choice.casefold())


def load(
    config: DataConfig,
    folder: Path,
    *,
    download: bool = False,
    progress: ReportProgress = ignore_progress,
    cancelled: IsCancelled = never_cancelled,
) -> ImageData:
    """Load the data set that `config` describes into memory.

    Args:
        config: the data to load.
        folder: the data folder, where named data sets are stored and downloaded to.
        download: whether a missing data set may be downloaded.
        progress: called with the progress.
        cancelled: polled often; True ends the load.

    Raises:
        DataError: with one sentence for the user, for every problem with the data.
        CancelledError: if `cancelled` returned True; no partial files remain.
    """
    source = _sources.get(config.name)
    if source is None:
        raise DataError(
            "There is no data set called {name}; there are {names}.",
            name=repr(config.name),
            names=", ".join(_sources),
        )
    loading = Loading(folder=folder, download=download, progress=progress, cancelled=cancelled)
    loading.check()
    try:
        data = _with_share(source.load(config.replace(rows=""), loading))
        return data if not config.rows else taken(data, config.replace(held_out=data.config.held_out))
    except MemoryError as error:
        raise DataError(
            "The memory did not suffice for {what}; choose fewer or smaller images.", what=_called(config)
        ) from error
    except OSError as error:
        # An unplugged drive or a deleted folder surfaces as an OSError of the next file that is opened.
        where = error.filename or config.path or folder
        raise DataError(
            "{path} could not be read ({reason}); check that it is still there and may be read.",
            path=where,
            reason=reason_of(error),
        ) from error


def _with_share(data: ImageData) -> ImageData:
    """`data` whose config has the share actually held out if none was requested, so that a run reads the same
    again.
    """
    if data.config.held_out is not None:
        return data
    return replace(data, config=data.config.replace(held_out=held_out_share(data.count, None)))


def _called(config: DataConfig) -> str:
    return config.path or config.name
