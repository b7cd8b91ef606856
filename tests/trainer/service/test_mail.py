"""The connection's near end: order, what overtakes, and a peer that goes away."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from trainer.service.mail import Mail, PeerGoneError
from trainer.service.messages import Autosave, Cancel, Control, ListData, Quit, RunState


@pytest.fixture
def ends() -> Iterator[tuple[Connection, Mail, Connection]]:
    window, service = multiprocessing.Pipe()
    yield window, Mail(service), service
    window.close()
    service.close()


def test_requests_keep_their_order(ends) -> None:
    window, mail, _ = ends
    for action in ("train", "pause", "step"):
        window.send(Control(action))
    assert [mail.take(wait=True) for _ in range(3)] == [Control("train"), Control("pause"), Control("step")]
    assert mail.take(wait=False) is None


def test_quit_overtakes(ends) -> None:
    window, mail, _ = ends
    window.send(Autosave(None))
    window.send(Quit())
    assert mail.take(wait=True) is None
    assert mail.quitting
    assert mail.leftovers() == (Autosave(None),)


def test_a_cancel_reaches_the_running_and_the_waiting_job_only(ends) -> None:
    window, mail, _ = ends
    window.send(ListData(job=1, folder=Path()))
    window.send(ListData(job=2, folder=Path()))
    assert mail.take(wait=True).job == 1
    mail.begin(1)
    assert not mail.cancelled()
    window.send(Cancel(2))
    assert not mail.cancelled()
    window.send(Cancel(1))
    assert mail.cancelled()
    mail.end()
    window.send(Cancel(1))  # too late
    assert mail.take(wait=True).job == 2
    mail.begin(2)
    assert mail.cancelled()
    mail.end()
    mail.begin(1)  # a number is not used twice, but had it been kept, this would end at once
    assert not mail.cancelled()


def test_it_can_be_asked_what_waits_without_taking_it(ends) -> None:
    window, mail, _ = ends
    window.send(Control("pause"))
    assert mail.any_waiting(lambda request: isinstance(request, Control))
    assert not mail.any_waiting(lambda request: isinstance(request, ListData))
    assert mail.take(wait=False) == Control("pause")


def test_a_peer_that_is_gone_is_one_error_everywhere(ends) -> None:
    window, mail, service = ends
    window.close()
    for use in (mail.poll, lambda: mail.take(wait=True), lambda: mail.send(RunState("none", 0)), mail.cancelled):
        with pytest.raises(PeerGoneError):
            use()
    service.close()
    with pytest.raises(PeerGoneError):
        mail.poll()
