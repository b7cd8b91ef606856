"""Every command of the menus, and how well it matches what somebody types."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from latent_explorer.words.plain_text import shown_text


@dataclass(frozen=True, slots=True, eq=False)
class Command:
    """An action of a menu. title: its text. path: the menus it stands in, such as "Explore › Samples"."""

    action: QAction
    title: str
    path: str

    @property
    def keys(self) -> str:
        """Its shortcut in the system's words, or ""."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def commands_of(menu: QMenu, path: str = "") -> list[Command]:
    """All actions of `menu` and its submenus that can be triggered, whether enabled or not."""
    here = f"{path} › {shown_text(menu.title())}" if path else shown_text(menu.title())
    return [command for action in menu.actions() for command in commands_of_action(action, here)]


def commands_of_action(action: QAction, path: str = "") -> list[Command]:
    """The commands an entry of a menu stands for: itself, or those of its submenu."""
    menu = action.menu()
    if isinstance(menu, QMenu):
        return commands_of(menu, path)
    if action.isSeparator() or not action.text():
        return []
    return [Command(action, shown_text(action.text()), path)]


def score(typed: str, command: Command) -> float | None:
    """How well `typed` matches: the more the better, None for not at all.

    Every word must be found in title or path: whole words before beginnings of words, beginnings before letters in
    the middle, and last letters in order with others between them. Nothing typed matches everything alike.
    """
    if not typed.strip():
        return 0.0
    title, path = command.title.casefold(), command.path.casefold()
    total = 0.0
    for word in typed.casefold().split():
        found = max(_word_score(word, title), 0.5 * _word_score(word, path))
        if found <= 0:
            return None
        total += found
    # Of equal matches the shorter title is the closer one.
    return total - 0.002 * len(title)


def _word_score(word: str, text: str) -> float:
    words = re.split(r"[\s›,()/]+", text)
    if word in words:
        return 4.0
    if any(part.startswith(word) for part in words):
        return 3.0
    if word in text:
        return 2.0
    letters = iter(text)
    return 1.0 if len(word) > 1 and all(letter in letters for letter in word) else 0.0
