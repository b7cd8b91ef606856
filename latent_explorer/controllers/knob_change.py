"""Changed knobs in a few words."""

from __future__ import annotations

from trainer.knobs import Knobs


def knob_change(before: Knobs, after: Knobs) -> str:
    """What changed, for a mark on the curves, such as "β 1 → 10"."""
    names = (("β", "beta"), ("rate", "learning_rate"), ("noise", "noise"))
    return ", ".join(
        f"{name} {getattr(before, key):g} → {getattr(after, key):g}"
        for name, key in names
        if getattr(before, key) != getattr(after, key)
    )
