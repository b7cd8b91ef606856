"""The loss of every image, as it was measured last: for colours, lists and tables."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

#: Kinds of losses, in nats an image, of which more is worse.
KINDS = ("reconstruction", "kl")


def loss_key(kind: str, pane: int) -> str:
    """What `ExplorerState.colour_by` calls a loss of the model in a pane: "kl:1"."""
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
        number: of these weights in memory.
        values: by kind, float32 (N,) for all data rows, NaN where the image is not on the map; a kind that the
            model does not have, or that is not known, is missing.
    """

    step: int
    number: int
    values: dict[str, np.ndarray] = field(repr=False)
    _orders: dict[str, np.ndarray] = field(default_factory=dict, repr=False)

    def worst_first(self, kind: str) -> np.ndarray:
        """All data rows, int64 (N,): the largest loss first, those not known last. Put in order once."""
        if kind not in self._orders:
            values = self.values[kind]
            self._orders[kind] = np.argsort(np.where(np.isfinite(values), -values, np.inf), kind="stable")
        return self._orders[kind]


class LossesState(QObject):
    """What was measured, and what is wanted.

    Attributes:
        offered: keys of the losses that the models in the panes have.
        stale: the panes whose models have other weights now than those that were measured.
        busy: whether a measurement is under way.

    Signals:
        changed: losses were measured, forgotten, or became stale, or `busy` changed.
        offered_changed: `offered` changed.
        wanted_changed: somebody wants others.
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
        """What is known of a pane."""
        return self._measured.get(pane)

    def values(self, key: str) -> np.ndarray | None:
        """float32 (N,) of all data rows, NaN where not known; None while nothing is."""
        parts = parts_of(key)
        found = None if parts is None else self._measured.get(parts[1])
        return None if found is None or parts is None else found.values.get(parts[0])

    def set_measured(self, pane: int, losses: PaneLosses | None) -> None:
        """Losses of the model in a pane; None: it is another model, or there are other data."""
        if losses is not self._measured.get(pane):
            if losses is None:
                self._measured.pop(pane, None)
            else:
                self._measured[pane] = losses
            self.changed.emit()

    def set_state(self, stale: frozenset[int], busy: bool) -> None:
        """Which panes' losses are of former weights, and whether some are being measured."""
        if (stale, busy) != (self.stale, self.busy):
            self.stale, self.busy = stale, busy
            self.changed.emit()

    def set_offered(self, offered: tuple[str, ...]) -> None:
        """What there is to be measured."""
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
        """The panes whose losses somebody shows."""
        parts = (parts_of(key) for key in self._wanted.values())
        return frozenset(part[1] for part in parts if part is not None)
