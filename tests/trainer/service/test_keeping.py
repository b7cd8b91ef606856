"""Where the service keeps things: places tried before a training, one writer a folder, and private files."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.service.conftest import PATIENCE
from tests.trainer.service.fakes import TRAITS, run_config
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.networks.description import plain_network
from trainer.reports import MapReport, Snapshot
from trainer.service.keeping import SavePlace, try_place
from trainer.service.messages import (
    Autosave,
    Autosaved,
    Control,
    Done,
    DropModel,
    Failed,
    KeepModel,
    ListData,
    Quit,
    SaveRun,
    Stepped,
)
from trainer.service.moments import Moments
from trainer.service.resident import SessionFiles
from trainer.storage.folder_lock import claim
from trainer.training.checkpoint import FILE
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.description import DataSummary
from trainer.training.kept_model import FOLDER, KeptModel, new_name, read_kept
from trainer.training.moment_file import moment_path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def keep(moments: Moments, step: int) -> bool:
    codes = np.zeros((3, 2), np.float32)
    report = MapReport(step=step, rows=np.arange(3), codes=(codes,), snapshots=(), seconds=0.0)
    return moments.keep(step, 0.0, lambda: ({"member0.model.w": np.zeros(100, np.float32)}, {}), report)


# ---------------------------------------------------------------- automatic saves


def test_a_place_of_automatic_saves_that_cannot_be_written_to_is_reported_when_training_starts(window) -> None:
    window.start()
    (window.folder / "file").write_text("x")
    window.send(Autosave(window.folder / "file" / "auto", 1000.0), Control("train"))
    failed = window.until(Failed)
    assert str(failed.sentence).startswith("Automatic saving does not work, training goes on. ")
    assert str(window.folder / "file") in str(failed.sentence)
    window.until(Stepped)
    window.send(Control("pause"), Control("train"))
    window.until(Stepped)
    assert len(window.all_heard(Failed)) == 1
    # Another place is tried again.
    window.send(Control("pause"), Autosave(window.folder / "auto", 1000.0), Control("train"))
    window.until(Stepped)
    window.send(Control("pause"))
    window.until(Autosaved)
    assert len(window.all_heard(Failed)) == 1


def test_a_trial_on_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int, _size: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("trainer.training.run_folder.find_room", full)
    (tmp_path / "there").mkdir()
    for place in (tmp_path / "new" / "auto", tmp_path / "there"):
        with pytest.raises(CheckpointError, match="the disk is full"):
            try_place(place)
    assert list(tmp_path.rglob("*")) == [tmp_path / "there"]


def kept_model(data: ImageData) -> KeptModel:
    config = run_config()
    return KeptModel(
        name=new_name(),
        run=config,
        traits=TRAITS,
        knobs=Knobs(),
        epoch=0.5,
        snapshot=Snapshot(
            number=1,
            step=3,
            config=config.models[0],
            weights={
                name: np.zeros(shape, np.float32)
                for name, shape in plain_network(config.models[0], posterior=False).shapes.items()
            },
        ),
        rows=np.arange(2),
        codes=np.zeros((2, 2), np.float32),
        data=DataSummary.of(data),
    )


def test_a_model_kept_while_the_run_rests_is_saved_at_once(window) -> None:
    trainer = window.start()
    place = window.folder / "auto"
    model = kept_model(trainer.data)
    window.send(Autosave(place, 1000.0), Control("step"))
    window.until(Autosaved)
    window.send(KeepModel(model), ListData(job=5, folder=window.folder))
    window.until(Done)
    kept, _ = read_kept(place / FOLDER, DataSummary.of(trainer.data))
    assert [one.name for one in kept] == [model.name]
    window.send(DropModel(model.name), ListData(job=6, folder=window.folder))
    window.until(Done)
    assert read_kept(place / FOLDER, DataSummary.of(trainer.data)) == ((), None)


def test_a_model_kept_just_before_the_end_is_saved(window) -> None:
    trainer = window.start()
    place = window.folder / "auto"
    model = kept_model(trainer.data)
    window.send(Autosave(place, 1000.0), Control("train"))
    window.until(Stepped)
    trainer.gate.clear()
    window.send(KeepModel(model), Quit())
    trainer.gate.set()
    window.thread.join(PATIENCE)
    kept, _ = read_kept(place / FOLDER, DataSummary.of(trainer.data))
    assert [one.name for one in kept] == [model.name]


# ---------------------------------------------------------------- one writer


def write(folder: Path, text: str) -> None:
    (folder / FILE).write_text(text)


def test_a_folder_that_another_program_writes_to_is_refused_and_the_former_place_stays(tmp_path: Path) -> None:
    place, first, second = SavePlace(), tmp_path / "first", tmp_path / "second"
    place.save(first, lambda: write(first, "a"), replace=True)
    second.mkdir()
    with claim(second):
        with pytest.raises(CheckpointError, match="Another program is writing to"):
            place.save(second, lambda: write(second, "a"), replace=True)
        assert not (second / FILE).exists()
    assert claim(first) is None
    place.save(second, lambda: write(second, "a"), replace=True)
    with claim(first) as lock:
        assert lock is not None
    assert claim(second) is None
    place.leave()
    with claim(second) as lock:
        assert lock is not None


def test_of_two_windows_that_opened_a_run_the_second_does_not_replace_what_the_first_saved(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    write(run, "as it was")
    first, second = SavePlace(), SavePlace()
    first.opened(run)
    second.opened(run)
    first.save(run, lambda: write(run, "first"), replace=False)
    with pytest.raises(CheckpointError, match="Another program is writing to"):
        second.save(run, lambda: write(run, "second"), replace=False)
    first.leave()
    with pytest.raises(CheckpointError, match="was changed by another program since this run was opened"):
        second.save(run, lambda: write(run, "second"), replace=False)
    assert (run / FILE).read_text() == "first"
    second.save(run, lambda: write(run, "second"), replace=True)  # chosen by the user
    second.save(run, lambda: write(run, "third"), replace=False)
    assert (run / FILE).read_text() == "third"
    second.leave()
    assert [path.name for path in run.iterdir()] == [FILE]


@pytest.mark.parametrize("held", [True, False], ids=["saved there before", "only opened"])
def test_a_save_that_failed_after_the_run_was_written_is_not_taken_for_another_programs(
    tmp_path: Path, held: bool
) -> None:
    run = tmp_path / "run"

    def run_but_not_session() -> None:
        write(run, "second")
        raise OSError("no room for the session")

    place = SavePlace()
    if held:
        place.save(run, lambda: write(run, "first"), replace=True)
    else:
        run.mkdir()
        write(run, "first")
        place.opened(run)
    with pytest.raises(OSError, match="no room"):
        place.save(run, run_but_not_session, replace=False)
    place.save(run, lambda: write(run, "third"), replace=False)
    assert (run / FILE).read_text() == "third"
    place.leave()


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed there")
def test_a_folder_that_was_removed_is_held_again_when_it_is_saved_to(tmp_path: Path) -> None:
    run = tmp_path / "run"
    place = SavePlace()
    place.save(run, lambda: None, replace=True)
    shutil.rmtree(run)
    place.save(run, lambda: None, replace=True)
    assert claim(run) is None
    place.leave()
    with claim(run) as lock:
        assert lock is not None


def test_a_save_that_fails_leaves_no_lock_and_no_empty_folder(tmp_path: Path) -> None:
    def fail() -> None:
        raise CheckpointError("no")

    place = SavePlace()
    with pytest.raises(CheckpointError, match="no"):
        place.save(tmp_path / "a" / "run", fail, replace=True)
    assert list(tmp_path.iterdir()) == []


def test_the_service_tells_and_does_not_save_where_another_program_writes(window) -> None:
    window.start()
    place = window.folder / "run"
    place.mkdir()
    with claim(place):
        window.send(SaveRun(job=5, path=place))
        assert str(window.until(Failed).sentence) == (
            f"Another program is writing to {place}; wait until it has ended, or choose another folder."
        )
        assert not window.backend.checkpoints
    window.send(SaveRun(job=6, path=place))
    window.until(Done)
    assert claim(place) is None
    window.start(job=20)
    with claim(place) as lock:
        assert lock is not None


# ---------------------------------------------------------------- private, and cleaned away


@pytest.mark.skipif(os.name == "nt", reason="a profile's folders are its owner's there")
def test_files_of_a_session_are_their_owners_alone(tmp_path: Path) -> None:
    former = os.umask(0)
    try:
        images = SessionFiles(tmp_path / "session").write(np.zeros(3, np.uint8))
        moments = Moments(tmp_path / "session" / "moments")
        assert keep(moments, 0)
        moment = moment_path(tmp_path / "session" / "moments", 1)
        assert [mode(images), mode(moment)] == [0o600, 0o600]
        assert [mode(images.parent), mode(moment.parent)] == [0o700, 0o700]
    finally:
        os.umask(former)


def test_moments_that_someone_removed_are_reported_once_and_others_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "session" / "moments"
    moments = Moments(folder)
    for step in (0, 10, 20):
        keep(moments, step)
    moment_path(folder, 2).unlink()
    assert moments.review() == 1
    reported = moments.report()
    assert ([moment.step for moment in reported.moments], reported.lost) == ([0, 20], 1)
    assert moments.report().lost == 0
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.parent.rmdir()
    assert keep(moments, 30)
    reported = moments.report()
    assert ([moment.step for moment in reported.moments], reported.lost, reported.trouble) == ([30], 2, None)
