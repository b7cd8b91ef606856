"""Undo and redo by keys, and what tests of them need."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.latent_explorer.program import Program


def begun(program: Program) -> Program:
    """The program once it shows pictures and has nothing left to do."""
    program.wait_for_pictures()
    rest(program)
    return program


def rest(program: Program) -> None:
    """Until the gesture is over and the maps stand still."""
    history = program.application.toolbox.undo._history
    program.wait(lambda: not history.open_kind and all(shown.at_rest for shown in program.maps))
    program.qtbot.wait(1)


def undo(program: Program) -> None:
    QTest.keyClick(program.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def redo(program: Program) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(program.window, Qt.Key.Key_Z, both)


def real_drag(program: Program, pane: int, *places: tuple[float, float]) -> None:
    """A drag by events of the window system, which knows that a button is down; a pause before the last place."""
    shown, handle = program.maps[pane], program.window.windowHandle()
    corner = shown.mapTo(program.window, QPoint(0, 0))
    points = [corner + QPoint(round(x * shown.width()), round(y * shown.height())) for x, y in places]
    button = Qt.MouseButton.LeftButton
    QTest.mousePress(handle, button, Qt.KeyboardModifier.NoModifier, points[0])
    for point in points[1:-1]:
        QTest.mouseMove(handle, point)
    program.qtbot.wait(700)
    QTest.mouseMove(handle, points[-1])
    QTest.mouseRelease(handle, button, Qt.KeyboardModifier.NoModifier, points[-1])


def titles(program: Program) -> tuple[str, str]:
    return program.application.tools.undo.undo_text, program.application.tools.undo.redo_text
