"""What benchmarks print: percentiles as a table for people, or as JSON keyed by case, then by figure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

Figure = float | bool | str
Cases = Mapping[str, Mapping[str, Figure]]


def summarise(samples_ms: Sequence[float]) -> dict[str, float]:
    """The 50th, 95th and 99th percentile (nearest rank, so always a time that occurred), in milliseconds.

    Raises `ValueError` without samples.
    """
    if len(samples_ms) == 0:
        raise ValueError("a summary needs at least one sample")
    ordered = sorted(float(sample) for sample in samples_ms)
    return {f"p{rank}_ms": ordered[math.ceil(len(ordered) * rank / 100) - 1] for rank in (50, 95, 99)}


def emit(title: str, cases: Cases, as_json: bool) -> None:
    """Print the figures of each case to standard output: one JSON object, or a table under `title`."""
    if as_json:
        print(json.dumps({case: dict(figures) for case, figures in cases.items()}, indent=2, ensure_ascii=False))
        return
    print(title)
    for case, figures in cases.items():
        print(f"\n  {case}")
        width = max((len(name) for name in figures), default=0)
        for name, figure in figures.items():
            print(f"    {name:<{width}}  {shown(figure):>14}")


def shown(figure: Figure) -> str:
    """A figure for people."""
    if isinstance(figure, bool):
        return "yes" if figure else "no"
    if isinstance(figure, str):
        return figure
    if figure == 0 or not math.isfinite(figure):
        return f"{figure:g}"
    return f"{figure:,.0f}" if abs(figure) >= 1000 else f"{figure:.4g}"
