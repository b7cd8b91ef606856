"""A snapshot of a pane: the input of a tool's worker, on which its result depends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.hidden_code import code_of_row
from latent_explorer.core.pane import PaneCodes, PaneModel, PaneState
from latent_explorer.core.view_transform import ViewTransform
from trainer.latent.plane import Plane
from trainer.reports import Snapshot
from trainer.traits import Traits

#: Optional parts of a look; a look has those that it was taken with.
PARTS = ("hidden", "view", "code", "picture", "picked", "data")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Look:
    """An immutable snapshot of a pane.

    Model, codes (with the weights they were encoded with) and plane are always present and consistent; the others
    are None unless the look was taken with them.

    Attributes:
        index: of the pane.
        axes: how the plane was chosen, see `PaneState.axes`.
        hidden: float32 (d,), the code with the values of the dimensions that the map does not show.
        view: the view of the map.
        code, picture: float32 (d,) and uint8 (H, W, C), under the cursor.
        picked: the data row that is picked.
        data: the data set.
    """

    index: int
    model: PaneModel
    codes: PaneCodes = field(repr=False)
    plane: Plane = field(repr=False)
    axes: str = "auto"
    hidden: np.ndarray | None = field(default=None, repr=False)
    view: ViewTransform | None = None
    code: np.ndarray | None = field(default=None, repr=False)
    picture: np.ndarray | None = field(default=None, repr=False)
    picked: int | None = None
    data: DataView | None = field(default=None, repr=False)

    def same(self, other: Look, parts: tuple[str, ...] = PARTS) -> bool:
        """Whether it is the same pane with the same model, weights, codes and plane, and the same `parts`.

        Fast: arrays are compared by identity, except single codes.
        """
        return (
            self.index == other.index
            and self.model == other.model
            and self.codes is other.codes
            and self.plane is other.plane
            and self.axes == other.axes
            and all(same(getattr(self, part), getattr(other, part)) for part in parts)
        )

    @property
    def traits(self) -> Traits:
        """The model's traits."""
        return self.model.traits

    @property
    def snapshot(self) -> Snapshot | None:
        """The weights of all its parts."""
        return self.codes.snapshot

    @property
    def number(self) -> int:
        """The number of those weights."""
        return self.codes.number

    @property
    def images(self) -> np.ndarray | None:
        """The data's images, uint8 (N, C, H, W), if they are available."""
        return None if self.data is None else self.data.images

    @property
    def picked_code(self) -> np.ndarray | None:
        """The code (d,) of the picked image; None without one, and if it is not on the map."""
        return None if self.picked is None else code_of_row(self.codes, self.picked)

    @property
    def picked_spread(self) -> np.ndarray | None:
        """σ (d,) of the picked image's posterior; None if it is missing."""
        place = None if self.picked is None else self.codes.place_of(self.picked)
        return None if place is None or self.codes.sigmas is None else self.codes.sigmas[place]

    def lift(self, points: np.ndarray) -> np.ndarray:
        """Map positions (n, 2) as codes, float32 (n, d); for a look with `hidden`."""
        assert self.hidden is not None
        return self.plane.lift(points, self.hidden)

    def seen_from(self, view: ViewTransform) -> Look:
        """The same look with another view."""
        return replace(self, view=view)


def look_at(
    pane: PaneState, explorer: ExplorerState, hidden: Callable[[int], np.ndarray], *parts: str
) -> Look | None:
    """A look at `pane` with these `PARTS`; None without codes, or while codes of another model are expected.

    `hidden(index)`: the code (d,) with a pane's values of the dimensions that its map hides.
    """
    model, codes, plane = pane.model, pane.codes, pane.plane
    if model is None or codes is None or plane is None:
        return None
    if not codes.codes.shape[1] == plane.latent == model.config.latent:
        return None
    return Look(
        index=pane.index,
        model=model,
        codes=codes,
        plane=plane,
        axes=pane.axes,
        hidden=hidden(pane.index).copy() if "hidden" in parts else None,
        view=pane.view if "view" in parts else None,
        code=pane.code if "code" in parts else None,
        picture=pane.picture if "picture" in parts else None,
        picked=explorer.picked if "picked" in parts else None,
        data=explorer.data if "data" in parts else None,
    )


def same(first: object, second: object) -> bool:
    """Whether two questions, or parts of them, have the same answer, as far as a fast check can tell.

    Looks, plain values, single codes and tuples of such are compared by value, everything else by identity.
    """
    if first is second:
        return True
    if isinstance(first, Look) and isinstance(second, Look):
        return first.same(second)
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        return first.ndim == second.ndim == 1 and np.array_equal(first, second, equal_nan=True)
    if isinstance(first, str | int | float | ViewTransform | PaneModel):
        return type(first) is type(second) and first == second
    return False
