"""State shared by all panes: data, colours, links of cursors, appearance."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from latent_explorer.core.decoded_as import DecodedAs
from latent_explorer.core.losses import LossesState, parts_of
from latent_explorer.core.selection import SelectionState
from latent_explorer.words.trainer_names import shown_name
from trainer.config import DataConfig
from trainer.data.images import DataInfo

LINKS = ("image", "decode", "off")
APPEARANCES = ("system", "light", "dark")
LANGUAGES = ("system", "en", "zh_CN")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """The data set for the window.

    Attributes:
        title: display name.
        config: the configuration it was loaded from.
        count: rows.
        train_count: rows used for training.
        shape: (C, H, W).
        images: uint8 (N, C, H, W), read-only and usually memory-mapped; None when only codes are available.
        labels: int64 (N,), -1 unknown; None without classes.
        label_names: in label order.
        factors: float32 (N, F) or None.
        factor_names: one per column.
        skipped: (path, reason) of files left out.
        remarks: what was guessed about the data and what was left out, one sentence each.
        source_rows: int64 (N,), the number of each row in its source; None if rows have the same order there.
        files: the file of each row; () for data that are not files.
    """

    title: str
    config: DataConfig
    count: int
    train_count: int
    shape: tuple[int, int, int]
    images: np.ndarray | None = field(default=None, repr=False)
    labels: np.ndarray | None = field(default=None, repr=False)
    label_names: tuple[str, ...] = ()
    factors: np.ndarray | None = field(default=None, repr=False)
    factor_names: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    fingerprint: str = ""
    remarks: tuple[str, ...] = ()
    source_rows: np.ndarray | None = field(default=None, repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)

    def picture(self, row: int) -> np.ndarray | None:
        """Row's original as uint8 (H, W, C), or None when the images are missing."""
        if self.images is None:
            return None
        return np.ascontiguousarray(self.images[row].transpose(1, 2, 0))

    def places(self, rows: np.ndarray) -> np.ndarray:
        """int64: the numbers of the rows `rows` in the source, by which the user identifies them."""
        return rows if self.source_rows is None else self.source_rows[rows]

    def place(self, row: int) -> int:
        """The number of row `row` in the source."""
        return row if self.source_rows is None else int(self.source_rows[row])

    def file(self, row: int) -> str:
        """The file of row `row`, or ""."""
        return self.files[row] if self.files else ""

    def factor_title(self, name: str) -> str:
        """A factor's display name; unchanged if it comes from the user's file."""
        return name if self.config.name in ("array", "folder") else shown_name(name)

    def label(self, row: int) -> str:
        """Row's class name, or ""."""
        if self.labels is None or self.labels[row] < 0:
            return ""
        return self.label_names[int(self.labels[row])]


@dataclass(frozen=True, slots=True)
class LastSession:
    """The session that was open last. step: None if it may have changed. day: when it was written."""

    path: str
    step: int | None
    day: date


class ExplorerState(QObject):
    """Shared state. Setting an equal value emits nothing.

    Signals:
        data_left: `data` is about to be replaced; it is still the previous data set.
        data_changed: `data` is another data set.
        link_changed: `link` changed.
        colour_changed: `colour_by` or `greyed` changed.
        appearance_changed: `appearance` changed.
        language_changed: `language` changed.
        picked_changed: `picked` changed.
        hovered_changed: `hovered` changed.
        leader_changed: `leader` changed.
        open_requested(str): the user requests to open this checkpoint or session.
        putting_back: changes from here to the next turn of the event loop are restored from a session.
        opening: something is about to be opened; earlier requests are cancelled.
        save_requested(str): the user requests to save to this folder; "" asks for it, or uses the last one.
        data_requested(object, bool): the user requests the data of this `DataConfig`; download them if True.
        images_wanted: the user requests to download the images of the present data; nothing else changes.
        available_changed: `available` was listed again.
        place_wanted: a save needs a folder; a view asks for one and answers by `save_requested`.
        import_wanted(str, object): a folder or array file was chosen or dropped, or of a folder only the entries
            with these names (a tuple, () for all); a view asks how to read it and answers by `data_requested`.
        white_wanted: the user requests another white level for the data; a view asks for it and answers by
            `data_requested`.
        recent_changed: `recent` changed.
        last_session_changed: `last_session` changed.
        continues_changed: `continues` changed.
        saves_moments_changed: `saves_moments` changed.
        continue_requested: the user requests to continue the session that was open last.
        session_kept(str, object): the session at this path was saved or opened, at this step.
        data_folder_requested(str): the user chose the folder of data sets.
        image_wanted(str): the user requests to show the models' results for the image in this file.
        dropped(list): these files and folders (their paths) were dropped on the window together.
    """

    data_left = Signal()
    data_changed = Signal()
    link_changed = Signal()
    colour_changed = Signal()
    appearance_changed = Signal()
    language_changed = Signal()
    picked_changed = Signal()
    hovered_changed = Signal()
    leader_changed = Signal()
    open_requested = Signal(str)
    putting_back = Signal()
    opening = Signal()
    save_requested = Signal(str)
    data_requested = Signal(object, bool)
    images_wanted = Signal()
    available_changed = Signal()
    place_wanted = Signal()
    import_wanted = Signal(str, object)
    white_wanted = Signal()
    recent_changed = Signal()
    last_session_changed = Signal()
    continues_changed = Signal()
    saves_moments_changed = Signal()
    continue_requested = Signal()
    session_kept = Signal(str, object)  # a Python int: Qt's own ends at 2^31
    image_wanted = Signal(str)
    dropped = Signal(list)
    data_folder_requested = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data: DataView | None = None
        self.selection = SelectionState(self)
        self.losses = LossesState(self)
        self.decoded = DecodedAs(self)
        #: How the cursors follow each other: one of `LINKS`.
        self.link = "image"
        #: "class", "split", "none", a factor's name, or a loss such as "reconstruction:0" (see `core.losses`):
        #: the user's choice, applied if the data have it.
        self.colour_by = "class"
        self._colour_wish = "class"
        #: Classes drawn grey (the legend's switches).
        self.greyed: frozenset[int] = frozenset()
        self.appearance = "system"
        #: The language of the next start: one of `LANGUAGES`.
        self.language = "system"
        #: The data row picked by a click, or None.
        self.picked: int | None = None
        #: The data row highlighted on all maps: the one under the pointer, on a map or in a row of pictures, or
        #: None.
        self.hovered: int | None = None
        #: The last three different picked rows, oldest first.
        self.last_picked: tuple[int, ...] = ()
        #: The pane whose cursor was moved last by hand; others follow it if cursors are linked.
        self.leader = 0
        #: Registry names that can be chosen: tuple of `trainer.data.images.DataInfo`.
        self.available: tuple[DataInfo, ...] = ()
        #: Recently opened or saved checkpoints, newest first.
        self.recent: tuple[str, ...] = ()
        #: The session that was open at the end of the last use, until another is saved or opened.
        self.last_session: LastSession | None = None
        #: Whether that is opened automatically at the start.
        self.continues = False
        #: The folder where the session was last saved or opened; "" if none.
        self.save_place = ""
        #: Whether the moments of the run are saved with a session, and their size in bytes.
        self.saves_moments = True
        self.moments_size = 0
        self.losses.changed.connect(self._losses_changed)

    def set_data(self, data: DataView | None) -> None:
        """Set another data set; greyed classes and picked image are reset."""
        if data is self.data:
            return
        if self.data is not None and (data is None or data.fingerprint != self.data.fingerprint):
            self.data_left.emit()
        self.data = data
        if data is not None:
            self.colour_by = _colour_for(data, self._colour_wish)
            self.losses.want("colour", self.colour_by)
        self.greyed = frozenset()
        had_picked, self.picked = self.picked is not None, None
        self.set_hovered(None)
        self.last_picked = ()
        self.data_changed.emit()
        self.colour_changed.emit()
        if had_picked:
            self.picked_changed.emit()

    def set_images(self, images: np.ndarray, source_rows: np.ndarray | None = None) -> None:
        """Set the images of the present data, (N, C, H, W) uint8, when they become available; choices are kept.

        `source_rows` as in `DataView`.
        """
        if self.data is not None:
            self.data = replace(self.data, images=images, source_rows=source_rows)
            self.data_changed.emit()

    def set_available(self, available: tuple[DataInfo, ...]) -> None:
        """Set the data sets that can be chosen by name."""
        if available != self.available:
            self.available = available
            self.available_changed.emit()

    def set_recent(self, recent: tuple[str, ...]) -> None:
        """Set the recent files."""
        if recent != self.recent:
            self.recent = recent
            self.recent_changed.emit()

    def set_last_session(self, last: LastSession | None) -> None:
        """Set the session that can be continued."""
        if last != self.last_session:
            self.last_session = last
            self.last_session_changed.emit()

    def set_saves_moments(self, saves: bool) -> None:
        """Set whether the moments of the run are saved with a session."""
        if saves != self.saves_moments:
            self.saves_moments = saves
            self.saves_moments_changed.emit()

    def set_continues(self, continues: bool) -> None:
        """Set whether the last session is opened at the start."""
        if continues != self.continues:
            self.continues = continues
            self.continues_changed.emit()

    def set_link(self, link: str) -> None:
        """Choose how cursors are linked."""
        if link not in LINKS:
            raise ValueError(f"unknown link {link!r}")
        if link != self.link:
            self.link = link
            self.link_changed.emit()

    def set_colour_by(self, what: str) -> None:
        """Choose the meaning of colours; remembered while data sets do not have it."""
        self._colour_wish = what
        self.losses.want("colour", what)
        if what != self.colour_by:
            self.colour_by = what
            self.colour_changed.emit()

    @Slot()
    def _losses_changed(self) -> None:
        if parts_of(self.colour_by) is not None:
            self.colour_changed.emit()

    def set_greyed(self, classes: frozenset[int]) -> None:
        """Choose the classes drawn grey."""
        if classes != self.greyed:
            self.greyed = classes
            self.colour_changed.emit()

    def set_appearance(self, appearance: str) -> None:
        """Choose the light, dark or system appearance."""
        if appearance not in APPEARANCES:
            raise ValueError(f"unknown appearance {appearance!r}")
        if appearance != self.appearance:
            self.appearance = appearance
            self.appearance_changed.emit()

    def set_language(self, language: str) -> None:
        """Choose the language of the next start."""
        if language not in LANGUAGES:
            raise ValueError(f"unknown language {language!r}")
        if language != self.language:
            self.language = language
            self.language_changed.emit()

    def set_leader(self, index: int) -> None:
        """Set the pane whose cursor was moved by hand."""
        if index != self.leader:
            self.leader = index
            self.leader_changed.emit()

    def place(self, row: int) -> int:
        """The number of row `row` in its source, by which the user identifies it; `row` if unknown."""
        return row if self.data is None or row >= self.data.count else self.data.place(row)

    def number(self, row: int) -> str:
        """That number as text, such as "4,447"."""
        return f"{self.place(row):,}"

    def called(self, row: int) -> str:
        """The number with the file, if the image is one: "4,447 · cat/1.png"."""
        file = self.data.file(row) if self.data is not None and row < self.data.count else ""
        return f"{self.number(row)} · {file}" if file else self.number(row)

    def set_hovered(self, row: int | None) -> None:
        """Highlight this data row on all maps, or none."""
        if row != self.hovered:
            self.hovered = row
            self.hovered_changed.emit()

    def pick(self, row: int | None) -> None:
        """Pick a data image (a click on its point), or none."""
        if row != self.picked:
            self.picked = row
            if row is not None:
                self.last_picked = (*(other for other in self.last_picked if other != row), row)[-3:]
            self.picked_changed.emit()


def _colour_for(data: DataView, wish: str) -> str:
    """`wish` if the data can be coloured by it, otherwise their default."""
    if wish in ("split", "none", *data.factor_names) or (wish == "class" and data.labels is not None):
        return wish
    if parts_of(wish) is not None and data.images is not None:
        return wish
    if data.labels is not None:
        return "class"
    return data.factor_names[0] if data.factor_names else "none"
