"""The right column of a pane: original, decoded image and their difference, the code, the meter."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from latent_explorer.appearance.theme import GAP, TEXT_PX, theme
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.glossary.terms import describe, refer, tip
from latent_explorer.panes.code_bars import CodeBars
from latent_explorer.panes.code_readout import CodeReadout
from latent_explorer.panes.difference_key import DifferenceKey
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.hidden_policy import hidden_policy
from latent_explorer.panes.picture_view import PictureView, shown_scale
from latent_explorer.words.figures import signed
from latent_explorer.words.plain_text import menu_text
from latent_explorer.words.trainer_names import shown_name
from trainer.export.difference import difference_picture, squared_error

#: Side of a picture in px: at most, as wished for, with a tool open, and in a small window.
MOST = 224
WISHED = 140
LOW = 96
LEAST = 64
#: Side at most while nothing else is shown.
MOST_BARE = 336
#: The part of a pane's width that pictures take at most, usually and while nothing else is shown.
_SHARE, _SHARE_BARE = 0.3, 0.36
_FRAME = 2
#: Share of the room that pictures of whole device pixels a pixel must fill.
_WHOLE = 0.8
_PICTURES = 3
#: Between a word and a figure in one line.
_BETWEEN = 8
#: Between two pictures without a caption.
_APART = 4


@dataclass(frozen=True, slots=True)
class Room:
    """How a column of some height is shared out.

    Attributes:
        side: of each picture in px, without its frame.
        captions: how many of the pictures have one: all, all but the decoded one, or none.
        lines: of the meter's sentence; -1 for the meter folded into one line, -2 for no meter.
        bars, policy: whether these have room.
    """

    side: int
    captions: int
    lines: int
    bars: bool
    policy: bool


class PictureColumn(QWidget):
    """Three pictures, one under the other. Laid out by hand: what matters less gives way first, so nothing is cut.

    In this order things give way: the strip of bars, the meter's sentence line by line, the sentence about hidden
    dimensions, the pictures down to `WISHED`, the meter's rows (folded into one line), the pictures down to `LOW`,
    the word under the decoded image, the pictures down to `LEAST`, the other captions, the meter.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._explorer = explorer
        self._tools = tools
        self._bare = False
        #: Whether a draw is shown, as far as captions say; None without a picture.
        self._draws: bool | None = None
        self.original = PictureView(self.tr("Data image nearest to the cursor"), parent=self)
        self.original.setObjectName("originalImage")
        self.original.offers = self._offers
        self.decoded = PictureView(self.tr("Decoded image under the cursor"), pane.index, self)
        self.decoded.setObjectName("decodedImage")
        self.decoded.offers = self._decoded_offers
        self.difference = PictureView(self.tr("Decoded minus original"), parent=self)
        self.difference.setObjectName("differenceImage")
        self.views = (self.original, self.decoded, self.difference)
        for view in self.views:
            view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.original_caption = self._caption("originalCaption")
        self.decoded_caption = self._caption("decodedCaption")
        self.difference_caption = self._caption("differenceCaption")
        refer(self.original_caption, "nearest_image")
        # Looked up once: they are shown again with every move of the hand.
        self._nearest_tip = tip("nearest_image")
        self._away = self.tr("Distance of its code from the cursor: {distance}.")
        #: By whether a draw is shown: under the decoded image, in full and in short; and the error's words.
        self._decoded_words = {
            False: (self.tr("decoded: mean"), self.tr("decoded")),
            True: (self.tr("decoded: a draw"), self.tr("a draw")),
        }
        self._errors = {False: self.tr("MSE {0}"), True: self.tr("mean: MSE {0}")}
        self._decoded_word, self._error_words = self._decoded_words[False][1], self._errors[False]
        #: Mean squared difference of the decoded mean from the original; None where they are not compared.
        self._error: float | None = None
        refer(self.decoded_caption, "picture_draw")
        refer(self.decoded, "picture_draw")
        self.difference_key = DifferenceKey(self)
        #: A line under each picture; the error is said beside the name of the decoded image, where there is room.
        self.captions = (self.original_caption, self.decoded_caption, self.difference_caption)
        self.get_data = QPushButton(self)
        self.get_data.setObjectName("get-data")
        self.get_data.setProperty("role", "chip")
        #: From the longest to the shortest.
        self._get_texts: tuple[str, ...] = ("",)
        self.get_data.setAccessibleName(self.tr("Get the images of the data set"))
        self.get_data.clicked.connect(self._get_data)
        self.readout = CodeReadout(pane, self)
        self.bars = CodeBars(pane, self)
        self.meter = tools.meter(pane, self)
        self.policy = PlainLabel(self)
        self.policy.setObjectName("hiddenPolicy")
        refer(self.policy, "nearest_image", "plane_axes")
        self.policy.setProperty("role", "caption")
        self.policy.setWordWrap(True)
        self.policy.setAlignment(Qt.AlignmentFlag.AlignTop)
        pane.picture_changed.connect(self._show_picture)
        pane.nearest_changed.connect(self._show_original)
        pane.model_changed.connect(self._show_model)
        explorer.data_changed.connect(self._show_data)
        explorer.available_changed.connect(self._show_data)
        for changed in (
            pane.plane_changed,
            pane.codes_changed,
            explorer.picked_changed,
            explorer.link_changed,
            explorer.leader_changed,
        ):
            changed.connect(self._show_policy)
        self._show_model()

    def _caption(self, name: str) -> ElidedLabel:
        label = ElidedLabel(self, placed=True)
        label.setObjectName(name)
        label.setProperty("role", "caption")
        label.setProperty("ownToolTip", True)
        return label

    def pixels(self) -> int:
        """The longer side of the model's images."""
        model = self._pane.model
        return max(model.config.shape[1:]) if model is not None else 28

    # ------------------------------------------------------------ room

    def set_bare(self, bare: bool) -> None:
        """Whether the panes are all that is shown: pictures as large as can be, words for them give way first."""
        self._bare = bare
        self.arrange()

    def width_for(self, pane_width: int, height: int) -> int:
        """The column's width in a pane `pane_width` wide with `height` for the column."""
        most, share = (MOST_BARE, _SHARE_BARE) if self._bare else (MOST, _SHARE)
        most = min(most, max(LEAST, round(share * pane_width)))
        room = self.room(height, most)
        # Figures and words need some width, however small the pictures are.
        return max(room.side + 2 * _FRAME, min(WISHED, most)) + 2 * GAP

    def sizeHint(self) -> QSize:
        return QSize(WISHED + 2 * (GAP + _FRAME), 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST + 2 * (GAP + _FRAME), self._height(Room(LEAST, 0, -2, False, False), LEAST))

    def height_for_low(self) -> int:
        """Height with pictures of `LOW` px, and all that stands beside them then."""
        return self._height(Room(LOW, 2, -1, False, False), WISHED)

    def room(self, height: int, most: int) -> Room:
        """Share out `height` px among pictures at most `most` px wide, and what stands under them."""
        width = most + 2 * _FRAME
        hides = self._hides()
        lines = self.meter.lines_for(width)
        whole = [(3, lines, hides, hides), *((3, few, False, hides) for few in range(lines, -1, -1))]
        whole += [(3, 0, False, False)]
        wished = round(WISHED * theme().text_px / TEXT_PX)
        for least, ways in (
            (wished, whole),
            (wished, [(3, -1, False, False), *([(2, -1, False, False)] if self._bare else ())]),
            (LOW, [(3, -1, False, False), (2, -1, False, False)]),
            (LEAST, [(2, -1, False, False), (0, -1, False, False), (0, -2, False, False)]),
        ):
            for captions, few, bars, policy in ways:
                rest = self._height(Room(0, captions, few, bars, policy), width)
                side = self._side(height - rest, most)
                if side >= min(least, most):
                    return Room(side, captions, few, bars, policy)
        return Room(LEAST, 0, -2, False, False)

    def _side(self, height: int, most: int) -> int:
        """Of three pictures in `height`: whole device pixels for each of the image's where little is lost."""
        side = min(most, height // _PICTURES - 2 * _FRAME)
        ratio, pixels = self.devicePixelRatioF(), self.pixels()
        scale = int(side * ratio) // pixels
        whole = int(scale * pixels / ratio)
        for floor in (WISHED, LOW, LEAST):
            if side >= floor:
                return whole if whole >= max(floor, _WHOLE * side) else side
        return side

    def _shown_height(self, side: int) -> int:
        """Of a picture in a slot of `side` px, which pixels of one size need not fill: captions stand under it."""
        model = self._pane.model
        if model is None:
            return side
        _, height, width = model.config.shape
        return math.ceil(height * shown_scale(QSize(width, height), QSize(side, side), self.devicePixelRatioF()))

    def _height(self, room: Room, width: int) -> int:
        """Of everything, with pictures of `room.side`; 0 for what stands beside the pictures."""
        line = self.original_caption.sizeHint().height()
        pictures = _PICTURES * (room.side + (2 * _FRAME if room.side else 0))
        pictures += room.captions * line + (_PICTURES - room.captions) * _APART
        below = self.readout.height_for(width) + 6 + self._meter_height(room.lines)
        below += self.bars.sizeHint().height() + 6 if room.bars else 0
        below += self._policy_height(width) + 4 if room.policy else 0
        return 2 * GAP + pictures + below

    def _meter_height(self, lines: int) -> int:
        if lines == -2:
            return 0
        return 6 + (self.meter.folded_height() if lines == -1 else self.meter.height_for(lines))

    def inner_width(self) -> int:
        """Width between the margins."""
        return self.width() - 2 * GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line between the map and this column."""
        with QPainter(self) as painter:
            painter.fillRect(0, 0, 1, self.height(), QColor(theme().tokens.line))

    @Slot()
    def arrange(self) -> None:
        """Place every part."""
        width = self.inner_width()
        room = self.room(self.height(), max(LEAST, width - 2 * _FRAME))
        y = GAP
        line, readout = self.original_caption.sizeHint().height(), self.readout.height_for(width)
        high = self._shown_height(room.side)
        for view, caption in zip(self.views, self.captions, strict=True):
            # Pictures stand exactly under each other. The room that a frame would take is left under the caption,
            # which so is nearer to its own picture than to the next one.
            frame = _FRAME if view is self.decoded else 0
            view.setGeometry(GAP + _FRAME - frame, y, room.side + 2 * frame, high + 2 * frame)
            y += view.height()
            said = room.captions == 3 or (room.captions == 2 and view is not self.decoded)
            caption.setVisible(said)
            if said:
                caption.setGeometry(GAP, y, width, line)
            y += (line if said else _APART) + 2 * (_FRAME - frame)
            if view is self.decoded:
                # What was decoded stands under what it was decoded to.
                self.readout.setGeometry(GAP, y, width, readout)
                y += readout + 4
        self._place_error(room.captions, line)
        self._place_button()
        y += 4
        self.meter.setVisible(room.lines > -2)
        if room.lines > -2:
            self.meter.set_folded(room.lines == -1)
            self.meter.set_lines(max(room.lines, 0))
            height = self._meter_height(room.lines) - 6
            self.meter.setGeometry(GAP, y + 2, width, height)
            y += height + 6
        self.bars.setVisible(room.bars)
        if room.bars:
            self.bars.setGeometry(GAP, y, width, self.bars.sizeHint().height())
            y += self.bars.height() + 6
        self.policy.setVisible(room.policy)
        if room.policy:
            self.policy.setGeometry(GAP, y, width, self._policy_height(width))

    def _place_error(self, captions: int, line: int) -> None:
        """The error beside the word under the decoded image, and the meaning of the colours under the difference.

        Where the first has no room, or there is no such word, both share the line under the difference; and where
        they have no room there, the word gives way. So does "a draw", which can be said on the picture.
        """
        width, key, draws = self.inner_width(), self.difference_key, bool(self._draws)
        metrics = self.difference_caption.fontMetrics()
        word = metrics.horizontalAdvance(self._decoded_word)
        for words in (self._errors[draws], self._errors[False]):  # the tool tip says of which picture it is
            error = metrics.horizontalAdvance(words.format("0.0000")) + 1
            beside = word + _BETWEEN + error <= width
            shares = error + _BETWEEN + key.width_of(key.shortest) <= width
            named = captions == 3 and (beside or (error <= width and (draws or not shares)))
            if named or shares:
                break
        if words != self._error_words:
            self._error_words = words
            self._say_error()
        below = self.difference_caption.geometry()
        if named:
            place = self.decoded_caption.geometry()
            self.decoded_caption.setGeometry(place.adjusted(0, 0, -error - _BETWEEN, 0))
            self.decoded_caption.setVisible(beside)
            x = GAP + (width - error if beside else 0)
            self.difference_caption.setGeometry(x, place.y(), error, line)
        elif captions:
            self.difference_caption.setGeometry(GAP, below.y(), min(error, width), line)
        left = 0 if named else min(error, width) + _BETWEEN
        key.setVisible(captions > 0 and self.difference.has_picture())
        key.setGeometry(GAP + left, below.y(), max(0, width - left), line)
        key.fit(width - left)
        self.decoded.set_word(self.tr("a draw") if draws else "", painted=self.decoded_caption.isHidden())

    def _place_button(self) -> None:
        """In the lower part of the first slot, where the original will be; across the column if that is small."""
        slot, button = self.original.geometry(), self.get_data
        self.original.set_covered(0 if button.isHidden() else button.sizeHint().height() + 5)
        for text in self._get_texts:
            button.setText(menu_text(text))
            wanted = button.sizeHint()
            if wanted.width() <= self.inner_width():
                break
        inside = wanted.width() <= slot.width() - 12
        x, width = (slot.x() + 6, slot.width() - 12) if inside else (GAP, self.inner_width())
        button.setGeometry(x, slot.bottom() - wanted.height() - 5, width, wanted.height())
        button.raise_()

    def _hides(self) -> bool:
        model = self._pane.model
        return model is not None and model.config.latent > 2

    def _policy_height(self, width: int) -> int:
        return self.policy.heightForWidth(width)

    # ------------------------------------------------------------ what it shows

    @Slot()
    def _show_picture(self) -> None:
        self.decoded.set_picture(self._pane.shown_picture)
        self._show_decoded_word()
        self._show_difference()

    @Slot()
    def _show_decoded_word(self) -> None:
        """Whether the decoded picture is the mean of p(x|z) or a draw of it."""
        draws = None if self._pane.picture is None else self._pane.draw is not None
        if draws == self._draws:
            return
        self._draws = draws
        text, self._decoded_word = self._decoded_words[bool(draws)]
        if draws is None:
            self.decoded_caption.set_texts("", "")
        else:
            self.decoded_caption.set_texts(text, self._decoded_word)
        self.decoded_caption.setToolTip("" if draws is None else f"{text}\n{tip('picture_draw')}")
        self._describe_decoded()
        self.arrange()

    def _describe_decoded(self) -> None:
        """What a saved picture says of itself."""
        model, text = self._pane.model, ""
        if model is not None:
            text = f"Latent Explorer · {model.title} · {model.config.summary}"
            if self._pane.draw is not None:
                text += " · " + self.tr("a draw of p(x|z)")
        self.decoded.text = text

    def _decoded_offers(self) -> list[tuple[str, Callable[[], None]]]:
        decoded = self._explorer.decoded
        if not decoded.draws:
            return [(self.tr("Show a random draw of p(x|z)"), lambda: decoded.set_draws(True))]
        return [
            (self.tr("Show the mean of p(x|z)"), lambda: decoded.set_draws(False)),
            (self.tr("Show another draw"), decoded.draw_again),
        ]

    @Slot()
    def _show_data(self) -> None:
        """Whether there are originals at all."""
        data = self._explorer.data
        absent = data is not None and data.images is None and self._pane.model is not None
        title = "" if data is None else shown_name(data.title)
        text = self.tr("The originals come with the images of {title}.").format(title=title) if absent else ""
        self.original.set_empty_text(text)
        self.difference.set_empty_text(self.tr("No original to compare with.") if absent else "")
        self._offer(absent)
        self._show_original()
        self._show_difference()

    @Slot()
    def _show_original(self) -> None:
        nearest = self._pane.nearest
        self.original.set_picture(None if nearest is None else nearest.picture)
        caption, more = "", ""
        briefs: tuple[str, ...] = ()
        if nearest is not None:
            image = self.tr("image {0}").format(nearest.number)
            # A class that is called by a number would be a number without a name.
            label = self.tr("class {0}").format(nearest.label) if nearest.label.isdigit() else nearest.label
            caption = " · ".join(filter(None, (image, label, nearest.file)))
            briefs = (" · ".join(filter(None, (image, label))), image) if label else ()
            distance = signed(nearest.distance).lstrip("+")
            more = f"{self._nearest_tip}\n{self._away.format(distance=distance)}"
        self.original_caption.set_texts(caption, *briefs)
        self.original_caption.setToolTip(f"{caption}\n{more}".strip())

    def _offer(self, absent: bool) -> None:
        """The button that gets the images, where they can be had by name."""
        data = self._explorer.data
        found = None
        if absent and data is not None:
            found = next((one for one in self._explorer.available if one.name == data.config.name), None)
        self.get_data.setVisible(found is not None and not found.present)
        if found is not None:
            size = f"{found.download_bytes / 1e6:.0f}"
            whole = self.tr("Get {title} ({size} MB)").format(title=found.title, size=size)
            self._get_texts = (whole, self.tr("Get {title}").format(title=found.title), self.tr("Get"))
            self.get_data.setToolTip(
                f"{whole}\n"
                + self.tr("Download the images into the data folder; the models on show stay as they are.")
            )
        self._place_button()

    def _offers(self) -> list[tuple[str, Callable[[], None]]]:
        nearest = self._pane.nearest
        return [] if nearest is None else self._tools.image_offers(self._explorer, nearest.row)

    @Slot()
    def _get_data(self) -> None:
        self._explorer.images_wanted.emit()

    def _show_difference(self) -> None:
        """Of the decoded picture and the original, as they are now."""
        nearest, decoded = self._pane.nearest, self._pane.picture
        original = None if nearest is None else nearest.picture
        if decoded is None or original is None or decoded.shape != original.shape:
            self.difference.set_picture(None)
            self._error = None
            self._say_error()
            self.difference_key.hide()
            return
        self.difference.set_picture(difference_picture(decoded, original))
        self._error = squared_error(decoded, original)
        self._say_error()
        if self.difference_key.isHidden():
            self.difference_key.setVisible(not self.difference_caption.isHidden())

    def _say_error(self) -> None:
        error = self._error
        if error is None:
            self.difference_caption.setText("")
            return
        shown = f"{error:.4f}" if error >= 0.0005 or error == 0 else f"{error:.1e}"
        # In less room than usual figures take.
        brief = "" if "e" not in shown else self._error_words.format(f"{error:.0e}")
        self.difference_caption.set_texts(self._error_words.format(shown), brief)

    @Slot()
    def _show_model(self) -> None:
        model = self._pane.model
        self.decoded.set_picture(self._pane.shown_picture)
        self._show_decoded_word()
        self.decoded.set_empty_text(
            self.tr("Drag on the map to decode") if model is not None else self.tr("No model yet")
        )
        self._describe_decoded()
        describe(
            self.difference_caption,
            "mse",
            more=self.tr(
                "The picture is decoded minus original: green where the decoded image is brighter, magenta where "
                "it is darker, black where they agree."
            ),
        )
        self.difference_key.setToolTip(self.difference_caption.toolTip())
        self._show_data()
        self._show_policy()
        self.arrange()

    @Slot()
    def _show_policy(self) -> None:
        text, tip = hidden_policy(self._pane, self._explorer)
        self.policy.setToolTip(tip)
        if text != self.policy.text():
            self.policy.setText(text)
            self.arrange()
