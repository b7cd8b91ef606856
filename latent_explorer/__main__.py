"""`python -m latent_explorer`."""

import sys

from latent_explorer.cli import main

if __name__ == "__main__":
    sys.exit(main())
