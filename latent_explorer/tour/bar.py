"""The tour: a non-modal bar that explains the window step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.tour.outline import Outline
from latent_explorer.tour.stops import Stop


class TourBar(QFrame):
    """ "1 of 5", what to do there, Back, Next and Close; hidden until `begin`. Esc closes it.

    Signals:
        ended: it was closed or completed.
    """

    ended = Signal()

    def __init__(
        self, window: QWidget, stops: Sequence[Callable[[], Stop]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stops = tuple(stops)
        self._paused = False
        #: Index of the shown stop; -1 without a tour.
        self.place = -1
        self.outline = Outline(window)
        self.setObjectName("tour")
        self.setProperty("role", "panel")
        self.number = PlainLabel()
        self.number.setObjectName("tour-number")
        self.number.setProperty("role", "caption")
        self.text = PlainLabel()
        self.text.setObjectName("tour-text")
        self.text.setWordWrap(True)
        self.back = self._button("tour-back", self.tr("Back"), self.go_back)
        self.next = self._button("tour-next", self.tr("Next"), self.go_on)
        self.close_button = self._button("tour-close", self.tr("Close the tour"), self.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(8)
        row.addWidget(self.number)
        row.addWidget(self.text, 1)
        for button in (self.back, self.next, self.close_button):
            row.addWidget(button)
        self.hide()

    def _button(self, name: str, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("role", "quiet")
        button.clicked.connect(act)
        return button

    @Slot()
    def begin(self, *, focus: bool = False) -> None:
        """Start at the first stop; with `focus` Next gets the focus."""
        self.place = 0
        self._show()
        if focus:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self, place: int) -> None:
        """Show this stop, taken over from another bar; -1 for no tour."""
        self.place = place
        self._show()

    @Slot()
    def go_on(self) -> None:
        """Go to the next stop; after the last one the tour ends."""
        if self.place + 1 < len(self._stops):
            self.place += 1
            self._show()
        else:
            self.end()

    @Slot()
    def go_back(self) -> None:
        """Go to the previous stop."""
        self.place = max(0, self.place - 1)
        self._show()

    @Slot()
    def end(self) -> None:
        """Hide the tour."""
        if self.place < 0:
            return
        held = self.window().focusWidget()
        if held is not None and self.isAncestorOf(held):
            self._stops[0]().targets[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.place = -1
        self._show()
        self.ended.emit()

    def set_paused(self, paused: bool) -> None:
        """Hide it temporarily, as in a presentation."""
        self._paused = paused
        self._show()

    def _show(self) -> None:
        on = self.place >= 0 and not self._paused
        if not on:
            self.outline.show_around(())
            self.hide()
            return
        stop = self._stops[self.place]()
        self.number.setText(self.tr("{0} of {1}").format(self.place + 1, len(self._stops)))
        self.text.setText(stop.text)
        tour = self.tr("Tour")  # lupdate finds no texts in f-strings
        self.setAccessibleName(f"{tour} {self.number.text()}: {stop.text}")
        self.back.setEnabled(self.place > 0)
        last = self.place + 1 == len(self._stops)
        self.next.setText(self.tr("Done") if last else self.tr("Next"))
        self.next.setAccessibleName(self.next.text())
        self.close_button.setVisible(not last)
        self.show()
        self.outline.show_around(stop.targets)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() == Qt.Key.Key_Right:
            self.go_on()
        elif event.key() == Qt.Key.Key_Left:
            self.go_back()
        else:
            super().keyPressEvent(event)
