"""The system's file choosers. Each returns a path, or "" if nothing was chosen.

Each opens at `start`, or else where a file of its kind was last chosen.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from latent_explorer.core.last_places import last_places
from latent_explorer.dialogs.save_place import SavePlaceDialog
from trainer.data.picture_names import patterns


def choose_folder(parent: QWidget | None, start: str = "") -> str:
    """Choose a folder of images."""
    title = QCoreApplication.translate("files", "Choose a folder of images")
    return _folder("images", parent, title, start)


def choose_data_folder(parent: QWidget | None, start: str = "") -> str:
    """Choose the data folder, where data sets are found and downloaded to."""
    title = QCoreApplication.translate("files", "Choose the folder for data sets")
    return _folder("data", parent, title, start)


def choose_copies_folder(parent: QWidget | None, start: str = "") -> str:
    """Choose the folder in which to create a new one with copies of images."""
    title = QCoreApplication.translate("files", "Choose where a new folder with the images is to be made")
    return _folder("copies", parent, title, start)


def choose_labels(parent: QWidget | None, start: str = "") -> str:
    """Choose a table of classes and factors by file name."""
    title = QCoreApplication.translate("files", "Choose a table of labels")
    kinds = QCoreApplication.translate("files", "Tables (*.csv *.tsv *.txt)")
    return _file("labels", parent, title, start, kinds)


def choose_array(parent: QWidget | None, start: str = "") -> str:
    """Choose an array file."""
    title = QCoreApplication.translate("files", "Choose an array file")
    kinds = QCoreApplication.translate("files", "Arrays (*.npy *.npz)")
    return _file("array", parent, title, start, kinds)


def choose_image(parent: QWidget | None, start: str = "") -> str:
    """Choose an image file."""
    title = QCoreApplication.translate("files", "Choose an image")
    kinds = QCoreApplication.translate("files", "Images ({patterns})").format(patterns=patterns())
    return _file("image", parent, title, start, kinds)


def choose_checkpoint(parent: QWidget | None, start: str = "") -> str:
    """Choose the folder of a saved session or checkpoint."""
    title = QCoreApplication.translate("files", "Open a checkpoint or session (its folder)")
    return _folder("session", parent, title, start)


def choose_save_place(
    parent: QWidget | None, start: str = "", moments: int = 0, keep: bool = True
) -> tuple[str, bool]:
    """Choose a new or existing folder to save the session in, "" for none, and whether to save moments with it.

    start: the previous one. moments: bytes of the moments that could be saved; if 0 this is not
    asked. keep: the previous answer.
    """
    home = last_places().folder("session") or QDir.homePath()
    dialog = SavePlaceDialog(parent, start or QDir(home).filePath("latent-session"), moments, keep)
    chosen = dialog.exec() == QFileDialog.DialogCode.Accepted
    path = dialog.selectedFiles()[0] if chosen and dialog.selectedFiles() else ""
    dialog.deleteLater()
    return _noted("session", path), dialog.moments.isChecked()


def choose_picture_file(parent: QWidget | None, start: str = "") -> str:
    """Choose a PNG file to write."""
    title = QCoreApplication.translate("files", "Save as a picture")
    kinds = QCoreApplication.translate("files", "PNG picture (*.png)")
    start = start or last_places().file("picture", "")
    path = _noted("picture", QFileDialog.getSaveFileName(parent, title, start, kinds)[0])
    return path if not path or path.lower().endswith(".png") else f"{path}.png"


def choose_export_file(parent: QWidget | None, start: str, suffix: str) -> str:
    """Choose a file to write; `suffix` is its format, such as "png". start: its name, with or without a folder."""
    title = QCoreApplication.translate("files", "Save as")
    kinds = {
        "png": QCoreApplication.translate("files", "PNG picture (*.png)"),
        "svg": QCoreApplication.translate("files", "SVG drawing (*.svg)"),
        "gif": QCoreApplication.translate("files", "GIF animation (*.gif)"),
        "mp4": QCoreApplication.translate("files", "MP4 video (*.mp4)"),
        "csv": QCoreApplication.translate("files", "CSV table (*.csv)"),
        "npz": QCoreApplication.translate("files", "NumPy arrays (*.npz)"),
        "html": QCoreApplication.translate("files", "Web page (*.html)"),
        "md": QCoreApplication.translate("files", "Markdown (*.md)"),
    }[suffix]
    start = start if os.path.dirname(start) else last_places().file("export", start)
    path = _noted("export", QFileDialog.getSaveFileName(parent, title, start, kinds)[0])
    return path if not path or path.lower().endswith(f".{suffix}") else f"{path}.{suffix}"


def _folder(kind: str, parent: QWidget | None, title: str, start: str) -> str:
    start = start or last_places().folder(kind)
    return _noted(kind, QFileDialog.getExistingDirectory(parent, title, start))


def _file(kind: str, parent: QWidget | None, title: str, start: str, kinds: str) -> str:
    start = start or last_places().folder(kind)
    return _noted(kind, QFileDialog.getOpenFileName(parent, title, start, kinds)[0])


def _noted(kind: str, path: str) -> str:
    """`path` as the system writes it; the next choice of its kind starts in its folder."""
    last_places().note(kind, path)
    return _native(path)


def _native(path: str) -> str:
    return QDir.toNativeSeparators(path) if path else ""
