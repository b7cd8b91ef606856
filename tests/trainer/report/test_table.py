"""Which model is better: by hand-made figures, against SciPy's paired test, and by simulation."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.trainer.report.reports import HIGHER, LOWER, NEITHER, model, pair, report
from trainer.config import ModelConfig
from trainer.measures import rate
from trainer.measures.measure import Figure
from trainer.records import ConfigError
from trainer.report.table import _student, compared, rows, tail_of
from trainer.sentences import Sentence

NAMES = "ABCDEFGH"


def of(*values: float | None, error: float | None = 1.0) -> list[Figure]:
    none = Sentence("No.")
    return [
        Figure(key="lower", reason=none) if value is None else Figure(key="lower", value=value, error=error)
        for value in values
    ]


@pytest.mark.parametrize(
    ("figures", "best", "said"),
    [
        # 1.96 √2 = 2.77 apart is the limit for two with an error of 1 each.
        (of(10, 12.8), (0,), "A is better"),
        (of(12.8, 10), (1,), "B is better"),
        (of(10, 12.7), (0, 1), "tie: within chance"),
        (of(10, 10), (0, 1), "tie: within chance"),
        (of(10, None), (), "nothing to compare"),
        (of(None, None), (), "nothing to compare"),
        (of(10), (), "nothing to compare"),
        (of(10, 20, error=None), (), "not compared: no interval"),
        # Three: 2.394 √2 = 3.39.
        (of(10, 13.3, 20), (0, 1), "tie: A; B"),
        (of(10, 13.5, 20), (0,), "A is best"),
        (of(10, None, 20), (0,), "A is better"),
        (of(10, 11, 12), (0, 1, 2), "tie: within chance"),
    ],
)
def test_by_intervals(figures: list[Figure], best: tuple[int, ...], said: str) -> None:
    verdict = compared(LOWER, NAMES, figures)
    assert (verdict.best, str(verdict.said)) == (best, said)


def test_higher_is_better_where_it_says_so_and_neither_where_it_does_not() -> None:
    figures = of(10, 20)
    assert compared(HIGHER, NAMES, figures).best == (1,)
    verdict = compared(NEITHER, NAMES, figures)
    assert (verdict.best, str(verdict.said)) == ((), "neither direction is better")


def test_the_ends_that_face_each_other_count() -> None:
    """A lopsided interval is wide on the side away from the other value."""
    away = [
        Figure(key="lower", value=10.0, interval=(1.0, 11.0)),
        Figure(key="lower", value=12.0, interval=(11.0, 30.0)),
    ]
    assert compared(LOWER, NAMES, away).best == (0,)
    towards = [
        Figure(key="lower", value=10.0, interval=(9.0, 19.0)),
        Figure(key="lower", value=12.0, interval=(3.0, 13.0)),
    ]
    assert compared(LOWER, NAMES, towards).best == (0, 1)


def with_images(figures: list[Figure], images: list[np.ndarray]) -> list[Figure]:
    return [replace(figure, images=values) for figure, values in zip(figures, images, strict=True)]


@pytest.mark.parametrize("models", [2, 8])
@pytest.mark.parametrize("degrees", [2, 29, 30, 31, 100, 9_999])
def test_quantiles_of_students_distribution(models: int, degrees: int) -> None:
    share = 1 - tail_of(models)
    assert _student(degrees, share) == pytest.approx(stats.t.ppf(share, degrees), rel=1e-7)


def test_images_that_go_together_tell_more_than_intervals() -> None:
    rng = np.random.default_rng(0)
    hard = 50 * rng.normal(size=1000)
    one, two = hard + rng.normal(size=1000), hard + 0.5 + rng.normal(size=1000)
    figures = [
        Figure(key="lower", value=float(x.mean()), error=float(x.std() / math.sqrt(1000))) for x in (one, two)
    ]
    assert compared(LOWER, NAMES, figures).best == (0, 1)
    verdict = compared(LOWER, NAMES, with_images(figures, [one, two]))
    assert verdict.best == (0,)
    assert verdict.paired
    # Not the same images: the intervals decide.
    assert not compared(LOWER, NAMES, with_images(figures, [one, two[:-1]])).paired


@pytest.mark.parametrize("count", [2, 3, 12, 40])
def test_pairs_agree_with_students_test(count: int) -> None:
    rng = np.random.default_rng(1)
    for _ in range(30):
        one, two = rng.normal(size=count), rng.normal(1.0, 1.0, size=count)
        first, second = ([one, two], [two, one])[int(one.mean() > two.mean())]
        figures = [Figure(key="lower", value=float(x.mean())) for x in (first, second)]
        apart = stats.ttest_rel(first, second).pvalue < 0.05
        assert (compared(LOWER, NAMES, with_images(figures, [first, second])).best == (0,)) == apart


def test_models_that_do_not_differ_are_seldom_told_apart() -> None:
    """Eight models of equal quality: the best is marked in at most 5 % of repetitions."""
    rng = np.random.default_rng(0)
    marked = sum(len(compared(LOWER, NAMES, of(*rng.normal(size=8))).best) == 1 for _ in range(600))
    assert marked <= 600 * 0.05
    two = sum(len(compared(LOWER, NAMES, of(*rng.normal(size=2))).best) == 1 for _ in range(1000))
    assert abs(two - 50) < 4 * math.sqrt(50)
    assert tail_of(2) == pytest.approx(0.025)
    assert tail_of(8) == pytest.approx(0.025 / 28)


def test_values_of_images_that_are_not_finite_decide_nothing() -> None:
    figures = of(10, 12.8)
    broken = [np.array([10.0, math.nan]), np.array([11.0, 14.6])]
    verdict = compared(LOWER, NAMES, with_images(figures, broken))
    assert (verdict.best, verdict.paired) == ((0,), False)
    single = with_images(figures, [np.array([1.0]), np.array([2.0])])
    assert compared(LOWER, NAMES, single).paired is False


def test_densities_compare_only_with_their_like() -> None:
    loss = Figure(key="reconstruction", value=10.0, error=0.1)
    worse = Figure(key="reconstruction", value=20.0, error=0.1)
    mse = [Figure(key="mse", value=value, error=0.01) for value in (1.0, 2.0)]
    config = ModelConfig(family="autoencoder", shape=(1, 6, 5), widths=(8,), latent=2, likelihood="gaussian")
    for changes in ({"config": config}, {"pixels": "dynamic"}):
        found = rows(report(model("A", loss, mse[0]), model("B", worse, mse[1], **changes), groups=(rate.GROUP,)))
        by_key = {row.measure.key: row.verdict for row in found}
        assert by_key["reconstruction"].best == ()
        assert "other likelihoods" in str(by_key["reconstruction"].said)
        assert by_key["mse"].best == (0,)
    same = rows(report(model("A", loss, mse[0]), model("B", worse, mse[1]), groups=(rate.GROUP,)))
    assert same[0].verdict.best == (0,)


def test_a_row_a_measure_with_a_reason_for_what_is_missing() -> None:
    found = rows(pair())
    assert [row.measure.key for row in found] == ["lower", "higher", "neither"]
    assert found[0].verdict.best == (0,)
    (bare,) = {row.figures[0].reason for row in rows(report(model("A")))}
    assert str(bare) == "It was not measured."


def test_one_to_eight_models() -> None:
    assert len(rows(report(*(model(name) for name in NAMES)))[0].figures) == 8
    with pytest.raises(ConfigError, match="1 to 8 models, not 9"):
        report(*(model(name) for name in "ABCDEFGHI"))
    with pytest.raises(ConfigError, match="not 0"):
        report()
