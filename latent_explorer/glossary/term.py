"""An entry of the glossary.

Entries are data in English; `terms` returns them in the present language, and the translation script finds their
texts.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A number on screen, or another term that needs an explanation.

    Attributes:
        key: used by widgets to refer to it.
        name: as on screen.
        what: definition in a sentence or two.
        unit: "" for a plain number.
        better: "lower" or "higher"; "" where neither is better.
        source: authors and year; "" if none is needed.
    """

    key: str
    name: str
    what: str
    unit: str = ""
    better: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of related terms with a title."""

    title: str
    terms: tuple[Term, ...]
