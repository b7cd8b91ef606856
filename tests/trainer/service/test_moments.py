"""Kept moments: spread over the run within a budget, held, gone back to; trouble with their folder."""

from __future__ import annotations

import errno
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.service.test_duty_cycle import Clock
from trainer.config import ModelConfig
from trainer.reports import MapReport, Snapshot
from trainer.sentences import RequestError
from trainer.service import moments as module
from trainer.service.moments import MOST, Moments, spread_positions
from trainer.training.moment_file import moment_path, read_shown

MODEL = ModelConfig(family="autoencoder", widths=(4,), shape=(1, 4, 4))


def _keep(moments: Moments, step: int, size: int = 100) -> bool:
    arrays = {"member0.model.w": np.full(size, step, np.float32), "generator.corruption": np.zeros(3, np.uint8)}
    snapshot = Snapshot(number=1, step=step, config=MODEL, weights={})
    codes = np.full((5, 2), step, np.float32)
    report = MapReport(step=step, rows=np.arange(5), codes=(codes,), snapshots=(snapshot,), seconds=0.0)
    return moments.keep(step, step / 10, lambda: (arrays, {"step": step}), report)


def _steps(moments: Moments) -> list[int]:
    return [moment.step for moment in moments.told().moments]


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_moment_is_read_again_as_it_was_kept(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    assert _keep(moments, 7)
    (moment,) = moments.told().moments
    path = moment_path(tmp_path / "moments", moment.number)
    assert path.stat().st_size == moment.size == moments.told().used
    report = read_shown(path, (MODEL,), moment.step, 3)
    assert (report.step, report.snapshots[0].number, report.snapshots[0].config) == (7, 3, MODEL)
    np.testing.assert_array_equal(report.codes[0], np.full((5, 2), 7))
    np.testing.assert_array_equal(report.snapshots[0].weights["w"], np.full(100, 7))
    arrays, numbers = moments.state(moment.number)
    assert numbers == {"step": 7}
    assert set(arrays) == {"member0.model.w", "generator.corruption"}


@pytest.mark.parametrize("seed", range(5))
def test_thinning_keeps_the_ends_and_an_even_spread_within_the_budget(tmp_path, seed) -> None:
    random = np.random.default_rng(seed)
    size = 600
    moments = Moments(tmp_path / "moments", budget=20 * size + 100)
    step = int(random.integers(0, 1000))
    first = step
    for kept in range(1, 400):
        assert _keep(moments, step)
        told = moments.told()
        assert told.used <= told.budget
        assert told.moments[0].step == first
        assert told.moments[-1].step == step
        assert _files(tmp_path / "moments") == {moment_path(Path(), one.number).name for one in told.moments}
        if kept > 30:
            gaps = np.diff(spread_positions(_steps(moments)))
            # What takes away the narrowest pair of gaps leaves none much wider than two of the others.
            assert gaps[:-1].max() <= 3.5 * np.median(gaps) + 3 * np.sqrt(80)
            assert len(told.moments) >= 12
        step += int(random.integers(1, 80))


def test_no_more_than_the_most_are_kept(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    for step in range(MOST + 40):
        _keep(moments, step, size=1)
    assert len(_steps(moments)) == MOST
    assert _steps(moments)[0] == 0
    assert _steps(moments)[-1] == MOST + 39


def test_a_moment_somebody_looks_at_stays(tmp_path) -> None:
    moments = Moments(tmp_path / "moments", budget=6 * 600)
    for step in range(4):
        _keep(moments, step)
    held = moments.told().moments[1]
    moments.hold(held.number)
    for step in range(4, 100):
        _keep(moments, step)
    assert held in moments.told().moments
    moments.hold(None)
    for step in range(100, 200):
        _keep(moments, step)
    assert held not in moments.told().moments


def test_moments_that_thinning_would_take_away_are_not_written(tmp_path) -> None:
    clock = Clock()
    moments = Moments(tmp_path / "moments", budget=10 * 600, clock=clock)
    written = 0
    for step in range(0, 20_000):
        clock.now += 0.1
        if moments.due(step):
            written += _keep(moments, step)
    assert len(_steps(moments)) >= 6
    assert written < 200
    assert 20_000 - _steps(moments)[-1] < 2000


def test_keeping_takes_its_share_of_the_time(tmp_path, monkeypatch) -> None:
    clock = Clock()
    moments = Moments(tmp_path / "moments", clock=clock)
    write = module.write_moment

    def slow(*args):
        clock.now += 0.5
        return write(*args)

    monkeypatch.setattr(module, "write_moment", slow)
    spent = 0.0
    start = clock.now
    step = 0
    while clock.now < start + 1000:
        clock.now += 0.1
        step += 1
        if moments.due(step):
            _keep(moments, step)
            spent += 0.5
    assert 0.01 * 1000 < spent <= 0.02 * 1000


def test_going_back_makes_what_came_after_the_former_branch_and_returning_changes_places(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    for step in (0, 10, 20, 30, 40):
        _keep(moments, step)
    numbers = {moment.step: moment.number for moment in moments.told().moments}
    assert not moments.go_back(numbers[20])
    assert _steps(moments) == [0, 10, 20]
    former = moments.told().former
    assert former is not None
    assert former.step == 40
    _keep(moments, 25)
    assert moments.go_back(former.number)
    assert _steps(moments) == [0, 10, 20, 30, 40]
    former = moments.told().former
    assert former is not None
    assert former.step == 25
    # Another parting: the first former branch is gone.
    moments.go_back(numbers[0])
    assert _steps(moments) == [0]
    assert len(_files(tmp_path / "moments")) == 5
    with pytest.raises(RequestError, match="not kept"):
        moments.state(former.number)


def test_returning_without_new_steps_leaves_no_former_branch(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    for step in (0, 10, 20):
        _keep(moments, step)
    first, _, last = moments.told().moments
    moments.go_back(first.number)
    moments.go_back(last.number)
    assert _steps(moments) == [0, 10, 20]
    assert moments.told().former is None


def test_the_end_of_the_former_branch_is_never_thinned_out(tmp_path) -> None:
    moments = Moments(tmp_path / "moments", budget=8 * 600)
    for step in range(8):
        _keep(moments, step)
    moments.go_back(moments.told().moments[0].number)
    former = moments.told().former
    for step in range(1, 60):
        _keep(moments, step)
    assert moments.told().former == former
    assert former is not None
    moments.state(former.number)


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "cannot be kept")])
def test_a_folder_that_cannot_be_written_costs_the_moments_only(tmp_path, monkeypatch, number, said) -> None:
    moments = Moments(tmp_path / "moments")
    _keep(moments, 0)

    def fail(*_):
        raise OSError(number, "refused")

    monkeypatch.setattr(module, "write_moment", fail)
    assert not _keep(moments, 1)
    assert said in str(moments.told().trouble)
    assert not moments.due(10_000)
    assert _steps(moments) == [0]
    monkeypatch.undo()
    assert moments.wants(2)  # when it is asked for, there may be room again
    assert _keep(moments, 2)
    assert not moments.told().trouble
    assert _steps(moments) == [0, 2]


def test_knobs_that_turned_without_a_step_belong_to_the_moment(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    _keep(moments, 3)
    moments.renumber({"step": 3, "knobs": {"beta": 4.0}})
    assert moments.state(moments.told().moments[0].number)[1] == {"step": 3, "knobs": {"beta": 4.0}}


def test_only_the_end_of_the_former_branch_can_be_gone_back_to(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    for step in (1, 2, 3, 4):
        _keep(moments, step)
    numbers = [moment.number for moment in moments.told().moments]
    moments.go_back(numbers[1])
    with pytest.raises(RequestError):
        moments.state(numbers[2])
    assert moments.state(numbers[3])[1] == {"step": 4}


def test_a_folder_that_is_a_file(tmp_path) -> None:
    (tmp_path / "moments").write_text("in the way")
    moments = Moments(tmp_path / "moments")
    assert not _keep(moments, 0)
    assert "temporary files" in str(moments.told().trouble)


def test_models_too_large_for_the_budget_are_said_so(tmp_path) -> None:
    moments = Moments(tmp_path / "moments", budget=1000)
    assert not _keep(moments, 0)
    assert "too much" in str(moments.told().trouble)
    assert not _files(tmp_path / "moments")


def test_files_of_a_service_that_was_killed_are_removed(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    _keep(moments, 0)
    Moments(tmp_path / "moments")
    assert not _files(tmp_path / "moments")


def test_a_file_that_is_gone_is_one_sentence(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    _keep(moments, 1200)
    (moment,) = moments.told().moments
    moment_path(tmp_path / "moments", moment.number).unlink()
    with pytest.raises(RequestError, match="step 1,200 could not be read"):
        moments.state(moment.number)
