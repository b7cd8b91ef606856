"""The title of a pane with the menu of its models: members of the run, kept models, checkpoints."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QSizePolicy

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.controls.menu_heading import add_heading
from latent_explorer.core.models import BUDGET, ModelsState
from latent_explorer.core.pane import PaneState, Source
from latent_explorer.words.figures import count, megabytes
from latent_explorer.words.plain_text import menu_text, shown_text
from latent_explorer.words.trainer_names import shown_name
from latent_explorer.words.trainer_sentences import says_step

#: Width of the button besides its text, and minimum width of a name, in px.
_BESIDE, _LEAST = 30, 40
#: The same without an arrow.
_BESIDE_BARE = 12


class ModelChooser(MenuButton):
    """The model's name with an arrow: in full if it fits, else short; the menu shows the full name.

    `choose` opens the menu; `keep` and `open` are its actions. Other menus may include all three.
    """

    def __init__(self, pane: PaneState, models: ModelsState) -> None:
        super().__init__()
        self._pane = pane
        self._models = models
        self.setObjectName(f"modelChooser{pane.index}")
        self.setProperty("role", "title")
        font = self.font()
        font.setPixelSize(theme().text_px)
        font.setBold(True)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_name(self.tr("Model in the left pane") if pane.index == 0 else self.tr("Model in the right pane"))
        self._title = self._short = ""
        self._room = 10_000
        self._make_actions()
        for signal in (pane.model_changed, pane.names_changed, pane.codes_changed, models.changed):
            signal.connect(self.refresh)
        self.refresh()

    def _make_actions(self) -> None:
        index, models = self._pane.index, self._models
        left = index == 0
        self.choose = QAction(self.tr("Choose the &model…"), self)
        self.choose.setObjectName(f"choose-model{index}")
        self.choose.setShortcut(QKeySequence("Ctrl+Alt+1" if left else "Ctrl+Alt+2"))
        self.choose.triggered.connect(self.open_menu)
        self.keep = QAction(self.tr("&Keep for comparison"), self)
        self.keep.setObjectName(f"keep-model{index}")
        self.keep.setToolTip(
            self.tr("Freeze this model as its map shows it, to stand beside the run and the next one")
        )
        self.keep.triggered.connect(lambda: models.keep_requested.emit(index))
        self.open = QAction(self.tr("&Open a checkpoint in this pane…"), self)
        self.open.setObjectName(f"open-in-pane{index}")
        self.open.triggered.connect(lambda: models.place_wanted.emit(index))

    @property
    def actions_offered(self) -> tuple[QAction, ...]:
        """Actions for other menus."""
        return self.choose, self.keep, self.open

    @Slot()
    def refresh(self) -> None:
        """Show the present model."""
        model = self._pane.model
        none = self.tr("No model yet")
        self._title, self._short = (none, none) if model is None else (model.title, model.short)
        self.keep.setEnabled(self._pane.codes is not None and self._pane.frozen is None)
        self._show_title()

    def set_bare(self, bare: bool) -> None:
        """Set whether it is only a title without arrow; its key still opens the menu."""
        self.setProperty("bare", bare)
        self.style().unpolish(self)
        self.style().polish(self)

    def set_room(self, room: int) -> None:
        """Set the available width in px."""
        self._room = room
        self._show_title()

    def _show_title(self) -> None:
        text = self._title if self._wide(self._title) <= self._room else self._short
        if self._wide(text) > self._room:
            most = max(self._room - _BESIDE, _LEAST)
            # Models of one family differ at the end of their names: β, latent size, step.
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, most)
        if self.text() != menu_text(text):
            self.setText(menu_text(text))
            self.updateGeometry()
        self.setAccessibleName(f"{self._name}: {self._title}")
        self.setToolTip(f"{self._title}\n{self._name}")

    def _wide(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + (_BESIDE_BARE if self.property("bare") else _BESIDE)

    def sizeHint(self) -> QSize:
        return QSize(self._wide(shown_text(self.text())), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        # Independent of the shown name: a pane's minimum width must not depend on its width.
        return QSize(_LEAST + _BESIDE, super().minimumSizeHint().height())

    def fill_menu(self, menu: QMenu) -> None:
        models = self._models
        choices = QActionGroup(menu)
        for member in range(len(models.members)):
            self._add_choice(menu, choices, member)
        if models.kept:
            add_heading(
                menu,
                self.tr("Kept for comparison: {size} of {most}").format(
                    size=megabytes(models.size), most=megabytes(BUDGET)
                ),
            )
            for source in models.sources:
                if isinstance(source, str):
                    self._add_choice(menu, choices, source)
            drop = QMenu(self.tr("&Drop a kept model"), menu)
            drop.setObjectName("drop-kept")
            menu.addMenu(drop)
            # Including those on other data, which also take memory.
            for name in models.kept:
                action = drop.addAction(menu_text(self._text(name)))
                action.triggered.connect(lambda _=False, name=name: models.drop_requested.emit(name))
        menu.addSeparator()
        menu.addAction(self.keep)
        menu.addAction(self.open)
        path, fingerprint = models.bundled
        if path and fingerprint == models.fingerprint:
            bundled = menu.addAction(self.tr("One of the &bundled pair…"))
            bundled.setObjectName("open-bundled-model")
            bundled.triggered.connect(lambda: models.open_requested.emit(self._pane.index, path))

    def _add_choice(self, menu: QMenu, group: QActionGroup, source: Source) -> None:
        action = QAction(menu_text(self._text(source)), menu, checkable=True, checked=source == self._pane.source)
        action.setToolTip(self._models.model(source).config.summary)
        action.setData(source)
        action.triggered.connect(lambda: self._pane.choose(source))
        group.addAction(action)
        menu.addAction(action)

    def _text(self, source: Source) -> str:
        """A model's name; for a kept one with its step, origin, and its data if others are shown."""
        models = self._models
        if isinstance(source, int):
            return models.names[source][1]
        kept = models.kept[source].kept
        name = models.names[source][1] if models.has(source) else models.kept[source].model.title
        data = "" if models.has(source) else shown_name(kept.data.title)
        step = self.tr("kept at step {step}").format(step=count(kept.step))
        if says_step(name, kept.step):
            step = ""
        return " · ".join(part for part in (name, step, kept.origin, data) if part)
