"""MIG, SAP and DCI: tables worked out by hand, perfect, permuted and mixed codes, independent code."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import entropy
from sklearn.metrics import mutual_info_score
from sklearn.svm import LinearSVC

from trainer.metrics.dci import completeness, dci, disentanglement
from trainer.metrics.factor_values import BINS, categorical, in_bins, levels, varying
from trainer.metrics.mutual_information_gap import joint_tables, mutual_information, mutual_information_gap
from trainer.metrics.separated_attribute import separated_attribute

#: Levels of shape, scale, orientation and position, as dSprites has them.
SPRITES = (3, 6, 40, 32, 32)


def sprites(count: int, seed: int = 0) -> np.ndarray:
    """Independent factors with the levels of dSprites."""
    rng = np.random.default_rng(seed)
    return np.stack([rng.integers(0, of, count) for of in SPRITES], axis=1).astype(np.float32)


def quantities(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((count, 3)).astype(np.float32)


def turned(values: np.ndarray) -> np.ndarray:
    """Every column a mixture of all factors in units of their spread, by an orthogonal matrix."""
    width = values.shape[1]
    return ((values - values.mean(0)) / values.std(0) @ (np.eye(width) - 2 / width)).astype(np.float32)


# -- bins ------------------------------------------------------------------------------------------------------


def test_bins_have_equal_width_and_hold_both_ends() -> None:
    values = np.array([[0, 5], [1, 5], [5, 5], [9.99, 5], [10, 5]])
    assert in_bins(values, 10).tolist() == [[0, 0], [1, 0], [5, 0], [9, 0], [9, 0]]


def test_bins_are_those_of_a_histogram() -> None:
    codes = np.random.default_rng(0).standard_normal((1000, 3))
    binned = in_bins(codes)
    for column in range(3):
        expected = np.histogram(codes[:, column], BINS)[0]
        assert np.bincount(binned[:, column], minlength=BINS).tolist() == expected.tolist()


def test_few_values_stay_and_many_are_cut() -> None:
    assert levels(np.array([7.0, 3.0, 7.0, 5.0])).tolist() == [2, 0, 2, 1]
    assert levels(np.linspace(0, 1, 1000)).max() == BINS - 1
    assert levels(sprites(500)[:, 2]).max() == 39
    assert [categorical(column) for column in sprites(500).T] == [True, True, False, False, False]


def test_what_does_not_vary_in_a_part_is_left_out() -> None:
    first, second = np.array([[1, 2, 3], [1, 5, 4.0]]), np.array([[1, 2, 3], [2, 2, 4.0]])
    assert varying(first).tolist() == [1, 2]
    assert varying(first, second).tolist() == [2]


# -- MIG -------------------------------------------------------------------------------------------------------


def test_mutual_information_gap_by_hand() -> None:
    """Eight images, a factor of two values.

    z1 is the factor: I = H = ln 2. z2 agrees with it in 3 of 4 images of either value, so that its table of shares
    is [[3, 1], [1, 3]] / 8 with margins 1/2: I = 6/8 ln(3/8 : 1/4) + 2/8 ln(1/8 : 1/4) = .75 ln 1.5 - .25 ln 2
    = .304099 - .173287 = .130812. MIG = (.693147 - .130812) / .693147 = .811278.
    """
    factor = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    other = np.array([0, 0, 0, 1, 1, 1, 1, 0])
    found = mutual_information_gap(np.stack([other, factor], 1), factor[:, None].astype(float))
    assert found.value == pytest.approx(0.811278, abs=1e-6)
    # A second factor that neither dimension knows anything of: gap 0, and the mean is half of that.
    blind = np.array([0, 1, 2, 2, 0, 1, 2, 2])
    both = mutual_information_gap(factor[:, None], np.stack([factor, blind], 1).astype(float))
    assert both.each == pytest.approx((1.0, 0.0), abs=1e-12)
    assert both.value == pytest.approx(0.5)


def test_information_is_that_of_an_independent_implementation() -> None:
    rng = np.random.default_rng(3)
    factor = rng.integers(0, 7, 500)
    codes = factor[:, None] * [1.0, 0.3, 0] + rng.standard_normal((500, 3))
    binned = in_bins(codes)
    expected = [mutual_info_score(factor, column) for column in binned.T]
    assert mutual_information(joint_tables(binned, factor, BINS)) == pytest.approx(expected)


def test_the_gap_is_that_of_the_definition_by_other_means() -> None:
    factors = sprites(500)
    codes = turned(factors)
    columns = [np.digitize(column, np.histogram(column, BINS)[1][:-1]) for column in codes.T]
    gaps = []
    for factor in factors.T:
        first, second = sorted((mutual_info_score(factor, column) for column in columns), reverse=True)[:2]
        gaps.append((first - second) / mutual_info_score(factor, factor))
    assert mutual_information_gap(codes, factors).each == pytest.approx(gaps, abs=1e-6)


def test_the_error_is_that_of_a_bootstrap() -> None:
    rng = np.random.default_rng(0)
    factor = rng.integers(0, 4, 1000)
    codes = np.stack([factor + 0.6 * rng.standard_normal(1000), factor + 2 * rng.standard_normal(1000)], 1)
    codes[:2] = codes.min(0), codes.max(0)  # the same bins whatever is drawn
    found = mutual_information_gap(codes, factor[:, None])
    drawn = [np.r_[0, 1, rng.integers(0, 1000, 998)] for _ in range(60)]
    spread = np.std([mutual_information_gap(codes[rows], factor[rows, None]).value for rows in drawn])
    assert found.error == pytest.approx(spread, rel=0.3)


# -- SAP -------------------------------------------------------------------------------------------------------


def test_separated_attribute_of_a_quantity_by_hand() -> None:
    """Twelve images, factor 0 ... 11. z1 is the factor, R² = 1. z2 is 0 for the first six and 1 for the others.

    Their means of the factor, 2.5 and 8.5, are 6 apart: covariance 6 · 1/2 · 1/2 = 1.5; variances (12² - 1) / 12 =
    143/12 and 1/4: R² = 1.5² / (143/12 · 1/4) = 2.25 · 48/143 = 108/143. SAP = 35/143 = .244755.
    """
    factor = np.arange(12.0)[:, None]
    codes = np.hstack([factor, factor >= 6])
    found = separated_attribute(codes, factor, codes, factor)
    assert found.value == pytest.approx(35 / 143)
    # A single dimension is compared with a constant one, which predicts nothing.
    assert separated_attribute(codes[:, 1:], factor, codes[:, 1:], factor).value == pytest.approx(108 / 143)


def test_separated_attribute_of_a_category_by_hand() -> None:
    """Two categories, four images each to score, at z1 = -1 and 1: all right. z2 is on the right side for 3 of 4.

    Share right 1 and 3/4: SAP = 1/4. Beside a constant dimension, right for one of the two: 1/2.
    """
    factor = np.repeat([0.0, 1.0], 4)[:, None]
    first = np.where(factor > 0, 1.0, -1.0)
    second = first * np.tile([1, 1, 1, -1], 2)[:, None]
    codes = np.hstack([second, first])
    assert separated_attribute(codes, factor, codes, factor).value == pytest.approx(0.25)
    constant = np.hstack([first, np.full_like(first, 7)])
    assert separated_attribute(constant, factor, constant, factor).value == pytest.approx(0.5)


def test_separated_attribute_is_that_of_the_definition_by_other_means() -> None:
    fit, factors = sprites(300), sprites(500, 1)
    fit_codes, codes = turned(fit), turned(factors)
    mean, spread = fit_codes.mean(0), fit_codes.std(0)
    gaps = []
    for place, factor in enumerate(factors.T):
        if place < 2:  # categories
            lines = [LinearSVC(C=0.01, class_weight="balanced", dual=False) for _ in range(5)]
            units = (fit_codes - mean) / spread, (codes - mean) / spread
            scores = [
                line.fit(units[0][:, [k]], fit[:, place]).score(units[1][:, [k]], factor)
                for k, line in enumerate(lines)
            ]
        else:
            scores = [np.corrcoef(column, factor)[0, 1] ** 2 for column in codes.T]
        second, first = sorted(scores)[-2:]
        gaps.append(first - second)
    assert separated_attribute(fit_codes, fit, codes, factors).each == pytest.approx(gaps, abs=1e-6)


def test_of_many_dimensions_those_that_know_most_have_a_classifier() -> None:
    fit, factors = sprites(200)[:, :1], sprites(200, 1)[:, :1]
    rng = np.random.default_rng(0)
    fit_codes, codes = (rng.standard_normal((200, 60)) for _ in range(2))
    fit_codes[:, [57]], codes[:, [57]] = fit, factors
    assert separated_attribute(fit_codes, fit, codes, factors).value > 0.3


def test_the_error_of_the_determinations_is_that_of_a_bootstrap() -> None:
    rng = np.random.default_rng(0)
    factor = rng.random((800, 1))
    codes = factor + [0.1, 0.4] * rng.standard_normal((800, 2))
    found = separated_attribute(codes, factor, codes, factor)
    drawn = [rng.integers(0, 800, 800) for _ in range(60)]
    values = [separated_attribute(*[codes[rows], factor[rows]] * 2).value for rows in drawn]
    assert found.error == pytest.approx(np.std(values), rel=0.3)


# -- DCI -------------------------------------------------------------------------------------------------------


def test_disentanglement_and_completeness_by_hand() -> None:
    """Three dimensions, two factors: z1 matters for v1 only, z2 and z3 half each for v2 only.

    Each row is of one factor: D = 1. Column 1 is of one dimension: 1. Column 2 has entropy ln 2 in base 3:
    1 - ln 2 / ln 3 = .369070. C = (1 + .369070) / 2 = .684535.
    """
    table = np.array([[1, 0], [0, 0.5], [0, 0.5]])
    assert disentanglement(table).value == pytest.approx(1)
    assert completeness(table).each == pytest.approx((1, 1 - math.log(2) / math.log(3)))
    assert completeness(table).value == pytest.approx(0.684535, abs=1e-6)
    # Shares 3/4 and 1/4 have 2 - .75 log2 3 = .811278 bits: D = C = .188722.
    even = np.array([[0.75, 0.25], [0.25, 0.75]])
    assert disentanglement(even).value == pytest.approx(0.188722, abs=1e-6)
    assert completeness(even).value == pytest.approx(0.188722, abs=1e-6)
    # Rows weigh what they matter: (3/4, 3/4) has D 0 and three times the weight of (1/4, 0), which has 1 and 1/7.
    uneven = np.array([[0.75, 0.75], [0.25, 0.0]])
    assert disentanglement(uneven).value == pytest.approx(1 / 7)
    nothing = np.zeros((3, 2))
    assert (disentanglement(nothing).value, completeness(nothing).value) == (0, 0)


def test_entropies_are_those_of_an_independent_implementation() -> None:
    table = np.random.default_rng(0).random((5, 3))
    assert disentanglement(table).each == pytest.approx(1 - entropy(table.T, base=3))
    assert completeness(table).each == pytest.approx(1 - entropy(table, base=5))


# -- all three -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [sprites, quantities])
def test_perfect_mixed_permuted_and_constant_codes(made) -> None:
    fit, factors = made(300), made(600, 1)
    noise = np.random.default_rng(2).standard_normal((600, 2)).astype(np.float32)
    perfect = np.hstack([fit, noise[:300]]), np.hstack([factors, noise])
    mixed = turned(fit), turned(factors)
    still = np.zeros_like(fit), np.zeros_like(factors)
    results = {}
    for name, (fit_codes, codes) in {"perfect": perfect, "mixed": mixed, "still": still}.items():
        found = dci(fit_codes, fit, codes, factors)
        results[name] = (
            mutual_information_gap(codes, factors).value,
            separated_attribute(fit_codes, fit, codes, factors).value,
            found.disentanglement.value,
            found.completeness.value,
        )
        assert 0 <= found.informativeness.value <= 1
    shuffled = factors[np.random.default_rng(3).permutation(600)]
    assert all(value > limit for value, limit in zip(results["perfect"], (0.7, 0.6, 0.85, 0.85), strict=True))
    assert all(mixed < most / 1.5 for mixed, most in zip(results["mixed"], results["perfect"], strict=True))
    assert results["still"] == pytest.approx((0, 0, 0, 0))
    assert mutual_information_gap(perfect[1], shuffled).value < 0.1
    assert separated_attribute(perfect[0], fit, perfect[1], shuffled).value < 0.1


def test_the_order_and_sign_of_dimensions_do_not_matter() -> None:
    factors = quantities(300)
    other = -factors[:, ::-1]
    assert mutual_information_gap(other, factors).value == pytest.approx(
        mutual_information_gap(factors, factors).value, abs=0.03
    )
    assert separated_attribute(other, factors, other, factors).value == pytest.approx(
        separated_attribute(factors, factors, factors, factors).value
    )


def test_informativeness_is_judged_on_other_images() -> None:
    rng = np.random.default_rng(0)
    codes, factors = rng.standard_normal((400, 4)).astype(np.float32), quantities(400)
    found = dci(codes[:200], factors[:200], codes[200:], factors[200:])
    assert found.informativeness.value < 0.1
    known = dci(factors[:200], factors[:200], factors[200:], factors[200:])
    assert known.informativeness.value > 0.9
    assert 0 < known.informativeness.error < 0.05


def test_the_same_call_gives_the_same() -> None:
    factors = sprites(200)
    codes = turned(factors)
    first, second = (dci(codes, factors, codes, factors, seed=5) for _ in range(2))
    assert np.array_equal(first.importance, second.importance)


def test_one_dimension_and_one_factor() -> None:
    moons = np.random.default_rng(0).permutation(np.linspace(0, 1, 200, dtype=np.float32))[:, None]
    # With one bin a value, information is the factor's entropy, of which a second dimension has nothing.
    assert mutual_information_gap(moons, moons).value == pytest.approx(1)
    assert separated_attribute(moons, moons, moons, moons).value == pytest.approx(1)
    found = dci(moons, moons, moons, moons)
    assert (found.disentanglement, found.completeness) == (None, None)
    assert found.informativeness.value > 0.95
