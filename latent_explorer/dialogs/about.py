"""The About dialog: description, versions and licence."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from latent_explorer.appearance.icons import app_icon
from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.dialogs.ask_dialog import show_until_closed
from latent_explorer.dialogs.text_list import CopyableDialog

#: Packages whose versions are shown; read from package metadata, without importing them.
_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "torch", "torchvision", "safetensors")
_ICON = 64


def versions() -> tuple[tuple[str, str], ...]:
    """(name, version) of the program, Python and the main packages."""
    found = [(_own(), _version("latent-explorer")), ("Python", platform.python_version())]
    return (*found, *((name, _version(name)) for name in _PACKAGES))


def about_dialog(parent: QWidget | None = None) -> CopyableDialog:
    """Create the About dialog."""
    translate = QCoreApplication.translate
    rows = versions()
    body = QWidget()
    icon = PlainLabel(body)
    icon.setPixmap(app_icon().pixmap(_ICON, _ICON))
    icon.setAccessibleName(_own())
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    for row, (name, version) in enumerate(rows):
        label, value = PlainLabel(name, body), PlainLabel(version, body)
        label.setProperty("role", "caption")
        value.setFont(tabular(value.font()))
        grid.addWidget(label, row, 0)
        grid.addWidget(value, row, 1)
    grid.setColumnStretch(1, 1)
    licence = PlainLabel(
        translate("about", "Free software under the MIT licence. Nothing you do here leaves this computer."), body
    )
    licence.setProperty("role", "caption")
    licence.setWordWrap(True)
    right = QVBoxLayout()
    right.setSpacing(12)
    right.addLayout(grid)
    right.addWidget(licence)
    right.addStretch(1)
    row_ = QHBoxLayout(body)
    row_.setContentsMargins(0, 0, 0, 0)
    row_.setSpacing(20)
    row_.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row_.addLayout(right, 1)
    dialog = CopyableDialog(
        "about",
        translate("about", "About Latent Explorer"),
        translate(
            "about", "See and feel the latent space of an autoencoder and a variational autoencoder, side by side."
        ),
        body,
        "\n".join(f"{name} {version}" for name, version in rows),
        parent,
    )
    dialog.resize(480, 360)
    return dialog


def show_about(parent: QWidget | None) -> None:
    """Show the About dialog until it is closed."""
    show_until_closed(about_dialog(parent))


def _own() -> str:
    return QCoreApplication.translate("about", "Latent Explorer")


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return QCoreApplication.translate("about", "not installed")
