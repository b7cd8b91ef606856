"""The data set in two lines, what was guessed about it, and the files it was read without."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.dialogs.skipped_files import show_skipped_files
from latent_explorer.glossary.terms import describe
from latent_explorer.words.trainer_names import shown_name


class DataSummary(QWidget):
    """Title, count, shape, split, remarks and skipped files of the data set."""

    def __init__(self, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("data-summary")
        self._explorer = explorer
        self.title = PlainLabel(self)
        self.title.setObjectName("data-title")
        self.title.setWordWrap(True)
        self.lines = PlainLabel(self)
        self.lines.setObjectName("data-lines")
        self.lines.setWordWrap(True)
        self.lines.setProperty("role", "caption")
        describe(self.lines, "data_size")
        self.skipped = PlainLabel(self)
        describe(self.skipped, "data_size")
        self.skipped.setObjectName("data-skipped")
        self.skipped.setProperty("role", "caption")
        self.show_skipped = QPushButton(self.tr("show"), self)
        self.show_skipped.setObjectName("data-show-skipped")
        self.show_skipped.setAccessibleName(self.tr("Show the remarks and the files left out"))
        self.show_skipped.setProperty("role", "link")
        self.show_skipped.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_skipped.clicked.connect(self._show_skipped)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.skipped)
        row.addWidget(self.show_skipped)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.lines)
        column.addLayout(row)
        explorer.data_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        data = self._explorer.data
        skipped = self._skipped_text(data) if data is not None else ""
        self.skipped.setText(skipped)
        self.skipped.setVisible(bool(skipped))
        self.show_skipped.setVisible(bool(skipped))
        if data is None:
            self.title.setText(self.tr("No data set yet"))
            self.lines.setText(self.tr("Choose one in the toolbar, or drop a folder of images on the window."))
            return
        self.title.setText(shown_name(data.title))
        self.lines.setText(self._lines(data))

    def _skipped_text(self, data: DataView) -> str:
        """The number of remarks and of files left out, or ""."""
        remarks, files = len(data.remarks), len(data.skipped)
        parts = []
        if remarks:
            parts.append(
                self.tr("1 remark") if remarks == 1 else self.tr("{count} remarks").format(count=f"{remarks:,}")
            )
        if files:
            parts.append(
                self.tr("1 file left out")
                if files == 1
                else self.tr("{count} files left out").format(count=f"{files:,}")
            )
        return " · ".join(parts)

    def _lines(self, data: DataView) -> str:
        channels, height, width = data.shape
        kind = self.tr("grey") if channels == 1 else self.tr("colour")
        lines = [
            self.tr("{count} images · {height} × {width} {kind}").format(
                count=f"{data.count:,}", height=height, width=width, kind=kind
            ),
            self._split(data),
        ]
        if data.images is None:
            lines.append(self.tr("Originals come with the data set: choose it to train."))
        return "\n".join(lines)

    def _split(self, data: DataView) -> str:
        train, held_out = f"{data.train_count:,}", data.count - data.train_count
        if not held_out:
            return self.tr("{train} training · none held out").format(train=train)
        return self.tr("{train} training · {held_out} held-out").format(train=train, held_out=f"{held_out:,}")

    @Slot()
    def _show_skipped(self) -> None:
        data = self._explorer.data
        if data is not None:
            show_skipped_files(self.window(), data.title, data.skipped, data.remarks)
