"""Models are measured by the service: a group at a time, beside a run, and given up at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.trainer.measures.subjects import figures, image_data
from tests.trainer.service.fakes import run_config
from trainer.config import ModelConfig, RunConfig, TrainConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.measures import information, rate
from trainer.measures.subject import Subject
from trainer.models.initialise import build
from trainer.progress import CancelledError, Monitor
from trainer.reports import Snapshot
from trainer.service.backend import Backend
from trainer.service.messages import (
    Advanced,
    Cancel,
    Cancelled,
    Control,
    Done,
    Failed,
    GroupMeasured,
    MeasureModels,
    RunState,
    SaveRun,
    Stepped,
)
from trainer.training.engine import Trainer


def _wanted(job: int, fingerprint: str, *groups: str, models: int = 2) -> MeasureModels:
    config = run_config().models[0]
    snapshots = tuple(Snapshot(number=7 + one, step=0, config=config, weights={}) for one in range(models))
    return MeasureModels(
        job=job, models=snapshots, binarise=("none",) * models, fingerprint=fingerprint, groups=groups
    )


def _measured(window) -> list[tuple[int, str]]:
    return [(one.model, one.group) for one in window.all_heard(GroupMeasured)]


def test_every_group_of_every_model_comes_by_itself_and_then_the_end(window) -> None:
    loaded = window.load()
    window.send(_wanted(5, loaded.fingerprint, "rate", "information"))
    end = window.until(lambda report: isinstance(report, Done) and report.job == 5)
    assert end.result is None
    assert _measured(window) == [(0, "rate"), (1, "rate"), (0, "information"), (1, "information")]
    assert [one.figures[0].value for one in window.all_heard(GroupMeasured)] == [7.0, 8.0, 7.0, 8.0]
    assert {one.job for one in window.all_heard(GroupMeasured)} == {5}


def test_after_a_cancel_nothing_arrives_but_its_answer(window) -> None:
    loaded = window.load()
    window.backend.hold_measure = True
    window.send(_wanted(5, loaded.fingerprint, "rate"))
    assert window.backend.holding.wait(60)
    window.send(Cancel(5))
    window.until(Cancelled)
    assert _measured(window) == [(0, "rate")]
    window.backend.hold_measure = False
    window.send(_wanted(6, loaded.fingerprint, "rate", models=1))
    window.until(lambda report: isinstance(report, Done) and report.job == 6)
    assert [one.job for one in window.all_heard(GroupMeasured)] == [5, 6]


def test_training_continues_and_other_jobs_go_first(window, tmp_path: Path) -> None:
    trainer = window.start()
    window.backend.hold_measure = True
    window.send(Control("train"), _wanted(5, trainer.data.fingerprint, "rate"))
    assert window.backend.holding.wait(60)
    at = trainer.step
    window.until(lambda report: isinstance(report, Stepped) and report.reports[-1].step > at + 20)
    window.send(SaveRun(job=6, path=tmp_path / "run"))
    window.until(lambda report: isinstance(report, Done) and report.job == 6)
    window.send(Control("pause"))
    window.until(lambda report: isinstance(report, RunState) and report.state == "paused")
    assert not [one for one in window.heard if isinstance(one, Done | Cancelled) and one.job == 5]
    window.send(Cancel(5))
    assert window.until(Cancelled).job == 5


def test_two_wait_for_each_other_and_a_quit_ends_both(window) -> None:
    loaded = window.load()
    window.backend.hold_measure = True
    window.send(_wanted(5, loaded.fingerprint, "rate"), _wanted(6, loaded.fingerprint, "rate"))
    assert window.backend.holding.wait(60)
    window.send(Cancel(6))
    window.quit()
    assert {one.job for one in window.all_heard(GroupMeasured)} <= {5}


def test_without_their_images_it_says_so(window) -> None:
    window.load()
    window.send(_wanted(5, "others", "rate"))
    assert "not at hand" in str(window.until(Failed).sentence)


# ------------------------------------------------------------ the real thing


@pytest.fixture(scope="module")
def data() -> ImageData:
    return image_data(80)


def _trainer(data: ImageData) -> Trainer:
    models = tuple(
        ModelConfig(family=family, shape=data.shape, widths=(8,)) for family in ("autoencoder", "variational")
    )
    train = TrainConfig(batch=8, device="cpu", threads=1)
    return Trainer(RunConfig(data=data.config, models=models, train=train), data, Knobs())


def _request(data: ImageData, trainer: Trainer, *groups: str) -> MeasureModels:
    snapshots = trainer.map_report().snapshots
    return MeasureModels(
        job=1, models=snapshots, binarise=("none", "none"), fingerprint=data.fingerprint, groups=groups, most=30
    )


def test_the_figures_are_those_of_the_measures_themselves(data: ImageData) -> None:
    trainer, said = _trainer(data), []
    wanted = _request(data, trainer, "rate", "information")
    found = {}
    for number, _, some in Backend().measure(wanted, data, Monitor(said.append)):
        found |= {(number, one.key): one for one in some}
    rows = data.train_count + np.sort(np.random.default_rng([0, 0]).permutation(40)[:30])
    for number, snapshot in enumerate(wanted.models):
        model = build(snapshot.config, 0)
        state = {name: torch.from_numpy(np.array(value)) for name, value in snapshot.weights.items()}
        model.load_state_dict(state, strict=False)
        subject = Subject(model, data, rows)
        for group in (rate.GROUP, information.GROUP):
            for key, figure in figures(group, subject).items():
                assert found[number, key] == figure
    assert [one.total for one in said] == [100] * len(said)
    assert sorted(one.done for one in said) == [one.done for one in said]
    assert said[-1].done <= 100


def test_a_run_that_trains_in_between_is_the_same_to_the_bit(data: ImageData) -> None:
    alone, beside = _trainer(data), _trainer(data)
    wanted = _request(data, beside, "rate", "information", "aggregate")
    steps, done = beside.steps(), 0

    def between() -> bool:
        nonlocal done
        next(steps)
        done += 1
        return False

    assert len(list(Backend().measure(wanted, data, Monitor(is_cancelled=between)))) == 6
    assert done > 5
    others = alone.steps()
    for _ in range(done):
        next(others)
    mine, theirs = beside.state().tensors, alone.state().tensors
    assert mine.keys() == theirs.keys()
    for name, tensor in mine.items():
        assert torch.equal(tensor, theirs[name]), name


def test_where_nothing_is_held_out_training_images_are_measured(data: ImageData) -> None:
    wanted = _request(data, _trainer(data), "rate")
    whole = replace(data, train_count=data.count)
    (found, *_) = (some for *_, some in Backend().measure(wanted, whole, Monitor()))
    assert str(found[0].conditions).startswith("30 training images")


def test_it_is_given_up_between_two_pieces(data: ImageData) -> None:
    wanted = _request(data, _trainer(data), "rate")
    with pytest.raises(CancelledError):
        list(Backend().measure(wanted, data, Monitor(is_cancelled=lambda: True)))


def test_weights_that_are_not_numbers_have_their_reason(data: ImageData) -> None:
    wanted = _request(data, _trainer(data), "rate", "information")
    wild = tuple(
        replace(one, weights={name: np.full_like(value, np.nan) for name, value in one.weights.items()})
        for one in wanted.models
    )
    found = [one for *_, some in Backend().measure(replace(wanted, models=wild), data, Monitor()) for one in some]
    assert found
    assert all(one.reason is not None for one in found if one.key in ("reconstruction", "elbo", "effective_rank"))


def test_progress_is_reported(window) -> None:
    loaded = window.load()
    window.send(_wanted(5, loaded.fingerprint, "rate"))
    window.until(lambda report: isinstance(report, Done) and report.job == 5)
    assert any(one.job == 5 for one in window.all_heard(Advanced))
