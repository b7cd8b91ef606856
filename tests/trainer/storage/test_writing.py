"""Atomic writes on file systems with different capabilities."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.export.partial_file import partial_file, temporary_name
from trainer.storage import folder_lock, staging, system
from trainer.storage.atomic_files import write_atomically, written_whole
from trainer.storage.folder_lock import LOCK, claim
from trainer.storage.staging import STAGED, BeingWrittenError, sweep

posix = pytest.mark.skipif(os.name == "nt", reason="modes and links are POSIX's")
#: Errors of chmod and chown on file systems without modes and owners.
REFUSED = [PermissionError(errno.EPERM, "no"), OSError(errno.ENOTSUP, "no"), NotImplementedError("no")]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    former = os.umask(request.param)
    yield request.param
    os.umask(former)


# ---------------------------------------------------------------- modes, owners, links


@posix
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077, 0o002], indirect=True)
def test_a_new_file_follows_the_umask_and_one_that_is_replaced_keeps_its_mode(tmp_path: Path, umask: int) -> None:
    write_atomically(tmp_path / "new", b"a")
    assert mode(tmp_path / "new") == 0o666 & ~umask
    for kept in (0o600, 0o640, 0o664, 0o444):
        (tmp_path / "new").chmod(kept)
        write_atomically(tmp_path / "new", b"b")
        assert mode(tmp_path / "new") == kept
    write_atomically(tmp_path / "mine", b"a", private=True)
    assert mode(tmp_path / "mine") == 0o600


@posix
@pytest.mark.parametrize("error", REFUSED, ids=repr)
@pytest.mark.parametrize("umask", [0o022], indirect=True)
def test_chmod_and_chown_are_niceties(
    tmp_path: Path, umask: int, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    for name in ("chmod", "fchmod", "chown", "fchown"):
        monkeypatch.setattr(os, name, refuse)
    (tmp_path / "file").write_bytes(b"former")
    monkeypatch.undo()
    (tmp_path / "file").chmod(0o600)
    for name in ("chmod", "fchmod", "chown", "fchown"):
        monkeypatch.setattr(os, name, refuse)
    write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert mode(tmp_path / "file") == 0o600  # a private file is never readable by others, even if chmod fails


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_of_a_replaced_file_is_kept_where_that_is_allowed(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"a")
    os.chown(file, 1234, 1235)
    write_atomically(file, b"b")
    found = file.stat()
    assert (found.st_uid, found.st_gid) == (1234, 1235)


@posix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed(tmp_path: Path, there: bool) -> None:
    real, link = tmp_path / "real", tmp_path / "links" / "link"
    real.mkdir()
    link.parent.mkdir()
    if there:
        (real / "file").write_bytes(b"former")
    link.symlink_to("../real/file")
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert (real / "file").read_bytes() == b"new"
    assert names(real) == ["file"]
    assert names(link.parent) == ["link"]


@posix
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "null").symlink_to("/dev/null")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("round", "null", "folder", "pipe"):
        with pytest.raises(OSError, match=r"it is (a|not a) ") as caught:
            write_atomically(tmp_path / name, b"x")
        assert str(caught.value.filename) == str(tmp_path / name)
    assert names(tmp_path) == ["folder", "null", "pipe", "round"]
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


# ---------------------------------------------------------------- syncing and renaming


def test_syncing_that_does_not_exist_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):

        def refuse(_: int, code: int = code) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "fsync", refuse)
        write_atomically(tmp_path / "file", str(code).encode())
        assert (tmp_path / "file").read_bytes() == str(code).encode()
        system.sync_folder(tmp_path)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EDQUOT])
def test_what_the_disk_says_of_the_contents_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    (tmp_path / "file").write_bytes(b"former")

    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match=r"\[Errno"):
        write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"former"
    assert names(tmp_path) == ["file"]


@posix
@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EBADF])
def test_a_folder_that_may_not_be_opened_need_not_be_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", refuse)
    system.sync_folder(tmp_path)


class Scanner:
    """A rename that is denied `times` times, as by a virus scanner, and a clock that only sleeping advances."""

    def __init__(self, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left, self.now = times, 0.0
        self._real = os.replace
        monkeypatch.setattr(os, "replace", self._replace)
        monkeypatch.setattr(system, "_clock", lambda: self.now)
        monkeypatch.setattr(system, "_sleep", self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds

    def _replace(self, source: Path, target: Path) -> None:
        self.left -= 1
        if self.left >= 0:
            error = PermissionError(errno.EACCES, "in use", str(source), None, str(target))
            error.winerror = (5, 32)[self.left % 2]
            raise error
        self._real(source, target)


def test_a_rename_that_is_denied_for_a_moment_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanner = Scanner(3, monkeypatch)
    write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert 0 < scanner.now <= 2


def test_a_rename_that_stays_denied_is_reported_within_two_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"former")
    scanner = Scanner(10_000, monkeypatch)
    with pytest.raises(PermissionError):
        write_atomically(tmp_path / "file", b"new")
    assert 1 < scanner.now <= 2
    assert (tmp_path / "file").read_bytes() == b"former"
    assert names(tmp_path) == ["file"]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name",
    ["a" * 255, "ü" * 127, os.fsdecode(b"caf\xe9"), " leading", "-dash", "dot.", "x" * 240 + ".safetensors"],
)
def test_any_name_that_the_system_takes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    try:
        path.touch()
    except OSError:
        pytest.skip("this file system does not take the name")
    write_atomically(path, b"new")
    with partial_file(path) as file:
        file.write(b"newer")
    assert path.read_bytes() == b"newer"
    assert len(names(tmp_path)) == 1


def test_a_missing_folder_is_reported_by_the_chosen_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, partial_file(tmp_path / "nowhere" / "file.csv"):
        pass
    assert caught.value.filename == str(tmp_path / "nowhere" / "file.csv")


def test_an_error_of_another_file_keeps_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, partial_file(tmp_path / "file.csv"):
        (tmp_path / "images.npy").read_bytes()
    assert caught.value.filename == str(tmp_path / "images.npy")


def test_room_is_looked_for_and_given_back(tmp_path: Path) -> None:
    with partial_file(tmp_path / "file") as file:
        system.find_room(file.fileno(), 3_000_000)
        file.write(b"abc")
    assert (tmp_path / "file").read_bytes() == b"abc"


# ---------------------------------------------------------------- two writers, and writers that were killed

_WRITER = """
import os, signal, sys
from pathlib import Path
from trainer.storage.atomic_files import written_whole
with written_whole(Path(sys.argv[1])) as (_, file):
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is writing `codes.npz`."""
    command = [sys.executable, "-c", _WRITER, str(tmp_path / "codes.npz")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
        process.kill()


def test_a_second_writer_of_the_same_file_is_refused(
    tmp_path: Path, writer: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_WAIT", 0.0)
    with pytest.raises(BeingWrittenError, match="another program is writing it"):
        write_atomically(tmp_path / "codes.npz", b"whole")
    write_atomically(tmp_path / "other.npz", b"whole")  # another name is not blocked
    assert writer.stdin is not None
    writer.stdin.close()
    assert writer.wait(30) == 0
    assert (tmp_path / "codes.npz").read_bytes() == b"half"
    assert names(tmp_path) == ["codes.npz", "other.npz"]


def test_what_a_killed_writer_left_goes_at_the_next_use_of_the_folder(
    tmp_path: Path, writer: subprocess.Popen[str]
) -> None:
    foreign = (".partial-x", "state-best.safetensors", "codes-umap.safetensors", f"{STAGED}notes")
    for name in foreign:
        (tmp_path / name).write_text("mine")
    (tmp_path / f"{STAGED}0123456789ab").mkdir()
    (tmp_path / f"{STAGED}0123456789ab" / "mine.txt").write_text("mine")
    writer.kill()
    writer.wait(30)
    before = names(tmp_path)
    write_atomically(tmp_path / "other.csv", b"x")
    assert len(before) == 6
    assert names(tmp_path) == sorted([*foreign, f"{STAGED}0123456789ab", "other.csv"])
    assert (tmp_path / f"{STAGED}0123456789ab" / "mine.txt").read_text() == "mine"


def test_the_folder_of_a_live_writer_is_left_alone(tmp_path: Path, writer: subprocess.Popen[str]) -> None:
    before = names(tmp_path)
    sweep(tmp_path)
    assert names(tmp_path) == before
    assert len(before) == 1


def test_the_next_writer_of_the_same_file_takes_over_from_a_killed_one(
    tmp_path: Path, writer: subprocess.Popen[str]
) -> None:
    writer.kill()
    writer.wait(30)
    write_atomically(tmp_path / "codes.npz", b"whole")
    assert (tmp_path / "codes.npz").read_bytes() == b"whole"
    assert names(tmp_path) == ["codes.npz"]


def test_a_manifest_cannot_have_other_files_removed(tmp_path: Path) -> None:
    """A staging folder in an untrusted checkpoint."""
    hostile = tmp_path / "run" / f"{STAGED}0123456789ab"
    hostile.mkdir(parents=True)
    (tmp_path / "thesis.txt").write_text("mine")
    (tmp_path / "run" / "thesis.txt").write_text("mine")
    inside = "state-0123456789abcdef.safetensors/../thesis.txt"
    for part in ("thesis.txt", "../thesis.txt", "../../thesis.txt", inside):
        staging._Manifest("checkpoint.json", (part,)).write(hostile)
        hostile.mkdir(exist_ok=True)
        sweep(tmp_path / "run")
        assert (tmp_path / "thesis.txt").exists()
        assert (tmp_path / "run" / "thesis.txt").exists()
        hostile.mkdir(exist_ok=True)


def test_given_up_writing_leaves_nothing(tmp_path: Path) -> None:
    def give_up() -> None:
        with written_whole(tmp_path / "file") as (_, file):
            file.write(b"half")
            raise KeyboardInterrupt

    def fail() -> None:
        with temporary_name(tmp_path / "film.mp4") as name:
            name.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(KeyboardInterrupt):
        give_up()
    with pytest.raises(RuntimeError):
        fail()
    assert names(tmp_path) == []


# ---------------------------------------------------------------- locks


def test_a_lock_is_one_holders_and_its_file_goes_with_it(tmp_path: Path) -> None:
    first = claim(tmp_path)
    assert first is not None
    assert claim(tmp_path) is None
    first.release()
    first.release()
    assert names(tmp_path) == []
    with claim(tmp_path) as second:
        assert second is not None
        assert names(tmp_path) == [LOCK]


_HOLDER = """
import sys
from pathlib import Path
from trainer.storage.folder_lock import claim
lock = claim(Path(sys.argv[1]))
print("held" if lock else "refused", flush=True)
sys.stdin.read()
"""


def test_a_lock_dies_with_its_holder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert claim(tmp_path) is None
        process.kill()
    with claim(tmp_path) as lock:
        assert lock is not None


@posix
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP])
def test_where_the_file_system_has_no_locks_a_named_holder_serves(
    tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with claim(tmp_path) as lock:
        assert lock is not None
        assert names(tmp_path) == [folder_lock.SOFT_LOCK]
        assert claim(tmp_path) is None
    assert names(tmp_path) == []
    write_atomically(tmp_path / "file", b"x")
    assert names(tmp_path) == ["file"]


@posix
def test_a_named_holder_that_died_is_noticed_on_its_own_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    code = (
        "import fcntl, os, signal, sys\n"
        "def refuse(*_): raise OSError(38, 'no')\n"
        "fcntl.flock = refuse\n"
        "from pathlib import Path\n"
        "from trainer.storage.folder_lock import claim\n"
        "lock = claim(Path(sys.argv[1]))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, timeout=300)
    assert names(tmp_path) == [folder_lock.SOFT_LOCK]

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSYS, "no")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with claim(tmp_path, 5.0) as lock:
        assert lock is not None
