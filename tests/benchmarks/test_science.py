from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping

import numpy as np
import pytest
import torch

from tests.benchmarks import science
from tests.benchmarks.targets import workplace
from tests.benchmarks.targets.all_targets import MODULES, target
from tests.benchmarks.targets.kept import Kept, KeptFigures
from tests.benchmarks.targets.table import Outcome, table
from tests.benchmarks.targets.target import Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs

STEPS = 6


def fake(run: Callable[[int, Workplace], Mapping[str, float | str]], **changes: object) -> Target:
    """A target with one rule for a number and one for a word."""
    rules = (Rule(figure="size", most=1), Rule(figure="shape", word="ring"))
    plain = {"key": "T3", "title": "toy", "protocol": "none", "rules": rules, "known": {"size": ".7 (a book)"}}
    return Target(**{**plain, "run": run, **changes})


def passing(seed: int, work: Workplace) -> dict[str, float | str]:
    return {"size": seed / 2, "shape": "ring", "beside": 12.5}


def used(monkeypatch: pytest.MonkeyPatch, one: Target) -> None:
    monkeypatch.setattr(science, "target", lambda key: one)


# ------------------------------------------------------------------ rules


@pytest.mark.parametrize(
    ("rule", "right", "wrong", "words"),
    [
        (Rule(figure="a", most=94.5), [94.5, -1, False], [94.6, math.nan, "94", math.inf], "≤ 94.5"),
        (Rule(figure="a", least=23, most=27), [23, 27], [22.9, 27.1], "23 to 27"),
        (Rule(figure="a", least=20, most=20), [20, 20.0], [19, 21], "= 20"),
        (Rule(figure="a", above=0, below=1 / 3), [0.1], [0, 1 / 3, math.nan], "> 0, < 0.3333"),
        (Rule(figure="a", word="ring"), ["ring"], ["disc", 1.0], "ring"),
    ],
)
def test_a_rule_holds_within_its_limits_alone(rule, right, wrong, words):
    assert str(rule) == words
    assert all(rule.holds({"a": value}) for value in right)
    assert not any(rule.holds({"a": value}) for value in wrong)
    assert not rule.holds({})


def test_two_of_three_seeds_must_pass_and_all_of_an_exact_law():
    usual, exact = fake(passing), fake(passing, exact=True)
    assert [usual.needed(seeds) for seeds in (1, 2, 3, 10)] == [1, 2, 2, 7]
    assert [exact.needed(seeds) for seeds in (1, 3, 10)] == [1, 3, 10]


@pytest.mark.parametrize(
    ("sizes", "exact", "passes", "words"),
    [
        ([0, 1, 2], False, True, "passes (2 of 3 seeds pass; two of three must)"),
        ([0, 2, 2], False, False, "MISSED (1 of 3 seeds pass; two of three must)"),
        ([2, 2, None], False, False, "MISSED (0 of 2 seeds pass; two of three must)"),
        ([0, 0, None], False, True, "passes (2 of 2 seeds pass; two of three must)"),
        ([0, 2, None], False, None, "open (1 of 2 seeds pass; two of three must)"),
        ([None, None, None], False, None, "open (nothing measured; two of three must)"),
        ([0, 0, 2], True, False, "MISSED (2 of 3 seeds pass; all seeds must)"),
        ([0, 0, None], True, None, "open (2 of 2 seeds pass; all seeds must)"),
    ],
)
def test_the_verdict_counts_seeds(sizes, exact, passes, words):
    seeds = {
        seed: None if size is None else Kept(figures={"size": size, "shape": "ring"}, cpu_seconds=1)
        for seed, size in enumerate(sizes)
    }
    outcome = Outcome(fake(passing, exact=exact), seeds)
    assert outcome.passes is passes
    assert outcome.verdict == words


# ------------------------------------------------------------------ figures that are kept


def test_what_was_measured_is_not_measured_again(tmp_path):
    measured = []

    def run(seed: int, work: Workplace) -> dict[str, float | str]:
        measured.append(seed)
        return passing(seed, work)

    kept, one = KeptFigures(tmp_path), fake(run)
    assert kept.read(one, 0) is None
    found = kept.measure(one, 0)
    assert found.figures == passing(0, Workplace(tmp_path))
    assert kept.read(one, 0) == found
    assert kept.read(one, 1) is None
    assert kept.read(fake(run, protocol="another"), 0) is None
    (file,) = (tmp_path / "figures").iterdir()
    file.write_text(file.read_text()[:-9])
    assert kept.read(one, 0) is None


def test_a_run_that_is_broken_off_continues_with_the_next_seed(tmp_path, monkeypatch, capsys):
    measured = []

    def run(seed: int, work: Workplace) -> dict[str, float | str]:
        measured.append(seed)
        if measured == [0, 1]:
            raise KeyboardInterrupt
        return passing(seed, work)

    used(monkeypatch, fake(run))
    command = ["--only", "t3", "--folder", str(tmp_path)]
    assert science.main(command) == 130
    assert "the same command goes on" in capsys.readouterr().err
    assert science.main([*command, "--table"]) == 1
    assert "open (1 of 1 seeds pass" in capsys.readouterr().out
    assert science.main(command) == 0
    assert measured == [0, 1, 1, 2]
    assert "passes (3 of 3 seeds pass" in capsys.readouterr().out


def test_a_target_that_is_missed_is_reported_with_its_figures(tmp_path, monkeypatch, capsys):
    used(monkeypatch, fake(lambda seed, work: {"size": 1 + seed, "shape": "disc"}))
    assert science.main(["--only", "T3", "--seeds", "1", "--folder", str(tmp_path), "--json"]) == 1
    printed = capsys.readouterr()
    assert "T3 seed 1 fails: size, shape" in printed.err
    found = json.loads(printed.out)["T3"]
    assert found["passes"] is False
    assert found["rules"] == {"size": "≤ 1", "shape": "ring"}
    assert found["known"] == {"size": ".7 (a book)"}
    assert found["seeds"]["1"]["figures"] == {"size": 2, "shape": "disc"}
    assert found["seeds"]["1"]["failed"] == ["size", "shape"]


def test_the_table_has_rules_seeds_and_what_is_known_beside_one_another():
    seeds = {0: Kept(figures={"size": 0.5, "shape": "ring", "beside": 12.5}, cpu_seconds=61.4), 7: None}
    seeds[2] = Kept(figures={"size": 1.25, "shape": "ring"}, cpu_seconds=3)
    title, protocol, *rows = table([Outcome(fake(passing), seeds)]).splitlines()
    assert title == "T3 toy: open (1 of 2 seeds pass; two of three must)"
    assert protocol.strip() == "none"
    assert [row.split() for row in rows] == [
        ["rule", "seed", "0", "seed", "7", "seed", "2", "known"],
        ["size", "≤", "1", "0.5", "-", "1.25", "✗", ".7", "(a", "book)"],
        ["shape", "ring", "ring", "-", "ring"],
        ["beside", "12.5", "-", "-"],
        ["processor", "seconds", "61", "-", "3"],
    ]


# ------------------------------------------------------------------ the command


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["--only", "T3,T11"], "there is no target 'T11'; there are T1, T2, T3"),
        (["--seeds", "0,one"], "seeds must be whole numbers"),
        (["--seeds", "-1"], "seeds must not be negative"),
    ],
)
def test_an_unusable_command_gets_a_sentence(command, words, capsys):
    with pytest.raises(SystemExit) as stopped:
        science.main([f"{command[0]}={command[1]}"])
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_missing_data_get_a_sentence(tmp_path, monkeypatch, capsys):
    from trainer.data.images import DataError

    def run(seed: int, work: Workplace) -> dict[str, float | str]:
        raise DataError("There is no MNIST.")

    used(monkeypatch, fake(run))
    assert science.main(["--only", "T3", "--folder", str(tmp_path)]) == 2
    assert "There is no MNIST." in capsys.readouterr().err


def test_every_target_has_rules_and_words():
    for key in MODULES:
        one = target(key)
        assert one.key == key
        assert one.protocol
        assert one.rules
        assert all(str(rule) for rule in one.rules)
        assert one.exact == (key in {"T1", "T2"})


# ------------------------------------------------------------------ trainings that continue


def toy() -> tuple[RunConfig, torch.Tensor]:
    """A VAE of twelve small images, whose every step draws noise."""
    images = torch.from_numpy(np.random.default_rng(0).random((12, 1, 4, 4), np.float32))
    model = ModelConfig(widths=(5,), latent=2, shape=(1, 4, 4))
    train = TrainConfig(batch=5, device="cpu", threads=1)
    return RunConfig(data=DataConfig(name="digits"), models=(model,), train=train), images


def falling(step: int) -> Knobs:
    return Knobs(learning_rate=0.1 / (1 + step))


def test_a_training_continues_where_it_was_killed_and_ends_the_same(tmp_path, monkeypatch):
    config, images = toy()
    whole = Workplace(tmp_path / "whole").trained("toy", config, images, falling, steps=STEPS)[0].state_dict()

    saves = []
    save = workplace.save

    def killed(*arguments: object, **named: object) -> object:
        saves.append(None)
        if len(saves) == 4:
            raise KeyboardInterrupt
        return save(*arguments, **named)

    monkeypatch.setattr(workplace, "SAVE_EVERY", 0.0)
    monkeypatch.setattr(workplace, "save", killed)
    said: list[str] = []
    broken = Workplace(tmp_path / "broken", said.append)
    with pytest.raises(KeyboardInterrupt):
        broken.trained("toy", config, images, falling, steps=STEPS)
    again = Workplace(tmp_path / "broken", said.append)
    (model,) = again.trained("toy", config, images, falling, steps=STEPS)
    assert said == ["training toy from step 0", "training toy from step 3"]
    assert len(saves) == 4 + STEPS - 3
    assert all(torch.equal(value, whole[name]) for name, value in model.state_dict().items())
    assert again.trained_seconds >= again.training_seconds > 0


def test_targets_share_a_training_of_the_same_settings_alone(tmp_path):
    config, images = toy()
    said: list[str] = []
    work = Workplace(tmp_path, said.append)
    (first,) = work.trained("toy", config, images, falling, steps=STEPS)
    spent = work.training_seconds
    (same,) = work.trained("toy", config, images, falling, steps=STEPS)
    assert len(said) == 1
    assert work.training_seconds == spent  # a training that is there takes none
    assert all(torch.equal(value, first.state_dict()[name]) for name, value in same.state_dict().items())
    work.trained("toy", config, images, falling, steps=STEPS + 1)
    work.trained("toy", config, images, Knobs(beta=2), steps=STEPS)
    work.trained("toy", config.replace(train=config.train.replace(seed=1)), images, falling, steps=STEPS)
    work.trained("toy", config, images * 0.5, falling, steps=STEPS)
    assert len(said) == 5


def test_the_naive_penalty_has_no_barrier_where_the_kl_has_one():
    from tests.families.naive import NaivePenalty
    from trainer.models.family import unregister
    from trainer.posteriors import GaussianPosterior
    from trainer.priors.gaussian import StandardNormal

    unregister("naive")  # other tests know the program's own families
    mean, spread = torch.tensor([[0.5, -1.0], [0.0, 2.0]]), torch.tensor([[1.0, 1e-6], [0.5, 2.0]])
    posterior, prior = GaussianPosterior(mean, 2 * spread.log()), StandardNormal(2)
    kl = prior.kl(posterior)
    penalty = NaivePenalty().penalty(kl, posterior, prior)
    assert penalty.item() == pytest.approx((0.25 + 1 + (1 - 1e-6) ** 2 + 0.25 + 4 + 1) / 2)
    assert kl.mean.item() > 2 * penalty.item()
