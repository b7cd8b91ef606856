"""The report as one page that opens anywhere: no script, no other file, light and dark, on screen and paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any

from trainer.export.difference import difference_picture
from trainer.export.settings_text import KEY, settings_text
from trainer.measures.as_text import value_text
from trainer.measures.measure import Figure, Measure
from trainer.report.drawings import latent_map, loss_curves, strip
from trainer.report.report import Report, ReportedModel
from trainer.report.table import RULE, Row, rows
from trainer.report.words import interval_words, model_facts, reference_words, unit_words
from trainer.sentences import Sentence, one_line

Say = Callable[[Sentence], str]

#: Nothing may be fetched or executed, whatever markup a name in the page contains.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --ground: #fff; --panel: #f5f6f8; --line: #d9dde4; --text: #1b1f27;
  --quiet: #566072; --mark: #0b6e74; --mark-ground: #d9f0f1; --l0: #1b1f27; --l1: #b25f12; --l2: #0b7f86;
  --l3: #c0265f; }
@media (prefers-color-scheme: dark) { :root { --ground: #14161a; --panel: #1f232b; --line: #363c48;
  --text: #e8ebf1; --quiet: #a3adbd; --mark: #7fe0e6; --mark-ground: #123c40; --l0: #e8ebf1; --l1: #f0a45d;
  --l2: #4fc3c7; --l3: #ff6fa3; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1500px; padding: 24px; background: var(--ground); color: var(--text);
  font: 15px/1.45 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.6em; margin: 0 0 .3em; } h2 { font-size: 1.2em; margin: 1.8em 0 .5em; } h3 { font-size: 1em; }
h1, h2, h3, td, th, p { overflow-wrap: anywhere; }
p { margin: .3em 0; max-width: 75em; } .quiet, small { color: var(--quiet); }
small { display: block; font-size: .8em; }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: left; vertical-align: top; border-top: 1px solid var(--line);
  min-width: 8.5em; font-weight: 400; }
thead th { border-top: 0; font-weight: 600; background: var(--panel); }
th[scope=row] { min-width: 13em; position: sticky; left: 0; background: var(--ground); }
tbody th[scope=colgroup] { background: var(--panel); font-weight: 600; }
td.best { background: var(--mark-ground); } td.best b { color: var(--mark); } td b { white-space: nowrap; }
.models { display: grid; gap: 18px; grid-template-columns: repeat(auto-fit, minmax(min(460px, 100%), 1fr)); }
.model { border: 1px solid var(--line); border-radius: 6px; padding: 4px 14px 14px; min-width: 0; }
figure { margin: 10px 0 0; } figcaption { color: var(--quiet); font-size: .85em; margin-bottom: 3px; }
img { width: 100%; display: block; image-rendering: pixelated; background: #000; }
.rows { display: grid; grid-template-columns: 5.5em 1fr; gap: 3px 8px; align-items: center; }
.rows span { color: var(--quiet); font-size: .85em; }
svg { width: 100%; display: block; } svg .key { font: 11px sans-serif; fill: var(--text); }
svg .tick { font: 10px sans-serif; fill: var(--quiet); } svg .grid { stroke: var(--line); stroke-width: .7; }
svg .name { font: 600 11px sans-serif; fill: var(--text); stroke: var(--ground); stroke-width: 3px;
  paint-order: stroke; text-anchor: middle; dominant-baseline: middle; }
svg .line0 { stroke: var(--l0); } svg .dots { stroke: var(--l3); }
svg .line1 { stroke: var(--l1); } svg .line2 { stroke: var(--l2); }
dl { display: grid; grid-template-columns: minmax(11em, 16em) 1fr; gap: 4px 14px; } dd { margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--panel); padding: 12px; border-radius: 6px;
  font-size: .8em; } summary { cursor: pointer; font-size: 1.2em; font-weight: 600; margin: 1.8em 0 .5em; }
@media print { :root { color-scheme: light; --ground: #fff; --panel: #f1f2f4; --line: #bbb; --text: #000;
  --quiet: #444; --mark: #064f54; --mark-ground: #e2f3f4; --l0: #000; --l1: #95500f; --l2: #07666b;
  --l3: #a01648; }
  body { padding: 0; max-width: none; font-size: 9pt; } .wide { overflow: visible; border: 0; }
  th, td { min-width: 0 !important; position: static !important; padding: 3px 5px; }
  tr, figure, .model { break-inside: avoid; }
  h2 { break-after: avoid; } thead { display: table-header-group; } .many { font-size: 6.5pt; }
  .models { grid-template-columns: repeat(3, 1fr); gap: 3mm; } .model { padding: 1mm 3mm; } pre { font-size: 6pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  @page { size: A4 landscape; margin: 12mm; } }
"""


def html(report: Report, *, say: Say = str, language: str = "en") -> str:
    """The complete page. `say` translates a sentence into the language of the report, `language` is its tag."""
    title = say(Sentence("Models side by side: {data}", data=report.data))
    parts = [
        f'<!DOCTYPE html>\n<html lang="{_e(language)}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="generator" content="{_e(f"{KEY} {report.version}".strip())}">',
        f"<title>{_e(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<header><h1>{_e(title)}</h1>",
        f"<p>{_e(say(Sentence('Measured on {images}.', images=report.measured)))}</p>",
    ]
    if report.difference is not None:
        parts.append(f"<p>{_e(say(report.difference))}</p>")
    parts += [f"<p>{_e(remark)}</p>" for remark in report.remarks]
    made = Sentence("Latent Explorer {version}, {date}", version=report.version, date=report.date)
    parts.append(f'<p class="quiet">{_e(say(made))}</p></header>\n<main>')
    parts += [_models_table(report, say), _figures_table(report, say), _pictures(report, say), _about(report, say)]
    parts.append(_settings(report, say))
    parts.append("</main>\n</body>\n</html>\n")
    return "\n".join(parts)


def html_bytes(report: Report, *, say: Say = str, language: str = "en") -> bytes:
    """The page as a file: UTF-8, lone surrogates of file names escaped."""
    return html(report, say=say, language=language).encode("utf-8", "backslashreplace")


def _e(text: str) -> str:
    """`text` as HTML shows it: on one line, no markup, no character that turns the direction of writing."""
    return escape(one_line(text), quote=True)


def _heads(names: list[str]) -> str:
    return "<thead><tr>" + "".join(f'<th scope="col">{_e(name)}</th>' for name in names) + "</tr></thead>"


def _table(report: Report) -> str:
    return f'<div class="wide" tabindex="0"><table{" class=many" if len(report.models) > 3 else ""}>'


def _models_table(report: Report, say: Say) -> str:
    facts = [model_facts(model, report, say) for model in report.models]
    lines = []
    for name in facts[0]:
        cells = "".join(f"<td>{_e(fact[name])}</td>" for fact in facts)
        lines.append(f'<tr><th scope="row">{_e(name)}</th>{cells}</tr>')
    heads = _heads(["", *(model.name for model in report.models)])
    return (
        f"<section><h2>{_e(say(Sentence('Models')))}</h2>\n{_table(report)}{heads}\n<tbody>\n"
        + "\n".join(lines)
        + "\n</tbody></table></div></section>"
    )


def _figures_table(report: Report, say: Say) -> str:
    found = rows(report)
    heads = [say(Sentence("Measure")), say(Sentence("Comparison")), *(model.name for model in report.models)]
    lines = []
    for group in report.groups:
        said = f'<th scope="colgroup" colspan="{len(heads)}">{_e(say(group.title))}</th>'
        lines.append(f"<tr>{said}</tr>")
        lines += [_line(row, say) for row in found if row.group is group]
    return (
        f"<section><h2>{_e(say(Sentence('Measures')))}</h2>\n{_table(report)}{_heads(heads)}\n<tbody>\n"
        + "\n".join(lines)
        + f'\n</tbody></table></div>\n<p class="quiet">{_e(say(RULE))}</p></section>'
    )


def _line(row: Row, say: Say) -> str:
    conditions = [None if one.conditions is None else say(one.conditions) for one in row.figures]
    common = {said for said in conditions if said is not None}
    # Common properties are listed once.
    own = len(common) > 1
    title = _e(say(row.measure.title))
    under = [unit_words(row.measure, say), *([] if own else sorted(common))]
    head = title + "".join(f"<small>{_e(text)}</small>" for text in under if text)
    paired = row.verdict.best and row.verdict.paired
    how = f"<small>{_e(say(Sentence('image by image')))}</small>" if paired else ""
    parts = [f'<tr><th scope="row">{head}</th><td>{_e(say(row.verdict.said))}{how}</td>']
    for place, (figure, said) in enumerate(zip(row.figures, conditions, strict=True)):
        alone = row.verdict.best == (place,)
        mark = f" <b>▲ {_e(say(Sentence('better')))}</b>" if alone else ""
        if alone and sum(one.value is not None for one in row.figures) > 2:
            mark = f" <b>▲ {_e(say(Sentence('best')))}</b>"
        parts.append('<td class="best">' if alone else "<td>")
        parts.append(_value(figure, row.measure, mark, said if own else None, say) + "</td>")
    parts.append("</tr>")
    return "".join(parts)


def _value(figure: Figure, measure: Measure, mark: str, conditions: str | None, say: Say) -> str:
    if figure.reason is not None:
        return f"{_e(say(Sentence('n/a')))}<small>{_e(say(figure.reason))}</small>"
    under = [interval_words(figure, measure, say), reference_words(figure, measure, say), conditions or ""]
    # The interval is written out below.
    shown = value_text(figure, measure) if figure.error else value_text(_alone(figure), measure)
    return _e(shown) + mark + "".join(f"<small>{_e(text)}</small>" for text in under if text)


def _alone(figure: Figure) -> Figure:
    return figure if figure.value is None else Figure(key=figure.key, value=figure.value)


def _pictures(report: Report, say: Say) -> str:
    shown = [_model(model, report, say) for model in report.models if model.pictures or model.curves]
    if not shown:
        return ""
    ramp = Sentence(
        "Difference: green where the decoded image is brighter, magenta where it is darker, black where they "
        "agree; the same fixed range in every picture."
    )
    return (
        f'<section><h2>{_e(say(Sentence("Pictures")))}</h2>\n<div class="models">\n'
        + "\n".join(shown)
        + f'\n</div>\n<p class="quiet">{_e(say(ramp))}</p></section>'
    )


def _model(model: ReportedModel, report: Report, say: Say) -> str:
    parts = [f'<article class="model"><h3>{_e(model.name)}</h3>']
    if (seen := model.pictures) is not None:
        kinds = [(Sentence("Decoded"), seen.decoded)]
        if len(seen.originals):
            difference = difference_picture(seen.decoded, seen.originals)
            kinds = [(Sentence("Original"), seen.originals), *kinds, (Sentence("Difference"), difference)]
        parts.append('<figure class="rows">')
        for name, pictures in kinds:
            said = _e(say(name))
            parts.append(
                f"<span>{said}</span>{_image(strip(pictures, len(pictures)), f'{model.name}: {say(name)}')}"
            )
        parts.append("</figure>")
        words = Sentence("Samples from the prior {formula}", formula=seen.drawn_from)
        if not seen.has_prior:
            words = Sentence("It has no prior: what codes from {formula} decode to", formula=seen.drawn_from)
        columns = min(10, len(seen.samples))
        picture = _image(strip(seen.samples, columns), f"{model.name}: {say(words)}")
        parts.append(f"<figure><figcaption>{_e(say(words))}</figcaption>{picture}</figure>")
        words = Sentence("Latent map: codes of {count:,} of the measured images", count=len(seen.places))
        drawn = latent_map(seen, report.label_names, one_line(f"{model.name}: {say(words)}"))
        parts.append(f"<figure><figcaption>{_e(say(words))}</figcaption>{drawn}</figure>")
    if model.curves is not None:
        words = Sentence("Losses over training steps, nats per image")
        drawn = loss_curves(model.curves, one_line(f"{model.name}: {say(words)}"), say)
        if drawn:
            parts.append(f"<figure><figcaption>{_e(say(words))}</figcaption>{drawn}</figure>")
    parts.append("</article>")
    return "".join(parts)


def _image(source: str, said: str) -> str:
    return f'<img src="{source}" alt="{_e(said)}">'


def _about(report: Report, say: Say) -> str:
    """The definitions of the measures."""
    lines = []
    for group in report.groups:
        for measure in group.measures:
            source = f" ({measure.source})" if measure.source else ""
            lines.append(f"<dt>{_e(say(measure.title))}</dt><dd>{_e(say(measure.about) + source)}</dd>")
    return (
        f"<section><h2>{_e(say(Sentence('What the measures are')))}</h2>\n<dl>\n"
        + "\n".join(lines)
        + "\n</dl></section>"
    )


def _settings(report: Report, say: Say) -> str:
    """The settings of the report, as JSON that can be copied out of the page."""
    text = _lines(json.loads(settings_text(dict(report.settings))))
    return (
        f"<details open><summary>{_e(say(Sentence('Settings')))}</summary>\n"
        f'<pre id="settings">{escape(text, quote=False)}</pre></details>'
    )


def _lines(settings: dict[str, Any]) -> str:
    """JSON with one entry per line, and one line per object of a list: short enough to be printed."""
    entries = []
    for name, value in settings.items():
        text = json.dumps(value)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            text = "[\n  " + ",\n  ".join(json.dumps(one) for one in value) + "\n ]"
        entries.append(f" {json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(entries) + "\n}"
