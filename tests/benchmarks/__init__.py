"""What the program costs, beside a peer or a limit measured in the same run. `python -m tests.benchmarks`."""

import os

# As `latent_explorer.app` does before NumPy is imported, which a benchmark may do first: BLAS threads that spin at
# their barriers take the cores from the very threads that are measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
