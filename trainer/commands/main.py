"""The command line: parses arguments, runs one command, and turns errors into one line and an exit code.

Exit codes: 0 success; 1 failure; 2 wrong usage or input; 130 (143, 129) interrupted. Torch-free until a command
runs, so that `--help` is fast.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from trainer.commands import encode, evaluate, listing, report, sample, train
from trainer.commands.console import Console, FailureError, InterruptedRunError
from trainer.data.images import DataError, MissingDataError
from trainer.models import refused
from trainer.records import ConfigError
from trainer.sentences import one_line, sentence_for
from trainer.standard_streams import prepare, silence
from trainer.training.checkpoint_error import CheckpointError

COMMANDS = {
    "train": train,
    "encode": encode,
    "sample": sample,
    "evaluate": evaluate,
    "report": report,
    "list": listing,
}


class _Parser(argparse.ArgumentParser):
    """A parser that reports errors in one line, without the usage text."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {_one_line(f'{message:.300}')} (see {self.prog} --help)\n")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line. Options not given are absent from the result."""
    whole = _Parser(
        prog="python -m trainer",
        description="Train and examine autoencoders and variational autoencoders without a window.",
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        one = commands.add_parser(
            name,
            help=module.SUMMARY,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            argument_default=argparse.SUPPRESS,
        )
        module.add_options(one)
        one.add_argument("--json", action="store_true", help="print the result as one JSON object")
        one.add_argument("--traceback", action="store_true", help="show where an error came from")
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (None: of the process) and return the exit code."""
    prepare()
    try:
        options = vars(parser().parse_args(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    command = options.pop("command")
    show_traceback = options.pop("traceback", False)
    console = Console(json=options.pop("json", False))
    for left_out in refused:
        console.say(left_out)
    try:
        COMMANDS[command].run(options, console)
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)  # the reader of the pipe has closed it
        return 1
    except KeyboardInterrupt:
        console.say("Interrupted.")
        return 130
    except InterruptedRunError as stop:
        console.say(str(stop))
        return stop.code
    except Exception as error:  # noqa: BLE001 - outermost boundary: every error becomes one line
        if show_traceback:
            traceback.print_exc()
        said = sentence_for(error)
        text = str(error if said is None else said)
        if said is None and not isinstance(error, FailureError):
            text = f"it failed unexpectedly ({type(error).__name__}: {error}); --traceback shows where."
        if isinstance(error, MissingDataError):
            text = f"{text.removesuffix('.')}; --download fetches it."
        console.say(f"{command}: {_one_line(text)}")
        # 2: the input is wrong. 1: the command failed.
        return 2 if isinstance(error, ConfigError | DataError | CheckpointError) else 1
    return 0


def _one_line(text: str) -> str:
    return one_line(" ".join(text.split()))
