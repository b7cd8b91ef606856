"""Figures as text and as JSON. Torch-free."""

from __future__ import annotations

from typing import Any

from trainer.measures.measure import Figure, Group, Measure

#: Maximum number of decimals, and the limit below which a number is written as a power of ten.
_MOST, _SMALL = 8, 1e-4


def value_text(figure: Figure, measure: Measure) -> str:
    """The value with its error: "105.12 ± 0.34", decimals as precise as the error; "n/a" without a value."""
    if figure.value is None:
        return "n/a"
    if isinstance(figure.value, int):
        return f"{figure.value:,}"
    if figure.error is not None and round(figure.error, _MOST) > 0:
        places = _decimals(figure.error, 2)
        return f"{figure.value:,.{places}f} ± {figure.error:.{places}f}"
    if figure.error is not None and figure.error > 0 and abs(figure.value) < _SMALL:
        return f"{figure.value:.{measure.digits}g} ± {figure.error:.2g}"
    # A remaining error is only rounding.
    if figure.interval is not None and round(width := figure.interval[1] - figure.interval[0], _MOST) > 0:
        places = _decimals(width, 2)
        low, high = (f"{limit:.{places}f}" for limit in figure.interval)
        return f"{figure.value:,.{places}f} ({low} to {high})"
    if figure.value == 0:
        return "0"
    if not _SMALL <= abs(figure.value) < 1e7:
        return f"{figure.value:.{measure.digits}g}"
    return f"{figure.value:,.{_decimals(figure.value, measure.digits)}f}"


def _decimals(number: float, digits: int) -> int:
    """Number of decimals that shows `digits` significant digits of `number`: 0 to `_MOST`."""
    leading = int(f"{abs(number):e}".split("e")[1])
    return min(max(digits - 1 - leading, 0), _MOST)


def as_json(figure: Figure, group: Group) -> dict[str, Any]:
    """The figure with the texts of its measure as a JSON object; None for missing parts."""
    measure = next(one for one in group.measures if one.key == figure.key)
    low, high = figure.limits or (None, None)
    reference, of = figure.reference or (None, None)
    unit = None if measure.unit is None else str(measure.unit)
    text = value_text(figure, measure)
    text = f"{text} {unit}" if unit is not None and figure.value is not None else text
    text = text if figure.label is None else f"{figure.label}: {text}"
    text = f"{text}: {figure.reason}" if figure.reason is not None else text
    if reference is not None:
        text = f"{text} ({of}: {value_text(Figure(key=figure.key, value=reference), measure)})"
    return {
        "measure": figure.key,
        "group": group.name,
        "group_title": str(group.title),
        "title": str(measure.title),
        "unit": unit,
        "better": measure.better or None,
        "value": figure.value,
        "error": figure.error,
        "low": low,
        "high": high,
        "reference": reference,
        "reference_is": None if of is None else str(of),
        "label": None if figure.label is None else str(figure.label),
        "conditions": None if figure.conditions is None else str(figure.conditions),
        "reason": None if figure.reason is None else str(figure.reason),
        "each": list(figure.each),
        "text": text,
    }
