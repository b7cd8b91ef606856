"""Compare the models of one run, or of several runs on the same data: every measure with its unit, its 95 %
interval and what it was measured on. The better one is marked only where "better" has a meaning and the difference
is significant.

  report runs/pair --out report.html            a page with pictures that opens in any browser, without a network
  report runs/one runs/two --out report.md      tables as Markdown
  report runs/pair --all --out report.csv       one line per figure; the settings are written beside it

By default the quick measures, on all held-out images, or on all training images if none is held
out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from trainer.commands.choices import add_data_options
from trainer.commands.console import Console, FailureError
from trainer.commands.result_file import result_file
from trainer.commands.subjects import MeasuredRun, Member, chosen_groups, open_measured
from trainer.data.images import DataError, ImageData
from trainer.data.parts import WHICH
from trainer.export.table import write_settings
from trainer.measures.all_groups import GROUPS
from trainer.measures.as_text import as_json
from trainer.measures.measure import Group, measured
from trainer.metrics.likelihood_label import likelihood_label
from trainer.model_names import Described, live_settings, model_names
from trainer.models.family import family
from trainer.progress import Monitor
from trainer.records import ConfigError
from trainer.report import table
from trainer.report.csv import csv_bytes
from trainer.report.differences import difference
from trainer.report.html import html_bytes
from trainer.report.markdown import markdown
from trainer.report.pictures import curves_of, taken_of
from trainer.report.report import MOST_MODELS, Report, ReportedModel, program_version
from trainer.sentences import Sentence
from trainer.training.checkpoint import read_description
from trainer.training.description import Description

SUMMARY = "models side by side: every measure, which is better beyond chance, pictures"
_FORMATS = (".html", ".md", ".csv")
#: Expected size of the file in bytes per model, checked before the work.
_SIZE = 300_000


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "checkpoints", type=Path, nargs="+", metavar="DIR", help="checkpoints of runs on the same data"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="report.html, report.md or report.csv"
    )
    parser.add_argument("--which", choices=WHICH, help="which images (held-out; train if none are)")
    parser.add_argument("--all", action="store_true", help="every measure, the slow ones too")
    names = ", ".join(group.name for group in GROUPS)
    parser.add_argument("--groups", metavar="NAMES", help=f"only these of the measures: {names}")
    parser.add_argument("--most", type=int, metavar="N", help="at most this many images, a seeded random choice")
    parser.add_argument("--seed", type=int, metavar="N", help="of all choices and draws (0)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), help="where to compute (auto)")
    add_data_options(parser, "those of the first run")


def run(options: dict[str, Any], console: Console) -> None:
    """Load, measure, compare, write."""
    out: Path = options["out"]
    kind = out.suffix.lower()
    if kind not in _FORMATS:
        raise ConfigError("--out must end in .html, .md or .csv, not {name}.", name=repr(out.name))
    groups = chosen_groups(options)
    # Read before any data, so that runs that cannot be compared are reported at once.
    count = _check(options["checkpoints"], [read_description(path) for path in options["checkpoints"]])
    from trainer.metrics.block_threads import products_in_one_thread

    # Opened before the work, so that an unwritable path fails early.
    with result_file(out, _SIZE * count) as file, products_in_one_thread():
        report = _report(options, groups, kind == ".html", console)
        match kind:
            case ".html":
                file.write(html_bytes(report))
            case ".md":
                file.write(markdown(report).encode("utf-8", "backslashreplace"))
            case _:
                file.write(csv_bytes(report))
    if kind == ".csv":
        try:
            write_settings(out, dict(report.settings))
        except OSError as error:
            raise FailureError(f"The settings of {out} could not be written beside it: {error}.") from error
    for remark in report.remarks:
        console.say(remark)
    console.result(_json(report, out), _lines(report, out))


def _check(paths: Sequence[Path], descriptions: Sequence[Description]) -> int:
    """The number of models. Raises `DataError` for runs on different images and `ConfigError` for too many."""
    for path, description in zip(paths, descriptions, strict=True):
        if description.data.fingerprint != descriptions[0].data.fingerprint:
            raise DataError(
                "{path} was trained on other images ({found}) than {first} ({title}); a report is of models on "
                "the same images.",
                path=path,
                found=description.data.title,
                first=paths[0],
                title=descriptions[0].data.title,
            )
    count = sum(len(description.config.models) for description in descriptions)
    if count > MOST_MODELS:
        raise ConfigError("A report has 1 to {most} models, not {count}.", most=MOST_MODELS, count=count)
    return count


def _report(options: dict[str, Any], groups: Sequence[Group], pictures: bool, console: Console) -> Report:
    monitor = Monitor(console.progress)
    models: list[ReportedModel] = []
    described: list[Described] = []
    data: ImageData | None = None
    remarks: list[str] = []
    for path in options["checkpoints"]:
        opened = open_measured(path, options, console, data)
        data = opened.data
        for member in opened.members():
            console.status(f"Measuring {member.name} on {len(opened.rows):,} images")
            models.append(_measured(opened, member, groups, pictures, monitor))
            described.append(_described(models[-1], member, several=len(options["checkpoints"]) > 1))
        remarks += opened.remarks
    assert data is not None
    cards = {model.config.family: family(model.config.family).card for model in models}
    models = [
        replace(model, name=name) for model, (name, _) in zip(models, model_names(described, cards), strict=True)
    ]
    signs = {knob.name: knob.sign for card in cards.values() for knob in card.knobs}
    kinds = {
        "held-out": Sentence("{count:,} held-out images of {data}", count=len(opened.rows), data=data.title),
        "train": Sentence("{count:,} training images of {data}", count=len(opened.rows), data=data.title),
        "all": Sentence("{count:,} images of {data}", count=len(opened.rows), data=data.title),
    }
    differ = difference(
        [model.config for model in models],
        [model.knobs for model in models],
        [model.train for model in models],
        [model.step for model in models],
        signs,
    )
    day, version = date.today().isoformat(), program_version()
    return Report(
        data=data.title,
        measured=kinds[opened.which],
        models=tuple(models),
        groups=tuple(groups),
        label_names=data.label_names,
        difference=differ,
        settings=_settings(options, opened, groups, models)
        | {"difference": str(differ or ""), "date": day, "version": version},
        date=day,
        version=version,
        remarks=tuple(remarks),
    )


def _measured(
    opened: MeasuredRun, member: Member, groups: Sequence[Group], pictures: bool, monitor: Monitor
) -> ReportedModel:
    description, subject = opened.description, member.subject
    figures = tuple(figure for group in groups for figure in measured(group, subject, monitor))
    step = description.step if member.rests_since is None else member.rests_since
    history = [report for report in description.history if report.losses and report.step <= step]
    evaluations = [report for report in description.evaluations if report.step <= step]
    knobs = history[-1].applied if history else description.knobs
    cards = {member.config.family: family(member.config.family).card}
    return ReportedModel(
        name=member.name,
        title=member.traits.title or member.config.family,
        config=member.config,
        train=description.config.train,
        knobs=live_settings(member.config, member.traits, knobs, member.place, cards),
        step=step,
        epoch=description.epoch if member.rests_since is None or not history else history[-1].epoch,
        label=likelihood_label(member.config, opened.pixels, member.variance),
        pixels=opened.pixels,
        figures=figures,
        run=str(opened.path),
        pictures=taken_of(subject, member.traits.prior, monitor) if pictures else None,
        curves=curves_of(history, evaluations, member.place) if pictures else None,
    )


def _described(model: ReportedModel, member: Member, *, several: bool) -> Described:
    """What distinguishes a model from the others; its step only if they come from several runs."""
    short = member.traits.short or family(model.config.family).card.short
    return Described(short, model.title, model.config, model.knobs, model.step if several else None)


def _settings(
    options: dict[str, Any], opened: MeasuredRun, groups: Sequence[Group], models: Sequence[ReportedModel]
) -> dict[str, Any]:
    """All settings of the report."""
    return {
        "checkpoints": [str(path) for path in options["checkpoints"]],
        "data": {"title": opened.data.title, **opened.data.config.to_json()},
        "which": opened.which,
        "images": len(opened.rows),
        "seed": opened.seed,
        "groups": [group.name for group in groups],
        "models": [
            {
                "name": model.name,
                "run": model.run,
                "step": model.step,
                "epoch": model.epoch,
                "knobs as applied": dict(model.knobs),
                "model": model.config.to_json(),
                "training": None if model.train is None else model.train.to_json(),
            }
            for model in models
        ],
    }


def _json(report: Report, out: Path) -> dict[str, Any]:
    of = {measure.key: group for group in report.groups for measure in group.measures}
    return {
        "out": str(out),
        "data": report.data,
        "images": report.settings["images"],
        "difference": None if report.difference is None else str(report.difference),
        "models": [
            {
                "name": model.name,
                "run": model.run,
                "step": model.step,
                "figures": [as_json(figure, of[figure.key]) for figure in model.figures],
            }
            for model in report.models
        ],
        "comparison": [table.as_json(row, report.models) for row in table.rows(report)],
        "remarks": list(report.remarks),
    }


def _lines(report: Report, out: Path) -> list[str]:
    lines = [f"{', '.join(model.name for model in report.models)} on {report.measured}, in {out}"]
    lines += [] if report.difference is None else [str(report.difference)]
    told = [row for row in table.rows(report) if row.verdict.best]
    return lines + [f"  {row.measure.title!s:<36} {row.verdict.said}" for row in told]
