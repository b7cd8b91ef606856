"""States as the window has them, for tests of views."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.pane import Nearest, PaneCodes, PaneModel, PaneState
from latent_explorer.core.training import TrainingState
from trainer.config import DataConfig, ModelConfig
from trainer.knobs import Knobs
from trainer.latent import plane as planes
from trainer.reports import EvaluationReport, Losses, StepReport, Uncertainty
from trainer.traits import Traits

AE = Traits(title="Autoencoder", uses_beta=False, posterior="none", prior="none", stochastic=False, plain=True)
VAE = Traits(
    title="Variational autoencoder",
    uses_beta=True,
    posterior="gaussian",
    prior="normal",
    stochastic=True,
    plain=True,
)


def explorer_state(classes: int = 10, images: bool = True, count: int = 200) -> ExplorerState:
    """Random rows with classes and two factors."""
    state = ExplorerState()
    rng = np.random.default_rng(0)
    state.set_data(
        DataView(
            title="Toy",
            config=DataConfig(),
            count=count,
            train_count=count // 2,
            shape=(1, 28, 28),
            images=np.zeros((count, 1, 28, 28), np.uint8) if images else None,
            labels=rng.integers(0, classes, count),
            label_names=tuple(str(i) for i in range(classes)),
            factors=np.linspace(-1, 3, 2 * count, dtype=np.float32).reshape(count, 2),
            factor_names=("lit fraction", "angle"),
        )
    )
    return state


def pane_state(index: int = 0, latent: int = 2, count: int = 200) -> PaneState:
    """A pane with a model and codes: an autoencoder on the left, a variational one on the right."""
    state = PaneState(index)
    family = ("autoencoder", "variational")[index]
    config = ModelConfig(family=family, latent=latent)
    state.set_model(PaneModel(config, (AE, VAE)[index], 1))
    codes = np.random.default_rng(index).normal(size=(count, latent)).astype(np.float32)
    plane = planes.raw(latent) if latent <= 2 else planes.pca(codes)
    state.set_codes(PaneCodes(np.arange(count), codes, plane.project(codes)), plane)
    return state


def picture(side: int = 28, channels: int = 1) -> np.ndarray:
    """uint8 (side, side, channels) in which all pixels of a row differ."""
    ramp = np.arange(side * side * channels) % 251
    return ramp.reshape(side, side, channels).astype(np.uint8)


def nearest(original: bool = True) -> Nearest:
    """Row 1234, a "6"."""
    return Nearest(1234, 0.3125, picture() if original else None, "6")


def losses(member: int, value: float, latent: int = 2) -> Losses:
    """Losses of an autoencoder (member 0) or a variational one."""
    if member == 0:
        return Losses({"reconstruction": value, "total": value})
    each = (1.24,) * latent
    return Losses({"reconstruction": value, "kl": sum(each), "total": value + sum(each)}, each)


def train(state: TrainingState, steps: int, latent: int = 2, start: int = 0, knobs: Knobs | None = None) -> None:
    """`steps` reports with falling losses, all with the same knobs."""
    reports, knobs = [], knobs or Knobs()
    for step in range(start + 1, start + steps + 1):
        value = 100 + 400 * 0.97**step
        pair = (losses(0, value, latent), losses(1, value + 5, latent))
        reports.append(
            StepReport(
                step=step,
                epoch=step / 100,
                knobs=knobs,
                applied=knobs,
                losses=pair,
                images=128,
                seconds=0.01,
            )
        )
    state.append_steps(tuple(reports))


def evaluate(state: TrainingState, step: int, pixels: str = "grey") -> None:
    """A held-out evaluation."""
    state.append_evaluation(
        EvaluationReport(
            step=step,
            train=(losses(0, 120.0), losses(1, 125.0)),
            held_out=(losses(0, 129.55), losses(1, 133.5)),
            active=(None, 1),
            rows=10_000,
            pixels=pixels,
            errors=(
                Uncertainty(reconstruction=1.14, kl=None, total=1.14),
                Uncertainty(reconstruction=1.22, kl=0.067, total=1.25),
            ),
            mse=(0.00937, 0.01042),
            ranks=(1.68, None),
            variances=(None, None),
        )
    )
