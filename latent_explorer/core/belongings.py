"""What a person chose on a data set goes with it, with a word, and comes back with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.directions.state import SavedDirection
from latent_explorer.tools.interpolation.state import Stop
from latent_explorer.words.trainer_names import shown_name

translate = QCoreApplication.translate

#: Data sets whose belongings are kept.
_MOST = 8


@dataclass(frozen=True, slots=True)
class _Belonging:
    """One thing that belongs to a data set.

    Attributes:
        read, write: from and to state.
        none: what is written where there is nothing of it.
        title: what messages call it.
    """

    read: Callable[[], Any]
    write: Callable[[Any], None]
    none: Any
    title: str


class Belongings(QObject):
    """The one place that takes things away when data or models change, and the one message about it.

    Rows and images belong to a data set: they are kept, and put back when it is on show again. Another model on
    the same data encodes them anew. Places chosen in a code space belong to its model and go with it.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._things = _things(kit)
        #: By the data's fingerprint, the oldest first: what belonged to them.
        self._kept: dict[str, dict[str, Any]] = {}
        #: What went since the last message: of which data, and names of places.
        self._gone: tuple[str, list[str]] = ("", [])
        self._places = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)
        kit.explorer.data_left.connect(self._data_left)
        kit.explorer.data_changed.connect(self._data_changed)
        self._shown = ""
        for pane in kit.panes:
            pane.model_changed.connect(lambda pane=pane: self._model_changed(pane))

    @Slot()
    def _data_left(self) -> None:
        data = self._kit.explorer.data
        if data is None:
            return
        found = {key: value for key, thing in self._things.items() if (value := thing.read()) != thing.none}
        self._kept.pop(data.fingerprint, None)
        if not found:
            return
        self._kept[data.fingerprint] = found
        while len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]
        self._kit.explorer.putting_back.emit()
        for key in found:
            self._things[key].write(self._things[key].none)
        self._gone = shown_name(data.title), [self._things[key].title for key in found]
        self._soon.start()

    @Slot()
    def _data_changed(self) -> None:
        data = self._kit.explorer.data
        former, self._shown = self._shown, "" if data is None else data.fingerprint
        if self._shown == former:
            return
        found = self._kept.pop(self._shown, {})
        if found:
            self._kit.explorer.putting_back.emit()
        for key, value in found.items():
            self._things[key].write(value)

    def _model_changed(self, pane: PaneState) -> None:
        path = self._kit.tools.interpolation
        kept: list[Stop | None] = [
            None if stop is not None and stop.code is not None and stop.pane == pane.index else stop
            for stop in path.stops
        ]
        if kept == list(path.stops):
            return
        if len(kept) > 2:
            kept = [*kept[:2], *(stop for stop in kept[2:] if stop is not None)]
        self._kit.explorer.putting_back.emit()
        path.set_stops(kept)
        self._places = True
        self._soon.start()

    @Slot()
    def _tell(self) -> None:
        (title, names), self._gone = self._gone, ("", [])
        places, self._places = self._places, False
        sentences = []
        if names:
            told = translate("Belongings", "Kept for when you return to {title}: {what}.")
            sentences.append(told.format(title=title, what=translate("Belongings", ", ").join(names)))
        if places:
            sentences.append(
                translate("Belongings", "Places set as stops were in the former model's code space and are gone.")
            )
        if sentences and self._kit.explorer.data is not None:
            self._kit.notifications.post("info", " ".join(sentences))


def _things(kit: ToolKit) -> dict[str, _Belonging]:
    explorer, tools = kit.explorer, kit.tools
    path, directions, own = tools.interpolation, tools.directions, tools.own_image

    def rows() -> tuple[Stop | None, ...]:
        return tuple(stop if stop is not None and stop.row is not None else None for stop in path.stops)

    def put_rows(stops: tuple[Stop | None, ...]) -> None:
        """Those that are places stay where they stand."""
        if stops:
            path.set_stops(stops)
        else:
            path.set_stops([None if stop is None or stop.row is not None else stop for stop in path.stops])

    def stops() -> tuple[Stop | None, ...]:
        found = rows()
        return found if any(found) else ()

    def groups() -> tuple[tuple[SavedDirection, ...], int]:
        blank = all(not len(one.plus) and not len(one.minus) and not one.name for one in directions.directions)
        return ((), 0) if blank else (directions.directions, directions.current)

    return {
        "picked": _Belonging(
            lambda: explorer.picked, explorer.pick, None, translate("Belongings", "the picked image")
        ),
        "greyed": _Belonging(
            lambda: explorer.greyed,
            explorer.set_greyed,
            frozenset(),
            translate("Belongings", "classes shown grey"),
        ),
        "stops": _Belonging(stops, put_rows, (), translate("Belongings", "stops of the path")),
        "groups": _Belonging(
            groups,
            lambda value: directions.set_directions(*value),
            ((), 0),
            translate("Belongings", "groups of images"),
        ),
        "terms": _Belonging(
            lambda: directions.terms,
            directions.set_terms,
            (None, None, None),
            translate("Belongings", "the terms of A − B + C"),
        ),
        "own": _Belonging(
            lambda: (own.source, own.strokes),
            lambda value: own.set_source(*value, by_hand=False),
            (None, ()),
            translate("Belongings", "your image"),
        ),
    }
