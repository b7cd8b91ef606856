"""What the tensor files of a checkpoint must declare, given its description. Torch-free.

Compared before memory is taken for the values, so that a file that claims more than its models need is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from trainer.config import ModelConfig
from trainer.networks.description import plain_network, wrong_tensors
from trainer.posteriors import POSTERIORS
from trainer.priors.registry import prior_kind
from trainer.records import ConfigError
from trainer.sentences import Sentence
from trainer.training.description import Description
from trainer.training.tensor_file import Declared
from trainer.traits import Traits

#: Numbers that an optimiser keeps for each weight at most; the ones here keep two.
_MOST_KEPT = 8
#: Bytes of a random generator's state; the largest in use has 5,056.
_MOST_GENERATOR = 65_536
_OPTIMISER = re.compile(r"optimiser\d{1,3}\.\w{1,64}\.[\w.]{1,200}")


def wrong_state(declared: Mapping[str, Declared], description: Description) -> Sentence | None:
    """What is wrong with the declared tensors of a state file, None if nothing."""
    rest = dict(declared)
    if description.numbers.get("tensors") != len(declared):
        count = f"{description.numbers.get('tensors')!r:.20}"
        return Sentence("it has {found} of {count} tensors", found=len(declared), count=count)
    for index, (model, traits) in enumerate(zip(description.config.models, description.traits, strict=True)):
        prefix = f"member{index}."
        mine = {name.removeprefix(prefix): rest.pop(name) for name in declared if name.startswith(prefix)}
        weights = {name.removeprefix("model."): item for name, item in mine.items() if name.startswith("model.")}
        if not weights:
            return Sentence("the weights of model {number} are missing", number=index + 1)
        if wrong := _wrong_rest(mine, weights):
            return Sentence("in model {number} {wrong}", number=index + 1, wrong=wrong)
        if wrong := wrong_weights(weights, model, traits, index):
            return wrong
    return _wrong_generators(rest, len(description.config.models))


def wrong_weights(
    weights: Mapping[str, Declared] | Mapping[str, np.ndarray], model: ModelConfig, traits: Traits, index: int
) -> Sentence | None:
    """What is wrong with the weights of the model number `index` of a run, None if nothing."""
    # What only training needs the family itself knows.
    network = {name: item for name, item in weights.items() if not traits.is_training_only(name)}
    shapes = {name: item.shape for name, item in network.items()}
    if traits.has_posterior and traits.posterior not in POSTERIORS:
        return Sentence(
            "the posterior {name} of model {number} is not known here",
            name=f"{traits.posterior!r:.40}",
            number=index + 1,
        )
    expected: dict[str, tuple[int, ...]] = {}
    if traits.has_prior:
        try:
            expected = prior_kind(traits.prior).shapes(model, shapes)
        except ConfigError:
            return Sentence(
                "the prior {name} of model {number} is not known here",
                name=f"{traits.prior!r:.40}",
                number=index + 1,
            )
    if traits.plain:
        expected |= plain_network(model, posterior=traits.has_posterior).shapes
    else:
        # Its network the family itself knows, too; the prior is read without the family.
        network = {name: item for name, item in network.items() if name in expected}
        shapes = {name: item.shape for name, item in network.items()}
    if wrong := wrong_tensors(shapes, expected):
        return Sentence("in model {number} {wrong}", number=index + 1, wrong=wrong)
    if any(item.dtype != np.float32 for item in network.values()):
        return Sentence("the weights of model {number} are not 32-bit floats", number=index + 1)
    return None


def _wrong_rest(mine: Mapping[str, Declared], weights: Mapping[str, Declared]) -> Sentence | None:
    """What is wrong with a model's tensors beside its weights: their names, and how much memory they ask for.

    Whether each fits its weight, the engine knows, which makes the optimisers (`state.check_member`).
    """
    kept = 0
    for name, item in mine.items():
        if name.startswith("model."):
            continue
        if not _OPTIMISER.fullmatch(name):
            return Sentence("there is an unknown tensor {name}", name=name[:80])
        kept += item.end - item.begin
    # 64 bytes for each: optimisers keep a count beside the numbers of the weight's own size.
    most = sum(_MOST_KEPT * (item.end - item.begin) + 64 * _MOST_KEPT for item in weights.values())
    return Sentence("the optimiser's tensors are far larger than the weights") if kept > most else None


def _wrong_generators(rest: Mapping[str, Declared], members: int) -> Sentence | None:
    known = {"generator.corruption", *(f"generator.posterior{index}" for index in range(members))}
    for name, item in rest.items():
        if name not in known:
            return Sentence("there is an unknown tensor {name}", name=name[:80])
        if item.dtype != np.uint8 or len(item.shape) != 1 or not 0 < item.shape[0] <= _MOST_GENERATOR:
            return Sentence("the tensor {name} is no state of a random generator", name=name)
    if rest and len(rest) != len(known):
        return Sentence("the tensor {name} is missing", name=min(known - set(rest)))
    return None


def wrong_codes(declared: Mapping[str, Declared], description: Description) -> Sentence | None:
    """What is wrong with the declared tensors of a codes file, None if nothing."""
    if "member0" not in declared or not declared["member0"].shape:
        return Sentence("the codes of model {number} are missing or of the wrong shape", number=1)
    count = declared["member0"].shape[0]
    if count > description.data.count:
        return Sentence("there are more codes than images")
    for index, model in enumerate(description.config.models):
        codes = declared.get(f"member{index}")
        if codes is None or codes.shape != (count, model.latent) or codes.dtype != np.float32:
            return Sentence("the codes of model {number} are missing or of the wrong shape", number=index + 1)
    for name, item in declared.items():
        if name in ("rows", "labels"):
            right = item.shape == (count,) and item.dtype.kind == "i"
        elif name == "factors":
            right = item.shape == (count, len(description.data.factor_names)) and item.dtype == np.float32
        elif name.startswith("spread"):
            right = _is_spread(name, item, count, description)
        else:
            right = name in {f"member{index}" for index in range(len(description.config.models))}
        if not right:
            return Sentence("the tensor {name} does not belong there", name=name[:80])
    return None


def _is_spread(name: str, item: Declared, count: int, description: Description) -> bool:
    shapes = {
        f"spread{index}": (count, model.latent)
        for index, (model, traits) in enumerate(zip(description.config.models, description.traits, strict=True))
        if traits.has_posterior
    }
    return item.shape == shapes.get(name) and item.dtype in (np.float32, np.float16)


def wrong_code_values(tensors: Mapping[str, np.ndarray], description: Description) -> Sentence | None:
    """What is wrong with rows and labels of a codes file, by which others are looked up; None if nothing."""
    data = description.data
    rows, labels = tensors.get("rows"), tensors.get("labels")
    if rows is not None and len(rows):
        ascending = bool((rows[1:] > rows[:-1]).all())
        if not (ascending and rows[0] >= 0 and rows[-1] < data.count):
            return Sentence("their rows are not in order or not those of the images")
    if labels is not None and len(labels) and not (labels.min() >= -1 and labels.max() < len(data.label_names)):
        return Sentence("there are labels without a name")
    return None
