"""A model with the images that it is measured on; values shared by several measures are computed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
import torch
from torch import Tensor

from trainer.data.images import ImageData
from trainer.data.split import subset
from trainer.latent.aggregated import aggregated
from trainer.measures.measure import NotAvailableError
from trainer.metrics.binarisation import as_seen, pixels_of
from trainer.metrics.block_threads import BlockThreads
from trainer.metrics.likelihood import LikelihoodFigures, evaluate, outside_training
from trainer.models.latent_model import LatentModel
from trainer.noise import Noise, draw_noise
from trainer.posteriors import GaussianPosterior, Posterior
from trainer.prior import Prior
from trainer.progress import UNWATCHED, Monitor, completed
from trainer.seeds import stream_seed
from trainer.sentences import Sentence

#: Maximum number of training images that held-out ones are compared with (neighbours, probes): a seeded random
#: choice.
MOST_TRAINING = 10_000
#: float32 values in memory at a time per thread: 4 MB.
_VALUES = 1_000_000

_Shared = TypeVar("_Shared")


class Subject:
    """A model outside training and its data, on the model's device; every result is seeded.

    Attributes:
        model: in evaluation mode; no other code may use it meanwhile.
        data: all images; `rows` of them are measured.
        rows: int64 (n,), ascending: by default the held-out rows.
        training_rows: int64 (m,), ascending: at most MOST_TRAINING rows of the training part.
        seed: of choices, draws and binarisation.
        binarise: binarisation of pixels, one of `trainer.config.BINARISE`.
        variance: the likelihood's σ² learned on the training images; None where it has none.
    """

    def __init__(
        self,
        model: LatentModel,
        data: ImageData,
        rows: np.ndarray,
        *,
        seed: int = 0,
        binarise: str = "none",
        variance: float | None = None,
        shared: dict[Any, Any] | None = None,
    ) -> None:
        """`shared`: cache of values that depend on the images only; common to all models measured on these
        rows.
        """
        self.model = model.eval()
        self.data = data
        self.rows = rows
        self.training_rows = subset(MOST_TRAINING, data.train_count, seed, 1)
        self.seed, self.binarise, self.variance = seed, binarise, variance
        self._codes: dict[str, tuple[np.ndarray, np.ndarray | None]] = {}
        self._shared = {} if shared is None else shared

    def shared(self, name: str, found: Callable[[], _Shared]) -> _Shared:
        """The result of `found`, cached for all models: it may depend only on images, seed and binarisation."""
        key = name, self.seed, self.binarise
        if key not in self._shared:
            self._shared[key] = found()
        return cast(_Shared, self._shared[key])

    @property
    def device(self) -> torch.device:
        """The model's device."""
        return next(self.model.parameters()).device

    @property
    def latent(self) -> int:
        """d, the number of latent dimensions."""
        return self.model.config.latent

    @cached_property
    def pixels(self) -> str:
        """The kind of pixels of all figures, one of `trainer.metrics.binarisation.PIXELS`."""
        return pixels_of(self.data.images, self.binarise)

    @cached_property
    def images(self) -> Tensor:
        """The measured images as the model's input: uint8 (n, C, H, W), on the CPU, binarised if configured."""
        return as_seen(self.data.tensor()[torch.from_numpy(self.rows)], self.binarise, self.seed)

    @cached_property
    def training_images(self) -> Tensor:
        """Like `images`, for `training_rows`: uint8 (m, C, H, W)."""
        return as_seen(self.data.tensor()[torch.from_numpy(self.training_rows)], self.binarise, self.seed + 1)

    @cached_property
    def labels(self) -> np.ndarray:
        """int64 (N,) for all rows, -1 where unknown. Raises `NotAvailableError` for data without classes."""
        if self.data.labels is None:
            raise NotAvailableError("The data have no classes.")
        return self.data.labels

    @cached_property
    def factors(self) -> np.ndarray:
        """float32 (N, F) for all rows. Raises `NotAvailableError` for data without factors."""
        if self.data.factors is None:
            raise NotAvailableError("The data have no known factors.")
        return self.data.factors

    @cached_property
    def likelihood(self) -> LikelihoodFigures:
        """Losses of the measured images, one seeded draw of each posterior."""
        images = self.data.tensor()[torch.from_numpy(self.rows)]
        return evaluate(self.model, images, seed=self.seed, binarise=self.binarise, variance=self.variance)

    def codes(self, monitor: Monitor = UNWATCHED) -> np.ndarray:
        """z, or μ, of the measured images: float32 (n, d)."""
        return self._encoded("measured", self.images, monitor)[0]

    def training_codes(self, monitor: Monitor = UNWATCHED) -> np.ndarray:
        """z, or μ, of `training_rows`: float32 (m, d)."""
        return self._encoded("training", self.training_images, monitor)[0]

    def training_draws(self, monitor: Monitor = UNWATCHED) -> np.ndarray:
        """One seeded draw of q(z|x) for each of `training_rows`, in their order, or their z: float32 (m, d)."""
        codes, sigmas = self._encoded("training", self.training_images, monitor)
        if sigmas is None or self.posterior_kind is None:
            return codes
        noise = np.random.default_rng([self.seed, 3]).standard_normal(codes.shape, np.float32)
        return self.posterior_kind.of_sigmas(codes, sigmas).sample(noise)

    def sigmas(self, monitor: Monitor = UNWATCHED) -> np.ndarray | None:
        """σ of q(z|x) of the measured images: float32 (n, d); None for a model without a posterior."""
        return self._encoded("measured", self.images, monitor)[1]

    @cached_property
    def posterior_kind(self) -> type[Posterior] | None:
        """The kind of q(z|x); None for a model whose codes are points."""
        found = self._posterior(self.images[:1])
        return None if found is None else type(found)

    @cached_property
    def prior(self) -> Prior | None:
        """p(z), in torch on the model's device; None for a model without a prior."""
        return self.model.prior_distribution()

    def prior_codes(self, count: int, which: int = 0) -> np.ndarray:
        """Seeded draws from the prior, or from N(0, I) for a model without one: float64 (count, d).

        `which`: different numbers give independent draws.
        """
        noise = draw_noise(count, self.latent, stream_seed(self.seed, "prior", which))
        if self.prior is None:
            return noise.normal
        given = Noise(*(torch.from_numpy(part).to(self.device) for part in (noise.normal, noise.uniform)))
        return cast(Tensor, self.prior.codes_of(given)).double().cpu().numpy()

    def drawn(self, monitor: Monitor = UNWATCHED, *, training: bool = False) -> np.ndarray:
        """One draw of q(z|x) per image, in random order, or the codes of a model without a posterior: float32 (n,
        d).

        These draws, not μ, are samples of the aggregated posterior. Non-finite rows are left out.
        """
        name, images = ("training", self.training_images) if training else ("measured", self.images)
        codes, sigmas = self._encoded(name, images, monitor)
        kind = self.posterior_kind or GaussianPosterior
        return completed(aggregated(codes, sigmas, len(codes), self.seed, kind), monitor)

    def encode(self, images: Tensor, monitor: Monitor = UNWATCHED) -> np.ndarray:
        """z, or μ, of images uint8 or float32 in [0, 1] (n, C, H, W): float32 (n, d)."""
        return self._run(images, monitor)[0]

    @torch.no_grad()
    def decode(self, codes: np.ndarray, monitor: Monitor = UNWATCHED) -> np.ndarray:
        """The mean pictures of codes float32 (n, d): float32 (n, C, H, W) in [0, 1], clipped as when shown."""
        found = np.empty((len(codes), *self.data.shape), np.float32)

        def decode(part: slice) -> None:
            given = torch.from_numpy(np.ascontiguousarray(codes[part], np.float32)).to(self.device)
            found[part] = self.model.decode(given).clamp_(0, 1).cpu().numpy()

        self._in_blocks(decode, len(codes), monitor, Sentence("Decoding"))
        return found

    def _encoded(self, name: str, images: Tensor, monitor: Monitor) -> tuple[np.ndarray, np.ndarray | None]:
        if name not in self._codes:
            self._codes[name] = self._run(images, monitor)
        return self._codes[name]

    @torch.no_grad()
    def _posterior(self, images: Tensor) -> Posterior | None:
        with outside_training(self.model):
            return self.model.posterior(self._seen(images))

    @torch.no_grad()
    def _run(self, images: Tensor, monitor: Monitor) -> tuple[np.ndarray, np.ndarray | None]:
        codes = np.empty((len(images), self.latent), np.float32)
        sigmas = None if self.posterior_kind is None else np.empty_like(codes)

        def encode(part: slice) -> None:
            rows = self._seen(images[part])
            posterior = self.model.posterior(rows)
            if posterior is None or sigmas is None:
                codes[part] = self.model.encode(rows).flatten(1).cpu().numpy()
                return
            codes[part] = cast(Tensor, posterior.mean).cpu().numpy()
            sigmas[part] = cast(Tensor, posterior.spread).cpu().numpy()

        self._in_blocks(encode, len(images), monitor, Sentence("Encoding"))
        return codes, sigmas

    def _seen(self, images: Tensor) -> Tensor:
        rows = images.to(self.device)
        return rows.float().div_(255) if rows.dtype == torch.uint8 else rows

    def _in_blocks(self, work: Callable[[slice], None], count: int, monitor: Monitor, what: Sentence) -> None:
        """Call `work` with slices of `count` images."""
        step = max(1, _VALUES // int(np.prod(self.data.shape)))
        blocks = [slice(start, min(start + step, count)) for start in range(0, count, step)]
        checks = iter(range(0, count, step))

        def check() -> None:
            monitor.at(next(checks, count), count, Sentence("images"), what)

        with outside_training(self.model):
            if len(blocks) == 1:
                check()
                work(blocks[0])
                return
            with BlockThreads(self.device) as threads:
                threads.run(work, blocks, check)
