"""Finds the codes of a path's stops in a pane. Runs in the tool's worker."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.hidden_code import code_of_row
from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.interpolation.state import LETTERS, Stop
from trainer.latent.neighbours import Neighbours
from trainer.replica.replica import Replica


class NoCodeError(Exception):
    """A stop has no code in a pane; the message is a sentence for the user."""


class StopCodes:
    """Finds the codes of stops: of images, and of places by the link between panes. For one thread."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas
        self._searched: PaneCodes | None = None
        self._neighbours: Neighbours | None = None

    def of(
        self,
        stops: tuple[Stop, ...],
        pane: int,
        looks: tuple[Look | None, ...],
        link: str,
    ) -> np.ndarray:
        """The codes of all stops in pane `pane`: float32 (s, d). Raises `NoCodeError`.

        looks: all panes, with what they hide, and the data for rows that are not on the map. link: "image",
        "decode" or "off", for places chosen in another pane.
        """
        found = []
        for place, stop in enumerate(stops):
            code = self._code(stop, pane, looks, link)
            if code is None:
                sentence = QCoreApplication.translate(
                    "Interpolation", "{stop} has no code here: its image is not on the map; choose another."
                )
                raise NoCodeError(sentence.format(stop=LETTERS[place]))
            if not np.isfinite(code).all():
                sentence = QCoreApplication.translate(
                    "Interpolation", "The code of {stop} is not finite: the model has diverged here."
                )
                raise NoCodeError(sentence.format(stop=LETTERS[place]))
            found.append(code)
        return np.stack(found).astype(np.float32)

    def _code(
        self,
        stop: Stop,
        pane: int,
        looks: tuple[Look | None, ...],
        link: str,
    ) -> np.ndarray | None:
        look = looks[pane]
        assert look is not None
        if stop.row is not None:
            return self._code_of_row(look, stop.row)
        if stop.code is None:
            return None
        if stop.pane == pane:
            return stop.code if len(stop.code) == look.plane.latent else None
        other = looks[stop.pane]
        if other is None or len(stop.code) != other.plane.latent:
            return None
        if link == "image":
            row = self._nearest_row(other.codes, stop.code)
            code = None if row is None else self._code_of_row(look, row)
            if code is not None:
                return code
        elif link == "decode":
            picture = self._replica(other).decode(stop.code[None]).transpose(0, 3, 1, 2)
            replica = self._replica(look)
            if picture.shape[1:] == replica.config.shape:
                return replica.encode(np.ascontiguousarray(picture))[0]
        return look.lift(other.plane.project(stop.code[None])[0])

    def _code_of_row(self, look: Look, row: int) -> np.ndarray | None:
        """The code of an image from the map, or encoded: during training not every image is on the map."""
        code, images = code_of_row(look.codes, row), look.images
        if code is None and images is not None and row < len(images):
            replica = self._replica(look)
            if images.shape[1:] == replica.config.shape:
                return replica.encode(np.ascontiguousarray(images[row : row + 1]))[0]
        return code

    def _nearest_row(self, codes: PaneCodes, code: np.ndarray) -> int | None:
        if codes is not self._searched or self._neighbours is None:
            self._searched, self._neighbours = codes, Neighbours(codes.codes)
        found, _ = self._neighbours.nearest(code)
        return int(codes.rows[found[0]]) if len(found) else None

    def _replica(self, look: Look) -> Replica:
        if look.snapshot is None:
            raise NoCodeError(QCoreApplication.translate("Interpolation", "The model's weights are not at hand."))
        return self._replicas.of(look.snapshot, look.traits)
