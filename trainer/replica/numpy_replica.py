"""The plain networks in NumPy: decodes one picture in well under a millisecond, without torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.config import ModelConfig
from trainer.likelihoods import likelihood_of
from trainer.networks.description import LayerSpec, PlainNetwork, plain_network, wrong_tensors
from trainer.networks.numpy_layers import ConvolutionLayer, Layer, numpy_layer
from trainer.posteriors import GaussianPosterior, Posterior
from trainer.prior import PREFIX
from trainer.replica.replica import ReplicaError, likelihood_draw, to_bytes
from trainer.reports import Snapshot

#: Maximum number of values of the widest layer in memory; longer batches are processed in chunks.
_CHUNK = 4_000_000


class NumpyReplica:
    """A plain network with the weights of a snapshot; see `Replica`. Float32; agrees with torch within 1e-5."""

    def __init__(self, config: ModelConfig, posterior: type[Posterior] = GaussianPosterior) -> None:
        """`posterior`: the kind of q(z|x), if the weights have one."""
        self._config = config
        self._posterior = posterior
        self._number = -1
        self._network: PlainNetwork | None = None
        self._layers: dict[str, Layer | ConvolutionLayer] = {}
        self._rows = max(1, _CHUNK // plain_network(config, posterior=True).widest)

    @property
    def config(self) -> ModelConfig:
        return self._config

    @property
    def number(self) -> int:
        return self._number

    @property
    def bernoulli(self) -> bool:
        """Whether the mean picture is the sigmoid of the decoder's output."""
        return self._config.likelihood == "bernoulli"

    def load(self, snapshot: Snapshot) -> None:
        if snapshot.config != self._config:
            raise ReplicaError("These weights belong to a different model; start a new replica for it.")
        # The tensors of its prior are not used for encoding or decoding.
        found = {name: array.shape for name, array in snapshot.weights.items() if not name.startswith(PREFIX)}
        network = plain_network(self._config, posterior="log_variance.weight" in found)
        wrong = wrong_tensors(found, network.shapes)
        if wrong:
            raise ReplicaError(
                "These weights do not fit the {family} model: {wrong}.", family=self._config.family, wrong=wrong
            )
        weights = {name: np.ascontiguousarray(snapshot.weights[name], np.float32) for name in found}
        self._layers = {spec.name: numpy_layer(spec, weights) for spec in network.layers}
        self._network = network
        self._number = snapshot.number

    def decode(self, codes: np.ndarray) -> np.ndarray:
        if len(codes) == 1:
            return to_bytes(self.decode_float(codes))
        _, height, width = self._config.shape
        pictures = np.empty((len(codes), height, width, self._config.shape[0]), np.uint8)
        for rows in self.chunks(len(codes)):
            pictures[rows] = to_bytes(self.decode_float(codes[rows]))
        return pictures

    def decode_float(self, codes: np.ndarray) -> np.ndarray:
        network = self._ready()
        codes = np.asarray(codes, np.float32)
        if codes.ndim != 2 or codes.shape[1] != self._config.latent:
            raise ValueError(f"codes must have shape (n, {self._config.latent}), not {codes.shape}")
        # Codes and weights of a diverged model overflow here; the picture shows it, so a warning is superfluous.
        with np.errstate(invalid="ignore", over="ignore"):
            values = self._run((*network.decoder, network.outputs[0]), codes)
            pictures = self._upright(values)
            if self.bernoulli:
                # The logistic sigmoid, computed as a hyperbolic tangent, which cannot overflow.
                pictures *= np.float32(0.5)
                np.tanh(pictures, out=pictures)
                pictures += np.float32(1)
                pictures *= np.float32(0.5)
        return pictures

    def draw(self, codes: np.ndarray, seed: int, variance: float | None = None) -> np.ndarray | None:
        network = self._ready()
        likelihood = likelihood_of(self._config, variance)
        if not likelihood.known:
            return None
        pictures = [np.empty((0, *self._config.shape[1:], self._config.shape[0]), np.uint8)]
        with np.errstate(invalid="ignore", over="ignore"):
            for rows in self.chunks(len(codes)):
                hidden = self._run(network.decoder, np.asarray(codes[rows], np.float32))
                outputs = [self._upright(self._run((spec,), hidden)) for spec in network.outputs]
                pictures.append(likelihood_draw(likelihood, outputs, seed))
        return np.concatenate(pictures)

    def reconstruction(
        self, codes: np.ndarray, images: np.ndarray, variance: float | None = None
    ) -> np.ndarray | None:
        network = self._ready()
        likelihood = likelihood_of(self._config, variance)
        if not likelihood.known:
            return None
        losses = np.empty(len(codes))
        with np.errstate(invalid="ignore", over="ignore"):
            for rows in self.chunks(len(codes)):
                hidden = self._run(network.decoder, np.asarray(codes[rows], np.float32))
                outputs = [self._upright(self._run((spec,), hidden)) for spec in network.outputs]
                seen = images if len(images) == 1 else images[rows]
                pixels = seen.astype(np.float32) / np.float32(255)
                losses[rows] = -likelihood.log_density(outputs, pixels)
        return losses

    def _upright(self, values: np.ndarray) -> np.ndarray:
        """The output of a head of the decoder as pictures (n, C, H, W)."""
        if values.ndim == 4:
            return np.ascontiguousarray(values.transpose(1, 0, 2, 3))
        return values.reshape(len(values), *self._config.shape)

    def encode(self, images: np.ndarray) -> np.ndarray:
        network = self._ready()
        return self._heads(network.heads[:1], images)[0]

    def posterior(self, images: np.ndarray) -> Posterior | None:
        network = self._ready()
        return None if len(network.heads) == 1 else self._posterior(*self._heads(network.heads, images))

    def encoder_outputs(self, image: np.ndarray) -> dict[str, np.ndarray]:
        """The output of each layer of encoder and heads for `image`, uint8 (C, H, W), after its ReLU if one
        follows.

        By layer name, in order, float32: (units,), or (channels, side, side) for a convolution.
        Raises `ValueError` for a wrong shape.
        """
        network = self._ready()
        self._check(image[None])
        with np.errstate(invalid="ignore", over="ignore"):
            found, last = self._outputs(network.encoder, self._inputs(image[None]))
            hidden = self._flattened(last)
            for head in network.heads:
                found[head.name] = self._run((head,), hidden)[0]
        return found

    def decoder_outputs(self, code: np.ndarray) -> dict[str, np.ndarray]:
        """The output of each layer of the decoder for `code` (d,), after its ReLU if one follows.

        By layer name, in order, float32: (units,), or (channels, side, side) for a layer that gives
        images. "output" is without the sigmoid of a Bernoulli likelihood. Raises `ValueError` for a wrong shape.
        """
        network = self._ready()
        if np.shape(code) != (self._config.latent,):
            raise ValueError(f"a code must have shape ({self._config.latent},), not {np.shape(code)}")
        with np.errstate(invalid="ignore", over="ignore"):
            found, last = self._outputs(network.decoder, np.asarray(code, np.float32)[None])
            for head in network.outputs:
                found |= self._outputs((head,), last)[0]
        return found

    def decoder_layers(self, head: str = "output") -> list[Layer]:
        """The decoder as affine layers with ReLUs in between, sharing this replica's weights.

        The last layer gives the mean picture, or its logits for a Bernoulli likelihood. `head`: "output", or
        "output_log_variance" for log σ² per pixel, if the likelihood has it.
        """
        network = self._ready()
        layers = [self._layers[name] for name in (*(spec.name for spec in network.decoder), head)]
        return [layer for layer in layers if not isinstance(layer, ConvolutionLayer)]

    def chunks(self, count: int, weight: int = 1) -> list[slice]:
        """Slices of `count` rows that limit the size of every array; a row counts `weight` times."""
        rows = max(1, self._rows // weight)
        return [slice(start, min(start + rows, count)) for start in range(0, count, rows)]

    def _ready(self) -> PlainNetwork:
        if self._network is None:
            raise ReplicaError("This model has no weights yet; load a snapshot first.")
        return self._network

    def _run(self, specs: Sequence[LayerSpec], values: np.ndarray) -> np.ndarray:
        """Apply layers with their activations in sequence."""
        for spec in specs:
            values = self._layers[spec.name].forward(values, relu=spec.relu)
        return values

    def _outputs(self, specs: Sequence[LayerSpec], values: np.ndarray) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Each layer's output for a batch of one, and the last output in the layout of the next layer's input."""
        found = {}
        for spec in specs:
            values = self._run((spec,), values)
            found[spec.name] = np.ascontiguousarray(values[:, 0]) if values.ndim == 4 else values[0]
        return found, values

    def _check(self, images: np.ndarray) -> None:
        if images.dtype != np.uint8 or images.shape[1:] != self._config.shape:
            raise ValueError(f"images must be uint8 of shape (n, {', '.join(map(str, self._config.shape))})")

    def _inputs(self, images: np.ndarray) -> np.ndarray:
        """uint8 images (n, C, H, W) in the layout of the first layer's input."""
        values = images.astype(np.float32)
        values *= np.float32(1 / 255)
        return values.transpose(1, 0, 2, 3) if self._config.network == "conv" else values.reshape(len(values), -1)

    def _flattened(self, values: np.ndarray) -> np.ndarray:
        """The encoder's last output in the layout of the heads' input: (n, features)."""
        return values.transpose(1, 0, 2, 3).reshape(values.shape[1], -1) if values.ndim == 4 else values

    def _heads(self, heads: Sequence[LayerSpec], images: np.ndarray) -> np.ndarray:
        """The outputs of the encoder's heads for uint8 images (n, C, H, W): float32 (heads, n, d)."""
        network = self._ready()
        self._check(images)
        result = np.empty((len(heads), len(images), self._config.latent), np.float32)
        for rows in self.chunks(len(images)):
            values = self._inputs(images[rows])
            with np.errstate(invalid="ignore", over="ignore"):
                hidden = self._flattened(self._run(network.encoder, values))
                for head, found in zip(heads, result, strict=True):
                    found[rows] = self._run((head,), hidden)
        return result
