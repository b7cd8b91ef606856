"""A label of one line that can shrink: what does not fit is elided and is in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.controls.plain_label import PlainLabel


class ElidedLabel(PlainLabel):
    """One line of plain text. Asks for its whole width and takes as little as `least` pixels."""

    def __init__(self, parent: QWidget | None = None, least: int = 0) -> None:
        super().__init__(parent)
        self._least = least
        self._brief = ""
        #: What gives way: of names that differ at their end the middle.
        self.mode = Qt.TextElideMode.ElideRight
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_texts(self, text: str, brief: str) -> None:
        """Show `text`, or where it has no room `brief`."""
        self._brief = brief
        self.setText(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._least, self.sizeHint().width()), super().minimumSizeHint().height())

    def shown_text(self) -> str:
        """What is painted at the present width."""
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        text = self.text()
        if self._brief and text and metrics.horizontalAdvance(text) > room:
            text = self._brief
        return metrics.elidedText(text, self.mode, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.shown_text()
        tip = self.text() if text != self.text() else ""
        if not self.property("ownToolTip") and self.toolTip() != tip:
            self.setToolTip(tip)
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            flags = self.alignment() | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.contentsRect(), flags, text)
