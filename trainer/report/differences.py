"""The sentence on how models differ. A comparison is fair if they differ in one setting only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.config import ModelConfig, TrainConfig
from trainer.model_names import setting_name, settings_of
from trainer.sentences import Sentence


def difference(
    models: Sequence[ModelConfig],
    knobs: Sequence[Mapping[str, float]] = (),
    trains: Sequence[TrainConfig | None] = (),
    steps: Sequence[int] = (),
    signs: Mapping[str, str] | None = None,
) -> Sentence | None:
    """A sentence on the differences between `models`; None for a single model.

    Args:
        knobs: the live settings that apply to each.
        trains: training configuration of each.
        steps: training steps of each.
        signs: short names of knobs, by name.
    """
    if len(models) < 2:
        return None
    parts = [*_families(models), *_settings(models), *_knobs(knobs, signs or {}), *_training(trains)]
    if len(set(steps)) > 1:
        counts = " / ".join(f"{step:,}" for step in dict.fromkeys(steps))
        parts.append(Sentence("how long they were trained ({steps} steps)", steps=counts))
    if not parts:
        return Sentence("The models do not differ: same batches, same initial weights.")
    if len(parts) == 1:
        return Sentence("The models differ only in: {what}.", what=parts[0])
    return Sentence("The models differ in: {what}.", what=_joined(parts))


def _joined(parts: Sequence[Sentence]) -> Sentence:
    first, *rest = parts
    return Sentence("{first}, {rest}", first=first, rest=_joined(rest)) if rest else first


def _families(models: Sequence[ModelConfig]) -> list[Sentence]:
    families = {model.family for model in models}
    if families == {"autoencoder", "variational"}:
        return [Sentence("sampling + β KL")]
    return [Sentence("model family")] if len(families) > 1 else []


def _settings(models: Sequence[ModelConfig]) -> list[Sentence]:
    """Settings that all of them have, with different values."""
    settings = [settings_of(model) for model in models]
    common = [name for name in settings[0] if all(name in other for other in settings)]
    return [setting_name(name) for name in common if len({other[name] for other in settings}) > 1]


def _knobs(knobs: Sequence[Mapping[str, float]], signs: Mapping[str, str]) -> list[Sentence]:
    """Live settings that apply to at least two of them, with different values."""
    found = []
    for name in dict.fromkeys(name for other in knobs for name in other):
        values = list(dict.fromkeys(other[name] for other in knobs if name in other))
        if len(values) > 1:
            shown = " / ".join(f"{value:.4g}" for value in values)
            found.append(Sentence("{name} ({values})", name=signs.get(name) or knob_name(name), values=shown))
    return found


def knob_name(name: str) -> Sentence:
    """The name of a live setting inside a sentence, if its card has no sign for it."""
    return (
        Sentence("learning rate") if name == "learning_rate" else Sentence("{name}", name=name.replace("_", " "))
    )


def _training(trains: Sequence[TrainConfig | None]) -> list[Sentence]:
    """Differences in the training of models of several runs, as far as they influence the result."""
    names = {
        "seed": Sentence("seed"),
        "batch": Sentence("batch size"),
        "warm_up": Sentence("KL warm-up"),
        "binarise": Sentence("binarised images"),
    }
    known = [train for train in trains if train is not None]
    return [name for field, name in names.items() if len({getattr(train, field) for train in known}) > 1]
