"""Declarations of measures, and that every one of them has a figure or a reason."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from trainer.measures.all_groups import GROUPS, MEASURES
from trainer.measures.as_text import as_json, value_text
from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, Group, Measure, NotAvailableError, measured
from trainer.progress import UNWATCHED
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

ONE = Measure(key="one", title=Sentence("One"), about=Sentence("The first."), unit=Sentence("nats"))
TWO = Measure(key="two", title=Sentence("Two"), about=Sentence("The second."), digits=2)


def group(measure, *measures: Measure) -> Group:
    return Group(name="toy", title=Sentence("Toy"), measures=measures or (ONE, TWO), measure=measure)


def test_one_reason_applies_to_all_that_was_not_measured() -> None:
    def measure(subject, monitor):
        yield Figure(key="two", value=2.0)
        raise NotAvailableError("There are no classes.")

    first, second = measured(group(measure), None, UNWATCHED)
    assert (first.key, first.value, str(first.reason)) == ("one", None, "There are no classes.")
    assert (second.key, second.value, second.reason) == ("two", 2.0, None)


def test_what_is_not_declared_is_a_fault() -> None:
    with pytest.raises(ValueError, match="does not declare"):
        measured(group(lambda subject, monitor: [Figure(key="three", value=1)]), None, UNWATCHED)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_no_figure_is_anything_but_a_number(number: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        Figure(key="one", value=number)
    with pytest.raises(ValueError, match="not finite"):
        Figure(key="one", value=1.0, error=number)
    with pytest.raises(ValueError, match="reason"):
        Figure(key="one")


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(key="one", value=105.1234, error=0.3456), "105.12 ± 0.35"),
        (Figure(key="one", value=-1234.5, error=12.0), "-1,234 ± 12"),
        (Figure(key="one", value=0.5, interval=(0.41, 0.59)), "0.50 (0.41 to 0.59)"),
        (Figure(key="one", value=0.033817), "0.0338"),
        (Figure(key="one", value=12_000), "12,000"),
        (Figure(key="one", value=0.0), "0"),
        (Figure(key="one", value=3.2e-9), "3.2e-09"),
        (Figure(key="one", value=3.2e-9, error=2.5e-10), "3.2e-09 ± 2.5e-10"),
        (Figure(key="one", value=0.9333, error=1.1e-17), "0.933"),
        (Figure(key="one", value=0.5, interval=(0.5, 0.5 + 1e-12)), "0.500"),
        (Figure(key="one", reason=Sentence("No.")), "n/a"),
    ],
)
def test_as_many_digits_as_the_error_allows(figure: Figure, text: str) -> None:
    assert value_text(figure, ONE) == text


def test_limits_follow_from_the_error_or_are_given() -> None:
    low, high = Figure(key="one", value=10.0, error=1.0).limits
    assert (low, high) == pytest.approx((8.04, 11.96), abs=0.01)
    assert Figure(key="one", value=1.0, error=1.0, interval=(0.5, 1.25)).limits == (0.5, 1.25)
    assert Figure(key="one", value=1.0).limits is None


def test_json_has_the_words_of_the_measure() -> None:
    figure = Figure(key="one", value=1.5, error=0.1, reference=(7.6, Sentence("ln N")))
    found = as_json(figure, group(lambda subject, monitor: []))
    assert found["text"] == "1.50 ± 0.10 nats (ln N: 7.60)"
    assert (found["title"], found["unit"], found["group"]) == ("One", "nats", "toy")
    assert as_json(Figure(key="two", reason=Sentence("No.")), group(lambda s, m: []))["text"] == "n/a: No."


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([8, 9], "2 held-out images"),
        ([9], "one held-out image"),
        ([0], "one training image"),
        ([0, 7], "2 training images"),
        ([0, 9], "2 images"),
    ],
)
def test_what_was_measured_on_is_said_of_any_number(rows: list[int], text: str) -> None:
    subject = SimpleNamespace(rows=rows, data=SimpleNamespace(train_count=8), pixels="grey")
    assert str(images_measured(cast("Subject", subject))) == text


def test_names_are_unique_and_everything_is_explained() -> None:
    keys = [measure.key for group in GROUPS for measure in group.measures]
    assert len(keys) == len(set(keys)) == len(MEASURES)
    assert len({group.name for group in GROUPS}) == len(GROUPS)
    for measure in MEASURES.values():
        assert str(measure.about).endswith("."), measure.key
        assert measure.key.isidentifier()
