"""Write the codes of images: z of an autoencoder, the mean μ (and log σ²) of a variational one.

codes.npz holds for member i (counted from 1) `codes_i` (n, d) and `log_variance_i` where there is one, besides
`rows`, `labels` and `label_names`. codes.csv has a line an image: row, label, m1_z1, m1_z2, ... A row is where the
image stands in the source; `files` and the column file name its file, where the images are files.
"""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path
from typing import Any

import numpy as np

from trainer.commands.choices import add_data_options
from trainer.commands.console import Console, FailureError
from trainer.commands.opened import WHICH, Opened, load_data, open_checkpoint, rows
from trainer.data.images import ImageData
from trainer.progress import Progress
from trainer.records import ConfigError
from trainer.training.atomic_files import write_atomically

SUMMARY = "write the codes of images to a file"
_BATCH = 2000


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, metavar="DIR", help="a checkpoint")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="codes.npz or codes.csv")
    parser.add_argument("--which", choices=WHICH, help="which images (all)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), help="where to compute (cpu)")
    add_data_options(parser, "those of the run")


def run(options: dict[str, Any], console: Console) -> None:
    """Encode and write."""
    out: Path = options["out"]
    if out.suffix.lower() not in (".npz", ".csv"):
        raise ConfigError(f"--out must end in .npz or .csv, not {out.name!r}.")
    opened = open_checkpoint(options["checkpoint"], options.get("device", "cpu"))
    data = load_data(options, opened.description, console)
    chosen = np.arange(data.count, dtype=np.int64)[rows(options.get("which", "all"), data)]
    columns = _encoded(opened, data, chosen, console)
    contents = _npz(columns, data, chosen) if out.suffix.lower() == ".npz" else _csv(columns, data, chosen)
    try:
        write_atomically(out, contents)
    except OSError as error:
        raise FailureError(f"{out} could not be written: {error.strerror or error}.") from error
    latent = [model.latent for model in opened.description.config.models]
    console.result(
        {"out": str(out), "images": len(chosen), "latent": latent, "models": list(opened.titles)},
        [f"{len(chosen):,} images of {data.title} as codes of {', '.join(opened.titles)} in {out}"],
    )


def _encoded(opened: Opened, data: ImageData, chosen: np.ndarray, console: Console) -> dict[str, np.ndarray]:
    """Array name -> codes and log-variances, as they stand in the file."""
    columns: dict[str, list[np.ndarray]] = {}
    for start in range(0, len(chosen), _BATCH):
        images = data.images[chosen[start : start + _BATCH]]
        for index, replica in enumerate(opened.replicas, start=1):
            posterior = replica.posterior(images)
            if posterior is None:
                columns.setdefault(f"codes_{index}", []).append(replica.encode(images))
            else:
                columns.setdefault(f"codes_{index}", []).append(posterior[0])
                columns.setdefault(f"log_variance_{index}", []).append(posterior[1])
        console.progress(Progress(start + len(images), len(chosen), "images", "Encoding"))
    return {name: np.concatenate(parts) for name, parts in columns.items()}


def _npz(columns: dict[str, np.ndarray], data: ImageData, chosen: np.ndarray) -> bytes:
    extra: dict[str, np.ndarray] = {"rows": data.places(chosen)}
    if data.files:
        extra["files"] = np.array([data.files[row] for row in chosen], dtype=np.str_)
    if data.labels is not None:
        extra |= {"labels": data.labels[chosen], "label_names": np.array(data.label_names, dtype=np.str_)}
    if data.factors is not None:
        extra |= {"factors": data.factors[chosen], "factor_names": np.array(data.factor_names, dtype=np.str_)}
    buffer = io.BytesIO()
    arrays: dict[str, Any] = {**extra, **columns}
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def _csv(columns: dict[str, np.ndarray], data: ImageData, chosen: np.ndarray) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    codes = {name: array for name, array in columns.items() if name.startswith("codes_")}
    heads = [f"m{name[6:]}_z{place + 1}" for name, array in codes.items() for place in range(array.shape[1])]
    writer.writerow(["row", *(["file"] if data.files else []), "label", *heads])
    places = data.places(chosen)
    for place, (row, values) in enumerate(zip(places, np.concatenate([*codes.values()], axis=1), strict=True)):
        label = -1 if data.labels is None else int(data.labels[chosen[place]])
        name = data.label_names[label] if label >= 0 else ""
        file = [data.files[chosen[place]]] if data.files else []
        writer.writerow([int(row), *file, name, *(f"{value:.7g}" for value in values)])
    return text.getvalue().encode()
