"""The whole program for tests: real window, real controllers, the trainer in a thread of this process."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from latent_explorer.app import Application
from latent_explorer.core.notifications import Notification
from latent_explorer.core.settings import Settings

#: Milliseconds; so long only where something is wrong.
PATIENCE = 240_000


class Program:
    """An `Application` with hands: what the user does to it, and what it says."""

    def __init__(self, application: Application, qtbot: QtBot) -> None:
        self.application = application
        self.qtbot = qtbot
        self.said: list[Notification] = []
        application.notifications.shown.connect(self.said.append)
        self.window = application.window
        self.training = application.training
        self.explorer = application.explorer
        self.left, self.right = application.panes
        self.maps = application.window.maps

    def wait(self, condition: Callable[[], object], milliseconds: int = PATIENCE) -> None:
        """Let the event loop run until `condition` holds."""
        try:
            self.qtbot.waitUntil(lambda: bool(condition()), timeout=milliseconds)
        except TimeoutError as error:
            # The report may be all there is: of another machine, perhaps.
            active, focus = QApplication.activeWindow(), QApplication.focusWidget()
            raise TimeoutError(f"{error}\nactive: {active}\nfocus: {focus}\nsaid: {self.sentences()}") from error

    def wait_for_pictures(self) -> None:
        """Until both panes show one."""
        self.wait(lambda: self.left.picture is not None and self.right.picture is not None)

    def wait_for_codes(self) -> None:
        """Until both panes have them."""
        self.wait(lambda: self.left.codes is not None and self.right.codes is not None)

    def activate(self) -> None:
        """Have the window take what is typed."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def focus(self, widget: QWidget) -> None:
        """Put the keyboard on a widget of the window.

        The offscreen platform leaves no window active when a dialog goes: the window is made active again.
        """

        def focused() -> bool:
            if not widget.hasFocus():
                self.window.activateWindow()
                widget.setFocus()
            return widget.hasFocus()

        self.wait(focused)

    def child(self, name: str) -> QWidget:
        """The visible widget with this object name."""
        found = self.window.findChildren(QWidget, name)
        assert found, f"there is no widget called {name!r}"
        return found[0]

    def click(self, name: str) -> None:
        """Click a widget with the mouse; the training settings are opened for what is in them."""
        widget = self.child(name)
        if self.window.inspector.isAncestorOf(widget):
            self.window.centre.show_inspector(True)
        assert widget.isVisible()
        assert widget.isEnabled(), f"{name} cannot be clicked"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def drag(self, pane: int, *places: tuple[float, float]) -> None:
        """Drag the cursor over a map through places given as shares of its width and height."""
        shown = self.maps[pane]
        points = [QPoint(round(x * shown.width()), round(y * shown.height())) for x, y in places]
        QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(shown, point)
        QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=points[-1])

    def sentences(self) -> str:
        """All that was said to the user so far."""
        return "\n".join(notification.sentence for notification in self.said)

    def answer(self, key: str) -> None:
        """Press the button of a message."""
        self.application.notifications.action_chosen.emit(key)


@contextmanager
def running(
    qtbot: QtBot,
    place: Path,
    data_folder: Path | None = None,
    open_path: Path | None = None,
    in_thread: bool = True,
) -> Iterator[Program]:
    """A program whose settings live in `place`; ended in order afterwards."""
    gc.collect()  # the former program; Python would let a dozen gather
    QCursor.setPos(-10, -10)  # where a former test left it a tool tip may come up
    application = Application(
        Settings(place / "settings.ini"),
        data_folder=data_folder or place / "data",
        recovery_folder=place / "unfinished",
        open_path=open_path,
        appearance="dark",
        in_thread=in_thread,
    )
    try:
        program = Program(application, qtbot)
        application.window.resize(1280, 800)
        application.show()
        application.window.resize(1280, 800)
        qtbot.waitExposed(application.window)
        yield program
    finally:
        application.end()
