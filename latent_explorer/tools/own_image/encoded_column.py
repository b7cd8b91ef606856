"""One model's part of the own image's panel: the reconstruction, its error, and the refined result."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.picture_view import PictureView
from latent_explorer.tools.own_image import words as words
from latent_explorer.tools.own_image.error_curve import ErrorCurve
from latent_explorer.tools.own_image.state import OwnImageState

#: Of a picture's side, in pixels.
_LEAST = 72


class EncodedColumn(QWidget):
    """Head with a way to the map, pictures, figures."""

    def __init__(self, pane: PaneState, own: OwnImageState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._own = own
        index = pane.index
        self.head = self._line(f"ownHead{index}", f"accent{index % 2}")
        self.go = QPushButton(self.tr("Go there"))
        self.go.setObjectName(f"ownGo{index}")
        self.go.setProperty("role", "quiet")
        self.go.setToolTip(self.tr("Put this pane's cursor on the code of your image"))
        self.picture = self._view(self.tr("Reconstruction"), f"ownPicture{index}")
        self.refined = self._view(self.tr("Reconstruction at the refined z"), f"ownRefined{index}")
        self.curve = ErrorCurve(index)
        self.curve.setObjectName(f"ownCurve{index}")
        self.loss = self._line(f"ownLoss{index}", "value")
        self.error = self._line(f"ownError{index}", "caption")
        self.spread = self._line(f"ownSpread{index}", "caption")
        for label, key in ((self.loss, "own_loss"), (self.error, "own_error"), (self.spread, "own_spread")):
            refer(label, key)
        refer(self.curve, "refine_steps")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.head)
        top.addWidget(self.curve, 1)
        top.addStretch(0)
        top.addWidget(self.go)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.picture, 1)
        row.addWidget(self.refined, 1)
        column.addLayout(row, 1)
        for label in (self.loss, self.error, self.spread):
            column.addWidget(label)
        self.go.clicked.connect(self.go_there)
        self.refresh()

    def _line(self, name: str, role: str) -> ElidedLabel:
        label = ElidedLabel(least=28)
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setProperty("ownToolTip", True)
        label.setFont(tabular(label.font()))
        return label

    def _view(self, name: str, object_name: str) -> PictureView:
        view = PictureView(name, self._pane.index)
        view.setToolTip(name)
        view.setObjectName(object_name)
        view.setMinimumSize(_LEAST, _LEAST)
        view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        return view

    def refresh(self) -> None:
        """Update from state."""
        index, model = self._pane.index, self._pane.model
        encoded, refined = self._own.encoded[index], self._own.refined[index]
        self.head.setText(words.head(self._pane))
        known = encoded is not None and model is not None
        self.go.setEnabled(known and encoded is not None and encoded.remark != "not-finite")
        self.picture.set_picture(None if encoded is None else encoded.picture)
        self.refined.set_picture(None if refined is None else refined.picture)
        self.refined.setVisible(refined is not None)
        self.curve.show_refined(refined)
        self.curve.setVisible(refined is not None)
        if encoded is None or model is None:
            for label in (self.loss, self.error, self.spread):
                label.setText("")
                label.setToolTip("")
            return
        self.go.setAccessibleName(self.tr("Go to your image in {model}").format(model=model.short))
        self.loss.setText(words.loss_line(model, encoded, refined))
        self.loss.setToolTip(words.loss_tip(model, encoded))
        self.error.setText(words.error_line(encoded, refined))
        self.error.setToolTip(words.error_tip())
        self.spread.setText(words.spread_line(model, encoded))
        self.spread.setToolTip(words.spread_tip(model, encoded))
        self.picture.text = words.saved_text(model, encoded, None)
        if refined is not None:
            self.refined.text = words.saved_text(model, encoded, refined)

    @Slot()
    def go_there(self) -> None:
        """Put the cursor on the best code known."""
        code = self._own.code(self._pane.index)
        if code is not None:
            self._pane.want_code(code)
