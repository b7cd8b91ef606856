"""On which planes models were shown, so that a map that comes back is the same map. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from latent_explorer.core.pane import THROUGH_ROWS, PaneModel
from trainer.latent.plane import Plane

#: Planes that are remembered: each pane's of all members of a run, by a few kinds of axes.
_MOST = 100


@dataclass(frozen=True, slots=True, eq=False)
class KeptPlane:
    """A pane's plane that is to be on show again: exactly it for weights of `step`, and what later ones align to.

    Attributes:
        step: that the plane belongs to.
        axes: what the pane's axes were.
        plane: None where nothing was kept but the axes.
    """

    step: int
    axes: str
    plane: Plane | None = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """A plane and the weights it belongs to: those of snapshot `number` with so many rows, or all of a `step`."""

    plane: Plane
    step: int
    number: int | None = None
    rows: int = 0

    def of(self, step: int, number: int, rows: int) -> bool:
        if step != self.step:
            return False  # after a loss that was not finite, numbers begin again where the run was good
        return self.number is None or (number, rows) == (self.number, self.rows)


class PlaneMemory:
    """Remembers by pane, model and axes the plane that the newest live map had, and the plane made last at all.

    Principal axes are only defined up to sign, so a plane that is measured again may come out mirrored. The same
    weights are therefore shown on the same plane: after other axes, after another model was in the pane, after a
    look at a past moment, and after a session was opened. Past moments follow one another and leave the live
    planes as they were.
    """

    def __init__(self) -> None:
        self._live: dict[tuple[int, PaneModel, str], _Shown] = {}
        self._last: dict[tuple[int, PaneModel], Plane] = {}
        self._kept: tuple[KeptPlane | None, ...] = ()

    def begin(self, models: Sequence[PaneModel | None], kept: tuple[KeptPlane | None, ...]) -> None:
        """Begin planes of `models`, one a pane; `kept` are restored with them, or stay."""
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
        """The plane that a map is to be aligned to, and whether it is to have exactly that one."""
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
        """A map was made on this plane."""
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
    """Whether the plane of such `PaneState.axes` is found from codes, not given by numbers of dimensions."""
    if axes.startswith(THROUGH_ROWS):
        return latent > 2
    return "," not in axes and (axes == "pca" or latent > 2)
