"""Downloads and unpacks files atomically: a target file exists complete or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from trainer.data.images import DataError
from trainer.data.loading import Loading
from trainer.regular_file import open_regular
from trainer.sentences import Sentence, SentenceError
from trainer.storage.atomic_files import written_whole
from trainer.storage.staging import staging

_CHUNK = 256 * 1024
_TIMEOUT = 20.0  # seconds without a byte from a server
_POLL = 0.1  # seconds between checks for cancellation


@contextlib.contextmanager
def fetched(urls: Sequence[str], md5: str, what: Sentence | str, folder: Path, loading: Loading) -> Iterator[Path]:
    """Download a file and check its checksum; it is in a hidden folder inside `folder` until the block ends.

    The `urls` are mirrors of one file, tried in turn. `folder` is created if missing, and removed if left empty.

    Raises:
        DataError: if no mirror answered, or none sent a file with the checksum `md5` (hex).
        CancelledError: within a tenth of a second of being cancelled, whatever the server does.
        OSError: if `folder` is not writable, or another program is downloading the same file.
    """
    problem = Sentence("there is no server to ask")
    with _there(folder), staging(folder, md5) as stage:
        passing = stage.folder / "download"
        for url in urls:
            try:
                digest = _receive(url, passing, what, loading)
            except _ConnectionFailedError as error:
                problem = error.sentence
                continue
            if digest == md5:
                yield passing
                return
            problem = Sentence("what arrived has the wrong checksum")
        raise DataError(
            "{what} could not be downloaded: {problem}. Nothing was kept; check the network and try again.",
            what=what,
            problem=problem,
        )


@contextlib.contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """A file to write that becomes `target` at the end, flushed and synced; an exception removes it."""
    with _there(target.parent), written_whole(target) as (_, file):
        yield file


def copy(source: BinaryIO, target: BinaryIO, loading: Loading) -> None:
    """Copy all of `source`, checking for cancellation between blocks."""
    while block := source.read(_CHUNK):
        loading.check()
        target.write(block)


def md5_of(path: Path, loading: Loading) -> str:
    """Hex MD5 of a file. It identifies the published file; it is no protection against tampering."""
    digest = hashlib.md5(usedforsecurity=False)
    with open_regular(path) as file:
        while block := file.read(_CHUNK):
            loading.check()
            digest.update(block)
    return digest.hexdigest()


@contextlib.contextmanager
def _there(folder: Path) -> Iterator[None]:
    """Create `folder` if missing; folders created here are removed again if they stay empty."""
    made = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()


def _receive(url: str, target: Path, what: Sentence | str, loading: Loading) -> str:
    """Stream `url` into `target` and return the hex MD5 of the received bytes."""
    digest = hashlib.md5(usedforsecurity=False)
    arrived = 0
    with target.open("wb") as file, _Stream(url) as stream:
        for total, block in stream.blocks(loading):
            file.write(block)
            digest.update(block)
            arrived += len(block)
            loading.advance(arrived, total, Sentence("bytes"), Sentence("Downloading {name}", name=what))
    return digest.hexdigest()


class _ConnectionFailedError(SentenceError):
    """A failed connection, with the reason in a few words. Not an `OSError`: those concern the local disk."""


class _Stream:
    """A response read in its own thread, because a thread waiting for a silent server cannot be interrupted.

    The thread touches no file and holds only its socket. After cancellation it ends by itself once the server
    answers or times out; as a daemon thread it does not delay the end of the process.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._given_up = threading.Event()
        self._arrived: queue.Queue[tuple[int | None, bytes] | _ConnectionFailedError] = queue.Queue(maxsize=16)
        self._thread = threading.Thread(target=self._read, name="download", daemon=True)

    def __enter__(self) -> _Stream:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._given_up.set()

    def blocks(self, loading: Loading) -> Iterator[tuple[int | None, bytes]]:
        """Yield (announced length or None, bytes). Raises `_ConnectionFailedError` or `CancelledError`."""
        while True:
            loading.check()
            try:
                item = self._arrived.get(timeout=_POLL)
            except queue.Empty:
                continue
            if isinstance(item, _ConnectionFailedError):
                raise item
            if not item[1]:
                return
            yield item

    def _read(self) -> None:
        try:
            request = urllib.request.Request(self._url, headers={"User-Agent": "latent-explorer"})
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
                announced = response.headers.get("Content-Length", "")
                total = int(announced) if announced.isdecimal() else None
                arrived = 0
                while block := response.read1(_CHUNK):  # `read` would wait for a whole block
                    arrived += len(block)
                    if not self._hand_over((total, block)):
                        return
            if total is not None and arrived != total:
                raise _ConnectionFailedError("the connection ended early")
            self._hand_over((total, b""))
        except _ConnectionFailedError as error:
            self._hand_over(error)
        except (OSError, http.client.HTTPException, ValueError) as error:
            # ValueError: a malformed address. For the caller every failure means an unreachable server.
            self._hand_over(_failure(error))
            if isinstance(error, urllib.error.HTTPError):
                error.close()

    def _hand_over(self, item: tuple[int | None, bytes] | _ConnectionFailedError) -> bool:
        while not self._given_up.is_set():
            with contextlib.suppress(queue.Full):
                self._arrived.put(item, timeout=_POLL)
                return True
        return False


def _failure(error: Exception) -> _ConnectionFailedError:
    if isinstance(error, urllib.error.HTTPError):
        return _ConnectionFailedError(
            "the server answered {code} ({reason})", code=f"{error.code}", reason=error.reason
        )
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return _ConnectionFailedError("the server did not answer in time")
    reason = cause.strerror if isinstance(cause, OSError) and cause.strerror else cause
    return _ConnectionFailedError("there is no connection to its server ({reason})", reason=reason)
