"""From a dragged cursor to pictures: lift, decode, find the nearest image, move the linked cursor.

Runs in the GUI thread. A plain model on the CPU decodes here (about 0.1 ms, less than a thread switch under
load); one that is measured to be slower, or needs torch, decodes in its worker, where only the newest request
is processed. In both cases only `_show` sets a pane's picture.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QObject, Slot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.eye import Eye, nearest_of, nearest_row, neighbours_of
from latent_explorer.core.hidden_code import code_of_row, hidden_code
from latent_explorer.core.map_maker import MadePane
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.core.workers.decode import DecodeAnswer, DecodeWorker
from trainer.replica.replica import Replica
from trainer.reports import Snapshot

#: A slower decode (ms) runs in a worker, so that a drag never waits.
INLINE_MS = 2.0


class ExplorationController(QObject):
    """Updates every pane's picture, nearest image and partner cursor from its cursor.

    `decodes_here(model)` returns whether this thread may decode; `make_worker(model)` returns a worker for
    the others. Both come from the composition root, which chooses devices.
    """

    def __init__(
        self,
        explorer: ExplorerState,
        panes: tuple[PaneState, ...],
        decodes_here: Callable[[PaneModel], bool],
        make_worker: Callable[[PaneModel], DecodeWorker],
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._decodes_here = decodes_here
        self._make_worker = make_worker
        self._notifications = notifications
        self._eyes = [Eye(pane) for pane in panes]
        #: Whether an update of all panes is scheduled.
        self._waits = False
        #: Whether the link is suspended and each pane shows its own code.
        self._link_rests = False
        for eye in self._eyes:
            eye.pane.model_changed.connect(self._model_changed)
            eye.pane.cursor_dragged.connect(self._dragged)
            eye.pane.code_wanted.connect(self._wanted)
            eye.pane.codes_changed.connect(self._codes_changed)
            eye.pane.plane_changed.connect(self._plane_changed)
        explorer.link_changed.connect(self._link_changed)
        explorer.picked_changed.connect(self._picked)
        explorer.decoded.changed.connect(self.refresh)
        explorer.data_changed.connect(self.refresh)

    # ------------------------------------------------------------ weights

    def adopt(self, index: int, made: MadePane) -> None:
        """Set weights and neighbours of pane `index`, whose state must have the model already.

        Call it within `one_look`, together with setting the codes in the pane's state, which have the same
        weights.
        """
        eye = self._eyes[index]
        model = eye.pane.model
        if model is None:
            return
        if eye.generation != model.generation:
            self._release(eye)
            eye.generation = model.generation
            eye.inline = made.decode_ms is not None and self._decodes_here(model) and made.decode_ms <= INLINE_MS
        eye.snapshot, eye.replica = made.snapshot, made.replica  # also with a worker: linking encodes with it
        eye.searched, eye.neighbours = made.codes, made.neighbours
        if eye.inline:
            return
        if eye.worker is None:
            eye.worker = self._make_worker(model)
            eye.worker.answered.connect(self._answered)
            eye.worker.failed.connect(self._failed)
        eye.worker.load(model.generation, made.snapshot)

    @contextmanager
    def one_look(self) -> Iterator[None]:
        """Context: decode once at its end, when all panes are consistent again, regardless of the changes
        inside.
        """
        self._waits = True
        try:
            yield
        finally:
            self._waits = False
        self._look_at_all()

    def replica(self, index: int) -> Replica | None:
        """The replica for pane `index` in this thread, if there is one."""
        return self._eyes[index].replica

    def snapshot(self, index: int) -> Snapshot | None:
        """The weights that pane `index` decodes with."""
        return self._eyes[index].snapshot

    def hidden(self, index: int) -> np.ndarray:
        """The code (d,) with pane `index`'s values of the dimensions that its map hides; zeros if it hides none.

        Raises `ValueError` for a pane without a map.
        """
        eye = self._eyes[index]
        plane = eye.pane.plane
        if plane is None:
            raise ValueError(f"pane {index} has no map")
        if not plane.hides:
            return np.zeros(plane.latent, np.float32)
        neighbours = neighbours_of(eye)
        mean = None if neighbours is None else neighbours.mean
        return hidden_code(eye.pane, self._explorer, plane.latent, mean)

    def exact(self, index: int) -> np.ndarray | None:
        """The code (d,) that pane `index` shows exactly; None if it shows the code under its cursor."""
        return self._eyes[index].exact

    @property
    def link_rests(self) -> bool:
        """Whether the link is suspended until a cursor moves."""
        return self._link_rests

    def close(self) -> None:
        """Stop the workers; no results arrive afterwards."""
        for eye in self._eyes:
            self._release(eye)

    def _release(self, eye: Eye) -> None:
        if eye.worker is not None:
            eye.worker.answered.disconnect(self._answered)
            eye.worker.failed.disconnect(self._failed)
            eye.worker.close()
        eye.worker = eye.replica = eye.snapshot = eye.exact = None
        eye.generation = -1

    # ------------------------------------------------------------ changes

    @Slot()
    def _dragged(self) -> None:
        eye = self._eye_of(self.sender())
        self._lead(eye)
        eye.exact = None
        self._look(eye)
        self._relink()

    @Slot(object)
    def _wanted(self, code: np.ndarray) -> None:
        """Show a requested code, on or off the map's plane."""
        eye = self._eye_of(self.sender())
        plane = eye.pane.plane
        if plane is None or len(code) != plane.latent or not np.isfinite(code).all():
            return
        self._lead(eye)
        eye.exact, eye.exact_row = code, None
        self._look_at_exact(eye)
        self._relink()

    def _lead(self, eye: Eye) -> None:
        self._link_rests = False
        self._explorer.set_leader(eye.pane.index)

    def show_codes(self, codes: Mapping[int, np.ndarray]) -> None:
        """Show these codes, pane index -> (d,), exactly; the link is suspended until a cursor moves."""
        for index, code in codes.items():
            eye = self._eyes[index]
            if eye.pane.plane is not None and len(code) == eye.pane.plane.latent and np.isfinite(code).all():
                self._link_rests = True
                eye.exact, eye.exact_row = code, None
                self._look_at_exact(eye)

    def _look_at_exact(self, eye: Eye) -> None:
        """Move the cursor to the projection of its exact code, if it has one, and update the pane."""
        plane = eye.pane.plane
        if eye.exact is not None and plane is not None and len(eye.exact) == plane.latent:
            x, y = plane.project(eye.exact[None])[0]
            eye.pane.place_cursor(float(x), float(y))
        self._look(eye)

    @Slot()
    def _model_changed(self) -> None:
        # The previous model's pictures must not appear while the new one's map is prepared.
        self._link_rests = False
        self._release(self._eye_of(self.sender()))

    @Slot()
    def _codes_changed(self) -> None:
        self._look_and_relink(self._eye_of(self.sender()))

    @Slot()
    def _plane_changed(self) -> None:
        eye = self._eye_of(self.sender())
        if eye.follow_slice() and not self._waits:
            self._lead(eye)
        self._look_and_relink(eye)

    @Slot()
    def _picked(self) -> None:
        # Hidden dimensions may be taken from the picked image.
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Decode every pane's cursor again."""
        for eye in self._eyes:
            self._look(eye)
        self._relink()

    def _look_at_all(self) -> None:
        """Like `refresh`, but each pane is decoded only once, after the link has moved its cursor."""
        leader = self._eyes[self._explorer.leader]
        self._look_at_exact(leader)
        for eye in self._eyes:
            if eye is not leader and self._link_rests:
                self._look_at_exact(eye)
            elif eye is not leader and not (self._explorer.link != "off" and self._follow(leader, eye)):
                eye.exact = None  # it belongs to the previous weights
                self._look(eye)

    def _look_and_relink(self, eye: Eye) -> None:
        if self._waits:
            return
        if self._link_rests:
            self._look_at_exact(eye)
        elif eye.pane.index == self._explorer.leader:
            self._look(eye)
            self._relink()
        elif self._explorer.link == "off" or self._eyes[self._explorer.leader].pane.codes is None:
            self._look(eye)
        else:
            self._follow(self._eyes[self._explorer.leader], eye)

    def _eye_of(self, pane: QObject) -> Eye:
        return next(eye for eye in self._eyes if eye.pane is pane)

    # ------------------------------------------------------------ links

    @Slot()
    def _link_changed(self) -> None:
        self._link_rests = False
        self._relink()

    def _relink(self) -> None:
        if self._link_rests:
            return
        leader = self._eyes[self._explorer.leader]
        for eye in self._eyes:
            if eye is leader:
                continue
            if self._explorer.link == "off":
                if eye.exact is not None:
                    eye.exact = None
                    self._look(eye)
            else:
                self._follow(leader, eye)

    def _follow(self, leader: Eye, eye: Eye) -> bool:
        """Move `eye`'s cursor by the link and update; returns False, without moving it, if the link gives no
        position.
        """
        codes, plane = eye.pane.codes, eye.pane.plane
        if codes is None or plane is None or eye.pane.model is None:
            return False
        code, row = None, None
        # A family that needs torch cannot encode in this thread: such panes are linked by image.
        if self._explorer.link == "image" or eye.replica is None:
            nearest = leader.pane.nearest
            if nearest is not None:
                row = nearest.row
                seen = (eye.snapshot, codes, plane, self._explorer.data)
                same = len(eye.seen) == len(seen) and all(a is b for a, b in zip(seen, eye.seen, strict=True))
                if same and eye.exact is not None and eye.exact_row == row:
                    return True  # still the same image with the same weights
                eye.seen = seen
                code = code_of_row(codes, row)
                code = self._encoded(eye, row) if code is None else code
        elif leader.pane.picture is not None:
            picture = leader.pane.picture.transpose(2, 0, 1)[None]
            if picture.shape[1:] == eye.pane.model.config.shape:
                code = eye.replica.encode(np.ascontiguousarray(picture))[0]
        if code is None or not np.isfinite(code).all():
            return False
        eye.exact, eye.exact_row = code, row
        x, y = plane.project(code[None])[0]
        eye.pane.place_cursor(float(x), float(y))
        self._look(eye)
        return True

    def _encoded(self, eye: Eye, row: int) -> np.ndarray | None:
        """The code of an image that is not on the pane's map, such as one of another model's map."""
        data = self._explorer.data
        images = None if data is None else data.images
        if images is None or eye.replica is None or images.shape[1:] != eye.replica.config.shape:
            return None
        code: np.ndarray = eye.replica.encode(np.ascontiguousarray(images[row : row + 1]))[0]
        return code

    # ------------------------------------------------------------ update

    def _code(self, eye: Eye) -> np.ndarray | None:
        """The code under the cursor, float32 (d,)."""
        plane, model = eye.pane.plane, eye.pane.model
        if plane is None or model is None or plane.latent != model.config.latent:
            return None
        if eye.exact is not None and len(eye.exact) == plane.latent:
            return eye.exact
        return plane.lift(np.array(eye.pane.cursor), self.hidden(eye.pane.index))

    def _look(self, eye: Eye) -> None:
        code = self._code(eye)
        if code is None:
            return
        row, distance = nearest_row(eye, code)
        if eye.inline:
            if eye.replica is None or eye.replica.number < 0:
                return
            started = time.perf_counter()
            picture = eye.replica.decode(code[None])[0]
            seed, draws = self._seed(), None
            if seed is not None:
                variance = None if eye.snapshot is None else eye.snapshot.variance
                draws = eye.replica.draw(code[None], seed, variance)
            took = (time.perf_counter() - started) * 1e3
            self._show(eye, code, picture, took, row, distance, None if draws is None else draws[0])
        elif eye.worker is not None:
            eye.worker.request(eye.generation, code[None], (row, distance), self._seed())

    @Slot(object)
    def _answered(self, answer: DecodeAnswer) -> None:
        for eye in self._eyes:
            if eye.worker is self.sender() and answer.generation == eye.generation:
                row, distance = answer.tag
                draw = None if answer.draws is None else answer.draws[0]
                self._show(eye, answer.codes[0], answer.pictures[0], answer.ms, row, distance, draw)
                if eye.pane.index == self._explorer.leader:
                    self._relink()

    @Slot(int, str, str)
    def _failed(self, generation: int, sentence: str, details: str) -> None:
        self._notifications.post("error", sentence, details)

    def _seed(self) -> int | None:
        """The seed of the draws to show; None for the mean only."""
        decoded = self._explorer.decoded
        return decoded.seed if decoded.draws else None

    def _show(
        self,
        eye: Eye,
        code: np.ndarray,
        picture: np.ndarray,
        ms: float,
        row: int,
        distance: float,
        draw: np.ndarray | None,
    ) -> None:
        nearest = nearest_of(self._explorer.data, row, distance) if row >= 0 else None
        eye.pane.set_picture(code, picture, ms, nearest, draw)
