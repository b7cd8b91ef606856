"""A label whose width only grows, so that its neighbours do not move when its text changes."""

from __future__ import annotations

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel


class Field(PlainLabel):
    """A text in the status bar, as wide as the `widest` expected text or the widest text shown so far."""

    def __init__(self, name: str, accessible: str, widest: str = "") -> None:
        super().__init__()
        self._accessible = accessible
        self.setObjectName(name)
        self.setProperty("role", "caption")
        self.setFont(tabular(self.font()))
        self._widest = widest

    def show_text(self, text: str) -> None:
        """Set the text and widen the label if necessary."""
        if text == self.text():
            return
        self.setText(text)
        self.setAccessibleName(f"{self._accessible}: {text}")
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(self._widest) if text else 0)
        if width + 2 > self.minimumWidth():
            self.setMinimumWidth(width + 2)
