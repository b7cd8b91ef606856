"""The protocol between the window and the trainer service: every message, as frozen dataclasses.

The service runs `trainer.service.serve` on the far end of a `multiprocessing` connection, in a separate
process (the default: it never blocks the window's interpreter) or in a thread. Torch-free.
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
    """Load a data set into memory. `folder` is the data folder. Download only if `download`. Done:
    `DataLoaded`.
    """

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
    """Build the run's members on the resident data, paused at step 0, replacing any previous run. Done:
    `RunReady`. `Cancelled` if data other than those of `config` have been loaded meanwhile.
    """

    job: int
    config: RunConfig
    knobs: Knobs


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRun:
    """Open a checkpoint folder: its data (if available) and its run, paused. Done: `RunReady`.
    `device` "cpu" or "cuda" overrides the one that the run was trained on; "auto" keeps that. Paths of data are
    only accessed if `approved`; None approves all."""

    job: int
    path: Path
    folder: Path
    device: str = "auto"
    approved: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRun:
    """Write the run as a checkpoint folder. Done: the path.
    `session` is the window's text, written beside it as session.json; "" writes none. `replace`: the user chose
    the folder, and its content may be overwritten; otherwise only a run that was last opened or saved there.
    `moments`: save those of the run; otherwise moments saved there before are removed."""

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
    """Restore the run exactly at a kept moment, and continue training if it was training. Done: `Continued`.
    The later part becomes the former branch, whose end (`MomentsKept.former`) can be continued from as well."""

    job: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureModels:
    """Measure models with given weights by groups of `trainer.measures`, one `GroupMeasured` each. Done: None.

    Training continues between the pieces, and other jobs have priority.

    Attributes:
        models: a snapshot of each, with the learned σ² of its likelihood.
        binarise: for each, the binarisation of its run.
        fingerprint: of the data; the data in memory must match it.
        groups: names of groups, measured in this order.
        most: maximum number of held-out images, a seeded random choice; None for all.
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
    """Protect moment `number`, which is shown, from being thinned out; None: no moment is shown."""

    number: int | None


@dataclass(frozen=True, slots=True)
class ForgetMoments:
    """Remove the run's moments: the window no longer shows the run."""


@dataclass(frozen=True, slots=True)
class Control:
    """`action` is "train", "pause", "step" or "stop". Pausing or stopping is followed by a full `MapReport`.
    "train" or "step" after a run's last epoch continues to `epochs`, or without end if they are done or None."""

    action: str
    epochs: int | None = None


@dataclass(frozen=True, slots=True)
class SetKnobs:
    """Set the knobs, which take effect at the start of the next step."""

    knobs: Knobs


@dataclass(frozen=True, slots=True)
class Autosave:
    """Save the run to `path` every `seconds` while training, and on pause; `path` None stops this."""

    path: Path | None
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class KeepSession:
    """The window's current text, see `SaveRun.session`: written beside the run's automatic saves."""

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
    """Cancel job `job`; the answer is `Cancelled` unless it was done already."""

    job: int


@dataclass(frozen=True, slots=True)
class Quit:
    """Stop immediately and return from `serve`."""


# ---------------------------------------------------------------- reports: service -> window


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLoaded:
    """A loaded data set, as the window uses it.

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
    """First message of a service: torch is imported. `remark`: a GPU that exists but cannot be used."""

    torch: str
    devices: tuple[str, ...]
    threads: int
    memory: int = 0
    remark: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Advanced:
    """Progress of a job."""

    job: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Done:
    """A job's result."""

    job: int
    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """A failed job: one sentence for the user, and the traceback as text.

    Job 0 is not a request of the window: an error of the service, such as a failed automatic save.
    """

    job: int
    sentence: Sentence
    details: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A job was cancelled and left nothing behind."""

    job: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReady:
    """A run is ready, paused.

    `data` is set if opening the run loaded its data; None if the data in memory match or none are available
    (`data_missing` is then a sentence with the reason, and the run can be viewed but not trained).
    `history` and `evaluations` are the earlier reports of an opened run. `traits` are those of the families, one
    per member. `kept` are the models kept for comparison with it; `kept_missing` is the reason why one could not
    be read, or "".
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
    """Step reports since the last message, oldest first: at most about thirty messages a second."""

    reports: tuple[StepReport, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map refresh by the trainer; `complete` if it contains every row."""

    report: MapReport
    complete: bool


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A held-out evaluation by the trainer."""

    report: EvaluationReport


@dataclass(frozen=True, slots=True)
class RunState:
    """`state` is "none", "ready", "training", "paused", "stopped", "finished" or "failed"; `reason` a sentence.

    `memory` is the service's resident memory in bytes. In "failed" the last good state was restored.
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
    """The kept moments, sent when they have changed; see `moment_file`.

    `moments` ascend in steps. `former` is the end of the branch that was left when the run last went back. `used`,
    `budget` and `saved` (moments saved with a session) are in bytes. `trouble` is the reason why no more are
    kept. `lost`: number of files removed by others."""

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
    """The run is at an earlier moment; or, without a request, it was rolled back before a failed step.

    `knobs` are those of that time. `last` is the report of the step before it, if there is one. `returned`: it was
    the former branch's end, and the two branches were exchanged.
    """

    step: int
    epoch: float
    knobs: Knobs
    last: StepReport | None
    returned: bool


@dataclass(frozen=True, slots=True)
class GroupMeasured:
    """Job `job`, a `MeasureModels`, has measured a group for model number `model`: one figure per measure."""

    job: int
    model: int
    group: str
    figures: tuple[Figure, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Autosaved:
    """The run was saved automatically at `step`."""

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
