"""What only a CUDA card can show: captured steps equal eager ones, knobs reach the graph, states move over."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
import torch

from tests.trainer.training.blobs import AE, VAE, make_trainer, weights
from trainer.knobs import Knobs
from trainer.training.cuda_graph import GraphedStep

pytestmark = [
    pytest.mark.cuda,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA card and there is none"),
]


def _steps(trainer, count: int) -> None:
    list(islice(trainer.steps(), count))


def test_captured_steps_do_what_eager_ones_do():
    graphed, eager = make_trainer(device="cuda"), make_trainer(device="cuda")
    eager.stepping._graphed.failure = "switched off by the test"
    _steps(graphed, 20)
    _steps(eager, 20)
    assert graphed.stepping.graph_failure == ""
    assert graphed.stepping._graphed._graph is not None
    for index in range(2):
        for name, array in weights(graphed, index).items():
            np.testing.assert_allclose(array, weights(eager, index)[name], atol=1e-4)


def test_knobs_reach_a_captured_step():
    trainer = make_trainer(device="cuda")
    _steps(trainer, 8)
    trainer.knobs = Knobs(beta=0.0, learning_rate=1e-30)
    before = weights(trainer)
    _steps(trainer, 4)
    for name, array in weights(trainer).items():
        np.testing.assert_allclose(array, before[name], atol=1e-7)


def test_losses_are_read_now_and_then_and_at_the_end():
    reports = list(make_trainer(device="cuda", epochs=20).steps())
    assert reports[0].losses
    assert reports[-1].losses
    assert any(not report.losses for report in reports)


def test_losses_of_captured_steps_are_those_of_eager_ones():
    graphed, eager = make_trainer(device="cuda"), make_trainer(device="cuda")
    eager.stepping._graphed.failure = "switched off by the test"
    images = torch.rand((16, 1, 8, 8), generator=torch.Generator().manual_seed(1)).cuda()
    for count in (2, 5, 1, 4):  # before the capture, across it and after it
        for trainer in (graphed, eager):
            for _ in range(count):
                trainer.stepping(images, images, trainer.knobs)
        pairs = zip(graphed.stepping.losses(at_once=True), eager.stepping.losses(at_once=True), strict=True)
        for captured, plain in pairs:
            assert captured.terms == pytest.approx(plain.terms, rel=1e-3)
            assert captured.kl_per_dimension == pytest.approx(plain.kl_per_dimension, rel=1e-3, abs=1e-5)
    assert graphed.stepping._graphed._graph is not None


def test_a_state_moves_between_card_and_cpu():
    card, cpu = make_trainer(device="cuda"), make_trainer()
    _steps(card, 7)
    cpu.restore(card.state())
    assert next(cpu.steps()).step == 8
    card.restore(cpu.state())
    _steps(card, 7)
    assert card.step == 15


def test_restoring_after_capture_goes_on_exactly():
    trainer = make_trainer(AE, device="cuda")
    _steps(trainer, 7)
    state = trainer.state()
    _steps(trainer, 6)
    after = weights(trainer)
    trainer.restore(state)
    _steps(trainer, 6)
    for name, array in weights(trainer).items():
        np.testing.assert_allclose(array, after[name], atol=1e-5)


def test_what_cannot_be_captured_runs_eagerly(monkeypatch):
    trainer = make_trainer(VAE, device="cuda")

    def refuse(*args: object, **settings: object) -> None:
        raise RuntimeError("not permitted when stream is capturing")

    monkeypatch.setattr(torch.cuda, "graph", refuse)
    _steps(trainer, 8)
    assert "not permitted" in trainer.stepping.graph_failure
    assert isinstance(trainer.stepping._graphed, GraphedStep)
    assert trainer.step == 8
