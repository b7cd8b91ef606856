import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import DARK
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.axes_layer import AxesLayer
from latent_explorer.map.easing import Easing, smooth
from latent_explorer.map.ticks import tick_step, tick_text, ticks


@pytest.mark.parametrize(
    ("span", "step"), [(0.9, 1), (1, 1), (1.1, 2), (2.3, 5), (7, 10), (0.013, 0.02), (1234, 2000)]
)
def test_steps_are_round(span, step):
    assert tick_step(span) == pytest.approx(step)


def test_ticks_are_the_multiples_within():
    assert ticks(-1.1, 1.0, 0.5) == pytest.approx([-1, -0.5, 0, 0.5, 1])


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [(0.0, 1, "0"), (-2.0, 1, "−2"), (0.30000000000000004, 0.1, "0.3"), (0.05, 0.05, "0.05"), (2e7, 1e7, "2e+07")],
)
def test_numbers_have_the_decimals_they_need(value, step, text):
    assert tick_text(value, step) == text


def test_only_what_is_dirty_is_painted(qtbot: QtBot):
    layer = AxesLayer()
    layer.names = ("z1", "z2")
    view = ViewTransform(300, 200, 0, 0, 50)
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    layer.paint(painter, view, DARK, QFont(), QRect(0, 0, 40, 60))
    painter.end()
    lit = {(x, y) for x in range(300) for y in range(200) if image.pixel(x, y) & 0xFFFFFF}
    assert lit  # the name of the axis up
    assert all(x < 60 and y < 80 for x, y in lit)


def test_easing_begins_and_ends_at_rest():
    assert [smooth(share) for share in (-1, 0, 0.5, 1, 2)] == [0, 0, 0.5, 1, 1]
    assert smooth(0.01) < 0.001
    easing = Easing(2.0)
    assert easing.share(5.0) == 1
    easing.begin(10.0)
    assert easing.running
    assert easing.share(11.0) == 0.5
    assert easing.share(12.5) == 1
    easing.end()
    assert not easing.running
