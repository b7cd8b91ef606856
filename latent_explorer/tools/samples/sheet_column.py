"""One pane's part of the samples' panel: title, sheet, figures."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from latent_explorer.appearance.theme import SMALL_TEXT_PX, tabular
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.samples import words as words
from latent_explorer.tools.samples.sheet_view import SheetView
from latent_explorer.tools.samples.state import UNMEASURABLE, PaneFigures, RealFigures, SamplesState, Sheet


class SheetColumn(QWidget):
    """Head line, sheet, figures with those of real data as a reference."""

    def __init__(self, pane: PaneState, samples: SamplesState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._samples = samples
        self.head = self._line(f"sampleHead{pane.index}", f"accent{pane.index % 2}")
        self.view = SheetView(pane.index)
        self.view.setObjectName(f"sampleSheet{pane.index}")
        self.figures = self._line(f"sampleFigures{pane.index}", "value")
        self.more = self._line(f"sampleMore{pane.index}", "caption")
        refer(self.view, "sampled", "sample_count")
        refer(self.head, "log_density", "sampled")
        refer(self.figures, "coverage", "fd", "real")
        refer(self.more, "precision", "recall", "density")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        column.addWidget(self.figures)
        column.addWidget(self.more)
        self.view.hovered.connect(self._hovered)
        self.view.chosen.connect(self._chosen)
        samples.marks_changed.connect(self._mark)

    def _line(self, name: str, role: str) -> ElidedLabel:
        label = ElidedLabel()
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setProperty("ownToolTip", True)
        font = tabular(label.font())
        font.setPixelSize(SMALL_TEXT_PX)
        label.setFont(font)
        return label

    def refresh(self) -> None:
        """Update from state."""
        sheet, model = self._samples.sheets[self._pane.index], self._pane.model
        title = model.short if model is not None else ""
        if sheet is None or model is None:
            self.head.setText(title)
            self.head.setToolTip("")
            self.view.show_text(words.why_empty(sheet, model))
            self.view.hide_pictures()
        else:
            self.head.setText(words.head_line(model, sheet))
            self.head.setToolTip(words.head_tip(sheet))
            self.view.show_text(words.why_empty(sheet, model))
            self.view.show_pictures(sheet.pictures)
        named = self.tr("Samples of {model}").format(model=title) if title else self.tr("Samples")
        self.view.setAccessibleName(named)
        self.view.setAccessibleDescription(self.tr("{0} pictures").format(self.view.count))
        self._say_figures(sheet)
        self._mark()

    def _say_figures(self, sheet: Sheet | None) -> None:
        found, real = self._samples.figures_of(self._pane.index), self._samples.real
        if found is not None and real is not None and sheet is not None and len(sheet.codes):
            self._say_found(found, real, sheet)
            return
        text = self.tr("measuring…") if self._samples.measuring else ""
        if not self._samples.measuring:
            text = words.unmeasured_reason(self._samples.unmeasured)
        if sheet is None or not len(sheet.codes):
            text = ""
        self.figures.setText(text)
        self.more.setText("")
        # Without a second line the sheet uses its room; while measuring the room is reserved.
        self.more.setVisible(self._samples.unmeasured not in UNMEASURABLE)
        for label in (self.figures, self.more):
            label.setToolTip(text)

    def _say_found(self, found: PaneFigures, real: RealFigures, sheet: Sheet) -> None:
        self.figures.setText(words.figure_line(found, real))
        parts = (words.former_step(found, sheet), words.second_line(found))
        self.more.setText(" · ".join(part for part in parts if part))
        self.more.setVisible(True)
        tip = words.figure_tip(found, real)
        for label in (self.figures, self.more):
            label.setToolTip(tip)

    @Slot()
    def _mark(self) -> None:
        mark = self._samples.selected
        self.view.select(mark[1] if mark is not None and mark[0] == self._pane.index else None)

    @Slot(object)
    def _hovered(self, place: int | None) -> None:
        self._samples.hover(None if place is None else (self._pane.index, place))

    @Slot(int)
    def _chosen(self, place: int) -> None:
        sheet = self._samples.sheets[self._pane.index]
        if sheet is not None and place < len(sheet.codes):
            self._samples.select((self._pane.index, place))
            self._pane.want_code(sheet.codes[place])
