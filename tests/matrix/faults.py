"""What is wrong with a window as it is laid out now: widgets that are cut, that overlap, or out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QTabBar,
    QToolButton,
    QWidget,
)

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.panes.elided_label import ElidedLabel

#: What lies over another widget on purpose: (the one above, the one below), by object name.
_OVER = {("get-data", "originalImage")}
#: Names of what Qt itself makes inside of a widget, or is laid over its neighbours on purpose.
_INNER = ("qt_", "ScrollLeftButton", "ScrollRightButton")
#: A text may be that much wider than its label in px: side bearings.
_SLACK = 1


def faults(window: QMainWindow) -> list[str]:
    """One line for each fault, with the widget's name; empty if all is well."""
    found: list[str] = []
    shown = [widget for widget in window.findChildren(QWidget) if _is_shown(widget, window)]
    for widget in shown:
        found += [f"{_name(widget)}: {what}" for what in _cut(widget)]
    for parent in {widget.parentWidget() for widget in shown}:
        found += _overlaps(parent, [widget for widget in shown if widget.parentWidget() is parent])
    return sorted(set(found))


def _is_shown(widget: QWidget, window: QWidget) -> bool:
    """On the window's own surface, with a size; what Qt makes inside of a widget is Qt's affair."""
    if not widget.isVisible() or widget.window() is not window:
        return False
    up: QWidget | None = widget
    while up is not None and up is not window:
        if up.size().isEmpty():
            return False  # put away with all that is in it
        up = up.parentWidget()
    return not widget.objectName().startswith(_INNER) or widget.objectName() == "qt_scrollarea_viewport"


def _name(widget: QWidget) -> str:
    """The names on the way to a widget that has none."""
    names: list[str] = []
    up: QWidget | None = widget
    while up is not None and len(names) < 3:
        if up.objectName() and not up.objectName().startswith("qt_"):
            names.append(up.objectName())
            if up is widget:
                break
        elif up is widget:
            text = up.text()[:24] if isinstance(up, QLabel | QAbstractButton) else ""
            names.append(f"{type(up).__name__} {text}".strip())
        up = up.parentWidget()
    return " in ".join(names[:2])


# ---------------------------------------------------------------- cut


def _cut(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None or isinstance(widget, QSplitterHandle | QScrollBar):
        return
    area = _scroll_area_of(widget)
    if area is not None:
        yield from _cut_in_area(widget, area)
    elif not parent.rect().contains(widget.geometry()):
        yield f"{_text(widget.geometry())} leaves {_name(parent)} of {_size(parent.size())}"
    if not isinstance(widget, QAbstractScrollArea | QTabBar):
        least = _least(widget)
        if widget.width() < least.width() or widget.height() < least.height():
            yield f"is {_size(widget.size())} and needs {_size(least)}"
    yield from _cut_text(widget)


def _scroll_area_of(widget: QWidget) -> QAbstractScrollArea | None:
    """The area that scrolls `widget`, its content."""
    viewport = widget.parentWidget()
    area = None if viewport is None else viewport.parentWidget()
    inside = isinstance(area, QAbstractScrollArea) and area.viewport() is viewport
    return area if inside and isinstance(area, QAbstractScrollArea) else None


def _cut_in_area(widget: QWidget, area: QAbstractScrollArea) -> Iterator[str]:
    """Content may be larger than its area where the user can scroll to the rest."""
    if not isinstance(area, QScrollArea):
        return
    room = area.viewport().size()
    for what, larger, bar, policy in (
        ("wide", widget.width() > room.width(), area.horizontalScrollBar(), area.horizontalScrollBarPolicy()),
        ("high", widget.height() > room.height(), area.verticalScrollBar(), area.verticalScrollBarPolicy()),
    ):
        hidden = policy == Qt.ScrollBarPolicy.ScrollBarAlwaysOff or not bar.isVisible()
        if larger and hidden:
            yield f"{_size(widget.size())} is too {what} for {_name(area)} of {_size(room)}, which does not scroll"


def _least(widget: QWidget) -> QSize:
    """As small as it may be: its own word, unless someone set another size."""
    if isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox):
        return QSize(0, 0)  # its own field
    hint, most = widget.minimumSizeHint(), widget.maximumSize()
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        # The hint is of the least width, at which words take more lines.
        hint.setHeight(min(hint.height(), layout.minimumHeightForWidth(widget.width())))
    policy = widget.sizePolicy()
    ignored = policy.Policy.Ignored
    width = 0 if policy.horizontalPolicy() == ignored else hint.width()
    height = 0 if policy.verticalPolicy() == ignored else hint.height()
    least = widget.minimumSize()
    return QSize(
        min(least.width() or width, most.width()),
        min(least.height() or height, most.height()),
    )


def _cut_text(widget: QWidget) -> Iterator[str]:
    """Text that does not fit, and of which no tool tip says the whole."""
    if isinstance(widget, ElidedLabel):
        if widget.shown_text() != widget.text() and not widget.toolTip():
            yield f"shows {widget.shown_text()!r} of {widget.text()!r}, and no tool tip says it whole"
    elif isinstance(widget, QLabel):
        yield from _cut_label(widget)
    elif isinstance(widget, QPushButton | QToolButton):
        text = widget.text()
        if "…" in text and not text.endswith("…") and not widget.toolTip():
            yield f"shows {text!r}, and no tool tip says it whole"
        if isinstance(widget, QPushButton) and text and widget.width() < _push_width(widget):
            yield f"is {widget.width()} px wide, its text {text!r} needs {_push_width(widget)}"
    elif isinstance(widget, QComboBox):
        room = widget.width() - 30
        if widget.fontMetrics().horizontalAdvance(widget.currentText()) > room and not widget.toolTip():
            yield f"shows a part of {widget.currentText()!r}, and no tool tip says it whole"
    elif isinstance(widget, QLineEdit) and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox):
        text = widget.placeholderText()
        if not widget.text() and widget.fontMetrics().horizontalAdvance(text) > widget.width() - 8:
            yield f"has no room for {text!r}"


def _push_width(button: QPushButton) -> int:
    """Width in px of icon and text, without the style's margins."""
    icon = 0 if button.icon().isNull() else button.iconSize().width() + 4
    return icon + button.fontMetrics().horizontalAdvance(button.text().replace("&&", "\0").replace("&", ""))


def _cut_label(label: QLabel) -> Iterator[str]:
    if not label.text() or (label.pixmap() is not None and not label.pixmap().isNull()):
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height():
            yield f"{label.text()[:40]!r} needs {needed} px of height and has {label.height()}"
        return
    needed = label.sizeHint().width()
    if needed > label.width() + _SLACK and not (isinstance(label, PlainLabel) and label.toolTip()):
        yield f"{label.text()[:40]!r} needs {needed} px of width and has {label.width()}"


# ---------------------------------------------------------------- one over the other


def _overlaps(parent: QWidget | None, children: list[QWidget]) -> Iterator[str]:
    for first, second in combinations(children, 2):
        both = first.geometry().intersected(second.geometry())
        if both.isEmpty() or _may_overlap(first, second) or _may_overlap(second, first):
            continue
        where = _name(parent) if parent else "the window"
        yield f"{_name(first)} and {_name(second)} share {_text(both)} of {where}"


def _may_overlap(above: QWidget, below: QWidget) -> bool:
    if (above.objectName(), below.objectName()) in _OVER:
        return True
    passes = above.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return passes or isinstance(above, QSplitterHandle) or isinstance(above.parentWidget(), QAbstractScrollArea)


# ---------------------------------------------------------------- out of reach


def out_of_reach(window: QMainWindow, control: QWidget) -> str:
    """Why the user cannot get at a control; "" if it is in sight or can be scrolled into it."""
    if not control.isVisible():
        return "is not shown"
    area, widget = QRect(QPoint(0, 0), control.size()), control
    while widget is not window:
        parent = widget.parentWidget()
        if parent is None:
            return "is in no window"
        scrolls = _scroll_area_of(widget)
        area.translate(widget.pos())
        if scrolls is not None:
            # Wherever it is in the content, it can be brought to the area's edge.
            area.moveTopLeft(QPoint(0, 0))
            area = area.intersected(parent.rect())
        elif not parent.rect().intersects(area):
            return f"is outside of {_name(parent)}"
        widget = parent
    return ""


def _text(rect: QRect) -> str:
    return f"{rect.width()} x {rect.height()} at {rect.x()}, {rect.y()}"


def _size(size: QSize) -> str:
    return f"{size.width()} x {size.height()}"
