"""Decides which arrays of a file are images, labels and factors: by name, otherwise by shape.

A name is one of the usual spellings of images, labels or factors, alone or with the part of an official split
before or after it (x_train, train_images, val_labels, Xtest); folders in names are ignored. A remark reports every
decision made by shape alone and every array that is not used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trainer.data.array_members import Member
from trainer.data.images import DataError
from trainer.data.npy_stream import ArrayFile, times
from trainer.data.pixel_scale import is_pictures
from trainer.sentences import Sentence

_IMAGES, _LABELS, _FACTORS = "images", "labels", "factors"
#: Usual names of each kind, most likely first.
_NAMES = {
    _IMAGES: ("imgs", "images", "image", "x", "data", "arr_0"),
    _LABELS: ("labels", "label", "y", "targets", "target"),
    _FACTORS: ("factors", "latents_values", "latents"),
}
_PARTS = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "dev"), "val"),
    **dict.fromkeys(("test", "testing"), "test"),
}
#: dSprites' class table; its second column is the shape.
_SHAPES = "latents_classes"
#: numpy's names for arrays that were saved without one.
_POSITION = re.compile(r"arr_\d+$")
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Part:
    """Images with their labels and factors, all with the same number of rows.

    `guessed` is an array that may be labels by its shape alone; the reader checks its values and may reject it.
    """

    images: ArrayFile
    labels: ArrayFile | None = None
    factors: ArrayFile | None = None
    shapes: ArrayFile | None = None
    guessed: Member | None = None

    @property
    def rows(self) -> int:
        """Number of images."""
        return self.images.shape[0]


@dataclass(slots=True)
class Roles:
    """One part, or the training and the held-out part of an official split, with remarks about the choice."""

    parts: list[Part]
    unused: list[Member] = field(default_factory=list)
    remarks: list[Sentence] = field(default_factory=list)


def roles_of(members: Sequence[Member], path: Path, held_out: Sequence[str] = ("test", "val")) -> Roles:
    """The roles of the arrays in the file `path`; the first part of `held_out` that exists becomes the held-out
    set.

    Raises `DataError` if the images cannot be identified or a needed array cannot be used.
    """
    if len(members) == 1:
        return Roles([Part(members[0].array)])
    table = _Table(members)
    for part in held_out:
        if table.named(_IMAGES, "train") and table.named(_IMAGES, part):
            return table.finish([table.part("train"), table.part(part)])
    for part in ("", "train", "val", "test"):
        images = table.images(part)
        if images is not None:
            return table.finish([table.part(part, images)])
    return table.finish([table.part("", table.pictures(path))])


def not_used(members: Sequence[Member]) -> list[Sentence]:
    """The sentence that lists arrays without a role; none for none."""
    if not members:
        return []
    named = [
        f"{one.name} ({times(one.header.shape)})" if one.header else one.name for one in members[:_MOST_NAMED]
    ]
    if len(members) > _MOST_NAMED:
        named.append(f"{len(members) - _MOST_NAMED:,} more")
    return [Sentence("Not used of the file: {names}.", names=", ".join(named))]


class _Table:
    """Members grouped by kind and part, and the members already assigned a role."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self._kinds = [_kind_and_part(member.name) for member in members]
        self._taken: set[int] = set()
        self._remarks: list[Sentence] = []

    def named(self, kind: str, part: str) -> list[Member]:
        """Members of a kind that belong to a part ("" for none), most likely first."""
        names = _NAMES[kind]
        found = [
            (names.index(name), index)
            for index, (name, of) in enumerate(self._kinds)
            if of == part and name in names
        ]
        return [self._members[index] for _, index in sorted(found)]

    def images(self, part: str) -> Member | None:
        """The images of a part by name: the most likely one that can hold pictures, else the most likely name."""
        named = self.named(_IMAGES, part)
        usable = [one for one in named if one.header is not None and is_pictures(one.header)]
        return next(iter(usable or [one for one in named if not _POSITION.search(one.name)]), None)

    def pictures(self, path: Path) -> Member:
        """The only array that can be images by its shape. Raises `DataError` unless there is exactly one."""
        usable = [one for one in self._members if one.header is not None and is_pictures(one.header)]
        found = [one for one in usable if one.array.shape[2:]] or usable  # tables (N, D) as a last resort
        if len(found) != 1 and self.named(_IMAGES, ""):
            return self.named(_IMAGES, "")[0]  # reports its specific error
        if len(found) != 1:
            names = ", ".join(sorted(one.name for one in self._members)[:_MOST_NAMED]) or "none"
            raise DataError(
                "{path} has no array called images (it has {names}); save the images under that name.",
                path=path,
                names=names,
            )
        self._remarks.append(
            Sentence("No array is called images; {name} is taken for them by its shape.", name=found[0].name)
        )
        return found[0]

    def part(self, part: str, images: Member | None = None) -> Part:
        """The images of a part with its labels and factors. Raises `DataError` if their lengths differ."""
        images = self._take(images or self.named(_IMAGES, part)[0])
        made = Part(
            images.array,
            self._column(_LABELS, part, images),
            self._column(_FACTORS, part, images),
            self._shapes(part, images),
        )
        if made.labels is not None:
            return made
        return Part(made.images, None, made.factors, made.shapes, self._guessed(images.array))

    def finish(self, parts: list[Part]) -> Roles:
        """The roles, once all parts are assigned."""
        if len(parts) == 2:  # a guess by shape would have to fit both parts
            parts = [Part(part.images, part.labels, part.factors, part.shapes) for part in parts]
        unused = [member for index, member in enumerate(self._members) if index not in self._taken]
        return Roles(parts, unused, self._remarks)

    def _take(self, member: Member) -> Member:
        self._taken.add(next(index for index, one in enumerate(self._members) if one is member))
        return member

    def _column(self, kind: str, part: str, images: Member) -> ArrayFile | None:
        named = self.named(kind, part)
        if not named:
            return None
        column, rows = self._take(named[0]).array, images.array.shape[0]
        if column.shape[0] != rows:
            raise DataError(
                "{array} has {rows:,} rows for {images:,} images; save one row an image.",
                array=column.where,
                rows=column.shape[0],
                images=rows,
            )
        return column

    def _shapes(self, part: str, images: Member) -> ArrayFile | None:
        rows = images.array.shape[0]
        for member, kind in zip(self._members, self._kinds, strict=True):
            if kind == (_SHAPES, part) and member.header and member.header.shape[0] == rows:
                return self._take(member).header
        return None

    def _guessed(self, images: ArrayFile) -> Member | None:
        """The only remaining array that could be labels by its shape, or None."""
        found = [
            member
            for index, member in enumerate(self._members)
            if index not in self._taken
            and member.header is not None
            and member.header.shape in ((images.shape[0],), (images.shape[0], 1))
        ]
        return found[0] if len(found) == 1 else None


def _kind_and_part(name: str) -> tuple[str, str]:
    """The plain name of an array and its part of a split: ("x", "train") for "set/X_train"."""
    plain = name.rsplit("/", 1)[-1].lower()
    if any(plain in names for names in _NAMES.values()):
        return plain, ""
    for word, part in _PARTS.items():
        found = re.fullmatch(rf"{word}[_\-. ]*(?P<behind>.+)|(?P<before>.+?)[_\-. ]*{word}", plain)
        if found is not None:
            rest = found["behind"] or found["before"]
            if any(rest in names for names in _NAMES.values()):
                return rest, part
    return plain, ""
