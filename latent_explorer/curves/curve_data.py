"""Prepares the history for drawing: for one quantity, one member and the visible steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from latent_explorer.core.branch import Branch
from latent_explorer.core.history import History
from latent_explorer.curves.smoothing import RAW_UP_TO, WINDOW, block_means, envelope, pieces, smooth
from latent_explorer.words.knob_words import knob_change
from trainer.card import Card
from trainer.reports import EvaluationReport

EMPTY = (np.empty(0, np.int64), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line with the change of a knob, such as "β 1 → 10", at the first step with it."""

    step: int
    text: str


@dataclass(frozen=True, slots=True)
class DrawnCurve:
    """(steps, values) pairs: the curve to read, the raw one faint behind it (empty if they are the same)."""

    curve: tuple[np.ndarray, np.ndarray]
    raw: tuple[np.ndarray, np.ndarray]
    #: Number of steps averaged for one value of `curve`; 1 if it is raw.
    window: int


def training_curve(
    history: History, member: int, name: str, visible: tuple[float, float] | None, breaks: Sequence[int] = ()
) -> DrawnCurve:
    """The training loss `name` of a member over the steps in `visible` (None: all), thinned for the screen.

    No mean crosses `breaks`, the steps at which a knob was turned or another branch begins.
    """
    steps, values = history.steps, history.column(member, name)
    if visible is not None:
        # One window more on the left, so that the mean is right from the visible edge on.
        first = max(0, int(np.searchsorted(steps, visible[0])) - WINDOW)
        last = int(np.searchsorted(steps, visible[1])) + 1
        steps, values = steps[first:last], values[first:last]
    if len(history) <= RAW_UP_TO:
        # Copies: views of the history are only good until it grows.
        return DrawnCurve((steps.copy(), values.copy()), EMPTY, 1)
    places, means, size, starts = block_means(steps, values, starts=pieces(steps, breaks))
    window = max(1, WINDOW // size)
    places = np.array(places)
    raw_steps, raw = envelope(steps, values)
    return DrawnCurve((places, smooth(means, window, starts)), (np.array(raw_steps), np.array(raw)), window * size)


def held_out_curve(evaluations: Sequence[EvaluationReport], name: str) -> tuple[np.ndarray, np.ndarray]:
    """The held-out loss `name` from reports of one model: (steps, values); empty if none is held out."""
    evaluations = [report for report in evaluations if not report.none_held_out]
    if not evaluations:
        return EMPTY
    steps = np.array([report.step for report in evaluations], np.int64)
    return steps, np.array([report.held_out[0].get(name) for report in evaluations], np.float32)


def former_curve(former: Branch | None, member: int, name: str) -> tuple[np.ndarray, np.ndarray]:
    """The training loss `name` of the former branch after the separation: (steps, values), smoothed."""
    if former is None or member >= former.history.members or name not in former.history.names:
        return EMPTY
    steps, values = training_curve(former.history, member, name, None, breaks_of(former.history, former)).curve
    first = int(np.searchsorted(steps, former.parted))
    return steps[first:], values[first:]


def marks_of(history: History, cards: Mapping[str, Card]) -> list[Mark]:
    """Marks of turned knobs that a shown model has, by its `cards`; turns without a net change are left out."""
    named = [Mark(turn.step, knob_change(turn.before, turn.after, cards)) for turn in history.turns]
    return [mark for mark in named if mark.text]


def breaks_of(history: History, former: Branch | None) -> list[int]:
    """The first steps with changed knobs, and the first step after the run separated from `former`."""
    return [turn.step for turn in history.turns] + ([] if former is None else [former.parted + 1])


def value_at(curve: tuple[np.ndarray, np.ndarray], step: float) -> float | None:
    """The value of (steps, values) at the last step up to `step`; None before the first or if not finite."""
    steps, values = curve
    place = int(np.searchsorted(steps, step, side="right")) - 1
    if place < 0 or place >= len(values) or not np.isfinite(values[place]):
        return None
    return float(values[place])
