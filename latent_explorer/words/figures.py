"""Numbers as text: figures with a constant width, so that nothing moves while they change."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

#: As wide as a plus sign, which a hyphen is not.
MINUS = "\N{MINUS SIGN}"


def missing() -> str:
    """The text in place of a figure that does not apply."""
    return QCoreApplication.translate("figures", "n/a")


def signed(value: float) -> str:
    """A coordinate, such as "+2.25" or "−1.12"; whole from 100 on; "n/a" for NaN and infinity."""
    if not math.isfinite(value):
        return missing()
    size = abs(value)
    # The second rounding keeps "−0.00" from being shown.
    near = f"{round(value, 2) + 0.0:+.2f}"
    text = near if size < 99.995 else f"{value:+.0f}" if size < 99_999.5 else f"{value:+.0e}"
    return text.replace("-", MINUS)


def nats(value: float) -> str:
    """A loss in nats, such as "129.6"; two decimals below 10; "n/a" for NaN and infinity."""
    if not math.isfinite(value):
        return missing()
    digits = 2 if abs(value) < 9.995 else 1 if abs(value) < 9_999.95 else 0
    # The second rounding keeps "−0.00" from being shown.
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", MINUS)


def count(value: int) -> str:
    """A count, such as "31,400"."""
    return f"{value:,}"


def percent(share: float) -> str:
    """A share such as "0.4 %", "12 %", "> 99.9 %"; "0 %" and "100 %" are exact."""
    value = 100 * share
    if 0 < value < 0.1:
        return "< 0.1 %"
    if 99.9 < value < 100:
        return "> 99.9 %"
    return f"{value:.1f} %" if 0 < value < 9.95 or 99.5 <= value < 100 else f"{value:.0f} %"


def megabytes(size: int) -> str:
    """Memory, such as "612 MB" or "1.24 GB"."""
    return f"{size / 1e6:.0f} MB" if size < 999_500_000 else f"{size / 1e9:.2f} GB"


def clock(seconds: float) -> str:
    """Time left, such as "0:07" or "1:02:30"."""
    whole = max(0, math.ceil(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"
