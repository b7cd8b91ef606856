"""The newest request wins; all reports arrive, in order, with few wake-ups."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread, Slot

from latent_explorer.core.workers.mailboxes import ClosedError, Inbox, LatestSlot


class Receiver(QObject):
    """Keeps what arrives and the thread it arrives in."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list] = []
        self.threads: set[QThread] = set()

    @Slot(list)
    def take(self, batch: list) -> None:
        self.batches.append(batch)
        self.threads.add(QThread.currentThread())

    @property
    def reports(self) -> list:
        return [report for batch in self.batches for report in batch]


@pytest.fixture
def receiver(qapp) -> Receiver:
    return Receiver()


@pytest.fixture
def inbox(receiver: Receiver) -> Inbox:
    inbox = Inbox()
    inbox.arrived.connect(receiver.take)
    return inbox


# ---------------------------------------------------------------- LatestSlot


def test_only_the_newest_request_is_taken() -> None:
    slot: LatestSlot[int] = LatestSlot()
    for request in range(1000):
        slot.put(request)
    assert slot.take() == 999


def test_taking_waits_for_a_request() -> None:
    slot: LatestSlot[str] = LatestSlot()
    taken: list[str] = []
    worker = threading.Thread(target=lambda: taken.append(slot.take()))
    worker.start()
    slot.put("one")
    worker.join(10)
    assert taken == ["one"]


def test_closing_wakes_whoever_waits_and_forgets_the_request() -> None:
    slot: LatestSlot[int] = LatestSlot()
    ended = threading.Event()

    def work() -> None:
        with pytest.raises(ClosedError):
            slot.take()
        ended.set()

    worker = threading.Thread(target=work)
    worker.start()
    slot.close()
    worker.join(10)
    assert ended.is_set()
    slot.put(1)
    with pytest.raises(ClosedError):
        slot.take()
    slot.close()


def test_a_cleared_slot_is_used_again() -> None:
    slot: LatestSlot[int] = LatestSlot()
    slot.put(1)
    slot.clear()
    slot.put(2)
    assert slot.take() == 2


def test_the_last_request_is_always_taken_however_the_threads_interleave() -> None:
    slot: LatestSlot[int] = LatestSlot()
    taken: list[int] = []

    def work() -> None:
        while not taken or taken[-1] != 4999:
            taken.append(slot.take())

    worker = threading.Thread(target=work)
    worker.start()
    for request in range(5000):
        slot.put(request)
    worker.join(30)
    assert taken == sorted(set(taken))
    assert taken[-1] == 4999


# ---------------------------------------------------------------- Inbox


def test_a_flood_arrives_whole_in_order_with_few_wake_ups_in_the_owners_thread(qtbot, inbox, receiver) -> None:
    def flood() -> None:
        for report in range(20_000):
            inbox.put(report)

    sender = threading.Thread(target=flood)
    sender.start()
    sender.join(60)
    # Nobody looked meanwhile: one wake-up is under way, not twenty thousand.
    qtbot.waitUntil(lambda: len(receiver.reports) == 20_000)
    assert receiver.reports == list(range(20_000))
    assert inbox.wake_ups == 10  # batches of two thousand, other events handled in between
    assert receiver.threads == {QCoreApplication.instance().thread()}


def test_other_events_are_handled_between_batches_of_a_flood(qtbot, inbox, receiver) -> None:
    seen_by: list[int] = []

    class Other(QObject):
        def event(self, event) -> bool:
            seen_by.append(len(receiver.reports))
            return True

    other = Other()
    inbox.put(*range(20_000))
    from PySide6.QtCore import QEvent

    QCoreApplication.postEvent(other, QEvent(QEvent.Type.User))
    qtbot.waitUntil(lambda: len(receiver.reports) == 20_000)
    assert seen_by[0] <= 4_000


def test_reports_of_several_threads_keep_each_threads_order(qtbot, inbox, receiver) -> None:
    def send(name: str) -> None:
        for number in range(500):
            inbox.put((name, number))

    senders = [threading.Thread(target=send, args=(name,)) for name in "abc"]
    for sender in senders:
        sender.start()
    qtbot.waitUntil(lambda: len(receiver.reports) == 1500)
    for sender in senders:
        sender.join()
    for name in "abc":
        assert [number for one, number in receiver.reports if one == name] == list(range(500))


def test_the_next_report_after_a_delivery_arrives_too(qtbot, inbox, receiver) -> None:
    for number in range(3):
        inbox.put(number)
        qtbot.waitUntil(lambda number=number: receiver.reports[-1:] == [number])
    assert receiver.batches == [[0], [1], [2]]


def test_a_report_put_while_a_batch_is_handled_is_not_lost(qtbot, inbox, receiver) -> None:
    class Echo(QObject):
        @Slot(list)
        def take(self, batch: list) -> None:
            if batch[0] < 3:
                inbox.put(batch[0] + 1)

    echo = Echo()
    inbox.arrived.connect(echo.take)
    inbox.put(0)
    qtbot.waitUntil(lambda: receiver.reports == [0, 1, 2, 3])


def test_nothing_arrives_after_close(qtbot, inbox, receiver) -> None:
    inbox.put(1)
    inbox.close()
    inbox.put(2)
    QCoreApplication.processEvents()
    assert receiver.reports == []
    inbox.close()
