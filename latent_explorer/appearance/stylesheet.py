"""The global style sheet and palette, made from the tokens. For Fusion: `app.setStyle("Fusion")` first.

Views mark what a widget is with the dynamic property `role`; the sheet says how that looks:

    "panel"     a rounded panel with a hairline (on a QFrame)
    "title"     heading of a panel, semi-bold 13 px
    "caption"   small secondary text
    "value"     a number (set `theme.tabular(font)` on it as well: style sheets cannot choose figures)
    "quiet"     a flat control
    "accent0", "accent1"   text in the accent of the left or right pane, dark enough to read
    "primary"   the one filled button
    "hairline", "rule"   a separator (on a QFrame of fixed width or height)
    "notice"    a box that says something within a panel (on a QFrame)
    "field-name"   the name of a control beside it
    "link"      a button that reads like a link

A number field whose text cannot be used has the property `invalid` set.
"""

from __future__ import annotations

from functools import cache
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette

from latent_explorer.appearance.contrast import readable
from latent_explorer.appearance.icons import icon_path
from latent_explorer.appearance.stylesheet_rules import RULES
from latent_explorer.appearance.theme import CONTROL_RADIUS, PANEL_RADIUS, SMALL_TEXT_PX, TEXT_PX, Tokens


@cache
def colours(tokens: Tokens) -> dict[str, str]:
    """All colours the sheet uses, by name: the tokens and the shades derived from them.

    `accent0` and `accent1` are for text, `fill` and `fill_hover` lie behind `on_accent`, `danger` marks refused
    input (always with an icon beside it), `hover` is a control under the pointer, `edge` outlines it.
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


#: (text, behind) as the sheet pairs them; the test of their contrast reads this list.
TEXT_PAIRS = (
    *((text, behind) for text in ("text", "text_2") for behind in ("window", "panel", "control", "hover")),
    *((text, behind) for text in ("text_3", "danger") for behind in ("window", "panel", "control")),
    *((text, behind) for text in ("accent0", "accent1") for behind in ("window", "panel", "control")),
    ("on_accent", "fill"),
    ("on_accent", "fill_hover"),
    ("text", "pressed"),
)


def stylesheet(tokens: Tokens) -> str:
    """The whole style sheet for `QApplication.setStyleSheet`."""
    return Template(RULES).substitute(
        colours(tokens),
        panel_radius=PANEL_RADIUS,
        radius=CONTROL_RADIUS,
        text_px=TEXT_PX,
        small_px=SMALL_TEXT_PX,
        chevron_down=icon_path("chevron-down"),
        chevron_up=icon_path("chevron-up"),
        chevron_right=icon_path("chevron-right"),
        close=icon_path("close"),
        float_=icon_path("float"),
        tick=icon_path("tick"),
        check=icon_path("check-dark" if tokens.dark else "check-light"),
    )


def application_palette(tokens: Tokens) -> QPalette:
    """The palette that belongs to the sheet, for what Fusion draws itself."""
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


#: Chinese first where Chinese is read: Latin letters of these go with it, while Chinese that falls back from a
#: Latin font sits too high in text fields.
_CHINESE = ("PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC")


def application_font(font: QFont, language: str = "en") -> QFont:
    """`font` (the system's) at the size the sheet is made for, in families that suit `language`."""
    font = QFont(font)
    if language.startswith("zh"):
        font.setFamilies([*_CHINESE, *font.families()])
    font.setPixelSize(TEXT_PX)
    return font


def _mix(one: str, other: str, part: float) -> str:
    """`one` with `part` (0 to 1) of `other` in it."""
    a, b = QColor(one), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(x + (y - x) * part) for x, y in pairs)).name()
