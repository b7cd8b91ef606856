"""What the folders below a chosen one mean: classes, or a split into training and held-out images above classes.

The rule, for the dialog that counts and for the reader alike:

- folders that hold all the others are stepped into;
- folders called train, val, test and the like (`trainer.data.split_names`) are the split, and classes lie below;
- folders that hold nothing but such parts each (cat/train, cat/test, dog/train, ...) are classes;
- test and val without a train, above classes, are neither classes nor a split;
- otherwise the first folder is the class, however deep a picture lies; pictures beside class folders have none.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from trainer.data.natural_order import natural_key
from trainer.data.split_names import are_a_split, split_name
from trainer.sentences import Sentence

Folder = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What pictures in one folder are.

    Attributes:
        held: whether held out; None where the folders name no split.
        label: the class; "" for none.
        left_out: why they are not read; None if they are.
    """

    held: bool | None = None
    label: str = ""
    left_out: Sentence | None = None


@dataclass(frozen=True, slots=True)
class FolderLayout:
    """What each folder that holds pictures means.

    Attributes:
        places: of every folder, by its parts below the chosen one.
        classes: in natural order, which is their numbers' order.
        train, held: names of the folders that are the split, in natural order; () where there is none. With
            only one of them the folders are parts of a data set, neither classes nor something to train and
            test on.
    """

    places: dict[Folder, Place]
    classes: tuple[str, ...]
    train: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


def layout_of(folders: Collection[Folder], *, former: bool = False) -> FolderLayout:
    """The layout of the folders that hold pictures; `former` goes by the first version's rules: classes only."""
    distinct = set(folders)
    if former:
        return _classes(distinct, _shared(distinct), former=True)
    top = _top(distinct)
    depth = len(top)
    inside = _children(distinct, depth)
    if are_a_split(inside):
        return _split(distinct, depth, depth)
    names = _children(distinct, depth + 1)
    all_below = {folder[depth] for folder in distinct if len(folder) > depth + 1} == inside
    if len(inside) > 1 and all_below and all(split_name(name) for name in names) and are_a_split(names):
        return _split(distinct, depth, depth + 1)
    if len(inside) > 1 and len(names) > 1 and all_below and all(split_name(name) for name in inside):
        return _split(distinct, depth, depth)
    # A lone folder beside pictures is a class, unless classes lie in it.
    return _classes(distinct, depth if inside else _shared(distinct))


def _shared(folders: Collection[Folder]) -> int:
    """How many folders all have in common."""
    # Of paths in order, what the first and the last have in common all have.
    first, last = min(folders, default=()), max(folders, default=())
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))


def _top(folders: Collection[Folder]) -> Folder:
    """The folder that all others lie in, whatever pictures lie on the way to it."""
    top: Folder = ()
    while True:
        inside = _children(folders, len(top))
        if len(inside) != 1:
            return top
        top = (*top, *inside)


def _children(folders: Iterable[Folder], depth: int) -> set[str]:
    return {folder[depth] for folder in folders if len(folder) > depth}


def _classes(folders: set[Folder], depth: int, *, former: bool = False) -> FolderLayout:
    places = {folder: Place(label=folder[depth] if len(folder) > depth else "") for folder in folders}
    return FolderLayout(places, _in_order(places, former=former))


def _split(folders: set[Folder], top: int, level: int) -> FolderLayout:
    """The folders at depth `level` are the split; at `level` > `top` those at `top` are the classes."""
    parts = {name: said for name in _children(folders, level) if (said := split_name(name)) is not None}
    divided = len({said.held for said in parts.values()}) == 2
    rests = {said.rest.lower() for said in parts.values()}
    inside = {folder for folder in folders if len(folder) > level and folder[level] in parts}
    deep = level + 1 + _stepped(inside, level)
    places = {}
    for folder in folders:
        if folder not in inside:
            places[folder] = Place(left_out=Sentence("it lies beside the folders for training and testing"))
            continue
        said = parts[folder[level]]
        if level > top:
            label = folder[top]
        elif len(rests) > 1:
            label = said.rest
        else:
            label = folder[deep] if len(folder) > deep else ""
        places[folder] = Place(said.held if divided else None, label)
    if len({place.label for folder, place in places.items() if folder in inside}) == 1:
        places = {folder: replace(place, label="") for folder, place in places.items()}  # one class is none
    names = sorted(parts, key=natural_key)
    return FolderLayout(
        places,
        _in_order(places),
        tuple(name for name in names if not parts[name].held),
        tuple(name for name in names if parts[name].held),
    )


def _stepped(folders: set[Folder], level: int) -> int:
    """How many folders to step into below the split: 1 for train/train/cat or train/images/cat in every part."""
    inside = {folder[level]: set[str]() for folder in folders}
    for folder in folders:
        inside[folder[level]].add(folder[level + 1] if len(folder) > level + 1 else "")
    lone = all(len(names) == 1 and "" not in names for names in inside.values())
    again = lone and all(split_name(next(iter(names))) == split_name(part) for part, names in inside.items())
    same = lone and len({next(iter(names)) for names in inside.values()}) == 1
    deeper = any(len(folder) > level + 2 for folder in folders)
    return 1 if again or (same and deeper) else 0


def _in_order(places: dict[Folder, Place], *, former: bool = False) -> tuple[str, ...]:
    names = {place.label for place in places.values()} - {""}
    return tuple(sorted(names, key=str if former else natural_key))
