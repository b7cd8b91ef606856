"""The non-modal bar for messages of the program; the only listener of `Notifications`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.notifications import Notification, Notifications
from latent_explorer.status.level_icon import LevelIcon
from latent_explorer.words.plain_text import menu_text

_INFO_MS = 6_000


class MessageBar(QFrame):
    """Shows the newest message and counts the others. Hidden without messages.

    Errors, warnings, questions and messages with details stay until they are closed or outdated; others disappear
    after 6 s. While the pointer or the focus is in the bar, the shown message stays. Messages that differ only in
    their numbers are merged. Esc closes the message. The bar never takes the focus by itself.
    """

    def __init__(self, notifications: Notifications, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notifications = notifications
        #: Messages, newest last.
        self.messages: list[Notification] = []
        #: While set, messages of mere success are left out.
        self.quiet = False
        self._shown: Notification | None = None
        self.setObjectName("messageBar")
        self.setProperty("role", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.icon = LevelIcon()
        self.sentence = PlainLabel()
        self.sentence.setObjectName("messageSentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.others = PlainLabel()
        self.others.setObjectName("messageOthers")
        self.others.setProperty("role", "caption")
        self.details = QPlainTextEdit()
        self.details.setObjectName("messageDetailsText")
        self.details.setAccessibleName(self.tr("Details of the message"))
        self.details.setReadOnly(True)
        self.details.setFixedHeight(140)
        self.details.hide()
        self.more = self._button("messageDetails", self.tr("Details"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self.details.setVisible)
        self.copy = self._button("messageCopy", self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the message and its details"))
        self.copy.clicked.connect(self._copy)
        self.close_all = self._button("messageCloseAll", self.tr("Close all"))
        self.close_all.clicked.connect(self.dismiss_all)
        self.close_button = self._button("messageClose", "✕")
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.setToolTip(self.tr("Close (Esc)"))
        self.close_button.clicked.connect(self.dismiss)
        self._actions: list[QPushButton] = []
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_INFO_MS)
        self._timer.timeout.connect(self._expire)
        theme().changed.connect(self.icon.update)
        self.hide()
        notifications.shown.connect(self.show_message)
        notifications.outdated.connect(self.drop)
        notifications.listen()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("role", "quiet")
        return button

    def _build(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.icon)
        self._row.addWidget(self.sentence, 1)
        for widget in (self.others, self.more, self.copy, self.close_all, self.close_button):
            self._row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 6, 5)
        column.setSpacing(6)
        column.addLayout(self._row)
        column.addWidget(self.details)

    @property
    def current(self) -> Notification | None:
        """The shown message."""
        return self._shown

    @Slot(object)
    def show_message(self, message: Notification) -> None:
        """Show `message`, replacing an older one of its kind."""
        if self.quiet and message.level == "info" and not message.actions:
            return
        alike = next((old for old in self.messages if old.kind == message.kind), None)
        if alike is not None:
            self.messages.remove(alike)
            others = (alike.sentence, *alike.earlier)
            earlier = tuple(dict.fromkeys(sentence for sentence in others if sentence != message.sentence))
            message = replace(message, times=alike.times + 1, earlier=earlier)
        # A new message replaces messages of success, but not questions or messages about the data.
        kept = self._shown if self._busy() and self._shown is not alike else None
        self.messages = [old for old in self.messages if not _passing(old) or old.about or old is kept]
        self.messages.append(message)
        self._refresh(kept)

    def resume(self, messages: Sequence[Notification]) -> None:
        """Show the messages of another bar, newest last."""
        self.messages = list(messages)
        self._refresh()

    @Slot()
    def dismiss(self) -> None:
        """Close the shown message; the newest of the others is shown next."""
        if self._shown in self.messages:
            self.messages.remove(self._shown)
        self._notifications.forget()
        self._refresh()

    @Slot()
    def dismiss_all(self) -> None:
        """Close all messages."""
        self.messages.clear()
        self._notifications.forget()
        self._refresh()

    @Slot(str)
    def drop(self, about: str) -> None:
        """Remove messages that are outdated."""
        left = [message for message in self.messages if message.about != about]
        if len(left) < len(self.messages):
            self.messages = left
            self._refresh(self._shown if self._shown in left else None)

    def _busy(self) -> bool:
        """Whether the pointer or the focus is in the bar."""
        focus = QApplication.focusWidget()
        return self.isVisible() and (self.underMouse() or (focus is not None and self.isAncestorOf(focus)))

    @Slot()
    def _expire(self) -> None:
        if self._busy():
            self._timer.start()
        else:
            self.dismiss()

    def _refresh(self, kept: Notification | None = None) -> None:
        """Show `kept`, or else the newest message."""
        self._timer.stop()
        self.setVisible(bool(self.messages))
        self._shown = kept if kept is not None else self.messages[-1] if self.messages else None
        if self._shown is None:
            return
        message = self._shown
        self.icon.level = message.level
        self.icon.update()
        sentence = message.sentence
        if message.earlier:
            sentence = self.tr("{0} (the last of {1} alike)").format(sentence, message.times)
        elif message.times > 1:
            sentence = self.tr("{0} ({1} times)").format(sentence, message.times)
        self.sentence.setText(sentence)
        levels = {"info": self.tr("Message"), "warning": self.tr("Warning"), "error": self.tr("Error")}
        self.setAccessibleName(f"{levels.get(message.level, levels['error'])}: {sentence}")
        others = len(self.messages) - 1
        self.others.setText(self.tr("{0} more").format(others) if others else "")
        self.others.setVisible(bool(others))
        self.close_all.setVisible(bool(others))
        if kept is None:
            self.more.setChecked(False)
        details = _details(message)
        self.more.setVisible(bool(details))
        self.details.setPlainText(details)
        if kept is None:
            self._show_actions(message)
        self._count_down()

    def _count_down(self) -> None:
        """Start the timer of a message that disappears automatically."""
        if self._shown is not None and _passing(self._shown):
            self._timer.start()

    def _show_actions(self, message: Notification) -> None:
        for button in self._actions:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._actions = []
        for place, (label, key) in enumerate(message.actions):
            button = QPushButton(menu_text(label))
            button.setObjectName(f"messageAction{place}")
            button.setAccessibleName(label)
            button.clicked.connect(lambda _=False, key=key: self._choose(key))
            self._row.insertWidget(2 + place, button)
            self._actions.append(button)

    def _choose(self, key: str) -> None:
        self.dismiss()
        self._notifications.action_chosen.emit(key)

    @Slot()
    def _copy(self) -> None:
        if self._shown is None:
            return
        details = _details(self._shown)
        text = f"{self._shown.sentence}\n\n{details}" if details else self._shown.sentence
        QGuiApplication.clipboard().setText(text)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._count_down()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


def _passing(message: Notification) -> bool:
    """Whether it only reports success, without buttons or details."""
    return message.level == "info" and not message.actions and not message.details


def _details(message: Notification) -> str:
    """The details of a message, and earlier messages of its kind."""
    return "\n\n".join(filter(None, (message.details, "\n".join(message.earlier))))
