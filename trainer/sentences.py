"""Sentences for people hold on one line, whatever names and values from files they quote. Torch-free."""

from __future__ import annotations

import unicodedata

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


class SentenceError(ValueError):
    """An error whose message is one sentence for people, on one line."""

    def __init__(self, sentence: object = "") -> None:
        super().__init__(one_line(str(sentence)))
