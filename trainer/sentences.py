"""Sentences for the user: a literal English template and its values, so that it can be translated.

Text that the user may see is a `Sentence`, never a formatted string. The command line writes it in English with
`str`; the window looks the template up in its translations. Torch-free.
"""

from __future__ import annotations

import errno
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Integral, Real
from os import PathLike, fspath
from typing import Self

#: Invisible characters that belong to ordinary words of several scripts.
_JOINERS = "\u200c\u200d"
#: Kinds of characters that break a line, move the cursor, change the direction of writing or cannot be encoded.
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

    Equal ones have equal text. Can be sent to another process.

    Attributes:
        template: English with named fields; a literal in the call, so that a test finds it and checks that it is
            translated. It also defines number formats, which a translation may change.
        values: values of the fields: text, numbers, and sentences, which are translated as well. An
            error that has a sentence is replaced by it; anything else by its text.
    """

    template: str
    values: tuple[tuple[str, str | int | float | Sentence], ...]

    def __init__(self, template: str, /, **values: object) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", tuple((name, _value(value)) for name, value in values.items()))

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The text on one line, whatever its values contain. `translate` returns the template in another
        language.
        """
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
    """An error that is shown to the user: `DataError("{path} holds no rows.", path=path)`.

    Attributes:
        sentence: the problem and the remedy.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.sentence = Sentence(template, **values)

    @classmethod
    def of(cls, sentence: Sentence) -> Self:
        """The error with an existing `sentence`."""
        return cls(sentence.template, **dict(sentence.values))

    def __str__(self) -> str:
        return str(self.sentence)


class RefusedFileError(OSError):
    """A file or folder that this program refuses to use, although the system would allow it.

    Attributes:
        sentence: the reason in a few words; in English it is `strerror`.
    """

    def __init__(self, number: int, sentence: Sentence, path: str | PathLike[str]) -> None:
        super().__init__(number, str(sentence), fspath(path))
        self.sentence = sentence


def reason_of(error: BaseException) -> Sentence | str:
    """Why a file could not be used, in a few words of this program, or of the system."""
    if isinstance(error, RefusedFileError | SentenceError):
        return error.sentence
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


class RequestError(SentenceError):
    """A request that cannot be fulfilled at present; its message is one sentence."""


def sentence_for(error: Exception) -> Sentence | None:
    """One sentence for the user about an expected error; None for a bug of the program."""
    if isinstance(error, SentenceError):
        return error.sentence
    # On the CPU torch has no error class for this; the text has been the same since its first versions.
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "allocate memory" in str(error)):
        return Sentence(
            "The memory did not suffice; close other programs, or choose fewer images or a smaller model."
        )
    # Usually there was no memory to map it; the original message names one of a dozen libraries.
    if _of_torch(error):
        return Sentence(
            "torch, which trains and decodes, could not be loaded ({reason}); allow this program more memory, or "
            "install torch again.",
            reason=str(error),
        )
    # torch has a class for it from version 2.8 on; before that it is recognised by this text.
    if type(error).__name__ == "AcceleratorError" or "CUDA error" in str(error):
        return Sentence(
            "The card failed ({reason}); start again, and go on from the last save on the CPU.",
            reason=str(error).strip().splitlines()[0][:200],
        )
    return _refusal(error) if isinstance(error, OSError) else None


def _of_torch(error: Exception) -> bool:
    """Whether `error` came from importing torch: from its extension modules, or from loading their libraries."""
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
