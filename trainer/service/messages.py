"""The protocol between the window and the trainer service: every message, as frozen dataclasses.

The service runs `trainer.service.serve` on the far end of a `multiprocessing` connection, in a process of its own
(the default: its work never holds the window's interpreter) or in a thread. Torch-free.
Requests with a `job` number are answered by any number of `Advanced`, then exactly one `Done`, `Failed` or
`Cancelled` with that number. Jobs and training share one thread: a running job is done between steps, and
between the pieces of a long load steps are done and `Control`, `SetKnobs` and `Autosave` answered. All other
requests are answered between the pieces of measuring.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from trainer.config import DataConfig, RunConfig
from trainer.data.images import SkippedFile
from trainer.knobs import Knobs
from trainer.measures.measure import Figure
from trainer.progress import Progress
from trainer.reports import EvaluationReport, MapReport, Snapshot, StepReport
from trainer.sentences import Sentence
from trainer.training.kept_model import KeptModel
from trainer.traits import Traits

# ---------------------------------------------------------------- requests: window -> service


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadData:
    """Make a data set resident. `folder` is the data folder. Download only if `download`. Done: `DataLoaded`."""

    job: int
    config: DataConfig
    folder: Path
    download: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListData:
    """Done: tuple of `DataInfo`, the data sets that can be chosen by name."""

    job: int
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRun:
    """Build the run's members on the resident data, paused at step 0, replacing a former run. Done: `RunReady`.
    `Cancelled` if other data than those of `config` have been loaded meanwhile."""

    job: int
    config: RunConfig
    knobs: Knobs


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRun:
    """Open a checkpoint folder: its data (if it can be had again) and its run, paused. Done: `RunReady`.
    `device` "cpu" or "cuda" goes before the one that the run was trained on; "auto" keeps that. Paths of data are
    only looked at if `approved`; None approves all."""

    job: int
    path: Path
    folder: Path
    device: str = "auto"
    approved: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRun:
    """Write the run as a checkpoint folder. Done: the path.
    `session` is the window's own text, written beside it as session.json; "" writes none. `replace`: a person
    chose the place, and what is there now may go; otherwise only what was opened or saved there last. `moments`:
    with those of the run; otherwise those that were saved there before are removed."""

    job: int
    path: Path
    session: str = ""
    replace: bool = True
    moments: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodeAll:
    """Codes of all rows with the present weights. Done: `MapReport` with every row."""

    job: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueFrom:
    """Put the run back at a kept moment, exactly, and train on if it was training. Done: `Continued`.
    What came after it is the former branch, whose end (`MomentsKept.former`) can be continued from in its turn."""

    job: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureModels:
    """Measure models with these weights by groups of `trainer.measures`, one `GroupMeasured` each. Done: None.

    Training goes on between the pieces, and other jobs go first.

    Attributes:
        models: a snapshot each, with the σ² that its likelihood has learned.
        binarise: for each, how its run sees pixels, "none" or "dynamic".
        fingerprint: of the data; those in memory are measured on if they are these.
        groups: names of groups, measured in this order.
        most: held-out images, a seeded random choice; None for all.
        seed: of that choice and of all draws.
    """

    job: int
    models: tuple[Snapshot, ...] = field(repr=False)
    binarise: tuple[str, ...]
    fingerprint: str
    groups: tuple[str, ...]
    most: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class HoldMoment:
    """Keep moment `number`, which is looked at, from being thinned out; None: no moment is looked at."""

    number: int | None


@dataclass(frozen=True, slots=True)
class ForgetMoments:
    """Remove the run's moments: the window shows something else."""


@dataclass(frozen=True, slots=True)
class Control:
    """`action` is "train", "pause", "step" or "stop". Pausing or stopping is followed by a full `MapReport`.
    "train" or "step" after a run's last epoch goes on to `epochs`, or without end if they are done or None."""

    action: str
    epochs: int | None = None


@dataclass(frozen=True, slots=True)
class SetKnobs:
    """Takes effect at the top of the next step."""

    knobs: Knobs


@dataclass(frozen=True, slots=True)
class Autosave:
    """Keep the run in `path` every `seconds` while training, and on pause; `path` None stops doing so."""

    path: Path | None
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class KeepSession:
    """The window's present text, see `SaveRun.session`: written beside the run's automatic saves."""

    session: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepModel:
    """A model kept for comparison, to be saved beside runs on its data; it replaces one of the same name."""

    model: KeptModel = field(repr=False)


@dataclass(frozen=True, slots=True)
class DropModel:
    """Remove the kept model of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give job `job` up; the answer is `Cancelled` unless it was done already."""

    job: int


@dataclass(frozen=True, slots=True)
class Quit:
    """Stop at once and return from `serve`."""


# ---------------------------------------------------------------- reports: service -> window


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLoaded:
    """A resident data set as the window sees it.

    `images` is a .npy file in a temporary folder of the session, opened with `mmap_mode="r"`: uint8
    (N, C, H, W), shared by the system's page cache instead of copied. Other attributes as in `ImageData`.
    """

    config: DataConfig
    title: str
    images: Path
    train_count: int
    labels: np.ndarray | None = field(repr=False)
    label_names: tuple[str, ...]
    factors: np.ndarray | None = field(repr=False)
    factor_names: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    fingerprint: str
    remarks: tuple[Sentence, ...] = ()
    source_rows: np.ndarray | None = field(default=None, repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Ready:
    """First message of a service: torch is imported. `remark`: a card that is there and cannot be used."""

    torch: str
    devices: tuple[str, ...]
    threads: int
    memory: int = 0
    remark: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Advanced:
    """How far a job is."""

    job: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Done:
    """A job's result."""

    job: int
    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """A job's end: one sentence for people, and the traceback as text.

    Job 0 is none of the window's: trouble of the service's own, such as an automatic save that does not work.
    """

    job: int
    sentence: Sentence
    details: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A job was given up and left nothing behind."""

    job: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReady:
    """A run is ready, paused.

    `data` is set when opening it loaded its data; None if the resident data serves or none could be had
    (`data_missing` then says in one sentence why, and the run can be looked at but not trained).
    `history` and `evaluations` are what an opened run had reported before. `traits` are the families', one a
    member. `kept` are the models that were kept for comparison with it; `kept_missing` says why one could not be
    read, or is "".
    """

    config: RunConfig
    traits: tuple[Traits, ...]
    knobs: Knobs
    map: MapReport | None
    data: DataLoaded | None = None
    data_missing: Sentence | None = None
    history: tuple[StepReport, ...] = ()
    evaluations: tuple[EvaluationReport, ...] = ()
    kept: tuple[KeptModel, ...] = field(default=(), repr=False)
    kept_missing: Sentence | None = None
    device: str = "cpu"
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Stepped:
    """Step reports since the last message, oldest first: at most some thirty messages a second."""

    reports: tuple[StepReport, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map refresh at the trainer's own pace; `complete` when it holds every row."""

    report: MapReport
    complete: bool


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A held-out evaluation at the trainer's own pace."""

    report: EvaluationReport


@dataclass(frozen=True, slots=True)
class RunState:
    """`state` is "none", "ready", "training", "paused", "stopped", "finished" or "failed"; `reason` a sentence.

    `memory` is the service's resident memory in bytes. "failed" keeps the last good snapshot, restored.
    """

    state: str
    step: int
    reason: Sentence | None = None
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A kept moment of a run: `number` grows by one with each, `size` is in bytes."""

    number: int
    step: int
    epoch: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentsKept:
    """The moments there are now, whenever they have changed; see `moment_file`.

    `moments` ascend in steps. `former` is the end of the branch that was left when the run last went back. `used`
    and `budget` are bytes, `saved` those of moments that are saved with a session. `trouble` says why no more are
    kept. `lost`: files removed by others."""

    folder: Path
    moments: tuple[Moment, ...] = field(repr=False)
    former: Moment | None
    used: int
    budget: int
    saved: int = 0
    trouble: Sentence | None = None
    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """The run is at a moment again; or, without a request, where it was before a step that went wrong.

    `knobs` are those of then. `last` is the report of the step before it, if there is one. `returned`: it was the
    former branch's end, and what came after the parting is the former branch now.
    """

    step: int
    epoch: float
    knobs: Knobs
    last: StepReport | None
    returned: bool


@dataclass(frozen=True, slots=True)
class GroupMeasured:
    """Job `job`, a `MeasureModels`, has measured a group of its model with number `model`: a figure of each."""

    job: int
    model: int
    group: str
    figures: tuple[Figure, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Autosaved:
    """The run was written to its autosave place at `step`."""

    step: int


Request = (
    LoadData
    | ListData
    | StartRun
    | OpenRun
    | SaveRun
    | EncodeAll
    | ContinueFrom
    | MeasureModels
    | HoldMoment
    | ForgetMoments
    | Control
    | SetKnobs
    | Autosave
    | KeepSession
    | KeepModel
    | DropModel
    | Cancel
    | Quit
)
Report = (
    Ready | Advanced | Done | Failed | Cancelled
    | Stepped | Mapped | Evaluated | RunState | MomentsKept | Autosaved | Continued | GroupMeasured
)  # fmt: skip
