"""A real checkpoint, and ways to forge it as someone could who knows its format."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from safetensors.numpy import save as pack

from tests.families import registered
from trainer.training.checkpoint import FILE
from trainer.training.description import _digest

#: Represents a number that JSON can spell and a float cannot hold.
HUGE_FLOAT = "@huge-float@"
_NASTY: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2, 3, 7, 255, 2**31, 2**53, 2**53 + 1, 2**63, 2**64, 10**400, -(10**400), 0.5,
    -0.0, 5e-324, 1e308, -1e308, HUGE_FLOAT, "", "x", "x" * 20_000, "a\nb\x1b[31m\u202e", "../x", "\ud800",
    "a\0b", "//host/share", "C:\\x", "con", [], {}, [[]], [None], [0] * 3, ["x"] * 5000, [[[[[]]]]], {"a": 1},
)  # fmt: skip
_DTYPES = (np.float64, np.float16, np.int64, np.int32, np.int16, np.int8, np.uint8, np.bool_)


# ---------------------------------------------------------------- a real one


def write_original(folder: Path) -> None:
    """A sound checkpoint of a pair in mid-epoch with history, evaluation, codes and sigmas."""
    from trainer.training.checkpoint import Codes
    from trainer.training.checkpoint_writing import save
    from trainer.training.description import DataSummary

    trainer, data = make_trainer()
    history = [next(trainer.steps()) for _ in range(5)]
    report = trainer.map_report(trainer.all_rows)
    codes = Codes(rows=report.rows, codes=report.codes, labels=data.labels, sigmas=report.sigmas)
    save(
        folder,
        config=trainer.config,
        state=trainer.state(),
        data=DataSummary.of(data),
        history=tuple(history),
        evaluations=(trainer.evaluate(),),
        codes=codes,
    )


def write_larger(folder: Path) -> None:
    """As `write_original`, of what only the second format has: members that rest, priors with tensors, options and
    knobs of a family, knobs of one member, terms of several names, and a model kept for comparison."""
    from trainer.training.checkpoint import Codes
    from trainer.training.checkpoint_writing import save
    from trainer.training.description import DataSummary
    from trainer.training.kept_model import FOLDER, member_of, write_kept

    trainer, data = make_larger_trainer()
    steps = trainer.steps()
    history = [next(steps) for _ in range(3)]
    trainer.knobs = trainer.knobs.replace(gamma=2.0)
    history += [next(steps) for _ in range(2)]
    report = trainer.map_report(trainer.all_rows)
    state = trainer.state()
    state.numbers["resting"] = [[0, 3]]
    save(
        folder,
        config=trainer.config,
        state=state,
        data=DataSummary.of(data),
        history=tuple(history),
        evaluations=(trainer.evaluate(),),
        codes=Codes(rows=report.rows, codes=report.codes, labels=data.labels, sigmas=report.sigmas),
    )
    write_kept(folder / FOLDER, [member_of(folder, member) for member in (1, 3)])


def images() -> Any:
    from trainer.config import DataConfig
    from trainer.data.images import ImageData

    images = np.random.default_rng(0).integers(0, 256, (60, 1, 8, 8), dtype=np.uint8)
    return ImageData(
        config=DataConfig(name="digits"),
        title="Noise",
        images=images,
        train_count=50,
        labels=np.arange(60) % 3,
        label_names=("a", "b", "c"),
    )


def make_trainer() -> tuple[Any, Any]:
    from trainer.config import ModelConfig, RunConfig, TrainConfig
    from trainer.knobs import Knobs
    from trainer.training.engine import Trainer

    data = images()
    models = tuple(
        ModelConfig(family=family, widths=(6,), latent=2, shape=(1, 8, 8))
        for family in ("autoencoder", "variational")
    )
    train = TrainConfig(batch=16, threads=1, device="cpu", binarise="dynamic")
    return Trainer(RunConfig(data=data.config, models=models, train=train), data, Knobs(noise=0.1)), data


def make_larger_trainer() -> tuple[Any, Any]:
    from trainer.config import ModelConfig, RunConfig, TrainConfig
    from trainer.knobs import Knobs
    from trainer.records import FrozenMap
    from trainer.training.engine import Trainer

    for module in ("chosen", "priors"):
        registered(module)
    data = images()
    models = (
        ModelConfig(family="autoencoder", widths=(6,), latent=2, shape=(1, 8, 8)),
        ModelConfig(
            family="chosen",
            widths=(6,),
            latent=3,
            likelihood="gaussian-learned",
            shape=(1, 8, 8),
            options=FrozenMap({"parts": 4, "manner": "b", "twice": True}),
        ),
        ModelConfig(family="shifted", widths=(6,), latent=2, shape=(1, 8, 8)),
        ModelConfig(family="two-gaussians", widths=(6,), latent=2, shape=(1, 8, 8)),
    )
    train = TrainConfig(batch=16, threads=1, device="cpu")
    knobs = Knobs(gamma=0.25, m2_beta=4.0, m4_beta=0.5)
    return Trainer(RunConfig(data=data.config, models=models, train=train), data, knobs), data


# ---------------------------------------------------------------- forging


def forge(folder: Path, random: np.random.Generator) -> str:
    """Change the checkpoint in `folder` in one to three ways; what was done, in a few words."""
    body = json.loads((folder / FILE).read_text("utf-8"))
    done = [
        _CHANGES[int(random.integers(len(_CHANGES)))](folder, body, random) for _ in range(random.integers(1, 4))
    ]
    write_description(folder, body, right=random.random() < 0.9)
    if random.random() < 0.05:
        done.append(_harm_bytes(folder / FILE, random))
    return ", ".join(done)


def write_description(folder: Path, body: dict[str, Any], right: bool = True) -> None:
    """Replace the description; `right`: sizes, hashes and the digest are made to agree with it and the files."""
    if right:
        for kind in ("state", "codes"):
            _make_right(folder, body, kind)
        body.pop("digest", None)
        with contextlib.suppress(RecursionError):
            body["digest"] = _digest(_as_parsed(body))
    text = json.dumps(body).replace(f'"{HUGE_FLOAT}"', "1e999")
    (folder / FILE).write_text(text, "utf-8")


def _as_parsed(body: Any) -> Any:
    """The body as a reader sees it, which the digest is of."""
    return json.loads(json.dumps(body).replace(f'"{HUGE_FLOAT}"', "1e999"))


def _make_right(folder: Path, body: dict[str, Any], kind: str) -> None:
    entry = body.get(kind)
    file = _file(folder, entry)
    if file is None or set(entry) != {"name", "size", "blake2b"}:
        return
    data = file.read_bytes()
    entry["size"], entry["blake2b"] = len(data), hashlib.blake2b(data, digest_size=32).hexdigest()


def _file(folder: Path, entry: Any) -> Path | None:
    name = entry.get("name") if isinstance(entry, dict) else None
    found = [file for file in folder.glob("*.safetensors") if file.name == name]
    return found[0] if found else None


def _change_description(_folder: Path, body: dict[str, Any], random: np.random.Generator) -> str:
    place: Any = body
    path = []
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return "nothing"
        key = keys[int(random.integers(len(keys)))]
        path.append(str(key))
        if isinstance(place[key], dict | list) and place[key] and random.random() < 0.8:
            place = place[key]
            continue
        break
    where = ".".join(path)
    chance = random.random()
    if chance < 0.1:
        del place[key]
        return f"{where} left out"
    if chance < 0.15 and isinstance(place, list):
        place.extend(place[key : key + 1] * int(random.integers(1, 50)))
        return f"{where} repeated"
    if chance < 0.2 and isinstance(place, dict):
        place[str(random.choice(["spare", "", "step", "a\nb"]))] = place[key]
        return f"{where} under another name"
    value = _NASTY[int(random.integers(len(_NASTY)))]
    if isinstance(place[key], int | float) and abs(place[key]) < 2**70 and random.random() < 0.3:
        value = place[key] * float(random.choice([-1.0, 2.0, 1e6, 1e-6])) + int(random.integers(-1, 2))
        value = int(value) if random.random() < 0.7 else value
    place[key] = value
    return f"{where} = {value!r:.30}"


def _change_tensors(folder: Path, body: dict[str, Any], random: np.random.Generator) -> str:
    kind = "state" if random.random() < 0.8 else "codes"
    file = _file(folder, body.get(kind))
    try:
        tensors = dict(load_file(file)) if file is not None else {}
    except Exception:  # noqa: BLE001 - an earlier change has made it unreadable, which will do
        tensors = {}
    if not tensors or file is None:
        return "nothing"
    name = sorted(tensors)[int(random.integers(len(tensors)))]
    change = _TENSOR_CHANGES[int(random.integers(len(_TENSOR_CHANGES)))]
    said = change(tensors, name, random)
    file.write_bytes(pack({key: np.asarray(value, order="C") for key, value in tensors.items()}))
    if isinstance(body.get("numbers"), dict) and kind == "state" and random.random() < 0.9:
        body["numbers"]["tensors"] = len(tensors)
    return f"{kind}: {name} {said}"


def _other_shape(tensors: dict[str, np.ndarray], name: str, random: np.random.Generator) -> str:
    old = tensors[name]
    shapes = [(), (1,), (0,), (old.size,), (1, *old.shape), (*old.shape, 1), tuple(reversed(old.shape)), (1, 1, 1)]
    shapes += [(old.size + 1,), (3, 5)]
    shape = shapes[int(random.integers(len(shapes)))]
    tensors[name] = np.resize(old, shape) if old.size else np.zeros(shape, old.dtype)
    return f"of shape {shape}"


def _other_type(tensors: dict[str, np.ndarray], name: str, random: np.random.Generator) -> str:
    kind = _DTYPES[int(random.integers(len(_DTYPES)))]
    with np.errstate(all="ignore"):
        tensors[name] = tensors[name].astype(kind)
    return f"of type {np.dtype(kind)}"


def _other_values(tensors: dict[str, np.ndarray], name: str, random: np.random.Generator) -> str:
    array = np.array(tensors[name], order="C")
    flat = array.reshape(-1)
    what = str(random.choice(["zeros", "bytes", "some bytes", "negative", "nan", "inf", "huge", "large", "tiny"]))
    raw = flat.view(np.uint8)
    if what == "zeros":
        flat[:] = 0
    elif what == "bytes":
        raw[:] = random.integers(0, 256, raw.size, np.uint8)
    elif what == "some bytes" and raw.size:
        for _ in range(int(random.integers(1, 9))):
            raw[int(random.integers(min(raw.size, 5056)))] = random.integers(256)
    elif flat.dtype.kind == "f" and flat.size:
        values = {"negative": -1.0, "nan": np.nan, "inf": -np.inf, "huge": 3e38, "large": 1e20, "tiny": 1e-44}
        with np.errstate(all="ignore"):
            flat[int(random.integers(flat.size)) if random.random() < 0.5 else slice(None)] = values.get(what, 0.0)
    tensors[name] = array
    return what


def _gone(tensors: dict[str, np.ndarray], name: str, _random: np.random.Generator) -> str:
    del tensors[name]
    return "left out"


def _renamed(tensors: dict[str, np.ndarray], name: str, random: np.random.Generator) -> str:
    names = [f"{name}.x", "generator.spare", "member0.optimiser0.exp_avg.99", "member0.optimiser1.step.0", "a\nb"]
    names += ["member9.model.mean.bias", name.replace("exp_avg", "momentum"), "member0.optimiser0.step.00"]
    other = names[int(random.integers(len(names)))]
    tensors[other] = tensors[name] if random.random() < 0.5 else tensors.pop(name)
    return f"called {other!r}"


def _swapped(tensors: dict[str, np.ndarray], name: str, random: np.random.Generator) -> str:
    other = sorted(tensors)[int(random.integers(len(tensors)))]
    tensors[name], tensors[other] = tensors[other], tensors[name]
    return f"changed for {other}"


def _many(tensors: dict[str, np.ndarray], name: str, random: np.random.Generator) -> str:
    for number in range(int(random.integers(1, 300))):
        tensors[f"member0.optimiser0.exp_avg.{number + 100}"] = tensors[name]
    return "many times"


def _change_bytes(folder: Path, body: dict[str, Any], random: np.random.Generator) -> str:
    file = _file(folder, body.get("state" if random.random() < 0.7 else "codes"))
    return _harm_bytes(file, random) if file is not None else "nothing"


def _harm_bytes(file: Path, random: np.random.Generator) -> str:
    data = bytearray(file.read_bytes())
    if random.random() < 0.3:
        data = data[: int(random.integers(len(data) + 1))]
        said = "cut short"
    else:
        for _ in range(int(random.integers(1, 20))):
            if data:
                most = len(data) if random.random() < 0.5 else min(len(data), 600)
                data[int(random.integers(most))] = int(random.integers(256))
        said = "bytes changed"
    file.write_bytes(data)
    return f"{file.suffix}: {said}"


def _change_header(folder: Path, body: dict[str, Any], random: np.random.Generator) -> str:
    file = _file(folder, body.get("state" if random.random() < 0.7 else "codes"))
    if file is None:
        return "nothing"
    data = file.read_bytes()
    length = int.from_bytes(data[:8], "little")
    try:
        header = json.loads(data[8 : 8 + length])
    except ValueError:
        return "nothing"
    said = _change_description(folder, header, random) if isinstance(header, dict) and header else "nothing"
    text = json.dumps(header).replace(f'"{HUGE_FLOAT}"', "1e999").encode()
    file.write_bytes(len(text).to_bytes(8, "little") + text + data[8 + length :])
    return f"header: {said:.80}"


_TENSOR_CHANGES = (
    _other_shape, _other_shape, _other_type, _other_values, _other_values, _gone, _renamed, _swapped, _many,
)  # fmt: skip
_CHANGES = (
    _change_description, _change_description, _change_tensors, _change_tensors, _change_tensors, _change_header,
    _change_bytes,
)  # fmt: skip
