"""The window's part of a session: taken from state, and put back so that everything is as it was left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject

from latent_explorer.core.aspect import Aspect
from latent_explorer.core.cursor_places import Cursors, put_cursors, read_cursors
from latent_explorer.core.exploration import ExplorationController
from latent_explorer.core.explorer import LINKS, ExplorerState
from latent_explorer.core.maps import MapController
from latent_explorer.core.models import ModelsState
from latent_explorer.core.pane import HIDDEN_POLICIES, PaneState, Source
from latent_explorer.core.plane_memory import KeptPlane, is_measured
from latent_explorer.core.sources import PaneSources
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.sessions.state import PaneView, SavedPlane, Session
from latent_explorer.sessions.tool_settings import put_settings_back, settings_of
from trainer.config import ModelConfig
from trainer.latent.plane import Plane
from trainer.training.kept_model import is_name

#: Rounding of a code that was lifted from the map again, relative to its size.
_ROUNDING = 1e-4


class SessionViews(QObject):
    """What of explorer and panes is saved with a run.

    Putting it back takes two calls, before and after the run is shown: maps are made on the planes that come
    back, and cursors can be put on them once they are made, which may be in another thread.
    """

    def __init__(
        self,
        explorer: ExplorerState,
        models: ModelsState,
        panes: tuple[PaneState, ...],
        exploration: ExplorationController,
        maps: MapController,
        sources: PaneSources,
        saved: Sequence[Aspect],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._models = models
        self._panes = panes
        self._exploration = exploration
        self._maps = maps
        self._sources = sources
        #: What of overlays and tools is saved, too.
        self.saved = tuple(saved)

    # ------------------------------------------------------------ saving

    def session(self) -> Session:
        """The window's part of the session as it is now: that of the run, whatever moment is looked at."""
        explorer, live = self._explorer, self._maps.live
        # Kept models do not change; the step is that of the run's own.
        steps = [one.step for pane, one in zip(self._panes, live, strict=True) if one and pane.frozen is None]
        cursors = read_cursors(self._panes, explorer, self._exploration)
        return Session(
            link=explorer.link,
            colour_by=explorer.colour_by,
            greyed=tuple(sorted(explorer.greyed)),
            picked=explorer.picked,
            panes=tuple(self._view(pane, cursors, one) for pane, one in zip(self._panes, live, strict=True)),
            leader=cursors.leader,
            rests=cursors.rests,
            step=next(iter(steps), None),
            tools=settings_of(self.saved),
        )

    def _view(self, pane: PaneState, cursors: Cursors, live: KeptPlane | None) -> PaneView:
        exact = cursors.exact[pane.index] is not None
        plane = live.plane if live is not None and live.axes == pane.axes else None
        # Under a past map the cursor shows another code than it will on the run's own.
        code = pane.code if plane is pane.plane or exact else None
        finite = code is not None and bool(np.isfinite(code).all())
        view = pane.view
        return PaneView(
            source="" if pane.source is None else str(pane.source),
            axes=pane.axes,
            hidden=pane.hidden,
            cursor=pane.cursor,
            code=tuple(map(float, code)) if code is not None and finite else (),
            exact=exact and finite,
            plane=SavedPlane.of(plane) if plane is not None and is_measured(pane.axes, plane.latent) else None,
            view=None if view is None or pane.follows else (view.x, view.y, view.scale),
        )

    # ------------------------------------------------------------ putting back

    def expect(self, session: Session | None, models: tuple[ModelConfig, ...]) -> None:
        """Prepare to show a run of `models`, and what was kept beside it, as `session` says; None: as usual."""
        views = () if session is None else session.panes[: len(self._panes)]
        sources = tuple(_source(view, pane.index) for pane, view in zip(self._panes, views, strict=False))
        self._sources.expect((*sources, *(pane.index for pane in self._panes[len(sources) :])))
        step = -1 if session is None or session.step is None else session.step
        planes = [
            self._kept_plane(view, source, models, step) for view, source in zip(views, sources, strict=True)
        ]
        self._maps.come_back(tuple(planes))

    def _kept_plane(
        self, view: PaneView, source: Source, models: tuple[ModelConfig, ...], step: int
    ) -> KeptPlane | None:
        if isinstance(source, str):
            if source not in self._models.kept:
                return None
            kept = self._models.kept[source].kept
            return KeptPlane(kept.step, view.axes, _plane(view, kept.config))
        return KeptPlane(step, view.axes, _plane(view, models[source])) if source < len(models) else None

    def lost_sources(self, session: Session) -> tuple[str, ...]:
        """The entries of panes that showed a kept model which is not there any more."""
        shown = (view.source for view in session.panes[: len(self._panes)])
        return tuple(
            f"panes[{place}].source"
            for place, source in enumerate(shown)
            if is_name(source) and not self._models.has(source)
        )

    def put_back(self, session: Session) -> tuple[str, ...]:
        """Restore the rest after the run is shown; what needs the maps as soon as they are there.

        Gives the tools' settings that could not be put back.
        """
        explorer = self._explorer
        explorer.putting_back.emit()
        if session.link in LINKS:
            explorer.set_link(session.link)
        explorer.set_colour_by(session.colour_by)
        explorer.set_greyed(frozenset(session.greyed))
        picked, data = session.picked, explorer.data
        known = picked is not None and data is not None and 0 <= picked < data.count
        explorer.pick(picked if known else None)
        for pane, view in zip(self._panes, session.panes, strict=False):
            if view.hidden in HIDDEN_POLICIES:
                pane.set_hidden(view.hidden)
        left_out = put_settings_back(self.saved, session.tools)
        self._maps.when_shown(lambda: self._place(session))
        return left_out

    def _place(self, session: Session) -> None:
        panes = self._panes[: len(session.panes)]
        if not panes:
            return
        self._explorer.putting_back.emit()
        for pane, saved in zip(panes, session.panes, strict=False):
            if saved.view is not None and pane.view is not None:
                pane.look(ViewTransform(pane.view.width, pane.view.height, *saved.view))
        fitting = [_code_for(pane, view) for pane, view in zip(panes, session.panes, strict=False)]
        chosen = [
            code.tobytes() if code is not None and view.exact else None
            for code, view in zip(fitting, session.panes, strict=False)
        ]
        places = [pane.cursor for pane in self._panes]
        places[: len(panes)] = [view.cursor for view in session.panes[: len(panes)]]
        leader = session.leader if 0 <= session.leader < len(panes) else 0
        exact = (*chosen, *[None] * (len(self._panes) - len(panes)))
        put_cursors(
            Cursors(tuple(places), exact, leader, session.rests), self._panes, self._explorer, self._exploration
        )
        steps = {pane.codes.step for pane in panes if pane.frozen is None and pane.codes is not None}
        if session.step is not None and steps not in (set(), {session.step}):
            return  # an automatic save of some steps later or earlier: the cursor's place is what was kept
        self._correct(panes, fitting, leader, session.step is None)

    def _correct(
        self, panes: tuple[PaneState, ...], codes: list[np.ndarray | None], leader: int, older: bool
    ) -> None:
        """Show the saved codes where the cursors' places do not say them, hidden dimensions included."""
        apart = {
            pane.index: code
            for pane, code in zip(panes, codes, strict=True)
            if code is not None and pane.plane is not None and pane.plane.hides and not _same(code, pane.code)
        }
        if older and apart:
            # It was not said which cursor followed which: each shows its own until one is moved.
            self._exploration.show_codes(
                {pane.index: code for pane, code in zip(panes, codes, strict=True) if code is not None}
            )
        elif leader in apart:
            panes[leader].want_code(apart[leader])


def _source(view: PaneView, index: int) -> Source:
    """What the pane showed; of older sessions the member of its own number."""
    return int(view.source) if view.source.isdecimal() else view.source or index


def _plane(view: PaneView, model: ModelConfig) -> Plane | None:
    """The saved plane, where the model's map has one of that kind."""
    saved = view.plane
    if saved is None or len(saved.origin) != model.latent or not is_measured(view.axes, model.latent):
        return None
    return saved.plane()


def _code_for(pane: PaneState, view: PaneView) -> np.ndarray | None:
    """The saved code, if it is one of the pane's model."""
    if pane.plane is None or len(view.code) != pane.plane.latent:
        return None
    return np.array(view.code, np.float32)


def _same(first: np.ndarray, second: np.ndarray | None) -> bool:
    if second is None or first.shape != second.shape:
        return False
    return bool(np.abs(first - second).max() <= _ROUNDING * max(1.0, float(np.abs(first).max())))
