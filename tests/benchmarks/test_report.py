from __future__ import annotations

import json

import pytest

from tests.benchmarks import __main__ as entry
from tests.benchmarks.pointer import CASES, pointer_options
from tests.benchmarks.report import emit, summarise


def test_percentiles_are_times_that_occurred():
    samples = list(range(1, 101))
    assert summarise(samples[::-1]) == {"p50_ms": 50.0, "p95_ms": 95.0, "p99_ms": 99.0}
    assert summarise([7]) == {"p50_ms": 7.0, "p95_ms": 7.0, "p99_ms": 7.0}
    with pytest.raises(ValueError, match="at least one sample"):
        summarise([])


def test_json_is_keyed_by_case_then_figure(capsys):
    cases = {"idle": {"p50_ms": 1.25, "met": True}, "training": {"device": "cpu"}}
    emit("Drag", cases, as_json=True)
    assert json.loads(capsys.readouterr().out) == cases


def test_the_table_names_everything(capsys):
    emit("Drag", {"idle": {"p50_ms": 1.25, "rate": 27000.0, "met": False, "none": 0.0}}, as_json=False)
    shown = capsys.readouterr().out
    assert all(part in shown for part in ("Drag", "idle", "p50_ms", "1.25", "27,000", "no"))


def test_unknown_benchmarks_get_a_sentence(capsys, monkeypatch):
    assert entry.main(["fly"]) == 2
    assert "no benchmark called 'fly'" in capsys.readouterr().err
    assert entry.main([]) == 2
    assert entry.main(["--help"]) == 0
    monkeypatch.setitem(entry.BENCHMARKS, "absent", "nothing")
    assert entry.main(["absent"]) == 2
    assert "tests.benchmarks.absent is missing" in capsys.readouterr().err


def test_operations_of_a_step_are_counted_by_hand():
    from tests.benchmarks.train import step_flops
    from trainer.config import ModelConfig

    # Forward and weights: every product; inputs' gradients: all but those of the pixels.
    forward = 784 * 400 + 2 * 400 * 20 + 20 * 400 + 400 * 784
    model = ModelConfig(family="variational", widths=(400,), latent=20)
    assert step_flops(model) == 2 * (3 * forward - 784 * 400)


def test_the_pointer_s_cases_are_chosen_by_name(capsys):
    options = pointer_options("hover", "").parse_args(["--only", "training", "--quick"])
    assert options.only == ("training",)
    assert pointer_options("drag", "").parse_args([]).only == CASES
    with pytest.raises(SystemExit):
        pointer_options("drag", "").parse_args(["--only", "idle,trainign"])
    assert "cases are idle and training, not idle,trainign" in capsys.readouterr().err
