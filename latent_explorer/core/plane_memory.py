"""Stores the planes on which models were shown, so that a map that returns is the same. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from latent_explorer.core.pane import THROUGH_ROWS, PaneModel
from trainer.latent.plane import Plane

#: Maximum number of stored planes: for each pane, all members of a run and a few kinds of axes.
_MOST = 100


@dataclass(frozen=True, slots=True, eq=False)
class KeptPlane:
    """A pane's plane to be restored: used exactly for weights of `step`; later planes are aligned to it.

    Attributes:
        step: the step that the plane belongs to.
        axes: the pane's axes.
        plane: None if only the axes were stored.
    """

    step: int
    axes: str
    plane: Plane | None = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """A plane and its weights: those of snapshot `number` with a number of rows, or of a `step` with all rows."""

    plane: Plane
    step: int
    number: int | None = None
    rows: int = 0

    def of(self, step: int, number: int, rows: int) -> bool:
        if step != self.step:
            return False  # after a roll-back snapshot numbers restart from those of the last good state
        return self.number is None or (number, rows) == (self.number, self.rows)


class PlaneMemory:
    """Stores by pane, model and axes the plane of the newest live map, and the plane made last.

    Principal axes are only defined up to sign, so a plane that is measured again may come out mirrored. The same
    weights are therefore shown on the same plane: after other axes, after another model was in the pane, after
    a past moment was shown, and after a session was opened. Planes of past moments are aligned to each other and
    do not affect the live planes.
    """

    def __init__(self) -> None:
        self._live: dict[tuple[int, PaneModel, str], _Shown] = {}
        self._last: dict[tuple[int, PaneModel], Plane] = {}
        self._kept: tuple[KeptPlane | None, ...] = ()

    def begin(self, models: Sequence[PaneModel | None], kept: tuple[KeptPlane | None, ...]) -> None:
        """Begin the planes of `models`, one per pane; `kept` are restored with them."""
        if kept is self._kept:
            return
        self._kept = kept
        for place, (model, one) in enumerate(zip(models, kept, strict=False)):
            if model is None or one is None or one.plane is None or one.plane.latent != model.config.latent:
                continue
            self._live[place, model, one.axes] = _Shown(one.plane, one.step)
            self._last[place, model] = one.plane

    def recall(
        self, place: int, model: PaneModel, axes: str, step: int, number: int, rows: int, *, past: bool
    ) -> tuple[Plane | None, bool]:
        """The plane to align a map to, and whether to use exactly that plane."""
        shown = None if past else self._live.get((place, model, axes))
        if shown is None:
            return self._last.get((place, model)), False
        return shown.plane, shown.of(step, number, rows) and is_measured(axes, shown.plane.latent)

    def note(
        self,
        place: int,
        model: PaneModel,
        axes: str,
        step: int,
        number: int,
        rows: int,
        plane: Plane,
        *,
        past: bool,
    ) -> None:
        """Record that a map was made on this plane."""
        self._last[place, model] = plane
        _forget_oldest(self._last)
        if past:
            return
        shown = self._live.get((place, model, axes))
        if shown is None or not shown.of(step, number, rows):
            self._live[place, model, axes] = _Shown(plane, step, number, rows)
            _forget_oldest(self._live)


def _forget_oldest(known: dict) -> None:
    while len(known) > _MOST:
        del known[next(iter(known))]


def is_measured(axes: str, latent: int) -> bool:
    """Whether the plane for these `PaneState.axes` is computed from codes, not given by dimensions."""
    if axes.startswith(THROUGH_ROWS):
        return latent > 2
    return "," not in axes and (axes == "pca" or latent > 2)
