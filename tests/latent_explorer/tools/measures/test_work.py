"""Live figures: those of torch on the same images, and what is reported where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.look import look_at
from latent_explorer.core.pane import PaneCodes, PaneModel, PaneState
from latent_explorer.tools.measures.state import Live
from latent_explorer.tools.measures.work import ENOUGH, MOST_PAIRS, QUICK, QUICK_PAIRS, measure
from tests.latent_explorer.build import AE, VAE, explorer_state
from tests.trainer.measures.subjects import figures, image_data, subject
from trainer.config import ModelConfig
from trainer.latent import plane as planes
from trainer.measures import information, rate


def pane(codes: np.ndarray, sigmas: np.ndarray | None, rows: np.ndarray | None = None) -> PaneState:
    """A VAE's pane, or an AE's without σ."""
    state, latent = PaneState(1), codes.shape[1]
    family = "autoencoder" if sigmas is None else "variational"
    state.set_model(PaneModel(ModelConfig(family=family, latent=latent), AE if sigmas is None else VAE, 1))
    rows = np.arange(len(codes)) if rows is None else rows
    plane = planes.raw(latent) if latent <= 2 else planes.pca(np.eye(latent, dtype=np.float32))
    codes = codes.astype(np.float32)
    sigmas = None if sigmas is None else sigmas.astype(np.float32)
    state.set_codes(PaneCodes(rows, codes, plane.project(codes), number=3, sigmas=sigmas, step=40), plane)
    return state


def found(of: PaneState, explorer: ExplorerState | None = None, quick: bool = False) -> Live:
    explorer = explorer or explorer_state(count=len(of.codes.codes) if of.codes is not None else 0)
    look = look_at(of, explorer, lambda index: np.zeros(1, np.float32), "data")
    assert look is not None
    (answer,) = (one for one in measure((look,), quick) if one is not None)
    assert answer[0] == 1
    return answer[1]


def healthy(count: int = 3_000, latent: int = 2, sigma: float = 0.3) -> tuple[np.ndarray, np.ndarray]:
    """Posteriors whose aggregate is the prior."""
    rng = np.random.default_rng(3)
    return rng.normal(size=(count, latent)) * np.sqrt(1 - sigma**2), np.full((count, latent), sigma)


def test_it_agrees_with_what_torch_measures_on_the_same_images() -> None:
    # Held-out images come after the training ones; all of them are on the map.
    data = image_data(2 * ENOUGH + 20, train=ENOUGH)
    of = subject(data=data, latent=3)
    there = figures(information.GROUP, of) | figures(rate.GROUP, of)
    explorer = ExplorerState()
    explorer.set_data(replace(explorer_state(count=data.count).data, train_count=data.train_count))
    codes = of.codes()
    state = pane(codes, of.sigmas(), rows=np.arange(data.train_count, data.count))
    here = found(state, explorer)
    assert here.held_out
    assert (here.count, here.pairs) == (len(codes), len(codes))
    assert here.active == there["active_units"].value
    assert here.rank == pytest.approx(there["effective_rank"].value)
    assert here.surgery is not None
    assert here.surgery.mutual_information == pytest.approx(there["mutual_information"].value, abs=1e-5)
    assert here.surgery.marginal_kl == pytest.approx(there["marginal_kl"].value, abs=1e-5)
    np.testing.assert_allclose(here.kl, there["kl"].each, rtol=1e-4, atol=1e-6)
    assert (here.number, here.step) == (3, 40)


def test_codes_that_are_distributed_as_the_prior() -> None:
    here = found(pane(*healthy()))
    assert here.offset is not None
    assert here.offset.value < 0.05
    assert here.spread is not None
    assert here.spread.value == pytest.approx(1.0, abs=4 * here.spread.error)
    assert here.mmd is not None
    assert abs(here.mmd.squared) < 4 * here.mmd.squared_error
    assert here.sigma == pytest.approx(0.3)
    assert here.active == 2
    assert here.surgery is not None
    assert here.surgery.marginal_kl == pytest.approx(0.0, abs=0.1)
    assert sum(here.kl) == pytest.approx(here.surgery.kl, rel=0.1)


def test_codes_beside_the_prior() -> None:
    codes, sigmas = healthy()
    here = found(pane(3 * codes + 1, sigmas))
    assert here.offset is not None
    assert here.offset.value == pytest.approx(1.0, abs=0.1)
    assert here.spread is not None
    assert here.spread.value > 2.5
    assert here.mmd is not None
    assert here.mmd.squared > 10 * here.mmd.squared_error


def test_a_collapsed_model_has_correct_extremes() -> None:
    here = found(pane(np.zeros((400, 5)), np.ones((400, 5))))
    assert here.active == 0
    assert here.rank == 0
    assert here.surgery is not None
    assert here.surgery.mutual_information == pytest.approx(0.0, abs=1e-9)
    assert here.kl == pytest.approx((0.0,) * 5, abs=1e-9)
    assert here.sigma == 1


@pytest.mark.parametrize("latent", [1, 512])
def test_one_dimension_and_512(latent: int) -> None:
    here = found(pane(*healthy(300, latent)))
    assert here.active == latent
    assert len(here.kl) == latent
    assert here.mmd is not None


def test_while_training_it_looks_at_fewer() -> None:
    here = found(pane(*healthy(6_000)), quick=True)
    assert (here.count, here.pairs) == (QUICK, QUICK_PAIRS)
    assert found(pane(*healthy(6_000))).pairs == MOST_PAIRS
    # Half of the rows are for training; those are left out.
    assert found(pane(*healthy(6_000))).count == 3_000


def test_few_held_out_images_are_measured_with_the_others() -> None:
    few = found(pane(*healthy(ENOUGH)))
    assert not few.held_out
    assert few.count == ENOUGH


def test_without_posterior_there_is_a_rank_and_a_reason() -> None:
    here = found(pane(healthy(200)[0], None))
    assert here.rank == pytest.approx(2, abs=0.1)
    assert here.active is None
    assert here.surgery is None
    assert here.none is not None


def test_sigmas_that_are_missing() -> None:
    state = pane(*healthy(200))
    assert state.codes is not None
    assert state.plane is not None
    state.set_codes(replace(state.codes, sigmas=None), state.plane)
    assert "not known" in str(found(state).none)


def test_sigmas_that_are_zero() -> None:
    codes, sigmas = healthy(200)
    sigmas[-3, 1] = 0
    assert "are 0" in str(found(pane(codes, sigmas)).none)


@pytest.mark.parametrize("wild", ["codes", "sigmas"])
def test_codes_that_are_no_numbers(wild: str) -> None:
    codes, sigmas = healthy(200)
    (codes if wild == "codes" else sigmas)[-3, 1] = np.nan
    here = found(pane(codes, sigmas))
    assert here.reason is not None
    assert here.rank is None


@pytest.mark.parametrize(("count", "known"), [(1, False), (2, True), (3, True)])
def test_one_image_and_two(count: int, known: bool) -> None:
    here = found(pane(*healthy(count)))
    assert (here.reason is None) == known
    assert (here.surgery is not None) == known


def test_it_can_be_given_up_between_its_pieces() -> None:
    explorer = explorer_state(count=500)
    look = look_at(pane(*healthy(500)), explorer, lambda index: np.zeros(1, np.float32), "data")
    assert look is not None
    steps: Iterator[object] = measure((look,), False)
    assert [next(steps) for _ in range(3)] == [None] * 3
