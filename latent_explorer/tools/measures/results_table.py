"""Figures that were measured on demand: one row per measure, one column per pane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionHeaderV2, QTableView, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.glossary.terms import better_text, refer
from latent_explorer.tools.measures.comparison import Better, better_of
from latent_explorer.words.figures import MINUS, missing
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.measures.all_groups import GROUPS
from trainer.measures.as_text import value_text
from trainer.measures.measure import Figure, Group, Measure

Place = QModelIndex | QPersistentModelIndex

#: Height of a row in px, more than its text needs.
_ROOM = 6
#: Marks the better figure, beside its weight: bold alone is easily missed.
_BETTER = " ✓"


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A pane's figures. title: of the model, with the step of its weights. index: of the pane."""

    index: int
    title: str
    tip: str
    figures: tuple[Figure, ...]
    likelihood: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A group's title, or a measure of it."""

    group: Group
    measure: Measure | None


def figure_text(figure: Figure | None, measure: Measure) -> str:
    """The value with its error, "n/a", or nothing where it has not been measured."""
    if figure is None:
        return ""
    return missing() if figure.value is None else value_text(figure, measure).replace("-", MINUS)


class FiguresModel(QAbstractTableModel):
    """Columns: title, unit, a pane each, reference."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._known: list[dict[str, Figure]] = []
        self.lines: list[_Line] = []
        #: Who is better in each line.
        self._better: list[Better | None] = []

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these figures, of groups that any of them has something of."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._known = [{figure.key: figure for figure in column.figures} for column in columns]
        keys = {key for known in self._known for key in known}
        self.lines = []
        for group in GROUPS:
            found = [measure for measure in group.measures if measure.key in keys]
            if found:
                self.lines.append(_Line(group, None))
                self.lines += [_Line(group, measure) for measure in found]
        likelihoods = [column.likelihood for column in columns]
        self._better = [
            None if line.measure is None else better_of(line.measure, self.figures(place), likelihoods)
            for place, line in enumerate(self.lines)
        ]
        self.endResetModel()

    def figures(self, line: int) -> list[Figure | None]:
        """Of a line, one per pane."""
        measure = self.lines[line].measure
        return [None if measure is None else known.get(measure.key) for known in self._known]

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns) + 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        pane = section - 2
        own = self._columns[pane] if 0 <= pane < len(self._columns) else None
        if role == Qt.ItemDataRole.DisplayRole:
            fixed = {0: self.tr("Measure"), 1: self.tr("Unit"), self.columnCount() - 1: self.tr("Reference")}
            return own.title if own is not None else fixed.get(section)
        if role == Qt.ItemDataRole.ToolTipRole and own is not None:
            return own.tip
        if role == Qt.ItemDataRole.ForegroundRole and own is not None:
            return theme().accent(own.index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, figures = self.lines[index.row()], self.figures(index.row())
        pane = index.column() - 2
        better = self._better[index.row()]
        wins = better is not None and better.place == pane
        if role == Qt.ItemDataRole.FontRole and (line.measure is None or wins):
            font = tabular(self._view_font())
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            dim = line.measure is None or index.column() in (1, self.columnCount() - 1)
            gone = 0 <= pane < len(figures) and (figures[pane] is None or figures[pane].value is None)  # type: ignore[union-attr]
            return QColor(theme().tokens.text_2) if dim or gone else None
        if role == Qt.ItemDataRole.DisplayRole:
            text = self._text(line, figures, index.column())
            return text + _BETTER if wins else text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, figures, pane, better if wins else None)
        return None

    def _view_font(self) -> Any:
        parent = self.parent()
        assert isinstance(parent, QWidget)
        return parent.font()

    def _text(self, line: _Line, figures: list[Figure | None], column: int) -> str:
        if line.measure is None:
            return shown_sentence(line.group.title) if column == 0 else ""
        if column == 0:
            return shown_sentence(line.measure.title)
        if column == 1:
            return shown_sentence(line.measure.unit)
        if column < self.columnCount() - 1:
            return figure_text(figures[column - 2], line.measure)
        found = [figure.reference[0] for figure in figures if figure is not None and figure.reference is not None]
        texts = [figure_text(Figure(key=line.measure.key, value=value), line.measure) for value in found]
        return " / ".join(dict.fromkeys(texts))

    def _tip(self, line: _Line, figures: list[Figure | None], pane: int, better: Better | None) -> str:
        measure = line.measure
        if measure is None:
            return ""
        parts = [shown_sentence(measure.about), better_text(measure.better)]
        if measure.source:
            parts.append(self.tr("Source: {0}").format(measure.source))
        of = [figures[pane]] if 0 <= pane < len(figures) else figures
        for figure in of:
            if figure is None:
                continue
            parts.append(shown_sentence(figure.reason))
            parts.append(shown_sentence(figure.conditions))
            if figure.limits is not None:
                low, high = (figure_text(Figure(key=measure.key, value=limit), measure) for limit in figure.limits)
                parts.append(self.tr("95 % interval: {0} to {1}").format(low, high))
            if figure.reference is not None:
                value, what = figure.reference
                shown = figure_text(Figure(key=measure.key, value=value), measure)
                parts.append(self.tr("Reference: {0}, {1}").format(shown, shown_sentence(what)))
        if better is not None and better.paired:
            parts.append(self.tr("Better: the 95 % interval of the difference, image by image, leaves out zero."))
        elif better is not None:
            parts.append(self.tr("Better: the 95 % interval of the difference leaves out zero."))
        return "\n".join(dict.fromkeys(filter(None, parts)))


class _Titles(QHeaderView):
    """Titles in the colours that the model gives them; the style sheet has one for all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(60)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colour = self.model().headerData(section, self.orientation(), Qt.ItemDataRole.ForegroundRole)
        if colour is None:
            super().paintSection(painter, rect, section)
            return
        option = QStyleOptionHeaderV2()
        self.initStyleOption(option)
        self.initStyleOptionForIndex(option, section)
        option.rect = rect
        title, option.text = option.text, ""
        style = self.style()
        painter.save()
        style.drawControl(QStyle.ControlElement.CE_HeaderSection, option, painter, self)
        label = style.subElementRect(QStyle.SubElement.SE_HeaderLabel, option, self)
        font = QFont(self.font())
        font.setPixelSize(theme().small_px)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class ResultsTable(QTableView):
    """The table. Its measures are terms of the glossary, each by its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("measuresTable")
        self.setAccessibleName(self.tr("Figures"))
        self.figures = FiguresModel(self)
        self.setHorizontalHeader(_Titles(self))
        self.setModel(self.figures)
        self.setFont(tabular(self.font()))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROOM)
        refer(self, "measured")
        theme().changed.connect(self._restyle)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these figures; the place that was looked at stays."""
        place, current = self.verticalScrollBar().value(), self.currentIndex()
        row, column = current.row(), current.column()
        self.figures.show_columns(columns)
        self.clearSpans()
        for number, line in enumerate(self.figures.lines):
            if line.measure is None:
                self.setSpan(number, 0, 1, self.figures.columnCount())
        header = self.horizontalHeader()
        last = self.figures.columnCount() - 1
        for section in range(last + 1):
            wide = section in (0, 1)
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(section, mode.ResizeToContents if wide else mode.Stretch)
        if row >= 0:
            self.setCurrentIndex(self.figures.index(row, column))
        self.verticalScrollBar().setValue(place)

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROOM)
        self.viewport().update()
