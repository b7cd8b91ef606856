"""The dialog with remarks about a data set and the files left out, with reasons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from latent_explorer.dialogs.ask_dialog import show_until_closed
from latent_explorer.dialogs.text_list import CopyableDialog


def skipped_files_dialog(
    title: str,
    skipped: tuple[tuple[str, str], ...],
    remarks: tuple[str, ...] = (),
    parent: QWidget | None = None,
) -> CopyableDialog:
    """Create the dialog for the data set `title`; `skipped`: (path, reason), `remarks`: sentences."""
    translate = QCoreApplication.translate
    table = QTableWidget(len(skipped), 2)
    table.setObjectName("skipped-files-table")
    table.setAccessibleName(translate("skipped_files", "Files left out"))
    table.setHorizontalHeaderLabels([translate("skipped_files", "File"), translate("skipped_files", "Reason")])
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    for row, texts in enumerate(skipped):
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(row, column, item)
    if skipped:
        if len(skipped) == 1:
            left_out = translate("skipped_files", "{count} file was left out of {title}; all others are there.")
        else:
            left_out = translate("skipped_files", "{count} files were left out of {title}; all others are there.")
        sentence = "\n".join([*remarks, left_out.format(count=f"{len(skipped):,}", title=title)])
    else:
        sentence = "\n".join(remarks)
        table.hide()
    copied = "\n".join([*remarks, *(f"{path}\t{reason}" for path, reason in skipped)])
    if remarks:
        heading = translate("skipped_files", "How {title} was read").format(title=title)
    else:
        heading = translate("skipped_files", "Files left out")
    return CopyableDialog("skipped-files", heading, sentence, table, copied, parent)


def show_skipped_files(
    parent: QWidget | None, title: str, skipped: tuple[tuple[str, str], ...], remarks: tuple[str, ...] = ()
) -> None:
    """Show the dialog until it is closed."""
    show_until_closed(skipped_files_dialog(title, skipped, remarks, parent))
