"""What one pane shows: a model, its map, the cursor and the pictures under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.history import History
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.words.trainer_names import shown_name
from trainer.config import ModelConfig
from trainer.latent.plane import Plane
from trainer.prior import Prior
from trainer.priors.registry import prior_of
from trainer.reports import Snapshot
from trainer.training.kept_model import KeptModel
from trainer.traits import Traits

#: Which model a pane shows: the number of a member of the run on show, or the name of a kept model.
Source = int | str
HIDDEN_POLICIES = ("picked", "mean", "zero")
#: How `PaneState.axes` begins for the plane through three images.
THROUGH_ROWS = "rows:"
#: Families of checkpoints that were written before short names were stored.
_SHORT = {"autoencoder": "AE", "variational": "VAE"}


@dataclass(frozen=True, slots=True)
class PaneModel:
    """A model that a pane can show.

    Attributes:
        generation: identifies it; stale answers are dropped.
        names: distinguishing names (short, full); None: those of its family. Renaming does not change the
            model's identity.
    """

    config: ModelConfig
    traits: Traits
    generation: int
    names: tuple[str, str] | None = field(default=None, compare=False)

    @property
    def family_names(self) -> tuple[str, str]:
        """Names of its family (short, full); the full name twice if there is no short one."""
        title = shown_name(self.traits.title)
        return self.traits.short or _SHORT.get(self.config.family, title), title

    @property
    def title(self) -> str:
        """The full display name, such as "Variational autoencoder"."""
        return (self.names or self.family_names)[1]

    @property
    def short(self) -> str:
        """The short display name, such as "VAE β 4"."""
        return (self.names or self.family_names)[0]

    def prior(self, snapshot: Snapshot | None) -> Prior | None:
        """p(z) with these weights, in NumPy; None for a model without one."""
        weights = {} if snapshot is None else snapshot.weights
        return prior_of(self.traits.prior, self.config, weights)


@dataclass(frozen=True, slots=True, eq=False)
class Frozen:
    """A kept model for panes: `kept` with its losses prepared for drawing."""

    model: PaneModel
    kept: KeptModel = field(repr=False)
    history: History = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaneCodes:
    """Codes on the map. rows: int64 (n,) data rows; codes: float32 (n, d); points: float32 (n, 2) on the plane.

    All read-only. `number` is the snapshot they were encoded with, `snapshot` its weights (None only in
    some tests): codes, plane and weights of a pane are always consistent. `sigmas`: σ of q(z|x), float32 (n, d);
    None for a model without a posterior, and if missing. `step`: of the run; for a stopped model the step of its
    weights (`snapshot.step`) is earlier.
    """

    rows: np.ndarray = field(repr=False)
    codes: np.ndarray = field(repr=False)
    points: np.ndarray = field(repr=False)
    number: int = 0
    snapshot: Snapshot | None = field(default=None, repr=False)
    sigmas: np.ndarray | None = field(default=None, repr=False)
    step: int = 0

    def place_of(self, row: int) -> int | None:
        """The index of data row `row` among these, or None when it is not on the map."""
        place = int(np.searchsorted(self.rows, row))
        return place if place < len(self.rows) and self.rows[place] == row else None


def lacks_sigmas(codes: PaneCodes, traits: Traits) -> bool:
    """Whether the σ of q(z|x) are missing, so that the decoder's training inputs are unknown."""
    return traits.has_posterior and codes.sigmas is None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The data image nearest to the cursor's code.

    row: its data row. distance: Euclidean distance of the codes. picture: uint8 (H, W, C) or None when the data
    set's images are missing. label: its class, or "". place: its number in the source; None: the same as `row`.
    file: its file, or "".
    """

    row: int
    distance: float
    picture: np.ndarray | None = field(repr=False)
    label: str = ""
    place: int | None = None
    file: str = ""

    @property
    def number(self) -> str:
        """The number by which the user identifies the image."""
        return f"{self.row if self.place is None else self.place:,}"


class PaneState(QObject):
    """One pane's state. Setting an equal value emits nothing.

    Signals:
        source_chosen: the user has chosen another source; `source` is the new one, `model` still the previous one.
        source_changed: `source` changed, for any reason.
        names_changed: the names of the model changed.
        model_changed: `model` changed; codes, picture and nearest have been cleared.
        codes_changed: `codes` holds new points.
        axes_left: `axes` is about to change; plane, cursor and code are still the previous ones.
        plane_changed: `plane`, `axes`, `hidden` or `slice_offset` changed.
        cursor_changed: `cursor` moved, for any reason.
        cursor_dragged: `cursor` was moved in this pane by hand (mouse or keyboard); other panes follow.
        picture_changed: `picture` (with `code` and `decode_ms`) belongs to the present cursor.
        nearest_changed: `nearest` changed.
        view_changed: `view` changed: panned, zoomed, resized, or gliding along with a refresh.
        view_moved: the view was changed by the user, or on request by `look`.
        hovered_changed: `hovered` changed.
        glide_changed: `glide` changed.
        look_requested(object): the map must move to this `ViewTransform`; None: show all points.
        code_wanted(object): show this code, float32 (d,), under the cursor, including hidden dimensions.
    """

    source_chosen = Signal()
    source_changed = Signal()
    names_changed = Signal()
    model_changed = Signal()
    codes_changed = Signal()
    axes_left = Signal()
    plane_changed = Signal()
    cursor_changed = Signal()
    cursor_dragged = Signal()
    picture_changed = Signal()
    nearest_changed = Signal()
    view_changed = Signal()
    view_moved = Signal()
    hovered_changed = Signal()
    glide_changed = Signal()
    look_requested = Signal(object)
    code_wanted = Signal(object)

    def __init__(self, index: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.index = index
        #: The model it shows; None if the run has no further member. Initially one member per pane.
        self.source: Source | None = index
        #: Why there is no model, a sentence, or "".
        self.vacancy = ""
        self.model: PaneModel | None = None
        #: The kept model, if it is one.
        self.frozen: Frozen | None = None
        self.codes: PaneCodes | None = None
        self.plane: Plane | None = None
        #: The kind of axes: "auto" (raw for at most 2 dimensions, PCA above), "pca", "i,j" (counted from 0), or
        #: "rows:a,b,c" (the plane through the codes of three data rows).
        self.axes = "auto"
        #: How the values of dimensions that the plane does not show are chosen: one of `HIDDEN_POLICIES`.
        self.hidden = "picked"
        #: Offset of the slice along hidden dimensions: float32 (d,), or None.
        self.slice_offset: np.ndarray | None = None
        self.cursor = (0.0, 0.0)
        self.code: np.ndarray | None = None
        #: The mean of p(x|z), used for all measures; and a draw of it, if one is to be shown.
        self.picture: np.ndarray | None = None
        self.draw: np.ndarray | None = None
        self.decode_ms = 0.0
        self.nearest: Nearest | None = None
        #: The view of the map; None until there is a map on the screen.
        self.view: ViewTransform | None = None
        #: The view follows the points until the user changes it.
        self.follows = True
        #: The data row whose point is under the pointer, or None.
        self.hovered: int | None = None
        #: Progress of the animation of points from their previous positions to those of `codes`: 0 to 1.
        self.glide = 1.0

    def choose(self, source: Source) -> None:
        """Show another model, chosen by the user."""
        if source != self.source:
            self.source = source
            self.source_chosen.emit()
            self.source_changed.emit()

    def set_source(self, source: Source | None) -> None:
        """Show another model, not chosen by the user."""
        if source != self.source:
            self.source = source
            self.source_changed.emit()

    def set_model(self, model: PaneModel | None, frozen: Frozen | None = None) -> None:
        """Set another model; everything of the previous one is cleared. `frozen`: for a kept model."""
        former, self.model, self.frozen = self.model, model, frozen
        if model == former:
            if model is not None and former is not None and model.names != former.names:
                self.names_changed.emit()
            return
        self.codes = None
        self.plane = None
        self.code = None
        self.picture = self.draw = None
        self.nearest = None
        self.slice_offset = None
        self.model_changed.emit()

    def set_codes(self, codes: PaneCodes, plane: Plane) -> None:
        """Set new codes and the plane they are projected on."""
        set_all_codes([(self, codes, plane)])

    def set_axes(self, axes: str) -> None:
        """Choose the axes (see `axes`)."""
        if axes != self.axes:
            self.axes_left.emit()
            self.axes = axes
            self.plane_changed.emit()

    def set_hidden(self, policy: str) -> None:
        """Choose the values of hidden dimensions (see `hidden`)."""
        if policy not in HIDDEN_POLICIES:
            raise ValueError(f"unknown policy {policy!r}")
        if policy != self.hidden:
            self.hidden = policy
            self.plane_changed.emit()

    def set_slice_offset(self, offset: np.ndarray | None) -> None:
        """Move to another slice: a vector (d,) in code space, or None for none."""
        if offset is None and self.slice_offset is None:
            return
        if offset is not None and self.slice_offset is not None and np.array_equal(offset, self.slice_offset):
            return
        self.slice_offset = None if offset is None else np.array(offset, np.float32)
        self.plane_changed.emit()

    def drag_cursor(self, x: float, y: float) -> None:
        """Move the cursor by hand."""
        if (x, y) != self.cursor:
            self.cursor = (x, y)
            self.cursor_changed.emit()
            self.cursor_dragged.emit()

    def place_cursor(self, x: float, y: float) -> None:
        """Move the cursor after a change of another pane's cursor or of the map."""
        if (x, y) != self.cursor:
            self.cursor = (x, y)
            self.cursor_changed.emit()

    def set_picture(
        self,
        code: np.ndarray,
        picture: np.ndarray,
        decode_ms: float,
        nearest: Nearest | None = None,
        draw: np.ndarray | None = None,
    ) -> None:
        """Set the decoded picture of the present cursor: code float32 (d,), picture uint8 (H, W, C).

        nearest: the data image nearest to the code; None when there are no codes. draw: a random draw of p(x|z)
        to show instead of the mean. All are set before the signals are emitted, so that listeners see a consistent
        state.
        """
        another = nearest is not self.nearest
        self.code, self.picture, self.decode_ms, self.nearest = code, picture, decode_ms, nearest
        self.draw = draw
        if another:
            self.nearest_changed.emit()
        self.picture_changed.emit()

    @property
    def shown_picture(self) -> np.ndarray | None:
        """The picture to show: the draw if there is one, else the mean."""
        return self.picture if self.draw is None else self.draw

    def set_view(self, view: ViewTransform) -> None:
        """Set the view of the map."""
        if view != self.view:
            self.view = view
            self.view_changed.emit()

    def set_hovered(self, row: int | None) -> None:
        """Set the data row whose point is under the pointer, or None."""
        if row != self.hovered:
            self.hovered = row
            self.hovered_changed.emit()

    def set_glide(self, share: float) -> None:
        """Set the progress of the animation of points."""
        if share != self.glide:
            self.glide = share
            self.glide_changed.emit()

    def look(self, view: ViewTransform | None) -> None:
        """Request another view; None shows all points, and the view follows them again."""
        self.look_requested.emit(view)

    def want_code(self, code: np.ndarray) -> None:
        """Request exactly this code, (d,), under the cursor; the pane becomes the leading one."""
        self.code_wanted.emit(np.array(code, np.float32))


def rows_of(axes: str) -> tuple[int, ...]:
    """The three data rows of `PaneState.axes` of the form "rows:a,b,c"; () for any other."""
    return (
        tuple(int(part) for part in axes[len(THROUGH_ROWS) :].split(",")) if axes.startswith(THROUGH_ROWS) else ()
    )


def set_all_codes(members: Sequence[tuple[PaneState, PaneCodes, Plane]]) -> None:
    """Set new points in several panes at once, so that listeners never see a mix of new and previous ones."""
    turned = [pane for pane, _, plane in members if plane is not pane.plane]
    for pane, codes, plane in members:
        pane.codes, pane.plane = codes, plane
    for pane in turned:
        pane.plane_changed.emit()
    for pane, _, _ in members:
        pane.codes_changed.emit()
