"""Lists the arrays of a .npy or .npz file by name and header, without reading or trusting any declared size."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from trainer.data.images import DataError
from trainer.data.npy_stream import ArrayFile, open_array, readable
from trainer.regular_file import open_regular

_MOST_MEMBERS = 1000
#: Highest possible expansion per compressed byte: deflate's bound, and generous bounds for methods numpy never
#: uses.
_MOST_UNPACKED = {
    zipfile.ZIP_STORED: 1,
    zipfile.ZIP_DEFLATED: 1032,
    zipfile.ZIP_BZIP2: 50_000,
    zipfile.ZIP_LZMA: 8000,
}


@dataclass(frozen=True, slots=True)
class Member:
    """An array and its name in the file ("" for a .npy). `problem` is the error if its header cannot be used."""

    name: str
    header: ArrayFile | None
    problem: DataError | None = None

    @property
    def array(self) -> ArrayFile:
        """The array's header. Raises `problem` if it cannot be used."""
        if self.problem is not None:
            raise self.problem
        assert self.header is not None
        return self.header


def array_members(path: Path) -> list[Member]:
    """The arrays in the file `path`, in file order.

    Raises `DataError` if it is neither an array nor an archive, `OSError` if it is not a regular, readable file.
    """
    with open_regular(path) as file:
        size = file.seek(0, 2)
        file.seek(0)
        archive = file.read(2) == b"PK"
        if not archive:
            return [Member("", open_array(str(path), partial(open_regular, path), size))]
        with readable(str(path)), zipfile.ZipFile(file) as packed:
            infos = [info for info in packed.infolist() if info.filename.endswith(".npy")]
            if len(infos) > _MOST_MEMBERS:
                raise DataError(
                    "{path} holds {count:,} arrays; save all images as one, such as numpy.stack(images).",
                    path=path,
                    count=len(infos),
                )
            return [_member(path, packed, info, size) for info in infos]


def _member(path: Path, packed: zipfile.ZipFile, info: zipfile.ZipInfo, archive_bytes: int) -> Member:
    name = info.filename.removesuffix(".npy")
    where = f"{name} in {path}"
    packed_bytes = min(info.compress_size, archive_bytes)
    if info.file_size > packed_bytes * _MOST_UNPACKED.get(info.compress_type, 1):
        problem = DataError(
            "{array} declares {declared:,} bytes, which its {packed:,} packed bytes cannot hold; it is cut "
            "short or damaged.",
            array=where,
            declared=info.file_size,
            packed=packed_bytes,
        )
        return Member(name, None, problem)
    try:
        # Read through the archive that is already open: reopening it parses the whole directory each time.
        opener = cast("Callable[[], BinaryIO]", partial(packed.open, info))
        opened = open_array(where, opener, info.file_size, name)
        return Member(name, replace(opened, open=partial(_open_member, path, info)))
    except DataError as error:
        return Member(name, None, error)


def _open_member(path: Path, member: zipfile.ZipInfo) -> BinaryIO:
    # zipfile keeps the archive's file open until the last member opened from it is closed.
    with zipfile.ZipFile(path) as packed:
        return cast(BinaryIO, packed.open(member))
