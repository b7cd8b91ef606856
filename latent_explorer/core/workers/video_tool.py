"""Finds out which encoders an ffmpeg has, and whether its output can be played, by running it."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path

from trainer.sentences import RequestError, Sentence

#: Encoders whose MP4 files browsers and presentations play, in order of preference. ffmpeg's fallback "mpeg4" is
#: played by hardly any of them.
PLAYABLE = (
    "libx264",
    "libopenh264",
    "h264_videotoolbox",
    "h264_mf",
    "libvpx-vp9",
    "libsvtav1",
    "libaom-av1",
)
#: Maximum pixels per side that H.264 decoders support.
MOST_SIDE = 4096
#: Time limits (s): for listing encoders, and for decoding a film, which is faster than encoding.
_ASKING, _PROBING = 20.0, 300.0
#: Polling interval of a running process (s).
LOOK = 0.02


def video_encoder(ffmpeg: str) -> str:
    """The encoder to use. Raises `RequestError` if this ffmpeg has none that players support."""
    try:
        said = subprocess.run(
            [ffmpeg, "-hide_banner", "-encoders"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ASKING,
            check=False,
        ).stdout.decode(errors="replace")
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RequestError(
            "{program} does not run ({reason}), so there is no MP4; save a GIF.", program=ffmpeg, reason=error
        ) from error
    # Each line: flags, name, description.
    offered = {words[1] for line in said.splitlines() if len(words := line.split()) > 1}
    found = next((name for name in PLAYABLE if name in offered), None)
    if found is None:
        raise RequestError(
            "{program} has no encoder whose films browsers play (such as libx264); install a fuller one, or "
            "save a GIF.",
            program=ffmpeg,
        )
    return found


def fitted_size(width: int, height: int) -> tuple[int, int]:
    """(width, height), even and at most `MOST_SIDE`, in the same proportion."""
    share = min(1.0, MOST_SIDE / max(width, height))
    return max(2, 2 * int(width * share / 2)), max(2, 2 * int(height * share / 2))


def probe(ffmpeg: str, film: Path, frames: int) -> Generator[None, None, Sentence | None]:
    """Why `film` is invalid, in a few words; None if it decodes to `frames` frames.

    Yields meanwhile. Raises `subprocess.TimeoutExpired`.
    """
    command = [ffmpeg, "-hide_banner", "-loglevel", "error", "-nostdin", "-i", str(film)]
    command += ["-map", "0:v:0", "-f", "framecrc", "-"]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL)
        try:
            yield from until_ended(process, _PROBING)
        finally:
            process.kill()
            process.wait()
        output.seek(0)
        # One line per frame, after some that begin with #.
        decoded = sum(bool(line.strip()) and not line.startswith(b"#") for line in output)
    if process.returncode:
        return Sentence("what it wrote cannot be played")
    if decoded != frames:
        return Sentence("what it wrote holds {count} of {frames} frames", count=decoded, frames=frames)
    return None


def until_ended(process: subprocess.Popen[bytes], most: float) -> Iterator[None]:
    """Yield until `process` has ended. Raises `subprocess.TimeoutExpired` after `most` seconds."""
    started = time.monotonic()
    while process.poll() is None:
        if time.monotonic() - started > most:
            raise subprocess.TimeoutExpired(process.args, most)
        time.sleep(LOOK)
        yield None
