"""Messages to the user, from any code, in one line: `notifications.error("...", details)`.

Messages sent before a view listens are queued; consecutive equal ones are merged.
Thread-safe: the signal is delivered in the thread of the listener.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal, Slot

from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.sentences import Sentence
from trainer.storage.names import as_text

log = logging.getLogger("latent_explorer")

#: Numbers, which may differ between two messages of one kind.
_FIGURES = re.compile(r"\d[\d.,\s]*")


@dataclass(frozen=True, slots=True)
class Notification:
    """One message. `level` is "info", "warning" or "error"; `details` may hold a traceback as text.

    `actions` are (label, key) pairs shown as buttons; a click emits `action_chosen(key)`. `times` counts merges.
    `about` is "data", "run" or "service" if the message becomes outdated when these are replaced or work again.
    `earlier` are sentences of the same kind that this one follows, the newest first.
    """

    level: str
    sentence: str
    details: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    times: int = 1
    about: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """A key that is equal for messages that differ only in their numbers."""
        return f"{self.level} {_FIGURES.sub('#', self.sentence)}"


class Notifications(QObject):
    """Delivers messages from any code to the view that shows them.

    Signals:
        shown(object): a `Notification` to show; with `times` > 1 it replaces the last one.
        action_chosen(str): the user pressed the button with this key.
        outdated(str): messages about this are outdated; see `Notification.about`.
    """

    shown = Signal(object)
    action_chosen = Signal(str)
    outdated = Signal(str)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last: Notification | None = None
        self._early: list[Notification] = []
        self._listening = False
        self._posted.connect(self._deliver, Qt.ConnectionType.AutoConnection)

    def post(
        self,
        level: str,
        sentence: Sentence | str,
        details: str = "",
        actions: tuple[tuple[str, str], ...] = (),
        about: str = "",
    ) -> None:
        """Show `sentence` (sentences of the trainer are translated); from any thread. about: see
        `Notification`.
        """
        log.log(
            {"info": logging.INFO, "warning": logging.WARNING}.get(level, logging.ERROR),
            "%s%s",
            sentence,
            f"\n{details}" if details else "",
        )
        # File names may contain invalid Unicode, at which Qt would truncate the text.
        shown = as_text(shown_sentence(sentence))
        self._posted.emit(Notification(level, shown, as_text(details), actions, about=about))

    def listen(self) -> None:
        """Called by the view when it is ready: deliver queued messages, and new ones immediately from now on."""
        self._listening = True
        for notification in self._early:
            self.shown.emit(notification)
        self._early.clear()

    def forget(self) -> None:
        """Called when the last message was closed: an equal one is shown again."""
        self._last = None

    def outdate(self, about: str) -> None:
        """Data or run were replaced: messages about the previous ones are outdated."""
        self._early = [one for one in self._early if one.about != about]
        self._last = None
        self.outdated.emit(about)

    @Slot(object)
    def _deliver(self, notification: Notification) -> None:
        last = self._last
        if last is not None and replace(notification, times=last.times) == last:
            notification = replace(notification, times=last.times + 1)
        self._last = notification
        if self._listening:
            self.shown.emit(notification)
        elif notification.times > 1 and self._early:
            self._early[-1] = notification
        else:
            self._early.append(notification)
