"""The user's own image: drop, paste or draw it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Slot
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool import IN_EDIT_MENU
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.data.drop_action import accept_copy
from latent_explorer.dialogs.files import choose_image
from latent_explorer.glossary.terms import refer
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.own_image import words as words
from latent_explorer.tools.own_image.draw_pad import DrawPad
from latent_explorer.tools.own_image.encoded_column import EncodedColumn
from latent_explorer.tools.own_image.image_pixels import pixels_of
from latent_explorer.tools.own_image.pen_controls import PenControls
from latent_explorer.tools.own_image.seen_column import SeenColumn
from latent_explorer.tools.own_image.state import OwnImageState, OwnSource

#: Minimum and maximum width of the pad's column, and width of the prepared image.
_PAD, _SEEN = (184, 212), 132


class OwnImagePanel(PanelFrame):
    """The pad, the prepared image, each model's result, and a line with Refine z."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("own_imagePanel")
        self._panes = panes
        self._tools = tools
        self._own = tools[OwnImageState]
        #: Message of the last paste or drop, until the next image.
        self._said = ""
        self.setAccessibleName(self.tr("Your image"))
        self.setAcceptDrops(True)
        self.pad = DrawPad(self._own)
        self.pen = PenControls(self._own, self.pad)
        self.seen = SeenColumn(self._own)
        self.columns = [EncodedColumn(pane, self._own) for pane in panes]
        self.refine = LabelledButton("step", self.tr("Refine z"))
        self.refine.setObjectName("ownRefine")
        self.refine.setToolTip(
            self.tr(
                "Gradient steps on z that lower the reconstruction loss of your image (the prior plays no part)"
            )
        )
        self.back = LabelledButton("reset", self.tr("Encoder's z"))
        self.back.setObjectName("ownBack")
        self.back.setToolTip(self.tr("Forget the refinement and go back to the encoder's code"))
        self.status = ElidedLabel()
        refer(self.status, "refine_steps")
        self.status.setObjectName("ownStatus")
        self.status.setProperty("role", "caption")
        self.set_first(self.pad)
        self._build()
        self._pace = self.throttle(self.redraw, interval=30)
        own = self._own
        self.pen.open.clicked.connect(self._open)
        self.pen.paste.clicked.connect(self._paste)
        self.refine.clicked.connect(self._refine)
        self.back.clicked.connect(own.drop_refined)
        own.source_changed.connect(self._forget_said)
        for view in (self.seen.picture, *(view for one in self.columns for view in (one.picture, one.refined))):
            view.failed.connect(self._say)
        for signal in (
            own.source_changed,
            own.settings_changed,
            own.results_changed,
            own.refining_changed,
            explorer.data_changed,
            *(pane.model_changed for pane in panes),
            *(pane.names_changed for pane in panes),
            *(pane.codes_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        self._pace.touch()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(5)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        left = QWidget()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(self.pen)
        inner.addWidget(self.pad, 1)
        left.setMinimumWidth(_PAD[0])
        left.setMaximumWidth(_PAD[1])
        self.seen.setFixedWidth(_SEEN)
        # Up to its maximum it has priority: a pen needs room.
        row.addWidget(left, 6)
        row.addWidget(self.seen)
        for one in self.columns:
            row.addWidget(one, 3)
        column.addLayout(row, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.refine)
        foot.addWidget(self.back)
        foot.addWidget(self.status, 1)
        column.addLayout(foot)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        for name, text, keys, does in (
            ("own-open", self.tr("&Open an image…"), "Ctrl+Alt+O", self._open),
            ("own-paste", self.tr("&Paste an image"), "Ctrl+V", self._paste),
            ("own-undo", self.tr("Take the last &stroke back"), "Ctrl+Alt+U", self.pad.undo_stroke),
            ("own-clear", self.tr("&Clear your image"), "Ctrl+Alt+W", self._own.clear),
            ("own-refine", self.tr("&Refine z of your image"), "Ctrl+Alt+E", self._refine),
            ("own-go", self.tr("&Go to your image"), "Ctrl+Alt+J", self.go_there),
        ):
            action = QAction(text, menu)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, does=does: does())
            menu.addAction(action)
            action.setProperty(IN_EDIT_MENU, name == "own-paste")

    # ------------------------------------------------------------ showing

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        shape = next((pane.model.config.shape for pane in self._panes if pane.model is not None), None)
        if shape is not None:
            self.pad.set_shape(shape)
        self.pen.refresh()
        self.pen.colour.setVisible(self.pad.coloured or self._own.pen_colour is not None)
        self.seen.refresh()
        for one in self.columns:
            one.refresh()
        own = self._own
        text = self.tr("Stop") if own.running else self.tr("Refine z")
        self.refine.setText(text)
        self.refine.setAccessibleName(text)
        self.refine.set_icon("stop" if own.running else "step")
        self.refine.setEnabled(any(one is not None and one.remark != "not-finite" for one in own.encoded))
        self.back.setVisible(any(one is not None for one in own.refined) and not own.running)
        self.status.setText(self._said or words.status(own, self._panes))

    # ------------------------------------------------------------ doing

    def go_there(self) -> None:
        """Put the leading pane's cursor on the image; the others follow by the link."""
        self.columns[0].go_there()

    @Slot()
    def _refine(self) -> None:
        own = self._own
        if own.running:
            own.stop_refining()
        elif own.source is None:
            self._tools.panel_wanted.emit("own_image")
        else:
            own.drop_refined()
            own.refine()

    @Slot()
    def _open(self) -> None:
        path = choose_image(self)
        if path:
            self._own.open_file(path)

    @Slot()
    def _paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        self._tools.panel_wanted.emit("own_image")
        if mime is None or not self._take(mime, "clipboard"):
            self._say(self.tr("The clipboard holds no image: copy one first, then paste."))

    def _take(self, mime: QMimeData, kind: str) -> bool:
        """Use an image or an image file in `mime`; False if there is none."""
        if mime.hasImage():
            image = mime.imageData()
            pixels = pixels_of(image) if isinstance(image, QImage) else None
            if pixels is not None:
                self._own.set_source(OwnSource(kind, "", pixels))
                return True
        paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if paths:
            self._own.open_file(paths[0])
            if len(paths) > 1:
                self._say(self.tr("The first of {count} files is shown.").format(count=f"{len(paths):,}"))
        return bool(paths)

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._pace.touch()

    @Slot()
    def _forget_said(self) -> None:
        self._said = ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Files are handled by the window; pictures dragged from another program are dropped here.
        # Those from a web browser also have a URL.
        mime = event.mimeData()
        if mime.hasImage() and not any(url.isLocalFile() for url in mime.urls()):
            accept_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        accept_copy(event)  # each move proposes its own action

    def dropEvent(self, event: QDropEvent) -> None:
        if accept_copy(event) and not self._take(event.mimeData(), "clipboard"):
            event.ignore()
