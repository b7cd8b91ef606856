"""The loop around the engine: progress, evaluation, saving, clean interruption."""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import Any

from trainer.commands.console import Console, FailureError, InterruptedRunError
from trainer.commands.figures import figure_lines, resting_words, summary_lines
from trainer.config import RunConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.metrics.likelihood_label import likelihood_label
from trainer.model_names import run_names
from trainer.models.family import family
from trainer.reports import EvaluationReport, Losses, NonFiniteLossError, StepReport
from trainer.training.checkpoint import Codes, load, read_codes
from trainer.training.checkpoint_error import CheckpointError, naming_the_run
from trainer.training.checkpoint_writing import save
from trainer.training.description import DataSummary, thinned
from trainer.training.devices import DeviceMemoryError, card_remark, roomier
from trainer.training.engine import Trainer
from trainer.training.run_folder import check_room

#: Codes are saved with a run up to this many values (16 MB), enough for 70,000 images in 28 dimensions twice.
_MOST_CODES = 4_000_000
#: Number of step reports in memory before they are thinned.
_MOST_HISTORY = 20_000
#: Signals that end a run cleanly, as far as the system has them. A second one of `_IMPATIENT` ends it at once.
_IMPATIENT = (signal.SIGINT, signal.SIGTERM)
_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


class RunLoop:
    """One run until its end, an interruption or a failure; with `out` None nothing is saved."""

    def __init__(
        self,
        config: RunConfig,
        data: ImageData,
        knobs: Knobs,
        console: Console,
        *,
        out: Path | None,
        every: float,
        keep_codes: bool,
    ) -> None:
        self._trainer = Trainer(config, data, knobs)
        if config.train.device == "auto" and (remark := card_remark()):
            console.say(remark)
        self._data = data
        self._console = console
        self._out = out
        self._every = every
        self._keep_codes = keep_codes
        self._summary = DataSummary.of(data)
        self._history: list[StepReport] = []
        self._evaluations: list[EvaluationReport] = []
        #: Codes stored in the resumed checkpoint, valid until the first step.
        self._codes: Codes | None = None
        self._stopped_by = 0
        self._images, self._seconds = 0, 0.0

    def resume(self, path: Path, knobs: Knobs) -> None:
        """Resume from the checkpoint `path` with `knobs`. Raises `CheckpointError`."""
        description, state = load(path)
        with naming_the_run(path):
            self._trainer.restore(state)
        self._trainer.knobs = knobs
        self._history, self._evaluations = list(description.history), list(description.evaluations)
        self._codes = read_codes(path)

    def go(self) -> None:
        """Save once, train to the end, then evaluate, save and print the result.

        Raises `InterruptedRunError` and `FailureError`. The save before the first step makes problems with saving
        fail at once instead of after hours.
        """
        self._try_to_keep()
        self._trainer.stepping.calibrate()
        with self._signals():
            try:
                self._train()
            except NonFiniteLossError:
                # The engine has rolled back to the last good step.
                step, begun = self._trainer.step, bool(self._history)
                self._history = [report for report in self._history if report.step <= step]
                self._evaluations = [report for report in self._evaluations if report.step <= step]
                if begun:
                    self._save(last=True)
                raise
            # Inside the signal context: a second Ctrl+C here must not lose the training since the last save.
            if not self._evaluations or self._evaluations[-1].step != self._trainer.step:
                self._evaluations.append(self._trainer.evaluate())
            self._save(last=True)
        if self._stopped_by and not self._trainer.finished:
            kept = f"; go on with --resume {self._out}" if self._out is not None else ""
            raise InterruptedRunError(f"Stopped at step {self._trainer.step}{kept}.", 128 + self._stopped_by)
        found = self._found()
        self._console.result(found, _table(found))

    def _train(self) -> None:
        saved, evaluated, epoch = time.monotonic(), time.monotonic(), int(self._trainer.epoch)
        while not self._trainer.finished and not self._stopped_by:
            try:
                for report in self._trainer.steps():
                    self._note(report)
                    now = time.monotonic()
                    if int(report.epoch) > epoch and now - evaluated >= self._trainer.config.train.evaluate_every:
                        epoch = int(report.epoch)
                        self._evaluations.append(self._trainer.evaluate())
                        evaluated = time.monotonic()
                    if now - saved >= self._every:
                        self._save()
                        saved = time.monotonic()
                    if self._stopped_by:
                        break
            except DeviceMemoryError as error:
                self._make_room(error)

    def _note(self, report: StepReport) -> None:
        self._images += report.images
        self._seconds += report.seconds
        for remark in report.remarks:
            self._console.say(remark)
        if not report.losses:
            return
        self._history.append(report)
        if len(self._history) > _MOST_HISTORY:
            self._history = list(thinned(self._history))
        epochs = self._trainer.config.train.epochs
        losses = " · ".join(
            f"{name} {_spell(loss)}" for name, loss in zip(self._names, report.losses, strict=True)
        )
        of = f"/{epochs}" if epochs is not None else ""
        self._console.status(
            f"epoch {report.epoch:.2f}{of} · step {report.step} · {losses} · {self._rate():,.0f} images/s",
            last=self._trainer.finished,
        )

    @cached_property
    def _names(self) -> list[str]:
        """Computed once: the knobs do not change here, and computing the names takes as long as a short step."""
        config = self._trainer.config
        cards = {model.family: family(model.family).card for model in config.models}
        return run_names(config.models, self._trainer.knobs, cards)

    def _rate(self) -> float:
        return self._images / self._seconds if self._seconds > 0 else 0.0

    def _make_room(self, error: DeviceMemoryError) -> None:
        """Continue with smaller batches or on the CPU, with a remark."""
        choice = roomier(self._trainer.config)
        if choice is None:
            raise FailureError(str(error)) from error
        config, sentence = choice
        self._console.say(sentence)
        state, knobs = self._trainer.state(), self._trainer.knobs
        self._trainer = Trainer(config, self._data, knobs)
        self._trainer.restore(state)

    def _save(self, last: bool = False) -> None:
        if self._out is None:
            return
        numbers = self._data.count * sum(model.latent for model in self._trainer.config.models)
        codes = None
        if last and self._keep_codes and numbers <= _MOST_CODES:
            report = self._trainer.map_report(self._trainer.all_rows)
            data = self._data
            codes = Codes(
                rows=report.rows,
                codes=report.codes,
                labels=data.labels,
                factors=data.factors,
                sigmas=report.sigmas,
            )
        try:
            self._write(codes)
        except CheckpointError as error:
            if last:
                raise FailureError(str(error)) from error
            self._console.say(f"{error} Training goes on.")

    def _try_to_keep(self) -> None:
        """Save, and check the disk space for the larger saves to come. Raises `FailureError`."""
        if self._out is None:
            return
        state = self._trainer.state()
        weights = sum(
            tensor.numel() * tensor.element_size() for name, tensor in state.tensors.items() if ".model." in name
        )
        try:
            self._write(self._codes)
            # Adam keeps two values per weight, and a new save is written before the former one is removed.
            check_room(self._out, 2 * 3 * weights)
        except CheckpointError as error:
            raise FailureError(str(error)) from error

    def _write(self, codes: Codes | None) -> None:
        if self._out is None:
            return
        save(
            self._out,
            config=self._trainer.config,
            state=self._trainer.state(),
            data=self._summary,
            history=tuple(self._history),
            evaluations=tuple(self._evaluations),
            codes=codes,
        )

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Handle SIGINT, SIGTERM and SIGHUP: end the run between two steps and save it.

        A second SIGINT or SIGTERM ends it at once; a second SIGHUP does not, because a closing terminal sends two.
        Signals that the parent process set to be ignored (nohup) stay ignored.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(number: int, _frame: FrameType | None) -> None:
            if self._stopped_by and number in _IMPATIENT:
                raise KeyboardInterrupt
            self._stopped_by = self._stopped_by or number

        wanted = [number for number in _ENDING if signal.getsignal(number) is not signal.SIG_IGN]
        former = {number: signal.signal(number, stop) for number in wanted}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    def _found(self) -> dict[str, Any]:
        trainer, last = self._trainer, self._evaluations[-1]
        models = []
        for index, (name, model) in enumerate(zip(self._names, trainer.config.models, strict=True)):
            knobs = trainer.members[index].family.card.knobs
            error = last.errors[index] if last.errors else None
            variance = last.variances[index] if last.variances else None
            models.append(
                {
                    "name": name,
                    "family": model.family,
                    "options": model.options.to_json(),
                    "knobs": trainer.knobs.of(index, knobs),
                    "rests_since": trainer.stepping.resting.get(index),
                    "summary": model.summary,
                    "likelihood": model.likelihood,
                    "binarise": last.pixels,
                    "label": str(likelihood_label(model, last.pixels, variance)),
                    "variance": variance,
                    "train": _figures(last.train[index]),
                    "held_out": _figures(last.held_out[index]),
                    "held_out_error": None if error is None else error.to_json(),
                    "mse": last.mse[index] if last.mse else None,
                    "active_units": last.active[index],
                    "effective_rank": last.ranks[index] if last.ranks else None,
                    "kl_per_dimension": list(last.held_out[index].kl_per_dimension),
                    "latent": model.latent,
                }
            )
        applied = self._history[-1] if self._history else None
        return {
            "out": None if self._out is None else str(self._out),
            "data": self._data.title,
            "step": trainer.step,
            "epoch": trainer.epoch,
            "device": str(trainer.device),
            "threads": trainer.stepping.threads_used,
            "images_per_second": self._rate(),
            "images": last.rows,
            "none_held_out": last.none_held_out,
            # As applied in the last step, after warm-up and learning rate decay.
            "beta": None if applied is None else self._beta(applied.applied),
            "learning_rate": None if applied is None else applied.applied.learning_rate,
            "models": models,
        }

    def _beta(self, applied: Knobs) -> float | None:
        """β of all models that have one; None where there is none, or each has its own."""
        cards = [member.family.card for member in self._trainer.members]
        every = {
            applied.of(index, card.knobs)["beta"]
            for index, card in enumerate(cards)
            if card.knob("beta") is not None
        }
        return every.pop() if len(every) == 1 else None


def _figures(losses: Losses) -> dict[str, float]:
    return dict(losses.terms)


def _spell(loss: Losses) -> str:
    if math.isnan(loss.total):
        return "rests"
    kl = loss.get("kl")
    return f"{loss.total:.1f}" if kl is None else f"{loss.total:.1f} (KL {kl:.1f})"


def _table(found: dict[str, Any]) -> list[str]:
    lines = [
        f"{found['epoch']:.2f} epochs of {found['data']}; nats per image ± standard error, "
        f"on {found['images']:,} {'training images, none being' if found['none_held_out'] else 'images'} held out"
    ]
    if found["learning_rate"] is not None:
        beta = "" if found["beta"] is None else f"β {found['beta']:g}, "
        lines[0] += f"; {beta}learning rate {found['learning_rate']:g} as applied last"
    for one in found["models"]:
        lines.append(f"{one['name']} ({one['summary']}){resting_words(one)}")
        error = one["held_out_error"] or {}
        errors = {f"{name}_error": error.get(name) for name in one["held_out"]}
        lines += [*figure_lines(one | one["held_out"] | errors), *summary_lines(one)]
    if found["out"]:
        lines.append(f"Kept in {found['out']}")
    return lines
