"""Keeps models for comparison: freezes the one in a pane, opens one from a checkpoint, removes one."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Slot

from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.figures import figures_of
from latent_explorer.core.jobs import JobsState
from latent_explorer.core.local_job import LocalJob
from latent_explorer.core.models import BUDGET, MOST_KEPT, ModelsState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.pane import PaneState
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.core.sources import PaneSources
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.core.training import TrainingState
from latent_explorer.core.workers.worker import Worker
from latent_explorer.words.figures import count, megabytes
from latent_explorer.words.trainer_names import shown_name
from latent_explorer.words.trainer_sentences import shown_sentence, translated
from trainer.card import Card
from trainer.model_names import Described, live_settings, model_names
from trainer.progress import Progress
from trainer.replica.replica import Replica
from trainer.reports import StepReport
from trainer.sentences import RequestError, Sentence
from trainer.service.messages import DropModel, KeepModel, Ready
from trainer.training.checkpoint import read_description
from trainer.training.description import DataSummary, Description
from trainer.training.kept_model import KeptModel, member_of, new_name

#: Images encoded between two checks for cancellation.
_PIECE = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class _Several:
    """A checkpoint with several models, of which the user must choose one."""

    pane: int
    path: Path
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Opened:
    """A model to be shown in a pane."""

    pane: int
    kept: KeptModel


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """Work for the thread. encodes: the name of the kept model whose images are encoded, or ""."""

    work: Callable[[], Iterator[object]]
    encodes: str = ""


class KeepingController(QObject):
    """Handles requests of `ModelsState`; a separate thread reads checkpoints and encodes images."""

    def __init__(
        self,
        client: TrainerClient,
        models: ModelsState,
        panes: tuple[PaneState, ...],
        sources: PaneSources,
        explorer: ExplorerState,
        training: TrainingState,
        worker: Worker,
        replicas: ReplicaCache,
        jobs: JobsState,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._models = models
        self._panes = panes
        self._sources = sources
        self._explorer = explorer
        self._training = training
        self._worker = worker
        self._replicas = replicas
        self._notifications = notifications
        #: Queue of tasks for the thread; the first is running.
        self._tasks: list[_Task] = []
        self._job = LocalJob(lambda: self.tr("Encoding all images for the kept model"), worker, jobs)
        worker.answered.connect(self._answered)
        worker.failed.connect(self._failed)
        worker.busy_changed.connect(self._next)
        models.keep_requested.connect(self._keep)
        models.drop_requested.connect(self._drop)
        models.open_requested.connect(self._open)
        models.member_chosen.connect(self._open)
        client.reported.connect(self._reported)
        explorer.data_changed.connect(self._data_changed)

    @property
    def busy(self) -> bool:
        """Whether a checkpoint is being read or images are being encoded."""
        return bool(self._tasks)

    # ------------------------------------------------------------ keeping

    @Slot(int)
    def _keep(self, index: int) -> None:
        """Freeze the model in a pane with its present weights and codes."""
        pane, training, data = self._panes[index], self._training, self._explorer.data
        codes, shown, model = pane.codes, training.run_config or training.on_show, pane.model
        known = data is not None and codes is not None and codes.snapshot is not None and model is not None
        if not known or pane.frozen is not None or not isinstance(pane.source, int):
            return
        if shown is None:
            sentence = self.tr("The trainer has ended; open a run, or begin one, to keep models of it.")
            self._notifications.post("info", sentence)
            return
        assert data is not None
        assert codes is not None
        assert codes.snapshot is not None
        assert model is not None
        figures = figures_of(training, pane)
        assert figures is not None
        step = codes.snapshot.step
        # Weights without a run have their complete history.
        until = None if training.run_config is None else step
        # The model may be stopped, or the map behind the run: the run's last KL and knobs belong to other weights.
        past = training.looked_at is not None or until not in (None, training.step)
        kl = () if past else figures.kl
        kept = KeptModel(
            name=new_name(),
            run=shown.replace(models=(model.config,)),
            traits=model.traits,
            knobs=(training.knobs_at(step) if past else training.last_knobs).for_members((pane.source,)),
            epoch=training.history.epoch_at(step) if len(training.history) else training.epoch,
            snapshot=codes.snapshot,
            rows=codes.rows,
            codes=codes.codes,
            sigmas=codes.sigmas,
            data=DataSummary.of(data),
            history=_with_kl(figures.history.reports(figures.member, until), kl),
            evaluations=tuple(one for one in figures.evaluations if until is None or one.step <= until),
        )
        if (again := self._known(kept)) is not None:
            self._sources.put_beside(pane, again.name)
            self._report_known(again)
        elif self._has_room(kept):
            self._add(kept)
            self._sources.put_beside(pane, kept.name)
            self._complete(kept)
            self._notifications.post("info", self._kept_text(kept))

    def _known(self, kept: KeptModel) -> KeptModel | None:
        """The same model, if it is kept already."""
        return next((one.kept for one in self._models.kept.values() if one.kept.is_again(kept)), None)

    def _report_known(self, kept: KeptModel) -> None:
        text = self.tr("{model} is kept already: the pane shows it.")
        self._notifications.post("info", text.format(model=self._models.names[kept.name][0]))

    def _kept_text(self, kept: KeptModel) -> str:
        name = self._models.names[kept.name][0]
        text = self.tr("{model} is kept for comparison. Kept models take {size} of at most {most}.")
        return text.format(model=name, size=megabytes(self._models.size), most=megabytes(BUDGET))

    def _has_room(self, kept: KeptModel) -> bool:
        """Whether there is room to keep it; posts the reason if not."""
        models = self._models
        if len(models.kept) < MOST_KEPT and models.size + kept.size <= BUDGET:
            return True
        text = self.tr(
            "This model would take {size}, and {count} kept models take {taken} of at most {most}: drop one of "
            "them first."
        )
        sentence = text.format(
            size=megabytes(kept.size),
            count=count(len(models.kept)),
            taken=megabytes(models.size),
            most=megabytes(BUDGET),
        )
        self._notifications.post("warning", sentence)
        return False

    def _add(self, kept: KeptModel, *, report: bool = True) -> None:
        former = self._models.kept.get(kept.name)
        self._models.put_kept(self._sources.frozen(kept, former))
        if report:
            self._client.tell(KeepModel(kept))

    def adopt(self, kept: tuple[KeptModel, ...], missing: Sentence | None = None) -> None:
        """Add the models kept with an opened run; the trainer has them already."""
        for model in kept:
            if model.name not in self._models.kept and self._has_room(model):
                self._add(model, report=False)
                self._complete(model)
        if missing:
            text = self.tr("A model kept for comparison could not be read and is left out; the run is whole.")
            self._notifications.post("warning", text, shown_sentence(missing))

    @Slot(str)
    def _drop(self, name: str) -> None:
        self._models.drop(name)
        self._client.tell(DropModel(name))

    @Slot(object)
    def _reported(self, report: object) -> None:
        if isinstance(report, Ready):
            # A restarted trainer has none.
            for frozen in self._models.kept.values():
                self._client.tell(KeepModel(frozen.kept))

    # ------------------------------------------------------------ opening

    @Slot(int, str)
    @Slot(int, str, int)
    def _open(self, index: int, path: str, member: int = -1) -> None:
        """Open a model of a checkpoint in a pane; if there are several, the user is asked which."""
        data = self._explorer.data
        if data is None:
            self._notifications.post("info", self.tr("There is no data on show yet to compare models on."))
            return
        place = Path(path)
        place = place.parent if place.is_file() else place
        self._soon(_Task(lambda: self._opening(index, place, member, data)))

    def _opening(self, index: int, path: Path, member: int, data: DataView) -> Iterator[object]:
        """Read the checkpoint; runs in the thread."""
        description = read_description(path)
        self._check(path, description, data)
        if member < 0 and len(description.config.models) > 1:
            yield _Several(index, path, _names(description, self._training.cards))
            return
        kept = member_of(path, max(member, 0), description, origin=path.name)
        if (known := self._known(kept)) is not None:
            kept = known
        elif not kept.whole:
            if data.images is None:
                raise RequestError(
                    "{name} holds no codes, and the images to make them from are not at hand.", name=path.name
                )
            kept = yield from self._encoded(kept, data.images)
        yield _Opened(index, kept)

    def _check(self, path: Path, description: Description, data: DataView) -> None:
        """Raises `RequestError` for a checkpoint of other data."""
        other = description.data
        if other.shape != data.shape:
            raise RequestError(
                "{name} takes images of {other} and those on show are of {shown}: its models cannot stand beside "
                "these.",
                name=path.name,
                other=_size(other.shape),
                shown=_size(data.shape),
            )
        if (other.fingerprint, other.count) != (data.fingerprint, data.count):
            raise RequestError(
                "{name} was trained on other images ({other}) than those on show ({shown}): its models cannot "
                "stand beside these.",
                name=path.name,
                other=other.title,
                shown=data.title,
            )

    # ------------------------------------------------------------ codes of all images

    def _complete(self, kept: KeptModel) -> None:
        """Compute the codes of all images, if some are missing and the present images are those of its data."""
        data = self._explorer.data
        if kept.whole or data is None or data.images is None or data.fingerprint != kept.data.fingerprint:
            return
        if any(task.encodes == kept.name for task in self._tasks):
            return
        images = data.images
        self._soon(_Task(lambda: self._encoded_whole(kept, images), encodes=kept.name))

    @Slot()
    def _data_changed(self) -> None:
        """Complete kept models whose images have become available."""
        for frozen in self._models.kept.values():
            self._complete(frozen.kept)

    def _encoded_whole(self, kept: KeptModel, images: np.ndarray) -> Iterator[object]:
        yield (yield from self._encoded(kept, images))

    def _encoded(self, kept: KeptModel, images: np.ndarray) -> Generator[Progress, None, KeptModel]:
        """In the thread: yields progress, and returns the model with the codes of all images."""
        replica: Replica = self._replicas.of(kept.snapshot, kept.traits)
        codes = np.empty((len(images), kept.config.latent), np.float32)
        sigmas = np.empty_like(codes) if kept.traits.has_posterior else None
        for start in range(0, len(images), _PIECE):
            yield Progress(start, len(images), Sentence("images"), Sentence("Encoding"))
            piece = slice(start, start + _PIECE)
            posterior = replica.posterior(np.ascontiguousarray(images[piece])) if sigmas is not None else None
            if sigmas is not None and posterior is not None:
                codes[piece], sigmas[piece] = posterior.mean, posterior.spread
            else:
                codes[piece] = replica.encode(np.ascontiguousarray(images[piece]))
        return replace(kept, rows=np.arange(len(images)), codes=codes, sigmas=sigmas)

    # ------------------------------------------------------------ the thread

    def _soon(self, task: _Task) -> None:
        self._tasks.append(task)
        if len(self._tasks) == 1:
            self._worker.ask(task.work)

    @Slot()
    def _next(self) -> None:
        """Start the next task, after the last one has ended."""
        if self._worker.busy or not self._tasks:
            return
        del self._tasks[0]
        if self._tasks:
            self._worker.ask(self._tasks[0].work)

    @Slot(object)
    def _answered(self, answer: object) -> None:
        match answer:
            case _Several():
                self._models.member_wanted.emit(answer.pane, str(answer.path), answer.names)
            case _Opened():
                self._show(answer)
            case KeptModel() if answer.name in self._models.kept:
                self._add(answer)

    def _show(self, opened: _Opened) -> None:
        kept, data = opened.kept, self._explorer.data
        if data is None or data.fingerprint != kept.data.fingerprint:
            return
        if (known := self._known(kept)) is not None:
            self._panes[opened.pane].choose(known.name)
            self._report_known(known)
        elif self._has_room(kept):
            self._add(kept)
            self._panes[opened.pane].choose(kept.name)

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        sentence = sentence or self.tr("The model could not be opened in this pane; see the details.")
        self._notifications.post("error", sentence, details)


def _with_kl(history: tuple[StepReport, ...], kl: tuple[float, ...]) -> tuple[StepReport, ...]:
    """`history` with the KL per dimension added to the last step, which curves do not store."""
    if not history:
        return ()
    last = history[-1]
    return (*history[:-1], replace(last, losses=(replace(last.losses[0], kl_per_dimension=kl),)))


def _names(description: Description, cards: Mapping[str, Card]) -> tuple[str, ...]:
    """Distinguishing names of the models of a checkpoint."""
    described = [
        Described(
            traits.short or traits.title,
            shown_name(traits.title),
            model,
            live_settings(model, traits, description.knobs, member, cards),
        )
        for member, (model, traits) in enumerate(zip(description.config.models, description.traits, strict=True))
    ]
    return tuple(full for _, full in model_names(described, cards, translated))


def _size(shape: tuple[int, int, int]) -> str:
    channels, height, width = shape
    return f"{height} × {width} × {channels}"
