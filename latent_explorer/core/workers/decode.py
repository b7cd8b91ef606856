"""Decoding outside the GUI thread, for replicas that are too slow for it or need torch."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from latent_explorer.core.workers.mailboxes import ClosedError, Inbox, LatestSlot
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.config import ModelConfig
from trainer.records import ConfigError
from trainer.replica.replica import Replica, ReplicaError
from trainer.reports import Snapshot


@dataclass(frozen=True, slots=True)
class DecodeAnswer:
    """The answer to a request for pictures.

    Attributes:
        generation: that of the request, so that answers for a replaced model can be dropped.
        tag: that of the request, unchanged.
        codes: float32 (n, d), those of the request; read-only.
        pictures: uint8 (n, H, W, C); read-only.
        ms: decoding time in milliseconds.
        draws: like `pictures`, draws of p(x|z); None if none were requested, or there is no such density.
    """

    generation: int
    tag: Any
    codes: np.ndarray
    pictures: np.ndarray
    ms: float
    draws: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    """The inputs of decoding at the time of the request."""

    generation: int
    tag: Any
    codes: np.ndarray
    snapshot: Snapshot
    seed: int | None


@dataclass(frozen=True, slots=True)
class _Failure:
    generation: int
    sentence: str
    details: str


class DecodeWorker(QObject):
    """One thread with one replica. Of requests made while it is busy only the newest is processed.

    Its methods must be called in the thread it lives in; `make` and the replica are used in the worker's thread
    only.

    Signals (in the thread this object lives in; none after `close`):
        answered(object): a `DecodeAnswer`.
        failed(int, str, str): generation of the request, one sentence, and the traceback as text.
    """

    answered = Signal(object)
    failed = Signal(int, str, str)

    def __init__(self, make: Callable[[ModelConfig], Replica], parent: QObject | None = None) -> None:
        """`make` builds a replica without weights; called again when a snapshot of another model is loaded."""
        super().__init__(parent)
        self._make = make
        self._slot: LatestSlot[_Request] = LatestSlot()
        self._generation = -1
        self._snapshot: Snapshot | None = None
        self._inbox = Inbox(self)
        self._inbox.arrived.connect(self._hand_out)
        self._thread: threading.Thread | None = None
        self._closed = False

    def load(self, generation: int, snapshot: Snapshot) -> None:
        """Use these weights of the pane's model `generation` from the next request on."""
        self._generation, self._snapshot = generation, snapshot

    def request(self, generation: int, codes: np.ndarray, tag: Any, seed: int | None = None) -> None:
        """Request the pictures of `codes` (n, d) with the newest weights; replaces a waiting request.

        `seed`: of a draw of p(x|z) for each, in addition to the mean; None for none.

        Does nothing if the weights loaded last are of another generation (the model is just being replaced).
        """
        if self._snapshot is None or generation != self._generation:
            return
        own = np.array(codes, np.float32)
        own.setflags(write=False)
        self._slot.put(_Request(generation, tag, own, self._snapshot, seed))
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._work, name="decode")
            self._thread.start()

    def clear(self) -> None:
        """Drop a waiting request."""
        self._slot.clear()

    def close(self) -> None:
        """Wait for the thread, which ends after its current picture. May be called twice."""
        self._closed = True
        self._slot.close()
        self._inbox.close()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        """The thread's loop."""
        replica: Replica | None = None
        loaded: Snapshot | None = None
        while True:
            try:
                request = self._slot.take()
            except ClosedError:
                return
            try:
                if replica is None or replica.config != request.snapshot.config:
                    replica, loaded = self._make(request.snapshot.config), None
                    _one_thread()
                if loaded is not request.snapshot:
                    replica.load(request.snapshot)
                    loaded = request.snapshot
                self._inbox.put(_decode(replica, request))
            except (ReplicaError, ConfigError) as error:
                self._inbox.put(
                    _Failure(request.generation, shown_sentence(error.sentence), traceback.format_exc())
                )
            except Exception:  # noqa: BLE001 - the last frame of a thread: errors must reach the window
                sentence = QCoreApplication.translate("decode", "A picture could not be decoded; see the details.")
                self._inbox.put(_Failure(request.generation, sentence, traceback.format_exc()))

    @Slot(list)
    def _hand_out(self, batch: list[DecodeAnswer | _Failure]) -> None:
        for answer in batch:
            if isinstance(answer, _Failure):
                self.failed.emit(answer.generation, answer.sentence, answer.details)
            else:
                self.answered.emit(answer)


def _decode(replica: Replica, request: _Request) -> DecodeAnswer:
    start = time.perf_counter()
    pictures = replica.decode(request.codes)
    draws = None
    if request.seed is not None:
        draws = replica.draw(request.codes, request.seed, request.snapshot.variance)
        if draws is not None:
            draws.setflags(write=False)
    ms = 1000 * (time.perf_counter() - start)
    pictures.setflags(write=False)
    return DecodeAnswer(request.generation, request.tag, request.codes, pictures, ms, draws)


def _one_thread() -> None:
    """Limit torch, if the replica imported it, to one thread per picture; a per-thread setting."""
    if "torch" in sys.modules:
        from trainer.training.devices import set_threads

        set_threads(1)
