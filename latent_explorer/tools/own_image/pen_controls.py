"""The pen and other actions on the pad: open, paste, undo, clear."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QMenu, QToolButton, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.jump_slider import JumpSlider
from latent_explorer.tools.own_image.draw_pad import DrawPad
from latent_explorer.tools.own_image.state import PEN_WIDTHS, OwnImageState

#: Slider steps for one pixel of pen width.
_STEPS = 10
_DOT = 14
#: Minimum width in px of the pen's slider.
_SLIDER = 30


class PenControls(QWidget):
    """One row; `open` and `paste` are buttons that the panel connects."""

    def __init__(self, own: OwnImageState, pad: DrawPad, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = own
        self._pad = pad
        self.open = self._button("folder", "ownOpen", self.tr("Open an image file (Ctrl+Alt+O)"))
        self.paste = self._button("paste", "ownPaste", self.tr("Paste an image (Ctrl+V)"))
        self.undo = self._button("undo", "ownUndo", self.tr("Take the last stroke back (Ctrl+Alt+U)"))
        self.clear = self._button("clear", "ownClear", self.tr("Clear your image (Ctrl+Alt+W)"))
        self.width_slider = JumpSlider()
        self.width_slider.setObjectName("ownPenWidth")
        self.width_slider.setAccessibleName(self.tr("Width of the pen"))
        self.width_slider.setRange(*(round(_STEPS * width) for width in PEN_WIDTHS))
        self.width_slider.setMinimumWidth(_SLIDER)
        self.colour = QToolButton()
        self.colour.setObjectName("ownPenColour")
        self.colour.setProperty("role", "quiet")
        self.colour.setProperty("shape", "icon")
        self.colour.setIconSize(QSize(16, 16))
        self.colour.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.colour.setAccessibleName(self.tr("Colour of the pen"))
        self.colour.setToolTip(self.tr("Colour of the pen"))
        self.colour.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.colour)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.colour.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.open, self.paste, self.undo, self.clear, self.colour):
            row.addWidget(widget)
        row.addWidget(self.width_slider, 1)
        self.width_slider.valueChanged.connect(lambda place: own.set_pen(place / _STEPS, own.pen_colour))
        self.undo.clicked.connect(pad.undo_stroke)
        self.clear.clicked.connect(own.clear)
        own.pen_changed.connect(self.refresh)
        theme().changed.connect(self.refresh)
        self.refresh()

    @staticmethod
    def _button(icon_name: str, name: str, text: str) -> IconButton:
        button = IconButton(icon_name, text)
        button.setObjectName(name)
        return button

    @Slot()
    def refresh(self) -> None:
        """Update from state."""
        self.width_slider.blockSignals(True)
        self.width_slider.setValue(round(_STEPS * self._own.pen_width))
        self.width_slider.blockSignals(False)
        self.width_slider.setToolTip(
            self.tr("Width of the pen: {0} pixels of the models' images").format(f"{self._own.pen_width:.1f}")
        )
        self.colour.setIcon(_dot(QColor(*self._pad.colour)))
        self.undo.setEnabled(bool(self._own.strokes))
        self.clear.setEnabled(self._own.source is not None)

    @Slot()
    def _fill_menu(self) -> None:
        self._menu.clear()
        names = [(self.tr("White"), "#ffffff"), (self.tr("Grey"), "#808080"), (self.tr("Black"), "#000000")]
        if self._pad.coloured:
            names += [
                (self.tr("Red"), "#d62728"),
                (self.tr("Orange"), "#f0a030"),
                (self.tr("Yellow"), "#f5dc3c"),
                (self.tr("Green"), "#2ca02c"),
                (self.tr("Blue"), "#1f6fd0"),
                (self.tr("Beige"), "#e0ac80"),
                (self.tr("Brown"), "#7a4a21"),
            ]
        for text, value in names:
            colour = QColor(value)
            action = QAction(_dot(colour), text, self._menu)
            action.triggered.connect(lambda _=False, colour=colour: self._choose(colour))
            self._menu.addAction(action)
        if self._pad.coloured:
            other = QAction(self.tr("Other colour…"), self._menu)
            other.triggered.connect(self._ask)
            self._menu.addAction(other)

    def _choose(self, colour: QColor) -> None:
        self._own.set_pen(self._own.pen_width, (colour.red(), colour.green(), colour.blue()))

    @Slot()
    def _ask(self) -> None:
        dialog = QColorDialog(QColor(*self._pad.colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._choose)
        dialog.open()


def _dot(colour: QColor) -> QIcon:
    pixmap = QPixmap(2 * _DOT, 2 * _DOT)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme().tokens.text_2))
        painter.setBrush(colour)
        painter.drawEllipse(2, 2, 2 * _DOT - 4, 2 * _DOT - 4)
    return QIcon(pixmap)
