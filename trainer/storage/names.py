"""File names with bytes that are not UTF-8, as text. Torch-free."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def as_text(name: str) -> str:
    r"""`name` with bytes that are not UTF-8 escaped: caf\xe9 for a folder named in Latin-1.

    Python represents such bytes as lone surrogates, which cannot be encoded in UTF-8 and at which Qt truncates
    texts. Different names stay different.
    """
    return name if name.isascii() else _SURROGATE.sub(_spelled, name)


def _spelled(found: re.Match[str]) -> str:
    code = ord(found[0])
    return rf"\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else rf"\u{code:04x}"
