"""`python -m trainer train | encode | sample | evaluate | report | list`: every computation, without a window."""

import sys

from trainer.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
