"""Decoding in its own thread: the newest wins, weights go with the request, nothing arrives after the end."""

from __future__ import annotations

import sys
import threading
import types
from collections.abc import Iterator

import numpy as np
import pytest

from latent_explorer.core.workers.decode import DecodeAnswer, DecodeWorker
from trainer.config import ModelConfig
from trainer.replica.replica import ReplicaError
from trainer.reports import Snapshot

SMALL = ModelConfig(shape=(1, 4, 4), widths=(4,))
OTHER = ModelConfig(shape=(3, 4, 4), widths=(4,))


class FrozenReplica:
    """Paints the snapshot's number; waits at `gate` before it does."""

    def __init__(self, config: ModelConfig, gate: threading.Event, log: list) -> None:
        self.config = config
        self.number = -1
        self._gate = gate
        self._log = log
        log.append(("made", config, threading.current_thread()))
        self.decoding = threading.Event()

    def load(self, snapshot: Snapshot) -> None:
        if snapshot.number == 13:
            raise ReplicaError("These weights do not fit.")
        self.number = snapshot.number
        self._log.append(("loaded", snapshot.number, threading.current_thread()))

    def decode(self, codes: np.ndarray) -> np.ndarray:
        self.decoding.set()
        assert self._gate.wait(60)
        if np.isnan(codes).any():
            raise ZeroDivisionError("inner workings")
        self._log.append(("decoded", float(codes[0, 0]), threading.current_thread()))
        channels, height, width = self.config.shape
        return np.full((len(codes), height, width, channels), self.number, np.uint8)

    def draw(self, codes: np.ndarray, seed: int, variance: float | None = None) -> np.ndarray:
        channels, height, width = self.config.shape
        return np.full((len(codes), height, width, channels), seed, np.uint8)


class Bench:
    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.log: list = []
        self.replicas: list[FrozenReplica] = []
        self.answers: list[DecodeAnswer] = []
        self.failures: list[tuple] = []
        self.worker = DecodeWorker(self._make)
        self.worker.answered.connect(self._answered)
        self.worker.failed.connect(self._failed)
        self.threads: set = set()

    def _make(self, config: ModelConfig) -> FrozenReplica:
        self.replicas.append(FrozenReplica(config, self.gate, self.log))
        return self.replicas[-1]

    def _answered(self, answer: DecodeAnswer) -> None:
        self.answers.append(answer)
        self.threads.add(threading.current_thread())

    def _failed(self, *failure) -> None:
        self.failures.append(failure)


@pytest.fixture
def bench(qapp) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.gate.set()
    made.worker.close()


def _snapshot(number: int, config: ModelConfig = SMALL) -> Snapshot:
    return Snapshot(number=number, step=0, config=config, weights={})


def _code(value: float) -> np.ndarray:
    return np.array([[value, 0]], np.float32)


def test_while_one_is_decoded_only_the_newest_waits(qtbot, bench) -> None:
    bench.worker.load(1, _snapshot(7))
    bench.gate.clear()
    bench.worker.request(1, _code(0), "first")
    qtbot.waitUntil(lambda: bool(bench.replicas) and bench.replicas[0].decoding.is_set())
    for value in range(1, 101):
        bench.worker.request(1, _code(value), value)
    bench.gate.set()
    qtbot.waitUntil(lambda: len(bench.answers) == 2)
    assert [answer.tag for answer in bench.answers] == ["first", 100]
    newest = bench.answers[-1]
    assert newest.generation == 1
    assert newest.pictures.shape == (1, 4, 4, 1)
    assert newest.pictures[0, 0, 0, 0] == 7
    assert newest.codes[0, 0] == 100
    assert not newest.pictures.flags.writeable
    assert newest.ms > 0


def test_a_draw_comes_beside_the_mean_where_it_is_asked_for(qtbot, bench) -> None:
    bench.worker.load(1, _snapshot(7))
    bench.worker.request(1, _code(1), None)
    qtbot.waitUntil(lambda: len(bench.answers) == 1)
    bench.worker.request(1, _code(1), None, 3)
    qtbot.waitUntil(lambda: len(bench.answers) == 2)
    mean, both = bench.answers
    assert mean.draws is None
    assert (both.pictures[0, 0, 0, 0], both.draws[0, 0, 0, 0]) == (7, 3)
    assert not both.draws.flags.writeable


def test_the_replica_lives_in_the_workers_thread_and_answers_in_the_owners(qtbot, bench) -> None:
    bench.worker.load(1, _snapshot(7))
    bench.worker.request(1, _code(1), None)
    qtbot.waitUntil(lambda: bool(bench.answers))
    (thread,) = {entry[2] for entry in bench.log}
    assert thread is not threading.main_thread()
    assert bench.threads == {threading.main_thread()}


def test_torch_is_kept_to_one_thread_where_a_replica_brings_it_in(qtbot, bench, monkeypatch) -> None:
    calls: list[tuple] = []
    devices = types.ModuleType("devices")
    devices.set_threads = lambda count: calls.append((count, threading.current_thread().name))
    monkeypatch.setitem(sys.modules, "torch", types.ModuleType("torch"))
    monkeypatch.setitem(sys.modules, "trainer.training.devices", devices)
    bench.worker.load(1, _snapshot(1))
    bench.worker.request(1, _code(1), None)
    qtbot.waitUntil(lambda: bool(bench.answers))
    assert calls == [(1, "decode")]


def test_weights_are_loaded_once_and_before_decoding(qtbot, bench) -> None:
    for number in (1, 2, 3):
        bench.worker.load(1, _snapshot(number))
    for value in (1.0, 2.0):
        bench.worker.request(1, _code(value), None)
        qtbot.waitUntil(lambda value=value: bool(bench.answers) and bench.answers[-1].codes[0, 0] == value)
    assert [entry[:2] for entry in bench.log[1:]] == [("loaded", 3), ("decoded", 1.0), ("decoded", 2.0)]


def test_a_caller_may_change_its_array_afterwards(qtbot, bench) -> None:
    bench.worker.load(1, _snapshot(1))
    bench.gate.clear()
    bench.worker.request(1, _code(0), 0)
    code = _code(5)
    bench.worker.request(1, code, 1)
    code[:] = 9
    bench.gate.set()
    qtbot.waitUntil(lambda: bool(bench.answers) and bench.answers[-1].tag == 1)
    assert bench.answers[-1].codes[0, 0] == 5


def test_another_model_gets_another_replica(qtbot, bench) -> None:
    bench.worker.load(1, _snapshot(1))
    bench.worker.request(1, _code(1), None)
    qtbot.waitUntil(lambda: len(bench.answers) == 1)
    bench.worker.load(2, _snapshot(1, OTHER))
    bench.worker.request(1, _code(2), None)  # of the model that is gone
    bench.worker.request(2, _code(3), None)
    qtbot.waitUntil(lambda: len(bench.answers) == 2)
    assert bench.answers[-1].generation == 2
    assert bench.answers[-1].pictures.shape == (1, 4, 4, 3)
    assert [replica.config for replica in bench.replicas] == [SMALL, OTHER]


def test_errors_are_reported_and_the_next_use_works(qtbot, bench) -> None:
    bench.worker.request(1, _code(0), None)  # no weights yet: nothing happens
    bench.worker.load(1, _snapshot(13))
    bench.worker.request(1, _code(0), None)
    qtbot.waitUntil(lambda: len(bench.failures) == 1)
    assert bench.failures[0][:2] == (1, "These weights do not fit.")
    bench.worker.load(1, _snapshot(1))
    bench.worker.request(1, _code(np.nan), None)
    qtbot.waitUntil(lambda: len(bench.failures) == 2)
    assert "inner workings" in bench.failures[1][2]
    assert "inner workings" not in bench.failures[1][1]
    bench.worker.request(1, _code(4), None)
    qtbot.waitUntil(lambda: len(bench.answers) == 1)


def test_closing_waits_for_the_thread_and_nothing_arrives_afterwards(qtbot, bench) -> None:
    bench.worker.load(1, _snapshot(1))
    bench.gate.clear()
    bench.worker.request(1, _code(1), None)
    qtbot.waitUntil(lambda: bool(bench.replicas) and bench.replicas[0].decoding.is_set())
    threading.Timer(0.02, bench.gate.set).start()
    bench.worker.close()
    (thread,) = {entry[2] for entry in bench.log}
    assert not thread.is_alive()
    bench.worker.request(1, _code(2), None)
    qtbot.wait(1)
    assert not bench.answers
    bench.worker.close()
