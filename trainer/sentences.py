"""Sentences for people: a literal English template and its values, so that any language can be put in its place.

What may reach a person is a `Sentence`, never finished text. The command line writes it in English with `str`; the
window looks the template up in its translations. Torch-free.
"""

from __future__ import annotations

import errno
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Integral, Real
from os import PathLike, fspath
from typing import Self

#: Of the invisible characters these two belong to ordinary words of several scripts.
_JOINERS = "\u200c\u200d"
#: Kinds of characters that break a line, move the cursor, turn the direction of writing or cannot be written.
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def one_line(text: str) -> str:
    """`text` with line breaks and every other control character as an escape, such as "\\n" or "\\u202e"."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(letter) if _hidden(letter) else letter for letter in text)


def _hidden(letter: str) -> bool:
    return unicodedata.category(letter) in _HIDDEN and letter not in _JOINERS


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape", "backslashreplace").decode("ascii")


@dataclass(frozen=True, slots=True, init=False)
class Sentence:
    """A sentence, or a part of one: `Sentence("{path} holds {count:,} arrays.", path=path, count=3)`.

    Equal ones say the same. Can be sent to another process.

    Attributes:
        template: English with named places; written out where it is used, so that a test finds it and asks for its
            translation. How numbers are written is the template's, and may be another in a translation.
        values: what goes into the places: text, numbers, and sentences, which are translated in their turn. An
            error that carries a sentence counts as it; anything else is taken as its text.
    """

    template: str
    values: tuple[tuple[str, str | int | float | Sentence], ...]

    def __init__(self, template: str, /, **values: object) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", tuple((name, _value(value)) for name, value in values.items()))

    def text(self, translate: Callable[[str], str] = str) -> str:
        """On one line, whatever its values hold. `translate` gives the template of another language."""
        values = {
            name: value.text(translate) if isinstance(value, Sentence) else value for name, value in self.values
        }
        return one_line(translate(self.template).format(**values))

    def __str__(self) -> str:
        return self.text()


def _value(value: object) -> str | int | float | Sentence:
    match value:
        case SentenceError() | RefusedFileError():
            return value.sentence
        case Sentence() | str():
            return value
        case Integral():
            return int(value)
        case Real():
            return float(value)
        case _:
            return str(value)


class SentenceError(ValueError):
    """An error that people are shown: `DataError("{path} holds no rows.", path=path)`.

    Attributes:
        sentence: what is wrong, and what to do.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.sentence = Sentence(template, **values)

    @classmethod
    def of(cls, sentence: Sentence) -> Self:
        """One that says `sentence`, which was made elsewhere."""
        return cls(sentence.template, **dict(sentence.values))

    def __str__(self) -> str:
        return str(self.sentence)


class RefusedFileError(OSError):
    """A file or folder that this program does not use, though the system would.

    Attributes:
        sentence: why, in a few words; in English it is `strerror`.
    """

    def __init__(self, number: int, sentence: Sentence, path: str | PathLike[str]) -> None:
        super().__init__(number, str(sentence), fspath(path))
        self.sentence = sentence


def reason_of(error: BaseException) -> Sentence | str:
    """Why a file could not be used, in a few words: those of this program, or the system's."""
    if isinstance(error, RefusedFileError | SentenceError):
        return error.sentence
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


class RequestError(SentenceError):
    """A request that cannot be met at present; its message is one sentence."""


def sentence_for(error: Exception) -> Sentence | None:
    """One sentence for people about an error that was to be expected; None for a fault of the program."""
    if isinstance(error, SentenceError):
        return error.sentence
    # On the CPU torch has no error of its own for this; the words have been the same since its first versions.
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "allocate memory" in str(error)):
        return Sentence(
            "The memory did not suffice; close other programs, or choose fewer images or a smaller model."
        )
    # As a rule there was no room to map it; its own words name one of a dozen libraries.
    if _of_torch(error):
        return Sentence(
            "torch, which trains and decodes, could not be loaded ({reason}); allow this program more memory, or "
            "install torch again.",
            reason=str(error),
        )
    # torch names it by a class of its own from version 2.8 on, and by these words before.
    if type(error).__name__ == "AcceleratorError" or "CUDA error" in str(error):
        return Sentence(
            "The card failed ({reason}); start again, and go on from the last save on the CPU.",
            reason=str(error).strip().splitlines()[0][:200],
        )
    return _refusal(error) if isinstance(error, OSError) else None


def _of_torch(error: Exception) -> bool:
    """Whether `error` came from importing torch: its extension modules', or that of loading what they need."""
    if isinstance(error, ImportError):
        return "torch" in f"{error} {error.path}"
    return isinstance(error, OSError) and error.errno is None and "torch" in str(error)


def _refusal(error: OSError) -> Sentence:
    where = error.filename or ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        if where:
            return Sentence("The disk is full ({place}); free some space and try again.", place=where)
        return Sentence("The disk is full; free some space and try again.")
    return Sentence(
        "{path} could not be used ({reason}); check that it is there and may be read and written.",
        path=where or Sentence("A file"),
        reason=reason_of(error),
    )
