"""What a checkpoint says of itself: run, data, history, and which tensor files belong to it. Torch-free."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from trainer.config import RunConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.records import ConfigError, Record
from trainer.reports import EvaluationReport, Losses, StepReport, Uncertainty
from trainer.training.tensor_file import FileEntry
from trainer.traits import Traits

KIND = "latent-explorer checkpoint"
VERSION = 1
#: Reports kept of a long run, and numbers kept in all: enough for smooth curves, small enough to write often.
_MOST_REPORTS = 2000
_MOST_NUMBERS = 400_000
_Report = TypeVar("_Report", StepReport, EvaluationReport)


class DescriptionError(ValueError):
    """Text that is no description of a checkpoint; the message says in a few words what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSummary(Record):
    """The data of a run, for recognising it and for showing codes without it; attributes as in `ImageData`."""

    title: str
    fingerprint: str
    shape: tuple[int, int, int]
    count: int
    train_count: int
    label_names: tuple[str, ...] = ()
    factor_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: ImageData) -> DataSummary:
        """The summary of data at hand; the first call hashes all pixels."""
        return cls(
            title=data.title,
            fingerprint=data.fingerprint,
            shape=data.shape,
            count=data.count,
            train_count=data.train_count,
            label_names=data.label_names,
            factor_names=data.factor_names,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All of a checkpoint but its tensors.

    Attributes:
        config, knobs: the run and its live settings when it was saved.
        traits: per member, so that nobody needs the families (and torch) to know what applies.
        step: steps done. epoch: passes over the training rows done, as a fraction.
        data: what it was trained on.
        history, evaluations: what the run reported; of a long run an even selection.
        numbers: the run's exact place, see `TrainerState.numbers`.
        state: the tensor file with the weights and all that resuming needs.
        codes: the tensor file with the codes of the data, if they were kept.
    """

    config: RunConfig
    knobs: Knobs
    traits: tuple[Traits, ...]
    step: int
    epoch: float
    data: DataSummary
    history: tuple[StepReport, ...] = field(default=(), repr=False)
    evaluations: tuple[EvaluationReport, ...] = field(default=(), repr=False)
    numbers: dict[str, Any]
    state: FileEntry
    codes: FileEntry | None = None


def to_text(description: Description) -> str:
    """The description as JSON, with a digest over its contents so that a changed byte is noticed."""
    history = thinned(description.history)
    evaluations = thinned(description.evaluations)
    body = {
        "kind": KIND,
        "version": VERSION,
        "config": description.config.to_json(),
        "knobs": description.knobs.to_json(),
        "traits": [traits.to_json() for traits in description.traits],
        "step": description.step,
        "epoch": description.epoch,
        "data": description.data.to_json(),
        "history": [_step_json(report) for report in history],
        "evaluations": [_evaluation_json(report) for report in evaluations],
        "numbers": description.numbers,
        "state": description.state.to_json(),
        "codes": None if description.codes is None else description.codes.to_json(),
    }
    return json.dumps({**body, "digest": _digest(body)}, ensure_ascii=False, allow_nan=False, indent=1)


@lru_cache(maxsize=1)
def from_text(text: str) -> Description:
    """The description that `to_text` wrote. Raises `DescriptionError`.

    The last one is remembered: whoever opens a checkpoint reads its description for each of its parts.
    """
    try:
        body = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise DescriptionError("it is not the description of a checkpoint") from None
    if not isinstance(body, dict) or body.get("kind") != KIND:
        raise DescriptionError("it is not the description of a checkpoint")
    if body.get("version") != VERSION:
        raise DescriptionError(
            f"it has version {body.get('version')!r:.20} and this program reads version {VERSION}"
        )
    if body.pop("digest", None) != _digest(body):
        raise DescriptionError("its contents do not match their digest")
    try:
        return _parsed(body)
    except (ConfigError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DescriptionError(f"its contents do not make sense ({error!s:.200})") from error


def thinned(reports: Sequence[_Report]) -> tuple[_Report, ...]:
    """At most some 2,000 reports, evenly spread over the steps (not over the reports), always with the last."""
    if not reports:
        return ()
    last_report = reports[-1]
    losses: tuple[Losses, ...] = (
        last_report.losses if isinstance(last_report, StepReport) else last_report.held_out
    )
    numbers = 8 + sum(3 + len(one.kl_per_dimension) for one in losses)
    most = max(100, min(_MOST_REPORTS, _MOST_NUMBERS // numbers))
    if len(reports) <= most:
        return tuple(reports)
    first, last = reports[0].step, reports[-1].step
    # A later report of the same slot takes the place of an earlier one.
    slots = {(report.step - first) * (most - 1) // max(1, last - first): report for report in reports}
    return tuple(slots.values())


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _digest(body: dict[str, Any]) -> str:
    canonical = json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(canonical.encode(), digest_size=32).hexdigest()


def _parsed(body: dict[str, Any]) -> Description:
    config = RunConfig.from_json(body["config"])
    traits = tuple(Traits.from_json(item) for item in body["traits"])
    data = DataSummary.from_json(body["data"])
    if len(traits) != len(config.models) or data.shape != config.models[0].shape:
        raise ValueError("models and data do not belong together")
    step, numbers = body["step"], body["numbers"]
    if type(step) is not int or step < 0 or not isinstance(numbers, dict):
        raise ValueError("its place in the run is unclear")
    return Description(
        config=config,
        knobs=Knobs.from_json(body["knobs"]),
        traits=traits,
        step=step,
        epoch=float(body["epoch"]),
        data=data,
        history=tuple(_step(item) for item in body["history"]),
        evaluations=tuple(_evaluation(item) for item in body["evaluations"]),
        numbers=numbers,
        state=FileEntry.from_json(body["state"]),
        codes=None if body["codes"] is None else FileEntry.from_json(body["codes"]),
    )


# ---------------------------------------------------------------- reports, compactly: a list a report


def _number(value: float) -> float | None:
    """Seven digits, as many as the float32 it was; JSON has no NaN, so that becomes null."""
    return float(f"{value:.7g}") if math.isfinite(value) else None


def _read(value: Any) -> float:
    return math.nan if value is None else float(value)


def _losses_json(losses: tuple[Losses, ...]) -> list[list[float | None]]:
    return [
        [_number(value) for value in (one.reconstruction, one.kl, one.total, *one.kl_per_dimension)]
        for one in losses
    ]


def _losses(items: Any) -> tuple[Losses, ...]:
    read = [[_read(value) for value in item] for item in items]
    return tuple(
        Losses(reconstruction=item[0], kl=item[1], total=item[2], kl_per_dimension=tuple(item[3:]))
        for item in read
    )


def _step_json(report: StepReport) -> list[Any]:
    knobs = report.knobs
    return [
        report.step,
        report.epoch,
        [knobs.beta, knobs.learning_rate, knobs.noise],
        report.beta,
        _losses_json(report.losses),
        report.images,
        _number(report.seconds),
        _known(report.learning_rate),
    ]


def _step(item: Any) -> StepReport:
    step, epoch, (beta, rate, noise), applied, losses, images, seconds, *later = item
    return StepReport(
        step=int(step),
        epoch=float(epoch),
        knobs=Knobs(beta=float(beta), learning_rate=float(rate), noise=float(noise)),
        beta=float(applied),
        losses=_losses(losses),
        images=int(images),
        seconds=_read(seconds),
        learning_rate=_maybe(later[0]) if later else None,
    )


def _evaluation_json(report: EvaluationReport) -> list[Any]:
    train, held_out = _losses_json(report.train), _losses_json(report.held_out)
    later = {
        "pixels": report.pixels,
        "errors": [[_known(value) for value in (one.reconstruction, one.kl, one.total)] for one in report.errors],
        "mse": [_known(value) for value in report.mse],
        "ranks": [_known(value) for value in report.ranks],
        "variances": [_known(value) for value in report.variances],
    }
    return [report.step, train, held_out, list(report.active), report.rows, later]


def _evaluation(item: Any) -> EvaluationReport:
    step, train, held_out, active, rows, *rest = item
    # What the first version did not keep.
    later = rest[0] if rest else {}
    return EvaluationReport(
        step=int(step),
        train=_losses(train),
        held_out=_losses(held_out),
        active=tuple(None if count is None else int(count) for count in active),
        rows=int(rows),
        pixels=str(later.get("pixels", "grey")),
        errors=tuple(
            Uncertainty(reconstruction=_maybe(one[0]), kl=_maybe(one[1]), total=_maybe(one[2]))
            for one in later.get("errors", ())
        ),
        mse=tuple(map(_maybe, later.get("mse", ()))),
        ranks=tuple(map(_maybe, later.get("ranks", ()))),
        variances=tuple(map(_maybe, later.get("variances", ()))),
    )


def _known(value: float | None) -> float | None:
    return None if value is None else _number(value)


def _maybe(value: Any) -> float | None:
    return None if value is None else float(value)
