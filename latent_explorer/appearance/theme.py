"""The theme: named colours (tokens), pane accents, class colours; the appearance can change at any time.

Views read `theme().tokens` when they paint and connect to `changed` if they cache. Sizes are in logical pixels: a
grid of 8, gaps of 10, corner radii of 10 for panels and 6 for controls, text sizes of 13 and 11.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication

GRID = 8
GAP = 10
PANEL_RADIUS = 10
CONTROL_RADIUS = 6
TEXT_PX = 13
SMALL_TEXT_PX = 12  # Qt accepts whole pixels only; 11.5 rounds up


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Named colours of one appearance, as "#rrggbb"."""

    dark: bool
    window: str
    panel: str
    control: str
    line: str
    map: str
    text: str
    text_2: str
    text_3: str
    accents: tuple[str, str]
    on_accent: str
    #: Ten class colours that stay distinguishable under common colour vision deficiencies (checked in tests).
    classes: tuple[str, ...]
    #: Colour of points without a class, or greyed out in the legend.
    grey: str


DARK = Tokens(
    dark=True,
    window="#101216",
    panel="#181b21",
    control="#1f232b",
    line="#2b303a",
    map="#14161a",
    text="#e8ebf1",
    text_2="#9aa4b5",
    text_3="#808a9c",
    accents=("#f0a45d", "#4fc3c7"),
    on_accent="#101216",
    classes=(
        "#587efd", "#fad54a", "#42ecbe", "#d74e0b", "#9264aa",
        "#21b4ef", "#efa372", "#239181", "#f36696", "#bcb9cf",
    ),
    grey="#3a404c",
)  # fmt: skip

LIGHT = Tokens(
    dark=False,
    window="#eef0f3",
    panel="#ffffff",
    control="#f5f6f8",
    line="#d9dde4",
    map="#fcfcfd",
    text="#1b1f27",
    text_2="#566072",
    text_3="#6b7485",
    accents=("#c9701a", "#138a90"),
    on_accent="#ffffff",
    classes=(
        "#5f88fa", "#b68b19", "#0e684b", "#ac072e", "#7e3ba9",
        "#1b8098", "#ab6233", "#18a48f", "#ec3ebe", "#5d5d6c",
    ),
    grey="#c9ced8",
)  # fmt: skip

#: For printed figures: the light colours on a white background.
PAPER = replace(LIGHT, window="#ffffff", panel="#ffffff", control="#f5f6f8", map="#ffffff", line="#c5cad2")


class Theme(QObject):
    """The current tokens.

    Signals:
        changed: `tokens` or the sizes of text changed; repaint.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tokens = DARK
        self._appearance = "system"
        self._magnification = 1.0

    def set_appearance(self, appearance: str) -> None:
        """Set "light", "dark" or "system" (follows the desktop while the program runs)."""
        self._appearance = appearance
        self.refresh()

    def refresh(self) -> None:
        """Apply the system's current colour scheme."""
        dark = self._appearance == "dark"
        if self._appearance == "system":
            hints = QGuiApplication.styleHints()
            dark = hints.colorScheme() != Qt.ColorScheme.Light
        tokens = DARK if dark else LIGHT
        if tokens is not self.tokens:
            self.tokens = tokens
            self.changed.emit()

    def set_magnification(self, magnification: float) -> None:
        """Set the factor by which text is enlarged."""
        if magnification != self._magnification:
            self._magnification = magnification
            self.changed.emit()

    @contextmanager
    def drawing_with(self, tokens: Tokens) -> Iterator[None]:
        """Context: painting uses these colours and text of normal size; for files.

        `changed` is not emitted, since nothing on the screen is painted meanwhile.
        """
        former = self.tokens, self._magnification
        self.tokens, self._magnification = tokens, 1.0
        try:
            yield
        finally:
            self.tokens, self._magnification = former

    @property
    def text_px(self) -> int:
        """Size of text in pixels."""
        return round(TEXT_PX * self._magnification)

    @property
    def small_px(self) -> int:
        """Size of small text in pixels."""
        return round(SMALL_TEXT_PX * self._magnification)

    def accent(self, pane: int) -> QColor:
        """The accent colour of pane `pane`."""
        return QColor(self.tokens.accents[pane % 2])


_theme: Theme | None = None


def theme() -> Theme:
    """The application's theme, created on first use, which must be after QGuiApplication."""
    global _theme  # noqa: PLW0603 - one theme per process, like QApplication
    if _theme is None:
        _theme = Theme()
    return _theme


def tabular(font: QFont) -> QFont:
    """`font` with tabular figures, so that changing numbers do not move."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
