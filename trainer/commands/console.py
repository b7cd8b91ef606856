"""Output of commands: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from trainer.progress import Progress
from trainer.sentences import Sentence
from trainer.standard_streams import say, silence, spells_everything


class FailureError(RuntimeError):
    """A command that failed with valid input; the message is one sentence, exit code 1."""


class InterruptedRunError(RuntimeError):
    """A command that was interrupted and ended cleanly; the message is one sentence, with an exit code."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code


class Console:
    """Writes to the terminal or pipe. `json`: print the result as JSON."""

    def __init__(self, json: bool = False) -> None:
        self.json = json
        self._live = sys.stderr.isatty()
        self._width = 0
        self._last = -float("inf")
        self._further: dict[str, Any] = {}

    def say(self, sentence: Sentence | str) -> None:
        """Print a remark on standard error, on a separate line."""
        self._clear()
        say(str(sentence))

    def status(self, text: str, last: bool = False) -> None:
        """Update the progress line: in place in a terminal, otherwise an occasional line and the `last` one."""
        now = time.monotonic()
        if not last and now - self._last < (0.1 if self._live else 10.0):
            return
        self._last = now
        if self._live:
            say("\r" + text.ljust(self._width), end="\n" if last else "")
            self._width = 0 if last else len(text)
        else:
            say(text)

    def progress(self, progress: Progress) -> None:
        """Show the progress of a long job in the progress line."""
        of = f"/{progress.total}" if progress.total is not None else ""
        self.status(f"{progress.what}: {progress.done}{of} {progress.unit}")

    def add_to_result(self, further: Mapping[str, Any]) -> None:
        """Add entries to the JSON result that were already printed as remarks."""
        self._further |= further

    def result(self, data: Mapping[str, Any], lines: Sequence[str]) -> None:
        """Print the result: `data` as JSON, or `lines` as text."""
        self._clear()
        try:
            self._print(data, lines)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            silence(sys.stdout)
            raise FailureError(f"The result could not be written: {error.strerror or error}.") from error

    def _print(self, data: Mapping[str, Any], lines: Sequence[str]) -> None:
        if self.json:
            everything = _finite({**data, **self._further})
            print(json.dumps(everything, ensure_ascii=not spells_everything(sys.stdout), allow_nan=False))
        else:
            print("\n".join(lines))

    def _clear(self) -> None:
        if self._width:
            say("\r" + " " * self._width + "\r", end="")
            self._width = 0


def _finite(value: Any) -> Any:
    """`value` with None for infinity and NaN, which JSON does not have."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case Mapping():
            return {name: _finite(item) for name, item in value.items()}
        case list() | tuple():
            return [_finite(item) for item in value]
    return value
