"""Files that are being written, or wait for their turn, when the window is to close."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from latent_explorer.core.exports import ExportRequest
from tests.latent_explorer.program import Program


@pytest.fixture
def gate(program: Program) -> Iterator[threading.Event]:
    """What holds files up until it is set; it ends before the program, which waits for them."""
    held = threading.Event()
    yield held
    held.set()


class Asked:
    """Close the window, and press a button of what is asked then."""

    def __init__(self, program: Program, button: str) -> None:
        self.text = ""
        self._button = button
        self._watch = QTimer()
        self._watch.timeout.connect(self._answer)
        self._watch.start(5)
        program.window.close()
        self._watch.stop()

    def _answer(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.text = box.text()
            QTest.mouseClick(box.findChild(QPushButton, self._button), Qt.MouseButton.LeftButton)


def asked_for(program: Program, path: Path, gate: threading.Event) -> None:
    """Have an animation of two frames written, once the gate is open."""

    def frame(_: int) -> np.ndarray:
        gate.wait()
        return np.zeros((64, 64, 3), np.uint8)

    request = ExportRequest("animation", "gif", str(path), {}, frame=frame, frames=2, speed=12)
    program.application.tools.exports.requested.emit(request)


def left(program: Program) -> list[bool]:
    """Whether the window has been allowed to close: an entry each time."""
    heard: list[bool] = []
    program.application.shutdown.consented.connect(lambda: heard.append(True))
    return heard


def test_a_window_that_is_closed_waits_for_files_that_wait(
    program: Program, gate: threading.Event, tmp_path: Path
) -> None:
    heard = left(program)
    exports = program.application.tools.exports
    asked_for(program, tmp_path / "a.gif", gate)
    asked_for(program, tmp_path / "b.gif", gate)
    assert exports.pending == (str(tmp_path / "a.gif"), str(tmp_path / "b.gif"))
    assert Asked(program, "cancel").text == "2 files are not saved yet."
    assert program.window.isVisible()
    Asked(program, "close-when-saved")
    assert program.window.isVisible()
    assert not heard
    gate.set()
    program.wait(lambda: heard)
    assert (tmp_path / "a.gif").exists()
    assert (tmp_path / "b.gif").exists()
    assert not program.window.isVisible()


def test_without_the_files_it_closes_at_once(program: Program, gate: threading.Event, tmp_path: Path) -> None:
    heard = left(program)
    asked_for(program, tmp_path / "a.gif", gate)
    assert Asked(program, "close-without-files").text == "One file is not saved yet."
    assert heard == [True]


def test_with_nothing_to_write_nothing_is_asked(program: Program, gate: threading.Event, tmp_path: Path) -> None:
    heard = left(program)
    gate.set()
    asked_for(program, tmp_path / "a.gif", gate)
    program.wait(lambda: not program.application.tools.exports.pending)
    assert Asked(program, "cancel").text == ""
    assert heard == [True]


def test_a_file_that_cannot_be_written_keeps_the_window_open(
    program: Program, gate: threading.Event, tmp_path: Path
) -> None:
    heard = left(program)
    asked_for(program, tmp_path / "a.gif", gate)
    asked_for(program, tmp_path / "nowhere" / "b.gif", gate)
    Asked(program, "close-when-saved")
    gate.set()
    program.wait(lambda: "could not be used" in program.sentences())
    program.wait(lambda: not program.application.tools.exports.pending)
    QApplication.processEvents()
    assert not heard
    assert program.window.isVisible()
