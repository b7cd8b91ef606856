"""Figures of `evaluate`: the run's settings, labels, standard errors, seeded random subsets."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.test_cli import SMALL, _json
from trainer.commands.main import main
from trainer.training.checkpoint import read_description

FORMER = Path(__file__).parents[1] / "former" / "format1" / "session-6d"


def test_a_statically_binarised_run_is_measured_on_its_own_draw(tmp_path, capsys):
    run = tmp_path / "run"
    found = _json(capsys, "train", *SMALL, "--binarise", "static", "--epochs", "2", "--out", str(run))
    assert read_description(run).config.train.binarise == "static"
    measured = _json(capsys, "evaluate", str(run))
    dynamic = _json(capsys, "evaluate", str(run), "--binarise", "dynamic")
    for trained, evaluated, other in zip(found["models"], measured["models"], dynamic["models"], strict=True):
        assert trained["label"] == evaluated["label"] == "Bernoulli, static binarisation"
        assert evaluated["binarise"] == "static"
        assert other["label"] == "Bernoulli, dynamic binarisation"
        # Without posterior noise nothing but the draw of the pixels is left to chance, and that is the same.
        if not evaluated["has_kl"]:
            assert trained["held_out"]["reconstruction"] == pytest.approx(evaluated["reconstruction"], rel=1e-5)
            assert other["reconstruction"] != pytest.approx(evaluated["reconstruction"], rel=1e-5)
        figure = next(one for one in evaluated["figures"] if one["measure"] == "reconstruction")
        assert "held-out images, static binarisation" in figure["conditions"]
    resumed = _json(capsys, "train", "--resume", str(run), "--epochs", "3")
    assert resumed["models"][0]["label"] == "Bernoulli, static binarisation"


def test_a_dynamically_binarised_run_tells_binarised_figures(tmp_path, capsys):
    run = tmp_path / "run"
    arguments = ["train", *SMALL, "--binarise", "dynamic", "--epochs", "2", "--out", str(run)]
    found = _json(capsys, *arguments)
    measured = _json(capsys, "evaluate", str(run))
    grey = _json(capsys, "evaluate", str(run), "--binarise", "none")
    for trained, evaluated, other in zip(found["models"], measured["models"], grey["models"], strict=True):
        assert trained["label"] == evaluated["label"] == "Bernoulli, dynamic binarisation"
        assert other["label"] == "cross-entropy on grey levels (no likelihood)"
        # All 30 held-out images both times, with different posterior samples.
        near = 4 * trained["held_out_error"]["reconstruction"]
        assert trained["held_out"]["reconstruction"] == pytest.approx(evaluated["reconstruction"], abs=near)
    shown = tmp_path / "shown"
    assert main([*arguments[:-1], str(shown)]) == 0
    assert "Bernoulli, dynamic binarisation" in capsys.readouterr().out


def test_what_was_applied_last_is_reported(tmp_path, capsys):
    schedule = ["--epochs", "2", "--final-epochs", "1", "--final-rate", "0.25", "--warm-up", "20", "--beta", "4"]
    run = tmp_path / "run"
    found = _json(capsys, "train", *SMALL, *schedule, "--out", str(run))
    assert found["learning_rate"] == pytest.approx(2.5e-4)
    assert found["beta"] == pytest.approx(4 * 11 / 20)
    history = read_description(run).history
    assert [report.applied.learning_rate for report in history] == pytest.approx([1e-3] * 6 + [2.5e-4] * 6)
    assert main(["train", "--resume", str(run), "--epochs", "3"]) == 0
    captured = capsys.readouterr()
    assert (
        "goes on at the learning rate of its last epochs, 0.00025: 0.25 times the 0.001 that is set"
        in captured.err
    )
    assert "learning rate 0.00025 as applied last" in captured.out


def test_most_is_a_random_choice_of_rows_in_sorted_order(tmp_path, capsys):
    """Held-out images sorted by kind: the first rows would all be of one kind."""
    data = tmp_path / "sorted.npz"
    kinds = np.repeat(np.array([0, 255], np.uint8), 100)[:, None, None] * np.ones((8, 8), np.uint8)
    np.savez(data, x_train=kinds, x_test=kinds)
    run = tmp_path / "run"
    assert (
        main(["train", "--model", "ae", "--data", str(data), *SMALL[2:], "--epochs", "1", "--out", str(run)]) == 0
    )
    whole = _json(capsys, "evaluate", str(run))
    parts = [_json(capsys, "evaluate", str(run), "--most", "40", "--seed", str(seed)) for seed in range(3)]
    assert len({part["reconstruction"] for part in parts}) == 3
    for part in parts:
        assert part["images"] == 40
        assert part["reconstruction_error"] > 0
        assert abs(part["reconstruction"] - whole["reconstruction"]) < 5 * part["reconstruction_error"]
    assert whole["label"] == "Bernoulli, binary images"
    assert whole["binarise"] == "binary"


def test_elbo_bound_and_gap_are_of_one_evaluation(tmp_path, capsys):
    run = tmp_path / "run"
    assert main(["train", "--model", "vae", *SMALL, "--latent", "3", "--epochs", "3", "--out", str(run)]) == 0
    found = _json(capsys, "evaluate", str(run), "--iwae", "20")
    assert found["gap"] == pytest.approx(found["iwae"] - found["elbo"], abs=1e-6)
    assert found["gap"] >= 0
    assert found["gap_error"] < found["iwae_error"] / 2
    assert found["elbo"] == pytest.approx(-found["total"], abs=4 * found["elbo_error"])
    assert main(["evaluate", str(run), "--iwae", "20"]) == 0
    shown = capsys.readouterr().out
    assert "IWAE, K = 20" in shown
    assert "IWAE − ELBO" in shown


def test_of_one_image_errors_and_active_units_are_not_available(tmp_path, capsys):
    run = tmp_path / "run"
    assert main(["train", *SMALL, "--epochs", "1", "--out", str(run)]) == 0
    found = _json(capsys, "evaluate", str(run), "--most", "1", "--iwae", "4")
    for one in found["models"]:
        assert one["active_units"] is one["effective_rank"] is one["reconstruction_error"] is None
    assert found["models"][1]["gap_error"] is None
    assert main(["evaluate", str(run), "--most", "1"]) == 0
    shown = capsys.readouterr().out
    assert "± n/a" in shown
    assert "active units n/a" in shown


def test_an_autoencoder_has_an_effective_rank_and_no_active_units(tmp_path, capsys):
    run = tmp_path / "run"
    found = _json(capsys, "train", "--model", "ae", *SMALL, "--latent", "4", "--epochs", "2", "--out", str(run))
    assert found["models"][0]["active_units"] is None
    measured = _json(capsys, "evaluate", str(run))
    assert measured["active_units"] is None
    assert measured["effective_rank"] == pytest.approx(found["models"][0]["effective_rank"], rel=1e-4)
    assert 1 <= measured["effective_rank"] <= 4
    assert measured["elbo"] is None
    assert measured["total"] == measured["reconstruction"]


def test_a_learned_variance_is_the_runs_own(tmp_path, capsys):
    run = tmp_path / "run"
    learned = ["--likelihood", "gaussian-learned", "--model", "vae"]
    found = _json(capsys, "train", *SMALL, *learned, "--epochs", "2", "--out", str(run))
    measured = _json(capsys, "evaluate", str(run))
    assert measured["variance"] == found["models"][0]["variance"]
    assert measured["remarks"] == []
    assert f"learned σ² = {measured['variance']:.3g}" in measured["label"]
    # On other images the run's own σ² is used.
    other = _json(capsys, "evaluate", str(run), "--which", "train")
    assert other["variance"] == measured["variance"]


def test_a_former_checkpoint_fits_it_to_its_training_images_and_says_so(tmp_path, capsys):
    place = tmp_path / "former"
    shutil.copytree(FORMER, place)
    found = _json(capsys, "evaluate", str(place))
    assert len(found["remarks"]) == 2
    assert all("fitted to the run's training images" in remark for remark in found["remarks"])
    variances = [one["variance"] for one in found["models"]]
    # Resuming for zero steps stores it.
    description = read_description(place)
    assert "variances" not in description.numbers
    assert main(["train", "--resume", str(place), "--epochs", "3", "--out", str(tmp_path / "on")]) == 0
    capsys.readouterr()
    on = _json(capsys, "evaluate", str(tmp_path / "on"))
    assert on["remarks"] == []
    assert all(one["variance"] < before for one, before in zip(on["models"], variances, strict=True))


def test_without_its_training_images_a_former_checkpoint_has_no_likelihood(tmp_path, capsys):
    place = tmp_path / "former"
    shutil.copytree(FORMER, place)
    found = _json(capsys, "evaluate", str(place), "--data", "digits", "--count", "100", "--which", "all")
    for one in found["models"]:
        assert one["reconstruction"] is one["total"] is one["elbo"] is one["variance"] is None
        assert one["mse"] > 0
    assert all("leave --data out" in remark for remark in found["remarks"])
    assert json.dumps(found)


def test_several_models_of_a_family_are_distinguished_and_one_that_is_stopped_says_so(tmp_path, capsys):
    run = str(tmp_path / "run")
    # One whose loss is infinite from the first step on.
    models = ("vae:beta=4", "vae:likelihood=gaussian,variance=1e-39", "vae:beta=2,latent=3")
    arguments = ["train", *SMALL, "--epochs", "1", "--out", run]
    for model in models:
        arguments += ["--model", model]
    found = _json(capsys, *arguments)
    assert [one["rests_since"] for one in found["models"]] == [None, 0, None]
    assert found["models"][1]["held_out"]["total"] is None  # infinite, which JSON does not have
    assert found["beta"] is None  # each has its own
    names = [one["name"] for one in found["models"]]
    assert len(set(names)) == 3
    measured = _json(capsys, "evaluate", run)
    assert [(one["name"], one["rests_since"]) for one in measured["models"]] == list(
        zip(names, (None, 0, None), strict=True)
    )
    for command in (["evaluate", run], ["train", "--resume", run, "--epochs", "2"]):
        assert main(command) == 0
        reported = capsys.readouterr().out
        assert all(f"\n{name} (" in reported for name in names)
        assert reported.count(", as it was at step 0") == 1
        assert "; β" not in reported


def test_beta_is_reported_for_runs_whose_models_share_one(tmp_path, capsys):
    assert main(["train", *SMALL, "--epochs", "1", "--model", "ae"]) == 0
    assert "; learning rate 0.001 as applied last" in capsys.readouterr().out
    assert main(["train", *SMALL, "--epochs", "1", "--model", "ae", "--model", "vae:beta=3"]) == 0
    assert "; β 3, learning rate 0.001 as applied last" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["evaluate"], ["sample", "--measure"], ["report", "--out", "{place}/report.md"]]
)
def test_torch_waits_for_no_other_thread_while_it_measures(arguments, tmp_path, monkeypatch):
    torch = pytest.importorskip("torch")
    command, *options = (argument.format(place=tmp_path) for argument in arguments)
    seen = []

    def measured(group, subject, monitor):
        seen.append(torch.get_num_threads())
        return ()

    monkeypatch.setattr(f"trainer.commands.{command}.measured", measured)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        assert main([command, str(FORMER), "--most", "20", *options]) == 0
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
    assert set(seen) == {1}
