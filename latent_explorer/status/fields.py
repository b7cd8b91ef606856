"""A label whose width only grows, so that changing figures beside it do not move."""

from __future__ import annotations

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel


class Field(PlainLabel):
    """A figure in the status bar, as wide as the widest text it has been told of or has shown."""

    def __init__(self, name: str, accessible: str, widest: str = "") -> None:
        super().__init__()
        self._accessible = accessible
        self.setObjectName(name)
        self.setProperty("role", "caption")
        self.setFont(tabular(self.font()))
        self._widest = widest

    def show_text(self, text: str) -> None:
        """Show `text`."""
        if text == self.text():
            return
        self.setText(text)
        self.setAccessibleName(f"{self._accessible}: {text}")
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(self._widest) if text else 0)
        if width + 2 > self.minimumWidth():
            self.setMinimumWidth(width + 2)
