"""The real service in its process, once for all tests here: importing torch takes seconds."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QEventLoop

from tests.latent_explorer.core.workers.conftest import PATIENCE_MS, Link, Listener
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.replica.choice import make_replica
from trainer.service.messages import (
    Autosave,
    Autosaved,
    Control,
    Done,
    EncodeAll,
    Evaluated,
    Failed,
    LoadData,
    Mapped,
    OpenRun,
    Ready,
    RunState,
    SaveRun,
    SetKnobs,
    StartRun,
    Stepped,
)

MOONS = DataConfig(name="moons", count=300, seed=3)


@pytest.fixture(scope="module")
def service(qapp, tmp_path_factory) -> Iterator[Listener]:
    listener = Listener(Link(tmp_path_factory.mktemp("session")))
    loop = QEventLoop()
    listener.link.arrived.connect(loop.quit)
    listener.link.start()
    # Here and not in a test, which would be blamed for leaving the process running.
    loop.exec()
    yield listener
    listener.link.stop()


class Talk:
    """One test's conversation with the service: `until` looks at what came since the last `until` or `ask`."""

    def __init__(self, qtbot, service: Listener) -> None:
        self.qtbot = qtbot
        self.service = service
        self.link = service.link

    def until(self, wanted, before: int | None = None) -> Any:
        start = len(self.service.reports) if before is None else before

        def found() -> Any:
            return next((one for one in self.service.reports[start:] if wanted(one)), None)

        self.qtbot.waitUntil(lambda: found() is not None or bool(self.service.deaths), timeout=PATIENCE_MS)
        return found()

    def tell(self, request: Any, wanted) -> Any:
        before = len(self.service.reports)
        self.link.tell(request)
        return self.until(wanted, before)

    def ask(self, kind: type, **arguments: Any) -> Any:
        """Do a job; its result, or the `Failed`."""
        job = self.link.next_job()
        end = self.tell(kind(job=job, **arguments), lambda one: isinstance(one, Done | Failed) and one.job == job)
        return end.result if isinstance(end, Done) else end

    def start(self, folder: Path) -> Any:
        loaded = self.ask(LoadData, config=MOONS, folder=folder)
        assert not isinstance(loaded, Failed), loaded
        shape = tuple(np.load(loaded.images, mmap_mode="r", allow_pickle=False).shape[1:])
        models = tuple(
            ModelConfig(family=family, widths=(32,), shape=shape) for family in ("autoencoder", "variational")
        )
        config = RunConfig(data=MOONS, models=models, train=TrainConfig(batch=50, probe=100))
        ready = self.ask(StartRun, config=config, knobs=Knobs())
        assert not isinstance(ready, Failed), ready
        return loaded, ready


@pytest.fixture
def talk(qtbot, service: Listener) -> Talk:
    return Talk(qtbot, service)


def _state(name: str):
    return lambda one: isinstance(one, RunState) and one.state == name


def test_it_says_what_it_is_made_of(talk, service) -> None:
    ready = service.reports[0]
    assert isinstance(ready, Ready)
    assert ready.torch[0].isdigit()
    assert "cpu" in ready.devices
    assert ready.memory > 50_000_000


def test_a_pair_trains_and_its_pictures_can_be_decoded_here(talk, service, tmp_path) -> None:
    loaded, ready = talk.start(tmp_path)
    assert loaded.factors is not None
    assert len(ready.map.rows) == 100
    assert ready.data is None
    before = len(service.reports)
    talk.tell(Control("train"), lambda one: isinstance(one, Mapped) and one.report.step > 0 and not one.complete)
    talk.tell(SetKnobs(Knobs(beta=7.0)), lambda one: isinstance(one, Stepped) and one.reports[-1].knobs.beta == 7)
    paused = talk.tell(Control("pause"), _state("paused"))
    mapped = talk.until(
        lambda one: isinstance(one, Mapped) and one.complete and one.report.step == paused.step, before
    )
    evaluated = talk.until(lambda one: isinstance(one, Evaluated) and one.report.step == paused.step, before)
    steps = [
        one.step for message in service.reports[before:] if isinstance(message, Stepped) for one in message.reports
    ]
    assert steps == list(range(1, paused.step + 1))
    assert len(evaluated.report.held_out) == 2
    # Map and picture agree: the replica encodes an image to where the map shows it.
    images = np.load(loaded.images, mmap_mode="r", allow_pickle=False)
    for codes, snapshot in zip(mapped.report.codes, mapped.report.snapshots, strict=True):
        replica = make_replica(snapshot.config)
        replica.load(snapshot)
        np.testing.assert_allclose(replica.encode(images[:20]), codes[:20], atol=1e-4)
        assert replica.decode(codes[:1]).shape == (1, *images.shape[2:], images.shape[1])


def test_a_run_is_saved_opened_and_continues_where_it_was(talk, service, tmp_path) -> None:
    talk.start(tmp_path)
    talk.link.tell(Control("step"))
    talk.tell(Control("step"), lambda one: isinstance(one, RunState) and one.step == 2)
    before = talk.ask(EncodeAll)
    assert talk.ask(SaveRun, path=tmp_path / "run") == tmp_path / "run"
    opened = talk.ask(OpenRun, path=tmp_path / "run", folder=tmp_path)
    assert opened.map.step == 2
    assert [one.step for one in opened.history] == [1, 2]
    after = talk.ask(EncodeAll)
    for old, new in zip(before.codes, after.codes, strict=True):
        np.testing.assert_allclose(old, new, atol=1e-6)
    step = talk.tell(Control("step"), lambda one: isinstance(one, Stepped))
    assert step.reports[0].step == 3


def test_bad_requests_get_a_sentence_and_leave_the_run(talk, tmp_path) -> None:
    talk.start(tmp_path)
    failed = talk.ask(LoadData, config=DataConfig(name="folder", path=str(tmp_path / "no")), folder=tmp_path)
    assert isinstance(failed, Failed)
    assert "no" in str(failed.sentence)
    assert "fault" not in str(failed.sentence)
    failed = talk.ask(OpenRun, path=tmp_path / "no", folder=tmp_path)
    assert isinstance(failed, Failed)
    assert "does not exist" in str(failed.sentence)
    (tmp_path / "file").write_text("")
    failed = talk.ask(SaveRun, path=tmp_path / "file")
    assert isinstance(failed, Failed)
    assert "file" in str(failed.sentence)
    assert talk.ask(EncodeAll).rows.shape == (300,)


# Last, because it ends the service that the others share.
def test_a_killed_service_leaves_a_checkpoint_and_the_next_ends_on_request(talk, service, tmp_path) -> None:
    talk.start(tmp_path)
    talk.link.tell(Autosave(tmp_path / "auto", 0.05))
    saved = talk.tell(Control("train"), lambda one: isinstance(one, Autosaved))
    os.kill(service.link.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    talk.qtbot.waitUntil(lambda: bool(service.deaths), timeout=PATIENCE_MS)
    service.deaths.clear()
    service.reports.clear()
    service.link.restart()
    opened = talk.ask(OpenRun, path=tmp_path / "auto", folder=tmp_path)
    assert not isinstance(opened, Failed), opened
    assert opened.map.step >= saved.step
    assert opened.data is not None  # loaded again, since nothing was resident
    assert talk.tell(Control("train"), lambda one: isinstance(one, Stepped)).reports[0].step == opened.map.step + 1
    pid = service.link.pid
    service.link.stop()
    assert not psutil.pid_exists(pid)
    assert service.deaths == []
