from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
import torch

from tests.trainer.training.blobs import AE, SHAPE, VAE, blob_data, make_trainer, run_config, weights
from trainer.config import ModelConfig
from trainer.knobs import Knobs
from trainer.records import ConfigError
from trainer.reports import NonFiniteLossError
from trainer.training.checkpoint_error import StateError
from trainer.training.engine import Trainer


def test_one_step_a_next_until_the_last_epoch():
    trainer = make_trainer(epochs=2)
    reports = list(trainer.steps())
    # 70 rows in batches of 16: four full ones and one of six, twice.
    assert [report.step for report in reports] == list(range(1, 11))
    assert [report.images for report in reports] == [16, 16, 16, 16, 6] * 2
    assert reports[4].epoch == 1.0
    assert reports[-1].epoch == 2.0
    assert trainer.finished
    assert list(trainer.steps()) == []
    assert all(report.seconds > 0 for report in reports)


def test_without_a_number_of_epochs_it_continues():
    trainer = make_trainer(batch=70)
    assert [report.epoch for report in islice(trainer.steps(), 5)] == [1, 2, 3, 4, 5]
    assert not trainer.finished


def test_a_new_generator_continues_where_the_old_one_stopped():
    trainer = make_trainer()
    first = list(islice(trainer.steps(), 3))
    second = list(islice(trainer.steps(), 3))
    assert [report.step for report in first + second] == [1, 2, 3, 4, 5, 6]


def test_losses_are_those_of_every_member_and_fall():
    trainer = make_trainer(knobs=Knobs(learning_rate=1e-2))
    reports = list(islice(trainer.steps(), 200))
    autoencoder, variational = reports[-1].losses
    assert autoencoder.get("kl") is None
    assert autoencoder.kl_per_dimension == ()
    assert len(variational.kl_per_dimension) == 3
    assert variational["kl"] == pytest.approx(sum(variational.kl_per_dimension), rel=1e-5)
    assert variational.total == pytest.approx(variational["reconstruction"] + variational["kl"], rel=1e-5)
    for index in range(2):
        assert reports[-1].losses[index].total < 0.7 * reports[0].losses[index].total


def test_knobs_count_from_the_next_step_on():
    trainer = make_trainer(VAE)
    steps = trainer.steps()
    assert next(steps).applied.beta == 1.0
    trainer.knobs = Knobs(beta=7.0, learning_rate=5e-4)
    report = next(steps)
    assert report.knobs == trainer.knobs
    assert report.applied.beta == 7.0
    loss = report.losses[0]
    assert loss.total == pytest.approx(loss["reconstruction"] + 7 * loss["kl"], rel=1e-5)
    assert trainer.members[0].optimisers[0].param_groups[0]["lr"] == 5e-4


def test_warm_up_grows_beta_from_nothing():
    trainer = make_trainer(VAE, warm_up=4, knobs=Knobs(beta=2.0))
    assert [report.applied.beta for report in islice(trainer.steps(), 6)] == [0, 0.5, 1.0, 1.5, 2.0, 2.0]


def test_last_epochs_use_the_final_rate():
    trainer = make_trainer(
        AE, epochs=3, final_epochs=1, final_rate=0.25, batch=70, knobs=Knobs(learning_rate=1e-2)
    )
    reports, rates = [], []
    for report in trainer.steps():
        reports.append(report)
        rates.append(trainer.members[0].optimisers[0].param_groups[0]["lr"])
    assert rates == [1e-2, 1e-2, 2.5e-3]
    assert [report.applied.learning_rate for report in reports] == rates
    assert {report.knobs.learning_rate for report in reports} == {1e-2}


@pytest.mark.parametrize("epochs", [None, 5])
def test_a_run_that_is_extended_keeps_the_rate_of_its_last_epochs(epochs):
    trainer = make_trainer(AE, epochs=3, final_epochs=1, final_rate=0.25, batch=70)
    list(trainer.steps())
    sentence = trainer.extend(epochs)
    assert "0.00025: 0.25 times the 0.001" in str(sentence)
    assert next(trainer.steps()).applied.learning_rate == 2.5e-4
    # And once more, from what was kept of it.
    other = make_trainer(AE, epochs=3, final_epochs=1, final_rate=0.25, batch=70)
    other.config = type(other.config).from_json(trainer.config.to_json())
    other.restore(trainer.state())
    assert next(other.steps()).applied.learning_rate == 2.5e-4


def test_a_run_of_one_rate_has_nothing_to_say_when_it_is_extended():
    trainer = make_trainer(AE, epochs=1, batch=70)
    list(trainer.steps())
    assert trainer.extend(None) is None
    assert next(trainer.steps()).applied.learning_rate == 1e-3


def test_a_step_is_adam_on_the_mean_loss():
    """Three steps against a plain loop of torch's own functions on the same batches."""
    trainer = make_trainer(AE, batch=70)
    start = {name: torch.from_numpy(array.copy()) for name, array in weights(trainer).items()}
    parameters = {name: value.requires_grad_() for name, value in start.items()}
    optimiser = torch.optim.Adam(parameters.values(), lr=1e-3)
    images = blob_data().tensor()[:70].float().flatten(1) / 255
    for _ in range(3):
        hidden = torch.relu(torch.nn.functional.linear(images, *_layer(parameters, "encoder.0")))
        codes = torch.nn.functional.linear(hidden, *_layer(parameters, "mean"))
        hidden = torch.relu(torch.nn.functional.linear(codes, *_layer(parameters, "decoder.0")))
        logits = torch.nn.functional.linear(hidden, *_layer(parameters, "output"))
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, images, reduction="sum") / 70
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    last = list(islice(trainer.steps(), 3))[-1]
    assert last.losses[0].total == pytest.approx(loss.item(), rel=1e-5)
    for name, array in weights(trainer).items():
        np.testing.assert_allclose(array, parameters[name].detach().numpy(), atol=2e-5)


def _layer(parameters: dict[str, torch.Tensor], name: str) -> tuple[torch.Tensor, torch.Tensor]:
    return parameters[f"{name}.weight"], parameters[f"{name}.bias"]


def test_a_bad_loss_is_named_and_taken_back():
    trainer = make_trainer()
    steps = trainer.steps()
    for _ in range(3):
        next(steps)
    with torch.no_grad():
        next(trainer.members[1].model.parameters()).fill_(float("nan"))
    with pytest.raises(NonFiniteLossError, match=r"VAE became nan at step 4.*learning rate") as caught:
        next(steps)
    assert (caught.value.step, caught.value.member) == (4, 1)
    for index in range(2):
        assert all(np.isfinite(array).all() for array in weights(trainer, index).values())


def test_after_a_bad_loss_the_run_is_what_it_was():
    """Weights, place, generators and snapshots go back together; the knobs stay as they are set."""
    quiet, spoilt = make_trainer(binarise="dynamic", batch=32), make_trainer(binarise="dynamic", batch=32)
    spoilt._safeguard._every = 0.0  # every good step is kept
    list(islice(quiet.steps(), 3))  # an epoch has three batches
    steps = spoilt.steps()
    list(islice(steps, 3))
    spoilt._safeguard._every = 1e9  # and none from here
    for _ in range(2):
        next(steps)
        spoilt.snapshot(0)
    spoilt.knobs = Knobs(learning_rate=5e-4)
    with torch.no_grad():
        next(spoilt.members[0].model.parameters()).fill_(float("nan"))
    with pytest.raises(NonFiniteLossError, match=r"at step 6; the run stands at step 3 again"):
        next(steps)
    assert (spoilt.step, spoilt.epoch) == (quiet.step, quiet.epoch) == (3, 1.0)
    assert spoilt.knobs == Knobs(learning_rate=5e-4)
    spoilt.knobs = Knobs()
    mine, other = spoilt.state(), quiet.state()
    assert mine.numbers == other.numbers
    assert all(value.equal(other.tensors[name]) for name, value in mine.tensors.items())
    for first, second in zip(islice(quiet.steps(), 4), spoilt.steps(), strict=False):
        assert (first.step, first.losses) == (second.step, second.losses)


def test_a_learning_rate_of_one_is_survived_with_everything_in_step():
    model = VAE.replace(widths=(64, 64, 64))
    trainer = make_trainer(model, knobs=Knobs(learning_rate=1.0, beta=1000.0))
    reports = []
    with pytest.raises(NonFiniteLossError, match="learning rate or β"):
        reports.extend(islice(trainer.steps(), 3000))
    assert trainer.state().numbers["step"] == trainer.step
    trainer.knobs = Knobs()
    first = trainer.step
    assert [report.step for report in islice(trainer.steps(), 2)] == [first + 1, first + 2]


def test_diverging_is_survived():
    images = (torch.rand(64, 1, 8, 8) * 1e30).float()
    model = ModelConfig(family="autoencoder", widths=(), latent=2, likelihood="gaussian", shape=SHAPE)
    trainer = Trainer(run_config(model), images, Knobs(), train_count=64)
    with pytest.raises(NonFiniteLossError, match="step 1;"):
        next(trainer.steps())


def test_float_images_are_taken_as_they_are():
    images = torch.randn(64, 1, 8, 8)
    model = ModelConfig(family="autoencoder", widths=(), latent=2, likelihood="gaussian", shape=SHAPE)
    trainer = Trainer(run_config(model), images, Knobs(), train_count=64)
    assert trainer.train_count == trainer.count == 64
    next(trainer.steps())
    report = trainer.evaluate()
    assert (report.none_held_out, report.rows, report.held_out) == (True, 64, report.train)


def test_a_tensor_keeps_the_share_of_the_config_out():
    trainer = Trainer(run_config(AE), torch.zeros(100, 1, 8, 8, dtype=torch.uint8), Knobs())
    assert trainer.train_count == 90


@pytest.mark.parametrize(
    ("images", "count", "sentence"),
    [
        (torch.zeros(9, 1, 8, 9, dtype=torch.uint8), None, "1 x 8 x 9, but the models take 1 x 8 x 8"),
        (torch.zeros(9, 64, dtype=torch.uint8), None, "must be uint8 or float32"),
        (torch.zeros(9, 1, 8, 8, dtype=torch.float64), None, "must be uint8 or float32"),
        (torch.zeros(9, 1, 8, 8, dtype=torch.uint8), 10, "10 training rows cannot be had from 9 images"),
        (torch.full((9, 1, 8, 8), 2.0), None, "between 0 and 1"),
    ],
)
def test_images_that_do_not_suit_get_a_sentence(images, count, sentence):
    for binarise in ("dynamic", "static"):
        with pytest.raises(ConfigError, match=sentence):
            Trainer(run_config(AE, binarise=binarise), images, Knobs(), train_count=count)


def test_calibration_leaves_training_untouched():
    reference = make_trainer()
    trainer = make_trainer(threads=None)
    assert trainer.stepping.threads == 1
    assert trainer.stepping.calibrate() >= 1
    trainer.stepping.threads = 1
    for first, second in zip(islice(reference.steps(), 4), trainer.steps(), strict=False):
        assert first.losses == second.losses
    assert make_trainer(threads=1).stepping.calibrate() == 1


@pytest.mark.parametrize(("epochs", "end"), [(3, 3), (2, None), (1, None), (None, None)])
def test_a_finished_run_is_extended_and_is_what_a_longer_run_would_be(epochs, end):
    short, long = make_trainer(epochs=2), make_trainer(epochs=3)
    done = len(list(short.steps()))
    assert short.finished
    short.extend(epochs)
    assert short.config.train.epochs == end
    assert not short.finished
    per_epoch = done // 2
    more = list(islice(short.steps(), per_epoch))
    assert [report.step for report in more] == list(range(done + 1, done + per_epoch + 1))
    list(long.steps())
    later = long.snapshot(0).weights
    assert all(np.array_equal(array, later[name]) for name, array in short.snapshot(0).weights.items())


def test_a_knob_of_one_member_is_for_it_alone():
    """Three members on the same batches, the last two twins but for β: each is what it would become alone."""
    both = make_trainer(AE, VAE, VAE, knobs=Knobs(beta=2.0, m3_beta=8.0))
    list(islice(both.steps(), 4))
    for index, beta in ((1, 2.0), (2, 8.0)):
        alone = make_trainer(VAE, knobs=Knobs(beta=beta))
        losses = [report.losses[0] for report in islice(alone.steps(), 4)][-1]
        assert losses.total == pytest.approx(losses["reconstruction"] + beta * losses["kl"], rel=1e-5)
        for name, array in weights(alone).items():
            np.testing.assert_array_equal(array, weights(both, index)[name])


def test_warm_up_is_of_every_beta():
    trainer = make_trainer(VAE, VAE, knobs=Knobs(m2_beta=8.0), warm_up=4)
    applied = [report.applied for report in islice(trainer.steps(), 5)]
    assert [knobs["m2_beta"] for knobs in applied] == [0, 2, 4, 6, 8]
    assert [knobs.beta for knobs in applied] == [0, 0.25, 0.5, 0.75, 1]


def test_knobs_that_its_models_do_not_have_are_refused():
    for knobs in (Knobs(m3_beta=1.0), Knobs(m1_beta=1.0), Knobs(other=1.0)):
        with pytest.raises(ConfigError, match="no knob"):
            make_trainer(knobs=knobs)


def _spoil(trainer, index):
    with torch.no_grad():
        next(trainer.members[index].model.parameters()).fill_(float("nan"))


@pytest.mark.parametrize("parallel", [True, False])
def test_of_more_than_two_members_one_that_fails_rests_and_the_others_go_on(parallel):
    trainer, quiet = make_trainer(AE, VAE, VAE, VAE), make_trainer(AE, VAE, VAE, VAE)
    trainer.stepping.parallel = quiet.stepping.parallel = parallel
    steps = trainer.steps()
    before = [next(steps) for _ in range(3)][-1]
    assert before.remarks == ()
    _spoil(trainer, 2)
    failed = next(steps)
    (remark,) = map(str, failed.remarks)
    assert remark.startswith("The loss of VAE #2 became nan at step 4. It rests as it was")
    assert "lower the learning rate" in remark
    assert trainer.stepping.resting == {2: 0}
    after = list(islice(steps, 3))
    assert [report.remarks for report in after] == [()] * 3
    assert np.isnan(after[-1].losses[2].total)
    assert [report.step for report in after] == [5, 6, 7]
    list(islice(quiet.steps(), 7))
    for index in (0, 1, 3):
        for name, array in weights(trainer, index).items():
            np.testing.assert_array_equal(array, weights(quiet, index)[name])
    first = make_trainer(VAE)  # as it was at step 0
    for name, array in weights(trainer, 2).items():
        np.testing.assert_array_equal(array, weights(first)[name])
    assert all(np.isfinite(losses.total) for losses in trainer.evaluate().held_out)
    assert len(trainer.map_report().codes) == 4


@pytest.mark.parametrize("count", [1, 3])
def test_a_variance_that_no_learning_rate_can_help_is_named(count):
    narrow = VAE.replace(likelihood="gaussian", variance=1e-30)
    trainer = make_trainer(narrow, *[VAE] * (count - 1))
    trainer._safeguard._every = 0.0
    try:
        (remark,) = (str(one) for report in islice(trainer.steps(), 8) for one in report.remarks)
    except NonFiniteLossError as error:
        remark = str(error)
    assert f"of {'VAE' if count == 1 else 'VAE likelihood gaussian'} " in remark
    assert "choose a larger σ² than 1e-30." in remark
    assert "learning rate" not in remark
    assert ("start a new run and" in remark) == (count == 1)


def _overflow(trainer, index):
    """As after a step whose loss was finite and whose gradient was too large to be squared."""
    (optimiser,) = trainer.members[index].optimisers
    next(iter(optimiser.state.values()))["exp_avg_sq"].fill_(float("inf"))


def test_a_member_whose_optimiser_overflows_rests_so_that_the_others_are_kept():
    trainer, quiet = make_trainer(AE, VAE, VAE, epochs=2), make_trainer(AE, VAE, VAE, epochs=2)
    steps = trainer.steps()
    list(islice(steps, 3))
    _overflow(trainer, 1)
    reports = list(steps)  # too short a run for a copy in between: looked at with its last step
    (remark,) = map(str, reports[-1].remarks)
    assert remark.startswith("Numbers in the training of VAE #1 were no longer finite at step 10.")
    assert trainer.stepping.resting == {1: 0}
    assert all(value.isfinite().all() for value in trainer.state().tensors.values() if value.is_floating_point())
    list(quiet.steps())
    for index in (0, 2):
        for name, array in weights(trainer, index).items():
            np.testing.assert_array_equal(array, weights(quiet, index)[name])


def test_a_member_whose_optimiser_overflows_is_found_while_the_run_continues():
    trainer = make_trainer(AE, VAE, VAE)
    trainer._safeguard._every = 0.0
    steps = trainer.steps()
    list(islice(steps, 3))
    _overflow(trainer, 1)
    assert len(next(steps).remarks) == 1
    assert trainer.stepping.resting == {1: 3}
    assert trainer._safeguard.kept.numbers["step"] == 4
    assert next(steps).remarks == ()


@pytest.mark.parametrize("models", [(VAE,), (AE, VAE)])
def test_a_run_of_one_or_two_stops_where_an_optimiser_overflows_and_can_be_saved(models):
    """Its loss stays finite for ever; what is trained on from there could be neither saved nor trained."""
    trainer = make_trainer(*models)
    steps = trainer.steps()
    list(islice(steps, 3))
    trainer._safeguard.keep()
    trainer._safeguard._every = 0.0
    _overflow(trainer, len(models) - 1)
    with pytest.raises(NonFiniteLossError) as caught:
        next(steps)
    assert str(caught.value) == (
        "Numbers in the training of VAE were no longer finite at step 4; the run "
        "stands at step 3 again, where it was good: lower the learning rate and go on."
    )
    assert (caught.value.step, caught.value.member) == (4, len(models) - 1)
    assert trainer.step == 3
    assert all(value.isfinite().all() for value in trainer.state().tensors.values() if value.is_floating_point())
    assert next(trainer.steps()).step == 4


def test_a_member_that_rests_does_so_after_a_save():
    trainer = make_trainer(AE, VAE, VAE)
    steps = trainer.steps()
    next(steps)
    _spoil(trainer, 0)
    next(steps)
    other = make_trainer(AE, VAE, VAE)
    other.restore(trainer.state())
    assert other.stepping.resting == {0: 0}
    for first, second in zip(islice(trainer.steps(), 3), other.steps(), strict=False):
        assert first.losses[1:] == second.losses[1:]
        assert np.isnan(second.losses[0].total)


def test_the_run_stops_where_no_member_can_go_on():
    trainer = make_trainer(AE, VAE, VAE)
    steps = trainer.steps()
    next(steps)
    _spoil(trainer, 0)
    next(steps)
    _spoil(trainer, 1)
    _spoil(trainer, 2)
    with pytest.raises(NonFiniteLossError, match=r"VAE #1 became nan at step 3"):
        next(steps)
    assert all(np.isfinite(array).all() for index in range(3) for array in weights(trainer, index).values())


@pytest.mark.parametrize("resting", [[[3, 1]], [[0]], 7, [[0, "1"]], [[0, 1], [1, 1], [2, 1]], [[-1, 0]]])
def test_members_that_cannot_rest_are_refused(resting):
    trainer = make_trainer(AE, VAE, VAE)
    state = trainer.state()
    state.numbers["resting"] = resting
    with pytest.raises(StateError):
        trainer.restore(state)
