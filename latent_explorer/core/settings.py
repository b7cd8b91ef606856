"""Typed persistent settings in one INI file in the platform's settings folder."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

log = logging.getLogger(__name__)

APP = "latent-explorer"
RECENT = 8


def config_folder() -> Path:
    """Folder of the settings file."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def state_folder() -> Path:
    """Folder of autosaved runs."""
    return Path(platformdirs.user_state_dir(APP, appauthor=False))


def log_folder() -> Path:
    """Folder of the log file."""
    return Path(platformdirs.user_log_dir(APP, appauthor=False))


class Settings:
    """Persistent settings. An invalid value counts as absent: bad settings never stop the program."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_folder() / "settings.ini"
        self._store = QSettings(str(self.path), QSettings.Format.IniFormat)

    def forget(self) -> None:
        """Remove all settings (`--reset`)."""
        self._store.clear()
        self._store.sync()

    def text(self, key: str, default: str, allowed: tuple[str, ...] | None = None) -> str:
        """A stored text, if it is one of `allowed`; else `default`."""
        value = self._store.value(key, default)
        if not isinstance(value, str) or (allowed is not None and value not in allowed):
            return default
        return value

    def set_text(self, key: str, value: str) -> None:
        """Store a text."""
        self._store.setValue(key, value)

    def data(self, key: str) -> QByteArray:
        """Stored bytes (window geometry); empty if there are none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_data(self, key: str, value: QByteArray) -> None:
        """Store bytes."""
        self._store.setValue(key, value)

    def record(self, key: str) -> dict[str, object]:
        """Stored JSON values by name; empty if there are none."""
        try:
            value = json.loads(self.text(key, "{}"))
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def set_record(self, key: str, value: Mapping[str, object]) -> None:
        """Store JSON values by name."""
        self._store.setValue(key, json.dumps(value))

    def recent(self) -> list[str]:
        """Recently opened or saved checkpoints, newest first."""
        return self.entries("files/recent")

    def add_recent(self, path: str) -> list[str]:
        """Put `path` first among the recent ones; returns the new list."""
        return self.add_entry("files/recent", path, RECENT)

    def entries(self, key: str) -> list[str]:
        """A stored list of texts, newest first."""
        value = self._store.value(key, [])
        if isinstance(value, str):  # an INI list of one entry comes back as that entry
            value = [value]
        return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []

    def add_entry(self, key: str, entry: str, most: int) -> list[str]:
        """Put `entry` first in a stored list of at most `most`; returns the new list."""
        entries = [entry, *(other for other in self.entries(key) if other != entry)][:most]
        self._store.setValue(key, entries)
        return entries

    def save(self) -> None:
        """Write to disk now."""
        self._store.sync()
        # The other error means that the old file could not be read; it has just been replaced.
        if self._store.status() == QSettings.Status.AccessError:
            log.warning("Settings could not be written to %s.", self.path)
