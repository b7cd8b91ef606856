"""The description in a checkpoint: run, data, history, and which tensor files belong to it. Torch-free."""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, TypeVar

from trainer.config import RunConfig
from trainer.knobs import Knobs
from trainer.records import ConfigError, Record
from trainer.reports import EvaluationReport, Losses, StepReport, Uncertainty
from trainer.sentences import SentenceError
from trainer.training.tensor_file import FileEntry
from trainer.traits import Traits

KIND = "latent-explorer checkpoint"
#: Version that is written, and versions that are read. Version 1 had three losses per model and the knobs in a
#: fixed : order.
VERSION = 2
_READ = (1, VERSION)
_FIRST_TERMS = ("reconstruction", "kl", "total")
#: Maximum number of terms of a card, and length of their names.
_MOST_TERMS, _LONGEST_TERM = 32, 64
#: Maximum number of reports of a long run, and of values in total: enough for smooth curves, small enough to
#: write often.
_MOST_REPORTS = 2000
_MOST_NUMBERS = 400_000
#: Maximum number of values in a text, several times what is ever written: parsed they take far more memory than
#: text.
_MOST_VALUES = 4_000_000
#: Maximum length of a title or class name.
_LONGEST = 10_000
_FARTHEST = sys.float_info.max
#: Above this, adding one does not change a float.
_MOST_COUNT = 2**53
_Report = TypeVar("_Report", StepReport, EvaluationReport)


class DescriptionError(SentenceError):
    """Text that is not a valid description of a checkpoint; the message is the reason in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSummary(Record):
    """A summary of the data of a run, to identify them and to show codes without them; attributes as in
    `ImageData`.
    """

    title: str
    fingerprint: str
    shape: tuple[int, int, int]
    count: int
    train_count: int
    label_names: tuple[str, ...] = ()
    factor_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: object) -> DataSummary:
        """The summary of an `ImageData`, or of an object with its attributes; the first call hashes all pixels."""
        return cls(**{one.name: getattr(data, one.name) for one in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The contents of a checkpoint except its tensors.

    Attributes:
        config, knobs: the run and its live settings when it was saved.
        traits: per member, so that its properties are known without the families (and torch).
        step: steps done. epoch: completed passes over the training rows, as a fraction.
        data: the data it was trained on.
        history, evaluations: the run's reports, thinned evenly for a long run.
        numbers: the run's exact position, see `TrainerState.numbers`.
        state: the tensor file with the weights and the state for resuming.
        codes: the tensor file with the codes of the data, if they were stored.
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
    """The description as JSON, with a digest of its contents to detect changes."""
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
        "terms": _terms_json(history, evaluations),
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

    The last result is cached, because opening a checkpoint reads its description several times.
    """
    if sum(text.count(sign) for sign in ",[{") > _MOST_VALUES:
        raise DescriptionError("it lists more values than any run has")
    try:
        body = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise DescriptionError("it is not the description of a checkpoint") from None
    if not isinstance(body, dict) or body.get("kind") != KIND:
        raise DescriptionError("it is not the description of a checkpoint")
    if body.get("version") not in _READ:
        raise DescriptionError(
            "it has version {found} and this program reads versions up to {version}",
            found=f"{body.get('version')!r:.20}",
            version=VERSION,
        )
    try:
        digest = body.pop("digest", None), _digest(body)
    except RecursionError:
        raise DescriptionError("it is not the description of a checkpoint") from None
    if digest[0] != digest[1]:
        raise DescriptionError("its contents do not match their digest")
    try:
        return _parsed(body)
    except KeyError as error:
        raise DescriptionError("its entry {name} is missing", name=f"{error!s:.80}") from None
    except (ConfigError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise DescriptionError("its contents do not make sense ({reason})", reason=f"{error!s:.200}") from error


def thinned(reports: Sequence[_Report]) -> tuple[_Report, ...]:
    """At most about 2,000 reports, evenly spread over the steps (not over the reports), including the last."""
    if not reports:
        return ()
    last_report = reports[-1]
    losses: tuple[Losses, ...] = (
        last_report.losses if isinstance(last_report, StepReport) else last_report.held_out
    )
    numbers = 8 + sum(len(one.terms) + len(one.kl_per_dimension) for one in losses)
    most = max(100, min(_MOST_REPORTS, _MOST_NUMBERS // numbers))
    if len(reports) <= most:
        return tuple(reports)
    first, last = reports[0].step, reports[-1].step
    # A later report in the same slot replaces an earlier one.
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
    data = _data(body["data"])
    if len(traits) != len(config.models) or data.shape != config.models[0].shape:
        raise ValueError("models and data do not belong together")
    step = _count(body["step"], "step")
    numbers = _numbers(body["numbers"], step, data)
    terms = _Terms.of(body.get("terms"), config, traits)
    history = [_step(item, terms, place) for place, item in enumerate(_list(body["history"], "history"))]
    evaluations = _list(body["evaluations"], "evaluations")
    return Description(
        config=config,
        knobs=Knobs.from_json(body["knobs"]),
        traits=traits,
        step=step,
        epoch=_float(body["epoch"], "epoch", least=0, most=_MOST_COUNT),
        data=data,
        history=tuple(history),
        evaluations=tuple(_evaluation(item, terms, place) for place, item in enumerate(evaluations)),
        numbers=numbers,
        state=FileEntry.from_json(body["state"]),
        codes=None if body["codes"] is None else FileEntry.from_json(body["codes"]),
    )


def _data(body: Any) -> DataSummary:
    data = DataSummary.from_json(body)
    if not 1 <= data.train_count <= data.count <= _MOST_COUNT:
        raise ValueError(f"data has {data.train_count} training images of {data.count}")
    for text in (data.title, data.fingerprint, *data.label_names, *data.factor_names):
        if len(text) > _LONGEST:
            raise ValueError(f"data has a name of {len(text)} letters")
    return data


def _numbers(body: Any, step: int, data: DataSummary) -> dict[str, Any]:
    """The run's exact position; only these counts are checked, other entries belong to the engine."""
    if not isinstance(body, dict):
        raise ValueError("numbers is not a table")
    for name in ("step", "epoch", "position", "tensors"):
        _count(body[name], f"numbers.{name}")
    if body["step"] != step:
        raise ValueError(f"numbers.step is {body['step']} and step is {step}")
    if body["position"] >= data.train_count:
        raise ValueError(f"numbers.position is {body['position']} of {data.train_count} training images")
    if "snapshots" in body:
        _count(body["snapshots"], "numbers.snapshots")
    return body


# ---------------------------------------------------------------- reports in compact form: one list per report


def _number(value: float) -> float | None:
    """`value` with seven digits, the precision of float32; NaN becomes null, since JSON has none."""
    return float(f"{value:.7g}") if math.isfinite(value) else None


def _terms_json(
    history: Sequence[StepReport], evaluations: Sequence[EvaluationReport]
) -> dict[str, list[list[str]]]:
    """Names of the losses of steps and of evaluations, one list per model; the values are in this order."""
    steps = next((report.losses for report in reversed(history) if report.losses), ())
    measured = evaluations[-1].held_out if evaluations else ()
    return {"steps": [list(one.terms) for one in steps], "evaluations": [list(one.terms) for one in measured]}


def _losses_json(losses: tuple[Losses, ...]) -> list[list[float | None]]:
    return [[_number(value) for value in (*one.terms.values(), *one.kl_per_dimension)] for one in losses]


@dataclass(frozen=True, slots=True)
class _Terms:
    """Names of the losses in a description, one tuple per model.

    Attributes:
        config: the run.
        steps, evaluations: names for steps and for evaluations.
        first: for each model whether it has no "kl", for which version 1 stored a 0.
    """

    config: RunConfig
    steps: tuple[tuple[str, ...], ...]
    evaluations: tuple[tuple[str, ...], ...]
    first: tuple[bool, ...]

    @classmethod
    def of(cls, body: Any, config: RunConfig, traits: Sequence[Traits]) -> _Terms:
        """The names in the description; defaults for version 1, which has none."""
        if body is None:
            names = (_FIRST_TERMS,) * len(config.models)
            return cls(config, names, names, tuple(not one.has_posterior for one in traits))
        if not isinstance(body, dict) or set(body) != {"steps", "evaluations"}:
            raise ValueError("terms has other entries than steps and evaluations")
        kinds = []
        for kind, lists in body.items():
            for names in _list(lists, f"terms.{kind}", 0, len(config.models)):
                known = all(
                    isinstance(name, str) and 0 < len(name) <= _LONGEST_TERM for name in _list(names, kind)
                )
                if not known or len(set(names)) != len(names) or len(names) > _MOST_TERMS or "total" not in names:
                    raise ValueError(f"terms.{kind} holds {_shown(names)}, which are no names of losses")
            kinds.append(tuple(tuple(names) for names in lists))
        by_kind = dict(zip(body, kinds, strict=True))
        return cls(config, by_kind["steps"], by_kind["evaluations"], (False,) * len(config.models))

    def read(self, items: Any, kind: str, where: str) -> tuple[Losses, ...]:
        """The losses of all models; `kind`: "steps" or "evaluations"."""
        names = self.steps if kind == "steps" else self.evaluations
        models = self.config.models
        if len(_list(items, where)) != len(models) or len(names) != len(models):
            raise ValueError(f"{where} has {len(items)} entries for {len(models)} models")
        return tuple(
            self._one(item, place, names[place], models[place].latent, where) for place, item in enumerate(items)
        )

    def _one(self, item: Any, place: int, names: tuple[str, ...], latent: int, where: str) -> Losses:
        if len(_list(item, where)) not in (len(names), len(names) + latent):
            raise ValueError(f"{where} has {len(item)} losses of a model")
        # NaN is written as null, since JSON has none.
        values = [math.nan if value is None else _float(value, where) for value in item]
        terms = dict(zip(names, values, strict=False))
        if self.first[place]:
            del terms["kl"]
        return Losses(terms, tuple(values[len(names) :]))


def _step_json(report: StepReport) -> list[Any]:
    knobs = report.knobs
    return [
        report.step,
        report.epoch,
        knobs.to_json(),
        None if report.applied == knobs else report.applied.to_json(),
        _losses_json(report.losses),
        report.images,
        _number(report.seconds),
    ]


def _step(item: Any, terms: _Terms, place: int) -> StepReport:
    where = f"history[{place}]"
    step, epoch, listed, acted, losses, images, seconds, *rate = _list(item, where, 7, 8)
    if isinstance(listed, list):  # version 1
        listed = dict(zip(("beta", "learning_rate", "noise"), _list(listed, where, 3), strict=True))
    knobs = applied = Knobs.from_json(listed)
    if isinstance(acted, dict):
        applied = Knobs.from_json(acted)
    elif acted is not None:  # only β, followed by the learning rate if it was stored
        changes = {"beta": _float(acted, where)}
        if rate and rate[0] is not None:
            changes["learning_rate"] = _float(rate[0], where)
        applied = knobs.replace(**changes)
    return StepReport(
        step=_count(step, where),
        epoch=_float(epoch, where, least=0),
        knobs=knobs,
        applied=applied,
        losses=terms.read(losses, "steps", f"{where}.losses"),
        images=_count(images, where),
        seconds=math.nan if seconds is None else _float(seconds, where),
    )


def _evaluation_json(report: EvaluationReport) -> list[Any]:
    train, held_out = _losses_json(report.train), _losses_json(report.held_out)
    later: dict[str, Any] = {
        "pixels": report.pixels,
        "errors": [[_known(value) for value in (one.reconstruction, one.kl, one.total)] for one in report.errors],
        "mse": [_known(value) for value in report.mse],
        "ranks": [_known(value) for value in report.ranks],
        "variances": [_known(value) for value in report.variances],
    }
    if report.none_held_out:
        later["none_held_out"] = True
    return [report.step, train, held_out, list(report.active), report.rows, later]


def _evaluation(item: Any, terms: _Terms, place: int) -> EvaluationReport:
    where = f"evaluations[{place}]"
    step, train, held_out, active, rows, *rest = _list(item, where, 5, 6)
    config = terms.config
    members = len(config.models)
    counts = [
        None if count is None else _count(count, where) for count in _list(active, f"{where}.active", members)
    ]
    if any((count or 0) > model.latent for count, model in zip(counts, config.models, strict=True)):
        raise ValueError(f"{where} has more active units than latent dimensions")
    return EvaluationReport(
        step=_count(step, where),
        train=terms.read(train, "evaluations", f"{where}.train"),
        held_out=terms.read(held_out, "evaluations", f"{where}.held_out"),
        active=tuple(counts),
        rows=_count(rows, where),
        **_later(rest[0] if rest else {}, members, where),
    )


def _later(kept: Any, members: int, where: str) -> dict[str, Any]:
    """A part of an evaluation that the first version did not store: one value per member, or nothing."""
    if not isinstance(kept, dict) or set(kept) - {
        "pixels",
        "errors",
        "mse",
        "ranks",
        "variances",
        "none_held_out",
    }:
        raise ValueError(f"{where} has entries that no evaluation has")
    pixels = kept.get("pixels", "grey")
    if not isinstance(pixels, str) or len(pixels) > 40:
        raise ValueError(f"{where}.pixels holds {_shown(pixels)}, which is no kind of pixels")
    none_held_out = kept.get("none_held_out", False)
    if not isinstance(none_held_out, bool):
        raise ValueError(f"{where}.none_held_out holds {_shown(none_held_out)}, which is neither true nor false")
    found: dict[str, Any] = {"pixels": pixels, "none_held_out": none_held_out}
    for name in ("mse", "ranks", "variances"):
        values = _list(kept.get(name, []), f"{where}.{name}", 0, members)
        found[name] = tuple(_maybe(value, f"{where}.{name}") for value in values)
    errors = _list(kept.get("errors", []), f"{where}.errors", 0, members)
    found["errors"] = tuple(_uncertainty(one, f"{where}.errors") for one in errors)
    return found


def _uncertainty(item: Any, where: str) -> Uncertainty:
    reconstruction, kl, total = (_maybe(value, where) for value in _list(item, where, 3))
    return Uncertainty(reconstruction=reconstruction, kl=kl, total=total)


# ---------------------------------------------------------------- values, strictly


def _known(value: float | None) -> float | None:
    return None if value is None else _number(value)


def _maybe(value: Any, where: str) -> float | None:
    return None if value is None else _float(value, where)


def _list(value: Any, where: str, *lengths: int) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{where} is not a list")
    if lengths and len(value) not in lengths:
        raise ValueError(f"{where} has {len(value)} entries instead of {lengths[-1]}")
    return value


def _count(value: Any, where: str) -> int:
    if type(value) is not int or not 0 <= value <= _MOST_COUNT:
        raise ValueError(f"{where} holds {_shown(value)}, which is no count")
    return value


def _float(value: Any, where: str, least: float = -_FARTHEST, most: float = _FARTHEST) -> float:
    # Compared before it is converted: an integer may be too large for a float.
    if type(value) not in (int, float) or not least <= value <= most:
        raise ValueError(f"{where} holds {_shown(value)}, which is no number there")
    return float(value)


def _shown(value: Any) -> str:
    if isinstance(value, int) and abs(value) > _MOST_COUNT:
        return "a huge number"
    return f"{value!r:.40}"
