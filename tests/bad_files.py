"""Files that are wrong in every way that the program promises to survive, made fresh for the tests."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from safetensors.numpy import load_file
from safetensors.numpy import save as pack

from trainer.training.checkpoint import FILE, read_description
from trainer.training.description import from_text, to_text
from trainer.training.tensor_file import FileEntry

# ---------------------------------------------------------------- pictures


def png_declaring(width: int, height: int) -> bytes:
    """A PNG whose header declares any size, with next to no data behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def write_picture(path: Path, seed: int = 0, side: int = 28) -> Path:
    """A good grey PNG of noise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.random.default_rng(seed).integers(0, 256, (side, side), np.uint8)).save(path)
    return path


def good_folder(folder: Path, count: int = 6) -> Path:
    """A folder of `count` good pictures."""
    for number in range(count):
        write_picture(folder / f"good{number}.png", number)
    return folder


def text_picture(path: Path) -> Path:
    """A text file called .png."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("this is no picture")
    return path


def cut_picture(path: Path) -> Path:
    """A PNG that ends half-way."""
    whole = write_picture(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def huge_picture(path: Path) -> Path:
    """A PNG of 30,000 x 30,000 pixels, says its header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png_declaring(30_000, 30_000))
    return path


def _folder_of(make: Callable[[Path], Path], name: str) -> Callable[[Path], Path]:
    def made(place: Path) -> Path:
        make(place / "pictures" / name)
        return place / "pictures"

    return made


def _missing(place: Path) -> Path:
    return place / "nowhere"


def _empty(place: Path) -> Path:
    folder = place / "empty"
    folder.mkdir()
    return folder


#: What is wrong -> (makes the folder in a place and gives it, what the sentence says).
FOLDERS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (_missing, "does not exist; choose another"),
    "empty": (_empty, "holds no images"),
    "one image": (_folder_of(write_picture, "only.png"), "holds only one image that can be used; at least two"),
    "text": (_folder_of(text_picture, "text.png"), "text.png: not a picture in a format that is read here"),
    "truncated": (_folder_of(cut_picture, "cut.png"), "cut.png: damaged or cut short"),
    "huge": (_folder_of(huge_picture, "huge.png"), "huge.png: 30,000 x 30,000 pixels are too many"),
}


def mixed_folder(folder: Path) -> Path:
    """Six good pictures, a text, a truncated and a huge one."""
    text_picture(folder / "text.png")
    cut_picture(folder / "cut.png")
    huge_picture(folder / "huge.png")
    return good_folder(folder)


# ---------------------------------------------------------------- arrays


def good_array(path: Path, count: int = 60, seed: int = 0) -> Path:
    """A good array of `count` grey pictures of 8 x 8."""
    np.save(path, np.random.default_rng(seed).integers(0, 256, (count, 8, 8), np.uint8))
    return path


def npy(header: str, body: bytes = b"") -> bytes:
    """A .npy file with any header."""
    text = header.encode("latin1")
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


def _array(array: np.ndarray) -> Callable[[Path], Path]:
    def made(place: Path) -> Path:
        path = place / "array.npy"
        np.save(path, array, allow_pickle=True)  # only written: nothing here or there ever reads it back
        return path

    return made


def _array_bytes(content: bytes, name: str = "array.npy") -> Callable[[Path], Path]:
    def made(place: Path) -> Path:
        path = place / name
        path.write_bytes(content)
        return path

    return made


def _not_unicode(place: Path) -> Path:
    path = place / "array.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("images.npy", npy("{'descr':'|u1','fortran_order':False,'shape':(12,4,4)}", bytes(192)))
        archive.writestr("labels.npy", npy("{'descr':'<U1','fortran_order':False,'shape':(12,)}", b"\xff" * 48))
    return path


def _forged_size(place: Path) -> Path:
    """An archive of some 300 bytes whose directory and header declare 20 million images."""
    path = place / "array.npz"
    content = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (20000000, 2, 2)}", bytes(100))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("images.npy", content)
    forged = bytearray(path.read_bytes())
    for signature, field in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = forged.index(signature) + field
        forged[start : start + 4] = (80_000_000 + len(content) - 100).to_bytes(4, "little")
    path.write_bytes(forged)
    return path


def _pipe(place: Path) -> Path:
    os.mkfifo(place / "array.npy")
    return place / "array.npy"


_TERA = "{'descr': '|u1', 'fortran_order': False, 'shape': (1000000000000, 28, 28)}"

ARRAYS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "one dimension": (_array(np.zeros(9)), "has the shape (9,); images are"),
    "no square": (_array(np.zeros((4, 10))), "has the shape (4, 10); images are"),
    "one row": (_array(np.zeros((1, 8, 8))), "holds one image only; at least two are needed"),
    "objects": (_array(np.array([[None] * 4] * 2, object)), "is an array of objects, which is never opened"),
    "not a number": (_array(np.full((4, 8, 8), np.nan)), "not finite (NaN or infinity); replace them first"),
    "infinite": (_array(np.full((4, 8, 8), np.inf)), "not finite (NaN or infinity); replace them first"),
    "hostile shape": (_array_bytes(npy(_TERA)), "it is cut short or damaged"),
    "hostile length": (
        _array_bytes(b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**31)),
        "has a header of 2,147,483,648 bytes, which no array has",
    ),
    "a program": (_array_bytes(npy("__import__('os').abort()")), "has a damaged header; save the array again"),
    "text": (_array_bytes(b"hello"), "is not a NumPy array; save one with numpy.save"),
    "values without a size": (
        _array_bytes(npy("{'descr': '|S0', 'fortran_order': False, 'shape': (4, 8, 8)}")),
        "holds values of the type '|S0'",
    ),
    "labels that are no text": (_not_unicode, "holds text that is not Unicode; save the labels again"),
    "forged size": (_forged_size, "bytes cannot hold; it is cut short or damaged"),
    "a pipe": (_pipe, "could not be read (it is a pipe, not a file)"),
    "archive": (_array_bytes(b"PK\x03\x04 not really", "array.npz"), "save it again with numpy.savez"),
}


# ---------------------------------------------------------------- checkpoints


def forge(folder: Path, tensors: dict[str, np.ndarray] | bytes) -> Path:
    """Replace the state of the checkpoint in `folder`; size, hash and digest are made right, as a forger would."""
    data = tensors if isinstance(tensors, bytes) else pack(tensors)
    name = "state-forged.safetensors"
    (folder / name).write_bytes(data)
    entry = FileEntry(name=name, size=len(data), blake2b=hashlib.blake2b(data, digest_size=32).hexdigest())
    text = (folder / FILE).read_text("utf-8")
    (folder / FILE).write_text(to_text(dataclasses.replace(from_text(text), state=entry)), "utf-8")
    return folder


def state_file(folder: Path) -> Path:
    """The file with the weights of the checkpoint in `folder`."""
    return folder / read_description(folder).state.name


def _first_weight(tensors: dict[str, np.ndarray]) -> str:
    return sorted(name for name in tensors if name.startswith("member0.model.") and name.endswith("weight"))[0]


def _missing_tensor(folder: Path) -> None:
    tensors = load_file(state_file(folder))
    # Under another name, so that their number is right.
    tensors["generator.spare"] = tensors.pop(_first_weight(tensors))
    forge(folder, tensors)


def _too_few(folder: Path) -> None:
    tensors = load_file(state_file(folder))
    del tensors[_first_weight(tensors)]
    forge(folder, tensors)


def _wrong_shape(folder: Path) -> None:
    tensors = load_file(state_file(folder))
    name = _first_weight(tensors)
    tensors[name] = np.ascontiguousarray(tensors[name][:, :-1])
    forge(folder, tensors)


def _not_finite(folder: Path) -> None:
    tensors = load_file(state_file(folder))
    name = _first_weight(tensors)
    tensors[name] = np.full_like(tensors[name], np.nan)
    forge(folder, tensors)


def _flipped(folder: Path) -> None:
    file = state_file(folder)
    data = bytearray(file.read_bytes())
    data[-5] ^= 1
    file.write_bytes(data)


def _flipped_description(folder: Path) -> None:
    file = folder / FILE
    text = file.read_text("utf-8")
    file.write_text(text.replace('"step": ', '"step": 1', 1), "utf-8")


def _cut(folder: Path) -> None:
    file = state_file(folder)
    file.write_bytes(file.read_bytes()[:-100])


def _huge_header(folder: Path) -> None:
    forge(folder, (2**63 - 1).to_bytes(8, "little") + b"{}")


def _huge_shape(folder: Path) -> None:
    header = json.dumps({"a": {"dtype": "F32", "shape": [2**40, 2**20], "data_offsets": [0, 4]}}).encode()
    forge(folder, len(header).to_bytes(8, "little") + header + b"xxxx")


def _version(folder: Path) -> None:
    body = json.loads((folder / FILE).read_text("utf-8"))
    (folder / FILE).write_text(json.dumps(body | {"version": 99}), "utf-8")


def _no_state(folder: Path) -> None:
    state_file(folder).unlink()


def _no_description(folder: Path) -> None:
    (folder / FILE).unlink()


def _not_json(folder: Path) -> None:
    (folder / FILE).write_bytes(b"\xff\xfe\x00{")


#: What is wrong -> (harms a good checkpoint, what the sentence says).
CHECKPOINTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing tensor": (_missing_tensor, "does not hold what its checkpoint describes: in model 1"),
    "too few tensors": (_too_few, "tensors; open another checkpoint"),
    "wrong shape": (_wrong_shape, "instead of"),
    "not finite": (_not_finite, "that are not finite; open another checkpoint"),
    "flipped byte": (_flipped, "is damaged: its contents do not match their hash"),
    "flipped description": (_flipped_description, "its contents do not match their digest"),
    "truncated": (_cut, "is damaged: it has"),
    "hostile length": (_huge_header, "is damaged: its header has an impossible length"),
    "hostile shape": (_huge_shape, "is damaged: the shape of the tensor a does not match its bytes"),
    "unknown version": (_version, "it has version 99 and this program reads versions up to 2"),
    "no weights": (_no_state, "is missing; copy it beside its checkpoint.json"),
    "no checkpoint": (_no_description, "is not a checkpoint; choose a folder that holds a checkpoint.json"),
    "not text": (_not_json, "cannot be used: it is not text"),
}
