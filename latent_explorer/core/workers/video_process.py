"""An external encoder process for MP4, which must be installed; it is not bundled."""

from __future__ import annotations

import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from latent_explorer.core.workers.video_tool import LOOK, fitted_size, probe, until_ended, video_encoder
from trainer.export.partial_file import temporary_name
from trainer.export.settings_text import settings_text
from trainer.progress import Progress
from trainer.sentences import RequestError, Sentence

ENCODER = "ffmpeg"
#: Bits per pixel and frame rate; flat colours need few.
_BITS = 0.25
#: Time limit for an encoder after the last frame (s).
_WAIT = 300.0
#: Time limit for a thread whose pipe is broken (s).
_GRACE = 0.1


def find_encoder() -> str | None:
    """The encoder's path, or None."""
    return shutil.which(ENCODER)


def write_mp4(
    path: Path, frame: Callable[[int], np.ndarray], count: int, speed: float, settings: dict[str, Any]
) -> Iterator[Progress | None]:
    """Encode frames 0 to `count` - 1, uint8 (H, W, 3) with even sides, at `speed` frames per second.

    Frames larger than players support are reduced. The settings are in the comment. Raises `OSError`, and
    `RequestError` if there is no encoder that players support, it fails, or its file does not play.
    """
    encoder = find_encoder()
    if encoder is None:
        raise RequestError(
            "{program} was not found, so there is no MP4; install it, or save a GIF.", program=ENCODER
        )
    codec = video_encoder(encoder)
    yield None
    first = frame(0)
    height, width = first.shape[:2]
    across, down = fitted_size(width, height)
    with temporary_name(path) as name, tempfile.TemporaryFile() as log:
        command = [encoder, "-hide_banner", "-loglevel", "error", "-nostdin", "-y"]
        command += ["-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", f"{width}x{height}"]
        command += ["-framerate", f"{speed:g}", "-i", "pipe:0", "-an", "-c:v", codec, "-pix_fmt", "yuv420p"]
        if (across, down) != (width, height):
            command += ["-vf", f"scale={across}:{down}:flags=area"]
        command += ["-b:v", str(max(1_000_000, int(_BITS * across * down * speed))), "-movflags", "+faststart"]
        command += ["-metadata", f"comment={settings_text(settings)}", "-f", "mp4", str(name)]
        # Unbuffered: after a cancel nothing may be written when the pipe is closed.
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log, bufsize=0
        )
        feeder = _Feeder(process)
        try:
            yield from _feed(feeder, frame, first, count)
            yield from until_ended(process, _WAIT)
            yield None  # cancelled at the last moment, it replaces nothing
            if process.returncode:
                raise _failure(log)
            if wrong := (yield from probe(encoder, name, count)):
                raise _could_not(wrong)
        except (BrokenPipeError, subprocess.TimeoutExpired) as error:
            raise _failure(log) from error
        finally:
            # Also after a cancel: the encoder is no longer needed.
            process.kill()
            process.wait()
            feeder.close()


class _Feeder:
    """Writes to the encoder in a separate thread: an encoder that does not read must not block a cancel."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        self._pipe = process.stdin
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._taken = threading.Event()
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._write, name="video", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> Iterator[None]:
        """Write `data` and wait until it is written. Raises `BrokenPipeError` if the encoder has ended."""
        self._taken.clear()
        self._waiting.put(data)
        while not self._taken.wait(LOOK):
            yield None
        if self._error is not None:
            raise BrokenPipeError from self._error

    def end(self) -> Iterator[None]:
        """Close the input; the encoder may finish."""
        self._waiting.put(None)
        while self._thread.is_alive():
            yield None
            self._thread.join(LOOK)

    def close(self) -> None:
        """End the thread; the encoder must have been ended before."""
        self._waiting.put(None)
        # A child of the encoder that keeps the pipe open without reading would block the thread, which is a
        # daemon.
        self._thread.join(_GRACE)

    def _write(self) -> None:
        with self._pipe as pipe:
            while (data := self._waiting.get()) is not None:
                rest = memoryview(data)
                try:
                    while rest and self._error is None:
                        rest = rest[pipe.write(rest) :]
                except OSError as error:  # includes the broken pipe of Windows
                    self._error = error
                self._taken.set()


def _feed(
    feeder: _Feeder, frame: Callable[[int], np.ndarray], first: np.ndarray, count: int
) -> Iterator[Progress | None]:
    for number in range(count):
        yield from feeder.write((first if number == 0 else frame(number)).tobytes())
        yield Progress(number + 1, count, Sentence("frames"), Sentence("Writing"))
    yield from feeder.end()


def _failure(log: Any) -> RequestError:
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()
    return _could_not(lines[-1][:200] if lines else "")


def _could_not(reason: Sentence | str) -> RequestError:
    if not reason:
        return RequestError("{program} could not make the MP4; save a GIF instead.", program=ENCODER)
    return RequestError(
        "{program} could not make the MP4 ({reason}); save a GIF instead.", program=ENCODER, reason=reason
    )
