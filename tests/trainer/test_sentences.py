"""Sentences carry a template and values, to any language and to another process."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from trainer.data.images import DataError
from trainer.reports import NonFiniteLossError
from trainer.sentences import RefusedFileError, Sentence, SentenceError, reason_of, sentence_for

GERMAN = {
    "{path} holds {count:,} arrays.": "{count} Felder in {path}.",
    "{path} cannot be used: {reason}": "{path} ist unbrauchbar: {reason}",
    "it is a pipe, not a file": "es ist eine Pipe",
}


def german(english: str) -> str:
    return GERMAN.get(english, english)


def test_a_sentence_is_english_or_what_a_translation_makes_of_it() -> None:
    sentence = Sentence("{path} holds {count:,} arrays.", path=Path("a.npz"), count=np.int64(1200))
    assert str(sentence) == "a.npz holds 1,200 arrays."
    assert sentence.text(german) == "1200 Felder in a.npz."


def test_sentences_and_errors_within_sentences_are_translated() -> None:
    inner = DataError("it is a pipe, not a file")
    for reason in (inner, inner.sentence, RefusedFileError(22, inner.sentence, "p")):
        outer = Sentence("{path} cannot be used: {reason}", path="p", reason=reason)
        assert str(outer) == "p cannot be used: it is a pipe, not a file"
        assert outer.text(german) == "p ist unbrauchbar: es ist eine Pipe"


def test_values_stay_as_they_are_and_the_text_on_one_line() -> None:
    sentence = Sentence("{path} holds {count:,} arrays.", path="{x}\n\u202e", count=1)
    assert str(sentence) == r"{x}\n\u202e holds 1 arrays."


@pytest.mark.parametrize(
    "error",
    [
        ImportError("libcublas.so.12: failed to map segment", name="_C", path="/lib/torch/_C.so"),
        ImportError("`torch` can only be initialized once per process"),
        ModuleNotFoundError("No module named 'torch'", name="torch"),
        OSError("/lib/torch/lib/libtorch_global_deps.so: cannot open shared object file"),
    ],
)
def test_torch_that_cannot_be_loaded_is_one_sentence(error: Exception) -> None:
    said = str(sentence_for(error))
    assert said.startswith(f"torch, which trains and decodes, could not be loaded ({error}); allow")


def test_other_modules_and_files_are_not_taken_for_torch() -> None:
    assert sentence_for(ImportError("No module named 'yaml'", name="yaml")) is None
    assert "could not be used" in str(sentence_for(FileNotFoundError(2, "No such file", "/home/torch/x.npz")))


def test_equal_ones_say_the_same() -> None:
    one, same = (Sentence("{path} is cut short.", path=path) for path in ("a", Path("a")))
    assert one == same
    assert hash(one) == hash(same)
    assert one != Sentence("{path} is cut short.", path="b")


@pytest.mark.parametrize(
    "error",
    [
        DataError("{path} holds {count:,} arrays.", path="{}", count=3),
        NonFiniteLossError(3, 1, Sentence("The loss became {loss}.", loss=float("nan"))),
        SentenceError.of(Sentence("{a}", a=Sentence("b"))),
    ],
)
def test_errors_cross_to_another_process(error: SentenceError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert back.sentence.template == error.sentence.template


def test_the_reason_of_an_error() -> None:
    refused = RefusedFileError(22, Sentence("it is a pipe, not a file"), "p")
    assert reason_of(refused) == Sentence("it is a pipe, not a file")
    assert (refused.errno, refused.strerror, refused.filename) == (22, "it is a pipe, not a file", "p")
    assert reason_of(PermissionError(13, "Permission denied", "p")) == "Permission denied"
    assert reason_of(ValueError()) == "ValueError"
