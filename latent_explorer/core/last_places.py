"""The folders where files were last opened and saved, by kind, stored in the settings.

For a kind without a folder, the folder that was last chosen for any kind is used.
"""

from __future__ import annotations

from pathlib import Path

from latent_explorer.core.settings import Settings

#: Prefix of the settings' keys, followed by the kind.
_KEY = "files/last-"
_ANY = "any"


class LastPlaces:
    """Folders by kind: "images", "data", "array", "image", "session", "picture", "export", "copies", "labels"."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._known: dict[str, str] = {}

    def keep_in(self, settings: Settings) -> None:
        """Read the folders from `settings`, and store them there from now on."""
        self._settings, self._known = settings, {}

    def folder(self, kind: str) -> str:
        """The folder of this kind, else of any, or its nearest existing parent; "" if none was chosen yet."""
        remembered = self._remembered(kind) or self._remembered(_ANY)
        if not remembered:
            return ""
        place = Path(remembered)
        return next((str(one) for one in (place, *place.parents) if _is_folder(one)), "")

    def file(self, kind: str, name: str) -> str:
        """The path of a file `name` in that folder; only the name if there is none."""
        folder = self.folder(kind)
        return str(Path(folder) / name) if folder else name

    def note(self, kind: str, path: str, *, inside: bool = False) -> None:
        """Record that `path` was chosen; the next choice starts in its folder, or with `inside` in `path`."""
        if not path:
            return
        folder = str(Path(path) if inside else Path(path).parent)
        for name in (kind, _ANY):
            self._known[name] = folder
            if self._settings is not None:
                self._settings.set_text(_KEY + name, folder)

    def _remembered(self, name: str) -> str:
        found = self._known.get(name, "")
        return found or ("" if self._settings is None else self._settings.text(_KEY + name, ""))


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):
        return False


_places = LastPlaces()


def last_places() -> LastPlaces:
    """The instance of the program."""
    return _places
