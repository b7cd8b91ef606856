"""One step of all members captured as a CUDA graph: a single launch instead of some hundred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from trainer.training.members import Member

#: Eager steps before capture: the libraries choose their kernels and the optimisers make their state meanwhile.
WARM_UP = 3


def eager_step(
    members: Sequence[Member], inputs: Tensor, targets: Tensor, knobs: Sequence[Mapping[str, Tensor | float]]
) -> None:
    """Step every member with its knobs on one batch, one kernel after the other."""
    for member, own in zip(members, knobs, strict=True):
        member.step(inputs, targets, own)


class GraphedStep:
    """Steps members, the same ones in every call, from the fourth full batch on by replaying a graph.

    Every call is one real step, those before the capture included. Knobs and learning rates are device tensors
    that the graph reads, so that changing them needs no new capture. Batches of another size (an epoch's last) run
    eagerly. If the capture fails, all steps go on eagerly and `failure` says why.

    Attributes:
        failure: why there is no graph, in torch's words; empty while there is no reason.
    """

    def __init__(self, batch: int, device: torch.device) -> None:
        """`batch`: images in a full batch."""
        self._batch = batch
        self._stream = torch.cuda.Stream(device)
        self._device = device
        #: Of each member, on the device and as they were put there.
        self._knobs: list[dict[str, Tensor]] = []
        self._applied: list[dict[str, float]] = []
        self._warm = 0
        self._graph: torch.cuda.CUDAGraph | None = None
        self._inputs = self._targets = torch.empty(0, device=device)
        self.failure = ""

    def forget(self) -> None:
        """Drop the graph: the optimisers' tensors were replaced. The next steps warm up and capture again."""
        self._graph = None
        self._warm = 0

    def __call__(
        self, members: Sequence[Member], inputs: Tensor, targets: Tensor, knobs: Sequence[Mapping[str, float]]
    ) -> None:
        """One step of each of `members` with its knobs."""
        if not self._knobs:
            self._knobs, self._applied = [{} for _ in members], [{} for _ in members]
        for own, tensors, applied in zip(knobs, self._knobs, self._applied, strict=True):
            for name, value in own.items():
                if name not in tensors:
                    self.forget()  # a graph captured without it would never read it
                    tensors[name] = torch.full((), value, device=self._device)
                elif value != applied[name]:
                    tensors[name].fill_(value)
                applied[name] = value
        full = not self.failure and len(inputs) == self._batch
        if full and self._graph is None and self._warm < WARM_UP:
            self._warm += 1
            self._beside(members, inputs, targets)
        elif full and (self._graph is not None or self._captured(members, inputs, targets)):
            assert self._graph is not None
            self._inputs.copy_(inputs)
            self._targets.copy_(targets)
            self._graph.replay()
        else:
            eager_step(members, inputs, targets, self._knobs)

    def _beside(self, members: Sequence[Member], inputs: Tensor, targets: Tensor) -> None:
        # Capture requires that the work before it ran on a stream other than the default one.
        self._stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(self._stream):
            eager_step(members, inputs, targets, self._knobs)
        torch.cuda.current_stream().wait_stream(self._stream)

    def _captured(self, members: Sequence[Member], inputs: Tensor, targets: Tensor) -> bool:
        """Record a step without doing it. False, with `failure` set, if the members cannot be captured."""
        self._inputs, self._targets = inputs.clone(), targets.clone()
        graph = torch.cuda.CUDAGraph()
        states = [member.generator.get_state() for member in members]
        try:
            for member in members:
                graph.register_generator_state(member.generator)
            # thread_local: other threads (a decoder) may use the card while this one records.
            with torch.cuda.graph(graph, stream=self._stream, capture_error_mode="thread_local"):
                eager_step(members, self._inputs, self._targets, self._knobs)
        except torch.OutOfMemoryError:
            raise
        except RuntimeError as error:
            self.failure = str(error)
            for member, state in zip(members, states, strict=True):
                member.generator.set_state(state)
                member.model.zero_grad(set_to_none=True)
            return False
        self._graph = graph
        return True
