"""The models that a pane can show: members of the present run, and kept models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from latent_explorer.core.pane import Frozen, PaneModel, Source

#: Maximum total bytes of kept models, and maximum number of them.
BUDGET = 500_000_000
MOST_KEPT = 12


class ModelsState(QObject):
    """The choices of both panes. Setting an equal value emits nothing.

    Signals:
        changed: `members`, `kept` or `names` changed.
        keep_requested(int): the user requests to keep the model in this pane for comparison.
        drop_requested(str): the user removes the kept model of this name.
        place_wanted(int): a view must ask for a checkpoint for this pane, and answer by `open_requested`.
        open_requested(int, str): the user requests a model of the checkpoint at this path in this pane.
        member_wanted(int, str, object): that checkpoint has several models, a tuple of their names; a view must
            ask which, and answer by `member_chosen`.
        member_chosen(int, str, int): the user chose the model with this index of the checkpoint for this pane.
    """

    changed = Signal()
    keep_requested = Signal(int)
    drop_requested = Signal(str)
    place_wanted = Signal(int)
    open_requested = Signal(int, str)
    member_wanted = Signal(int, str, object)
    member_chosen = Signal(int, str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.members: tuple[PaneModel, ...] = ()
        #: All kept models by name, including those on other data.
        self.kept: dict[str, Frozen] = {}
        #: The fingerprint of the present data: a pane can only show models that were trained on them.
        self.fingerprint = ""
        #: Names of each of `sources`: (short, full).
        self.names: Mapping[Source, tuple[str, str]] = {}
        #: The bundled pair: its path, and the fingerprint of its data.
        self.bundled = ("", "")

    @property
    def sources(self) -> tuple[Source, ...]:
        """All models that a pane can show now, members first."""
        return (*range(len(self.members)), *(name for name in self.kept if self.has(name)))

    def has(self, source: Source | None) -> bool:
        """Whether a pane can show `source` now."""
        if isinstance(source, int):
            return 0 <= source < len(self.members)
        return source in self.kept and self.kept[source].kept.data.fingerprint == self.fingerprint

    def model(self, source: Source) -> PaneModel:
        """The model that `source` names."""
        model = self.members[source] if isinstance(source, int) else self.kept[source].model
        return replace(model, names=self.names.get(source))

    @property
    def size(self) -> int:
        """Total bytes of kept models."""
        return sum(frozen.kept.size for frozen in self.kept.values())

    def set_members(self, members: tuple[PaneModel, ...]) -> None:
        """Set the members of the present run, or opened weights."""
        if members != self.members:
            self.members = members
            self.changed.emit()

    def set_bundled(self, path: str, fingerprint: str) -> None:
        """Set the path of the bundled pair, and the fingerprint of its data."""
        self.bundled = (path, fingerprint)

    def put_kept(self, frozen: Frozen) -> None:
        """Add a kept model, which replaces one of the same name."""
        self.kept = {**self.kept, frozen.kept.name: frozen}
        self.changed.emit()

    def drop(self, name: str) -> None:
        """Remove a kept model."""
        if name in self.kept:
            self.kept = {other: frozen for other, frozen in self.kept.items() if other != name}
            self.changed.emit()

    def set_fingerprint(self, fingerprint: str) -> None:
        """Set the fingerprint of the present data."""
        if fingerprint != self.fingerprint:
            self.fingerprint = fingerprint
            self.changed.emit()

    def set_names(self, names: Mapping[Source, tuple[str, str]]) -> None:
        """Set the names of models."""
        if names != self.names:
            self.names = names
            self.changed.emit()
