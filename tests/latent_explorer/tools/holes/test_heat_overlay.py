"""Heat maps: colours at their positions, moved with the view, described in a caption; a suitable colour ramp."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage

from latent_explorer.appearance.theme import DARK, LIGHT
from latent_explorer.core.overlay import Overlay
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.holes.heat_state import HeatPicture, HeatState
from latent_explorer.tools.holes.overlay import HeatOverlay, heat_image
from latent_explorer.tools.holes.ramp import STEPS, heat_ramp
from latent_explorer.tools.mosaic.overlay import MosaicOverlay
from tests.latent_explorer import pictures
from tests.latent_explorer.build import explorer_state, pane_state
from tests.latent_explorer.colour_science import ciede2000, lab, linear


@pytest.fixture
def overlay(qtbot):
    tools = ToolStates(all_tools())
    made = HeatOverlay(pane_state(), explorer_state(), tools)
    made.keep = tools
    tools.overlays.choose("heat", "density")
    return made


def quarters(**changes) -> HeatPicture:
    """Lower left 0, lower right 1, upper left NaN, upper right beyond the range; over (-1, -1, 1, 1)."""
    values = np.array([[0, 1], [np.nan, 7]], np.float32).repeat(8, axis=0).repeat(8, axis=1)
    figures = {"kind": "density", "values": values, "rect": (-1.0, -1.0, 1.0, 1.0), "low": 0.0, "high": 1.0}
    return HeatPicture(**{**figures, **changes})


def painted(overlay: HeatOverlay, view: ViewTransform, *below: Overlay) -> QImage:
    return pictures.painted(view, *below, overlay, tokens=DARK)


class Tiles(Overlay):
    """Fills the map with pictures, which are not drawn here."""

    fills = True


def rgb(place: int) -> tuple[int, int, int]:
    return tuple(int(part) for part in heat_ramp(DARK)[place])


def test_colours_are_where_the_plane_says(overlay):
    overlay.tools[HeatState].set_picture(0, quarters())
    image = painted(overlay, ViewTransform(200, 200, 0.0, 0.0, 100.0))
    assert image.pixelColor(50, 150).getRgb()[:3] == rgb(0)
    assert image.pixelColor(150, 150).getRgb()[:3] == rgb(STEPS - 1)
    assert image.pixelColor(150, 50).getRgb()[:3] == rgb(STEPS - 1)
    assert image.pixelColor(50, 50).alpha() == 0


def test_decoded_tiles_show_through(overlay):
    overlay.tools[HeatState].set_picture(0, quarters())
    tiles = Tiles(overlay.pane, overlay.explorer, overlay.tools)
    assert MosaicOverlay.fills
    image = painted(overlay, ViewTransform(200, 200, 0.0, 0.0, 100.0), tiles)
    assert image.pixelColor(150, 150).alphaF() == pytest.approx(0.6, abs=0.01)


def test_former_picture_moves_along_until_the_next(overlay):
    overlay.tools[HeatState].set_picture(0, quarters())
    image = painted(overlay, ViewTransform(200, 200, 1.0, 0.0, 50.0))  # panned to the right and zoomed out
    assert image.pixelColor(75, 125).getRgb()[:3] == rgb(STEPS - 1)
    assert image.pixelColor(150, 125).alpha() == 0
    magnified = painted(overlay, ViewTransform(200, 200, 0.5, -0.5, 100_000.0))
    assert magnified.pixelColor(100, 100).getRgb()[:3] == rgb(STEPS - 1)


def test_active_with_a_choice_and_said_to_be_on_its_way_until_there_is_a_picture(overlay):
    assert overlay.active
    assert overlay.caption(ViewTransform(200, 200)).text == "Data here: being measured…"
    assert painted(overlay, ViewTransform(200, 200)).pixelColor(5, 5).alpha() == 0
    reported = []
    overlay.changed.connect(lambda: reported.append(1))
    overlay.tools[HeatState].set_picture(1, quarters())
    assert not reported
    overlay.tools[HeatState].set_picture(0, quarters())
    assert reported
    assert overlay.caption(ViewTransform(200, 200)).ramp
    assert overlay.opacity_of_points < 0.5
    overlay.tools[HeatState].set_picture(0, HeatPicture(kind="density", reason="same"))
    assert overlay.opacity_of_points == 1
    overlay.tools.overlays.choose("heat", "none")
    assert not overlay.active


@pytest.mark.parametrize("kind", ["density", "distance", "trip", "magnification"])
def test_caption_has_ramp_and_ends(overlay, kind):
    powers = (("fade", 0.97), ("mean", 1.0)) if kind == "distance" else ()
    overlay.tools[HeatState].set_picture(
        0, quarters(kind=kind, low=-2.0, high=0.0, held_back=1_999, powers=powers)
    )
    caption = overlay.caption(ViewTransform(200, 200))
    assert len(caption.ramp) > 8
    ends = ("0.01", "1.0") if kind == "magnification" else ("1.0 %", "100 %")
    assert (caption.low, caption.high) == ends
    said = {
        "density": "Data here: share of 1,999 images in places as sparse, or sparser, logarithmic; "
        "no data at 0.5 % or less",
        "distance": "Looks real: share of 1,999 real pictures as unlike the others, or more, logarithmic; "
        "unlike at 5 % or less",
        "trip": "Round trip |E(D(z)) − z|: share of 1,999 images that come back as far, or farther, logarithmic; "
        "encoded elsewhere at 0.5 % or less",
        "magnification": "Magnification √det G: change of picture by code, logarithmic",
    }[kind]  # fmt: skip
    assert caption.text == said
    assert (
        caption.brief
        == {
            "density": "Data here: share of images as sparse",
            "distance": "Looks real: share of real pictures as unlike",
            "trip": "Round trip: share of images that come back as far",
            "magnification": "Magnification √det G, logarithmic",
        }[kind]
    )


def test_unknown_values_say_so(overlay):
    overlay.tools[HeatState].set_picture(0, quarters(held_back=100))
    assert "(too few images to tell)" in overlay.caption(ViewTransform(200, 200)).text
    powers = (("fade", 0.23), ("mean", 1.0))
    overlay.tools[HeatState].set_picture(0, quarters(kind="distance", held_back=1_999, powers=powers))
    said = overlay.caption(ViewTransform(200, 200)).text
    assert (
        "cannot tell here what looks real: of bad pictures it notices cross-fades 23 %, mean images 100 %" in said
    )


def test_what_cannot_be_shown_says_why(overlay):
    picture = HeatPicture(kind="distance", reason="images", finished=True)
    overlay.tools[HeatState].set_picture(0, picture)
    assert "n/a" in overlay.caption(ViewTransform(200, 200)).text
    assert "images" in overlay.caption(ViewTransform(200, 200)).text
    assert not overlay.caption(ViewTransform(200, 200)).ramp
    assert painted(overlay, ViewTransform(200, 200)).pixelColor(5, 5).alpha() == 0


def test_range_without_extent_is_one_colour():
    image = heat_image(quarters(low=1.0, high=1.0), DARK)
    assert image.pixelColor(2, 12).getRgb()[:3] == rgb(0)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_ramp_is_even_quiet_and_no_class(tokens):
    ramp = heat_ramp(tokens) / 255
    places = lab(linear(ramp))
    steps = np.linalg.norm(np.diff(places[::16], axis=0), axis=1)  # 8-bit rounding is small beside 16 steps
    assert steps.max() / steps.min() < 1.5
    rising = np.diff(places[::16, 0]) * (1 if tokens.dark else -1)
    assert (rising > 0).all()
    for colour in tokens.classes:
        apart = ciede2000(places, np.broadcast_to(lab(linear(np.array([colour]))), places.shape))
        assert apart.min() > 8, colour
