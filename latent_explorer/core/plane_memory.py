"""On which planes a run's maps were shown, so that a map that comes back is the same map. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from latent_explorer.core.pane import THROUGH_ROWS, PaneModel
from trainer.latent.plane import Plane
from trainer.reports import MapReport


@dataclass(frozen=True, slots=True, eq=False)
class KeptPlanes:
    """Planes that are to be on show again: exactly they for weights of `step`, and what later ones align to.

    Attributes:
        step: that the planes belong to.
        axes: what each pane's axes were, from the first pane on.
        planes: one a pane, None where nothing was kept.
    """

    step: int
    axes: tuple[str, ...]
    planes: tuple[Plane | None, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """A plane and the weights it belongs to: those of snapshot `number` with so many rows, or all of `step`."""

    plane: Plane
    step: int
    number: int | None = None
    rows: int = 0

    def of(self, report: MapReport, place: int) -> bool:
        if report.step != self.step:
            return False  # after a loss that was not finite, numbers begin again where the run was good
        if self.number is None:
            return True
        return (report.snapshots[place].number, len(report.rows)) == (self.number, self.rows)


class PlaneMemory:
    """Remembers the plane that each pane's newest live map had, by its axes, and the plane made last at all.

    Principal axes are only defined up to sign, so a plane that is measured anew may come out mirrored. The same
    weights are therefore shown on the same plane: after other axes, after a look at a past moment, and after a
    session was opened. Past moments follow one another and leave the live planes as they were.
    """

    def __init__(self) -> None:
        self._models: dict[int, PaneModel] = {}
        self._live: dict[tuple[int, str], _Shown] = {}
        self._last: dict[int, Plane] = {}
        self._kept: KeptPlanes | None = None

    def begin(self, models: tuple[PaneModel, ...], kept: KeptPlanes | None) -> None:
        """The next planes are of `models`; `kept` come back with them, or are to stay."""
        for place, model in enumerate(models):
            if self._models.get(place) != model:
                self._models[place] = model
                self._last.pop(place, None)
                self._live = {key: shown for key, shown in self._live.items() if key[0] != place}
        if kept is self._kept:
            return
        self._kept = kept
        if kept is None:
            return
        for place, (axes, plane) in enumerate(zip(kept.axes, kept.planes, strict=True)):
            if plane is not None and place < len(models) and plane.latent == models[place].config.latent:
                self._live[place, axes] = _Shown(plane, kept.step)
                self._last[place] = plane

    def recall(self, place: int, axes: str, report: MapReport, *, past: bool) -> tuple[Plane | None, bool]:
        """The plane that a map is to be aligned to, and whether it is to have exactly that one."""
        shown = None if past else self._live.get((place, axes))
        if shown is None:
            return self._last.get(place), False
        return shown.plane, shown.of(report, place) and is_measured(axes, shown.plane.latent)

    def note(self, place: int, axes: str, report: MapReport, plane: Plane, *, past: bool) -> None:
        """A map was made on this plane."""
        self._last[place] = plane
        if past:
            return
        shown = self._live.get((place, axes))
        if shown is None or not shown.of(report, place):
            number = report.snapshots[place].number
            self._live[place, axes] = _Shown(plane, report.step, number, len(report.rows))


def is_measured(axes: str, latent: int) -> bool:
    """Whether the plane of such `PaneState.axes` is found from codes, not given by numbers of dimensions."""
    if axes.startswith(THROUGH_ROWS):
        return latent > 2
    return "," not in axes and (axes == "pca" or latent > 2)
