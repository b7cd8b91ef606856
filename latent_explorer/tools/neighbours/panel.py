"""The neighbours' panel: the picked image, and a row of its neighbours by each measure."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP
from latent_explorer.controls.combo import Combo
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.image_name import image_name
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.map.hover_layer import image_of
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.neighbours.row_view import NeighbourRow
from latent_explorer.tools.neighbours.state import COUNTS, PIXELS, NeighboursState
from latent_explorer.tools.neighbours.words import SIGNS, meaning, title, unit, why_none
from latent_explorer.words.figures import count

#: Width in px of a row's text, and of the column beside all rows.
_HEAD, _PICKED = 168, 156


class NeighboursPanel(PanelFrame):
    """Rows of pictures: by the codes of the left model, of the right one, and by pixels."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("neighboursPanel", tools[NeighboursState])
        self._explorer, self._panes, self._tools = explorer, panes, tools
        self._state = tools[NeighboursState]
        self.setAccessibleName(self.tr("Neighbours of the picked image"))
        self.picture = _Picture()
        self.name = ElidedLabel()
        self.name.setObjectName("neighboursOf")
        self.count = Combo(tuple((count(number), number, "") for number in COUNTS))
        self.count.setObjectName("neighboursCount")
        self.count.setAccessibleName(self.tr("Neighbours in a row"))
        refer(self.name, "nearest_image")
        refer(self.count, "neighbour_count")
        self.count.setToolTip(self.tr("Neighbours in a row"))
        self.count.setMinimumWidth(64)
        self.count.activated.connect(lambda _: self._state.set_count(int(self.count.currentData())))
        self.rows = [NeighbourRow(explorer) for _ in range(PIXELS + 1)]
        self.titles = [self._line(role) for role in ("accent0", "accent1", "value")]
        self.units = [self._line("caption") for _ in self.rows]
        self._build()
        self.set_first(self.rows[0])
        for which, row in enumerate(self.rows):
            row.setObjectName(f"neighbours{which}")
            row.pointed.connect(explorer.set_hovered)
            row.chosen.connect(explorer.pick)
        self._pace = self.throttle(self.redraw, interval=33)
        for signal in (
            self._state.found_changed,
            self._state.count_changed,
            explorer.picked_changed,
            explorer.data_changed,
            *(pane.model_changed for pane in panes),
            *(pane.names_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        self._pace.touch()

    def _line(self, role: str) -> ElidedLabel:
        label = ElidedLabel()
        label.setProperty("role", role)
        label.setProperty("ownToolTip", True)
        refer(label, "neighbour_distance")
        return label

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.picture, 1)
        left.addWidget(self.name)
        many = QHBoxLayout()
        many.setSpacing(6)
        label = PlainLabel(self.tr("neighbours"))
        label.setProperty("role", "caption")
        label.setBuddy(self.count)
        many.addWidget(self.count)
        many.addWidget(label, 1)
        left.addLayout(many)
        legend = PlainLabel(self.tr("dashed frame: held-out"))
        legend.setProperty("role", "caption")
        left.addWidget(legend)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(_PICKED)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(4)
        for which, row in enumerate(self.rows):
            head = QVBoxLayout()
            head.setSpacing(0)
            head.addStretch(1)
            head.addWidget(self.titles[which])
            head.addWidget(self.units[which])
            head.addStretch(1)
            box = QWidget()
            box.setLayout(head)
            head.setContentsMargins(0, 0, 0, 0)
            box.setFixedWidth(_HEAD)
            grid.addWidget(box, which, 0)
            grid.addWidget(row, which, 1)
            grid.setRowStretch(which, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 8)
        outer.setSpacing(GAP + 6)
        outer.addWidget(side)
        outer.addLayout(grid, 1)

    def fill_menu(self, menu: QMenu) -> None:
        """Add nothing: it has no actions besides its rows."""

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        explorer, picked = self._explorer, self._explorer.picked
        data = explorer.data
        known = picked is not None and data is not None and picked < data.count
        picture = data.picture(picked) if known and data is not None and picked is not None else None
        self.picture.show_image(None if picture is None else image_of(picture))
        self.name.setText(self.tr("no image is picked") if picked is None else image_name(explorer, picked))
        self.count.choose(self._state.count)
        for which, row in enumerate(self.rows):
            found = self._state.found.get(which)
            shown = found if found is not None and found.of == picked and not found.reason else None
            heading = title(which, self._panes)
            self.titles[which].setText(f"{SIGNS[which]} {heading}")
            self.units[which].setText(unit(which))
            for label in (self.titles[which], self.units[which]):
                label.setToolTip(meaning(shown, which))
            row.setAccessibleName(self.tr("Neighbours: {measure}").format(measure=heading))
            row.show_found(shown, why_none(found, picked, which))


class _Picture(QWidget):
    """The picked image, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setMinimumHeight(32)

    def sizeHint(self) -> QSize:
        return QSize(96, 96)

    def show_image(self, image: QImage | None) -> None:
        """Show it, or nothing."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        image = self._image
        if image is None:
            return
        scale = min(self.width() / image.width(), self.height() / image.height())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
            wide, tall = image.width() * scale, image.height() * scale
            painter.drawImage(QRectF(0, self.height() - tall, wide, tall), image)
