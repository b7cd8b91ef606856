"""The declaration of a measure (names, unit, meaning), and a measured value. Torch-free."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from trainer.progress import Monitor
from trainer.sentences import Sentence, SentenceError

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

#: Share of the normal distribution within ± one standard error times this: 95 %.
NORMAL_95 = 1.959964


class NotAvailableError(SentenceError):
    """A measure that does not apply to a model or its data; the message is the reason, one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The declaration of a number that can be measured on a model: its names, meaning and direction.

    Attributes:
        key: its name in JSON, CSV and settings.
        title: display name, a few words.
        unit: None for a pure number.
        better: "lower" or "higher"; "" where neither is better, so that no winner is marked.
        about: its definition with the formula in words, in one or two sentences that a student understands.
        source: the paper or book; "" for an elementary one.
        digits: significant digits to show where there is no standard error.
    """

    key: str
    title: Sentence
    unit: Sentence | None = None
    better: Literal["lower", "higher", ""] = ""
    about: Sentence
    source: str = ""
    digits: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value.

    Attributes:
        key: of its `Measure`.
        value: finite; None if it is not available.
        reason: why it is not available, one sentence; None otherwise.
        error: standard error; None where there is none.
        interval: 95 % interval, where it does not follow from the error (a bootstrap's, a binomial share's).
        conditions: what it was measured on and how: "10,000 held-out images, one draw of q(z|x) each".
        reference: a value to compare with and its description: a ceiling, the figure of real images
            against real ones, a random baseline.
        each: its parts, one per dimension or image; () where it has none.
        label: a verdict in a word or two, such as "ring"; None without one.
        images: for a mean over images the value of each, float64 (n,), in the order of the measured images; else
            None. Used to compare two models image by image.
    """

    key: str
    value: float | None = None
    reason: Sentence | None = None
    error: float | None = None
    interval: tuple[float, float] | None = None
    conditions: Sentence | None = None
    reference: tuple[float, Sentence] | None = None
    each: tuple[float, ...] = field(default=(), repr=False)
    label: Sentence | None = None
    images: np.ndarray | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("a figure has a value or the reason why it has none")
        for number in (self.value, self.error, *(self.interval or ()), *(self.reference or ())[:1]):
            if number is not None and not math.isfinite(number):
                raise ValueError(f"{self.key} is not finite: give the reason instead")

    @classmethod
    def of(
        cls,
        key: str,
        value: float,
        conditions: Sentence | None = None,
        *,
        error: float | None = None,
        interval: tuple[float, float] | None = None,
        reference: tuple[float, Sentence] | None = None,
        each: tuple[float, ...] = (),
        label: Sentence | None = None,
        images: np.ndarray | None = None,
    ) -> Figure:
        """The figure of a value that may be non-finite, for example if the model's weights have overflowed."""
        if not math.isfinite(value):
            return cls(
                key=key, reason=Sentence("It is not a finite number for this model."), conditions=conditions
            )
        return cls(
            key=key,
            value=value,
            error=error if error is None or math.isfinite(error) else None,
            interval=interval if interval is None or all(map(math.isfinite, interval)) else None,
            conditions=conditions,
            reference=reference if reference is None or math.isfinite(reference[0]) else None,
            each=each,
            label=label,
            images=images,
        )

    @property
    def limits(self) -> tuple[float, float] | None:
        """The 95 % interval: as measured, else that of a normal distribution with the standard error."""
        if self.interval is not None or self.value is None or self.error is None:
            return self.interval
        return self.value - NORMAL_95 * self.error, self.value + NORMAL_95 * self.error


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Measures that are computed together.

    Attributes:
        name: in options and JSON.
        title: display name.
        measures: all measures that `measure` yields, in display order.
        measure: yields a figure for each. If it raises `NotAvailableError`, that is the reason for all measures
            that it has not yielded yet.
        slow: measured only on request: it takes more than a second for 10,000 digits.
    """

    name: str
    title: Sentence
    measures: tuple[Measure, ...]
    measure: Callable[[Subject, Monitor], Iterable[Figure]] = field(repr=False)
    slow: bool = False


def measured(group: Group, subject: Subject, monitor: Monitor) -> tuple[Figure, ...]:
    """A figure of every measure of `group`, in its order. Raises `CancelledError`."""
    found: dict[str, Figure] = {}
    reason = Sentence("It was not measured.")
    try:
        for figure in group.measure(subject, monitor):
            found[figure.key] = figure
    except NotAvailableError as error:
        reason = error.sentence
    undeclared = found.keys() - {measure.key for measure in group.measures}
    if undeclared:
        raise ValueError(f"{group.name} gives figures that it does not declare: {', '.join(sorted(undeclared))}")
    return tuple(found.get(measure.key, Figure(key=measure.key, reason=reason)) for measure in group.measures)
