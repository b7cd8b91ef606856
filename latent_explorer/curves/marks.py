"""Where knobs were turned: marks beside the curves, and breaks that no mean reaches across."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from latent_explorer.core.branch import Branch
from latent_explorer.core.history import History
from latent_explorer.words.knob_words import knob_change
from trainer.card import Card


@dataclass(frozen=True, slots=True)
class Mark:
    """A line beside which stands what was turned, such as "β 1 → 10"; at the step that it acted on first."""

    step: int
    text: str


def marks_of(history: History, cards: Mapping[str, Card]) -> list[Mark]:
    """Where knobs were turned that a model has, by the `cards` of all on show; no turn that ended as it began."""
    named = [Mark(turn.step, knob_change(turn.before, turn.after, cards)) for turn in history.turns]
    return [mark for mark in named if mark.text]


def breaks_of(history: History, former: Branch | None) -> list[int]:
    """The steps on which knobs acted first, and the first one after the run parted from `former`."""
    return [turn.step for turn in history.turns] + ([] if former is None else [former.parted + 1])
