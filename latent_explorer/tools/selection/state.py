"""The state of the selection's panel, and requests of the user."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from latent_explorer.core.panel_state import PanelState

#: Order by number. Other orders are keys of `core.losses`, largest first.
BY_NUMBER = "number"
#: The tool's name as receiver of the lasso.
NAME = "selection"


class SelectionPanelState(PanelState):
    """Setting an equal value emits nothing.

    Attributes:
        order: of the images in the panel: `BY_NUMBER`, or by a loss.

    Signals:
        order_changed: `order` changed.
        drawn_empty: a lasso contained no image.
        list_wanted(str, object): write a list of these images, int64 (n,), in this order to this file.
        copies_wanted(str, object): copy these images to a new folder in this one.
        data_wanted: make the selected images the data set.
    """

    order_changed = Signal()
    drawn_empty = Signal()
    list_wanted = Signal(str, object)
    copies_wanted = Signal(str, object)
    data_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.order = BY_NUMBER

    def set_order(self, order: str) -> None:
        """Order the images in the panel by this."""
        if order != self.order:
            self.order = order
            self.order_changed.emit()
