"""Undoes and redoes changes by the user: cursor, selection, view, knobs, settings.

Watches state through its signals. A change becomes an entry only if the user made it: changes of linked cursors,
animated views and opened runs only update the stored values.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from latent_explorer.core.aspect import SCOPES, Aspect
from latent_explorer.core.aspects import aspects_of
from latent_explorer.core.cursor_places import Cursors, put_cursors, read_cursors
from latent_explorer.core.edit_history import FOLLOWS, EditHistory
from latent_explorer.core.explorer import DataView
from latent_explorer.core.tool_kit import ToolKit

#: A gesture without a pressed button is over after this many milliseconds without a change.
PAUSE_MS = 600
#: Polling interval of the mouse buttons, to detect the end of a drag.
_LOOK_MS = 40


class UndoController(QObject):
    """Records the history and handles Undo and Redo.

    Changes of one kind are one entry until the mouse button is released or nothing has changed for `PAUSE_MS`.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools.undo
        self._history = EditHistory()
        #: The cursors' codes before a pane's axes changed.
        self._left: Cursors | None = None
        self._aspects = self._made_aspects()
        #: Entry kind -> kinds of changes that are included in it.
        self._along: dict[str, set[str]] = {}
        for aspect in self._aspects.values():
            self._along.setdefault(aspect.kind, set()).update(aspect.brings)
            for kind in aspect.joins:
                self._along.setdefault(kind, set()).add(aspect.kind)
        self._known = {key: aspect.read() for key, aspect in self._aspects.items()}
        #: Aspects changed by the program since their values were stored.
        self._unnoted: set[str] = set()
        self._data = kit.explorer.data
        #: True while this sets state, and while a run or data set is being installed.
        self._replaying = self._settling = False
        self._held = False
        #: Whether the user requested codes that another controller will set under the cursors.
        self._asked_codes = False
        self._quiet = self._timer(_LOOK_MS, self._look_at_hand)
        self._idle = self._timer(PAUSE_MS, self._close)
        self._idle.setSingleShot(True)
        self._resync = self._timer(0, self._note)
        self._resync.setSingleShot(True)
        self._connect()

    def _made_aspects(self) -> dict[str, Aspect]:
        return {aspect.key: aspect for aspect in (*aspects_of(self._kit), self._cursor_aspect())}

    def retranslate(self) -> None:
        """Translate the entries' names to the present language."""
        self._close()
        self._aspects = self._made_aspects()
        self._history.rename({key: aspect.title_of for key, aspect in self._aspects.items()})
        self._show()

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _connect(self) -> None:
        kit = self._kit
        self._state.undo_requested.connect(self.undo)
        self._state.redo_requested.connect(self.redo)
        kit.explorer.data_changed.connect(self._data_changed)
        kit.explorer.putting_back.connect(lambda: self._settle(*SCOPES))
        for pane in kit.panes:
            pane.axes_left.connect(self._axes_left)
            pane.model_changed.connect(self._models_changed)
        for aspect in self._aspects.values():
            for signal in aspect.changed:
                signal.connect(lambda *_, aspect=aspect: self._on_change(aspect))
            for signal in aspect.noted:
                signal.connect(lambda *_, key=aspect.key: self._note_soon(key))
            for signal in aspect.voided:
                signal.connect(lambda *_, key=aspect.key: self._forget(key))
            for signal in aspect.asked:
                signal.connect(lambda *_, aspect=aspect: self._codes_asked(aspect))

    # ------------------------------------------------------------ changes by the user

    def _on_change(self, aspect: Aspect) -> None:
        """Handle a change of this aspect, by the user or by the program."""
        if aspect.by_hand():
            self._changed(aspect.key)
        else:
            self._note_soon(aspect.key)

    def _changed(self, *keys: str) -> None:
        """Record the changed values among these aspects."""
        if self._replaying or self._settling:
            self._note_soon()
            return
        for key in keys:
            aspect = self._aspects[key]
            before, after = self._known[key], aspect.read()
            if before == after:
                continue
            self._known[key] = after
            kind = self._history.open_kind
            along = kind != aspect.kind and aspect.kind in self._along.get(kind, ())
            self._history.record(kind if along else aspect.kind, key, before, after, aspect.title_of)
            if aspect.kind == "axes" and self._left is not None:
                self._history.record(aspect.kind, "cursor", self._left, FOLLOWS, aspect.title_of)
            if aspect.kind == "link":
                self._record_followers(aspect)
            self._go_on()
        self._show()

    def _record_followers(self, link: Aspect) -> None:
        """Record moves of linked cursors; those that did not move are restored by the link unless it was
        suspended.
        """
        before, after = self._known["cursor"], self._cursors()
        if before.places != after.places or before.rests:
            self._history.record(link.kind, "cursor", before, after, link.title_of)
        self._known["cursor"] = after

    @Slot()
    def _axes_left(self) -> None:
        codes = tuple(None if pane.code is None else pane.code.tobytes() for pane in self._kit.panes)
        self._left = Cursors(tuple(pane.cursor for pane in self._kit.panes), codes, self._kit.explorer.leader)

    def _codes_asked(self, aspect: Aspect) -> None:
        """Expect a tool's codes under the cursors, to be recorded when they are shown."""
        if aspect.by_hand():
            self._asked_codes = not self._replaying
            self._note_soon()

    def _go_on(self) -> None:
        """Continue the gesture."""
        self._held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if self._held:
            self._idle.stop()
            self._quiet.start()
        else:
            self._quiet.stop()
            self._idle.start()

    @Slot()
    def _look_at_hand(self) -> None:
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._close()

    @Slot()
    def _close(self) -> None:
        self._quiet.stop()
        self._idle.stop()
        self._history.close()
        self._show()

    # ------------------------------------------------------------ changes by the program

    def _note_soon(self, *keys: str) -> None:
        """Schedule storing the values of these aspects, or of all: reading all at each move of a drag would be
        slow.
        """
        self._unnoted.update(keys or self._aspects)
        if not self._resync.isActive():
            self._resync.start()

    @Slot()
    def _note(self) -> None:
        """Store the present values as the start of the next change."""
        if self._asked_codes:
            self._asked_codes = False
            asked = (aspect.key for aspect in self._aspects.values() if aspect.asked and not aspect.changed)
            self._changed(*asked, "cursor")
        self._settling = False
        unnoted, self._unnoted = self._unnoted, set()
        self._known |= {key: self._aspects[key].read() for key in unnoted}

    @Slot()
    def _models_changed(self) -> None:
        """Remove entries of the previous models, which cannot be restored."""
        self._settle("always", "data")

    @Slot()
    def _data_changed(self) -> None:
        former, self._data = self._data, self._kit.explorer.data
        if _same(former, self._data):
            self._settle(*SCOPES)  # ignore the accompanying changes, which the user did not make
        else:
            self._settle("always")

    def _forget(self, key: str) -> None:
        """Remove earlier values of this aspect, which belong to another session."""
        self._history.forget(lambda other: other != key)
        self._note_soon()
        self._show()

    def _settle(self, *scopes: str) -> None:
        self._history.forget(lambda key: self._aspects[key].scope in scopes)
        self._settling = True
        self._note_soon()
        self._show()

    # ------------------------------------------------------------ undo and redo

    @Slot()
    def undo(self) -> None:
        """Undo the last entry."""
        self._put(self._history.undo())

    @Slot()
    def redo(self) -> None:
        """Redo the last undone entry."""
        self._put(self._history.redo())

    def _put(self, values: dict[str, object]) -> None:
        self._close()
        self._asked_codes = False
        self._replaying = True
        try:
            # The cursor last, as its position depends on the others.
            for key in sorted(values, key=lambda key: key == "cursor"):
                self._aspects[key].write(values[key])
        finally:
            self._replaying = False
        self._known = {key: aspect.read() for key, aspect in self._aspects.items()}
        self._show()

    def _show(self) -> None:
        self._state.set_texts(self._history.undo_title, self._history.redo_title)

    # ------------------------------------------------------------ cursors

    def _cursor_aspect(self) -> Aspect:
        panes = self._kit.panes
        return Aspect(
            key="cursor",
            scope="model",
            read=self._cursors,
            write=self._put_cursors,
            title=QCoreApplication.translate("undo", "Move cursor"),
            changed=tuple(signal for pane in panes for signal in (pane.cursor_dragged, pane.code_wanted)),
            noted=tuple(pane.cursor_changed for pane in panes),
            brings=("picked", "view"),
        )

    def _cursors(self) -> Cursors:
        kit = self._kit
        return read_cursors(kit.panes, kit.explorer, kit.exploration)

    def _put_cursors(self, cursors: Cursors) -> None:
        kit = self._kit
        put_cursors(cursors, kit.panes, kit.explorer, kit.exploration)


def _same(first: DataView | None, second: DataView | None) -> bool:
    """Whether the data are the same, whether or not their images are available."""
    if first is None or second is None:
        return first is second
    return (first.config, first.count, first.fingerprint) == (second.config, second.count, second.fingerprint)
