"""The menu of a pane's axes: the plane of the map, and the values of hidden dimensions."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.controls.menu_heading import add_heading
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.figures import figures_of
from latent_explorer.core.hidden_code import prior_middle
from latent_explorer.core.pane import THROUGH_ROWS, PaneState, rows_of
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.axes_chooser import AxesChooser


class AxesMenu(MenuButton):
    """ "z1 · z2 ▾": with more than two dimensions also the PCA plane, any two, and the hidden ones' policy."""

    def __init__(
        self, pane: PaneState, training: TrainingState, explorer: ExplorerState, tools: ToolStates
    ) -> None:
        super().__init__()
        self.set_name(self.tr("Axes of the map"))
        self._pane = pane
        self._training = training
        self._explorer = explorer
        self._tools = tools
        self.setObjectName("axesMenu")
        refer(self, "plane_axes", "plane_share", "code")
        pane.plane_changed.connect(self.refresh)
        pane.model_changed.connect(self.refresh)
        self.refresh()

    def latent(self) -> int:
        """Latent dimensions of the pane's model; 2 without one."""
        return self._pane.model.config.latent if self._pane.model is not None else 2

    @Slot()
    def refresh(self) -> None:
        """Show the present choice."""
        self.setEnabled(self._pane.model is not None)
        self.set_text(self._title(self._axes()))

    def _axes(self) -> str:
        """The axes of the map; dimensions chosen for a model with more dimensions are ignored."""
        axes = self._pane.axes
        if axes.startswith(THROUGH_ROWS):
            # Its axes are named after the images; while an image is not on the map, the default plane is used.
            through = self._pane.plane is not None and self._pane.plane.names[0].startswith("#")
            return axes if through else "auto"
        wider = "," in axes and max(int(part) for part in axes.split(",")) >= self.latent()
        return "auto" if wider else axes

    def _title(self, axes: str) -> str:
        if axes.startswith(THROUGH_ROWS):
            return self.tr("Through images {0}").format(", ".join(str(row) for row in rows_of(axes)))
        if "," in axes:
            first, second = axes.split(",")
            return f"z{int(first) + 1} · z{int(second) + 1}"
        if axes == "auto" and self.latent() <= 2:
            return "z1 · z2" if self.latent() == 2 else "z1"
        return self.tr("PCA plane")

    def _choice(self, menu: QMenu, group: QActionGroup, text: str, checked: bool) -> QAction:
        action = QAction(text, menu, checkable=True, checked=checked)
        group.addAction(action)
        menu.addAction(action)
        return action

    def fill_menu(self, menu: QMenu) -> None:
        latent, axes = self.latent(), self._axes()
        planes = QActionGroup(menu)
        if latent <= 2:
            # Codes of two dimensions are shown raw, never projected again.
            self._choice(menu, planes, self._title("auto"), True).setToolTip(
                self.tr("All latent dimensions are on the map as they are")
            )
            return
        pca = self._choice(menu, planes, self.tr("PCA plane"), axes in ("auto", "pca"))
        pca.triggered.connect(lambda: self._pane.set_axes("auto"))
        pairs = {"0,1": self._title("0,1")}
        active = self._most_active()
        if active is not None:
            pairs.setdefault(active, self.tr("Most active: {0}").format(self._title(active)))
        if "," in axes and not axes.startswith(THROUGH_ROWS):
            pairs.setdefault(axes, self._title(axes))
        for key, title in pairs.items():
            action = self._choice(menu, planes, title, key == axes)
            action.triggered.connect(lambda _=False, key=key: self._pane.set_axes(key))
        chooser = QAction(self.tr("Any two dimensions…"), menu)
        chooser.triggered.connect(self.open_chooser)
        menu.addAction(chooser)
        self._add_through(menu, planes, axes)
        add_heading(menu, self.tr("Other dimensions"))
        self._add_policies(menu)

    def _add_through(self, menu: QMenu, planes: QActionGroup, axes: str) -> None:
        """Add planes through three images: those of tools, of the last three picked images, and the present
        one.
        """
        add_heading(menu, self.tr("Plane through three images"))
        choices = [(one.title, one.rows(), one.missing) for one in self._tools.plane_rows()]
        picked = self._explorer.last_picked
        choices.append((self.tr("Last three picked images"), picked, self.tr("Pick three images first.")))
        for title, rows, missing in choices:
            usable = len(set(rows)) == 3
            key = THROUGH_ROWS + ",".join(str(row) for row in rows)
            text = f"{title}: {', '.join(str(row) for row in rows)}" if usable else title
            action = self._choice(menu, planes, text, usable and key == axes)
            action.setEnabled(usable)
            action.setToolTip("" if usable else missing)
            action.triggered.connect(lambda _=False, key=key: self._pane.set_axes(key))
        if axes.startswith(THROUGH_ROWS) and planes.checkedAction() is None:
            self._choice(menu, planes, self._title(axes), True)

    def _add_policies(self, menu: QMenu) -> None:
        policies = QActionGroup(menu)
        at_zero = prior_middle(self._pane) is None
        for key, title in (
            ("picked", self.tr("Held at the picked image")),
            ("mean", self.tr("Held at the mean of all codes")),
            ("zero", self.tr("Held at zero") if at_zero else self.tr("Held at the prior's mean")),
        ):
            action = self._choice(menu, policies, title, self._pane.hidden == key)
            action.triggered.connect(lambda _=False, key=key: self._pane.set_hidden(key))

    def _most_active(self) -> str | None:
        """The two dimensions with the largest KL, as axes; None without KL."""
        figures = figures_of(self._training, self._pane)
        kl = () if figures is None else figures.kl
        if len(kl) != self.latent():
            return None
        first, second = sorted(sorted(range(len(kl)), key=lambda i: -kl[i])[:2])
        return f"{first},{second}"

    def open_chooser(self) -> AxesChooser:
        """Open the popup for any two dimensions under the button."""
        chooser = AxesChooser(self._pane, self)
        chooser.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        chooser.show()
        return chooser
