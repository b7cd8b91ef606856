"""The export dialog: what to save, in which format and size, and where."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.export import Export
from latent_explorer.core.exports import SCALES, ExportsState
from latent_explorer.curves.segments import Segments
from latent_explorer.dialogs.ask_dialog import column_of
from latent_explorer.dialogs.files import choose_export_file
from latent_explorer.export.made_for_export import MadeForExport
from latent_explorer.export.preview import Preview

#: Maximum scale of an animation.
_LARGEST_ANIMATION = 2


class Desk(Protocol):
    """The interface of `ExportDesk` that the dialog uses."""

    fresh: MadeForExport
    exports: dict[str, Export]

    def reason(self, what: str) -> str: ...
    def preview(self, what: str) -> QImage: ...
    def name(self, what: str, suffix: str) -> str: ...
    def save(self, what: str, kind: str, scale: int, path: str) -> None: ...


class ExportDialog(QDialog):
    """Choices on the left, preview on the right."""

    def __init__(self, desk: Desk, state: ExportsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export"))
        self._desk, self._state = desk, state
        self._image = QImage()
        self.what = Combo(tuple((one.title, one.key, one.tip) for one in desk.exports.values()), self)
        self.what.setObjectName("export-what")
        self.what.setAccessibleName(self.tr("What to save"))
        self.formats = {
            formats: Segments(self.tr("File format"), [(name, name.upper()) for name in formats], self)
            for formats in dict.fromkeys(one.formats for one in desk.exports.values())
        }
        self.scale = Segments(self.tr("Scale"), [(str(scale), f"{scale}×") for scale in SCALES], self)
        self.scale.setObjectName("export-scale")
        styles = [("window", self.tr("As in the window")), ("paper", self.tr("Paper"))]
        self.style_ = Segments(self.tr("Style"), styles, self)
        self.style_.setObjectName("export-style")
        self.style_.buttons["paper"].setToolTip(
            self.tr("Light colours on a white ground, whatever the window looks like")
        )
        self.style_.choose("paper" if state.paper else "window")
        self.preview = Preview(self)
        self.size_ = PlainLabel(self)
        self.size_.setObjectName("export-size")
        self.remark = PlainLabel(self)
        self.remark.setObjectName("export-remark")
        self.remark.setProperty("role", "caption")
        for label in (self.size_, self.remark):
            label.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        self._build()
        self.what.currentIndexChanged.connect(self._what_changed)
        for segments in (*self.formats.values(), self.scale):
            segments.chosen.connect(self._show_size)
        self.style_.chosen.connect(self._style_changed)
        desk.fresh.made.connect(self._what_changed)
        self.finished.connect(lambda _: desk.fresh.release())
        self._what_changed()

    def _build(self) -> None:
        save = self.buttons.addButton(self.tr("Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("export-save")
        save.setDefault(True)
        self.save = save
        cancel = self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("export-cancel")
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("What"), self.what)
        kinds = QWidget(self)
        row = QHBoxLayout(kinds)
        row.setContentsMargins(0, 0, 0, 0)
        for segments in self.formats.values():
            row.addWidget(segments)
        row.addStretch(1)
        form.addRow(self.tr("Format"), kinds)
        self._scale_name = PlainLabel(self.tr("Scale"), self)
        scales = QWidget(self)
        row = QHBoxLayout(scales)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.scale)
        row.addStretch(1)
        form.addRow(self._scale_name, scales)
        self._style_name = PlainLabel(self.tr("Style"), self)
        styles = QWidget(self)
        row = QHBoxLayout(styles)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.style_)
        row.addStretch(1)
        form.addRow(self._style_name, styles)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addLayout(form)
        left.addWidget(self.size_)
        left.addWidget(self.remark)
        left.addStretch(1)
        upper = QHBoxLayout()
        upper.setSpacing(20)
        upper.addLayout(left, 2)
        upper.addWidget(self.preview, 3)
        column = column_of(self)
        column.setSpacing(16)
        column.addLayout(upper, 1)
        column.addWidget(self.buttons)
        self.resize(820, 440)

    # ------------------------------------------------------------ choosing

    @property
    def chosen(self) -> Export:
        """The chosen export."""
        return self._desk.exports[str(self.what.currentData())]

    @property
    def kind(self) -> str:
        """The file format."""
        return self.formats[self.chosen.formats].key

    def choose(self, what: str) -> None:
        """Show this choice."""
        self.what.choose(what if what in self._desk.exports else "panes")

    @Slot()
    def _what_changed(self) -> None:
        export = self.chosen
        self._desk.fresh.want(export)
        for formats, segments in self.formats.items():
            segments.setVisible(formats == export.formats)
        for widget in (self.scale, self._scale_name, self.style_, self._style_name):
            widget.setVisible(not export.table)
        for scale in SCALES:
            self.scale.buttons[str(scale)].setEnabled(not export.animated or scale <= _LARGEST_ANIMATION)
        if export.animated and int(self.scale.key) > _LARGEST_ANIMATION:
            self.scale.choose(str(_LARGEST_ANIMATION))
        for segments in self.formats.values():
            video = segments.buttons.get("mp4")
            if video is not None:
                video.setEnabled(not self._state.no_video)
                video.setToolTip(self._state.no_video)
        self._image = self._desk.preview(export.key)
        self.preview.show_image(self._image)
        about = "" if self._desk.reason(export.key) else export.about
        self.preview.show_text(about if self._image.isNull() else "")
        self._show_size()

    @Slot(str)
    def _style_changed(self, key: str) -> None:
        self._state.paper = key == "paper"
        self._what_changed()

    @Slot()
    def _show_size(self) -> None:
        export = self.chosen
        reason = self._desk.reason(export.key)
        self.save.setEnabled(not reason and (export.table or not self._image.isNull()))
        self.size_.setText(reason or self._size_text(export))
        remark = self.tr("The settings that made it are written into the file.")
        if self.kind == "svg":
            remark = (
                self.tr("Points are one picture; axes, marks and text stay lines and letters.") + "\n" + remark
            )
        if export.animated and self._state.no_video:
            remark = self._state.no_video + "\n" + remark
        self.remark.setText(remark)

    def _size_text(self, export: Export) -> str:
        if export.table:
            rows, columns = export.amount()
            if rows == 1:
                return self.tr("1 row, {columns} columns").format(columns=f"{columns:,}")
            return self.tr("{rows} rows, {columns} columns").format(rows=f"{rows:,}", columns=f"{columns:,}")
        if self._image.isNull():
            return ""
        scale = int(self.scale.key)
        width, height = f"{self._image.width() * scale:,}", f"{self._image.height() * scale:,}"
        pixels = self.tr("{width} × {height} pixels").format(width=width, height=height)
        if not export.animated:
            return pixels
        frames, speed = export.pace()
        times = self.tr("{frames} frames, {seconds} s").format(frames=frames, seconds=f"{frames / speed:.1f}")
        return f"{pixels}, {times}"

    @Slot()
    def _accept(self) -> None:
        what, kind = self.chosen.key, self.kind
        path = choose_export_file(self, self._desk.name(what, kind), kind)
        if path:
            self.accept()
            self._desk.save(what, kind, int(self.scale.key), path)
