"""The report as HTML, Markdown and CSV, read by readers of those."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.trainer.report.reports import TOY, curves, model, pair, pictures, report
from trainer.export.difference import BRIGHTER, DARKER, difference_picture
from trainer.measures.measure import Figure
from trainer.report.csv import HEADS, csv_bytes, write_csv
from trainer.report.differences import difference
from trainer.report.drawings import latent_map, loss_curves, strip
from trainer.report.html import html, html_bytes
from trainer.report.markdown import markdown
from trainer.report.pictures import taken
from trainer.report.report import Curves
from trainer.sentences import Sentence

#: HTML elements that are never closed.
VOID = {"meta", "img", "br", "link", "input", "hr"}
NASTY = '<b>x</b> & "图" | `c` *d* =1 \u202eevil\nline <script>alert(1)</script>'


class Page(HTMLParser):
    """Elements, attributes and text of a page; every element that is opened is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.text[tag] = self.text.get(tag, "") + data


def test_the_page_is_whole_and_fetches_nothing() -> None:
    text = html(pair(difference=Sentence("The models differ only in: {what}.", what="seed")))
    page = Page(text)
    tags = {tag for tag, _ in page.found}
    assert not tags & {"script", "link", "iframe", "object", "embed", "base", "form", "video", "a"}
    for tag, attributes in page.found:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert not {"href", "srcset", "action", "style"} & attributes.keys(), tag
        if "src" in attributes:
            assert (attributes["src"] or "").startswith("data:image/png;base64,")
            assert attributes["alt"]
    assert not re.search(r"https?:|url\(|@import|//", re.sub(r"base64,[\w+/=]+", "", text))
    (policy,) = (one["content"] for tag, one in page.found if one.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "prefers-color-scheme: dark" in page.text["style"]
    assert "@media print" in page.text["style"]
    assert "differ only in: seed" in page.text["header"]
    assert "2026-01-02" in page.text["header"]
    assert "1.2.3" in page.text["header"]


def test_every_row_has_its_value_unit_interval_and_conditions() -> None:
    seen = Page(html(pair())).text["table"]
    for said in ("Loss", "grains, lower is better", "10.00 ± 0.50", "95 %: 9.0 to 11.0", "1,000 held-out images"):
        assert said in seen
    for said in ("AE is better", "ln N: 7.60", "95 %: 0.40 to 0.70", "It has no posterior.", "nothing to compare"):
        assert said in seen
    assert seen.count("▲") == 1
    assert seen.count("n/a") == 1


def test_conditions_that_differ_are_said_for_each() -> None:
    one = model("A", Figure(key="lower", value=1.0, error=1.0, conditions=Sentence("means")))
    two = model("B", Figure(key="lower", value=1.0, error=1.0, conditions=Sentence("draws")))
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html(report(one, two)))
    assert any("means" in cell and "draws" not in cell for cell in cells)
    assert any("draws" in cell for cell in cells)


def test_pictures_can_be_opened() -> None:
    page = Page(html(pair()))
    sources = [one["src"] for tag, one in page.found if tag == "img"]
    assert len(sources) == 2 * 4
    for source in sources:
        assert source is not None
        with Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2]))) as image:
            # Four pictures of 5 x 6 with a line between two.
            assert image.size == (4 * 5 + 3, 6)
            assert image.mode == "RGB"
            image.load()
    assert len([1 for tag, _ in page.found if tag == "svg"]) == 2 * 2


def test_the_settings_are_in_the_page() -> None:
    settings = {"checkpoints": ['a "<b>&\\ </pre><script>'], "value": float("nan"), "seed": 3, "name": "图"}
    kept = json.loads(Page(html(pair(settings=settings))).text["pre"])
    assert kept == settings | {"value": None}


@pytest.mark.parametrize("say", [str, lambda sentence: f"<i>{sentence}</i>"])
def test_no_name_becomes_markup(say) -> None:
    made = report(
        model(NASTY, Figure(key="lower", reason=Sentence("{x}", x=NASTY)), title=NASTY, run=NASTY, seen=True),
        data=NASTY,
        label_names=(NASTY, NASTY[:10], "图"),
        remarks=(NASTY,),
    )
    text = html(made, say=say)
    page = Page(text)
    assert "script" not in {tag for tag, _ in page.found}
    assert "b" not in {tag for tag, _ in page.found}
    assert "<b>x</b>" in page.text["h1"]
    assert "\u202e" not in text
    assert "evil" in page.text["h3"]


def test_what_is_no_text_is_escaped_on_its_way_to_a_file() -> None:
    assert b"\\udcff" in html_bytes(report(model("A\udcff")))


def test_a_page_without_pictures_and_without_anything_measured() -> None:
    page = Page(html(report(model("A"), groups=())))
    assert "img" not in {tag for tag, _ in page.found}
    assert "n/a" in Page(html(report(model("A")))).text["table"]


def test_it_speaks_the_language_that_is_asked_for() -> None:
    text = html(
        pair(),
        say=lambda sentence: sentence.text(lambda template: template.replace("Loss", "损失")),
        language="zh",
    )
    assert '<html lang="zh">' in text
    assert "损失" in text


# ------------------------------------------------------------ Markdown


def _tables(text: str) -> list[list[list[str]]]:
    """Cells of every table: lines that begin with a bar, split at bars that are not escaped."""
    tables: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if line.startswith("| "):
            tables[-1].append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
        elif tables[-1]:
            tables.append([])
    return [table for table in tables if table]


def test_markdown_has_as_many_cells_in_every_line() -> None:
    made = report(
        model(NASTY, Figure(key="lower", value=2.0, error=0.1), run="a|b"),
        model("B", Figure(key="lower", value=1.0, error=0.1, conditions=Sentence("{x}", x="p(x|z)"))),
        data=NASTY,
    )
    text = markdown(made)
    facts, figures = _tables(text)
    for table in (facts, figures):
        assert {len(line) for line in table} == {len(table[0])}
        assert set(table[1]) == {"---"}
    assert figures[0] == ["Measure", "Unit", facts[0][1], "B", "Comparison", "Measured on"]
    assert figures[2] == [
        "Loss",
        "grains, lower is better",
        "2.00 ± 0.10",
        "1.00 ± 0.10 ▲",
        "B is better",
        "p(x\\|z)",
    ]
    assert figures[3][2] == "n/a: It was not measured."
    outside = text.split("```json")[0]
    assert "<" not in outside
    assert "\\`c\\` \\*d\\*" in outside
    (kept,) = re.findall(r"```json\n(.*)\n```", text)
    assert json.loads(kept)["seed"] == 0
    assert "```" not in markdown(made, settings=False)


# ------------------------------------------------------------ CSV


def test_csv_comes_back_as_it_was(tmp_path: Path) -> None:
    made = pair()
    write_csv(tmp_path / "report.csv", made)
    data = (tmp_path / "report.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(lines[0]) == HEADS
    assert len(lines) == 2 * 3
    by_key = {(line["model"], line["measure"]): line for line in lines}
    loss = by_key["AE", "lower"]
    assert (float(loss["value"]), float(loss["error"])) == (10.0, 0.5)
    assert float(loss["low"]) == pytest.approx(10 - 0.979982)
    assert (loss["unit"], loss["better"], loss["best"], loss["paired"]) == ("grains", "lower", "best", "no")
    assert loss["conditions"] == "1,000 held-out images"
    assert by_key["VAE", "lower"]["best"] == ""
    assert float(by_key["VAE", "lower"]["reference"]) == 7.6
    assert by_key["AE", "higher"]["value"] == ""
    assert by_key["AE", "higher"]["reason"] == "It has no posterior."
    settings = json.loads((tmp_path / "report.csv.settings.json").read_text(encoding="utf-8"))
    assert settings["Latent Explorer"]["seed"] == 0


def test_no_cell_is_a_formula() -> None:
    lines = csv_bytes(report(model("=1+1"), model('@"x",\n2'))).decode("utf-8-sig")
    names = [line["model"] for line in csv.DictReader(io.StringIO(lines, newline=""))]
    assert names == ["'=1+1"] * 3 + ['\'@"x",\n2'] * 3


# ------------------------------------------------------------ what differs


def test_the_sentence_on_what_differs() -> None:
    base = model().config
    assert difference([base]) is None
    assert str(difference([base, base])).startswith("The models do not differ")
    other = base.replace(family="variational")
    assert str(difference([base, other])) == "The models differ only in: sampling + β KL."
    found = difference(
        [other, other.replace(latent=3)],
        [{"beta": 1.0, "learning_rate": 1e-3}, {"beta": 4.0, "learning_rate": 2e-3}],
        [model().train, model().train.replace(seed=4)],
        [100, 2000],
        {"beta": "β"},
    )
    assert str(found) == (
        "The models differ in: latent size, β (1 / 4), learning rate (0.001 / 0.002), seed, how long they were "
        "trained (100 / 2,000 steps)."
    )


# ------------------------------------------------------------ drawings


def test_a_difference_has_one_fixed_range() -> None:
    original = np.zeros((1, 2, 2, 3), np.uint8)
    assert not difference_picture(original, original).any()
    whole = difference_picture(original + 255, original)
    half = difference_picture(original + 128, original)
    assert tuple(whole[0, 0, 0]) == BRIGHTER
    assert tuple(difference_picture(original, original + 255)[0, 0, 0]) == DARKER
    assert half.max() < whole.max()


def test_strips_of_grey_and_of_colour() -> None:
    for channels in (1, 3):
        assert strip(np.zeros((7, 4, 4, channels), np.uint8), 3).startswith("data:image/png;base64,")


@pytest.mark.parametrize("latent", [1, 2])
def test_maps_of_one_and_of_two_dimensions(latent: int) -> None:
    drawn = latent_map(pictures(latent=latent), ("a", "<b>", "c"), "A & B")
    page = Page(drawn)
    assert page.text["title"] == "A & B"
    assert "<b>" in page.text["text"]
    assert drawn.count("h0") == 30


def test_maps_of_codes_that_are_not_finite_or_all_the_same() -> None:
    from dataclasses import replace

    seen = pictures()
    assert "h0" not in latent_map(replace(seen, places=np.full((30, 2), np.nan, np.float32)), (), "A")
    assert latent_map(replace(seen, places=np.ones((30, 2), np.float32), labels=None), (), "A").count("h0") == 30
    far = replace(seen, places=np.full((30, 2), 3e38, np.float32) * np.array([[1], [-1]] * 15, np.float32))
    assert "nan" not in latent_map(far, (), "A")


def test_curves_leave_out_what_is_missing() -> None:
    drawn = loss_curves(curves(), "Losses", str)
    assert "nan" not in drawn
    assert "held-out total" in Page(drawn).text["text"]
    none = Curves(
        steps=np.arange(3), terms={"total": np.full(3, np.nan)}, held_out_steps=np.arange(0), held_out=np.zeros(0)
    )
    assert loss_curves(none, "Losses", str) == ""
    one = Curves(
        steps=np.array([1]), terms={"total": np.array([5.0])}, held_out_steps=np.arange(0), held_out=np.zeros(0)
    )
    assert "nan" not in loss_curves(one, "Losses", str)


@pytest.mark.parametrize(("count", "latent"), [(1, 1), (2, 512), (50, 3)])
def test_pictures_of_few_images_and_of_any_size_of_code(count: int, latent: int) -> None:
    images = np.zeros((count, 3, 4, 4), np.uint8)
    codes = np.random.default_rng(0).normal(size=(count, latent)).astype(np.float32)
    seen = taken(images, codes, lambda given: np.zeros((len(given), 4, 4, 3), np.uint8), None)
    assert len(seen.originals) == len(seen.decoded) == min(count, 10)
    assert len(seen.samples) == 20
    assert not seen.has_prior
    assert len(seen.places) == count
    assert html(report(model("A", pictures=seen), groups=(TOY,)))
