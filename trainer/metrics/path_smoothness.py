"""Whether the single factor of a sequence of pictures changes evenly along it. Torch-free."""

from __future__ import annotations

import numpy as np

#: Minimum change of the factor from a path's first picture to its last, in the factor's unit.
NOWHERE = 1e-4


def smoothness(values: np.ndarray) -> np.ndarray:
    """Largest step over the total change, minus the value for even steps (Berthelot et al. 2019).

    max_i |v_{i+1} - v_i| / |v_n - v_1| - 1 / (n - 1) of the factor's values v, float (paths, n), n >= 2: float64
    (paths,), 0 for even steps, 1 - 1/(n - 1) for a single jump, more where a path goes back and forth. NaN for a
    path whose change is below `NOWHERE`, and for non-finite values.
    """
    values = np.asarray(values, np.float64)
    with np.errstate(invalid="ignore"):
        whole = np.abs(values[:, -1] - values[:, 0])
        largest = np.abs(np.diff(values, axis=1)).max(axis=1)
        goes = whole >= NOWHERE  # False for NaN, too
    found = np.full(len(values), np.nan)
    found[goes] = largest[goes] / whole[goes] - 1 / (values.shape[1] - 1)
    return found
