"""Training settings of the next run: batch, warm-up, length, seed, binarisation, device."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.number_field import NumberField
from latent_explorer.core.training import TrainingState
from latent_explorer.training.field_rows import CHOICE_WIDTH, FieldRows


class RunFields(FieldRows):
    """Settings of the draft that are fixed for a run."""

    def __init__(self, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        off = self.tr("off")
        endless = {"∞": math.inf, self.tr("endless"): math.inf, "inf": math.inf}
        self.batch = NumberField(self, least=1, most=65_536, whole=True, factor=2, unit=self.tr("images"))
        self.warm_up = NumberField(
            self, least=0, most=10_000_000, whole=True, step=100, unit=self.tr("steps"), words={off: 0.0}
        )
        self.epochs = NumberField(self, least=1, most=1_000_000, whole=True, step=1, words=endless)
        self.seed = NumberField(
            self, least=0, most=2**31 - 1, whole=True, step=1, show=lambda seed: str(int(seed))
        )
        devices = ((self.tr("Automatic"), "auto", ""), (self.tr("CPU"), "cpu", ""), (self.tr("CUDA"), "cuda", ""))
        self.device = Combo(devices, self)
        pixels = (
            (self.tr("Grey levels"), "none", self.tr("As they are.")),
            (self.tr("Drawn each step"), "dynamic", self.tr("Every pixel as 0 or 1, drawn afresh each step.")),
            (self.tr("Drawn once"), "static", self.tr("Every pixel as 0 or 1, the same in every epoch.")),
        )
        self.binarise = Combo(pixels, self)
        self._build()
        self.batch.committed.connect(lambda batch: self._change(batch=int(batch)))
        self.warm_up.committed.connect(lambda steps: self._change(warm_up=int(steps)))
        self.epochs.committed.connect(
            lambda epochs: self._change(epochs=None if math.isinf(epochs) else int(epochs))
        )
        self.seed.committed.connect(lambda seed: self._change(seed=int(seed)))
        self.binarise.activated.connect(lambda index: self._change(binarise=self.binarise.itemData(index)))
        self.device.activated.connect(lambda index: training.set_device_wish(self.device.itemData(index)))
        training.draft_changed.connect(self._show)
        training.device_changed.connect(self._show)
        self._show()

    def _build(self) -> None:
        self.add(self.tr("Batch"), self.batch, "batch", term="batch")
        self.batch.set_help(self.tr("Images a step. Up and Down double and halve it."))
        self.add(self.tr("KL warm-up"), self.warm_up, "warm-up", term="warm_up")
        self.warm_up.set_help(self.tr("Steps over which β grows from 0 to its value."))
        self.add(self.tr("Epochs"), self.epochs, "epochs", term="epoch")
        self.epochs.set_help(self.tr("Where the run ends; ∞ goes on until stopped."))
        self.add(self.tr("Seed"), self.seed, "seed", term="run_seed")
        self.seed.set_help(self.tr("Of initial weights, batch order and noise; all models share it."))
        tip = self.tr("Where the next run trains.")
        self.add(self.tr("Device"), self.device, "device", tip, CHOICE_WIDTH, term="device")
        tip = self.tr("Pixels as they are, or drawn as 0 or 1 with the grey level as the probability of 1.")
        self.add(self.tr("Pixels"), self.binarise, "binarise", tip, CHOICE_WIDTH, term="binarised")

    def _change(self, **changes: Any) -> None:
        self._training.set_draft(train=self._training.draft_train.replace(**changes))

    @Slot()
    def _show(self) -> None:
        train = self._training.draft_train
        self.batch.set_number(train.batch)
        self.warm_up.set_number(train.warm_up)
        self.epochs.set_number(math.inf if train.epochs is None else train.epochs)
        self.seed.set_number(train.seed)
        self.device.choose(self._training.device_wish)
        self.binarise.choose(train.binarise)
