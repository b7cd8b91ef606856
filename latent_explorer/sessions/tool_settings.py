"""The aspects of overlays and tools that are saved with a session."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from latent_explorer.core.aspect import Aspect
from latent_explorer.core.aspects import tool_aspects
from latent_explorer.core.states import States


def saved_aspects(states: States) -> tuple[Aspect, ...]:
    """The aspects that are saved with a session."""
    return tuple(aspect for aspect in tool_aspects(states) if aspect.saved is not None)


def settings_of(aspects: Iterable[Aspect]) -> dict[str, Any]:
    """Their present values as plain data, by key."""
    return {aspect.key: aspect.to_json(aspect.read()) for aspect in aspects}


def put_settings_back(aspects: Iterable[Aspect], saved: dict[str, Any]) -> tuple[str, ...]:
    """Restore saved values; aspects without one are unchanged. Returns the keys of invalid values."""
    known, wrong = {aspect.key: aspect for aspect in aspects}, []
    for key, value in saved.items():
        aspect = known.get(key)
        if aspect is None or aspect.saved is None:
            wrong.append(f"{key:.40}")  # of a missing tool, or of a newer program
            continue
        try:
            aspect.write(aspect.saved(value))
        except (ValueError, TypeError):
            wrong.append(key)
    return tuple(wrong)
