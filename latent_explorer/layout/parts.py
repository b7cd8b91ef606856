"""Moves the focus between the parts of the window by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Part:
    """whole: the part's widget. first: gets the focus on entering; None for the first in Tab order."""

    whole: QWidget
    first: QWidget | None = None


def first_stop(whole: QWidget) -> QWidget | None:
    """The first control inside `whole` in Tab order; None if there is none."""
    one = whole.nextInFocusChain()
    while one is not None and one is not whole:
        takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        if takes and whole.isAncestorOf(one) and one.isVisible() and one.isEnabled():
            return one
        one = one.nextInFocusChain()
    return None


def enter(part: Part) -> bool:
    """Move the focus into a part; False if nothing in it accepts the focus."""
    first = part.first or first_stop(part.whole)
    if first is not None:
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return first is not None


def go(parts: Sequence[Part], step: int) -> None:
    """Move the focus to the next visible part (`step` 1) or the previous one (-1)."""
    held = QApplication.focusWidget()
    inside = [held is not None and (held is part.whole or part.whole.isAncestorOf(held)) for part in parts]
    here = inside.index(True) if any(inside) else (-1 if step > 0 else 0)
    for away in range(1, len(parts) + 1):
        part = parts[(here + step * away) % len(parts)]
        if part.whole.isVisible() and part.whole.height() > 0 and enter(part):
            return
