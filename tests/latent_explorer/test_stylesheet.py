"""The style sheet parses, all texts have readable contrast, and icons are sharp and tinted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QToolButton, QWidget

from latent_explorer.appearance.contrast import READABLE, contrast, luminance, readable
from latent_explorer.appearance.icons import app_icon, icon, icon_path, icon_pixmap
from latent_explorer.appearance.stylesheet import (
    TEXT_PAIRS,
    application_font,
    application_palette,
    colours,
    stylesheet,
)
from latent_explorer.appearance.theme import DARK, LIGHT, Tokens
from tests.latent_explorer.dressed import dressed

#: A warning that the offscreen platform prints for every window.

BOTH = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WCAG's own well-known example
    assert luminance("#ffffff") == pytest.approx(1)


@pytest.mark.parametrize("colour", ["#f0a45d", "#138a90", "#808080", "#ffff00", "#0000ff"])
@pytest.mark.parametrize("behind", ["#ffffff", "#101216"])
def test_readable_moves_a_colour_only_as_far_as_it_must(colour: str, behind: str) -> None:
    shade = readable(colour, behind)
    assert contrast(shade, behind) >= READABLE
    if contrast(colour, behind) >= READABLE:
        assert shade == colour


@BOTH
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_every_text_can_be_read(tokens: Tokens, pair: tuple[str, str]) -> None:
    shade = colours(tokens)
    assert contrast(shade[pair[0]], shade[pair[1]]) >= READABLE


@BOTH
def test_focus_and_refusal_contrast_with_their_surroundings(tokens: Tokens) -> None:
    shade = colours(tokens)
    for ring in ("focus", "danger"):
        assert contrast(shade[ring], shade["panel"]) >= 3
        assert contrast(shade[ring], shade["control"]) >= 3


@BOTH
def test_the_sheet_is_whole(tokens: Tokens) -> None:
    sheet = stylesheet(tokens)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    for role in ("panel", "title", "caption", "value", "quiet", "accent0", "accent1", "primary"):
        assert f'[role="{role}"]' in sheet
    for path in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(path).read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("appearance", ["dark", "light"])
def test_qt_takes_the_sheet(qtbot, appearance: str) -> None:
    # Qt warns about a style sheet it cannot parse, and warnings fail the test.
    with dressed(appearance):
        button = QPushButton("Train")
        button.setProperty("role", "primary")
        qtbot.addWidget(button)
        button.show()
        fill = colours(DARK if appearance == "dark" else LIGHT)["fill"]
        picture = button.grab().toImage()
        assert picture.pixelColor(5, picture.height() // 2).name() == fill


@BOTH
@pytest.mark.usefixtures("qapp")
def test_palette(tokens: Tokens) -> None:
    palette = application_palette(tokens)
    assert palette.color(QPalette.ColorRole.Window).name() == tokens.window
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled != palette.color(QPalette.ColorRole.Text)


@pytest.mark.usefixtures("qapp")
def test_font() -> None:
    font = QWidget().font()
    assert application_font(font).pixelSize() == 13
    assert "Noto Sans CJK SC" in application_font(font, "zh_CN").families()
    assert application_font(font, "en").families() == font.families()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "name", ["play", "pause", "step", "stop", "fit", "save", "folder", "sun", "moon", "link", "more", "warning"]
)
def test_icons_take_the_colour_and_have_every_pixel_of_the_screen(name: str) -> None:
    assert "currentColor" in Path(icon_path(name)).read_text(encoding="utf-8")
    twice = icon_pixmap(name, "#ff0000", 16, 2.0)
    assert twice.size() == QSize(32, 32)
    image = twice.toImage()
    inked = [image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 250]
    assert inked
    assert all(colour.red() > 240 and colour.green() < 15 for colour in inked)
    # Qt gets an icon of exactly the size that it shows at 200 %.
    assert QSize(32, 32) in icon(name, "#ff0000").availableSizes()


@pytest.mark.usefixtures("qapp")
def test_a_disabled_icon_is_fainter() -> None:
    tinted = icon("stop", "#ff0000")

    def strength(mode: QIcon.Mode) -> int:
        return tinted.pixmap(QSize(16, 16), 1.0, mode).toImage().pixelColor(8, 8).alpha()

    assert strength(QIcon.Mode.Disabled) < 0.6 * strength(QIcon.Mode.Normal)


@pytest.mark.usefixtures("qapp")
def test_the_application_icon_has_its_own_colours() -> None:
    image = app_icon().pixmap(QSize(64, 64), 1.0).toImage()
    assert image.pixelColor(32, 25).alpha() == 255
    assert image.pixelColor(13, 20) == QColor("#f0a45d")


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icon_pixmap("no-such-icon", "#ffffff", 16)


@BOTH
def test_a_dialogs_first_button_looks_disabled_when_it_is(qtbot, tokens: Tokens) -> None:
    with dressed("dark" if tokens.dark else "light"):
        dialog = QDialog()
        qtbot.addWidget(dialog)
        button = QPushButton("Save", dialog)
        button.setDefault(True)
        button.resize(80, 30)
        assert button.grab().toImage().pixelColor(10, 15) == QColor(colours(tokens)["fill"])
        button.setEnabled(False)
        assert button.grab().toImage().pixelColor(10, 15) != QColor(colours(tokens)["fill"])


def test_an_icon_with_a_colour_of_its_own_is_on_no_button() -> None:
    with pytest.raises(ValueError, match="tinted"):
        icon("latent-explorer", DARK.text)


def test_pictures_on_the_buttons_of_a_file_dialog_have_room(qtbot, tmp_path) -> None:
    with dressed("light"):
        dialog = QFileDialog(None, "", str(tmp_path))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        for button in dialog.findChildren(QToolButton):
            if not button.isVisible() or button.icon().isNull() or not button.isEnabled():
                continue
            picture = button.grab().toImage()
            behind = picture.pixelColor(4, picture.height() // 2)
            middle = [
                x
                for x in range(4, picture.width() - 4)
                if any(picture.pixelColor(x, y) != behind for y in range(6, picture.height() - 6))
            ]
            assert middle, button.objectName()
            assert max(middle) - min(middle) >= 9, button.objectName()
