"""Kept moments: spread over the run within a budget, held, gone back to; trouble with their folder."""

from __future__ import annotations

import errno
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.service.test_duty_cycle import Clock
from trainer.config import ModelConfig
from trainer.models.family import family
from trainer.networks.description import plain_network
from trainer.reports import MapReport, Snapshot
from trainer.sentences import RequestError
from trainer.service import moments as module
from trainer.service.moment_pace import spread_positions
from trainer.service.moments import MOST, Moments
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.moment_file import moment_path, read_shown
from trainer.training.saved_moments import read_saved
from trainer.training.tensor_file import write_tensors

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


def _forged(**changes: np.ndarray | None) -> dict[str, np.ndarray]:
    """The tensors of a moment of two codes, some changed or (None) left out."""
    weights = {
        name: np.zeros(shape, np.float32) for name, shape in plain_network(MODEL, posterior=False).shapes.items()
    }
    tensors = {f"member0.model.{name}": array for name, array in weights.items()}
    tensors |= {"shown.rows": np.arange(2), "shown.codes0": np.zeros((2, 2), np.float32)} | changes
    return {name: array for name, array in tensors.items() if array is not None}


@pytest.mark.parametrize(
    "changes",
    [
        {"shown.rows": np.array([0, 40])},
        {"shown.rows": np.array([-1, 3])},
        {"shown.rows": np.array([3, 1])},
        {"shown.rows": np.array([0.0, 1.0])},
        {"shown.rows": np.zeros((2, 1), np.int64)},
        {"shown.rows": np.array(1)},
        {"shown.codes0": np.zeros((2, 2), np.int64)},
        {"shown.codes0": None},
        {"shown.spread0": np.zeros((2, 3), np.float32)},
        {"shown.spread0": np.zeros((2, 2), np.int8)},
        {"member0.model.mean.bias": np.zeros(5, np.float32)},
        {"member0.model.mean.bias": None},
        {"member0.model.spare": np.zeros(5, np.float32)},
    ],
)
def test_a_moment_that_does_not_fit_the_run_is_refused(tmp_path, changes) -> None:
    """A session's index and names of files can be made right by somebody who knows the format."""
    traits = (family("autoencoder").traits,)
    write_tensors(tmp_path / "right", _forged())
    assert len(read_shown(tmp_path / "right", (MODEL,), 7, 3, traits, 40).rows) == 2
    write_tensors(tmp_path / "wrong", _forged(**changes))
    with pytest.raises(CheckpointError, match=r"is not a moment of this run\.$"):
        read_shown(tmp_path / "wrong", (MODEL,), 7, 3, traits, 40)


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
    # Half the gap of ten moments on the scale of the logarithm.
    assert _steps(moments)[-1] > 20_000 * np.exp(-np.log(20_000) / 20) - 20


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
    step = 100_000  # far from the first steps, which are kept at any pace
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


def test_the_first_steps_are_kept_whatever_the_pace(tmp_path) -> None:
    clock = Clock()
    moments = Moments(tmp_path / "moments", clock=clock)
    assert _keep(moments, 0)
    for step in range(1, 2_000):
        clock.now += 0.001  # two seconds in all: by its pace alone there would be two moments
        if moments.due(step):
            _keep(moments, step)
    steps = _steps(moments)
    assert steps[:11] == list(range(11))
    assert all(later <= max(earlier + 1, np.ceil(1.3 * earlier)) for earlier, later in pairwise(steps))
    assert len(steps) < 40


def test_of_slow_models_the_first_steps_take_some_seconds_at_most(tmp_path, monkeypatch) -> None:
    clock = Clock()
    moments = Moments(tmp_path / "moments", clock=clock)
    assert _keep(moments, 0)
    write = module.write_moment

    def slow(*args):
        clock.now += 1.0
        return write(*args)

    monkeypatch.setattr(module, "write_moment", slow)
    kept = [step for step in range(1, 30) if moments.due(step) and _keep(moments, step)]
    assert kept[:6] == [1, 2, 3, 4, 5, 6]
    assert len(kept) < 9


def test_of_a_run_that_has_come_far_no_step_is_early(tmp_path) -> None:
    moments = Moments(tmp_path / "moments", clock=Clock())
    _keep(moments, 20_000)
    assert not any(moments.early(step) for step in range(20_001, 26_000))
    assert moments.early(26_000)


# ---------------------------------------------------------------- with a session


def test_saved_moments_are_there_again(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    for step in (0, 1, 2, 30):
        _keep(moments, step)
    moments.save(tmp_path / "session", "abc")
    other = Moments(tmp_path / "other")
    saved = read_saved(tmp_path / "session", "abc", 30)
    assert other.take_over(saved) == 0
    assert _steps(other) == [0, 1, 2, 30]
    for one in other.told().moments:
        arrays, numbers = other.state(one.number)
        assert numbers == {"step": one.step}
        np.testing.assert_array_equal(arrays["member0.model.w"], np.full(100, one.step))
    assert other.told().used == moments.told().used == other.told().saved
    assert _keep(other, 31)
    # What the session has is its own: moments that go here stay there.
    other.clear()
    assert len(_files(tmp_path / "session")) == 5


def test_saved_again_only_what_is_new_is_written_and_what_is_gone_goes(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    for step in (0, 5, 9):
        _keep(moments, step)
    moments.save(tmp_path / "session", "abc")
    (tmp_path / "session" / "moment-of-mine.safetensors").write_text("not the program's")
    (tmp_path / "session" / "moment-0123456789abcdef.safetensors").write_text("nor this one")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "session").iterdir()}
    moments.go_back(moments.told().moments[1].number)
    _keep(moments, 7)
    moments.save(tmp_path / "session", "def")
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "session").iterdir()}
    assert [one.step for one in read_saved(tmp_path / "session", "def", 99)] == [0, 5, 7]
    kept = {name for name, time in after.items() if before.get(name) == time}
    assert len(kept) == 2 + 2
    assert {"moment-of-mine.safetensors", "moment-0123456789abcdef.safetensors"} < kept
    assert len(after) == 3 + 1 + 2


def test_a_session_has_a_budget_of_its_own_and_both_ends(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(module, "SAVED", 5 * 700)
    moments = Moments(tmp_path / "moments")
    for step in range(12):
        _keep(moments, step)
    moments.save(tmp_path / "session", "abc")
    saved = read_saved(tmp_path / "session", "abc", 11)
    assert 3 <= len(saved) <= 5
    assert (saved[0].step, saved[-1].step) == (0, 11)
    assert moments.told().saved == sum(one.size for one in saved) <= 5 * 700
    assert len(_steps(moments)) == 12


def test_moments_of_another_checkpoint_or_after_it_are_left_alone(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    for step in (0, 5, 9):
        _keep(moments, step)
    moments.save(tmp_path / "session", "abc")
    assert read_saved(tmp_path / "session", "another", 9) == []
    assert read_saved(tmp_path / "nowhere", "abc", 9) == []
    assert [one.step for one in read_saved(tmp_path / "session", "abc", 5)] == [0, 5]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"kind": "moments of a Latent Explorer run", "version": 1, "belongs_to": "abc", "moments": 7}',
        '{"kind": "moments of a Latent Explorer run", "version": 1, "belongs_to": "abc", "moments": [{}]}',
        '{"kind": "moments of a Latent Explorer run", "version": 1, "belongs_to": "abc", "moments": [{"name": '
        '"../../moment-0123456789abcdef.safetensors", "step": 1, "epoch": 1, "size": 1, "numbers": {}}]}',
        '{"kind": "moments of a Latent Explorer run", "version": 1, "belongs_to": "abc", "moments": [{"name": '
        '"moment-0123456789abcdef.safetensors", "step": true, "epoch": 1e999, "size": -1, "numbers": []}]}',
        '{"kind": "moments of a Latent Explorer run", "version": 1, "belongs_to": "abc", "moments": [{"name": '
        f'"moment-0123456789abcdef.safetensors", "step": 1, "epoch": {10**400}, "size": 1, "numbers": {{}}}}]}}',
    ],
)
def test_an_index_that_is_none_has_no_moments(tmp_path, text) -> None:
    (tmp_path / "moments.json").write_text(text)
    assert read_saved(tmp_path, "abc", 99) == []


def test_saved_moments_that_are_damaged_are_left_out(tmp_path) -> None:
    moments = Moments(tmp_path / "moments")
    for step in (0, 5, 9):
        _keep(moments, step)
    moments.save(tmp_path / "session", "abc")
    first, second, third = read_saved(tmp_path / "session", "abc", 9)
    data = bytearray(first.path.read_bytes())
    data[-1] ^= 1
    first.path.write_bytes(data)
    second.path.unlink()
    other = Moments(tmp_path / "other")
    assert other.take_over([first, second, third]) == 2
    assert _steps(other) == [9]
    assert len(_files(tmp_path / "other")) == 1
