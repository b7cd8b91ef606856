"""The plain stacks in NumPy: decodes one picture in well under a millisecond without torch.

Layout of the weights: `trainer.models.networks`. A transposed convolution is one matrix product, giving each input
pixel's 4 x 4 footprint, and sixteen shifted additions; a convolution is one product over its 4 x 4 windows.
Convolutional activations are kept as (channels, n, height, width), which makes both products a single one for a
whole batch.
"""

from __future__ import annotations

import numpy as np

from trainer.config import ModelConfig
from trainer.latent.decoder_layers import FullLayer, Layer, UpsamplingLayer, rows_times
from trainer.latent.layout import KERNEL, mismatch, plain_shapes
from trainer.latent.replica import ReplicaError, to_bytes
from trainer.latent.upsampling import upsample
from trainer.reports import Snapshot

#: Values of the widest layer held at a time, bounding the memory that a long batch takes.
_CHUNK = 4_000_000


class NumpyReplica:
    """A plain model with a snapshot's weights; see `Replica`. Float32 throughout, equal to torch within 1e-5."""

    def __init__(self, config: ModelConfig) -> None:
        self._config = config
        self._number = -1
        self._weights: dict[str, np.ndarray] = {}
        self._rows = max(1, _CHUNK // _widest(config))
        self._encoder = [f"encoder.{2 * place}" for place in range(len(config.widths))]
        if config.network == "conv":
            self._decoder = [f"decoder.{2 * place + 1}" for place in range(1, len(config.widths))]
        else:
            self._decoder = [f"decoder.{2 * place}" for place in range(len(config.widths))]

    @property
    def config(self) -> ModelConfig:
        return self._config

    @property
    def number(self) -> int:
        return self._number

    @property
    def bernoulli(self) -> bool:
        """Whether the mean picture is a sigmoid of the stack's output."""
        return self._config.likelihood == "bernoulli"

    def load(self, snapshot: Snapshot) -> None:
        if snapshot.config != self._config:
            raise ReplicaError("These weights belong to a different model; start a new replica for it.")
        found = {name: array.shape for name, array in snapshot.weights.items()}
        wrong = mismatch(found, plain_shapes(self._config, posterior="log_variance.weight" in found))
        if wrong:
            raise ReplicaError(f"These weights do not fit the {self._config.family} model: {wrong}.")
        self._weights = {name: np.ascontiguousarray(array, np.float32) for name, array in snapshot.weights.items()}
        if self._config.network == "conv":
            self._arrange_convolutions()
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
        self._ready()
        codes = np.asarray(codes, np.float32)
        if codes.ndim != 2 or codes.shape[1] != self._config.latent:
            raise ValueError(f"codes must have shape (n, {self._config.latent}), not {codes.shape}")
        # A diverged model's codes and weights overflow here; the picture shows it, nothing needs a warning.
        with np.errstate(invalid="ignore", over="ignore"):
            pictures = self._decode_conv(codes) if self._config.network == "conv" else self._decode_mlp(codes)
            if self.bernoulli:
                # The logistic sigmoid as a hyperbolic tangent, which cannot overflow.
                pictures *= np.float32(0.5)
                np.tanh(pictures, out=pictures)
                pictures += np.float32(1)
                pictures *= np.float32(0.5)
        return pictures

    def encode(self, images: np.ndarray) -> np.ndarray:
        codes = np.empty((len(images), self._config.latent), np.float32)
        for rows in self.chunks(len(images)):
            with np.errstate(invalid="ignore", over="ignore"):
                codes[rows] = self._linear("mean", self._body(images[rows]))
        return codes

    def posterior(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        self._ready()
        if "log_variance.weight" not in self._weights:
            return None
        mean, log_variance = np.empty((2, len(images), self._config.latent), np.float32)
        for rows in self.chunks(len(images)):
            with np.errstate(invalid="ignore", over="ignore"):
                hidden = self._body(images[rows])
                mean[rows] = self._linear("mean", hidden)
                log_variance[rows] = self._linear("log_variance", hidden)
        return mean, log_variance

    def decoder_layers(self, head: str = "output") -> list[Layer]:
        """The decoder as affine maps with a ReLU between each two; the last one's output is the picture's mean,
        for a Bernoulli likelihood its logits. They hold this replica's weights, not copies.

        `head`: "output", or "output_log_variance" for log σ² a pixel where the likelihood has one.
        """
        self._ready()
        names = [*self._decoder, head]
        arrays = [(self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]) for name in names]
        if self._config.network == "mlp":
            return [FullLayer(*pair) for pair in arrays]
        spread = (self._config.widths[-1], self._config.shape[1] >> len(self._config.widths))
        first = FullLayer(self._weights["decoder.0.weight"], self._weights["decoder.0.bias"], spread)
        return [first, *(UpsamplingLayer(*pair) for pair in arrays)]

    def chunks(self, count: int, weight: int = 1) -> list[slice]:
        """`count` rows cut so that no array of a piece grows large; a row may count `weight` times."""
        rows = max(1, self._rows // weight)
        return [slice(start, min(start + rows, count)) for start in range(0, count, rows)]

    def _ready(self) -> None:
        if not self._weights:
            raise ReplicaError("This model has no weights yet; load a snapshot first.")

    def _linear(self, name: str, values: np.ndarray) -> np.ndarray:
        """values (n, inward) -> (n, outward)."""
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        result = rows_times(weight, values)
        result += bias
        return result

    def _decode_mlp(self, codes: np.ndarray) -> np.ndarray:
        hidden = codes
        for name in self._decoder:
            hidden = self._linear(name, hidden)
            np.maximum(hidden, 0, out=hidden)
        return self._linear("output", hidden).reshape(len(codes), *self._config.shape)

    def _body(self, images: np.ndarray) -> np.ndarray:
        """uint8 images (n, C, H, W) -> what the heads take, float32 (n, F)."""
        self._ready()
        if images.dtype != np.uint8 or images.shape[1:] != self._config.shape:
            raise ValueError(f"images must be uint8 of shape (n, {', '.join(map(str, self._config.shape))})")
        hidden = images.astype(np.float32)
        hidden *= np.float32(1 / 255)
        if self._config.network == "conv":
            return self._encode_conv(hidden)
        hidden = hidden.reshape(len(images), -1)
        for name in self._encoder:
            hidden = self._linear(name, hidden)
            np.maximum(hidden, 0, out=hidden)
        return hidden

    # ------------------------------------------------------------ convolutions, on (channels, n, height, width)

    def _arrange_convolutions(self) -> None:
        """Flatten the kernels into the matrices that the products below take."""
        for name in self._encoder:
            kernel = self._weights[f"{name}.weight"]  # (out, in, 4, 4)
            self._weights[f"{name}.weight"] = kernel.reshape(len(kernel), -1)
        heads = [name for name in ("output", "output_log_variance") if f"{name}.weight" in self._weights]
        for name in (*self._decoder, *heads):
            kernel = self._weights[f"{name}.weight"]  # (in, out, 4, 4)
            footprint = kernel.transpose(2, 3, 1, 0).reshape(-1, len(kernel))  # (4 · 4 · out, in)
            self._weights[f"{name}.weight"] = np.ascontiguousarray(footprint)

    def _encode_conv(self, images: np.ndarray) -> np.ndarray:
        count = len(images)
        hidden = images.transpose(1, 0, 2, 3)
        for name in self._encoder:
            weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
            channels, _, side, _ = hidden.shape
            padded = np.zeros((channels, count, side + 2, side + 2), np.float32)
            padded[:, :, 1:-1, 1:-1] = hidden
            half = side // 2
            windows = np.empty((channels, KERNEL, KERNEL, count, half, half), np.float32)
            for row in range(KERNEL):
                for column in range(KERNEL):
                    windows[:, row, column] = padded[:, :, row : row + side : 2, column : column + side : 2]
            flat = weight @ windows.reshape(len(windows) * KERNEL * KERNEL, -1)
            flat += bias[:, None]
            np.maximum(flat, 0, out=flat)
            hidden = flat.reshape(len(weight), count, half, half)
        return hidden.transpose(1, 0, 2, 3).reshape(count, -1)

    def _decode_conv(self, codes: np.ndarray) -> np.ndarray:
        count = len(codes)
        side = self._config.shape[1] >> len(self._config.widths)
        hidden = self._linear("decoder.0", codes)
        np.maximum(hidden, 0, out=hidden)
        hidden = hidden.reshape(count, self._config.widths[-1], side, side).transpose(1, 0, 2, 3)
        for name in self._decoder:
            hidden = self._upsample(name, hidden, relu=True)
        return np.ascontiguousarray(self._upsample("output", hidden).transpose(1, 0, 2, 3))

    def _upsample(self, name: str, values: np.ndarray, *, relu: bool = False) -> np.ndarray:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return upsample(weight, bias, values, relu=relu)


def _widest(config: ModelConfig) -> int:
    """Values that one image takes in the widest intermediate array."""
    if config.network == "mlp":
        return max(config.pixels, *config.widths, config.latent)
    side = config.shape[1]
    # Windows and footprints hold 16 values for each pixel of half the side.
    return max(4 * side * side * config.shape[0], *(4 * (side >> i) ** 2 * w for i, w in enumerate(config.widths)))
