"""Parsing and formatting of layer widths."""

from __future__ import annotations

import re

from latent_explorer.controls.number_text import plain_text
from trainer.config import MAX_WIDTH
from trainer.records import ConfigError


def parse_widths(text: str) -> tuple[str, tuple[int, ...]]:
    """(network, widths) of "512-256", "512, 256", "1,024-512", "mlp 400", "conv 16-32" or "linear".

    Raises `ConfigError` for anything else; whether the widths fit the images is checked by `ModelConfig`.
    """
    plain = plain_text(text)
    if plain in ("linear", "mlp"):
        return "mlp", ()
    match = re.fullmatch(r"(?:(mlp|conv)\s+)?(\d{1,5}(?:\s*[-–,;×x ]\s*\d{1,5})*)", plain)
    if match is None:
        raise ConfigError("Enter layer widths such as 512-256, or conv 32-64 for a convolutional network.")
    return match.group(1) or "mlp", _widths(match.group(2))


def _widths(text: str) -> tuple[int, ...]:
    """The numbers in "512-256", "512,256" or "1,024-512". Raises `ConfigError` for an ambiguous comma."""
    lists = re.sub(r"\s*[-–;×x ]\s*|,\s+|\s+,", " ", re.sub(r"\s+,", ", ", text)).split()
    if len(lists) > 1:
        return tuple(width for part in lists for width in _of_part(part, only_grouped=True))
    return _of_part(lists[0], only_grouped=False)


def _of_part(part: str, *, only_grouped: bool) -> tuple[int, ...]:
    """The numbers in digits and commas; `only_grouped`: other signs separate numbers, so commas group digits."""
    parts = part.split(",")
    grouped = int("".join(parts)) if all(len(digits) == 3 for digits in parts[1:]) and len(parts[0]) <= 3 else 0
    may_group = 1 <= grouped <= MAX_WIDTH
    if len(parts) > 1 and may_group:
        listed = not only_grouped and not any(digits.startswith("0") for digits in parts)
        if not listed:
            return (grouped,)
        raise ConfigError(
            "“{text}” may mean {first} or {second}: enter one of these.",
            text=part,
            first=grouped,
            second="-".join(parts),
        )
    return tuple(int(digits) for digits in parts)


def show_widths(network: str, widths: tuple[int, ...]) -> str:
    """The text that `parse_widths` parses to these widths."""
    layers = "-".join(str(width) for width in widths)
    if network == "conv":
        return f"conv {layers}"
    return layers or "linear"
