"""Jobs: one answer each, in order, cancelled while they run, and all or nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.service.fakes import run_config
from trainer.config import DataConfig
from trainer.data.images import DataError
from trainer.knobs import Knobs
from trainer.records import ConfigError
from trainer.service.messages import (
    Advanced,
    Cancel,
    Cancelled,
    Control,
    Done,
    EncodeAll,
    Failed,
    ListData,
    LoadData,
    Mapped,
    OpenRun,
    Ready,
    RunReady,
    RunState,
    SaveRun,
    StartRun,
)

HERE = Path("data")


def _load(job: int, **config) -> LoadData:
    return LoadData(job=job, config=DataConfig(**config), folder=HERE)


def test_it_says_that_it_is_ready_first(window) -> None:
    window.until(Ready)
    assert len(window.heard) == 1


def test_it_warms_up_once_when_nothing_is_asked(window) -> None:
    window.load(1)
    assert window.backend.warmed.wait(60)
    window.load(2)
    window.quit()
    assert window.backend.warm == 1


def test_loaded_images_lie_in_a_file_that_can_be_mapped(window) -> None:
    loaded = window.load()
    images = np.load(loaded.images, mmap_mode="r", allow_pickle=False)
    assert images.shape == (12, 1, 4, 4)
    assert images.dtype == np.uint8
    assert loaded.train_count == 9
    assert loaded.images.parent == window.folder
    assert window.all_heard(Advanced)


def test_the_same_data_are_not_loaded_twice(window) -> None:
    first = window.load(1)
    second = window.load(2)
    other = window.load(3, seed=1)
    assert window.backend.loads == 2
    assert first.images == second.images != other.images


def test_a_file_is_deleted_once_two_newer_ones_have_come(window) -> None:
    files = [window.load(job, seed=job).images for job in (1, 2, 3)]
    assert [file.exists() for file in files] == [False, True, True]


def test_a_load_can_be_cancelled_while_requests_wait_in_order(window) -> None:
    window.backend.hold = True
    window.send(_load(1))
    assert window.backend.holding.wait(60)
    window.send(ListData(job=2, folder=HERE), ListData(job=3, folder=HERE), Cancel(3), Cancel(1))
    window.until(lambda report: isinstance(report, Cancelled) and report.job == 3)
    ends = [(type(report), report.job) for report in window.heard if isinstance(report, Cancelled | Done)]
    assert ends == [(Cancelled, 1), (Done, 2), (Cancelled, 3)]
    assert not list(window.folder.glob("*"))


def test_the_next_use_after_a_cancel_works(window) -> None:
    window.backend.hold = True
    window.send(_load(1))
    assert window.backend.holding.wait(60)
    window.send(Cancel(1))
    window.until(Cancelled)
    window.backend.hold = False
    assert window.load(2).images.exists()


def test_a_cancel_that_comes_too_late_is_forgotten(window) -> None:
    window.load(1)
    window.send(Cancel(1), ListData(job=2, folder=HERE))
    window.until(lambda report: isinstance(report, Done) and report.job == 2)
    assert not window.all_heard(Cancelled)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (DataError("There are no images in it; choose another folder."), "There are no images in it"),
        (ConfigError("Batch must be above 0."), "Batch must be above 0."),
        (MemoryError(), "The memory did not suffice"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"), "The memory did not suffice"),
        (OSError(28, "No space left on device", "a.npy"), "The disk is full (a.npy); free some space and try"),
        (OSError(28, "No space left on device"), "The disk is full; free some space and try again."),
        (PermissionError(13, "Permission denied", "a.npy"), "a.npy could not be used (Permission denied); check"),
        (ZeroDivisionError("inner workings"), "fault in the program"),
    ],
)
def test_a_job_that_fails_says_why_and_leaves_the_rest_as_it_was(window, error, sentence) -> None:
    first = window.load(1)
    window.backend.fail = error
    window.send(_load(2, seed=5))
    failed = window.until(Failed)
    assert failed.job == 2
    assert str(failed.sentence).startswith(sentence) or sentence in str(failed.sentence)
    assert "inner workings" not in str(failed.sentence)
    assert type(error).__name__ in failed.details
    assert window.load(3).images == first.images
    window.send(StartRun(job=4, config=run_config(), knobs=Knobs()))
    assert window.until(Done).job == 4


def test_a_run_needs_data_and_saving_needs_a_run(window) -> None:
    window.send(StartRun(job=1, config=run_config(), knobs=Knobs()))
    assert "data" in str(window.until(Failed).sentence)
    window.send(SaveRun(job=2, path=window.folder / "run"))
    assert "no run" in str(window.until(lambda report: isinstance(report, Failed) and report.job == 2).sentence)
    window.send(Control("train"))
    assert window.until(RunState).state == "none"


def test_a_run_is_not_built_on_data_that_came_after_it_was_asked_for(window) -> None:
    trainer = window.start()
    window.load(3, seed=7)
    window.send(StartRun(job=4, config=run_config(), knobs=Knobs()))
    assert window.until(Cancelled).job == 4
    assert window.backend.trainer is trainer
    window.load(5)
    window.send(StartRun(job=6, config=run_config(), knobs=Knobs()))
    assert window.until(Done).job == 6


def test_a_run_starts_with_a_map_of_the_probe_rows_and_then_shows_all(window) -> None:
    window.load()
    window.send(StartRun(job=2, config=run_config(probe=5), knobs=Knobs()))
    ready = window.until(Done).result
    assert isinstance(ready, RunReady)
    assert len(ready.map.rows) == 5
    assert window.until(RunState).state == "ready"
    mapped = window.until(Mapped)
    assert mapped.complete
    assert len(mapped.report.rows) == 12


def test_a_former_run_stays_if_starting_the_next_is_cancelled(window) -> None:
    trainer = window.start()
    window.send(StartRun(job=5, config=run_config(), knobs=Knobs()), Cancel(5))
    # Whether the cancel is seen depends on when it arrives; what matters is that there is one answer.
    end = window.until(lambda report: getattr(report, "job", None) == 5 and not isinstance(report, Advanced))
    window.send(EncodeAll(job=6))
    window.until(lambda report: isinstance(report, Done) and report.job == 6)
    if isinstance(end, Cancelled):
        assert window.backend.trainer is trainer


def test_encoding_can_be_cancelled(window) -> None:
    trainer = window.start()
    trainer.hold_map = True
    window.send(EncodeAll(job=7))
    assert trainer.holding.wait(60)
    window.send(Cancel(7))
    assert window.until(Cancelled).job == 7


def test_a_run_is_saved_with_its_codes_and_opened_where_it_was(window) -> None:
    window.start()
    window.send(Control("step"), SaveRun(job=3, path=window.folder / "run"))
    window.until(lambda report: isinstance(report, Done) and report.job == 3)
    assert window.backend.checkpoints[window.folder / "run"] == (1, True)
    window.send(OpenRun(job=4, path=window.folder / "run", folder=HERE))
    ready = window.until(lambda report: isinstance(report, Done) and report.job == 4).result
    assert ready.map.step == 1
    assert ready.data is None  # the resident data serve
    assert [report.step for report in ready.history] == [1]
    assert window.until(RunState).state == "paused"


def test_a_run_whose_data_have_changed_can_be_looked_at(window) -> None:
    window.start()
    window.send(SaveRun(job=3, path=window.folder / "run"))
    window.until(lambda report: isinstance(report, Done) and report.job == 3)
    window.backend.changed = True
    window.load(4, seed=9)
    window.send(OpenRun(job=5, path=window.folder / "run", folder=HERE))
    ready = window.until(lambda report: isinstance(report, Done) and report.job == 5).result
    assert "have changed" in str(ready.data_missing)
    assert ready.map.snapshots
    window.send(Control("train"))
    assert window.until(lambda report: isinstance(report, RunState) and report.state == "none").reason


def test_a_checkpoint_that_is_none_leaves_the_run_alone(window) -> None:
    window.start()
    window.send(OpenRun(job=3, path=Path("nowhere"), folder=HERE))
    assert "nowhere" in str(window.until(Failed).sentence)
    window.send(EncodeAll(job=4))
    assert window.until(Done).job == 4
