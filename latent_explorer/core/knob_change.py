"""Changed knobs in a few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from trainer.knobs import Knobs


def knob_change(before: Knobs, after: Knobs) -> str:
    """What changed, for a mark on the curves, such as "β 1 → 10"."""
    translate = QCoreApplication.translate
    names = (
        ("β", "beta"),
        (translate("KnobChange", "rate"), "learning_rate"),
        (translate("KnobChange", "noise"), "noise"),
    )
    return ", ".join(
        f"{name} {getattr(before, key):g} → {getattr(after, key):g}"
        for name, key in names
        if getattr(before, key) != getattr(after, key)
    )
