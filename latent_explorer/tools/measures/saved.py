"""Figures as they are saved with a session, and read again; the file may hold anything."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from trainer.measures.all_groups import MEASURES
from trainer.measures.measure import Figure
from trainer.sentences import Sentence

#: How numbers are written inside sentences: no width, which could be any.
_SPEC = re.compile(r",?(\.\d)?[dfg%]?")
#: Characters of a text, also of one that a sentence makes of its values, and sentences within sentences, at most.
_LONGEST, _DEEPEST = 1_000, 8
#: Attributes of a figure that are sentences.
_SENTENCES = ("reason", "conditions", "label")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFigures:
    """Figures of one pane's model.

    Attributes:
        pane: its index. source: what it showed, as `PaneView.source` of a session. step: of the weights.
        mark: of the weights, see `Measured.mark`.
        figures: without what they say of single images or dimensions.
    """

    pane: int
    source: str
    step: int
    figures: tuple[Figure, ...] = field(repr=False)
    mark: str = ""


def to_json(saved: tuple[SavedFigures, ...]) -> list[dict[str, Any]]:
    """As plain data."""
    return [
        {"pane": one.pane, "source": one.source, "step": one.step, "mark": one.mark}
        | {"figures": list(map(_figure_data, one.figures))}
        for one in saved
    ]


def read(saved: Any) -> tuple[SavedFigures, ...]:
    """What `to_json` has made; figures of measures that are not known are left out.

    Raises `ValueError` or `TypeError`.
    """
    if not isinstance(saved, list):
        raise TypeError("no saved figures")
    found = []
    for one in saved:
        pane, step = (_whole(_of(one, name)) for name in ("pane", "step"))
        figures = [_figure(data) for data in _listed(_of(one, "figures")) if _of(data, "key") in MEASURES]
        source, mark = _text(_of(one, "source")), _text(one.get("mark", ""))
        found.append(SavedFigures(pane=pane, source=source, step=step, figures=tuple(figures), mark=mark))
    return tuple(found)


def _figure_data(figure: Figure) -> dict[str, Any]:
    data: dict[str, Any] = {"key": figure.key}
    for name in ("value", "error", "interval"):
        if getattr(figure, name) is not None:
            data[name] = getattr(figure, name)
    for name in _SENTENCES:
        if getattr(figure, name) is not None:
            data[name] = _sentence_data(getattr(figure, name))
    if figure.reference is not None:
        value, what = figure.reference
        data["reference"] = [value, _sentence_data(what)]
    return data


def _figure(data: dict[str, Any]) -> Figure:
    interval = None if data.get("interval") is None else tuple(map(_number, _listed(data["interval"])))
    if interval is not None and len(interval) != 2:
        raise ValueError("an interval has two ends")
    reference = None
    if data.get("reference") is not None:
        value, what = _listed(data["reference"])
        reference = _number(value), _sentence(what)
    return Figure(
        key=data["key"],
        value=None if data.get("value") is None else _number(data["value"]),
        error=None if data.get("error") is None else _number(data["error"]),
        interval=interval,
        reference=reference,
        reason=_said(data, "reason"),
        conditions=_said(data, "conditions"),
        label=_said(data, "label"),
    )


def _said(data: dict[str, Any], name: str) -> Sentence | None:
    return None if data.get(name) is None else _sentence(data[name])


def _sentence_data(sentence: Sentence) -> list[Any]:
    """[template, values by name]."""
    values = {
        name: _sentence_data(value) if isinstance(value, Sentence) else value for name, value in sentence.values
    }
    return [sentence.template, values]


def _sentence(data: Any, depth: int = 0) -> Sentence:
    template, values = _listed(data)
    if depth > _DEEPEST or not isinstance(values, dict):
        raise ValueError("no saved sentence")
    for _, name, spec, conversion in Formatter().parse(_text(template)):
        if name is None:
            continue
        # A name alone: "x.y", "x[0]" and "0" would be looked up elsewhere, whatever the values are called.
        if not name.isidentifier() or name not in values or conversion or not _SPEC.fullmatch(spec or ""):
            raise ValueError("no saved sentence")
    made = Sentence(template, **{name: _value(value, depth) for name, value in values.items()})
    _text(made.text())  # also: a number where the template wants one
    return made


def _value(value: Any, depth: int) -> object:
    if isinstance(value, list):
        return _sentence(value, depth + 1)
    if isinstance(value, bool):
        return value
    return _number(value) if isinstance(value, int | float) else _text(value)


def _of(data: Any, name: str) -> Any:
    if not isinstance(data, dict) or name not in data:
        raise TypeError(f"{name} is missing")
    return data[name]


def _listed(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise TypeError("no list")
    return data


def _text(data: Any) -> str:
    if not isinstance(data, str) or len(data) > _LONGEST:
        raise TypeError("no text")
    return data


def _number(data: Any) -> float:
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise TypeError("no number")
    if isinstance(data, int) and abs(data) > sys.float_info.max:
        raise ValueError("a number that no float can be")
    return data


def _whole(data: Any) -> int:
    if isinstance(data, bool) or not isinstance(data, int) or data < 0:
        raise TypeError("no whole number")
    return data
