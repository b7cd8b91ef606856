"""The right column of a pane: decoded image, its code, the meter, the nearest data image. Shrinks when low."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import GAP, theme
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.panes.code_bars import CodeBars
from latent_explorer.panes.code_readout import CodeReadout
from latent_explorer.panes.hidden_policy import hidden_policy
from latent_explorer.panes.nearest_view import NearestView
from latent_explorer.panes.picture_view import PictureView
from latent_explorer.words.plain_text import plain_tip

LEAST = 140
MOST = 224
_FRAME = 2
_SMALLEST_THUMB = 20


@dataclass(frozen=True, slots=True)
class Room:
    """How a column of some height is shared out: side of a small picture (0: none), and what else has room.

    `lines`: of the meter's sentence.
    """

    thumb: int
    bars: bool
    policy: bool
    meter: bool
    lines: int


class PictureColumn(QWidget):
    """Lays its parts out by hand: what matters less disappears first, and nothing is ever clipped.

    In this order things give way: the sentence about hidden dimensions, the strip of bars, the size of the small
    pictures, the meter's sentence line by line, the small pictures, the meter. The decoded image and the figures
    of its code always stay.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._explorer = explorer
        self.decoded = PictureView(self.tr("Decoded image under the cursor"), pane.index, self)
        self.decoded.setObjectName("decodedImage")
        self.decoded.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.readout = CodeReadout(pane, self)
        self.bars = CodeBars(pane, self)
        self.meter = tools.meter(pane, self)
        self.policy = PlainLabel(self)
        self.policy.setObjectName("hiddenPolicy")
        self.policy.setProperty("role", "caption")
        self.policy.setWordWrap(True)
        self.policy.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nearest = NearestView(pane, explorer, self)
        pane.picture_changed.connect(self._show_picture)
        pane.model_changed.connect(self._show_model)
        for changed in (
            pane.plane_changed,
            pane.codes_changed,
            explorer.picked_changed,
            explorer.link_changed,
            explorer.leader_changed,
        ):
            changed.connect(self._show_policy)
        self._show_model()

    def pixels(self) -> int:
        """The longer side of the model's images."""
        model = self._pane.model
        return max(model.config.shape[1:]) if model is not None else 28

    def width_for(self, pane_width: int, height: int) -> int:
        """The column's width in a pane `pane_width` wide with `height` for the column.

        A whole multiple of the image's side where one fits, so that the picture fills the column.
        """
        wanted = min(MOST, max(LEAST, round(0.3 * pane_width)))
        # A low pane: the picture may not push the figures out.
        wanted = max(LEAST, min(wanted, height - 3 * GAP - self.readout.height_for(LEAST)))
        ratio = self.devicePixelRatioF()
        pixels = self.pixels()
        scale = max(1, int(wanted * ratio) // pixels)
        side = scale * pixels / ratio
        if side < LEAST:
            side = (scale + 1) * pixels / ratio if (scale + 1) * pixels / ratio <= MOST else max(side, LEAST)
        return round(min(max(side, LEAST), MOST)) + 2 * (GAP + _FRAME)

    def sizeHint(self) -> QSize:
        return QSize(LEAST + 2 * (GAP + _FRAME), 320)

    def minimumSizeHint(self) -> QSize:
        height = LEAST + 2 * _FRAME + 3 * GAP + self.readout.height_for(LEAST)
        return QSize(LEAST + 2 * (GAP + _FRAME), height)

    def room(self, spare: int) -> Room:
        """Share out `spare` pixels below the readout."""
        hides = self._hides()
        bars = self.bars.sizeHint().height() + GAP if hides else 0
        policy = self._policy_height() + 4 if hides else 0
        most = self.meter.lines_for(self.inner_width())
        best = (self.inner_width() - 8) // 2
        for show_policy, show_bars in ((hides, hides), (False, hides), (False, False)):
            left = spare - (policy if show_policy else 0) - (bars if show_bars else 0) - GAP
            if self.nearest.height_for(best) <= left - self._meter_height(most):
                return Room(best, show_bars, show_policy, True, most)
        for lines in range(most, -1, -1):
            thumb = spare - self._meter_height(lines) - self.nearest.height_for(0)
            if thumb >= _SMALLEST_THUMB:
                return Room(thumb, False, False, True, lines)
        lines = next((lines for lines in range(most, -1, -1) if spare >= self._meter_height(lines)), -1)
        spare -= self._meter_height(lines) if lines >= 0 else 0
        return Room(0, hides and spare >= bars, hides and spare >= bars + policy, lines >= 0, max(lines, 0))

    def _meter_height(self, lines: int) -> int:
        return self.meter.height_for(lines) + 8

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
        readout = self.readout.height_for(width)
        side = min(width, max(LEAST + 2 * _FRAME, self.height() - readout - 3 * GAP))
        self.decoded.setGeometry(GAP, GAP, width, side)
        drawn = round(self.decoded.picture_rect().bottom()) + _FRAME
        y = GAP + drawn + 8
        self.readout.setGeometry(GAP, y, width, readout)
        y += readout + 4
        room = self.room(self.height() - y - GAP)
        self.meter.setVisible(room.meter)
        if room.meter:
            height = self._meter_height(room.lines) - 8
            self.meter.set_lines(room.lines)
            self.meter.setGeometry(GAP, y + 2, width, height)
            y += height + 8
        self.bars.setVisible(room.bars)
        if room.bars:
            self.bars.setGeometry(GAP, y, width, self.bars.sizeHint().height())
            y += self.bars.height() + 6
        self.policy.setVisible(room.policy)
        if room.policy:
            self.policy.setGeometry(GAP, y, width, self._policy_height())
        self.nearest.setVisible(room.thumb > 0)
        if room.thumb > 0:
            self.nearest.set_room(room.thumb)
            height = self.nearest.height_for(room.thumb)
            self.nearest.setGeometry(QRect(GAP, self.height() - GAP - height, width, height))

    def _hides(self) -> bool:
        model = self._pane.model
        return model is not None and model.config.latent > 2

    def _policy_height(self) -> int:
        return self.policy.heightForWidth(self.inner_width())

    @Slot()
    def _show_picture(self) -> None:
        fresh = not self.decoded.has_picture()
        self.decoded.set_picture(self._pane.picture)
        if fresh:
            self.arrange()

    @Slot()
    def _show_model(self) -> None:
        model = self._pane.model
        self.decoded.set_picture(self._pane.picture)
        self.decoded.set_empty_text(
            self.tr("Drag on the map to decode") if model is not None else self.tr("No model yet")
        )
        self.decoded.text = (
            f"Latent Explorer · {model.title} · {model.config.summary}" if model is not None else ""
        )
        self._show_policy()
        self.arrange()

    @Slot()
    def _show_policy(self) -> None:
        text, tip = hidden_policy(self._pane, self._explorer)
        self.policy.setToolTip(plain_tip(tip))
        if text != self.policy.text():
            self.policy.setText(text)
            self.arrange()
