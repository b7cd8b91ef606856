"""The line above a map: the model, its state, and the map's buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.models import ModelsState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.axes_menu import AxesMenu
from latent_explorer.panes.colour_menu import ColourMenu
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.model_chooser import ModelChooser
from latent_explorer.panes.overlays_menu import OverlaysMenu
from latent_explorer.words.figures import count
from latent_explorer.words.trainer_sentences import says_step

#: Below this width buttons have shorter texts.
_COMPACT = 560
#: Below this width they are closer to each other.
_TIGHT = 360


class PaneHeader(QWidget):
    """The model with its chooser, run state and summary in one line; what does not fit is elided.

    Signals:
        fit_requested: the user requests to fit the map.
    """

    fit_requested = Signal()

    def __init__(
        self,
        pane: PaneState,
        explorer: ExplorerState,
        training: TrainingState,
        models: ModelsState,
        tools: ToolStates,
    ) -> None:
        super().__init__()
        self._pane = pane
        self._training = training
        self._bare = False
        self.title = ModelChooser(pane, models)
        self.summary = ElidedLabel(whole=True)  # a part of a network's layers is meaningless
        self.summary.setObjectName("paneSummary")
        self.summary.setProperty("role", "caption")
        self.summary.setAccessibleName(self.tr("Run state and model"))
        refer(self.summary, "network")
        # The name comes first, and the summary gets the rest.
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.axes = AxesMenu(pane, training, explorer, tools)
        self.colour = ColourMenu(explorer)
        self.overlays = OverlaysMenu(tools)
        self.fit = IconButton("fit", self.tr("Show all points"))
        self.fit.setObjectName("fitMap")
        self.fit.setProperty("dense", True)
        self.fit.clicked.connect(self.fit_requested)
        row = QHBoxLayout(self)
        self._row = row
        self._set_tight(False)
        row.addWidget(self.title)
        row.addWidget(self.summary, 1)
        self._buttons = (self.axes, self.colour, self.overlays, self.fit)
        for button in self._buttons:
            row.addWidget(button)
        pane.model_changed.connect(self.refresh)
        pane.codes_changed.connect(self.refresh)
        pane.names_changed.connect(self.refresh)
        training.run_changed.connect(self.refresh)
        training.progress_changed.connect(self._progressed)
        training.looked_at_changed.connect(self._progressed)
        self.refresh()

    def set_bare(self, bare: bool) -> None:
        """Set whether to show only the model's name and the progress of its training."""
        self._bare = bare
        for widget in self._buttons:
            widget.setVisible(not bare)
        side = Qt.AlignmentFlag.AlignRight if bare else Qt.AlignmentFlag.AlignLeft
        self.summary.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.title.set_bare(bare)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_tight(self.width() < _TIGHT)
        self.colour.set_compact(self.width() < _COMPACT)
        self.overlays.set_compact(self.width() < _COMPACT)
        self._share_room()

    def _set_tight(self, tight: bool) -> None:
        self._row.setContentsMargins(3 if tight else 6, 4, 3 if tight else 8, 4)
        self._row.setSpacing(2 if tight else 6)

    def _share_room(self) -> None:
        """Distribute the width: buttons first, then short name, run state, full name, and summary."""
        buttons = () if self._bare else self._buttons
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        taken = margins.left() + margins.right() + gap
        for button in buttons:
            taken += button.sizeHint().width() + gap
        if self._bare:
            self.title.set_room(self.width() - taken - self.summary.sizeHint().width())
            return
        model, frozen = self._pane.model, self._pane.frozen
        said = model is not None and frozen is not None and says_step(model.short, frozen.kept.step)
        state = 0 if said else self.summary.fontMetrics().horizontalAdvance(self._run_state())
        self.title.set_room(self.width() - taken - state)

    def _run_state(self) -> str:
        if self._pane.frozen is not None:
            return self.tr("kept at step {step}").format(step=count(self._pane.frozen.kept.step))
        return {
            "loading": self.tr("loading"),
            "training": self.tr("training"),
            "paused": self.tr("paused"),
            "stopped": self.tr("stopped"),
            "finished": self.tr("finished"),
            "failed": self.tr("failed"),
        }.get(self._training.run_state, "")

    def _step(self) -> str:
        """The step of the map; "" for a kept model, whose run state includes it."""
        if self._pane.frozen is not None:
            return ""
        training = self._training
        step = training.step if training.looked_at is None else training.looked_at
        return self.tr("step {step}").format(step=count(step)) if step else ""

    @Slot()
    def _progressed(self) -> None:
        if self._bare:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the present model and run state."""
        model = self._pane.model
        self.fit.setEnabled(model is not None)
        parts = [] if model is None else [self._run_state(), self._step() if self._bare else model.config.summary]
        self.summary.set_texts(" · ".join(part for part in parts if part), parts[0] if parts else "")
        self._share_room()
