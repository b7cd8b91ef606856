"""The dialog with options for importing a folder of images."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFormLayout, QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.number_field import NumberField
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.dialogs.ask_dialog import AskDialog, answer_of
from latent_explorer.dialogs.files import choose_labels
from latent_explorer.dialogs.folder_survey import FolderSurvey, survey_folder
from latent_explorer.dialogs.white_level import white_field
from trainer.config import CONV_SIDES, DataConfig
from trainer.data.labels_file import labels_beside, named_for

_ALL = 0.0
#: Value of the entry that opens a file dialog.
_CHOOSE = "\0choose"


class ImportFolderDialog(AskDialog):
    """Asks for size, colour, fit and a count limit for the images in `folder`, or in its entries `only`.

    `config()` returns the answer.
    """

    def __init__(
        self, folder: str, survey: FolderSurvey, parent: QWidget | None = None, only: tuple[str, ...] = ()
    ) -> None:
        super().__init__("import-folder-dialog", 400, parent)
        self.setWindowTitle(self.tr("Images from a folder"))
        self._folder = folder
        self._only = only
        self._survey = survey
        self.found = PlainLabel("", self)
        self.found.setObjectName("import-found")
        self.found.setWordWrap(True)
        # In Tab order, which is the visual order.
        self.size_ = self._combo("import-size", self.tr("Size"), self._sizes())
        self.colour = self._combo("import-colour", self.tr("Colour", "name of the choice"), self._colours())
        self.fit = self._combo("import-fit", self.tr("Make square by"), self._fits())
        self.labels = self._combo("import-labels", self.tr("Labels"), self._label_choices())
        self.labels.setToolTip(
            self.tr(
                "A CSV table with a column of file names: a column “label” or “class” becomes the classes, "
                "columns of numbers become factors."
            )
        )
        self.labels.activated.connect(self._labels_chosen)
        self.labels.currentIndexChanged.connect(self._show_found)
        self._labels = self.labels.currentIndex()
        self._show_found()
        self.white = white_field(self, self.tr("automatic", "white level"))
        self.white.set_number(_ALL)
        self.count = NumberField(
            self, least=2, most=1_000_000, whole=True, words={self.tr("all"): _ALL}, step=1000, unit=""
        )
        self.count.setObjectName("import-count")
        self.count.setAccessibleName(self.tr("Most images to read"))
        self.count.set_help(self.tr("The most images to read, chosen at random; “all” for every one."))
        self.count.set_number(_ALL)
        self._build()
        buttons = (self.tr("Read images"), "import-read"), (self.tr("Cancel"), "import-cancel")
        read = self.add_buttons(*buttons, fields=(self.white, self.count))
        read.setEnabled(survey.pictures >= 2 or not survey.complete)

    def config(self) -> DataConfig:
        """The chosen configuration."""
        count, white = self.count.number(), self.white.number()
        return DataConfig(
            name="folder",
            path=self._folder,
            only=self._only,
            size=self.size_.currentData(),
            colour=self.colour.currentData(),
            fit=self.fit.currentData(),
            labels=self.labels.currentData() or None,
            count=None if count == _ALL else int(count),
            white=None if white == _ALL else white,
            held_out=None,
        )

    def _build(self) -> None:
        title = PlainLabel(
            self._only[0] if len(self._only) == 1 else Path(self._folder).name or self._folder, self
        )
        title.setProperty("role", "title")
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Size"), self.size_)
        form.addRow(self.tr("Colour", "name of the choice"), self.colour)
        form.addRow(self.tr("Make square by"), self.fit)
        form.addRow(self.tr("Labels"), self.labels)
        form.addRow(self.tr("White level"), self.white)
        form.addRow(self.tr("Most images to read"), self.count)
        self.column.setSpacing(8)
        self.column.addWidget(title)
        self.column.addWidget(self.found)
        self.column.addSpacing(8)
        self.column.addLayout(form)
        self.column.addSpacing(12)
        self.column.addStretch(1)

    def _combo(self, name: str, spoken: str, choices: tuple[tuple[str, object], ...]) -> Combo:
        combo = Combo(tuple((text, value, text) for text, value in choices), self)
        combo.setObjectName(name)
        combo.setAccessibleName(spoken)
        return combo

    def _label_choices(self) -> tuple[tuple[str, object], ...]:
        """The choices of labels; a table beside the images, if there is one, comes first."""
        found = labels_beside(Path(self._folder))
        table = () if found is None else ((Path(found).name, found),)
        return (*table, (self.tr("As the folders are"), ""), (self.tr("From a CSV file…"), _CHOOSE))

    @Slot(int)
    def _labels_chosen(self, place: int) -> None:
        if self.labels.itemData(place) != _CHOOSE:
            self._labels = place
            return
        path = choose_labels(self, self._folder)
        if not path:
            self.labels.setCurrentIndex(self._labels)
            return
        name = named_for(path, Path(self._folder))
        known = self.labels.findData(name)
        if known < 0:
            known = place
            self.labels.insertItem(place, Path(path).name, name)
        self._labels = known
        self.labels.setCurrentIndex(known)

    def _sizes(self) -> tuple[tuple[str, object], ...]:
        sides = tuple((self.tr("{side} × {side} pixels").format(side=side), side) for side in CONV_SIDES)
        return ((self.tr("As the images suggest"), None), *sides)

    def _colours(self) -> tuple[tuple[str, object], ...]:
        return (
            (self.tr("As the images are"), "auto"),
            (self.tr("Grey"), "grey"),
            (self.tr("Colour"), "colour"),
        )

    def _fits(self) -> tuple[tuple[str, object], ...]:
        return (
            (self.tr("Cropping to the centre"), "crop"),
            (self.tr("Padding with black"), "pad"),
            (self.tr("Stretching"), "stretch"),
        )

    @Slot()
    def _show_found(self) -> None:
        """Show what was found, and where its classes come from."""
        chosen = self.labels.currentData()
        if chosen != _CHOOSE:
            self.found.setText(self._found_text(self._survey, Path(chosen).name if chosen else ""))

    def _found_text(self, survey: FolderSurvey, table: str) -> str:
        """`table`: the name of the CSV file of labels that is chosen, or ""."""
        if survey.problem:
            return self.tr("This folder cannot be read ({reason}). Choose another.").format(reason=survey.problem)
        found = self._pictures_text(survey, table)
        if table and survey.pictures >= 2:
            found += " " + self._table_text(survey, table)
        if survey.left_out:
            found += " " + self._left_out_text(survey.left_out)
        return found

    def _left_out_text(self, count: int) -> str:
        if count == 1:
            return self.tr("1 file looks like a picture and will be left out.")
        return self.tr("{count} files look like pictures and will be left out.").format(count=f"{count:,}")

    def _table_text(self, survey: FolderSurvey, table: str) -> str:
        """The use of the CSV file: the reader keeps the folders' classes if it has none."""
        if survey.classes >= 2:
            return self.tr(
                "Classes and factors come from {file}; only if it has no column of classes do the folders become "
                "the classes."
            ).format(file=table)
        return self.tr("Classes and factors come from {file}.").format(file=table)

    def _pictures_text(self, survey: FolderSurvey, table: str) -> str:
        if not survey.complete:
            return self.tr("More than {count} pictures found.").format(count=f"{survey.pictures:,}")
        if survey.pictures == 1:
            return self.tr(
                "One picture found, and at least two are needed. Choose a folder with PNG, JPEG, BMP, GIF, WebP, "
                "TIFF or PGM files."
            )
        if not survey.pictures:
            return self.tr(
                "No pictures found, and at least two are needed. Choose a folder with PNG, JPEG, BMP, GIF, WebP, "
                "TIFF or PGM files."
            )
        if survey.train and survey.held:
            return self.tr(
                "Pictures found: {train} in folders to train on, {held} in folders to test on, which are held out."
            ).format(train=f"{survey.train:,}", held=f"{survey.held:,}")
        if survey.classes >= 2 and table:
            return self.tr("{count} pictures found in {classes} folders.").format(
                count=f"{survey.pictures:,}", classes=survey.classes
            )
        if survey.classes >= 2:
            return self.tr("{count} pictures found in {classes} folders, which become the classes.").format(
                count=f"{survey.pictures:,}", classes=survey.classes
            )
        return self.tr("{count} pictures found, without class folders.").format(count=f"{survey.pictures:,}")


def ask_folder_import(parent: QWidget | None, folder: str, only: tuple[str, ...] = ()) -> DataConfig | None:
    """Ask how to import `folder`, or its entries `only`; None if cancelled."""
    dialog = ImportFolderDialog(folder, survey_folder(folder, only), parent, only)
    return answer_of(dialog, dialog.config)


def ask_import(parent: QWidget | None, path: str, only: tuple[str, ...] = ()) -> DataConfig | None:
    """The data config for a folder (with the dialog) or an array file (without); None if cancelled."""
    if Path(path).is_dir():
        return ask_folder_import(parent, path, only)
    return DataConfig(name="array", path=path, held_out=None)
