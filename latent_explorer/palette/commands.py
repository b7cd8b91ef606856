"""The commands of the menus, and how well they match a search text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from latent_explorer.words.plain_text import folded, shown_text


@dataclass(frozen=True, slots=True, eq=False)
class Command:
    """An action of a menu. title: its text. path: the menus that contain it, such as "Explore › Samples"."""

    action: QAction
    title: str
    path: str

    @property
    def keys(self) -> str:
        """Its shortcut in native notation, or ""."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def commands_of(menu: QMenu, path: str = "") -> list[Command]:
    """All commands of `menu` and its submenus, enabled or not."""
    here = f"{path} › {shown_text(menu.title())}" if path else shown_text(menu.title())
    return [command for action in menu.actions() for command in commands_of_action(action, here)]


def commands_of_action(action: QAction, path: str = "") -> list[Command]:
    """The commands of a menu entry: itself, or those of its submenu."""
    menu = action.menu()
    if isinstance(menu, QMenu):
        return commands_of(menu, path)
    if action.isSeparator() or not action.text():
        return []
    return [Command(action, shown_text(action.text()), path)]


def score(typed: str, command: Command) -> float | None:
    """How well `typed` matches `command`: higher is better, None for no match.

    Every typed word must occur in title or path. Whole words score highest, then beginnings of words, then
    substrings, then letters in order with others in between. An empty text matches all commands equally.
    """
    if not typed.strip():
        return 0.0
    title, path = folded(command.title), folded(command.path)
    total = 0.0
    for word in folded(typed).split():
        found = max(_word_score(word, title), 0.5 * _word_score(word, path))
        if found <= 0:
            return None
        total += found
    # Among equal matches prefer the shorter title.
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
