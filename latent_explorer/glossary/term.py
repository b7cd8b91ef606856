"""An entry of the glossary.

Entries are data in English; `terms` gives them in the present language, and the translation script finds their
texts.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A number on screen, or another term that needs a word.

    Attributes:
        key: by which widgets refer to it.
        name: as on screen.
        what: what it is, in a sentence or two.
        unit: "" for a plain number.
        better: "lower" or "higher"; "" where neither is better.
        source: who proposed or described it: authors and year; "" for what needs none.
    """

    key: str
    name: str
    what: str
    unit: str = ""
    better: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Terms that are met together, under a title."""

    title: str
    terms: tuple[Term, ...]
