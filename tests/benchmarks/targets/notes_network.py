"""T4: the study notes' network on MNIST, an autoencoder and a VAE trained as a pair."""

from __future__ import annotations

from tests.benchmarks.targets.verdict import Verdict
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data import registry
from trainer.data.images import default_data_folder
from trainer.knobs import Knobs
from trainer.metrics.likelihood import evaluate
from trainer.training.engine import Trainer

EXACT = False
TITLE = "the notes' network: MNIST, 784-512-20-512-784, batch 64, Adam 1e-3, 8 epochs, grey"
CRITERION = (
    "on the test images: AE reconstruction <= 68; VAE total <= 106.5, KL 25 ± 2, 20 active units; AE MSE < VAE MSE"
)
EPOCHS, QUICK_STEPS = 8, 938


def measure(seed: int, quick: bool) -> Verdict:
    """Train and evaluate on the test split. `quick`: one epoch and wider bounds, so not the target."""
    data = registry.load(DataConfig(name="mnist"), default_data_folder())
    shape = data.shape
    models = tuple(
        ModelConfig(family=name, widths=(512,), latent=20, shape=shape) for name in ("autoencoder", "variational")
    )
    train = TrainConfig(batch=64, epochs=EPOCHS, seed=seed, device="cpu")
    trainer = Trainer(RunConfig(data=data.config, models=models, train=train), data, Knobs())
    trainer.stepping.calibrate()
    seconds = 0.0
    for report in trainer.steps():
        seconds += report.seconds
        if quick and report.step >= QUICK_STEPS:
            break
    held_out = data.tensor()[data.train_count :]
    plain, variational = (evaluate(member.model, held_out, seed=seed) for member in trainer.members)
    assert plain.mse is not None
    assert variational.mse is not None
    verdict = Verdict()
    verdict.note("epochs", trainer.epoch)
    verdict.note("AE reconstruction", plain.reconstruction)
    verdict.note("VAE reconstruction", variational.reconstruction)
    verdict.note("VAE KL", variational.kl)
    verdict.note("VAE total", variational.total)
    verdict.note("VAE active units", variational.active)
    verdict.note("AE MSE", plain.mse)
    verdict.note("VAE MSE", variational.mse)
    verdict.note("pair, images a second", 64 * trainer.step / seconds)
    # After one epoch the figures are on their way; the quick bounds only tell whether something is badly wrong.
    worst_plain, worst_total, kl_within = (85.0, 125.0, 5.0) if quick else (68.0, 106.5, 2.0)
    verdict.require(plain.reconstruction <= worst_plain, "AE reconstruction")
    verdict.require(variational.total <= worst_total, "VAE total")
    verdict.require(abs(variational.kl - 25) <= kl_within, "VAE KL")
    verdict.require(variational.active == 20, "VAE active units")
    verdict.require(plain.mse < variational.mse, "AE MSE below VAE MSE")
    return verdict
