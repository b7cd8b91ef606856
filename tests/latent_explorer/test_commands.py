"""All commands of the menus: names for the palette, and unambiguous shortcuts."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from latent_explorer.palette.commands import commands_of_action
from tests.latent_explorer.program import running


def test_no_shortcut_means_two_things_and_every_command_has_a_name(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        window = program.window
        commands = [command for action in window.menuBar().actions() for command in commands_of_action(action)]
        assert len(commands) > 100
        assert not [command for command in commands if not command.title.strip()]
        by_keys: dict[str, set[QAction]] = defaultdict(set)
        for command in commands:
            for keys in command.action.shortcuts():
                by_keys[keys.toString()].add(command.action)
        assert not {keys: [one.text() for one in found] for keys, found in by_keys.items() if len(found) > 1}
        # The shortcut of an action in a closed menu works only if the window owns the action.
        owned = set(window.actions())
        assert not [command.title for command in commands if command.keys and command.action not in owned]
