"""The report as Markdown, with tables that GitHub, Pandoc and most notebooks read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from trainer.export.settings_text import settings_text
from trainer.measures.as_text import value_text
from trainer.measures.measure import Figure, Measure
from trainer.report.report import Report
from trainer.report.table import RULE, Row, rows
from trainer.report.words import model_facts, reference_words, unit_words
from trainer.sentences import Sentence, one_line

#: Characters that Markdown, or HTML within it, would interpret as markup.
_MARKUP = re.compile(r"([\\`*_\[\]|#~])")


def markdown(report: Report, *, settings: bool = True, say: Callable[[Sentence], str] = str) -> str:
    """The report without its pictures; `settings`: include the settings, as a block of JSON.

    `say` translates a sentence into the language of the report.
    """
    parts = [f"# {_text(say(Sentence('Models side by side: {data}', data=report.data)))}", ""]
    lead = [say(Sentence("Measured on {images}.", images=report.measured))]
    if report.difference is not None:
        lead.append(say(report.difference))
    parts += [_text(" ".join(lead)), ""]
    facts = [model_facts(model, report, say) for model in report.models]
    heads = [say(Sentence("Model")), *(model.name for model in report.models)]
    parts += _table(heads, ([name, *(fact[name] for fact in facts)] for name in facts[0]))
    heads = [say(Sentence("Measure")), say(Sentence("Unit")), *(model.name for model in report.models)]
    heads += [say(Sentence("Comparison")), say(Sentence("Measured on"))]
    for group in report.groups:
        lines = [_cells(row, say) for row in rows(report) if row.group is group]
        parts += [f"## {_text(say(group.title))}", "", *_table(heads, lines)]
    parts += [_text(say(RULE)), ""]
    parts += [f"- {_text(remark)}" for remark in report.remarks]
    parts += [""] if report.remarks else []
    made = Sentence("Latent Explorer {version}, {date}", version=report.version, date=report.date)
    parts += [_text(say(made)), ""]
    if settings:
        parts += ["```json", settings_text(dict(report.settings)), "```", ""]
    return "\n".join(parts)


def _cells(row: Row, say: Callable[[Sentence], str]) -> list[str]:
    best = row.verdict.best
    shown = [_value(figure, row.measure, say) for figure in row.figures]
    # A single one is better; several are a tie.
    if len(best) == 1:
        shown[best[0]] = f"{shown[best[0]]} ▲"
    conditions = dict.fromkeys(say(one.conditions) for one in row.figures if one.conditions is not None)
    return [
        say(row.measure.title),
        unit_words(row.measure, say),
        *shown,
        say(row.verdict.said),
        "; ".join(conditions),
    ]


def _value(figure: Figure, measure: Measure, say: Callable[[Sentence], str]) -> str:
    if figure.reason is not None:
        return say(Sentence("n/a: {reason}", reason=figure.reason))
    text = value_text(figure, measure)
    return f"{text} ({reference_words(figure, measure, say)})" if figure.reference is not None else text


def _table(heads: Iterable[str], lines: Iterable[Iterable[str]]) -> list[str]:
    first = [_text(head) for head in heads]
    rule = ["---"] * len(first)
    return [
        *(f"| {' | '.join(cells)} |" for cells in (first, rule, *([_text(c) for c in line] for line in lines))),
        "",
    ]


def _text(text: str) -> str:
    """`text` on one line, with markup characters escaped."""
    plain = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\1", plain)
