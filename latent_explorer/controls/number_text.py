"""Parsing and formatting of numbers in text fields."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping


class NumberTextError(ValueError):
    """Text that is not a number."""


class UnclearNumberError(NumberTextError):
    """Text with two possible `readings`, because its only comma or point may be a group or a decimal separator."""

    def __init__(self, text: str, readings: tuple[float, float]) -> None:
        super().__init__(text)
        self.readings = readings


_MARKS = str.maketrans({"\u2212": "-", "\u066b": ".", "\u066c": ",", "\u3002": ".", "\u3001": ","})


def plain_text(text: str) -> str:
    """`text` with full-width and other variants of digits and signs replaced by the ASCII ones."""
    return unicodedata.normalize("NFKC", text).translate(_MARKS).strip().lower()


def parse_number(
    text: str, unit: str = "", words: Mapping[str, float] | None = None, *, whole: bool = False
) -> float:
    """The number in `text`: "10", "1e-3", "0,5", "1.5 steps" (with `unit` "steps"), or one of `words`.

    If comma and point both occur, the last is the decimal separator, and groups must have three digits. An
    ambiguous comma ("1,000") raises `UnclearNumberError`; for a `whole` number it groups, while a point before
    three digits is ambiguous. Raises `NumberTextError` for anything else, including nan and infinity unless they
    are in `words`.
    """
    plain = plain_text(text)
    if words and plain in words:
        return words[plain]
    if unit and plain.endswith(unit.lower()):
        plain = plain[: -len(unit)].strip()
    found = re.fullmatch(r"([+-]?)([\d.,_'’ ]*)((?:e[+-]?\d+)?)", plain)
    if found is None:
        raise NumberTextError(text)
    sign, digits, power = found.groups()

    def number(digits: str) -> float:
        try:
            value = float(sign + digits + power)
        except ValueError:
            raise NumberTextError(text) from None
        if not math.isfinite(value):
            raise NumberTextError(text)
        return value

    decimal = _decimal_sign(digits)
    before, mark, after = digits.rpartition(decimal) if decimal else (digits, "", "")
    if re.fullmatch(r"\d*", before) and re.fullmatch(r"\d*", after):
        # One comma or point, or none.
        divided = number(f"{before}.{after}" if mark else before)
        if len(after) != 3 or not re.fullmatch(r"[1-9]\d{0,2}", before) or (mark == "." and not whole):
            return divided
        grouped = number(before + after)
        if mark == "," and whole:
            return grouped
        raise UnclearNumberError(text, (grouped, divided))
    if not _is_grouped(before, mark) or (not after.isdecimal() and mark):
        raise NumberTextError(text)
    return number(re.sub(r"\D", "", before) + (f".{after}" if mark else ""))


def _decimal_sign(digits: str) -> str:
    """The possible decimal separator: the last comma or point, if it occurs only once; else ""."""
    last = max(".,", key=digits.rfind)
    return last if digits.count(last) == 1 else ""


def _is_grouped(digits: str, decimal: str) -> bool:
    """Whether `digits` are groups of three with a single kind of separator other than `decimal`."""
    signs = set(re.sub(r"\d", "", digits))
    return len(signs) == 1 and decimal not in signs and bool(re.fullmatch(r"\d{1,3}(?:\D\d{3})+", digits))


def format_number(number: float, digits: int = 4) -> str:
    """`number` with at most `digits` significant digits, in its shortest form: 0.5, 128, 1e-3, 2.5e-4."""
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
