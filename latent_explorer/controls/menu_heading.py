"""Headings inside menus: with a style sheet, `QMenu.addSection` draws a line but not its text."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidgetAction

from latent_explorer.controls.plain_label import PlainLabel


def add_heading(menu: QMenu, text: str) -> QWidgetAction:
    """Add a heading in small text to `menu`; it cannot be selected."""
    if menu.actions():
        menu.addSeparator()
    label = PlainLabel(text, menu)
    label.setProperty("role", "caption")
    label.setContentsMargins(10, 4, 14, 2)
    heading = QWidgetAction(menu)
    heading.setDefaultWidget(label)
    menu.addAction(heading)
    heading.setEnabled(False)
    label.setEnabled(True)
    return heading
