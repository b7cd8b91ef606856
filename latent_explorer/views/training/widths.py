"""Layer widths as people type them."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from trainer.records import ConfigError


def parse_widths(text: str) -> tuple[str, tuple[int, ...]]:
    """(network, widths) of "512-256", "512, 256", "mlp 400", "conv 16-32" or "linear".

    Raises `ConfigError` for anything else; whether the widths suit the images is for `ModelConfig` to say.
    """
    plain = text.strip().lower()
    if plain in ("linear", "mlp"):
        return "mlp", ()
    match = re.fullmatch(r"(?:(mlp|conv)\s+)?(\d{1,5}(?:\s*[-,;x ]\s*\d{1,5})*)", plain)
    if match is None:
        raise ConfigError(
            QCoreApplication.translate(
                "widths", "Enter layer widths such as 512-256, or conv 32-64 for a convolutional network."
            )
        )
    widths = tuple(int(width) for width in re.findall(r"\d+", match.group(2)))
    return match.group(1) or "mlp", widths


def show_widths(network: str, widths: tuple[int, ...]) -> str:
    """The text that `parse_widths` reads back."""
    layers = "-".join(str(width) for width in widths)
    if network == "conv":
        return f"conv {layers}"
    return layers or "linear"
