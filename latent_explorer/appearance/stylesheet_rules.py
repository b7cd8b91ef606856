"""The rules of the style sheet, with $names that `latent_explorer.appearance.stylesheet` substitutes.

A focused control has a border of 2 px instead of 1 and 1 px less padding, so that its content does not move.
"""

SURFACES = """
QMainWindow, QDialog, QMessageBox { background: $window; }
QFrame[role="panel"], QWidget[role="panel"] {
    background: $panel; border: 1px solid $line; border-radius: ${panel_radius}px;
}
QFrame[role="hairline"], QFrame[role="rule"] { background: $line; border: none; }
QFrame[role="notice"] { background: $control; border: 1px solid $edge; border-radius: ${radius}px; }
QToolBar {
    background: $panel; border: none; border-bottom: 1px solid $line; padding: 0px; spacing: 8px;
}
QStatusBar { background: $panel; border-top: 1px solid $line; color: $text_2; }
QStatusBar QStatusBar { border: none; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $text_2; }
QMenuBar { background: $panel; color: $text; padding: 2px 6px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QToolTip {
    background: $panel; color: $text; border: 1px solid $edge; padding: 4px 6px; font-size: ${small_px}px;
}
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; margin: 0; }
QScrollBar:horizontal { height: 10px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $text_3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTabBar { background: transparent; font-size: ${small_px}px; }
QTabBar::tab {
    background: transparent; color: $text_2; padding: 4px 10px; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; }
QLabel[role="refusal"] { color: $danger; font-size: ${small_px}px; }
QLabel[role="large-note"] {
    background: $map_note; color: $text; border: 1px solid $edge; border-radius: ${panel_radius}px;
    font-size: ${large_px}px; font-weight: 600; padding: 12px 32px;
}
QFrame[role="popup"] { background: $panel; border: 1px solid $edge; border-radius: 10px; }
QListWidget#paletteList { background: transparent; border: none; outline: none; }
QTabBar::tab:selected { color: $text; border-bottom-color: $text_2; }
QTabBar[closed="true"]::tab:selected { color: $text_2; border-bottom-color: transparent; }
QTabBar[closed="true"]::tab:selected:hover { color: $text; }
QTabBar#strip-tabs::tab { padding: 8px 8px; font-size: ${text_px}px; }
QTabBar[focused="true"]::tab:selected {
    color: $text; background: $hover; border: 2px solid $focus; border-radius: ${radius}px; padding: 2px 8px;
}
QTabBar#strip-tabs[focused="true"]::tab:selected { padding: 6px 6px 8px 6px; }
QTabBar::tear { image: none; width: 0; }
QFrame[role="map-note"] { background: $map_note; border: none; border-radius: ${radius}px; }
QSplitter::handle { background: transparent; }
"""

TEXTS = """
QLabel { background: transparent; border: none; }
QLabel:disabled { color: $faint; }
QLabel[role="title"] { font-weight: 600; font-size: ${text_px}px; color: $text; }
QLabel[role="caption"] { font-size: ${small_px}px; color: $text_2; }
QLabel[role="field-name"] { color: $text_2; }
QLabel[role="value"] { color: $text; }
QLabel[role="accent0"] { color: $accent0; }
QLabel[role="accent1"] { color: $accent1; }
QLabel[role="app-name"] { font-weight: 700; font-size: 15px; color: $text; }
"""

BUTTONS = """
QPushButton, QToolButton {
    background: $control; color: $text; border: 1px solid $edge; border-radius: ${radius}px; padding: 4px 11px;
    min-height: 20px; outline: none;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:open { background: $pressed; }
QPushButton:checked, QToolButton:checked { background: $pressed; border-color: $text_3; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 3px 10px; }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: transparent; border-color: $line; }
QTabBar::scroller { width: 44px; }
QTabBar QToolButton { background: $window; border: none; padding: 0; min-height: 0; }
QTabBar QToolButton::left-arrow { image: url("$chevron_left"); width: 14px; height: 14px; }
QTabBar QToolButton::right-arrow { image: url("$chevron_right"); width: 14px; height: 14px; }
QToolButton[popupMode="2"] { padding: 4px 24px 4px 11px; }
QToolButton[popupMode="2"]:focus { padding: 3px 23px 3px 10px; }
QToolButton[dense="true"] { padding: 2px 22px 2px 9px; min-height: 18px; font-size: ${small_px}px; }
QToolButton[dense="true"]:focus { padding: 1px 21px 1px 8px; }
QToolButton[dense="true"][shape="icon"] { padding: 2px; }
QToolButton::menu-indicator, QPushButton::menu-indicator {
    image: url("$chevron_down"); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 7px;
}
QToolButton[shape="icon"] { padding: 4px; min-width: 18px; }
QFileDialog QToolButton { padding: 2px; min-width: 18px; }
QFileDialog QToolButton:focus { padding: 1px; }
QToolButton[shape="icon"]:focus { padding: 3px; }
QToolButton[shape="icon"]::menu-indicator { image: none; width: 0; }
QToolButton[role="title"] {
    background: transparent; border-color: transparent; font-weight: 600; font-size: ${text_px}px;
    padding: 2px 20px 2px 5px; min-height: 18px;
}
QToolButton[role="title"]:hover { background: $hover; }
QToolButton[role="title"]:focus { border-color: $focus; padding: 1px 19px 1px 4px; }
QToolButton[role="title"][bare="true"] { padding: 2px 5px; }
QToolButton[role="title"][bare="true"]::menu-indicator { image: none; width: 0; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:pressed, QToolButton[role="quiet"]:pressed { background: $pressed; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border-color: $focus; }
QPushButton[role="chip"], QToolButton[role="chip"] {
    padding: 2px 8px; min-height: 18px; font-size: ${small_px}px;
}
QPushButton[role="chip"]:focus, QToolButton[role="chip"]:focus { padding: 1px 7px; }
QToolButton[role="chip"] { max-height: 18px; min-width: 18px; }
QToolButton[role="chip"]::menu-indicator { image: none; width: 0; }
QPushButton[role="link"] {
    background: transparent; border: 1px solid transparent; color: $accent1; padding: 0 2px; text-align: left;
    text-decoration: underline; font-size: ${small_px}px; min-height: 16px;
}
QPushButton[role="link"]:focus { border: 1px solid $focus; padding: 0 2px; }
QPushButton[role="primary"], QToolButton[role="primary"], QDialog QPushButton:default {
    background: $fill; color: $on_accent; border-color: $fill;
}
QPushButton[role="primary"], QToolButton[role="primary"] { font-weight: 600; }
QPushButton[role="primary"]:hover, QToolButton[role="primary"]:hover, QDialog QPushButton:default:hover {
    background: $fill_hover; border-color: $fill_hover;
}
QPushButton[role="primary"]:focus, QToolButton[role="primary"]:focus, QDialog QPushButton:default:focus {
    border: 2px solid $text;
}
QPushButton[role="primary"]:disabled, QToolButton[role="primary"]:disabled, QDialog QPushButton:default:disabled {
    background: transparent; color: $faint; border-color: $line;
}
QDialogButtonBox QPushButton { padding: 4px 18px; }
QDialogButtonBox QPushButton:focus { padding: 3px 17px; }
QCheckBox, QRadioButton { spacing: 8px; color: $text; background: transparent; padding: 2px; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; padding: 0; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $text_3; border-radius: 4px; background: $control;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $text; }
QCheckBox::indicator:checked { background: $fill; border-color: $fill; image: url("$check"); }
QRadioButton::indicator:checked { background: $fill; border: 4px solid $control; width: 8px; height: 8px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
"""

FIELDS = """
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $control; color: $text; border: 1px solid $edge; border-radius: ${radius}px; padding: 3px 8px;
    min-height: 20px; selection-background-color: $fill; selection-color: $on_accent;
}
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { background: $hover; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $focus; padding: 2px 7px;
}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    color: $faint; background: transparent; border-color: $line;
}
QLineEdit[invalid="true"] { border: 2px solid $danger; padding: 2px 7px; }
QSpinBox, QDoubleSpinBox { min-height: 18px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QAbstractSpinBox QLineEdit:hover {
    border: none; padding: 0; background: transparent; min-height: 0;
}
QLineEdit QToolButton { border: none; padding: 0; background: transparent; min-height: 0; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
    subcontrol-origin: border; width: 18px; border: none; background: transparent; border-radius: 3px;
}
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover,
QDoubleSpinBox::up-button:hover, QDoubleSpinBox::down-button:hover { background: $pressed; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$chevron_up"); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$chevron_down"); width: 10px; height: 10px; }
QComboBox { padding-right: 2px; }
QComboBox:focus { padding-right: 1px; }
QComboBox::drop-down { border: none; width: 20px; subcontrol-position: right center; }
QComboBox::down-arrow { image: url("$chevron_down"); width: 12px; height: 12px; }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {
    background: $panel; color: $text; border: 1px solid $edge; border-radius: 0; padding: 4px; outline: none;
    selection-background-color: $hover; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $hover; color: $text; }
QComboBox QAbstractItemView::item:disabled { color: $faint; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $text_3; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $text; border: none;
}
QSlider::handle:horizontal:focus { border: 2px solid $focus; width: 14px; height: 14px; margin: -7px 0;
    border-radius: 9px; }
QProgressBar {
    background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; text-align: center;
}
QProgressBar::chunk { background: $fill; border-radius: 3px; }
"""

LISTS = """
QMenu { background: $panel; color: $text; border: 1px solid $edge; padding: 5px; }
QMenu::item { padding: 5px 14px 5px 26px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { left: 6px; }
QMenu::separator { height: 1px; background: $line; margin: 5px 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 7px; }
QMenu::indicator:checked { image: url("$tick"); }
QMenu::right-arrow { image: url("$chevron_right"); width: 12px; height: 12px; }
QTableWidget, QTableView, QTreeView, QListView {
    background: $panel; color: $text; border: 1px solid $line; border-radius: ${radius}px; gridline-color: $line;
    selection-background-color: $pressed; selection-color: $text; outline: none;
}
QTableWidget:focus, QTableView:focus, QTreeView:focus, QListView:focus { border: 2px solid $focus; }
QTableView::item { padding: 3px 6px; border: none; }
QHeaderView { background: transparent; }
QHeaderView::section {
    background: $panel; color: $text_2; border: none; border-bottom: 1px solid $line; padding: 5px 9px;
    font-size: ${small_px}px;
}
QTableCornerButton::section { background: $panel; border: none; }
QMessageBox QLabel { min-width: 300px; }
"""

RULES = SURFACES + TEXTS + BUTTONS + FIELDS + LISTS
