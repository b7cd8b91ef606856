"""Find an image: a field with live results over the window."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.go_to_image import go_to_image
from latent_explorer.core.pane import PaneState
from latent_explorer.map.hover_layer import image_of
from latent_explorer.palette.image_search import Found, ImageSearch
from latent_explorer.palette.search_popup import SearchPopup

_ROW = 44
_PICTURE = 36
#: Seconds of searching between two returns to the event loop.
_SLICE = 0.004


class FindImage(SearchPopup):
    """A popup: type a number, a class or a part of a file's name; Up and Down select, Enter goes to the image."""

    WIDTH, ROW, ROWS = 520, _ROW, 8

    def __init__(self, explorer: ExplorerState, panes: Sequence[PaneState], parent: QWidget) -> None:
        super().__init__(parent)
        self._explorer, self._panes = explorer, panes
        self._search = None if explorer.data is None else ImageSearch(explorer.data)
        self._steps: Iterator[Found | None] | None = None
        self.setObjectName("findImage")
        self.field = QLineEdit(self)
        self.field.setObjectName("findImageField")
        words = self.tr("Number, class or file name of an image")
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.field.setClearButtonEnabled(True)
        self.count = PlainLabel("", self)
        self.count.setObjectName("findImageCount")
        self.count.setProperty("role", "caption")
        self.rows = _Rows(explorer)
        self.list = QListView(self)
        self.list.setObjectName("findImageList")
        self.list.setAccessibleName(self.tr("Images found"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_ImageRow(explorer, self.list))
        line = QHBoxLayout()
        line.addWidget(self.field, 1)
        line.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.list, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._take)
        self._typed("")

    @property
    def searching(self) -> bool:
        """Whether the search is still running."""
        return self._steps is not None

    @Slot(str)
    def _typed(self, typed: str) -> None:
        if self._search is None:
            self.count.setText(self.tr("There are no images yet."))
            return
        self._steps = self._search.steps(typed)
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """Search for a few milliseconds, and continue after pending events."""
        until = time.perf_counter() + _SLICE
        while self._steps is not None:
            found = next(self._steps)
            if found is not None:
                self._steps = None
                self._show(found)
            elif time.perf_counter() > until:
                self._timer.start(0)
                return

    def _show(self, found: Found) -> None:
        self.rows.show_rows(found.rows)
        self.list.setCurrentIndex(self.rows.index(0))
        self.list.scrollToTop()
        if not found.total:
            text = self.tr("No image")
        elif found.total > len(found.rows):
            text = self.tr("{0} of {1}").format(f"{len(found.rows):,}", f"{found.total:,}")
        else:
            text = self.tr("{0} found").format(f"{found.total:,}")
        self.count.setText(text)

    def take(self) -> None:
        """Go to the current image, when the search is complete."""
        while self._steps is not None:
            self._go_on()
        self._take(self.list.currentIndex())

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        data = self._explorer.data
        if row is None or self._search is None or data is not self._search.data:
            return
        self.close()
        go_to_image(row, self._explorer, self._panes)


class _Rows(QAbstractListModel):
    """Data rows as the list's lines."""

    def __init__(self, explorer: ExplorerState) -> None:
        super().__init__()
        self._explorer = explorer
        self._rows = np.empty(0, np.int64)

    def show_rows(self, rows: np.ndarray) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # type: ignore[override]
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = 0) -> object:  # type: ignore[override]
        if not 0 <= index.row() < len(self._rows):
            return None
        row = int(self._rows[index.row()])
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " · ".join(part for part in image_words(row, self._explorer) if part)
        return None


def image_words(row: int, explorer: ExplorerState) -> tuple[str, str, str, str]:
    """Number, class, file and split of an image."""
    data = explorer.data
    if data is None or row >= data.count:
        return explorer.number(row), "", "", ""
    translate = QCoreApplication.translate
    held_out = row >= data.train_count
    split = translate("LatentMap", "held-out") if held_out else translate("LatentMap", "training")
    return explorer.number(row), data.label(row), data.file(row), split


class _ImageRow(QStyledItemDelegate):
    """Paints picture, number, class, file and split."""

    def __init__(self, explorer: ExplorerState, parent: QObject) -> None:
        super().__init__(parent)
        self._explorer = explorer

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)  # type: ignore[attr-defined]
        data, tokens = self._explorer.data, theme().tokens
        if row is None or data is None or row >= data.count:
            return
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(tokens.line))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(tokens.control))
        room = QRect(area.left() + 6, area.center().y() - _PICTURE // 2, _PICTURE, _PICTURE)
        picture = data.picture(row)
        if picture is None:
            painter.setPen(QColor(tokens.line))
            painter.drawRect(room.adjusted(0, 0, -1, -1))
        else:
            image = image_of(picture)
            target = QRect(QPoint(0, 0), image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
            target.moveCenter(room.center())
            painter.drawImage(target, image)
        number, label, file, split = image_words(row, self._explorer)
        small = QFont(tabular(option.font))
        small.setPixelSize(theme().small_px)
        upper = QRect(room.right() + 12, area.top() + 4, area.right() - room.right() - 20, (_ROW - 8) // 2)
        lower = upper.translated(0, upper.height())
        if not file:
            upper = lower = upper.united(lower)
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(tabular(option.font))
        painter.setPen(QColor(tokens.text))
        painter.drawText(upper, flags, number)
        used = painter.fontMetrics().horizontalAdvance(number) + 14
        of_class = painter.fontMetrics().elidedText(
            label, Qt.TextElideMode.ElideRight, max(0, upper.width() - used)
        )
        painter.setPen(QColor(tokens.text_2))
        painter.drawText(upper.adjusted(used, 0, 0, 0), flags, of_class)
        painter.setFont(small)
        wide = painter.fontMetrics().horizontalAdvance(split)
        painter.drawText(lower, flags | Qt.AlignmentFlag.AlignRight, split)
        elided = painter.fontMetrics().elidedText(file, Qt.TextElideMode.ElideMiddle, lower.width() - wide - 12)
        painter.drawText(lower, flags, elided)
        painter.restore()
