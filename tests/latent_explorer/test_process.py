"""Termination by signals."""

from __future__ import annotations

import os
import signal

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from latent_explorer.process import handle_termination_signals


class Loop(QObject):
    """A stand-in for the application that records how it is ended."""

    def __init__(self) -> None:
        super().__init__()
        self.ended: list[int] = []

    def exit(self, code: int) -> None:
        self.ended.append(code)

    def quit(self) -> None:
        raise AssertionError("this would ask the window, which asks about an unsaved run")


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
def test_a_request_to_end_asks_nothing(qtbot: QtBot) -> None:
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    former = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in names}
    loop = Loop()
    try:
        handle_termination_signals(loop)  # type: ignore[arg-type]
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: loop.ended == [0])
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
