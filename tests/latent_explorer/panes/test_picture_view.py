"""Pictures are drawn pixel for pixel."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from latent_explorer.panes.picture_file import save_picture
from latent_explorer.panes.picture_view import PictureView
from tests.latent_explorer.build import picture


def rgb(image: QImage) -> np.ndarray:
    """uint8 (H, W, 3) of an image, read through Qt's own pixel access."""
    return np.array(
        [[QColor(image.pixel(x, y)).getRgb()[:3] for x in range(image.width())] for y in range(image.height())]
    )


@pytest.mark.parametrize("channels", [1, 3])
def test_every_pixel_becomes_a_block(qtbot, channels):
    view = PictureView("decoded")
    qtbot.addWidget(view)
    view.setFixedSize(40, 40)
    shown = picture(8, channels)
    view.set_picture(shown)
    view.show()
    drawn = rgb(view.grab().toImage())
    expected = np.broadcast_to(shown, (8, 8, 3)).repeat(5, axis=0).repeat(5, axis=1)
    np.testing.assert_array_equal(drawn, expected)


def test_scale_is_whole_and_leaves_the_rest_free(qtbot):
    view = PictureView("decoded", accent=0)
    qtbot.addWidget(view)
    view.setFixedSize(150, 150)
    view.set_picture(picture(28))
    assert view.picture_rect().width() == 140
    assert view.picture_rect().x() == 2


def test_images_larger_than_the_room_are_shown_whole(qtbot):
    view = PictureView("decoded")
    qtbot.addWidget(view)
    view.setFixedSize(100, 100)
    view.set_picture(picture(256, 3))
    assert view.picture_rect().width() == pytest.approx(100)
    view.show()
    assert not view.grab().isNull()


def test_new_pictures_reuse_the_buffer_and_the_caller_may_reuse_the_array(qtbot):
    view = PictureView("decoded")
    qtbot.addWidget(view)
    shown = picture(8)
    view.set_picture(shown)
    before = view.image()
    shown[:] = 0
    assert view.image() == before
    view.set_picture(shown)
    assert (rgb(view.image()) == 0).all()


def test_a_picture_of_another_shape_is_taken(qtbot):
    view = PictureView("decoded")
    qtbot.addWidget(view)
    view.set_picture(picture(8))
    view.set_picture(picture(28, 3))
    assert view.image().width() == 28
    assert "28" in view.accessibleDescription()
    view.set_picture(None)
    assert not view.has_picture()
    view.set_empty_text("Drag on the map")
    view.show()
    view.grab()


def test_copy_by_keyboard(qtbot):
    view = PictureView("decoded")
    qtbot.addWidget(view)
    view.set_picture(picture(8))
    view.show()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().width() == 8


def test_saved_pictures_carry_what_made_them(qtbot, tmp_path):
    view = PictureView("decoded")
    qtbot.addWidget(view)
    view.set_picture(picture(8))
    view.text = "MLP 784-512-256-2"
    assert save_picture(view.image(), str(tmp_path / "a.png")) == ""
    saved = QImage(str(tmp_path / "a.png"))
    assert saved.text("Description") == "MLP 784-512-256-2"
    np.testing.assert_array_equal(rgb(saved), rgb(view.image()))


def test_a_place_that_cannot_be_written_to_is_reported(qtbot, tmp_path):
    view = PictureView("decoded")
    qtbot.addWidget(view)
    view.set_picture(picture(8))
    path = str(tmp_path / "missing" / "a.png")
    with qtbot.waitSignal(view.failed) as heard:
        view._save(view.image(), path)
    assert path in heard.args[0]
