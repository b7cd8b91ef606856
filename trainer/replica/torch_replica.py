"""The replica in torch, for any family and device. Imports torch: create it outside the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from trainer.config import LEARNED, ModelConfig
from trainer.models.family import family, with_all_options
from trainer.models.latent_model import LatentModel
from trainer.networks.memory import check_weights_memory
from trainer.posteriors import Posterior
from trainer.replica.replica import ReplicaError, to_bytes
from trainer.reports import Snapshot

#: Pixels per batch.
_CHUNK = 4_000_000


class TorchReplica:
    """A model of any registered family with the weights of a snapshot; see `Replica`.

    Raises `ConfigError` for an unknown family or option, and for a model that does not fit into memory.
    """

    def __init__(self, config: ModelConfig, device: str = "cpu") -> None:
        self._config = config
        self._number = -1
        self._device = torch.device(device)
        check_weights_memory(config)
        model = family(config.family).build(with_all_options(config))
        self._model = model.to(self._device).eval().requires_grad_(False)
        self._rows = max(1, _CHUNK // config.pixels)

    @property
    def config(self) -> ModelConfig:
        return self._config

    @property
    def number(self) -> int:
        return self._number

    def load(self, snapshot: Snapshot) -> None:
        if snapshot.config != self._config:
            raise ReplicaError("These weights belong to a different model; start a new replica for it.")
        # Copied, because the arrays are read-only and shared with other threads.
        state = {name: torch.from_numpy(np.array(array)) for name, array in snapshot.weights.items()}
        training_only = family(self._config.family).traits.is_training_only
        expected = {
            name: tuple(tensor.shape)
            for name, tensor in self._model.state_dict().items()
            if not training_only(name)
        }
        for name in sorted(set(expected) | set(state)):
            if name not in state or name not in expected or tuple(state[name].shape) != expected[name]:
                raise ReplicaError(
                    "These weights do not fit the {family} model: see {name}.",
                    family=self._config.family,
                    name=name,
                )
        self._model.load_state_dict(state, strict=False)  # shapes were checked above
        self._number = snapshot.number

    @classmethod
    def model_of(cls, snapshot: Snapshot) -> LatentModel:
        """The model with the weights of `snapshot`, for inference on the CPU. Raises as `load` does."""
        replica = cls(snapshot.config)
        replica.load(snapshot)
        return replica._model

    def decode(self, codes: np.ndarray) -> np.ndarray:
        return to_bytes(self.decode_float(codes))

    def decode_float(self, codes: np.ndarray) -> np.ndarray:
        return self._map(lambda batch: (self._model.decode(batch),), np.asarray(codes, np.float32))[0]

    @torch.inference_mode()
    def draw(self, codes: np.ndarray, seed: int, variance: float | None = None) -> np.ndarray | None:
        if self._number < 0:
            raise ReplicaError("This model has no weights yet; load a snapshot first.")
        if self._config.likelihood == LEARNED and variance is None:
            return None
        parts = []
        for start in range(0, max(1, len(codes)), self._rows):
            drawn = self._model.draw(
                self._batch(np.asarray(codes[start : start + self._rows], np.float32)), seed, variance
            )
            if drawn is None:
                return None
            parts.append(to_bytes(drawn.float().cpu().numpy()))
        return np.concatenate(parts)

    def reconstruction(
        self, codes: np.ndarray, images: np.ndarray, variance: float | None = None
    ) -> np.ndarray | None:
        if self._config.likelihood == LEARNED and variance is None:
            return None
        losses = []
        with torch.inference_mode():
            for start in range(0, max(1, len(codes)), self._rows):
                rows = slice(start, start + self._rows)
                seen = images if len(images) == 1 else images[rows]
                targets = self._batch(seen).float().div_(255)
                loss = self._model.reconstruction(self._batch(codes[rows]), targets, variance)
                if loss is None:
                    return None
                losses.append(loss.double().cpu().numpy())
        return np.concatenate(losses)

    def encode(self, images: np.ndarray) -> np.ndarray:
        return self._map(lambda batch: (self._model.encode(batch.float().div_(255)),), images)[0]

    def posterior(self, images: np.ndarray) -> Posterior | None:
        kind = family(self._config.family).card.posterior
        if kind is None:
            return None
        return kind(*self._map(lambda batch: self._model.posterior(batch.float().div_(255)), images))

    def _batch(self, array: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(np.array(array)).to(self._device)

    @torch.inference_mode()
    def _map(self, compute: Callable, array: np.ndarray) -> list[np.ndarray]:
        """The results of `compute` on chunks of `array`, concatenated."""
        if self._number < 0:
            raise ReplicaError("This model has no weights yet; load a snapshot first.")
        parts = [
            [result.float().cpu().numpy() for result in compute(self._batch(array[start : start + self._rows]))]
            for start in range(0, max(1, len(array)), self._rows)
        ]
        return [np.concatenate(results) for results in zip(*parts, strict=True)]
