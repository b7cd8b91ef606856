"""Recognises folder names that denote a part of a split: "train", "val", "Test_set", "trainB", "测试集"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_TRAIN = frozenset(("train", "training", "trn", "learn", "learning", "训练"))
_HELD = frozenset(("val", "valid", "validation", "validate", "test", "testing", "tst", "验证", "测试"))
#: Ambiguous words: they count only if all sibling folders name a part.
_PERHAPS = frozenset(("eval", "evaluation", "dev", "devel", "development", "holdout", "heldout", "validierung"))
#: Words that are ignored beside the name of a part.
_FILLERS = frozenset(
    (
        *("set", "sets", "data", "dataset", "image", "images", "img", "imgs", "picture", "pictures", "pics"),
        *("photo", "photos", "split", "part", "partition", "the", "jpg", "jpeg", "png", "sample", "samples"),
    )
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")


@dataclass(frozen=True, slots=True)
class SplitName:
    """A parsed folder name.

    Attributes:
        held: whether its images are held out (True) or for training (False).
        sure: whether the word is unambiguous.
        rest: the remaining words of the name, such as "B" of "trainB".
    """

    held: bool
    sure: bool
    rest: str


def split_name(name: str) -> SplitName | None:
    """The parsed `name`, or None if it names no part of a split."""
    plain = re.sub(r"(?i)\b(hold|held)[-_ ]?out", "holdout", unicodedata.normalize("NFKC", name))
    words = [_bare(word) for word in _WORDS.findall(plain)]
    parts = [word for word in words if word.lower() in _TRAIN | _HELD | _PERHAPS]
    if len(parts) != 1:
        return None
    part = parts[0].lower()
    rest = [word for word in words if word is not parts[0] and word.lower() not in _FILLERS]
    return SplitName(part not in _TRAIN, part not in _PERHAPS, " ".join(word for word in rest if word))


def are_a_split(names: Iterable[str]) -> bool:
    """Whether sibling folders form a split, with a training part and a held-out part.

    Their remaining words must agree, so that "train cars" and "test pilots" stay two classes. Siblings that name
    no part are allowed only if the parts' words are unambiguous.
    """
    said = [split_name(name) for name in names]
    found = [name for name in said if name is not None]
    if len(found) < len(said) and not all(name.sure for name in found):
        return False
    train = {name.rest.lower() for name in found if not name.held}
    held = {name.rest.lower() for name in found if name.held}
    return bool(train) and train == held


def _bare(word: str) -> str:
    """The word without an attached "set" or "data": "trainset", "测试集"."""
    for ending in ("dataset", "set", "data", "集", "数据"):
        bare = word[: -len(ending)]
        if word.lower().endswith(ending) and bare.lower() in _TRAIN | _HELD | _PERHAPS:
            return bare
    return word
