"""`python -m trainer`: complete workflows, exit codes, one-line errors."""

import csv
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.families import registered
from tests.trainer.models.test_toy_family import ToyFamily
from trainer.card import Option
from trainer.commands import train
from trainer.commands.main import main
from trainer.commands.sample import sheet
from trainer.data.split import shuffled
from trainer.models.family import register, unregister
from trainer.training.checkpoint import read_codes, read_description, read_weights

SMALL = ["--count", "300", "--widths", "16", "--batch", "50", "--threads", "1", "--device", "cpu"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A pair trained for two epochs on some digits."""
    out = tmp_path_factory.mktemp("cli") / "pair"
    assert main(["train", "--data", "digits", *SMALL, "--epochs", "2", "--out", str(out)]) == 0
    return out


def _json(capsys, *arguments):
    capsys.readouterr()
    assert main([*arguments, "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    return json.loads(line)


def _error(capsys, *arguments):
    """Exit code and the last line on standard error, after any progress lines."""
    capsys.readouterr()
    code = main(list(arguments))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    lines = captured.err.splitlines()
    assert lines
    return code, lines


def test_train_evaluate_encode_sample(tmp_path, capsys):
    """The README's workflow with a single model."""
    run = tmp_path / "vae"
    found = _json(
        capsys, "train", "--model", "vae", "--data", "digits", *SMALL, "--latent", "3", "--beta", "0.5",
        "--epochs", "3", "--out", str(run),
    )  # fmt: skip
    assert found["step"] == 3 * 6
    assert found["epoch"] == 3
    assert found["models"][0]["family"] == "variational"
    description = read_description(run)
    assert description.knobs.beta == 0.5
    assert description.config.models[0].widths == (16,)
    assert len(description.history) == 18
    assert description.evaluations

    measured = _json(capsys, "evaluate", str(run))
    assert measured["images"] == 30
    assert measured["elbo"] == pytest.approx(-measured["reconstruction"] - measured["kl"])
    assert measured["kl"] == pytest.approx(sum(measured["kl_per_dimension"]), rel=1e-5)
    assert 0 <= measured["active_units"] <= 3
    assert measured["models"][0]["reconstruction"] == measured["reconstruction"]

    out = tmp_path / "codes.npz"
    assert _json(capsys, "encode", str(run), "--out", str(out))["images"] == 300
    with np.load(out) as arrays:
        assert arrays["codes_1"].shape == arrays["log_variance_1"].shape == (300, 3)
        np.testing.assert_allclose(arrays["codes_1"], read_codes(run).codes[0], atol=1e-5)
        assert arrays["label_names"].tolist() == [str(digit) for digit in range(10)]
        assert len(arrays["labels"]) == 300

    picture = tmp_path / "sheet.png"
    sampled = _json(capsys, "sample", str(run), "-n", "10", "--out", str(picture))
    assert sampled["models"][0]["prior"] is True
    with Image.open(picture) as image:
        assert image.size == (4 * 8 * 2, 3 * 8 * 2)


def test_samples_are_measured_beside_held_out_images(pair, tmp_path, capsys):
    found = _json(capsys, "sample", str(pair), "--measure", "--most", "20")
    assert found["out"] is None
    for one in found["models"]:
        figures = {figure["measure"]: figure for figure in one["figures"]}
        assert 0 <= figures["prior_coverage"]["value"] <= 1
        assert "20 held-out images" in figures["prior_coverage"]["conditions"]
        assert "Below 200 pictures" in figures["prior_fd"]["reason"]
    out = tmp_path / "s.png"
    found = _json(capsys, "sample", str(pair), "--measure", "--out", str(out), "-n", "4")
    assert out.exists()
    assert found["models"][0]["prior"] is False
    assert found["models"][1]["figures"][0]["group"] == "samples"
    assert main(["sample", str(pair), "--measure"]) == 0
    assert "Coverage, reconstructions" in capsys.readouterr().out
    for wrong in (["sample", str(pair)], ["sample", str(pair), "--out", str(out), "--most", "5"]):
        assert main(wrong) == 2
        assert "--measure" in capsys.readouterr().err


def test_a_pair_is_measured_and_drawn_side_by_side(pair, tmp_path, capsys):
    measured = _json(capsys, "evaluate", str(pair), "--which", "all", "--iwae", "5", "--most", "50")
    assert [one["family"] for one in measured["models"]] == ["autoencoder", "variational"]
    assert measured["models"][0]["elbo"] is None
    assert measured["models"][1]["iwae"] >= measured["models"][1]["elbo"] - 1
    assert "reconstruction" not in measured
    main(["sample", str(pair), "-n", "4", "--zoom", "1", "--out", str(tmp_path / "s.png")])
    said = capsys.readouterr().out
    assert "Autoencoder: it has no prior: N(0, I) is not part of this model" in said
    with Image.open(tmp_path / "s.png") as image:
        assert image.size == (16 + 4 + 16, 16)
    assert main(["evaluate", str(pair)]) == 0
    assert "cross-entropy" in capsys.readouterr().out


def test_a_table_of_codes_has_the_factors_of_a_csv_beside_the_images(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    made = np.random.default_rng(0).integers(0, 256, (12, 8, 8), dtype=np.uint8)
    lines = ["file,label,Größe,angle"]
    for number, picture in enumerate(made):
        Image.fromarray(picture).save(folder / f"{number}.png")
        lines.append(f"{number}.png,{'ab'[number % 2]},{number / 3:.6f},{'' if number == 5 else 10 * number}")
    (folder / "labels.csv").write_text("\n".join(lines), encoding="utf-8")
    run, out = tmp_path / "run", tmp_path / "codes.csv"
    images = ["--data", str(folder), "--labels", "labels.csv", "--size", "8", "--batch", "4"]
    assert main(["train", *images, "--widths", "8", "--epochs", "1", "--device", "cpu", "--out", str(run)]) == 0
    assert main(["encode", str(run), "--out", str(out)]) == 0
    with out.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:6] == ["row", "file", "label", "split", "factor_Größe", "factor_angle"]
    assert len(rows) == 12
    for row in rows:
        number = int(row["file"].removesuffix(".png"))
        assert np.float32(row["factor_Größe"]) == np.float32(f"{number / 3:.6f}")
        assert row["factor_angle"] == ("" if number == 5 else str(10 * number))
        assert row["label"] == "ab"[number % 2]


def test_codes_as_a_table(pair, tmp_path):
    out = tmp_path / "codes.csv"
    assert main(["encode", str(pair), "--which", "held-out", "--out", str(out)]) == 0
    with out.open(newline="", encoding="utf-8-sig") as file:
        table = list(csv.reader(file))
    assert table[0] == [
        "row", "label", "split", "m1_z1", "m1_z2", "m1_reconstruction", "m2_z1", "m2_z2", "m2_sigma1", "m2_sigma2",
        "m2_reconstruction", "m2_kl",
    ]  # fmt: skip
    assert {row[2] for row in table[1:]} == {"held-out"}
    settings = json.loads((tmp_path / "codes.csv.settings.json").read_text(encoding="utf-8"))
    assert settings["Latent Explorer"]["images"] == "held-out"
    kept = read_codes(pair)
    assert len(table) == 1 + 30
    row = 270  # the first held-out row
    assert int(table[1][0]) == shuffled(1797, 0)[row]
    assert table[1][1] == str(kept.labels[row])
    np.testing.assert_allclose([float(value) for value in table[1][3:5]], kept.codes[0][row], atol=1e-5)


def test_resuming_gives_what_going_on_would_have_given(tmp_path, capsys):
    arguments = ["train", "--model", "vae", *SMALL, "--noise", "0.1", "--binarise", "dynamic"]
    straight, halves = tmp_path / "straight", tmp_path / "halves"
    assert main([*arguments, "--epochs", "3", "--out", str(straight)]) == 0
    assert main([*arguments, "--epochs", "1", "--out", str(halves)]) == 0
    assert _json(capsys, "train", "--resume", str(halves), "--epochs", "3")["epoch"] == 3
    (one,), (other,) = read_weights(straight), read_weights(halves)
    for name, array in one.weights.items():
        np.testing.assert_array_equal(array, other.weights[name])
    assert [report.step for report in read_description(halves).history] == list(range(1, 19))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_kept_and_continues(tmp_path, capsys, monkeypatch, number):
    from trainer.commands.run_loop import RunLoop

    real = RunLoop._note

    def interrupting(self, report):
        real(self, report)
        if report.step == 8:
            signal.raise_signal(number)

    monkeypatch.setattr(RunLoop, "_note", interrupting)
    out = tmp_path / "run"
    former = signal.getsignal(number)
    code, lines = _error(capsys, "train", "--model", "ae", *SMALL, "--epochs", "50", "--out", str(out))
    assert code == 128 + number
    assert f"Stopped at step 8; go on with --resume {out}" in lines[-1]
    assert signal.getsignal(number) is former
    assert read_description(out).step == 8
    monkeypatch.undo()
    assert _json(capsys, "train", "--resume", str(out), "--epochs", "2")["step"] == 12


@pytest.mark.parametrize("place", ["evaluate", "map_report"])
def test_ctrl_c_at_the_very_end_costs_nothing(tmp_path, capsys, monkeypatch, place):
    from trainer.training.engine import Trainer

    real = getattr(Trainer, place)

    def interrupting(self, *arguments):
        os.kill(os.getpid(), signal.SIGINT)
        return real(self, *arguments)

    monkeypatch.setattr(Trainer, place, interrupting)
    out = tmp_path / "run"
    arguments = ["train", "--data", "digits", "--model", "ae", *SMALL, "--epochs", "1", "--out", str(out)]
    found = _json(capsys, *arguments)
    assert found["epoch"] == 1
    assert read_description(out).step == found["step"]
    assert read_codes(out) is not None


def test_a_run_that_diverges_says_so_and_keeps_the_last_good_weights(tmp_path, capsys, monkeypatch):
    from trainer.commands.run_loop import RunLoop

    real = RunLoop._note

    def poisoning(self, report):
        real(self, report)
        if report.step == 8:
            self._trainer.members[0].model.mean.bias.data.fill_(float("nan"))

    monkeypatch.setattr(RunLoop, "_note", poisoning)
    out = tmp_path / "run"
    code, lines = _error(capsys, "train", "--model", "vae", *SMALL, "--epochs", "5", "--out", str(out))
    assert code == 1
    assert "lower the learning rate" in lines[-1]
    for array in read_weights(out)[0].weights.values():
        assert np.isfinite(array).all()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "COMMAND"),
        (["fly"], "fly"),
        (["train", "--latent", "many"], "--latent"),
        (["train", "--latent", "0"], "Latent size"),
        (["train", "--beta", "-1"], "β must be"),
        (["train", "--beta", "nan"], "β must be"),
        (["train", "--model", "ae", "--beta", "3"], "None of these models has the option --beta"),
        (["train", "--epochs", "0"], "epoch"),
        (["train", "--data", "nowhere"], "nowhere"),
        (["train", "--network", "transformer"], "transformer"),
        (["train", "--widths", "a,b"], "Widths"),
        (["train", "--network", "conv", "--data", "digits"], "use an MLP"),
        (["train", "--model", "gan"], "gan"),
        (["train", "--model", ""], "no model family called ''"),
        (["train", "--model", "vae:"], "such as beta=4,latent=8"),
        (["train", "--model", "vae:beta"], "such as beta=4,latent=8"),
        (["train", "--model", "vae:beta=1,beta=2"], "'beta' is given twice"),
        (["train", "--model", "vae:some-thing=1,some_thing=2"], "'some_thing' is given twice"),
        (["train", "--model", "vae:beta=inf"], "β must be"),
        (["train", "--model", "vae:latent=" + "9" * 5000], "is not a whole number"),
        (["train", "--model", "vae:latent=1e3"], "latent: '1e3' is not a whole number"),
        (["train", "--model", "vae:variance=x"], "variance: 'x' is not a number"),
        (["train", "--model", "vae:beta=x"], "beta: 'x' is not a number"),
        (["train", "--model", "ae:beta=2"], "Autoencoder has no setting 'beta'"),
        (["train", "--model", "vae:epochs=2"], "has no setting 'epochs'"),
        (["train", "--model", "vae:likelihood=poisson"], "Likelihood must be one of"),
        (["train", "--widths", "9" * 5000], "Widths are numbers with commas"),
        (["train", "--latent", "9" * 5000], "--latent"),
        (["train", "--seed", "9" * 30], "Seed is far too large a number"),
        (["train", "--warm-up", "9" * 30], "Warm up is far too large a number"),
        (["train", "--data-seed", "9" * 30], "Seed is far too large a number"),
        (["train", "--out", ""], "--out: a folder has a name"),
        (["train", "--resume", ""], "--resume: a folder has a name"),
        (["evaluate", "nowhere", "--iwae", "9" * 30], "--iwae must be at most 100,000"),
        (["evaluate", "nowhere", "--seed", "9" * 30], "--seed is far too large a number"),
        (["train", *["--model", "pair"] * 4, "--model", "ae"], "between one and eight models, not 9"),
        (["evaluate", "nowhere", "--size", "28"], "nowhere"),
        (["train", "--size", "4"], "Image size"),
        (["train", "--save-every", "0"], "--save-every"),
        (["train", "--resume", "nowhere"], "nowhere does not exist"),
        (["train", "--resume", "nowhere", "--latent", "3"], "--latent cannot be changed"),
        (["evaluate", "nowhere"], "nowhere does not exist"),
        (["evaluate"], "DIR"),
        (["encode", "nowhere", "--out", "codes.txt"], ".npz or .csv"),
        (["sample", "nowhere", "--out", "sheet.jpg"], ".png"),
        (["sample", "nowhere", "--out", "sheet.png", "-n", "0"], "number of pictures"),
        (["list", "animals"], "animals"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(arguments, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, (line,) = _error(capsys, *arguments)
    assert code == 2
    assert words in line
    assert len(line) < 500
    assert list(tmp_path.iterdir()) == []


def test_values_of_knobs_are_refused_by_the_knobs_own_sign_and_limits(capsys):
    registered("chosen")
    try:
        for arguments in (["chosen:gamma=inf"], ["chosen:gamma=11"], ["chosen", "--model", "chosen:gamma=nan"]):
            code, (line,) = _error(capsys, "train", "--model", *arguments)
            assert (code, line) == (2, "train: γ must be between 0 and 10.")
        code, (line,) = _error(capsys, "train", "--model", "chosen", "--gamma", "nan")
        assert (code, line) == (2, "train: γ must be between 0 and 10.")
    finally:
        unregister("chosen")


def test_a_models_own_network_does_not_take_the_widths_of_all():
    models, _ = train._models(
        {"model": ["ae", "vae:network=mlp-400", "vae:network=mlp"], "widths": "8"}, (1, 28, 28)
    )
    assert [model.widths for model in models] == [(8,), (400,), (8,)]


def test_a_run_is_not_overwritten_by_accident(pair, tmp_path, capsys):
    code, (line,) = _error(capsys, "train", *SMALL, "--data", "digits", "--out", str(pair))
    assert code == 2
    assert "already holds a run" in line
    (tmp_path / "file").write_text("x")
    code, (line,) = _error(capsys, "train", "--out", str(tmp_path / "file" / "run"))
    assert code == 2
    assert "is a file" in line
    code, (line,) = _error(capsys, "train", "--resume", str(pair))
    assert code == 2
    assert "has done its 2 epochs" in line


def test_a_run_continues_from_anywhere_and_with_images_that_moved(tmp_path, capsys, monkeypatch):
    images = np.random.default_rng(0).integers(0, 256, (40, 8, 8), dtype=np.uint8)
    np.save(tmp_path / "images.npy", images)
    monkeypatch.chdir(tmp_path)
    small = ["--widths", "8", "--batch", "20", "--threads", "1", "--device", "cpu"]
    assert main(["train", "--data", "images.npy", *small, "--epochs", "1", "--out", "run"]) == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert _json(capsys, "train", "--resume", "../run", "--epochs", "2")["epoch"] == 2
    (tmp_path / "images.npy").rename(tmp_path / "moved.npy")
    code, lines = _error(capsys, "train", "--resume", "../run", "--epochs", "3")
    assert code == 2
    assert "images.npy" in lines[-1]
    assert _json(capsys, "train", "--resume", "../run", "--epochs", "3", "--data", "../moved.npy")["epoch"] == 3
    np.save(tmp_path / "moved.npy", images[::-1])
    code, lines = _error(capsys, "train", "--resume", "../run", "--epochs", "4")
    assert code == 2
    assert "are not those" in lines[-1]


def test_other_images_are_refused(pair, tmp_path, capsys):
    np.save(tmp_path / "images.npy", np.zeros((20, 12, 12), np.uint8))
    code, lines = _error(capsys, "evaluate", str(pair), "--data", str(tmp_path / "images.npy"))
    assert code == 2
    assert "12 x 12 grey and the models take 8 x 8 grey" in lines[-1]
    # Another data set by name, which is no other place of the run's own.
    for other in ("moons", str(tmp_path / "images.npy")):
        code, (line,) = _error(capsys, "train", "--resume", str(pair), "--epochs", "3", "--data", other)
        assert code == 2
        assert f"The images of {other} are not those that the run in {pair} was trained on" in line


def test_a_target_that_cannot_be_written_is_a_failure(pair, tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    for command in (["encode", "--out", "c.npz"], ["sample", "--out", "s.png"]):
        name, option, file = command
        code, lines = _error(capsys, name, str(pair), option, str(tmp_path / "file" / file))
        assert code == 1
        assert "could not be written" in lines[-1]


def test_a_fault_of_the_program_is_one_line_too(capsys, monkeypatch):
    from trainer.commands import listing

    def broken(options, console):
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr(listing, "run", broken)
    code, (line,) = _error(capsys, "list")
    assert code == 1
    assert "ZeroDivisionError: two lines" in line
    assert main(["list", "--traceback"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_list_names_what_can_be_chosen(capsys, tmp_path):
    found = _json(capsys, "list", "--data-folder", str(tmp_path))
    assert {"digits", "moons", "mnist"} <= {one["name"] for one in found["data"]}
    assert {"autoencoder", "variational"} <= {one["name"] for one in found["families"]}
    assert found["networks"][0]["name"] == "MLP 512-256"
    assert main(["list", "networks"]) == 0
    assert "Conv 32-64" in capsys.readouterr().out


def test_a_family_of_any_words_and_ranges_is_listed_and_helped_with(capsys):
    rate = Option(name="rate", title="Rate", kind="number", default=0.5, help="Share of 50 % or more.")
    family = ToyFamily()
    family.card = replace(ToyFamily.card, name="listed", options=(rate,))
    register(family)
    try:
        found = _json(capsys, "list", "families")
        assert {one["name"]: one for one in found["families"]}["listed"]["options"][0]["most"] is None
        assert main(["train", "--help"]) == 0
        assert "Share of 50 % or more. (0.5)" in capsys.readouterr().out
    finally:
        unregister("listed")


def test_a_sheet_beyond_the_memory_is_refused_before_it_is_decoded(pair, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("trainer.commands.sample.free_memory", lambda: 1_000_000)
    out = tmp_path / "sheet.png"
    assert main(["sample", str(pair), "--out", str(out), "-n", "1000", "--zoom", "1"]) == 0
    out.unlink()
    code, (line,) = _error(capsys, "sample", str(pair), "--out", str(out), "-n", "1000")
    assert code == 2
    assert "This sheet needs about 2.0 MB of memory and only 900 kB are free" in line
    assert not out.exists()


def test_the_sheet_is_a_grid():
    pictures = np.arange(5, dtype=np.uint8).reshape(5, 1, 1, 1).repeat(2, axis=1)
    assert sheet(pictures)[:, :, 0].tolist() == [[0, 1, 2], [0, 1, 2], [3, 4, 0], [3, 4, 0]]


def test_help_and_a_wrong_path_need_no_torch(tmp_path):
    code = (
        "import sys; from trainer.commands.main import main;"
        "assert main(['--help']) == 0; assert main(['train', '--help']) == 0;"
        "assert main(['evaluate', sys.argv[1]]) == 2; assert main(['train', '--latent', '0']) == 2;"
        "assert main(['list', 'data']) == 0; assert 'torch' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "nowhere")], check=True, timeout=300, capture_output=True
    )


def test_the_module_runs():
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "list", "networks"], capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"MLP 400" in done.stdout


def test_a_folder_of_photographs(tmp_path, capsys):
    folder = os.environ.get("LATENT_EXPLORER_DATA")
    photographs = Path(folder or "") / "photographs"
    if not folder or not photographs.is_dir():
        pytest.skip("LATENT_EXPLORER_DATA names no folder with photographs")
    out = tmp_path / "run"
    found = _json(
        capsys, "train", "--data", str(photographs), "--size", "28", "--count", "60", "--network", "Conv 16-32",
        "--batch", "20", "--threads", "1", "--device", "cpu", "--epochs", "1", "--out", str(out),
    )  # fmt: skip
    assert found["models"][0]["summary"] == "Conv 28² · 16-32 · 2"
    assert _json(capsys, "evaluate", str(out))["models"][1]["kl"] >= 0
