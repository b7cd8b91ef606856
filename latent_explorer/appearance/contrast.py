"""Contrast ratios by WCAG 2.2, and readable shades of colours."""

from __future__ import annotations

from PySide6.QtGui import QColor

#: Minimum contrast ratio of text and its background (WCAG 2.2, level AA).
READABLE = 4.5


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 (black) to 1 (white)."""
    shade = QColor(colour)
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (shade.redF(), shade.greenF(), shade.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 (equal) to 21 (black and white); order does not matter."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, *behind: str, ratio: float = READABLE) -> str:
    """`colour` darkened or lightened just enough to reach the contrast `ratio` with every colour `behind`.

    Returns "#rrggbb". Hue and saturation are kept, so that an accent stays recognisable as text. Falls back to
    black or white, whichever contrasts more, if no shade of the hue is sufficient.
    """
    darker = (
        luminance(behind[0]) > 0.18
    )  # on backgrounds lighter than middle grey only dark text can reach the ratio
    given = QColor(colour)
    hue, saturation, lightness = given.hslHueF(), given.hslSaturationF(), given.lightnessF()
    end = 0.0 if darker else 1.0
    for part in range(101):
        shade = QColor.fromHslF(max(hue, 0.0), saturation, lightness + (end - lightness) * part / 100).name()
        if all(contrast(shade, other) >= ratio for other in behind):
            return shade
    return "#000000" if darker else "#ffffff"
