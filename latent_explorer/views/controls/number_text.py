"""Numbers as people type and read them."""

from __future__ import annotations

import math
from collections.abc import Mapping


class NumberTextError(ValueError):
    """Text that is no number."""


def parse_number(text: str, unit: str = "", words: Mapping[str, float] | None = None) -> float:
    """The number in `text`: "10", "1e-3", "0,5", "1.5 steps" (with `unit` "steps"), or one of `words`.

    A comma is a decimal comma; where both occur, the last is the decimal sign and the others group digits. Raises
    `NumberTextError` for anything else, nan and infinity included (unless a word stands for it).
    """
    plain = text.strip().lower().replace("\u2212", "-").replace("\u00a0", " ")
    if words and plain in words:
        return words[plain]
    if unit and plain.endswith(unit.lower()):
        plain = plain[: -len(unit)].strip()
    plain = plain.replace(" ", "").replace("_", "").replace("'", "")
    if "," in plain and "." in plain:
        grouping = "," if plain.rindex(".") > plain.rindex(",") else "."
        plain = plain.replace(grouping, "")
    plain = plain.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        raise NumberTextError(text) from None
    if not math.isfinite(number):
        raise NumberTextError(text)
    return number


def format_number(number: float, digits: int = 4) -> str:
    """`number` to at most `digits` significant digits, in the shortest usual form: 0.5, 128, 1e-3, 2.5e-4."""
    if number == 0:
        return "0"
    if number == int(number) and abs(number) < 10**9:
        return str(int(number))
    if 1e-2 <= abs(number) < 1e6:
        return f"{number:.{digits}g}"
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}"
