"""Calls between Python and Qt leave the reference counts of Python's singletons as they were."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

CALLS = 2_000


class Speaker(QObject):
    """Signals with and without values, heard by slots that return nothing."""

    changed = Signal()
    told = Signal(object, bool)

    @Slot()
    def hear(self) -> None:
        pass


@pytest.mark.parametrize("value", [None, True, False])
def test_counts_are_stable_over_many_calls(value: object, qapp: object) -> None:
    speaker, widget, image = Speaker(), QWidget(), QImage(4, 4, QImage.Format.Format_RGB32)
    speaker.changed.connect(speaker.hear)
    speaker.told.connect(lambda *_: None)
    before = sys.getrefcount(value)
    for _ in range(CALLS):
        speaker.changed.emit()
        speaker.told.emit(value, True)
        widget.update()
        widget.setEnabled(True)
        widget.isVisible()
        widget.parent()
        image.isNull()
        speaker.setProperty("value", value)
    # Python 3.12 on, these objects are immortal and their counts do not change. Some slack for other activity.
    assert abs(sys.getrefcount(value) - before) < CALLS / 10
