"""The panel of an image of one's own: pen and pad for every shape of image, sentences, figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow

from latent_explorer.core.pane import PaneModel
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.own_image.panel import OwnImagePanel
from latent_explorer.tools.own_image.state import OwnImageState, OwnSource
from tests.latent_explorer.build import explorer_state, pane_state, picture
from tests.latent_explorer.tools.own_image.made import encoded, refined


@pytest.fixture
def tools(qapp):
    return ToolStates(all_tools())


@pytest.fixture
def panes(qapp):
    return (pane_state(0), pane_state(1))


@pytest.fixture
def panel(qtbot, tools, panes):
    made = OwnImagePanel(explorer_state(), TrainingState(), panes, tools)
    qtbot.addWidget(made)
    made.resize(690, 226)
    made.show()
    made.redraw()
    return made


def shaped(panel, panes, shape):
    for pane in panes:
        pane.set_model(PaneModel(replace(pane.model.config, shape=shape), pane.model.traits, 2))
    panel.redraw()


def stroke(pad, *places):
    sheet = pad.sheet()
    points = [QPoint(round(x * sheet.width()), round(y * sheet.height())) for x, y in places]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])


def shown(panel, tools, **changes):
    tools[OwnImageState].set_source(OwnSource("file", "a.png", picture()))
    for index in (0, 1):
        tools[OwnImageState].set_encoded(index, encoded(**changes))
    panel.redraw()


def test_white_on_black_for_grey_models(panel, tools):
    stroke(panel.pad, (0.2, 0.5), (0.8, 0.5))
    pixels = tools[OwnImageState].source.pixels
    assert pixels.shape == (280, 280, 1)
    assert pixels[140, 140] == 255
    assert pixels[20, 20] == 0
    assert not panel.pen.colour.isVisible()
    # The pen is as wide as it says, in pixels of the models' images.
    assert (pixels[:, 140, 0] > 127).sum() == pytest.approx(10 * tools[OwnImageState].pen_width, abs=2)


def test_black_on_white_where_the_data_are(panel, tools):
    tools[OwnImageState].set_background("bright")
    panel.redraw()
    stroke(panel.pad, (0.2, 0.5), (0.8, 0.5))
    pixels = tools[OwnImageState].source.pixels
    assert pixels[140, 140] == 0
    assert pixels[20, 20] == 255


def test_a_drawing_stays_to_be_seen_when_the_paper_changes(panel, tools):
    stroke(panel.pad, (0.2, 0.5), (0.8, 0.5))
    tools[OwnImageState].set_background("bright")
    panel.redraw()
    pixels = tools[OwnImageState].source.pixels
    assert pixels[140, 140] == 0
    assert pixels[20, 20] == 255
    # In the midst of a stroke, too.
    sheet = panel.pad.sheet()
    QTest.mousePress(panel.pad, Qt.MouseButton.LeftButton, pos=QPoint(round(0.5 * sheet.width()), 20))
    tools[OwnImageState].set_background("dark")
    panel.redraw()
    assert panel.pad._canvas.image.pixelColor(140, 20 * 280 // round(sheet.height())).red() == 255
    assert tools[OwnImageState].source.pixels[140, 140] == 255
    QTest.mouseRelease(panel.pad, Qt.MouseButton.LeftButton, pos=QPoint(round(0.5 * sheet.width()), 20))
    assert len(tools[OwnImageState].strokes) == 2


def test_a_colour_that_was_chosen_stays(panel, tools):
    tools[OwnImageState].set_pen(2.5, (128, 128, 128))
    stroke(panel.pad, (0.2, 0.5), (0.8, 0.5))
    tools[OwnImageState].set_background("bright")
    panel.redraw()
    assert tools[OwnImageState].source.pixels[140, 140] == 128


def test_colour_and_other_proportions(panel, panes, tools):
    shaped(panel, panes, (3, 16, 32))
    assert panel.pen.colour.isVisible()
    tools[OwnImageState].set_pen(4.0, (214, 39, 40))
    stroke(panel.pad, (0.1, 0.5), (0.9, 0.5))
    pixels = tools[OwnImageState].source.pixels
    assert pixels.shape[0] * 2 == pixels.shape[1]
    assert pixels.shape[2] == 3
    middle = pixels[pixels.shape[0] // 2, pixels.shape[1] // 2]
    assert middle.tolist() == [214, 39, 40]
    panel.pen._fill_menu()
    named = {action.text(): action for action in panel.pen._menu.actions()}
    assert len(named) > 6
    named["Blue"].trigger()
    assert tools[OwnImageState].pen_colour == (0x1F, 0x6F, 0xD0)


def test_a_drawing_keeps_to_the_models_proportions(panel, panes, tools):
    stroke(panel.pad, (0.2, 0.2), (0.8, 0.8))
    shaped(panel, panes, (1, 20, 40))
    assert tools[OwnImageState].source.pixels.shape == (140, 280, 1)
    assert len(tools[OwnImageState].strokes) == 1


def test_pen_width_by_keys(panel, tools, qtbot):
    before = tools[OwnImageState].pen_width
    QTest.keyClick(panel.pen.width_slider, Qt.Key.Key_Right)
    assert tools[OwnImageState].pen_width > before


def test_drawing_replaces_what_came_from_elsewhere(panel, tools):
    shown(panel, tools)
    panel.grab()
    stroke(panel.pad, (0.5, 0.5), (0.6, 0.6))
    assert tools[OwnImageState].source.kind == "drawn"
    assert tools[OwnImageState].source.pixels[5, 5] == 0
    tools[OwnImageState].set_source(OwnSource("clipboard", "", picture()))
    assert tools[OwnImageState].strokes == ()
    panel.pad.undo_stroke()
    assert tools[OwnImageState].source.kind == "clipboard"


def test_figures_with_units(panel, tools):
    shown(panel, tools)
    assert panel.columns[0].loss.text() == "loss 123.5 nats"
    assert "Bernoulli" in panel.columns[0].loss.toolTip()
    assert panel.columns[0].error.text() == "MSE per pixel 0.0321"
    assert panel.columns[1].spread.text() == "σ 0.10, 0.20"
    tools[OwnImageState].refine()
    for index in (0, 1):
        tools[OwnImageState].set_refined(index, refined())
    panel.redraw()
    assert panel.columns[1].loss.text() == "loss 123.5 → 99.9 nats"
    assert panel.columns[1].error.text() == "MSE per pixel 0.0321 → 0.0123"
    assert panel.status.text() == "AE: refined in 2 steps · VAE: refined in 2 steps"
    assert "2 steps" in panel.columns[0].curve.toolTip()
    panel.grab()
    assert panel.columns[0].refined.image().text("Description").endswith("z refined in 2 steps, z = (1, 1)")
    # With the fonts of the program and larger ones.
    for size in (12, 14):
        font = panel.font()
        font.setPixelSize(size)
        panel.setFont(font)
        assert panel.minimumSizeHint().width() <= 670


@pytest.mark.parametrize(
    ("remark", "words"),
    [("constant", "same all over"), ("collapsed", "is collapsed"), ("not-finite", "no finite code")],
)
def test_limits_are_said(panel, tools, remark, words):
    shown(panel, tools, remark=remark)
    assert words in panel.status.text()
    assert panel.refine.isEnabled() == (remark != "not-finite")
    assert panel.columns[0].go.isEnabled() == (remark != "not-finite")


def test_what_does_not_apply(panel, tools):
    shown(panel, tools, spread=None, loss=None)
    assert panel.columns[0].spread.text() == "a point, no σ"
    assert panel.columns[0].loss.text() == "loss n/a"
    shown(panel, tools, code=np.zeros(512), spread=np.full(512, 0.5))
    assert "512 dimensions" in panel.status.text()
    assert panel.columns[1].spread.text() == "σ 0.50 to 0.50"


def test_without_an_image_or_a_model(panel, panes, tools):
    assert "drop, paste or open" in panel.status.text()
    assert not panel.refine.isEnabled()
    for pane in panes:
        pane.set_model(None)
    panel.redraw()
    assert "no model" in panel.status.text()
    panel.grab()


def test_stopping(panel, tools):
    shown(panel, tools)
    tools[OwnImageState].refine()
    tools[OwnImageState].set_refined(0, refined(done=False))
    panel.redraw()
    assert panel.refine.text() == "Stop"
    QTest.mouseClick(panel.refine, Qt.MouseButton.LeftButton)
    panel.redraw()
    assert not tools[OwnImageState].refining
    assert tools[OwnImageState].refined[0] is not None
    assert "stopped after 2 steps" in panel.status.text()
    assert panel.back.isVisible()


def test_files_are_dropped_on_the_window_and_pictures_on_the_panel(qtbot, panel, tools):
    class Window(QMainWindow):
        entered = False

        def dragEnterEvent(self, event):
            self.entered = True
            event.acceptProposedAction()

    window = Window()
    qtbot.addWidget(window)
    window.setAcceptDrops(True)
    window.setCentralWidget(panel)
    window.show()
    files, image, from_the_web = QMimeData(), QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile("/somewhere/a.png")])
    sheet = QImage(30, 20, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.red)
    image.setImageData(sheet)
    from_the_web.setImageData(sheet)
    from_the_web.setUrls([QUrl("https://example.org/a.png")])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for mime, by_window in ((files, True), (image, False), (from_the_web, False)):
        event = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, mime, left, none)
        event.ignore()
        window.entered = False
        QApplication.sendEvent(panel, event)
        assert event.isAccepted()
        assert window.entered == by_window
    QApplication.sendEvent(panel, QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, image, left, none))
    assert tools[OwnImageState].source.pixels.shape == (20, 30, 3)
    assert tools[OwnImageState].source.pixels[3, 3].tolist() == [255, 0, 0]
    window.takeCentralWidget()


def test_large_losses_before_and_after_leave_the_tenths_out(panel, tools):
    shown(panel, tools, loss=2012.74)
    assert panel.columns[0].loss.text() == "loss 2,012.7 nats"
    tools[OwnImageState].refine()
    tools[OwnImageState].set_refined(0, refined(errors=np.array([2012.74, 2010.1, 2009.6])))
    panel.redraw()
    assert panel.columns[0].loss.text() == "loss 2,013 → 2,010 nats"


def test_of_several_pasted_files_the_first_is_shown_and_that_is_said(panel, tools):
    asked: list[str] = []
    tools[OwnImageState].file_requested.connect(asked.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/somewhere/{number}.png") for number in range(5)])
    QGuiApplication.clipboard().setMimeData(mime)
    QTest.mouseClick(panel.findChild(QAbstractButton, "ownPaste"), Qt.MouseButton.LeftButton)
    panel.redraw()
    assert [Path(path).name for path in asked] == ["0.png"]
    assert "The first of 5 files is shown." in panel.status.text()
    # Qt would take data made here along to the end of the process, after Python's.
    QGuiApplication.clipboard().clear()
