"""The legend: the meaning of colours on the maps, and switches that grey classes out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout

from latent_explorer.controls.name_filter import MOST, NameFilter
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.losses import parts_of
from latent_explorer.map.point_colours import factor_range, loss_range
from latent_explorer.panes.class_switches import ClassSwitches
from latent_explorer.panes.factor_ramp import FactorRamp
from latent_explorer.panes.loss_names import loss_name
from latent_explorer.panes.split_key import SplitKey

#: More than this and the classes scroll.
_TALLEST = 150


class Legend(QFrame):
    """A panel for the present `ExplorerState.colour_by`: class switches, a factor's ramp, or a sentence."""

    def __init__(self, explorer: ExplorerState) -> None:
        super().__init__()
        self._explorer = explorer
        self.setObjectName("legend")
        self.setProperty("role", "panel")
        self.title = PlainLabel()
        self.title.setObjectName("legendTitle")
        self.title.setProperty("role", "title")
        self.all = QPushButton(self.tr("All"))
        self.all.setObjectName("legendAll")
        self.all.setProperty("role", "link")
        self.all.setAccessibleName(self.tr("Show all classes in colour"))
        self.all.setToolTip(self.tr("Show all classes in colour"))
        self.switches = ClassSwitches(explorer)
        self.all.clicked.connect(self.switches.show_all)
        self.filter = NameFilter(self.tr("Find a class"))
        self.filter.changed.connect(self._show_found)
        self.filter.entered.connect(self.switches.focus_first)
        self.ramp = FactorRamp()
        self.split = SplitKey()
        self.sentence = PlainLabel()
        self.sentence.setObjectName("legendSentence")
        self.sentence.setProperty("role", "caption")
        self.sentence.setWordWrap(True)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.switches)
        self._build()
        explorer.colour_changed.connect(self.refresh)
        explorer.data_changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        for widget in (self.filter, self._scroll, self.split, self.ramp, self.sentence):
            column.addWidget(widget)

    @Slot()
    def refresh(self) -> None:
        """Show the present meaning of colours."""
        data, what = self._explorer.data, self._explorer.colour_by
        classes = what == "class" and data is not None and data.labels is not None
        factor = data.factor_names.index(what) if data is not None and what in data.factor_names else None
        loss = data is not None and parts_of(what) is not None
        measured = loss and self._explorer.losses.values(what) is not None
        if classes:
            assert data is not None
            self.title.setText(self.tr("Classes"))
            self.filter.set_names(data.label_names)
            self.switches.show_classes(data.label_names, self.filter.shown)
        elif factor is not None:
            assert data is not None
            assert data.factors is not None
            values = data.factors[:, factor]
            title = data.factor_title(what)
            self.title.setText(title)
            self.ramp.set_range(title, *factor_range(values))
        elif loss:
            self._show_loss(what)
        else:
            self.title.setText(self.tr("Colours"))
            self.sentence.setText(self._say(what))
        self.all.setVisible(classes and bool(self._explorer.greyed))
        self._scroll.setVisible(classes)
        self.filter.setVisible(classes and data is not None and len(data.label_names) > MOST)
        self.ramp.setVisible(factor is not None or measured)
        split = what == "split" and data is not None
        self.split.setVisible(split)
        self.sentence.setVisible(not classes and not split and factor is None)
        self._fit_height()

    def _show_loss(self, what: str) -> None:
        losses, (kind, pane) = self._explorer.losses, parts_of(what) or ("", 0)
        title = loss_name(what)
        self.title.setText(title[:1].upper() + title[1:])
        values, of = losses.values(what), losses.of(pane)
        if values is None or of is None:
            if losses.busy:
                text = self.tr("The losses of all images are being measured.")
            elif of is None:
                text = self.tr("The losses are not measured yet; choose another colour and this one again.")
            else:
                text = self.tr("This model has no such loss, or it is not known with these weights.")
            self.sentence.setText(text)
            return
        self.ramp.set_range(title, *loss_range(values), more=True)
        meaning = (
            self.tr("Reconstruction loss −ln p(x|z) of each image at its code, in nats; more is worse.")
            if kind == "reconstruction"
            else self.tr("KL(q(z|x) || p(z)) of each image, in nats; more is farther from the prior.")
        )
        if pane in losses.stale:
            meaning += " " + self.tr("Of the weights at step {step}; the model has learned since.").format(
                step=f"{of.step:,}"
            )
        self.sentence.setText(meaning)

    @Slot()
    def _show_found(self) -> None:
        data = self._explorer.data
        if data is not None:
            self.switches.show_classes(data.label_names, self.filter.shown)
            self._scroll.verticalScrollBar().setValue(0)
            self._fit_height()

    def _say(self, what: str) -> str:
        if self._explorer.data is None:
            return self.tr("Colours are explained here when there are images.")
        if what == "class":
            return self.tr("These images have no classes.")
        return self.tr("All points have one colour.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_height()

    def _fit_height(self) -> None:
        """The scroll area is as high as its classes, up to a limit."""
        layout = self.switches.layout()
        assert layout is not None
        height = layout.heightForWidth(max(60, self.width() - 26))
        self._scroll.setFixedHeight(min(_TALLEST, max(1, height)))

    def sizeHint(self) -> QSize:
        return QSize(220, super().sizeHint().height())
