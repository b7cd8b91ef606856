"""`python -m trainer train | encode | sample | evaluate | report | list`: all that computes, without a screen."""

import sys

from trainer.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
