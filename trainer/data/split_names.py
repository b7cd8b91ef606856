"""Folder names that tell which part of a data set lies in them: "train", "val", "Test_set", "trainB", "测试集"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_TRAIN = frozenset(("train", "training", "trn", "learn", "learning", "训练"))
_HELD = frozenset(("val", "valid", "validation", "validate", "test", "testing", "tst", "验证", "测试"))
#: These say so too, but are words for other things as well: only among folders that all name a part.
_PERHAPS = frozenset(("eval", "evaluation", "dev", "devel", "development", "holdout", "heldout", "validierung"))
#: What may stand beside such a word without meaning anything.
_FILLERS = frozenset(
    (
        *("set", "sets", "data", "dataset", "image", "images", "img", "imgs", "picture", "pictures", "pics"),
        *("photo", "photos", "split", "part", "partition", "the", "jpg", "jpeg", "png", "sample", "samples"),
    )
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")


@dataclass(frozen=True, slots=True)
class SplitName:
    """What a folder's name says.

    Attributes:
        held: whether its images are held out, or trained on.
        sure: whether the word has no other meaning.
        rest: the name's other words, such as "B" of "trainB".
    """

    held: bool
    sure: bool
    rest: str


def split_name(name: str) -> SplitName | None:
    """What `name` says, or None if it names no part of a data set."""
    plain = re.sub(r"(?i)\b(hold|held)[-_ ]?out", "holdout", unicodedata.normalize("NFKC", name))
    words = [_bare(word) for word in _WORDS.findall(plain)]
    parts = [word for word in words if word.lower() in _TRAIN | _HELD | _PERHAPS]
    if len(parts) != 1:
        return None
    part = parts[0].lower()
    rest = [word for word in words if word is not parts[0] and word.lower() not in _FILLERS]
    return SplitName(part not in _TRAIN, part not in _PERHAPS, " ".join(word for word in rest if word))


def are_a_split(names: Iterable[str]) -> bool:
    """Whether folders side by side are the parts of one data set: something to train on and something held out.

    Their other words must be the same for both, so that "train cars" and "test pilots" stay two classes.
    Folders that name no part may stand beside them only if the parts' words have no other meaning.
    """
    said = [split_name(name) for name in names]
    found = [name for name in said if name is not None]
    if len(found) < len(said) and not all(name.sure for name in found):
        return False
    train = {name.rest.lower() for name in found if not name.held}
    held = {name.rest.lower() for name in found if name.held}
    return bool(train) and train == held


def _bare(word: str) -> str:
    """Without "set" or "data" grown onto it: "trainset", "测试集"."""
    for ending in ("dataset", "set", "data", "集", "数据"):
        bare = word[: -len(ending)]
        if word.lower().endswith(ending) and bare.lower() in _TRAIN | _HELD | _PERHAPS:
            return bare
    return word
