"""One image, drawn crisp: whole device pixels for each pixel of the image where that fills the room."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.core.last_places import last_places
from latent_explorer.panes.picture_file import save_picture
from latent_explorer.words.plain_text import menu_text
from trainer.export.settings_text import KEY

#: Width of the accent's frame, px.
FRAME = 2
_RADIUS = 5.0
#: Share of the room that a picture of whole device pixels a pixel must fill.
_EVEN = 0.9


def shown_scale(image: QSize, room: QSize, ratio: float) -> float:
    """Px that each pixel of an image takes in a room (px), at so many device pixels a px."""
    scale = min(room.width() / image.width(), room.height() / image.height())
    # Uneven pixels are the lesser evil where even ones would waste the room.
    if scale * ratio >= 1 and int(scale * ratio) >= _EVEN * scale * ratio:
        scale = int(scale * ratio) / ratio
    return scale


class PictureView(QWidget):
    """Draws a uint8 (H, W, 1) or (H, W, 3) array, framed in a pane's accent if `accent` is its index.

    Attributes:
        text: what the picture is, embedded in saved files; anyone may set it.
        settings: gives the settings that made it, embedded as well; None for none.
        offers: gives further entries of the context menu, (text, deed); None for none.

    Signals:
        failed(str): a sentence: saving did not work.
    """

    failed = Signal(str)

    def __init__(self, name: str, accent: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accent = accent
        self._buffer = np.zeros((0, 0, 4), np.uint8)
        self._image = QImage()
        self._empty = ""
        self._covered = 0
        self._word, self._word_painted = "", True
        self.text = ""
        self.settings: Callable[[], str] | None = None
        self.offers: Callable[[], list[tuple[str, Callable[[], None]]]] | None = None
        self.setAccessibleName(name)
        self._describe()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Else everything that it stands in, a dozen widgets deep, is painted under it with each new picture.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(140, 140)

    def set_empty_text(self, text: str) -> None:
        """Set the text shown while there is no picture."""
        if text != self._empty:
            self._empty = text
            self._describe()
            self.update()

    def set_covered(self, height: int) -> None:
        """So many px at the lower edge are under something else: no words are written there."""
        if height != self._covered:
            self._covered = height
            self.update()

    def set_word(self, word: str, *, painted: bool = True) -> None:
        """Say in the picture's lower corner that it is not the usual one; "" for nothing.

        Not `painted`, where it is written beside the picture: said only to people who hear it.
        """
        if (word, painted) != (self._word, self._word_painted):
            self._word, self._word_painted = word, painted
            self._describe()
            self.update()

    def _describe(self) -> None:
        if self.has_picture():
            width, height = self._image.width(), self._image.height()
            size = self.tr("{0} × {1} pixels").format(width, height)
            self.setAccessibleDescription(f"{self._word} · {size}" if self._word else size)
        else:
            self.setAccessibleDescription(self._empty or self.tr("no image"))

    def has_picture(self) -> bool:
        """Whether there is one."""
        return not self._image.isNull()

    def set_picture(self, picture: np.ndarray | None) -> None:
        """Show `picture`, uint8 (H, W, 1) or (H, W, 3); it is copied. None empties the view."""
        if picture is None:
            if self.has_picture():
                self._image, self._buffer = QImage(), np.zeros((0, 0, 4), np.uint8)
                self._describe()
                self.update()
            return
        height, width, channels = picture.shape
        fresh = self._buffer.shape[:2] != (height, width)
        if fresh:
            # The image is a window onto the buffer, which therefore is kept; new pictures go into the same bytes.
            self._buffer = np.full((height, width, 4), 255, np.uint8)
            self._image = QImage(self._buffer.data, width, height, 4 * width, QImage.Format.Format_RGB32)
            self._describe()
        # RGB32 is in memory as blue, green, red; one grey channel goes into all three.
        shown, given = self._buffer[:, :, :3], picture[:, :, ::-1] if channels == 3 else picture
        if fresh or (shown != given).any():
            shown[:] = given
            self.update()

    def image(self) -> QImage:
        """The picture at its own size, with settings as text; a copy."""
        image = self._image.copy()
        if self.text and not image.isNull():
            image.setText("Description", self.text)
        if self.settings is not None and not image.isNull():
            image.setText(KEY, self.settings())
        return image

    def picture_rect(self) -> QRectF:
        """Where the picture is drawn inside the widget."""
        frame = FRAME if self._accent is not None else 0
        room = self.rect().adjusted(frame, frame, -frame, -frame)
        if not self.has_picture():
            side = min(room.width(), room.height())
            return QRectF(room.x(), room.y(), side, side)
        width, height = self._image.width(), self._image.height()
        scale = shown_scale(QSize(width, height), room.size(), self.devicePixelRatioF())
        return QRectF(room.x(), room.y(), width * scale, height * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(tokens.panel))
            target = self.picture_rect()
            if self.has_picture():
                # Larger images than room: there is no whole scale, and skipping pixels would look broken.
                shrinks = target.width() * self.devicePixelRatioF() < self._image.width()
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrinks)
                painter.drawImage(target, self._image)
                if self._word and self._word_painted:
                    self._paint_word(painter, target)
            else:
                painter.fillRect(target, QColor(tokens.control))
                if self._empty:
                    painter.setPen(QColor(tokens.text_2))
                    inner = target.adjusted(6, 4, -6, -4 - self._covered)
                    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                    # A part of a sentence says nothing; the description has all of it.
                    if inner.contains(painter.boundingRect(inner, flags, self._empty)):
                        painter.drawText(inner, flags, self._empty)
            if self._accent is not None:
                self._paint_frame(painter, target, theme().accent(self._accent))
            if self.hasFocus():
                painter.setPen(QColor(tokens.text))
                painter.drawRect(target.adjusted(1, 1, -2, -2))

    def _paint_word(self, painter: QPainter, target: QRectF) -> None:
        """On a plate of its own: the picture below is of any brightness."""
        tokens, font = theme().tokens, painter.font()
        font.setPixelSize(theme().small_px)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        wide, tall = metrics.horizontalAdvance(self._word) + 8, metrics.height() + 1
        plate = QRectF(target.left() + 2, target.bottom() - tall - 2, wide, tall)
        ground = QColor(tokens.panel)
        ground.setAlphaF(0.85)
        painter.fillRect(plate, ground)
        painter.setPen(QColor(tokens.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._word)

    def _paint_frame(self, painter: QPainter, target: QRectF, colour: QColor) -> None:
        """A rounded frame that covers the picture's square corners, which is cheaper than clipping them."""
        frame = QPainterPath()
        outer = target.adjusted(-FRAME, -FRAME, FRAME, FRAME)
        frame.addRoundedRect(outer, _RADIUS, _RADIUS)
        frame.addRoundedRect(target, _RADIUS - FRAME, _RADIUS - FRAME)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(frame, colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._menu().popup(self.mapToGlobal(QPoint(8, 8)))
        else:
            super().keyPressEvent(event)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("pictureMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = QAction(self.tr("Copy image"), menu)
        copy.triggered.connect(self.copy)
        save = QAction(self.tr("Save image as PNG…"), menu)
        save.triggered.connect(self.choose_file)
        for action in (copy, save):
            action.setEnabled(self.has_picture())
            menu.addAction(action)
        offers = [] if self.offers is None else self.offers()
        if offers:
            menu.addSeparator()
        for text, do in offers:
            menu.addAction(menu_text(text), do)
        return menu

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if self.has_picture():
            QGuiApplication.clipboard().setImage(self.image())

    @Slot()
    def choose_file(self) -> None:
        """Ask where to save the picture as it is now, however the cursor moves meanwhile."""
        image = self.image()
        start = last_places().file("picture", "image.png")
        dialog = QFileDialog(self, self.tr("Save image"), start, self.tr("PNG images (*.png)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.fileSelected.connect(lambda path: self._save(image, path))
        dialog.open()

    def _save(self, image: QImage, path: str) -> None:
        last_places().note("picture", path)
        reason = save_picture(image, path)
        if reason:
            self.failed.emit(self.tr("The image was not saved to {0}: {1}.").format(path, reason))
