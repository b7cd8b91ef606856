"""Undoes and redoes what a person did: cursor, selection, view, knobs, settings.

Watches state like anybody else. A change becomes an entry only if it was a person's: cursors that follow, views
that glide and what an opened run brings along are noted and nothing more.
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
#: How often a pressed button is looked at: this is how the end of a drag is noticed.
_LOOK_MS = 40


class UndoController(QObject):
    """Keeps the history and answers Undo and Redo.

    Changes of one kind are one entry until the mouse button is released or nothing has changed for `PAUSE_MS`.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools.undo
        self._history = EditHistory()
        #: Where the cursors were before a pane's axes changed, by their codes.
        self._left: Cursors | None = None
        self._aspects = self._made_aspects()
        #: Entry kind -> kinds of changes that come along with it.
        self._along: dict[str, set[str]] = {}
        for aspect in self._aspects.values():
            self._along.setdefault(aspect.kind, set()).update(aspect.brings)
            for kind in aspect.joins:
                self._along.setdefault(kind, set()).add(aspect.kind)
        self._known = {key: aspect.read() for key, aspect in self._aspects.items()}
        #: Aspects that changed, not by hand, since they were noted.
        self._unnoted: set[str] = set()
        self._data = kit.explorer.data
        #: While state is set from here, and while a run or data set is put in place.
        self._replaying = self._settling = False
        self._held = False
        #: Whether a person asked for codes that another controller is about to put under the cursors.
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
        """Have the entries' names in the present language."""
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
                signal.connect(lambda *_, aspect=aspect: self._heard(aspect))
            for signal in aspect.noted:
                signal.connect(lambda *_, key=aspect.key: self._note_soon(key))
            for signal in aspect.voided:
                signal.connect(lambda *_, key=aspect.key: self._forget(key))
            for signal in aspect.asked:
                signal.connect(lambda *_, aspect=aspect: self._codes_asked(aspect))

    # ------------------------------------------------------------ what a person does

    def _heard(self, aspect: Aspect) -> None:
        """Note that this aspect changed, by hand or by the program."""
        if aspect.by_hand():
            self._changed(aspect.key)
        else:
            self._note_soon(aspect.key)

    def _changed(self, *keys: str) -> None:
        """Record which of these aspects have another value now."""
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
        """Record where linked cursors went; those that stayed show by the link what they did, unless it rested."""
        before, after = self._known["cursor"], self._cursors()
        if before.places != after.places or before.rests:
            self._history.record(link.kind, "cursor", before, after, link.title_of)
        self._known["cursor"] = after

    @Slot()
    def _axes_left(self) -> None:
        codes = tuple(None if pane.code is None else pane.code.tobytes() for pane in self._kit.panes)
        self._left = Cursors(tuple(pane.cursor for pane in self._kit.panes), codes, self._kit.explorer.leader)

    def _codes_asked(self, aspect: Aspect) -> None:
        """Note that the cursors are to show a tool's codes, which are recorded once they do."""
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

    # ------------------------------------------------------------ what the program does

    def _note_soon(self, *keys: str) -> None:
        """Note these aspects, or all: a drag moves cursors all the time, and to read all takes a while."""
        self._unnoted.update(keys or self._aspects)
        if not self._resync.isActive():
            self._resync.start()

    @Slot()
    def _note(self) -> None:
        """Take the present values as what the next change begins from."""
        if self._asked_codes:
            self._asked_codes = False
            asked = (aspect.key for aspect in self._aspects.values() if aspect.asked and not aspect.changed)
            self._changed(*asked, "cursor")
        self._settling = False
        unnoted, self._unnoted = self._unnoted, set()
        self._known |= {key: self._aspects[key].read() for key in unnoted}

    @Slot()
    def _models_changed(self) -> None:
        """Forget what belonged to the former models, which cannot be restored."""
        self._settle("always", "data")

    @Slot()
    def _data_changed(self) -> None:
        former, self._data = self._data, self._kit.explorer.data
        if _same(former, self._data):
            self._settle(*SCOPES)  # put in place again: what comes along with it is not a person's change
        else:
            self._settle("always")

    def _forget(self, key: str) -> None:
        """Forget former values of this aspect: they are another session's."""
        self._history.forget(lambda other: other != key)
        self._note_soon()
        self._show()

    def _settle(self, *scopes: str) -> None:
        self._history.forget(lambda key: self._aspects[key].scope in scopes)
        self._settling = True
        self._note_soon()
        self._show()

    # ------------------------------------------------------------ back and forth

    @Slot()
    def undo(self) -> None:
        """Take the last entry back."""
        self._put(self._history.undo())

    @Slot()
    def redo(self) -> None:
        """Do the last undone entry again."""
        self._put(self._history.redo())

    def _put(self, values: dict[str, object]) -> None:
        self._close()
        self._asked_codes = False
        self._replaying = True
        try:
            # The cursor last: its place is in what the others make.
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
