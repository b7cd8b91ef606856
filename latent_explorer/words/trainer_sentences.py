"""The trainer's sentences in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from trainer.sentences import Sentence


def shown_sentence(said: Sentence | str | None) -> str:
    """`said` as the window shows it: a sentence's templates translated; the window's own text is as it should be.

    "" for None. From any thread.
    """
    return said.text(translated) if isinstance(said, Sentence) else said or ""


def says_step(name: str, step: int) -> bool:
    """Whether the `name` of a kept model says at which step it was kept; see `model_names`."""
    return shown_sentence(Sentence("step {step:,}", step=step)) in name


def translated(english: str) -> str:
    """A template of the trainer's in the window's language."""
    return QCoreApplication.translate("trainer", english)
