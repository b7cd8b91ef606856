"""What is done for the README's pictures of the tools; see `tests.screenshots`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from latent_explorer.tools.holes.heat_state import HeatState
from latent_explorer.tools.holes.meter_state import MeterState
from latent_explorer.tools.interpolation.state import InterpolationState
from latent_explorer.tools.own_image.state import OwnImageState
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.timeline.state import TimelineState

if TYPE_CHECKING:
    from tests.screenshots import Studio

#: A 3 on the drawing pad, as shares of its sides.
_THREE = (
    ((0.34, 0.30), (0.45, 0.22), (0.58, 0.24), (0.63, 0.34), (0.56, 0.45), (0.46, 0.49)),
    ((0.46, 0.49), (0.60, 0.52), (0.66, 0.63), (0.60, 0.76), (0.46, 0.80), (0.34, 0.74)),
)


def press(studio: Studio, key: Qt.Key, *, shift: bool = False, alt: bool = False) -> None:
    """Ctrl and a key, with Shift or Alt."""
    held = Qt.KeyboardModifier.ControlModifier
    held |= Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    held |= Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    studio.window.activateWindow()  # shortcuts belong to the active window
    studio.wait("an active window", studio.window.isActiveWindow)
    QTest.keyClick(studio.window, key, held)
    studio.rest(300)


def interpolation(studio: Studio) -> None:
    """A geodesic between two images: strips, curve, and the paths on both maps."""
    press(studio, Qt.Key.Key_1)
    state = studio.program.tools[InterpolationState]
    studio.click("pathExample")
    studio.wait("two stops", lambda: len(state.chosen) == 2)
    state.set_kind("geodesic")
    state.set_frames(24)
    studio.wait("both strips", lambda: [strip.done and len(strip.codes) for strip in both(state)] == [24, 24])
    slider = studio.child("pathSlider")
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, slider.height() // 2))


def both(state: object) -> list:
    """The strips that are there."""
    return [strip for strip in state.strips.values() if strip is not None]  # type: ignore[attr-defined]


def samples(studio: Studio) -> None:
    """64 draws from the prior, decoded by both models, with their figures."""
    press(studio, Qt.Key.Key_2)
    state = studio.program.tools[SamplesState]
    studio.wait("figures", lambda: None not in state.figures and not state.measuring)
    studio.drag(0, (0.45, 0.5), (0.5, 0.55))


def holes(studio: Studio) -> None:
    """*Data here* as a heat map, and the cursor in a hole."""
    press(studio, Qt.Key.Key_1, shift=True)
    studio.drag(0, (0.5, 0.5), (0.6, 0.7), (0.72, 0.8))
    tools = studio.program.tools
    studio.wait(
        "heat maps", lambda: all((one := tools[HeatState].picture(pane)) and one.finished for pane in (0, 1))
    )
    studio.wait("meters", lambda: all((one := tools[MeterState].reading(pane)) and one.powers for pane in (0, 1)))


def mosaic(studio: Studio) -> None:
    """Both planes filled with decoded tiles; below, the traversals of the latent dimensions."""
    press(studio, Qt.Key.Key_3)
    press(studio, Qt.Key.Key_M, alt=True)
    studio.rest(4000)


def posteriors(studio: Studio) -> None:
    """The union of all posteriors, the prior's circles, and the share of the prior's mass that is covered."""
    press(studio, Qt.Key.Key_8, shift=True)
    press(studio, Qt.Key.Key_P, alt=True)
    studio.drag(1, (0.5, 0.5), (0.55, 0.52))
    studio.rest(8000)


def own_image(studio: Studio) -> None:
    """A 3 drawn with the mouse, encoded by both models, and z refined."""
    press(studio, Qt.Key.Key_5)
    pad = studio.child("ownPad")
    for stroke in _THREE:
        places = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in _fine(stroke)]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(pad, place)
            studio.rest(10)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])
    studio.rest(1500)
    button = studio.child("ownRefine")
    assert isinstance(button, QWidget)
    studio.click("ownRefine")
    studio.rest(1000)
    studio.wait("z", lambda: not studio.program.tools[OwnImageState].running, 60)


def _fine(corners: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Points on the way from corner to corner."""
    found = []
    for (x, y), (x2, y2) in pairwise(corners):
        found += [(x + (x2 - x) * turn / 6, y + (y2 - y) * turn / 6) for turn in range(6)]
    return [*found, corners[-1]]


def timeline(studio: Studio) -> None:
    """A run looked at again in the middle of its second epoch, while it continues."""
    studio.train(2.2)
    press(studio, Qt.Key.Key_6)
    state = studio.program.tools[TimelineState]
    studio.wait("some moments", lambda: len(state.moments) > 8)
    slider = studio.child("momentSlider")
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 4, slider.height() // 2))
    studio.rest(1500)
