"""Groups of images, the directions between their means, and arithmetic with codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QObject, Signal, SignalInstance

from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.panel_state import PanelState
from latent_explorer.core.selection import row_set
from trainer.latent.directions import Direction, DirectionScore

#: What a direction is applied to: the picked image's code, or the code under the cursor.
BASES = ("picked", "cursor")
#: Positions of the strip's pictures along a direction, in units of the distance of the means.
STEPS = tuple(np.linspace(-1.5, 1.5, 7).tolist())
#: Directions that can be kept.
MOST = 64


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Images, the same in all panes. rows: see `row_set`. parts: names of its components, for display."""

    rows: np.ndarray = field(default_factory=lambda: row_set([]), repr=False)
    parts: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class SavedDirection:
    """A direction defined by its groups, so that it is valid for any weights.

    name: "" for one that is named by its groups. plus, minus: it points from the second to the first.
    """

    name: str = ""
    plus: Group = field(default_factory=Group)
    minus: Group = field(default_factory=Group)

    def group(self, which: int) -> Group:
        """0: plus, 1: minus."""
        return self.minus if which else self.plus


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PaneDirection:
    """The present direction in one pane.

    problem: "" or why there is none: "few-plus", "few-minus", "same" (means), "equal" (groups). counts: images of
    both groups on this map; shared: those in both, which are not scored; scorable: whether enough are left then.
    score is None while unknown; score_step: the step of the weights it was measured with, if these are
    outdated.
    """

    saved: SavedDirection = field(repr=False)
    codes: PaneCodes = field(repr=False)
    counts: tuple[int, int]
    direction: Direction | None = None
    score: DirectionScore | None = None
    score_step: int | None = None
    shared: int = 0
    scorable: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class AppliedStrip:
    """base + t · direction for `STEPS`, decoded. codes: float32 (n, d); pictures: uint8 (n, H, W, C)."""

    codes: np.ndarray = field(repr=False)
    pictures: np.ndarray = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PaneAnalogy:
    """A - B + C in one pane.

    Attributes:
        terms: the three data rows it was made for.
        code: float32 (d,). picture: uint8 (H, W, C), decoded.
        row, distance: the nearest image that is none of the three, and how far its code is; -1 and 0 without one.
        problem: "" or "off-map": an image of the three is not on this map.
    """

    terms: tuple[int, int, int]
    code: np.ndarray | None = field(default=None, repr=False)
    picture: np.ndarray | None = field(default=None, repr=False)
    row: int = -1
    distance: float = 0.0
    problem: str = ""


class DirectionsState(PanelState):
    """Shared by all panes. Setting an equal value emits nothing.

    Attributes:
        directions: all directions, at least one.
        current: index of the current one.
        active: the group that the lasso and the keyboard fill: 0 plus, 1 minus.
        lasso: whether the left button draws a lasso on the maps.
        arithmetic: whether the panel shows A - B + C instead of groups.
        base: one of `BASES`.
        amount: how far the direction is applied, in distances of the means.
        terms: data rows of A, B and C, None until chosen.
        found, strips, analogies: one entry a pane, None before the first.

    Signals:
        directions_changed: `directions` or `current` changed.
        tools_changed: `active` or `lasso` changed.
        shown_changed: `shown` or `arithmetic` changed.
        base_changed: `base` changed.
        amount_changed: `amount` changed.
        amount_wanted: the user moved the slider; the pictures must follow.
        terms_changed: `terms` changed.
        found_changed(int), strip_changed(int), analogy_changed(int): this pane's entry is another one.
        analogy_wanted: show A - B + C at the cursors.
    """

    directions_changed = Signal()
    tools_changed = Signal()
    base_changed = Signal()
    amount_changed = Signal()
    amount_wanted = Signal()
    terms_changed = Signal()
    found_changed = Signal(int)
    strip_changed = Signal(int)
    analogy_changed = Signal(int)
    analogy_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.directions: tuple[SavedDirection, ...] = (SavedDirection(),)
        self.current = 0
        self.active = 0
        self.lasso = False
        self.arithmetic = False
        self.base = "picked"
        self.amount = 0.0
        self.terms: tuple[int | None, int | None, int | None] = (None, None, None)
        self.found: list[PaneDirection | None] = [None, None]
        self.strips: list[AppliedStrip | None] = [None, None]
        self.analogies: list[PaneAnalogy | None] = [None, None]

    # ------------------------------------------------------------ directions

    @property
    def direction(self) -> SavedDirection:
        """The current direction."""
        return self.directions[self.current]

    def set_directions(self, directions: tuple[SavedDirection, ...], current: int) -> None:
        """Set all directions."""
        directions = directions or (SavedDirection(),)
        current = min(max(current, 0), len(directions) - 1)
        same = len(directions) == len(self.directions) and all(
            a is b for a, b in zip(directions, self.directions, strict=True)
        )
        if not same or current != self.current:
            self.directions, self.current = directions, current
            self.directions_changed.emit()

    def select(self, place: int) -> None:
        """Select another direction."""
        self.set_directions(self.directions, place)

    def add_direction(self) -> None:
        """Add a direction, unless the current one is empty or there are too many."""
        empty = not len(self.direction.plus) and not len(self.direction.minus)
        if not empty and len(self.directions) < MOST:
            self.set_directions((*self.directions, SavedDirection()), len(self.directions))

    def delete_direction(self) -> None:
        """Delete the current direction."""
        kept = self.directions[: self.current] + self.directions[self.current + 1 :]
        self.set_directions(kept, self.current)

    def rename(self, name: str) -> None:
        """Rename the current direction; "" names it by its groups."""
        name = " ".join(name.split())[:80]
        if name != self.direction.name:
            self._change(replace(self.direction, name=name))

    def reverse(self) -> None:
        """Reverse the current direction."""
        self._change(replace(self.direction, plus=self.direction.minus, minus=self.direction.plus))

    def set_group(self, which: int, group: Group) -> None:
        """Set a group: 0 plus, 1 minus."""
        former = self.direction.group(which)
        if group.parts != former.parts or not np.array_equal(group.rows, former.rows):
            present = self.direction
            changed = replace(present, minus=group) if which else replace(present, plus=group)
            self._change(changed)

    def add_rows(self, which: int, rows: np.ndarray | Iterable[int], part: str) -> None:
        """Put more images into a group; `part` is their display name."""
        group, more = self.direction.group(which), row_set(rows)
        merged = row_set(np.union1d(group.rows, more))
        if len(merged) > len(group):
            parts = group.parts if part in group.parts else (*group.parts, part)
            self.set_group(which, Group(merged, parts))

    def remove_rows(self, which: int, rows: np.ndarray | Iterable[int]) -> None:
        """Take images out of a group."""
        group = self.direction.group(which)
        kept = row_set(np.setdiff1d(group.rows, row_set(rows)))
        if len(kept) < len(group):
            self.set_group(which, Group(kept, group.parts if len(kept) else ()))

    def _change(self, direction: SavedDirection) -> None:
        kept = list(self.directions)
        kept[self.current] = direction
        self.set_directions(tuple(kept), self.current)

    # ------------------------------------------------------------ tools and choices

    def set_active(self, which: int) -> None:
        """Fill this group from now on."""
        self._set("active", 1 if which else 0, self.tools_changed)

    def set_lasso(self, on: bool) -> None:
        """Draw with the left button on the maps, or not; never while A - B + C hides the groups."""
        self._set("lasso", on and not self.arithmetic, self.tools_changed)

    def set_arithmetic(self, on: bool) -> None:
        """Show A - B + C; the lasso fills groups, which are not on the screen then."""
        self._set("arithmetic", on, self.shown_changed)
        if on:
            self.set_lasso(False)

    def set_base(self, base: str) -> None:
        """Choose what the direction is applied to."""
        if base not in BASES:
            raise ValueError(f"unknown base {base!r}")
        self._set("base", base, self.base_changed)

    def set_amount(self, amount: float) -> None:
        """Set how far the direction is applied, without showing it."""
        self._set("amount", float(amount), self.amount_changed)

    def want_amount(self, amount: float) -> None:
        """Apply the direction by `amount`, and show it."""
        if amount != self.amount:
            self.set_amount(amount)
            self.amount_wanted.emit()

    def set_term(self, place: int, row: int | None) -> None:
        """Choose A (0), B (1) or C (2)."""
        terms = list(self.terms)
        terms[place] = row
        self.set_terms((terms[0], terms[1], terms[2]))

    def set_terms(self, terms: tuple[int | None, int | None, int | None]) -> None:
        """Choose A, B and C."""
        self._set("terms", terms, self.terms_changed)

    def _set(self, name: str, value: object, changed: SignalInstance) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            changed.emit()

    # ------------------------------------------------------------ results

    def set_found(self, pane: int, found: PaneDirection | None) -> None:
        """Set the direction of a pane."""
        if found is not self.found[pane]:
            self.found[pane] = found
            self.found_changed.emit(pane)

    def set_strip(self, pane: int, strip: AppliedStrip | None) -> None:
        """Set the strip of a pane."""
        if strip is not self.strips[pane]:
            self.strips[pane] = strip
            self.strip_changed.emit(pane)

    def set_analogy(self, pane: int, analogy: PaneAnalogy | None) -> None:
        """Set the result of A - B + C in a pane."""
        if analogy is not self.analogies[pane]:
            self.analogies[pane] = analogy
            self.analogy_changed.emit(pane)
