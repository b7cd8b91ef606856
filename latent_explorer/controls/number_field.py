"""A text field for exact numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from latent_explorer.appearance.icons import icon
from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.number_text import (
    NumberTextError,
    UnclearNumberError,
    format_number,
    parse_number,
)
from latent_explorer.controls.tool_tips import show_tip

_SHORTCUT = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
#: Maximum duration of a click in ms, from press to release.
_CLICK = 300


class NumberField(QLineEdit):
    """A field for a number between `least` and `most`. Enter or leaving the field commits, Esc reverts.

    Accepts "1e-3", "10", "0,5", "10,000" for whole numbers, and the `words`, such as "off" for 0; a number with a
    word is shown as its first word. While it is not edited, the field shows the `unit` after the number. Invalid
    text is outlined, with a warning icon and one sentence, and remains, even when the field is left, until it is
    corrected or discarded, or another number is set by program; the last valid number is used meanwhile. Up and
    Down change the number by adding `step` or multiplying by `factor`. Letters that begin no valid text go to the
    window.

    Signals:
        committed(float): the user chose another number; not emitted by `set_number`.
        refused(str): the text is invalid; the sentence says why.
        forgiven: the invalid text was edited or removed.

    Attributes:
        tips: whether a tool tip shows the sentence immediately; False if it is shown beside the field.
    """

    committed = Signal(float)
    refused = Signal(str)
    forgiven = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        least: float,
        most: float,
        whole: bool = False,
        unit: str = "",
        words: Mapping[str, float] | None = None,
        open_below: bool = False,
        step: float = 0.0,
        factor: float = 0.0,
        show: Callable[[float], str] = format_number,
    ) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._whole = whole
        self._open_below = open_below
        self._unit = unit
        self._words = dict(words or {})
        self._step, self._factor = step, factor
        self._show = show
        self._number = least
        self._help = ""
        self.tips = True
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(tabular(self.font()))
        self._warning = QAction(self)
        self._warning.setVisible(False)
        self.addAction(self._warning, QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(self._forgive)
        self.editingFinished.connect(self._finish)
        theme().changed.connect(self._retint)
        self._retint()
        self._write()

    def number(self) -> float:
        """The current number."""
        return self._number

    def set_number(self, number: float) -> None:
        """Set the number; text that is being edited stays until it is committed or reverted.

        Invalid text is removed unless the field has the focus: it referred to the previous number.
        """
        if number != self._number:
            self._number = number
            if self.invalid() and not self.hasFocus():
                self.revert()
            elif not self.isModified():
                self._write()

    def set_help(self, text: str) -> None:
        """Set the tool tip that is shown while the text is valid."""
        self._help = text
        if not self.invalid():
            self.setToolTip(text)

    def invalid(self) -> bool:
        """Whether the text was refused."""
        return bool(self.property("invalid"))

    # ------------------------------------------------------------- input

    def commit(self) -> bool:
        """Commit the text. False, with the reason shown, if it is invalid."""
        try:
            number = parse_number(self.text(), self._unit, self._words, whole=self._whole)
        except UnclearNumberError as unclear:
            self._refuse(self._choice(unclear))
            return False
        except NumberTextError:
            self._refuse(self._expectation())
            return False
        below = number <= self._least if self._open_below else number < self._least
        wordy = number in self._words.values()
        if not wordy and (below or number > self._most or (self._whole and number != int(number))):
            self._refuse(self._expectation())
            return False
        changed = number != self._number
        self._number = number
        self._accept()
        if changed:
            self.committed.emit(number)
        return True

    def revert(self) -> None:
        """Discard the edit and show the current number."""
        self._accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.commit():
                self.selectAll()
            event.accept()
        elif key == Qt.Key.Key_Escape and (self.isModified() or self.invalid()):
            self.revert()
            self.selectAll()
            event.accept()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and (self._step or self._factor):
            self._go(1 if key == Qt.Key.Key_Up else -1)
            event.accept()
        elif not self.isModified() and self.hasSelectedText() and self._begins_nothing(event):
            event.ignore()  # it may be a key for the map under the pointer
        else:
            super().keyPressEvent(event)

    def _begins_nothing(self, event: QKeyEvent) -> bool:
        """Whether this is a letter that begins neither a number nor a word."""
        # Shortcuts have a text, too: that of Cmd+C is "c" on macOS.
        typed = "" if event.modifiers() & _SHORTCUT else event.text()
        return typed.isalpha() and not any(word.casefold().startswith(typed.casefold()) for word in self._words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.invalid():
            self._write()
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.isModified() and not self.invalid():
            self._write()

    def _go(self, direction: int) -> None:
        if self.isModified() and not self.commit():
            return
        here = self._number if math.isfinite(self._number) else self._least
        there = here * self._factor**direction if self._factor else here + direction * self._step
        there = float(f"{min(max(there, self._least), self._most):.6g}")
        if there == self._number or (self._open_below and there <= self._least):
            return
        self._number = there
        self._accept()
        self.selectAll()
        self.committed.emit(there)

    @Slot()
    def _finish(self) -> None:
        # Enter is handled in keyPressEvent, so here the field has lost the focus.
        if self.isModified() and not self.commit():
            sentence = self.toolTip()
            # Delayed, because the focus change and the click that caused it close open tool tips.
            QTimer.singleShot(_CLICK, self, lambda: self._show_tip(sentence))

    # ------------------------------------------------------------- showing

    def _write(self) -> None:
        word = next((word for word, number in self._words.items() if number == self._number), None)
        if word is not None:
            self.setText(word)
        elif self._unit and not self.hasFocus():
            self.setText(f"{self._show(self._number)} {self._unit}")
        else:
            self.setText(self._show(self._number))
        self.setModified(False)
        self.setCursorPosition(0)

    def _accept(self) -> None:
        self._mark(False, self._help)
        self._write()

    def _refuse(self, sentence: str) -> None:
        self._mark(True, sentence)
        self._show_tip(sentence)
        self.refused.emit(sentence)

    def _show_tip(self, tip: str) -> None:
        if self.tips:
            show_tip(self.mapToGlobal(QPoint(0, self.height())), tip, self)

    @Slot()
    def _forgive(self) -> None:
        if self.invalid():
            self._mark(False, self._help)

    def _mark(self, invalid: bool, tip: str) -> None:
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
        if invalid != self.invalid():
            self.setProperty("invalid", invalid)
            self._warning.setVisible(invalid)
            self.style().unpolish(self)
            self.style().polish(self)
            if not invalid:
                self.forgiven.emit()
        self._warning.setToolTip(tip)

    def _choice(self, unclear: UnclearNumberError) -> str:
        first, second = (repr(reading).removesuffix(".0") for reading in unclear.readings)
        sentence = self.tr("“{text}” may mean {first} or {second}: enter one of these.")
        return sentence.format(text=self.text().strip(), first=first, second=second)

    def _expectation(self) -> str:
        kind = self.tr("Enter a whole number") if self._whole else self.tr("Enter a number")
        bounds = (
            self.tr("above {least} and at most {most}") if self._open_below else self.tr("from {least} to {most}")
        )
        bounds = bounds.format(least=self._bound(self._least), most=self._bound(self._most))
        word = next(iter(self._words), None)
        if word is None:
            return self.tr("{kind} {bounds}.").format(kind=kind, bounds=bounds)
        return self.tr("{kind} {bounds}, or “{word}”.").format(kind=kind, bounds=bounds, word=word)

    def _bound(self, number: float) -> str:
        """A limit in the field's syntax: only whole numbers have commas between groups."""
        return f"{number:,.0f}" if self._whole else format_number(number)

    @Slot()
    def _retint(self) -> None:
        self._warning.setIcon(icon("warning", colours(theme().tokens)["danger"]))
