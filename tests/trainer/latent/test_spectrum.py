"""Leading eigenvectors without a full decomposition, against `eigh`."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.latent import plane as planes
from trainer.latent.plane import pca
from trainer.latent.spectrum import Spectrum

SPREADS = {
    "even": lambda d: np.ones(d),
    "falling": lambda d: np.linspace(3, 0.1, d),
    "power": lambda d: 1 / np.arange(1, d + 1),
    "three": lambda d: np.r_[3.0, 2.0, 1.0, np.zeros(d - 3)],
    "close": lambda d: np.r_[2.0, 1.99, 1.98, np.ones(d - 3)],
}


def _covariance(latent: int, spread: str, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    turn = np.linalg.qr(random.standard_normal((latent, latent)))[0]
    codes = (random.standard_normal((1500, latent)) * SPREADS[spread](latent)) @ turn
    return codes.T @ codes / len(codes)


def _eigh(symmetric: np.ndarray) -> np.ndarray:
    return np.linalg.eigh(symmetric)[1].T[::-1][:2]


def _agree(rows: np.ndarray, wanted: np.ndarray) -> None:
    np.testing.assert_allclose(rows @ rows.T, np.eye(2), atol=1e-10)
    np.testing.assert_allclose(np.abs(rows @ wanted.T), np.eye(2), atol=1e-5)
    assert (rows[np.arange(2), np.abs(rows).argmax(axis=1)] > 0).all()


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("latent", [5, 129, 300])
def test_leading_vectors_are_those_of_eigh(latent: int, spread: str) -> None:
    covariance = _covariance(latent, spread)
    _agree(Spectrum(covariance).leading(2), _eigh(covariance))


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("latent", [5, 129, 300])
def test_the_former_plane_is_favoured_at_any_weight(latent: int, spread: str) -> None:
    covariance = _covariance(latent, spread)
    random = np.random.default_rng(1)
    for kept in (np.linalg.qr(random.standard_normal((latent, 2)))[0].T, _eigh(covariance)):
        spectrum = Spectrum(covariance, kept)
        _agree(spectrum.leading(2), _eigh(covariance))
        weight = 0.05 * np.linalg.eigvalsh(covariance)[-2]
        _agree(spectrum.leading(2, weight), _eigh(covariance + weight * kept.T @ kept))


def test_nothing_that_varies_still_gives_unit_vectors() -> None:
    rows = Spectrum(np.zeros((200, 200))).leading(2)
    np.testing.assert_allclose(rows @ rows.T, np.eye(2), atol=1e-10)


def test_wide_codes_are_decomposed_once_and_never_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = np.random.default_rng(0).standard_normal((900, 400)).astype(np.float32) * np.linspace(3, 0.1, 400)
    former = pca(codes.astype(np.float32))
    sides: list[int] = []
    eigh = np.linalg.eigh

    def watched(matrix: np.ndarray):
        sides.append(len(matrix))
        return eigh(matrix)

    monkeypatch.setattr(np.linalg, "eigh", watched)
    pca(codes.astype(np.float32), former)
    assert max(sides) < 100


def test_many_rows_are_measured_on_a_fixed_subset(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    codes = (random.standard_normal((20_000, 6)) * [3, 2, 1, 0.5, 0.2, 0.1]).astype(np.float32)
    everything = pca(codes)
    monkeypatch.setattr(planes, "_VALUES", 1)
    subset = pca(codes)
    np.testing.assert_allclose(np.abs(subset.axes @ everything.axes.T), np.eye(2), atol=0.1)
    np.testing.assert_allclose(subset.explained, everything.explained, atol=0.03)
    np.testing.assert_array_equal(pca(codes).axes, subset.axes)
    # The subset is taken from the finite rows only.
    broken = codes.copy()
    broken[10:-10] = np.nan
    np.testing.assert_allclose(pca(broken).origin, np.delete(codes, np.s_[10:-10], 0).mean(axis=0), atol=1e-5)
