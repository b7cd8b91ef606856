"""The report as a CSV table: one line per figure, in the dialect of `trainer.export.table`."""

from __future__ import annotations

from pathlib import Path

from trainer.export.partial_file import partial_file
from trainer.export.table import figure_cell, head_line, table_lines, text_cell, write_settings
from trainer.report.report import Report
from trainer.report.table import rows

HEADS = (
    "model", "group", "measure", "title", "unit", "better", "value", "error", "low", "high", "reference",
    "reference_is", "conditions", "reason", "best", "paired", "comparison",
)  # fmt: skip


def csv_bytes(report: Report) -> bytes:
    """One line for every measure of every model, model by model.

    "better" is "lower", "higher" or empty; "low" and "high" are the ends of the 95 % interval; "best" is "best"
    for a model that is better than all others, "tie" for several that none is better than, else empty; "paired" is
    whether this was decided image by image. Missing parts of a figure are empty; one without a value has a reason.
    """
    found = rows(report)
    lines = []
    for place, model in enumerate(report.models):
        for row in found:
            figure, best = row.figures[place], row.verdict.best
            low, high = figure.limits or (None, None)
            reference, of = figure.reference or (None, None)
            mark = "" if place not in best else "best" if len(best) == 1 else "tie"
            lines.append(
                [
                    text_cell(model.name),
                    row.group.name,
                    row.measure.key,
                    text_cell(str(row.measure.title)),
                    text_cell(str(row.measure.unit or "")),
                    row.measure.better,
                    *map(figure_cell, (figure.value, figure.error, low, high, reference)),
                    *(text_cell(str(said or "")) for said in (of, figure.conditions, figure.reason)),
                    mark,
                    ("yes" if row.verdict.paired else "no") if best else "",
                    text_cell(str(row.verdict.said)),
                ]
            )
    return head_line(HEADS) + table_lines(lines)


def write_csv(path: Path, report: Report) -> None:
    """Write the table, and the report's settings to a file beside it. Raises `OSError`."""
    with partial_file(path) as file:
        file.write(csv_bytes(report))
    write_settings(path, dict(report.settings))
