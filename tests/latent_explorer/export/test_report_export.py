"""The report from the window: page, Markdown and table of the models in the panes, with figures made by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from latent_explorer.export.dialog import ExportDialog
from latent_explorer.export.report_export import ReportExport
from tests.latent_explorer.export.test_exporting import save, settled
from tests.latent_explorer.program import Program, running
from trainer.measures.measure import Figure
from trainer.sentences import Sentence

ON = Sentence("{count:,} held-out images", count=300)


class Offered(ReportExport):
    """As a tool has it."""

    key = "report"


def _figures(mse: float, kl: Figure) -> tuple[Figure, ...]:
    return Figure(key="mse", value=mse, error=0.001, conditions=ON), kl


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.wait_for_pictures()
        settled(program)
        yield program


def _offered(program: Program, figures: dict[int, tuple[Figure, ...]]) -> ReportExport:
    desk = program.window.export_desk
    export = Offered(desk._parts, lambda: figures)
    desk.exports[export.key] = export
    return export


def test_page_markdown_and_table(program: Program, tmp_path: Path) -> None:
    figures: dict[int, tuple[Figure, ...]] = {}
    export = _offered(program, figures)
    assert "Nothing has been measured yet" in program.window.export_desk.reason("report")
    figures[0] = _figures(0.03, Figure(key="kl", reason=Sentence("This model has no posterior and no prior.")))
    figures[1] = _figures(0.04, Figure(key="kl", value=5.0, error=0.1, conditions=ON))
    assert program.window.export_desk.reason("report") == ""
    assert export.amount() == (2, 2)

    save(program, "report", "html", tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    for said in (
        "AE is better",
        "0.0300 ± 0.0010",
        "300 held-out images",
        "no posterior and no prior",
        'lang="en"',
    ):
        assert said in page
    data = program.application.explorer.data
    assert data is not None
    # Decoded images and samples; originals and differences where the images are available.
    assert page.count("data:image/png") == (4 if data.images is None else 8)
    assert page.count("<svg") >= 2
    assert "https:" not in page

    save(program, "report", "md", tmp_path / "r.md")
    assert "| Squared error |" in (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "| Squared error |" in export.copied()
    assert "```" not in export.copied()
    program.application.tools.exports.copy_wanted.emit("report")
    assert QApplication.clipboard().text() == export.copied()

    save(program, "report", "csv", tmp_path / "r.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert {(line["model"], line["best"]) for line in lines if line["measure"] == "mse"} == {
        ("AE", "best"),
        ("VAE", ""),
    }
    settings = json.loads((tmp_path / "r.csv.settings.json").read_text(encoding="utf-8"))["Latent Explorer"]
    assert settings["what"] == "report"
    assert settings["program"] == "Latent Explorer"


def test_figures_of_former_weights_are_said_to_be(program: Program) -> None:
    figures = {0: _figures(0.03, Figure(key="kl", value=1.0))}
    export = Offered(program.window.export_desk._parts, lambda: figures, lambda: {0: 7})
    (remark,) = export.report({}).remarks
    assert remark.startswith("AE: the figures are of step 7, the pictures of step")
    codes = program.left.codes
    assert codes is not None
    assert codes.snapshot is not None
    now = codes.snapshot.step
    same = Offered(program.window.export_desk._parts, lambda: figures, lambda: {0: now})
    assert same.report({}).remarks == ()


def test_the_dialog_offers_it(program: Program) -> None:
    _offered(program, {0: _figures(0.03, Figure(key="kl", value=1.0))})
    program.window.export_desk.open("report")
    (dialog,) = program.window.findChildren(ExportDialog)
    assert dialog.chosen.key == "report"
    assert dialog.kind == "html"
    assert dialog.save.isEnabled()
    assert "2 rows" in dialog.size_.text()
    dialog.reject()
