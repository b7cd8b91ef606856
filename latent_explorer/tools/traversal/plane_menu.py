"""The menu of the plane of both maps: the choices of a pane's menu for both panes, also for the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.hidden_code import prior_middle
from latent_explorer.core.pane import THROUGH_ROWS, PaneState
from latent_explorer.core.tools import ToolStates


class PlaneMenu(QMenu):
    """Planes and policies of hidden dimensions; disabled while no map hides any."""

    def __init__(
        self,
        panes: tuple[PaneState, ...],
        explorer: ExplorerState,
        tools: ToolStates,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("P&lane of both maps"))
        self.setObjectName("plane-menu")
        self._panes = panes
        self._explorer = explorer
        self._through = tools.plane_rows()
        self.setToolTipsVisible(True)
        self._pca = self._add("pca", self.tr("&PCA plane"), lambda: self._set_axes("auto"))
        self._first = self._add(
            "first", self.tr("Plane of the &first two dimensions"), lambda: self._set_axes("0,1")
        )
        self._of_tools = [
            self._add(one.name, one.menu_text, lambda one=one: self._lay(one.rows()))  # type: ignore[misc]
            for one in self._through
        ]
        self._last = self._add(
            "last",
            self.tr("Plane through the &last three picked images"),
            lambda: self._lay(self._explorer.last_picked),
        )
        self.addSeparator()
        self._policies = [
            self._add(f"hidden-{key}", title, partial(self._set_hidden, key))
            for key, title in (
                ("picked", self.tr("Hold other dimensions at the picked &image")),
                ("mean", self.tr("Hold other dimensions at the &mean of all codes")),
                ("zero", self.tr("Hold other dimensions at &zero")),
            )
        ]
        explorer.picked_changed.connect(self._refresh)
        explorer.data_changed.connect(self._refresh)
        for one in self._through:
            one.changed.connect(self._refresh)
        for pane in panes:
            pane.model_changed.connect(self._refresh)
            pane.plane_changed.connect(self._refresh)  # with it come the weights that a prior is read from
        self._refresh()

    def _add(self, name: str, text: str, act: Callable[[], None]) -> QAction:
        action = self.addAction(text)
        action.setObjectName(f"plane-{name}")
        action.triggered.connect(lambda _=False: act())
        return action

    def _lay(self, rows: tuple[int, ...]) -> None:
        self._set_axes(THROUGH_ROWS + ",".join(str(row) for row in rows))

    def _set_axes(self, axes: str) -> None:
        for pane in self._panes:
            if _latent(pane) > 2:
                pane.set_axes(axes)

    def _set_hidden(self, policy: str) -> None:
        for pane in self._panes:
            pane.set_hidden(policy)

    @Slot()
    def _refresh(self) -> None:
        hides = any(_latent(pane) > 2 for pane in self._panes)
        for action in (self._pca, self._first, *self._policies):
            action.setEnabled(hides)
        at_zero = all(prior_middle(pane) is None for pane in self._panes)
        self._policies[-1].setText(
            self.tr("Hold other dimensions at &zero")
            if at_zero
            else self.tr("Hold other dimensions at the &prior's mean, or zero where there is none")
        )
        choices = [
            (action, one.rows(), one.missing) for action, one in zip(self._of_tools, self._through, strict=True)
        ]
        choices.append((self._last, self._explorer.last_picked, self.tr("Pick three images first.")))
        for action, rows, missing in choices:
            usable = len(set(rows)) == 3
            action.setEnabled(hides and usable)
            action.setToolTip("" if usable else missing)


def _latent(pane: PaneState) -> int:
    return 0 if pane.model is None else pane.model.config.latent
