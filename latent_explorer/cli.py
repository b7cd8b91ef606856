"""The `latent-explorer` command: parses options, then imports the slow modules that are needed."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence

from latent_explorer import __version__
from trainer.standard_streams import prepare, say


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    made = argparse.ArgumentParser(
        prog="latent-explorer",
        description="See and feel the latent space of an autoencoder and a variational autoencoder, side by side.",
        epilog="LATENT_EXPLORER_DATA names the folder in which data sets are looked for and downloaded to. "
        "Everything the window can train can be trained without it: python -m trainer --help.",
    )
    made.add_argument("--data", metavar="FOLDER", help="data folder for this time (default: LATENT_EXPLORER_DATA)")
    made.add_argument("--open", metavar="CHECKPOINT_OR_SESSION", help="open this instead of the bundled pair")
    made.add_argument("--device", choices=("auto", "cpu", "cuda"), help="where to train and decode")
    made.add_argument(
        "--screenshot", metavar="FILE", help="write the window as a PNG after its first decode, and exit"
    )
    made.add_argument("--size", metavar="WxH", type=_size, help=argparse.SUPPRESS)
    made.add_argument("--appearance", choices=("system", "light", "dark"), help=argparse.SUPPRESS)
    made.add_argument("--reset", action="store_true", help="forget settings, layout and recent files")
    made.add_argument(
        "--diagnostics", action="store_true", help="print versions, device, paths and the measured decode cost"
    )
    made.add_argument("--version", action="version", version=f"latent-explorer {__version__}")
    return made


def _size(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d{1,4}x[1-9]\d{1,4}", text):
        raise argparse.ArgumentTypeError("a size is width x height in pixels, such as 1280x800")
    return text


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code: 0, 1 (failure) or 2 (usage, input)."""
    prepare()
    options = parser().parse_args(argv)
    from latent_explorer import preflight

    problem = preflight.problem(offscreen=bool(options.screenshot or options.diagnostics))
    if problem:
        say(f"latent-explorer: {problem}")
        return 1
    if options.diagnostics:
        from latent_explorer import diagnostics

        return diagnostics.main(options)
    from latent_explorer import app

    return app.run(options)


if __name__ == "__main__":
    sys.exit(main())
