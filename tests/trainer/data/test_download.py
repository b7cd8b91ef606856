"""Downloads from a local server: files arrive complete and verified, or not at all."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import os
import subprocess
import sys
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.conftest import Watch, idx_bytes
from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import DataError
from trainer.data.loading import Loading
from trainer.data.torchvision_files import FILES, download
from trainer.progress import CancelledError, Progress

MNIST = DataConfig(name="mnist")


class Server:
    """Serves `files` by name. `cut` truncates responses; `hold` pauses after half a response until it is set."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.cut = False
        self.hold: threading.Event | None = None
        self.let_go = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.lstrip("/")
                outer.asked.append(name)
                if name not in outer.files:
                    self.send_error(404)
                    return
                content = outer.files[name]
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                half = len(content) // 2
                self.wfile.write(content[:half])
                if outer.hold is not None:
                    self.wfile.flush()
                    outer.hold.wait(10)
                    outer.let_go.set()
                if not outer.cut and outer.hold is None:
                    self.wfile.write(content[half:])

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self) -> None:
        if self.hold is not None:
            self.hold.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        for thread in threading.enumerate():
            if thread.name == "download":
                thread.join(5)
                assert not thread.is_alive()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def mnist_server(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Serves a small MNIST; torchvision's mirrors and checksums point to it."""
    from torchvision.datasets import MNIST as MNIST_CLASS

    random = np.random.default_rng(0)
    resources = []
    for part, count in (("train", 400), ("t10k", 100)):
        for kind, shape in (("images-idx3", (count, 28, 28)), ("labels-idx1", (count,))):
            name = f"{part}-{kind}-ubyte.gz"
            high = 256 if len(shape) == 3 else 10
            server.files[name] = gzip.compress(idx_bytes(random.integers(0, high, shape, np.uint8)), mtime=0)
            resources.append((name, hashlib.md5(server.files[name]).hexdigest()))
    monkeypatch.setattr(MNIST_CLASS, "mirrors", [server.url])
    monkeypatch.setattr(MNIST_CLASS, "resources", resources)
    return server


def test_good_download_arrives_in_torchvisions_layout(mnist_server: Server, tmp_path: Path):
    watch = Watch()
    data = registry.load(MNIST, tmp_path / "new", download=True, progress=watch.report)
    assert (data.count, data.train_count) == (500, 400)
    raw = tmp_path / "new" / "MNIST" / "raw"
    assert sorted(path.name for path in raw.iterdir()) == sorted(FILES["mnist"].names)
    sizes = [report for report in watch.reports if str(report.unit) == "bytes" and report.total]
    assert str(sizes[-1].what) == "Downloading MNIST, file 4 of 4"
    largest = max(len(content) for content in mnist_server.files.values())
    assert any(report.done == report.total == largest for report in sizes)

    from torchvision.datasets import MNIST as MNIST_CLASS

    theirs = MNIST_CLASS(tmp_path / "new", train=False)
    np.testing.assert_array_equal(theirs.data.numpy(), data.images[400:, 0])

    asked = len(mnist_server.asked)
    registry.load(MNIST, tmp_path / "new", download=True)
    assert len(mnist_server.asked) == asked  # existing files are not downloaded again


def test_never_without_being_asked(mnist_server: Server, tmp_path: Path):
    with pytest.raises(DataError, match="is not in"):
        registry.load(MNIST, tmp_path)
    assert mnist_server.asked == []


def test_bad_checksum_keeps_nothing(mnist_server: Server, tmp_path: Path):
    name = "train-images-idx3-ubyte.gz"
    mnist_server.files[name] = mnist_server.files[name][:-1] + b"x"
    with pytest.raises(DataError, match=r"MNIST, file 1 of 4 could not be downloaded: what arrived has the wrong"):
        registry.load(MNIST, tmp_path / "new", download=True)
    assert list(tmp_path.iterdir()) == []


def test_connection_that_ends_early(mnist_server: Server, tmp_path: Path):
    mnist_server.cut = True
    with pytest.raises(DataError, match=r"could not be downloaded: .*ended early"):
        registry.load(MNIST, tmp_path, download=True)
    assert list(tmp_path.iterdir()) == []


def test_second_mirror_is_tried(mnist_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from torchvision.datasets import MNIST as MNIST_CLASS

    monkeypatch.setattr(MNIST_CLASS, "mirrors", [mnist_server.url + "absent/", mnist_server.url])
    assert registry.load(MNIST, tmp_path, download=True).count == 500


def test_refused_and_absent_are_one_sentence(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from torchvision.datasets import MNIST as MNIST_CLASS

    monkeypatch.setattr(MNIST_CLASS, "mirrors", [server.url])
    with pytest.raises(DataError, match=r"the server answered 404 .*check the network and try again\.$"):
        registry.load(MNIST, tmp_path, download=True)
    closed = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    port = closed.server_port
    closed.server_close()  # the port is closed now
    monkeypatch.setattr(MNIST_CLASS, "mirrors", [f"http://127.0.0.1:{port}/", "no address at all/"])
    with pytest.raises(DataError, match="no connection to its server"):
        registry.load(MNIST, tmp_path, download=True)
    assert list(tmp_path.iterdir()) == []


def test_cancel_midway_keeps_nothing_and_does_not_wait_for_the_server(mnist_server: Server, tmp_path: Path):
    mnist_server.hold = threading.Event()  # the server stalls after half the first file
    cancelled = threading.Event()

    def report(progress: Progress) -> None:
        if str(progress.unit) == "bytes" and progress.done:
            cancelled.set()

    with pytest.raises(CancelledError):
        registry.load(MNIST, tmp_path, download=True, progress=report, cancelled=cancelled.is_set)
    assert not mnist_server.let_go.is_set()
    assert list(tmp_path.iterdir()) == []


def test_unwritable_folder_is_a_sentence(mnist_server: Server, tmp_path: Path):
    (tmp_path / "MNIST").write_text("a file where the folder should be")
    with pytest.raises(DataError, match=r"MNIST could not be kept in .*; make room or choose another data folder"):
        registry.load(MNIST, tmp_path, download=True)


def test_full_disk_is_a_sentence(mnist_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_progress: Progress) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DataError, match=r"could not be kept in .*No space left on device"):
        download("mnist", "MNIST", Loading(folder=tmp_path, download=True, progress=lambda p: p.done and full(p)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="there are no signals to kill with")
def test_leftovers_of_a_killed_download_are_swept(mnist_server: Server, tmp_path: Path):
    raw = tmp_path / "MNIST" / "raw"
    killed = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from trainer.storage.staging import staging\n"
        "with staging(Path(sys.argv[1]), 'download') as stage:\n"
        "    (stage.folder / 'download').write_bytes(b'half a file')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    raw.mkdir(parents=True)
    (raw / ".part-of-my-own").write_bytes(b"nothing of the program's")
    subprocess.run([sys.executable, "-c", killed, str(raw)], check=False)
    assert len(list(raw.iterdir())) == 2
    registry.load(MNIST, tmp_path, download=True)
    assert [path.name for path in raw.iterdir() if path.name.startswith(".")] == [".part-of-my-own"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_is_followed(mnist_server: Server, tmp_path: Path):
    raw, elsewhere = tmp_path / "MNIST" / "raw", tmp_path / "elsewhere"
    raw.mkdir(parents=True)
    elsewhere.mkdir()
    link = raw / "train-images-idx3-ubyte"
    link.symlink_to(elsewhere / "images")
    registry.load(MNIST, tmp_path, download=True)
    assert link.is_symlink()
    assert (elsewhere / "images").stat().st_size > 0


def test_a_disk_that_cannot_sync(mnist_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(_handle: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refused)
    assert len(registry.load(MNIST, tmp_path, download=True).images) > 0


def test_zip_of_packed_files(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from torchvision.datasets import EMNIST

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in FILES["emnist"].names:
            shape = (6, 28, 28) if "images" in name else (6,)
            archive.writestr(f"gzip/{name}.gz", gzip.compress(idx_bytes(np.ones(shape, np.uint8))))
        archive.writestr("gzip/emnist-letters-test-images-idx3-ubyte.gz", b"not wanted")
    server.files["gzip.zip"] = content.getvalue()
    monkeypatch.setattr(EMNIST, "url", server.url + "gzip.zip")
    monkeypatch.setattr(EMNIST, "md5", hashlib.md5(content.getvalue()).hexdigest())
    data = registry.load(DataConfig(name="emnist"), tmp_path, download=True)
    assert data.count == 12
    assert sorted(path.name for path in (tmp_path / "EMNIST" / "raw").iterdir()) == sorted(FILES["emnist"].names)


def test_tar_writes_only_what_is_known_by_name(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from torchvision.datasets import CIFAR10

    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for name in (*(f"cifar-10-batches-py/{name}" for name in FILES["cifar10"].names), "../escaped"):
            member = tarfile.TarInfo(name)
            member.size = 4
            archive.addfile(member, io.BytesIO(b"data"))
    server.files["cifar.tar.gz"] = content.getvalue()
    monkeypatch.setattr(CIFAR10, "url", server.url + "cifar.tar.gz")
    monkeypatch.setattr(CIFAR10, "tgz_md5", hashlib.md5(content.getvalue()).hexdigest())
    folder = tmp_path / "data"
    download("cifar10", "CIFAR-10", Loading(folder=folder, download=True))
    assert [path.name for path in folder.iterdir()] == ["cifar-10-batches-py"]
    assert sorted(path.name for path in (folder / "cifar-10-batches-py").iterdir()) == sorted(
        FILES["cifar10"].names
    )
    assert not (tmp_path / "escaped").exists()


def test_archive_without_its_files_is_a_sentence(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from torchvision.datasets import EMNIST

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("other", b"")
    server.files["gzip.zip"] = content.getvalue()
    monkeypatch.setattr(EMNIST, "url", server.url + "gzip.zip")
    monkeypatch.setattr(EMNIST, "md5", hashlib.md5(content.getvalue()).hexdigest())
    with pytest.raises(DataError, match="archive of EMNIST could not be unpacked"):
        registry.load(DataConfig(name="emnist"), tmp_path, download=True)
    assert list(tmp_path.iterdir()) == []


def test_svhn_files_are_fetched_as_they_are(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from torchvision.datasets import SVHN

    entries = {}
    for part in ("train", "test"):
        name = f"{part}_32x32.mat"
        server.files[name] = part.encode()
        entries[part] = [server.url + name, name, hashlib.md5(part.encode()).hexdigest()]
    monkeypatch.setattr(SVHN, "split_list", entries)
    download("svhn", "SVHN", Loading(folder=tmp_path, download=True))
    assert (tmp_path / "test_32x32.mat").read_bytes() == b"test"
    asked = len(server.asked)
    download("svhn", "SVHN", Loading(folder=tmp_path, download=True))
    assert len(server.asked) == asked
