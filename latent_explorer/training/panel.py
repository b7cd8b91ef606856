"""The training panel: data, models, and training settings."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.training.data_summary import DataSummary
from latent_explorer.training.knob_fields import KnobFields
from latent_explorer.training.model_fields import ModelFields
from latent_explorer.training.new_run_notice import NewRunNotice
from latent_explorer.training.run_fields import RunFields
from latent_explorer.words.pair_difference import difference_line

WIDTH = 264
#: Below this height in px the notice is compact, to leave room for the settings.
_LOW = 360


class TrainingPanel(QFrame):
    """Scrolls if needed. Knobs take effect immediately; all other settings belong to the draft of the next run."""

    def __init__(self, explorer: ExplorerState, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training-panel")
        self.setAccessibleName(self.tr("Training"))
        self.setProperty("role", "panel")
        self._training = training
        self.data = DataSummary(explorer, self)
        self.models = ModelFields(training, self)
        self.knobs = KnobFields(training, self)
        self.settings = RunFields(training, self)
        self.notice = NewRunNotice(explorer, training, self)
        self.difference = PlainLabel(self)
        self.difference.setObjectName("pair-difference")
        self.difference.setProperty("role", "caption")
        self.difference.setWordWrap(True)
        self.reason = PlainLabel(self)
        for label in (self.difference, self.reason):
            refer(label, "step", "beta")
        self.reason.setObjectName("run-reason")
        self.reason.setProperty("role", "caption")
        self.reason.setWordWrap(True)
        self._build()
        training.draft_changed.connect(self._show)
        training.knobs_changed.connect(self._show)
        training.cards_changed.connect(self._show)
        training.run_changed.connect(self._show)
        for rows in (self.models, self.models.card, self.knobs, self.settings):
            training.adopted.connect(rows.drop_refused)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(WIDTH, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.notice.set_low(self.height() < _LOW)

    def _build(self) -> None:
        #: Hidden if the panel is shown under another title.
        self.title = PlainLabel(self.tr("Training"), self)
        self.title.setProperty("role", "title")
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(10)
        for part in (
            self.title,
            self.data,
            self._rule(),
            self.models,
            self.difference,
            self._rule(),
            self.knobs,
            self._rule(),
            self.settings,
            self.reason,
        ):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("training-scroll")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        # Below the scrolled part: questions are always visible.
        foot = QVBoxLayout()
        foot.setContentsMargins(8, 0, 8, 8)
        foot.addWidget(self.notice)
        outer.addLayout(foot)

    def _rule(self) -> QFrame:
        rule = QFrame(self)
        rule.setProperty("role", "hairline")
        rule.setFixedHeight(1)
        return rule

    @Slot()
    def _show(self) -> None:
        cards = self._training.cards.values()
        line = difference_line(self._training.draft_models, self._knobs(), cards=cards)
        self.difference.setText(line)
        self.difference.setVisible(bool(line))
        self.reason.setText(self._training.reason)
        self.reason.setVisible(bool(self._training.reason))

    def _knobs(self) -> list[dict[str, float]]:
        """The live settings of each drafted model whose family is known."""
        training = self._training
        cards = [training.cards.get(model.family) for model in training.draft_models]
        return [
            {} if card is None else training.next_knobs.of(member, card.knobs) for member, card in enumerate(cards)
        ]
