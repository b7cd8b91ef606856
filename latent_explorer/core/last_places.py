"""Where files were opened and saved last: a folder for each kind of them, remembered from start to start.

For a kind of which none was chosen yet, the folder that was chosen last of all is as good a place to begin.
"""

from __future__ import annotations

from pathlib import Path

from latent_explorer.core.settings import Settings

#: Under which folders are remembered, followed by the kind.
_KEY = "files/last-"
_ANY = "any"


class LastPlaces:
    """Folders by kind: "images", "data", "array", "image", "session", "picture", "export", "copies", "labels"."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._known: dict[str, str] = {}

    def keep_in(self, settings: Settings) -> None:
        """Remember them in `settings` from now on, and know what is remembered there."""
        self._settings, self._known = settings, {}

    def folder(self, kind: str) -> str:
        """The folder of this kind, else of any, or what is left of the way to it; "" if none was chosen yet."""
        remembered = self._remembered(kind) or self._remembered(_ANY)
        if not remembered:
            return ""
        place = Path(remembered)
        return next((str(one) for one in (place, *place.parents) if _is_folder(one)), "")

    def file(self, kind: str, name: str) -> str:
        """A file called `name` in that folder; the name alone if there is none."""
        folder = self.folder(kind)
        return str(Path(folder) / name) if folder else name

    def note(self, kind: str, path: str, *, inside: bool = False) -> None:
        """`path` was chosen; the next one is chosen beside it, or with `inside` from within it."""
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
    """The one memory of the program."""
    return _places
