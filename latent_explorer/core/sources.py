"""Chooses the model of each pane and the source of its map: the run, a past moment of it, or a kept model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.history import History
from latent_explorer.core.map_maker import MapPart
from latent_explorer.core.maps import MapController, is_small
from latent_explorer.core.models import ModelsState
from latent_explorer.core.pane import Frozen, PaneModel, PaneState, Source
from latent_explorer.core.plane_memory import KeptPlane
from latent_explorer.core.training import TrainingState
from latent_explorer.words.trainer_sentences import translated
from trainer.config import RunConfig
from trainer.model_names import Described, live_settings, model_names
from trainer.reports import MapReport
from trainer.training.kept_model import KeptModel
from trainer.traits import Traits


class PaneSources(QObject):
    """Sets the model of each pane by its source, and shows the codes of all panes together."""

    def __init__(
        self,
        models: ModelsState,
        panes: tuple[PaneState, ...],
        maps: MapController,
        explorer: ExplorerState,
        training: TrainingState,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._panes = panes
        self._maps = maps
        self._explorer = explorer
        self._training = training
        self._generations = count(1)
        #: The report shown for members, and whether it is of a past moment; None before the first.
        self._report: tuple[MapReport, bool] | None = None
        #: The last inputs of each pane's part: an unchanged part is not shown again.
        self._parts: list[tuple[tuple[object, object, object], MapPart | None]] = [
            ((None, None, None), None) for _ in panes
        ]
        #: Initial sources of the next run's panes; None: the present ones, if possible.
        self._coming: tuple[Source | None, ...] | None = None
        self._waits = False
        for pane in panes:
            pane.source_changed.connect(self._source_changed)
        models.changed.connect(self._models_changed)
        explorer.data_changed.connect(self._data_changed)
        training.knobs_changed.connect(self._name)

    # ------------------------------------------------------------ runs

    def expect(self, sources: Sequence[Source | None]) -> None:
        """Set the initial sources for the next run, which comes from a file; invalid ones are replaced by
        defaults.
        """
        self._coming = tuple(sources)

    def begin(self, config: RunConfig, traits: tuple[Traits, ...]) -> None:
        """Show other members. A kept model stays in its pane, a member is replaced by its successor."""
        self._report = None
        coming, self._coming = self._coming, None
        wanted = coming or tuple(pane.source for pane in self._panes)
        members = tuple(
            PaneModel(model, trait, next(self._generations))
            for model, trait in zip(config.models, traits, strict=True)
        )
        with self._together():
            self._models.set_members(members)
            for pane, source in zip(self._panes, self._allotted(wanted), strict=True):
                pane.set_source(source)
        self._put_all()

    def show(self, report: MapReport | None, *, at_once: bool = False, past: bool = False) -> None:
        """Show this report on the maps of members. `at_once` and `past` as in `MapController.show` and
        `MapPart`.
        """
        self._report = None if report is None else (report, past)
        self._maps.show(self._composed(), at_once=at_once)

    def show_opened(self, report: MapReport | None) -> None:
        """Like `show`, immediately if the maps are small."""
        self._report = None if report is None else (report, False)
        self._show_now()

    # ------------------------------------------------------------ kept models

    def frozen(self, kept: KeptModel, former: Frozen | None = None) -> Frozen:
        """A kept model prepared for panes; `former` if only its codes have changed."""
        if former is not None:
            return Frozen(former.model, kept, former.history)
        history = History(1)
        history.append(kept.history)
        return Frozen(PaneModel(kept.config, kept.traits, next(self._generations)), kept, history)

    def put_beside(self, pane: PaneState, source: Source) -> None:
        """Show `source`, a copy of the weights in `pane`, there on the same plane with the same zoom."""
        if pane.codes is not None and pane.codes.snapshot is not None:
            kept: list[KeptPlane | None] = [None] * len(self._panes)
            kept[pane.index] = KeptPlane(pane.codes.snapshot.step, pane.axes, pane.plane)
            self._maps.come_back(tuple(kept))
        view = None if pane.follows else pane.view
        pane.choose(source)
        if view is not None:
            self._maps.when_shown(lambda: pane.look(view))

    # ------------------------------------------------------------ which pane shows what

    @contextmanager
    def _together(self) -> Iterator[None]:
        former, self._waits = self._waits, True
        try:
            yield
        finally:
            self._waits = former

    def _allotted(self, wanted: Sequence[Source | None]) -> list[Source | None]:
        """`wanted` if a pane can show it; otherwise a member that is in no pane, or None.

        A pane without a source first tries the member with its index: left the first, right the
        second.
        """
        found: list[Source | None] = [source if self._models.has(source) else None for source in wanted]
        for place, source in enumerate(found):
            if source is None:
                free = [member for member in range(len(self._models.members)) if member not in found]
                found[place] = place if place in free else next(iter(free), None)
        return found

    @Slot()
    def _source_changed(self) -> None:
        if self._waits:
            return
        with self._together():
            for pane, source in zip(self._panes, self._allotted([p.source for p in self._panes]), strict=True):
                pane.set_source(source)
        self._put_all()
        self._show_now()

    @Slot()
    def _models_changed(self) -> None:
        """Called when a kept model was added, changed or removed."""
        if self._waits:
            return
        with self._together():
            self._name()
            for pane, source in zip(self._panes, self._allotted([p.source for p in self._panes]), strict=True):
                pane.set_source(source)
        before = [part for _, part in self._parts]
        self._put_all()
        if self._composed() != before:
            self._show_now()

    @Slot()
    def _data_changed(self) -> None:
        data = self._explorer.data
        with self._together():
            # The panes follow when the models of these data arrive.
            self._models.set_fingerprint("" if data is None else data.fingerprint)

    def rename(self) -> None:
        """Translate names and sentences to the present language."""
        with self._together():
            self._put_all()

    def _put_all(self) -> None:
        """Set the model of every pane by its source."""
        self._name()
        for pane in self._panes:
            source = pane.source
            model = self._models.model(source) if source is not None and self._models.has(source) else None
            frozen = self._models.kept.get(source) if isinstance(source, str) else None
            pane.vacancy = "" if model is not None else self._vacancy()
            pane.set_model(model, frozen)

    def _vacancy(self) -> str:
        if len(self._models.members) == 1:
            return self.tr("This run has one model. Choose a kept model or a checkpoint to stand beside it.")
        return ""

    @Slot()
    def _name(self) -> None:
        """Update names, which depend on all models and their differing knobs."""
        models, training = self._models, self._training
        sources = models.sources
        found = model_names([self._described(source) for source in sources], training.cards, translated)
        with self._together():
            models.set_names(dict(zip(sources, found, strict=True)))
            training.set_names(tuple(found[: len(models.members)]))
            for pane in self._panes:
                if pane.source is not None and models.has(pane.source) and models.model(pane.source) == pane.model:
                    pane.set_model(models.model(pane.source), pane.frozen)

    def _described(self, source: Source) -> Described:
        model = self._models.model(source)
        knobs, member = (
            (self._training.knobs_on_show, source) if isinstance(source, int) else (self._kept(source).knobs, 0)
        )
        short, title = model.family_names
        acts = live_settings(model.config, model.traits, knobs, member, self._training.cards)
        return Described(
            short, title, model.config, acts, None if isinstance(source, int) else self._kept(source).step
        )

    def _kept(self, name: str) -> KeptModel:
        return self._models.kept[name].kept

    # ------------------------------------------------------------ maps

    def _show_now(self) -> None:
        parts = self._composed()
        self._maps.show(parts, at_once=is_small(parts))

    def _composed(self) -> list[MapPart | None]:
        """The part of each pane, if known; the identical object if nothing has changed."""
        for pane in self._panes:
            made_of = pane.frozen or self._report
            former_model, former_source, former = self._parts[pane.index][0]
            # A renamed model is the same model.
            if made_of is not former or (pane.model, pane.source) != (former_model, former_source):
                self._parts[pane.index] = (pane.model, pane.source, made_of), self._part(pane)
        return [part for _, part in self._parts]

    def _part(self, pane: PaneState) -> MapPart | None:
        model, source = pane.model, pane.source
        if model is None:
            return None
        if pane.frozen is not None:
            kept = pane.frozen.kept
            return MapPart(model, kept.step, kept.snapshot, kept.rows, kept.codes, kept.sigmas)
        if self._report is None or not isinstance(source, int) or source >= len(self._report[0].codes):
            return None
        report, past = self._report
        return MapPart.of(report, source, model, past)
