"""Serialises the settings that a file was made with, for embedding in it. Torch-free."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

#: Key of the text in picture formats.
KEY = "Latent Explorer"


def settings_text(settings: dict[str, Any]) -> str:
    """One line of ASCII JSON, which every format and reader preserves. Non-finite numbers become null."""
    return json.dumps(_plain(settings), ensure_ascii=True, allow_nan=False, separators=(", ", ": "))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
