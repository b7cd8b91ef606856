"""A label of one line that can shrink: what does not fit is elided and is in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.plain_label import PlainLabel

#: Letters, the dots one of them, that are worth showing.
_FEWEST = 3


class ElidedLabel(PlainLabel):
    """One line of plain text. Asks for its whole width and takes as little as `least` pixels.

    `whole`: what has no room whole is not shown in part.

    `placed`: somebody else gives it its place, on a panel, whatever it says. Its layout is then left alone and it
    paints its own ground: both cost more than all else where the text changes with every move of the hand.
    """

    def __init__(
        self, parent: QWidget | None = None, least: int = 0, *, placed: bool = False, whole: bool = False
    ) -> None:
        super().__init__(parent)
        self._placed, self._text = placed, ""
        super().setText("")  # from then on it has the height of a line
        self._least = least
        self._briefs: tuple[str, ...] = ()
        self._whole = whole
        #: What gives way: of names that differ at their end the middle.
        self.mode = Qt.TextElideMode.ElideRight
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show `text`."""
        if not self._placed or QAccessible.isActive():
            super().setText(text)
        if text != self._text:
            self._text = text
            self.update()

    def text(self) -> str:
        """What it shows."""
        return self._text

    def set_texts(self, text: str, *briefs: str) -> None:
        """Show `text`, or where it has no room the first of `briefs` that has; else the last, cut off."""
        self._briefs = tuple(filter(None, briefs))
        self.setText(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._least, self.sizeHint().width()), super().minimumSizeHint().height())

    def shown_text(self) -> str:
        """What is painted at the present width."""
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        text = self.text()
        if self._briefs and text:
            forms = (text, *self._briefs)
            text = next((form for form in forms if metrics.horizontalAdvance(form) <= room), forms[-1])
        if self._whole and metrics.horizontalAdvance(text) > room:
            return ""
        shown = metrics.elidedText(text, self.mode, room)
        # One letter and three dots say nothing.
        return shown if shown == text or len(shown) > _FEWEST else ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._own_ground()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._own_ground()

    def _own_ground(self) -> None:
        """A style sheet takes the attribute from labels whenever it is put on."""
        if self._placed:
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_whole(self.shown_text())

    def _say_whole(self, shown: str) -> None:
        tip = self.text() if shown != self.text() else ""
        if not self.property("ownToolTip") and self.toolTip() != tip:
            self.setToolTip(tip)

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.shown_text()
        self._say_whole(text)
        with QPainter(self) as painter:
            if self._placed:
                painter.fillRect(event.rect(), QColor(theme().tokens.panel))
            painter.setPen(self.palette().color(self.foregroundRole()))
            flags = self.alignment() | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.contentsRect(), flags, text)
