"""Interprets the subfolders of a chosen folder: classes, or a split into training and held-out images.

The rules, used by the import dialog and by the reader:

- a folder that contains all the others is skipped;
- folders called train, val, test and the like (`trainer.data.split_names`) are the split, with classes below them;
- folders that each contain only such parts (cat/train, cat/test, dog/train, ...) are classes;
- test and val without train, above classes, are neither classes nor a split;
- otherwise the first folder level is the class, at any depth; pictures beside class folders have no class.
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
    """The meaning of one folder for the pictures in it.

    Attributes:
        held: whether they are held out; None if the folders define no split.
        label: the class; "" for none.
        left_out: the reason why they are not read; None if they are.
    """

    held: bool | None = None
    label: str = ""
    left_out: Sentence | None = None


@dataclass(frozen=True, slots=True)
class FolderLayout:
    """The meaning of every folder that contains pictures.

    Attributes:
        places: folder (its path parts below the chosen one) -> its meaning.
        classes: class names in natural order, which is the order of the label numbers.
        train, held: names of the folders that form the split, in natural order; () without a split. If only one of
            them is filled, the folders are parts of a data set, but neither classes nor a usable split.
    """

    places: dict[Folder, Place]
    classes: tuple[str, ...]
    train: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


def layout_of(folders: Collection[Folder], *, former: bool = False) -> FolderLayout:
    """The layout of folders that contain pictures; `former` applies the first version's rules: classes only."""
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
    # A single folder beside pictures is a class, unless it contains class folders.
    return _classes(distinct, depth if inside else _shared(distinct))


def _shared(folders: Collection[Folder]) -> int:
    """Length of the common leading path of all folders."""
    # In sorted order, the common prefix of the first and the last path is common to all.
    first, last = min(folders, default=()), max(folders, default=())
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))


def _top(folders: Collection[Folder]) -> Folder:
    """The deepest folder that contains all others, ignoring pictures above it."""
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
    """The folders at depth `level` form the split; if `level` > `top`, those at depth `top` are the classes."""
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
    """Folder levels to skip below the split: 1 if every part looks like train/train/cat or train/images/cat."""
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
