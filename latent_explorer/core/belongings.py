"""Removes the user's choices on a data set when another is loaded, with a message, and restores them on return."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from latent_explorer.core.belonging import Belonging
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.words.trainer_names import shown_name

translate = QCoreApplication.translate

#: Number of data sets whose choices are stored.
_MOST = 8


class Belongings(QObject):
    """Removes choices when data or models change, and posts one message about it.

    Rows and images belong to a data set: they are stored, and restored when it is shown again. Another model on
    the same data encodes them again. Positions chosen in a code space belong to its model and are removed with it.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._things = {thing.key: thing for thing in _things(kit)}
        #: Stored choices by the data's fingerprint, oldest first.
        self._kept: dict[str, dict[str, Any]] = {}
        #: Choices removed since the last message, by data set, and sentences about those of models.
        self._gone: tuple[str, list[str]] = ("", [])
        self._left: list[str] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)
        kit.explorer.data_left.connect(self._data_left)
        kit.explorer.data_changed.connect(self._data_changed)
        self._shown = ""
        for pane in kit.panes:
            pane.model_changed.connect(lambda pane=pane: self._model_changed(pane))

    def retranslate(self) -> None:
        """Translate the names to the present language."""
        self._things = {thing.key: thing for thing in _things(self._kit)}

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
        for thing in self._things.values():
            leave = None if thing.leave_model is None else thing.leave_model(pane.index)
            if leave is not None:
                self._kit.explorer.putting_back.emit()
                leave()
                self._left.append(thing.left)
                self._soon.start()

    @Slot()
    def _tell(self) -> None:
        (title, names), self._gone = self._gone, ("", [])
        left, self._left = list(dict.fromkeys(self._left)), []
        sentences = []
        if names:
            template = translate("Belongings", "Kept for when you return to {title}: {what}.")
            sentences.append(template.format(title=title, what=translate("Belongings", ", ").join(names)))
        sentences += left
        if sentences and self._kit.explorer.data is not None:
            self._kit.notifications.post("info", " ".join(sentences))


def _things(kit: ToolKit) -> list[Belonging]:
    explorer = kit.explorer
    own = [
        Belonging(
            "picked", lambda: explorer.picked, explorer.pick, None, translate("Belongings", "the picked image")
        ),
        Belonging(
            "greyed",
            lambda: explorer.greyed,
            explorer.set_greyed,
            frozenset(),
            translate("Belongings", "classes shown grey"),
        ),
    ]
    return [*own, *(thing for tool in kit.tools.declared for thing in tool.belongings(kit))]
