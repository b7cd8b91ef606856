"""A pane shows what its state says, writes what a person chooses, and gives way when it is low."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from latent_explorer.appearance.stylesheet import put_on, stylesheet
from latent_explorer.appearance.theme import DARK, LIGHT, theme
from latent_explorer.core.models import ModelsState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.panes.pane import Pane
from latent_explorer.panes.pane_header import PaneHeader
from latent_explorer.tools.all_tools import all_tools
from tests.latent_explorer.build import explorer_state, nearest, pane_state, picture, train
from tests.latent_explorer.colour_science import DEFICIENCIES, smallest_difference
from tests.latent_explorer.dressed import dressed
from tests.latent_explorer.pictures import pixels
from trainer.data.images import DataInfo
from trainer.export.difference import BRIGHTER, DARKER, difference_picture, squared_error


class FakeMap(QWidget):
    """A map that can be fitted."""

    def __init__(self) -> None:
        super().__init__()
        self.fitted = 0

    def fit(self) -> None:
        self.fitted += 1


class Painted(QObject):
    """Notes which kinds of widgets are painted."""

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self.names: set[str] = set()
        for widget in (pane, *pane.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.names.add(type(watched).__name__)
        return False


def make(qtbot, latent=2, index=0, size=(500, 460), images=True, state=None) -> Pane:
    state = state or pane_state(index, latent)
    pane = Pane(
        state, explorer_state(images=images), TrainingState(), ModelsState(), ToolStates(all_tools()), FakeMap()
    )
    qtbot.addWidget(pane)
    pane.resize(*size)
    pane.show()
    return pane


def show(pane, near):
    """Another nearest image under the same cursor."""
    state = pane.pane
    state.set_picture(state.code, state.picture, state.decode_ms, near)


def decode(pane: Pane) -> None:
    latent = pane.pane.model.config.latent
    pane.pane.set_picture(np.linspace(-2, 2, latent, dtype=np.float32), picture(), 0.08, nearest())


def texts(pane: Pane) -> list[str]:
    pane.header.axes.open_menu()
    menu = pane.header.axes.menu_shown
    found = [action.text() for action in menu.actions()]
    menu.close()
    return found


def test_header_names_model_and_run_state(qtbot):
    pane = make(qtbot)
    assert pane.header.title.text() == "Autoencoder"
    assert pane.header.summary.text() == "MLP 784-512-256-2"
    pane.header._training.set_run("training")
    assert pane.header.summary.text() == "training · MLP 784-512-256-2"


def test_fit_button_fits_the_map(qtbot):
    pane = make(qtbot)
    qtbot.mouseClick(pane.header.fit, Qt.MouseButton.LeftButton)
    assert pane.map.fitted == 1


def test_picture_and_code_follow_the_state(qtbot):
    pane = make(qtbot)
    pane.pane.drag_cursor(2.25, -4.588)
    decode(pane)
    assert pane.column.decoded.has_picture()
    assert pane.column.readout.text() == "z1 +2.25  z2 −4.59"


def test_wide_figures_of_a_code_are_kept_apart(qtbot):
    pane = make(qtbot)
    pane.pane.drag_cursor(28.15, 17.17)
    readout = pane.column.readout
    cell = readout._cell(readout.cells())
    for width in (int(2 * cell) + 6, 200, 240):
        readout.setFixedWidth(width)
        assert readout.columns(width) == 2
        assert readout.left_of(1) - cell >= min(8, width - 2 * cell) - 0.01
        assert readout.left_of(1) + cell <= width + 0.01


def test_hidden_dimensions_are_told(qtbot):
    pane = make(qtbot, latent=20, index=1, size=(600, 900))
    decode(pane)
    text = pane.column.readout.text()
    assert text.startswith("PC1 ")
    assert "|z| " in text
    assert pane.column.bars.isVisible()
    assert pane.column.policy.isVisible()
    # This pane follows the first one's cursor, so far.
    assert pane.column.policy.text() == "other dimensions: those of the linked image"
    explorer = pane.column._explorer
    explorer.set_link("decode")
    assert pane.column.policy.text() == "other dimensions: as the linked picture is encoded"
    explorer.set_leader(1)
    assert pane.column.policy.text() == "other dimensions: held at the mean, no image picked"
    explorer.pick(10**6)
    assert pane.column.policy.text() == "other dimensions: held at the mean, picked image not on this map"
    explorer.pick(int(pane.pane.codes.rows[-1]))
    assert pane.column.policy.text() == "other dimensions: held at picked image"
    assert "Esc" in pane.column.policy.toolTip()
    explorer.set_link("off")
    explorer.set_leader(0)
    assert pane.column.policy.text() == "other dimensions: held at picked image"
    pane.pane.set_hidden("mean")
    assert pane.column.policy.text() == "other dimensions: held at the mean"
    pane.pane.set_hidden("zero")
    assert pane.column.policy.text() == "other dimensions: held at zero"


def test_two_dimensions_hide_nothing(qtbot):
    pane = make(qtbot, size=(600, 700))
    decode(pane)
    assert not pane.column.policy.isVisible()
    assert not pane.column.bars.isVisible()
    assert texts(pane) == ["z1 · z2"]


def test_axes_are_chosen_in_the_menu(qtbot):
    pane = make(qtbot, latent=20, index=1)
    train(pane.header._training, 1, latent=20)
    qtbot.mouseClick(pane.header.axes, Qt.MouseButton.LeftButton)
    menu = pane.header.axes.menu_shown
    assert menu.isVisible()
    action = next(action for action in menu.actions() if action.text() == "z1 · z2")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert pane.pane.axes == "0,1"
    assert pane.header.axes.text() == "z1 · z2"
    policy = next(text for text in texts(pane) if text == "Held at zero")
    pane.header.axes.open_menu()
    next(action for action in menu.actions() if action.text() == policy).trigger()
    menu.close()
    assert pane.pane.hidden == "zero"


@pytest.mark.parametrize(("latent", "title"), [(2, "z1 · z2"), (4, "PCA plane")])
def test_dimensions_that_a_narrower_model_lacks_are_not_named(qtbot, latent, title):
    pane = make(qtbot, latent=latent)
    pane.pane.set_axes("5,7")
    assert pane.header.axes.text() == title
    assert not any("z6" in text for text in texts(pane))


def test_any_two_dimensions(qtbot):
    pane = make(qtbot, latent=20, index=1)
    chooser = pane.header.axes.open_chooser()

    def enter(field: QLineEdit, text: str) -> None:
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    enter(chooser.across, "5")
    enter(chooser.up, "z9")
    assert pane.pane.axes == "4,8"
    enter(chooser.up, "5")  # the same dimension twice is no plane
    enter(chooser.up, "9999")
    assert chooser.up.toolTip() == "Enter a whole number from 1 to 20, or “z1”."
    assert pane.pane.axes == "4,8"
    enter(chooser.up, "9")
    qtbot.mouseClick(chooser.findChild(QWidget, "swapAxes"), Qt.MouseButton.LeftButton)
    assert pane.pane.axes == "8,4"
    chooser.close()


def test_colour_menu_offers_what_the_data_has(qtbot):
    pane = make(qtbot, size=(700, 460))
    button = pane.header.colour
    assert [key for key, _ in button.choices()] == ["class", "split", "lit fraction", "angle", "none"]
    qtbot.keyClick(button, Qt.Key.Key_Space)
    button.open_menu()
    button.menu_shown.actions()[2].trigger()
    button.menu_shown.close()
    assert button._explorer.colour_by == "lit fraction"
    assert button.text() == "Colour: lit fraction"
    pane.resize(480, 460)
    assert button.text() == "lit fraction"


def test_original_decoded_and_difference(qtbot):
    pane = make(qtbot, size=(600, 700))
    decode(pane)
    column = pane.column
    original, decoded = picture(), picture()[:, ::-1].copy()
    pane.pane.set_picture(np.zeros(2, np.float32), decoded, 0.08, replace(nearest(), picture=original))
    assert all(view.has_picture() for view in column.views)
    assert np.array_equal(pixels(column.original.image())[:, :, :1], original)
    assert np.array_equal(pixels(column.decoded.image())[:, :, :1], decoded)
    assert np.array_equal(pixels(column.difference.image()), difference_picture(decoded, original))
    assert column.original_caption.text() == "image 1,234 · class 6"
    assert "nearest to the cursor" in column.original_caption.toolTip()
    assert "0.31" in column.original_caption.toolTip()
    assert column.decoded_caption.text() == "decoded: mean"
    error = np.mean((decoded.astype(np.float64) - original) ** 2) / 255**2
    assert column.difference_caption.text() == f"MSE {error:.4f}"


def test_the_difference_is_signed_and_has_one_fixed_ramp():
    original = np.full((1, 5, 1), 128, np.uint8)
    decoded = np.array([0, 100, 128, 150, 255], np.uint8).reshape(1, 5, 1)
    shown = difference_picture(decoded, original)[0].astype(int)
    assert shown.shape == (5, 3)
    assert shown[2].tolist() == [0, 0, 0]
    for darker, brighter in ((shown[0], shown[4]), (shown[1], shown[3])):
        assert darker[2] > darker[0]
        assert brighter[0] > brighter[2]
    assert shown[0].sum() > shown[1].sum()
    assert shown[4].sum() > shown[3].sum()
    # The same difference looks the same, whatever else is in the picture.
    again = difference_picture(decoded[:, :2], original[:, :2])[0]
    assert np.array_equal(again, shown[:2])
    ends = difference_picture(np.array([[[0], [255]]], np.uint8), np.array([[[255], [0]]], np.uint8))
    assert ends[0].tolist() == [list(DARKER), list(BRIGHTER)]


def test_the_difference_has_colours_of_its_own():
    """Neither is taken for a pane's accent, and nobody takes one for the other."""
    for share in (1.0, 0.5):
        darker, brighter = (
            "#{:02x}{:02x}{:02x}".format(*(round(share * part) for part in colour))
            for colour in (DARKER, BRIGHTER)
        )
        for deficiency in DEFICIENCIES:
            assert smallest_difference((darker, brighter), deficiency) >= 20
        for accent in (*DARK.accents, *LIGHT.accents):
            assert smallest_difference((darker, accent), "none") >= 20
            assert smallest_difference((brighter, accent), "none") >= 20


def test_the_error_of_colours_is_a_mean_over_all_pixel_values():
    rng = np.random.default_rng(0)
    decoded, original = rng.integers(0, 256, (2, 9, 7, 3), dtype=np.uint8)
    expected = np.mean((decoded / 255.0 - original / 255.0) ** 2)
    assert squared_error(decoded, original) == pytest.approx(expected, rel=1e-5)
    assert squared_error(decoded, decoded) == 0
    assert difference_picture(decoded, original).shape == (9, 7, 3)


def test_pictures_of_different_shapes_are_not_compared(qtbot):
    pane = make(qtbot)
    pane.pane.set_picture(np.zeros(2, np.float32), picture(8), 0.08, nearest())
    assert pane.column.original.has_picture()
    assert not pane.column.difference.has_picture()
    assert pane.column.difference_caption.text() == ""


def test_without_originals_the_slots_say_so_and_offer_them(qtbot):
    pane = make(qtbot, images=False)
    column, explorer = pane.column, pane.column._explorer
    decode(pane)
    show(pane, nearest(original=False))
    assert not column.original.has_picture()
    assert not column.difference.has_picture()
    assert column.original.accessibleDescription() == "The originals come with the images of Toy."
    assert column.difference.accessibleDescription() == "No original to compare with."
    # Nobody can get one's own images.
    assert not column.get_data.isVisible()
    name = explorer.data.config.name
    found = DataInfo(
        name=name, title="Toy", shape=(1, 28, 28), count=200, present=False, download_bytes=11_490_434
    )
    explorer.set_available((found,))
    assert column.get_data.isVisible()
    assert column.get_data.text() == "Get Toy (11 MB)"
    button, slot = column.get_data.geometry(), column.original.geometry()
    assert slot.top() < button.top() < button.bottom() < slot.bottom()
    assert column.rect().contains(button)
    wanted = []
    explorer.images_wanted.connect(lambda: wanted.append(True))
    qtbot.mouseClick(column.get_data, Qt.MouseButton.LeftButton)
    assert wanted == [True]
    explorer.set_available((replace(found, present=True),))
    assert not column.get_data.isVisible()
    explorer.set_images(np.zeros((200, 1, 28, 28), np.uint8))
    show(pane, nearest())
    assert column.original.has_picture()
    assert column.difference.has_picture()


@pytest.mark.parametrize("latent", [2, 20, 512])
@pytest.mark.parametrize("height", [290, 360, 420, 520, 640, 900])
def test_nothing_overlaps_or_leaves_the_column(qtbot, height, latent):
    pane = make(qtbot, latent=latent, size=(500, height))
    decode(pane)
    column = pane.column
    shown = [part for part in column.findChildren(QWidget) if part.isVisible() and part.parent() is column]
    for first, second in combinations(shown, 2):
        assert not first.geometry().intersects(second.geometry()), (first.objectName(), second.objectName())
    assert max(part.geometry().bottom() for part in shown) <= column.height()
    places = [view.picture_rect().translated(view.pos()) for view in column.views]
    assert len({(place.left(), place.width(), place.height()) for place in places}) == 1
    assert places[0].width() >= 64
    # A caption is nearer to its own picture than to what comes below.
    for view, caption, below in (
        (column.original, column.original_caption, column.decoded),
        (column.difference, column.difference_key, column.meter),
    ):
        if caption.isVisible() and below.isVisible():
            above = caption.y() - view.geometry().bottom() - 1
            assert above == 0 < 4 <= below.y() - caption.geometry().bottom() - 1


def test_a_pane_that_is_lower_than_three_pictures_scrolls(qtbot):
    pane = make(qtbot, size=(400, 170))
    decode(pane)
    assert pane.column.height() > pane._scroll.viewport().height()
    assert pane._scroll.verticalScrollBar().maximum() > 0
    assert pane.column.decoded.picture_rect().width() >= 64
    assert pane.column.width() <= pane._scroll.viewport().width()


@pytest.mark.parametrize(("size", "least"), [((628, 690), 140), ((628, 470), 96), ((330, 290), 64)])
def test_pictures_are_as_large_as_they_are_to_be(qtbot, size, least):
    pane = make(qtbot, size=size)
    decode(pane)
    assert min(view.picture_rect().width() for view in pane.column.views) >= least


@pytest.mark.parametrize(
    ("pixels", "room", "side"),
    [(28, 125, 112), (28, 139, 112), (28, 96, 96), (32, 130, 128), (32, 125, 125), (32, 88, 88), (28, 88, 84)],
)
def test_whole_pixels_are_no_reason_to_waste_the_room(qtbot, pixels, room, side):
    pane = make(qtbot)
    pane.column.pixels = lambda: pixels
    assert pane.column._side(3 * (room + 4), 224) == side


def test_column_grows_with_the_pane(qtbot):
    small, large = (make(qtbot, size=size) for size in ((800, 700), (1000, 1000)))
    for pane in (small, large):
        decode(pane)
    assert 140 <= small.column.decoded.picture_rect().width() < 224
    assert large.column.decoded.picture_rect().width() == 224


def test_a_pane_without_a_model_says_so(qtbot):
    pane = make(qtbot, state=PaneState(0))
    assert pane.header.title.text() == "No model yet"
    assert not pane.header.axes.isEnabled()
    pane.grab()


def test_bars_tell_their_dimension(qtbot):
    pane = make(qtbot, latent=20, index=1, size=(600, 700))
    decode(pane)
    bars = pane.column.bars
    half = bars.width() / 20 / 2
    assert bars.tip(int(half)) == "z1 −2.00"
    assert bars.tip(int(39 * half)) == "z20 +2.00"
    assert bars.tip(-1) == ""


def test_codes_that_are_not_finite_are_survived(qtbot):
    pane = make(qtbot, latent=20, index=1, size=(600, 700))
    pane.pane.set_picture(np.full(20, np.nan, np.float32), picture(), 0.1)
    pane.grab()
    assert "n/a" in pane.column.readout.text()


def test_every_control_has_names(qtbot):
    pane = make(qtbot, latent=20)
    decode(pane)
    for control in pane.findChildren(QWidget):
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and not control.isWindow():
            assert control.accessibleName(), control
            assert control.objectName(), control


def test_the_corner_does_not_take_the_mouse(qtbot):
    pane = make(qtbot)
    assert pane.childAt(QPoint(3, pane.height() - 4)) is not pane._corner


def test_in_a_narrow_pane_the_buttons_stand_closer(qtbot):
    with dressed():
        pane = make(qtbot, latent=20)
        _look_at_narrow(pane.header)


def _look_at_narrow(header: PaneHeader) -> None:
    header.setParent(None)
    header.show()
    header.resize(325, header.sizeHint().height())
    QApplication.processEvents()
    header.resize(325, header.sizeHint().height())
    QApplication.processEvents()
    assert header.width() == 325
    buttons = (header.title, header.axes, header.colour, header.overlays, header.fit)
    for one, next_one in pairwise(buttons):
        assert one.geometry().right() < next_one.geometry().left()
        assert one.width() >= one.minimumSizeHint().width()
    assert header.fit.geometry().right() <= header.width()
    near = header.fit.x() - header.overlays.geometry().right()
    header.resize(700, header.height())
    QApplication.processEvents()
    assert header.fit.x() - header.overlays.geometry().right() > near
    header.close()
    header.deleteLater()


def test_a_new_picture_and_its_words_are_painted_without_what_they_are_in(qtbot):
    """Else with every move of the hand a dozen widgets are painted, one in another."""
    with dressed("light") as app:
        pane = make(qtbot, size=(700, 700))
        decode(pane)
        app.processEvents()
        for tokens in ("light", "dark"):
            theme().set_appearance(tokens)
            put_on(app, stylesheet(theme().tokens))
            app.processEvents()
            painted, state = Painted(pane), pane.pane
            for place in (1, 2):
                state.place_cursor(place, -place)
                state.set_picture(state.code + 1, 255 - state.picture, 0.1, replace(nearest(), row=place))
                app.processEvents()
            assert {"PictureView", "ElidedLabel", "CodeReadout"} <= painted.names
            assert not {"PictureColumn", "QScrollArea", "Pane"} & painted.names


def test_the_colours_of_the_difference_are_named_under_it(qtbot):
    pane = make(qtbot, size=(600, 700))
    column = pane.column
    key = column.difference_key
    assert key.isHidden(), "no difference, no colours"
    decode(pane)
    pane.pane.set_picture(np.zeros(2, np.float32), picture(), 0.08, replace(nearest(), picture=picture()))
    assert not key.isHidden()
    assert "■ brighter ■ darker" in key.text()
    shown = pixels(key.grab().toImage()).reshape(-1, 3).tolist()
    assert all(list(colour) in shown for colour in (BRIGHTER, DARKER))
    assert key.y() >= column.difference.geometry().bottom()
    assert key.toolTip() == column.difference_caption.toolTip()
    # The error is beside the word under the decoded image, of which it is.
    assert column.difference_caption.y() == column.decoded_caption.y()
    shortest = key.width_of("■+■−")
    for room in range(300, 0, -5):
        key.fit(room)
        assert key.width_of(key.text()) <= max(room, 1)
        assert bool(key.text()) is (room >= shortest)


@pytest.mark.parametrize("width", [520, 700, 1000])
@pytest.mark.parametrize("height", [360, 420, 640, 900])
def test_a_draw_is_said_once_and_leaves_the_colours_their_room(qtbot, width, height):
    with dressed():
        pane = make(qtbot, size=(width, height))
        column, state = pane.column, pane.pane
        decode(pane)
        state.set_picture(
            np.zeros(2, np.float32), picture(), 0.08, replace(nearest(), picture=picture()), draw=255 - picture()
        )
        written = column.decoded_caption.isVisible()
        assert not written or "a draw" in column.decoded_caption.shown_text()
        # On the picture, light letters on a plate in its corner, only where it is not written under it.
        place = column.decoded.picture_rect().toRect()
        corner = pixels(column.decoded.grab(place).toImage())[-12:-6, 8:30].astype(int)
        plated = bool(np.ptp(corner, axis=2).any())  # the picture is grey, the plate is not
        assert plated is not written
        assert "a draw" in column.decoded.accessibleDescription()
        error = column.difference_caption
        if error.isVisible():
            assert error.shown_text() == error.text() != ""
            assert column.difference_key.isVisible()
            assert "■" in column.difference_key.text()


@pytest.mark.parametrize("draw", [False, True])
def test_captions_in_large_letters_are_whole(qtbot, draw):
    """As in a presentation 800 px wide."""
    with dressed() as app:
        theme().set_magnification(1.4)
        try:
            put_on(app, stylesheet(theme().tokens, theme().text_px, theme().small_px))
            pane = make(qtbot, size=(385, 570))
            pane.set_bare(True)
            column, state = pane.column, pane.pane
            near, decoded = replace(nearest(), picture=picture()), picture()
            state.set_picture(np.zeros(2, np.float32), decoded, 0.08, near, draw=decoded if draw else None)
            captions = [label for label in column.captions if label.isVisible()]
            assert len(captions) >= 2
            assert all("…" not in label.shown_text() and label.shown_text() for label in captions)
            assert column.original_caption.shown_text() == "image 1,234"
            assert column.original_caption.text() in column.original_caption.toolTip()
            assert "■" in column.difference_key.text()
        finally:
            theme().set_magnification(1.0)


@pytest.mark.parametrize("height", [620, 660, 700, 740, 780])
def test_a_caption_is_close_to_a_picture_that_does_not_fill_its_slot(qtbot, height):
    """Of 32 pixels, which whole device pixels fill in few sizes only."""
    state = pane_state(0)
    state.set_model(replace(state.model, config=state.model.config.replace(shape=(1, 32, 32))))
    pane = make(qtbot, size=(640, height), state=state)
    column = pane.column
    square = np.zeros((32, 32, 1), np.uint8)
    state.set_picture(np.zeros(2, np.float32), square, 0.08, replace(nearest(), picture=square))
    for view, caption in (
        (column.original, column.original_caption),
        (column.decoded, column.decoded_caption),
        (column.difference, column.difference_key),
    ):
        frame = 2 if view is column.decoded else 0
        assert caption.isVisible()
        assert 0 <= caption.y() - (view.y() + view.picture_rect().bottom()) - frame < 1.5


def test_layers_of_a_network_are_said_whole_or_not(qtbot):
    pane = make(qtbot, size=(900, 460))
    summary = pane.header.summary
    whole = summary.text()
    assert summary.shown_text() == whole
    for width in range(900, 300, -20):
        pane.resize(width, 460)
        assert summary.shown_text() in (whole, "")
    assert summary.shown_text() == ""
    assert summary.toolTip() == whole
