"""The complete state of a run as named tensors and numbers, so that it can be saved and continued exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from trainer.config import ModelConfig
from trainer.training.checkpoint_error import StateError
from trainer.training.kept_numbers import kept_variances
from trainer.training.members import Member

#: Format that is written; format 1, whose optimiser entries number the parameters instead of naming them, is also
#: read.
FORMAT = 2
#: Entries of Adam's state that must not be negative.
_NEVER_NEGATIVE = ("step", "exp_avg_sq", "max_exp_avg_sq")


@dataclass(frozen=True, slots=True)
class TrainerState:
    """A run between two steps. Its tensors are copies on the CPU: further training does not change them.

    Attributes:
        tensors: flat names to contiguous tensors:
            "member{i}.model.{parameter}": weights of member i, as the model names them;
            "member{i}.optimiser{j}.{entry}.{parameter}": entry (such as exp_avg) of optimiser j for a parameter;
            "generator.posterior{i}": state of member i's posterior noise (uint8);
            "generator.corruption": state of the noise and binarisation of the inputs (uint8).
        numbers: JSON-ready: "format", "step", "epoch" (completed ones), "position" (rows of the present epoch
            done), "snapshots" (number of snapshots taken), "tensors" (number of tensors), "knobs" (as JSON); if
            a member has likelihood "gaussian-learned" "variances" (a number or null per member: the σ²
            learned on the training images), missing in the first version; "resting" ([index, step] of each
            stopped member) if there is one.

    The order of the batches needs no tensor: it follows from the run's seed, the epoch and the position.
    """

    tensors: dict[str, Tensor] = field(repr=False)
    numbers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts among a state's numbers."""

    step: int
    epoch: int
    position: int
    snapshots: int


def checked_counts(state: TrainerState, train_count: int) -> Counts:
    """The counts of `state`. Raises `StateError` if it is incomplete or belongs to data with fewer training
    rows.
    """
    if not 1 <= _count(state, "format") <= FORMAT:
        raise StateError(
            "The saved run has format {found}, and this program reads formats up to {format}.",
            found=state.numbers["format"],
            format=FORMAT,
        )
    if _count(state, "tensors") != len(state.tensors):
        raise StateError(
            "The saved run has {count} of its {all} tensors.",
            count=len(state.tensors),
            all=state.numbers["tensors"],
        )
    counts = Counts(*(_count(state, name) for name in ("step", "epoch", "position", "snapshots")))
    if counts.position >= train_count:
        raise StateError(
            "The saved run stands at row {row} of only {count} training rows.",
            row=counts.position,
            count=train_count,
        )
    return counts


def checked_variances(state: TrainerState, models: Sequence[ModelConfig]) -> tuple[float | None, ...] | None:
    """The learned σ² of each member; None if they were not saved. Raises `StateError` if they are invalid."""
    try:
        return kept_variances(state.numbers, models)
    except ValueError as error:
        raise StateError("The saved run cannot be used: {reason}.", reason=error) from error


def member_tensors(member: Member, index: int) -> dict[str, Tensor]:
    """The live tensors of one member under their flat names; not copies."""
    prefix = f"member{index}"
    tensors = {f"{prefix}.model.{name}": value for name, value in member.model.state_dict().items()}
    for number, optimiser in enumerate(member.optimisers):
        parameters = _parameters(member, optimiser)
        for position, entries in optimiser.state_dict()["state"].items():
            for entry, value in entries.items():
                tensors[f"{prefix}.optimiser{number}.{entry}.{parameters[position]}"] = torch.as_tensor(value)
    return tensors


def named(state: TrainerState, members: Sequence[Member]) -> TrainerState:
    """`state` with the optimisers' entries by parameter name, converted from any format."""
    if state.numbers.get("format") != 1:
        return state
    tensors = dict(state.tensors)
    for index, member in enumerate(members):
        for number, optimiser in enumerate(member.optimisers):
            for position, name in enumerate(_parameters(member, optimiser)):
                prefix, suffix = f"member{index}.optimiser{number}.", f".{position}"
                for old in [old for old in tensors if old.startswith(prefix) and old.endswith(suffix)]:
                    entry = old[len(prefix) : -len(suffix)]
                    if "." not in entry:
                        tensors[f"{prefix}{entry}.{name}"] = tensors.pop(old)
    return TrainerState(tensors, {**state.numbers, "format": FORMAT})


def _parameters(member: Member, optimiser: torch.optim.Optimizer) -> list[str]:
    """Names of the parameters that an optimiser steps, in its order."""
    names = {id(parameter): name for name, parameter in member.model.named_parameters()}
    return [names[id(parameter)] for group in optimiser.param_groups for parameter in group["params"]]


def copied(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Contiguous copies on the CPU."""
    return {name: value.detach().to("cpu", copy=True).contiguous() for name, value in tensors.items()}


def check_member(member: Member, index: int, tensors: Mapping[str, Tensor], stepped: Member) -> None:
    """Raise `StateError` unless `tensors` match a member, because torch's kernels do not check them.

    All weights must be present, finite, of the right shape and dtype. Each optimiser must have no entries (a run
    saved without them, or not begun), or exactly its entries for every parameter that it steps. `stepped`, a twin
    of the member after one step, has the expected entries.
    """
    prefix = f"member{index}.model."
    wanted = member.model.state_dict()
    present = {name.removeprefix(prefix) for name in tensors if name.startswith(prefix)}
    if unknown := sorted(present - set(wanted)):
        raise StateError(
            "The saved run has weights {name} that its model {number} does not have.",
            name=f"{unknown[0]!r:.80}",
            number=index + 1,
        )
    for name, value in wanted.items():
        saved = tensors.get(prefix + name)
        if saved is None:
            raise StateError(
                "The saved run lacks the weights {name} of its model {number}.", name=repr(name), number=index + 1
            )
        _check_like(saved, value, f"{name!r} of model {index + 1}")
    kept = member_tensors(stepped, index)
    for number in range(len(member.optimisers)):
        _check_optimiser(f"member{index}.optimiser{number}.", tensors, kept)
    known = tuple(f"member{index}.optimiser{number}." for number in range(len(member.optimisers)))
    for name in tensors:
        if name.startswith(f"member{index}.") and not name.startswith((prefix, *known)):
            raise StateError("The saved run has a tensor with the unknown name {name}.", name=f"{name!r:.80}")


def load_member(member: Member, index: int, tensors: Mapping[str, Tensor]) -> None:
    """Copy the weights and optimiser states in `tensors` into a member; call `check_member` first."""
    prefix = f"member{index}.model."
    weights = {name: tensors[prefix + name] for name in member.model.state_dict()}
    member.model.load_state_dict(weights)
    for number, optimiser in enumerate(member.optimisers):
        entries = _optimiser_entries(f"member{index}.optimiser{number}.", tensors)
        state = optimiser.state_dict()
        # Copies, because the optimiser keeps and overwrites the tensors it is given.
        state["state"] = {
            position: {entry: value.clone() for entry, value in entries[name].items()}
            for position, name in enumerate(_parameters(member, optimiser))
            if name in entries
        }
        optimiser.load_state_dict(state)


def _check_optimiser(prefix: str, tensors: Mapping[str, Tensor], kept: Mapping[str, Tensor]) -> None:
    saved = {name: value for name, value in tensors.items() if name.startswith(prefix)}
    if not saved:
        return
    _optimiser_entries(prefix, saved)  # raises for invalid names
    wanted = {name: value for name, value in kept.items() if name.startswith(prefix)}
    if unknown := sorted(set(saved) - set(wanted)):
        raise StateError("The saved run has {name}, which its optimiser does not keep.", name=unknown[0][:80])
    for name, value in wanted.items():
        if name not in saved:
            raise StateError("The saved run lacks {name} of its optimiser.", name=name)
        _check_like(saved[name], value, name)
        entry = name.removeprefix(prefix).partition(".")[0]
        if entry in _NEVER_NEGATIVE and bool((saved[name] < 0).any()):
            raise StateError("The saved {name} is negative.", name=name)
        if entry == "step" and bool((saved[name] != saved[name].floor()).any()):
            raise StateError("The saved {name} is no whole number of steps.", name=name)


def _optimiser_entries(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, dict[str, Tensor]]:
    """Parameter -> entry -> value."""
    entries: dict[str, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        if name.startswith(prefix):
            entry, _, parameter = name.removeprefix(prefix).partition(".")
            if not entry or not parameter:
                raise StateError("The saved run has a tensor with the unknown name {name}.", name=f"{name!r:.80}")
            entries.setdefault(parameter, {})[entry] = value
    return entries


def _check_like(saved: Tensor, wanted: Tensor, what: str) -> None:
    if saved.shape != wanted.shape or saved.dtype != wanted.dtype:
        raise StateError(
            "The saved {what} is {dtype} {shape}, not {wanted} {size}.",
            what=what,
            dtype=saved.dtype,
            shape=tuple(saved.shape),
            wanted=wanted.dtype,
            size=tuple(wanted.shape),
        )
    if not bool(torch.isfinite(saved).all()):
        raise StateError("The saved {what} is not finite.", what=what)


def _count(state: TrainerState, name: str) -> int:
    value = state.numbers.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise StateError(
            "The saved run's {name} is {value}, which is not a count.", name=repr(name), value=f"{value!r:.40}"
        )
    return value
