"""Data sets by name.

A later data set is one file: write a function from `DataConfig` and `Loading` to `ImageData`, wrap it in a
`Source`, and either add the file to `_BUILT_IN` or call `register` from outside:

    register(Source(name="stars", load=load_stars, info=describe_stars))

Nothing here imports torch, torchvision or scikit-learn; the families do, when they load.
"""

from __future__ import annotations

import os
from pathlib import Path

from trainer.config import DataConfig
from trainer.data import arrays, digits, folder, moons, torchvision_sets
from trainer.data.images import DataError, DataInfo, ImageData
from trainer.data.loading import Loading, Source
from trainer.data.picture_names import looks_like_picture
from trainer.progress import IsCancelled, ReportProgress, ignore_progress, never_cancelled
from trainer.sentences import Sentence, reason_of

_BUILT_IN = (digits, moons, torchvision_sets, folder, arrays)
_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make `source` known under its name. Raises `ValueError` if the name is taken."""
    if source.name in _sources:
        raise ValueError(f"there is a data set called {source.name!r} already")
    _sources[source.name] = source


def unregister(name: str) -> None:
    """Forget the data set called `name`."""
    del _sources[name]


for _module in _BUILT_IN:
    for _source in _module.SOURCES:
        register(_source)


def available(folder: Path) -> tuple[DataInfo, ...]:
    """The data sets that can be chosen by name, and whether each is at hand in the data folder `folder`."""
    return tuple(source.info(folder) for source in _sources.values() if source.info is not None)


def config_for(choice: str) -> DataConfig:
    """The config of what a person typed: a data set's name, or a folder or a file of images or arrays.

    Raises `DataError` if it is none of these.
    """
    if (name := _named(choice)) is not None:
        return DataConfig(name=name)
    path = Path(os.path.expanduser(choice))  # unlike the method, leaves an unknown ~name as it is
    if choice and path.is_dir():  # an empty choice would be the current folder
        return DataConfig(name="folder", path=str(path))
    # Anything of that name that is no regular file is refused, with what it is, by the reader.
    if path.suffix.lower() in arrays.SUFFIXES and path.exists():
        return DataConfig(name="array", path=str(path))
    if looks_like_picture(path.name) and path.is_file():
        return DataConfig(name="folder", path=str(path.parent), only=(path.name,))
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
    """A remark if what a person typed is a data set's name and a folder's as well; None otherwise."""
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
    """The data set that `choice` names, whatever the case of its letters where no folder has that very name."""
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
    """The data set that `config` describes, resident in memory.

    Args:
        config: which images.
        folder: the data folder, where named data sets are looked for and downloaded to.
        download: whether a missing data set may be fetched from the network.
        progress: called with how far it is.
        cancelled: asked often; True ends the load.

    Raises:
        DataError: with one sentence for people, whatever was wrong with the data.
        CancelledError: if `cancelled` said so; nothing half done is left behind.
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
        return source.load(config, loading)
    except MemoryError as error:
        raise DataError(
            "The memory did not suffice for {what}; choose fewer or smaller images.", what=_called(config)
        ) from error
    except OSError as error:
        # A drive that was unplugged or a folder that was deleted shows up wherever the next file is opened.
        where = error.filename or config.path or folder
        raise DataError(
            "{path} could not be read ({reason}); check that it is still there and may be read.",
            path=where,
            reason=reason_of(error),
        ) from error


def _called(config: DataConfig) -> str:
    return config.path or config.name
