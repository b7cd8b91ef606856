"""Write the codes of images: z of an autoencoder, the mean μ (and log σ²) of a variational one.

codes.npz contains for member i (counted from 1) `codes_i` (n, d) and, with a posterior, `log_variance_i`, besides
`rows`, `labels`, `label_names`, `factors`, `factor_names` and `held_out`. codes.csv has one line per image: row,
label, split, a column factor_NAME for each factor, m1_z1, m1_z2, ..., and with a posterior σ as m1_sigma1, ... A
row is the image's index in the source; `files` and the column file give its file, if the images are files.

The loss of each image, in nats: `reconstruction_i` or m1_reconstruction is -ln p(x|z) at the code in the same row
(z, or μ, so without the noise of a sample), summed over pixels; `kl_i` or m1_kl is KL(q(z|x) || p(z)), summed over
latent dimensions, of a model with a posterior. Larger is worse.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import Any

import numpy as np

from trainer.commands.choices import add_data_options
from trainer.commands.console import Console, FailureError
from trainer.commands.opened import Opened, load_data, open_checkpoint
from trainer.commands.result_file import result_file
from trainer.config import LEARNED
from trainer.data.images import ImageData
from trainer.data.parts import WHICH, rows
from trainer.export.codes import LOSSES, CodeTable, csv_pieces
from trainer.export.table import write_settings
from trainer.metrics.image_losses import kl_of
from trainer.priors.registry import prior_of
from trainer.progress import Progress
from trainer.records import ConfigError
from trainer.sentences import Sentence

SUMMARY = "write the codes and losses of images to a file"
_BATCH = 2000
#: Approximate bytes per code value in either format, including log σ².
_BYTES = 8


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
        raise ConfigError("--out must end in .npz or .csv, not {name}.", name=repr(out.name))
    opened = open_checkpoint(options["checkpoint"], options.get("device", "cpu"))
    latent = [model.latent for model in opened.description.config.models]
    # Opened before the work, so that an unwritable path fails early.
    columns = sum(latent) + 2 * len(latent) + len(opened.description.data.factor_names)
    with result_file(out, opened.description.data.count * columns * _BYTES) as file:
        data = load_data(options, opened.description, console)
        chosen = np.arange(data.count, dtype=np.int64)[rows(options.get("which", "all"), data)]
        arrays = _encoded(opened, data, chosen, console)
        file.write(_npz(arrays, data, chosen) if out.suffix.lower() == ".npz" else _csv(arrays, data, chosen))
    if out.suffix.lower() == ".csv":
        try:
            write_settings(out, _settings(options, opened, data))
        except OSError as error:
            raise FailureError(f"The settings of {out} could not be written beside it: {error}.") from error
    console.result(
        {"out": str(out), "images": len(chosen), "latent": latent, "models": list(opened.titles)},
        [f"{len(chosen):,} images of {data.title} as codes of {', '.join(opened.titles)} in {out}"],
    )


def _settings(options: dict[str, Any], opened: Opened, data: ImageData) -> dict[str, Any]:
    """The settings to store with the codes."""
    description = opened.description
    return {
        "checkpoint": str(options["checkpoint"]),
        "step": description.step,
        "images": options.get("which", "all"),
        "data": data.config.to_json(),
        "models": [model.to_json() for model in description.config.models],
        "model titles": list(opened.titles),
    }


def _encoded(opened: Opened, data: ImageData, chosen: np.ndarray, console: Console) -> dict[str, np.ndarray]:
    """Array name in the file -> codes, log-variances or losses."""
    columns: dict[str, list[np.ndarray]] = {}
    models, traits = opened.description.config.models, opened.description.traits
    priors = [
        prior_of(one.prior, model, snapshot.weights)
        for one, model, snapshot in zip(traits, models, opened.snapshots, strict=True)
    ]
    for index, snapshot in enumerate(opened.snapshots):
        if snapshot.config.likelihood == LEARNED and snapshot.variance is None:
            console.say(
                Sentence(
                    "{title}: the checkpoint keeps no learned σ², so its images have no reconstruction loss.",
                    title=opened.titles[index],
                )
            )
    for start in range(0, len(chosen), _BATCH):
        images = data.images[chosen[start : start + _BATCH]]
        for index, replica in enumerate(opened.replicas, start=1):
            posterior = replica.posterior(images)
            codes = replica.encode(images) if posterior is None else posterior.mean
            columns.setdefault(f"codes_{index}", []).append(codes)
            loss = replica.reconstruction(codes, images, opened.snapshots[index - 1].variance)
            if loss is not None:
                columns.setdefault(f"reconstruction_{index}", []).append(loss)
            if posterior is not None:
                columns.setdefault(f"log_variance_{index}", []).append(posterior.log_variance)
                prior = priors[index - 1]
                if prior is not None:
                    columns.setdefault(f"kl_{index}", []).append(kl_of(posterior, prior, seed=start))
        console.progress(Progress(start + len(images), len(chosen), Sentence("images"), Sentence("Encoding")))
    return {name: np.concatenate(parts) for name, parts in columns.items()}


def _npz(columns: dict[str, np.ndarray], data: ImageData, chosen: np.ndarray) -> bytes:
    extra: dict[str, np.ndarray] = {"rows": data.places(chosen), "held_out": chosen >= data.train_count}
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
    members = [name.removeprefix("codes_") for name in columns if name.startswith("codes_")]
    variances = [columns.get(f"log_variance_{member}") for member in members]
    table = CodeTable.of(
        data,
        chosen,
        codes=[columns[f"codes_{member}"] for member in members],
        sigmas=[None if one is None else np.exp(0.5 * one) for one in variances],
        losses=[
            {name: columns[f"{name}_{member}"] for name in LOSSES if f"{name}_{member}" in columns}
            for member in members
        ],
    )
    return b"".join(piece for _, piece in csv_pieces(table))
