"""The drawing of the models: the path of one image through both, or draws from its posterior."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP, theme
from latent_explorer.controls.combo import Combo
from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.drawing.canvas import DrawingCanvas
from latent_explorer.tools.drawing.state import DRAWS, DrawingState
from latent_explorer.tools.drawing.words import Content, content_of
from latent_explorer.words.plain_text import menu_text

_CONTROLS = 168


class DrawingPanel(PanelFrame):
    """Controls on the left, the drawing beside them."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("drawingPanel", tools[DrawingState])
        self._explorer, self._training, self._panes, self._tools = explorer, training, panes, tools
        self._state = tools[DrawingState]
        self.setAccessibleName(self.tr("Model"))
        self.canvas = DrawingCanvas(self._contents)
        self.set_first(self.canvas)
        self.source = Combo(
            (
                (
                    self.tr("Picked image"),
                    "image",
                    self.tr("The picked image, or without one that nearest to the cursor: encoded and decoded"),
                ),
                (self.tr("Code at the cursor"), "cursor", self.tr("The decoder's half alone, as the hand moves")),
            )
        )
        self._name(self.source, "drawingSource", self.tr("What goes through the models"))
        self.image = ElidedLabel()
        self.image.setObjectName("drawingImage")
        self.image.setProperty("role", "caption")
        refer(self.image, "nearest_image")
        self.noise = LabelledButton("dice", self.tr("New ε"))
        self._name(
            self.noise, "drawingNoise", self.tr("Draw other noise ε: z = μ + σ · ε is another code (Ctrl+Alt+Y)")
        )
        self.zero = QCheckBox(self.tr("ε = 0"))
        self._name(self.zero, "drawingZero", self.tr("No noise: z is the posterior mean μ, as on the map"))
        for widget in (self.noise, self.zero):
            refer(widget, "draws")
        self.draws = QPushButton(menu_text(self.tr("Draw from q(z|x)")))
        self.draws.setCheckable(True)
        self._name(
            self.draws,
            "drawingDraws",
            self.tr(
                "{count} codes drawn from the image's posterior, decoded, beside the mean decoded; marked on the "
                "maps (Ctrl+Alt+Q)"
            ).format(count=DRAWS),
        )
        refer(self.draws, "draws")
        self.copy = IconButton("copy", self.tr("Copy the drawing"))
        self.copy.setObjectName("drawingCopy")
        self.save = IconButton("export", self.tr("Save the drawing…"))
        self.save.setObjectName("drawingSave")
        self._build()
        self._pace = self.throttle(self.redraw, interval=33)
        self.source.activated.connect(lambda _: self._state.change(source=self.source.currentData()))
        self.noise.clicked.connect(self._new_noise)
        self.zero.clicked.connect(lambda on: self._state.change(zero=on))
        self.draws.clicked.connect(lambda on: self._state.change(draws=on))
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)
        self.canvas.chosen.connect(self._go_there)
        for signal in (
            self._state.settings_changed,
            self._state.drawn_changed,
            explorer.data_changed,
            explorer.picked_changed,
            training.cards_changed,
            training.knobs_changed,
            training.looked_at_changed,
            theme().changed,
            *(pane.model_changed for pane in panes),
            *(pane.names_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        self._pace.touch()

    def _name(self, widget: QWidget, name: str, text: str) -> None:
        widget.setObjectName(name)
        if not isinstance(widget, QAbstractButton):  # a button has its text
            widget.setAccessibleName(text)
        widget.setAccessibleDescription(text)
        widget.setToolTip(text)

    def _build(self) -> None:
        left = QWidget()
        left.setFixedWidth(_CONTROLS)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.source)
        files = QHBoxLayout()
        files.setSpacing(0)
        files.addWidget(self.image, 1)
        files.addWidget(self.copy)
        files.addWidget(self.save)
        column.addLayout(files)
        noise = QHBoxLayout()
        noise.setSpacing(8)
        noise.addWidget(self.noise, 1)
        noise.addWidget(self.zero)
        column.addLayout(noise)
        column.addWidget(self.draws)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 4)
        row.setSpacing(GAP + 6)
        row.addWidget(left)
        row.addWidget(self.canvas, 1)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        for name, text, keys, does in (
            ("drawing-noise", self.tr("New &ε"), "Ctrl+Alt+Y", self._new_noise),
            ("drawing-zero", self.tr("Set ε to &zero"), "Ctrl+Alt+Z", self._toggle_zero),
            ("drawing-draws", self.tr("Draw from &q(z|x)"), "Ctrl+Alt+Q", self._toggle_draws),
            ("drawing-copy", self.tr("&Copy the drawing"), "", self._copy),
            ("drawing-save", self.tr("&Save the drawing…"), "", self._save),
        ):
            action = QAction(text, menu)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, does=does: does())
            menu.addAction(action)

    # ------------------------------------------------------------ showing

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        settings = self._state.settings
        self.source.choose(settings.source)
        self.source.setEnabled(not settings.draws)
        self.zero.setChecked(settings.zero)
        self.draws.setChecked(settings.draws)
        clouds = any(pane.model is not None and pane.model.traits.has_posterior for pane in self._panes)
        encodes = settings.draws or settings.source == "image"
        self.noise.setEnabled(clouds and encodes)
        self.zero.setEnabled(clouds and encodes and not settings.draws)
        self.image.setText(self._which())
        self.canvas.refresh()

    def _contents(self) -> list[Content]:
        draws = self._state.settings.draws
        found = (content_of(pane, self._training, self._state.drawn[pane.index], draws) for pane in self._panes)
        return [one for one in found if one is not None]

    def _which(self) -> str:
        """The image that is drawn."""
        shown = [one for one in self._state.drawn if one is not None]
        rows = [made.row for one in shown if (made := one.draws or one.flow) is not None and made.row is not None]
        if not rows:
            return ""
        data = self._explorer.data
        called = self._explorer.called(rows[0])
        label = data.label(rows[0]) if data is not None and rows[0] < data.count else ""
        text = self.tr("image {0}") if self._explorer.picked == rows[0] else self.tr("nearest: image {0}")
        return " · ".join(filter(None, (text.format(called), label)))

    # ------------------------------------------------------------ doing

    def _show(self) -> None:
        self._tools.panel_wanted.emit("drawing")

    @Slot()
    def _new_noise(self) -> None:
        self._state.new_noise()
        self._show()

    def _toggle_zero(self) -> None:
        self._state.change(zero=not self._state.settings.zero)
        self._show()

    def _toggle_draws(self) -> None:
        self._state.change(draws=not self._state.settings.draws)
        self._show()

    @Slot()
    def _copy(self) -> None:
        self._tools.exports.copy_wanted.emit("drawing")

    @Slot()
    def _save(self) -> None:
        self._tools.exports.wanted.emit("drawing")

    @Slot(int, object)
    def _go_there(self, pane: int, code: np.ndarray) -> None:
        """Show a code of the drawing under its pane's cursor; the drawn image is unchanged."""
        made = None if (drawn := self._state.drawn[pane]) is None else drawn.flow or drawn.draws
        if made is not None and made.row is not None:
            self._explorer.pick(made.row)
        self._panes[pane].want_code(code)
