"""`report`: models of one run and of several, as page, Markdown and CSV, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.trainer.test_cli import SMALL, _json
from trainer.commands.main import main

GROUPS = ("--groups", "rate,information")


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> Path:
    """A pair, and a VAE of the same images with another seed."""
    folder = tmp_path_factory.mktemp("runs")
    assert main(["train", *SMALL, "--epochs", "2", "--out", str(folder / "pair")]) == 0
    assert (
        main(["train", "--model", "vae", *SMALL, "--epochs", "1", "--seed", "5", "--out", str(folder / "alone")])
        == 0
    )
    return folder


def _report(capsys, *arguments: str) -> dict:
    capsys.readouterr()
    return _json(capsys, "report", *arguments)


def test_figures_are_those_of_evaluate(runs, tmp_path, capsys) -> None:
    found = _report(capsys, str(runs / "pair"), *GROUPS, "--out", str(tmp_path / "pair.html"))
    measured = _json(capsys, "evaluate", str(runs / "pair"), *GROUPS)
    assert [model["figures"] for model in found["models"]] == [model["figures"] for model in measured["models"]]
    assert found["difference"] == "The models differ only in: sampling + β KL."
    by_key = {one["measure"]: one for one in found["comparison"]}
    assert by_key["kl"]["comparison"] == "neither direction is better"
    assert by_key["mse"]["paired"] is True
    text = (tmp_path / "pair.html").read_text(encoding="utf-8")
    assert text.count("<svg") == 4
    assert text.count("data:image/png") == 8
    for said in ("Squared error", "image by image", "This model has no posterior and no prior.", '"seed"'):
        assert said in text


def test_runs_side_by_side(runs, tmp_path, capsys) -> None:
    out = tmp_path / "two.csv"
    found = _report(capsys, str(runs / "pair"), str(runs / "alone"), "--groups", "rate", "--out", str(out))
    names = [model["name"] for model in found["models"]]
    assert len(set(names)) == 3
    assert "seed" in found["difference"]
    assert "how long they were trained" in found["difference"]
    lines = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))
    assert {line["model"] for line in lines} == set(names)
    settings = json.loads((tmp_path / "two.csv.settings.json").read_text(encoding="utf-8"))["Latent Explorer"]
    assert [one["training"]["seed"] for one in settings["models"]] == [0, 0, 5]
    assert settings["groups"] == ["rate"]
    assert settings["which"] == "held-out"


def test_the_same_call_gives_the_same_report(runs, tmp_path, capsys) -> None:
    for name in ("one.md", "two.md"):
        arguments = ("--groups", "rate", "--most", "20", "--seed", "3", "--out", str(tmp_path / name))
        found = _report(capsys, str(runs / "pair"), *arguments)
        assert found["images"] == 20
    one, two = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one.md", "two.md"))
    assert one == two
    assert "20 held-out images of" in one


@pytest.mark.parametrize("count", ["1", "2"])
def test_one_image_and_two(runs, tmp_path, capsys, count) -> None:
    out = tmp_path / "few.html"
    found = _report(capsys, str(runs / "pair"), *GROUPS, "--most", count, "--out", str(out))
    assert "nan" not in out.read_text(encoding="utf-8").split("<main>")[1].split("<details")[0].lower()
    if count == "1":
        assert all(not one["best"] for one in found["comparison"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pair", "--out", "x.pdf"), "--out must end in .html, .md or .csv"),
        (("pair", "other", "--out", "x.html"), "was trained on other images"),
        (("pair",) * 5 + ("--out", "x.html"), "1 to 8 models, not 10"),
        (("pair", "--groups", "nothing", "--out", "x.html"), "no measures called 'nothing'"),
        (("nowhere", "--out", "x.html"), "nowhere"),
        (("pair", "--most", "0", "--out", "x.html"), "--most must be at least 1"),
    ],
)
def test_refused_in_a_sentence(runs, tmp_path, capsys, monkeypatch, arguments, said) -> None:
    other = runs / "other"
    if "other" in arguments and not other.exists():
        fewer = ["--count", "90", *SMALL[2:]]
        assert main(["train", "--model", "ae", *fewer, "--epochs", "1", "--out", str(other)]) == 0
    monkeypatch.chdir(runs)
    capsys.readouterr()
    assert main(["report", *arguments]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert len([line for line in shown.err.splitlines() if line.startswith("report:")]) == 1
    assert not list(runs.glob("x.*"))


def test_a_folder_that_cannot_be_written_to_is_said_before_the_work(runs, tmp_path, capsys) -> None:
    assert main(["report", str(runs / "pair"), "--out", str(tmp_path / "no" / "x.html")]) == 1
    assert "could not be written" in capsys.readouterr().err
