"""An encoder as a process of its own: pictures go in, an MP4 comes out. Looked for, never brought along."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from trainer.export.partial_file import temporary_name
from trainer.export.settings_text import settings_text
from trainer.progress import Progress
from trainer.service.errors import RequestError

ENCODER = "ffmpeg"
#: Bits a second for each pixel of a second of video; flat colours need little.
_BITS = 0.25
_WAIT = 30.0


def find_encoder() -> str | None:
    """The encoder's path, or None."""
    return shutil.which(ENCODER)


def write_mp4(
    path: Path, frame: Callable[[int], np.ndarray], count: int, speed: float, settings: dict[str, Any]
) -> Iterator[Progress | None]:
    """Encode frames 0 to `count` - 1, uint8 (H, W, 3) with even sides, at `speed` frames a second.

    The settings stand in the comment. Raises `OSError`, and `RequestError` if there is no encoder or it fails.
    """
    encoder = find_encoder()
    if encoder is None:
        raise RequestError(f"{ENCODER} was not found, so there is no MP4; install it, or save a GIF.")
    first = frame(0)
    height, width = first.shape[:2]
    with temporary_name(path) as name, tempfile.TemporaryFile() as log:
        command = [encoder, "-hide_banner", "-loglevel", "error", "-nostdin", "-y"]
        command += ["-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", f"{width}x{height}"]
        command += ["-framerate", f"{speed:g}", "-i", "pipe:0", "-an", "-pix_fmt", "yuv420p"]
        command += ["-b:v", str(max(1_000_000, int(_BITS * width * height * speed))), "-movflags", "+faststart"]
        command += ["-metadata", f"comment={settings_text(settings)}", "-f", "mp4", str(name)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log)
        try:
            yield from _feed(process, frame, first, count)
            if process.wait(_WAIT):
                raise _failure(log)
        except (BrokenPipeError, subprocess.TimeoutExpired) as error:
            raise _failure(log) from error
        finally:
            # Also when given up: what does not encode for us any more has nothing to do.
            if process.stdin is not None and not process.stdin.closed:
                process.kill()
                process.communicate()
            elif process.poll() is None:
                process.kill()
                process.wait()


def _feed(
    process: subprocess.Popen[bytes], frame: Callable[[int], np.ndarray], first: np.ndarray, count: int
) -> Iterator[Progress | None]:
    assert process.stdin is not None
    for number in range(count):
        data = (first if number == 0 else frame(number)).tobytes()
        for start in range(0, len(data), 1_000_000):
            process.stdin.write(data[start : start + 1_000_000])
            yield None
        yield Progress(number + 1, count, "frames", "Writing")
    process.stdin.close()


def _failure(log: Any) -> RequestError:
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()
    reason = f" ({lines[-1]:.200})" if lines else ""
    return RequestError(f"{ENCODER} could not make the MP4{reason}; save a GIF instead.")
