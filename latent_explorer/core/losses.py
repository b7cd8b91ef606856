"""The last measured loss of every image: for colours, lists and tables."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

#: Kinds of losses, in nats per image; higher is worse.
KINDS = ("reconstruction", "kl")


def loss_key(kind: str, pane: int) -> str:
    """The key of a loss of the model in a pane for `ExplorerState.colour_by`, such as "kl:1"."""
    return f"{kind}:{pane}"


def parts_of(key: str) -> tuple[str, int] | None:
    """Kind and pane of such a key; None for any other text."""
    kind, colon, pane = key.partition(":")
    return (kind, int(pane)) if colon and kind in KINDS and pane in ("0", "1") else None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PaneLosses:
    """Losses of the images on one map.

    Attributes:
        step: of the weights they were measured with.
        number: of that snapshot.
        values: by kind, float32 (N,) for all data rows, NaN if the image is not on the map; kinds that the
            model does not have, or that are unknown, are missing.
    """

    step: int
    number: int
    values: dict[str, np.ndarray] = field(repr=False)
    _orders: dict[str, np.ndarray] = field(default_factory=dict, repr=False)

    def worst_first(self, kind: str) -> np.ndarray:
        """All data rows, int64 (N,): largest loss first, unknown ones last. Sorted once."""
        if kind not in self._orders:
            values = self.values[kind]
            self._orders[kind] = np.argsort(np.where(np.isfinite(values), -values, np.inf), kind="stable")
        return self._orders[kind]


class LossesState(QObject):
    """The measured losses, and requests for them.

    Attributes:
        offered: keys of the losses that the models in the panes have.
        stale: the panes whose models' weights have changed since the measurement.
        busy: whether a measurement is under way.

    Signals:
        changed: losses were measured, removed, or became stale, or `busy` changed.
        offered_changed: `offered` changed.
        wanted_changed: the requested losses changed.
    """

    changed = Signal()
    offered_changed = Signal()
    wanted_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offered: tuple[str, ...] = ()
        self.stale: frozenset[int] = frozenset()
        self.busy = False
        self._measured: dict[int, PaneLosses] = {}
        self._wanted: dict[str, str] = {}

    def of(self, pane: int) -> PaneLosses | None:
        """The losses of a pane; None if not measured."""
        return self._measured.get(pane)

    def values(self, key: str) -> np.ndarray | None:
        """float32 (N,) for all data rows, NaN if unknown; None if none is known."""
        parts = parts_of(key)
        found = None if parts is None else self._measured.get(parts[1])
        return None if found is None or parts is None else found.values.get(parts[0])

    def set_measured(self, pane: int, losses: PaneLosses | None) -> None:
        """Set the losses of the model in a pane; None after a change of model or data."""
        if losses is not self._measured.get(pane):
            if losses is None:
                self._measured.pop(pane, None)
            else:
                self._measured[pane] = losses
            self.changed.emit()

    def set_state(self, stale: frozenset[int], busy: bool) -> None:
        """Set which panes' losses are outdated, and whether a measurement is running."""
        if (stale, busy) != (self.stale, self.busy):
            self.stale, self.busy = stale, busy
            self.changed.emit()

    def set_offered(self, offered: tuple[str, ...]) -> None:
        """Set the losses that can be measured."""
        if offered != self.offered:
            self.offered = offered
            self.offered_changed.emit()

    def want(self, who: str, key: str) -> None:
        """`who` shows the losses of this key from now on; "" for none."""
        if self._wanted.get(who, "") != key:
            self._wanted[who] = key
            self.wanted_changed.emit()

    @property
    def wanted(self) -> frozenset[int]:
        """The panes whose losses are shown."""
        parts = (parts_of(key) for key in self._wanted.values())
        return frozenset(part[1] for part in parts if part is not None)
