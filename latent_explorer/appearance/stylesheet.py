"""The global style sheet and palette, generated from the tokens, for the style Fusion.

Views set the dynamic property `role` of a widget; the style sheet defines its look:

    "panel"     a rounded panel with a hairline (on a QFrame)
    "title"     heading of a panel, semi-bold 13 px
    "caption"   small secondary text
    "value"     a number (also set `theme.tabular(font)`: style sheets cannot select tabular figures)
    "quiet"     a flat control
    "accent0", "accent1"   text in the accent of the left or right pane, with readable contrast
    "primary"   the filled button
    "hairline", "rule"   a separator (on a QFrame of fixed width or height)
    "notice"    a message box within a panel (on a QFrame)
    "field-name"   the label of a control
    "link"      a button that looks like a link
    "refusal"   the reason why the input of a field is invalid
    "large-note"   a large note over the window, readable from a distance

A number field with invalid text has the property `invalid` set.
"""

from __future__ import annotations

from functools import cache
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from latent_explorer.appearance.contrast import readable
from latent_explorer.appearance.icons import icon_path
from latent_explorer.appearance.stylesheet_rules import RULES
from latent_explorer.appearance.theme import CONTROL_RADIUS, PANEL_RADIUS, SMALL_TEXT_PX, TEXT_PX, Tokens


@cache
def colours(tokens: Tokens) -> dict[str, str]:
    """All colours of the style sheet by name: the tokens and shades derived from them.

    `accent0` and `accent1` are text colours, `fill` and `fill_hover` backgrounds for `on_accent`, `danger` marks
    invalid input (always together with an icon), `hover` is the background of a control under the pointer, `edge`
    its outline.
    """
    behind = (tokens.panel, tokens.control, tokens.window)
    hover = _mix(tokens.control, tokens.text, 0.07)
    fill = readable(tokens.accents[1], tokens.on_accent)
    return {
        "window": tokens.window,
        "panel": tokens.panel,
        "control": tokens.control,
        "line": tokens.line,
        "text": tokens.text,
        "text_2": readable(tokens.text_2, *behind, hover),
        "text_3": readable(tokens.text_3, *behind),
        "faint": _mix(tokens.panel, tokens.text_3, 0.6),
        "accent0": readable(tokens.accents[0], *behind),
        "accent1": readable(tokens.accents[1], *behind),
        "on_accent": tokens.on_accent,
        "fill": fill,
        "fill_hover": _mix(fill, "#ffffff" if tokens.dark else "#000000", 0.12),
        "hover": hover,
        "pressed": _mix(tokens.control, tokens.text, 0.13),
        "edge": _mix(tokens.line, tokens.text, 0.04),
        "focus": readable(tokens.text_2, *behind),
        "danger": readable("#ef6a6a" if tokens.dark else "#c5303a", *behind),
        "scroll": _mix(tokens.panel, tokens.text_3, 0.45),
    }


#: Pairs (text colour, background) of the style sheet, for the test of contrasts.
TEXT_PAIRS = (
    *((text, behind) for text in ("text", "text_2") for behind in ("window", "panel", "control", "hover")),
    *((text, behind) for text in ("text_3", "danger") for behind in ("window", "panel", "control")),
    *((text, behind) for text in ("accent0", "accent1") for behind in ("window", "panel", "control")),
    ("on_accent", "fill"),
    ("on_accent", "fill_hover"),
    ("text", "pressed"),
)


def stylesheet(tokens: Tokens, text_px: int = TEXT_PX, small_px: int = SMALL_TEXT_PX) -> str:
    """The whole style sheet for `QApplication.setStyleSheet`, with these sizes of text."""
    return Template(RULES).substitute(
        colours(tokens),
        panel_radius=PANEL_RADIUS,
        radius=CONTROL_RADIUS,
        text_px=text_px,
        small_px=small_px,
        large_px=3 * text_px,
        chevron_down=icon_path("chevron-down"),
        chevron_up=icon_path("chevron-up"),
        chevron_left=icon_path("chevron-left"),
        chevron_right=icon_path("chevron-right"),
        map_note=_see_through(tokens.map),
        tick=icon_path("tick"),
        check=icon_path("check-dark" if tokens.dark else "check-light"),
    )


def application_palette(tokens: Tokens) -> QPalette:
    """The palette for what Fusion draws without the style sheet."""
    shade = {name: QColor(colour) for name, colour in colours(tokens).items()}
    palette = QPalette()
    role = QPalette.ColorRole
    for where, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "control"),
        (role.AlternateBase, "panel"),
        (role.Text, "text"),
        (role.Button, "control"),
        (role.ButtonText, "text"),
        (role.BrightText, "text"),
        (role.ToolTipBase, "panel"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "text_3"),
        (role.Highlight, "fill"),
        (role.HighlightedText, "on_accent"),
        (role.Accent, "fill"),
        (role.Link, "accent1"),
        (role.LinkVisited, "accent1"),
        (role.Mid, "line"),
        (role.Light, "line"),
        (role.Midlight, "line"),
        (role.Dark, "line"),
    ):
        palette.setColor(where, shade[name])
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, shade["faint"])
    return palette


#: Font families for Chinese. They come first in a Chinese interface, because Chinese glyphs substituted for a
#: Latin font are too high in text fields.
_CHINESE = ("PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC")


def application_font(font: QFont, language: str = "en") -> QFont:
    """`font` with the size that the style sheet assumes and families that suit `language`.

    `font` is the system's, or the result for another language.
    """
    font = QFont(font)
    own = [family for family in font.families() if family not in _CHINESE]
    if language.startswith("zh"):
        font.setFamilies([*_CHINESE, *own])
    elif own != font.families():
        font.setFamilies(own)
    font.setPixelSize(TEXT_PX)
    return font


def _see_through(colour: str) -> str:
    """`colour`, translucent, as the background of a note on a map, so that points stay visible."""
    shade = QColor(colour)
    return f"rgba({shade.red()}, {shade.green()}, {shade.blue()}, 200)"


def _mix(one: str, other: str, part: float) -> str:
    """A mix of two colours, with share `part` (0 to 1) of `other`."""
    a, b = QColor(one), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(x + (y - x) * part) for x, y in pairs)).name()


def put_on(application: QApplication, sheet: str) -> None:
    """Set the application's style sheet; the previous one is removed first.

    If one sheet replaces another directly, Qt visits all widgets with rules, including some that are already
    destroyed, which can crash the program.
    """
    application.setStyleSheet("")
    application.setStyleSheet(sheet)
