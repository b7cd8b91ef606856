"""Transposed convolution in NumPy: kernel 4, stride 2, padding 1. Torch-free."""

from __future__ import annotations

import numpy as np

from trainer.networks.description import KERNEL

#: For even and odd output pixels: (kernel row or column, input offset) of the contributions. Output 2i receives
#: kernel row 1 of input i and row 3 of input i - 1; output 2i + 1 receives row 2 of i and row 0 of i + 1.
_REACH = (((1, 0), (3, 1)), ((2, 0), (0, -1)))


def upsample(weight: np.ndarray, bias: np.ndarray, values: np.ndarray, *, relu: bool = False) -> np.ndarray:
    """(in, n, s, s) -> (out, n, 2s, 2s), float32, non-negative if `relu`.

    weight: (4 · 4 · out, in), the footprint of an input pixel. bias: (out,).

    One matrix product gives all footprints. They are summed separately for each parity of the output's row and
    column. The inputs are padded with one row and one column of zeros, so that a neighbour is a shift of the flat
    array and each sum runs over the whole batch at once.
    """
    inward, count, side, _ = values.shape
    outward, pitch = len(bias), side + 1
    padded = np.zeros((inward, count, pitch, pitch), np.float32)
    padded[:, :, :side, :side] = values
    footprints = (weight @ padded.reshape(inward, -1)).reshape(KERNEL, KERNEL, outward, -1)
    result = np.empty((outward, count, 2 * side, 2 * side), np.float32)
    for odd_row in (0, 1):
        for odd_column in (0, 1):
            plane = footprints[1 + odd_row, 1 + odd_column]  # not used again, hence summed in place
            for row, down in _REACH[odd_row]:
                for column, across in _REACH[odd_column]:
                    if down or across:
                        _add_shifted(plane, footprints[row, column], down * pitch + across)
            plane += bias[:, None]
            if relu:
                np.maximum(plane, 0, out=plane)
            grid = plane.reshape(outward, count, pitch, pitch)
            result[:, :, odd_row::2, odd_column::2] = grid[:, :, :side, :side]
    return result


def _add_shifted(plane: np.ndarray, other: np.ndarray, shift: int) -> None:
    """plane[:, i] += other[:, i - shift], zero beyond the ends."""
    if shift > 0:
        plane[:, shift:] += other[:, :-shift]
    else:
        plane[:, :shift] += other[:, -shift:]
