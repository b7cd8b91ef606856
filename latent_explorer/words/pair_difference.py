"""The line on how models differ. A comparison is fair if they differ in one setting only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.words.figures import count
from latent_explorer.words.knob_words import knob_signs
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.card import Card
from trainer.config import ModelConfig, TrainConfig
from trainer.model_names import setting_name, settings_of


def difference_line(
    models: Sequence[ModelConfig],
    knobs: Sequence[Mapping[str, float]] = (),
    steps: Sequence[int] = (),
    trains: Sequence[TrainConfig] = (),
    cards: Iterable[Card] = (),
) -> str:
    """A sentence on the differences between `models`; "" for a single model.

    Args:
        knobs: the live settings that apply to each; none if they share them.
        steps: training steps of each; none if they are at the same step.
        trains: training configuration of each; none if they are of one run.
        cards: those of known families.
    """
    if len(models) < 2:
        return ""
    translate = QCoreApplication.translate
    parts = [*_families(models), *_settings(models), *_knobs(knobs, cards), *_training(trains)]
    if len(set(steps)) > 1:
        text = translate("pair_difference", "how long they were trained ({steps} steps)")
        parts.append(text.format(steps=" / ".join(map(count, dict.fromkeys(steps)))))
    if not parts:
        return translate("pair_difference", "The models do not differ: same batches, same initial weights.")
    if len(parts) == 1:
        return translate("pair_difference", "The models differ only in: {what}.").format(what=parts[0])
    return translate("pair_difference", "The models differ in: {what}.").format(
        what=translate("pair_difference", ", ").join(parts)
    )


def _families(models: Sequence[ModelConfig]) -> list[str]:
    families = {model.family for model in models}
    if families == {"autoencoder", "variational"}:
        return [QCoreApplication.translate("pair_difference", "sampling + β KL")]
    return [QCoreApplication.translate("pair_difference", "model family")] if len(families) > 1 else []


def _settings(models: Sequence[ModelConfig]) -> list[str]:
    """Settings that all of them have, with different values."""
    settings = [settings_of(model) for model in models]
    common = [name for name in settings[0] if all(name in other for other in settings)]
    return [shown_sentence(setting_name(name)) for name in common if len({other[name] for other in settings}) > 1]


def _knobs(knobs: Sequence[Mapping[str, float]], cards: Iterable[Card]) -> list[str]:
    """Live settings that act in two of them at least, with other values."""
    signs = knob_signs(cards, in_full=True)
    found = []
    for name in dict.fromkeys(name for other in knobs for name in other):
        values = list(dict.fromkeys(other[name] for other in knobs if name in other))
        if len(values) > 1:
            found.append(f"{signs.get(name, name)} ({' / '.join(f'{value:.4g}' for value in values)})")
    return found


def _training(trains: Sequence[TrainConfig]) -> list[str]:
    """What models of several runs were trained with, where that shapes what they learn."""
    translate = QCoreApplication.translate
    names = {
        "seed": translate("pair_difference", "seed"),
        "batch": translate("pair_difference", "batch size"),
        "warm_up": translate("pair_difference", "KL warm-up"),
        "binarise": translate("pair_difference", "binarisation of the images"),
    }
    return [name for field, name in names.items() if len({getattr(train, field) for train in trains}) > 1]
