"""Chooses the value that counts as white: one level for a whole data set, from its dtype and largest value.

If a set uses the usual range of its dtype (bool: 0 and 1, floats: up to 1, 8 bits: up to 255, 16 bits: up to
65,535), the top of that range is white. If more than half of the range stays empty (12 bits in a 16-bit file,
counts from 0 to 16, floats up to 0.5), the images would be too dark; then a level is proposed, reported in a
remark and stored in `DataConfig.white`, so that the same run reads the same images again.

Values outside the range by up to half a grey level, which eight bits cannot represent, are clipped with a remark.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from trainer.data.images import DataError
from trainer.sentences import Sentence

_GREYS = 255
#: Tolerance outside the range: half a grey level, as a share of white.
_HAIR = 1 / (2 * _GREYS)
#: The usual white levels: floats, 8 bits, 16 bits.
_USUAL = (1.0, 255.0, 65_535.0)
#: Relative rounding error up to which a float32 value counts as an integer.
_ROUNDING = 1e-6
#: Above this, float64 cannot represent every integer.
_MOST_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class PixelScale:
    """The mapping from the values of a data set to grey levels.

    Attributes:
        white: the value shown as white (255); 0 is black.
        guessed: whether `white` was guessed and must be stored in `DataConfig`.
        clips: whether there are values outside 0 to `white`.
        remarks: sentences for the user.
    """

    white: float
    guessed: bool = False
    clips: bool = False
    remarks: tuple[Sentence, ...] = ()

    def to_bytes(self, values: np.ndarray) -> np.ndarray:
        """Convert finite numbers or bools to uint8 grey levels of the same shape."""
        if values.dtype == np.bool_:
            return values.astype(np.uint8) * np.uint8(_GREYS)
        if self.white not in _USUAL:
            # In double precision and by division: white may be as small as the smallest float.
            scaled = np.rint(values.astype(np.float64) / self.white * _GREYS)
        else:
            # float16 cannot represent 254.9; float32 is exact enough for 8-bit results.
            exact: np.ndarray = values.astype(np.float64 if values.dtype.itemsize > 4 else np.float32)
            scaled = np.rint(exact * (_GREYS / self.white))
        return (np.clip(scaled, 0, _GREYS) if self.clips else scaled).astype(np.uint8)


def scale_of(
    dtype: np.dtype,
    low: float,
    high: float,
    where: Sentence | str,
    white: float | None = None,
    *,
    guess: bool = True,
) -> PixelScale:
    """The scale of a whole data set.

    Args:
        dtype: stored dtype: bool, integers or floats of any width.
        low, high: lowest and highest value of the whole set, NaN if any value is NaN.
        where: name of the set for a sentence.
        white: a level from the config; None to derive it from the values.
        guess: whether a level may be proposed. False takes the usual range that contains the values, however
            little of it they use, as the first version did (`DataConfig.rules` 1).

    Raises `DataError` naming `where` if values are not finite, or if they are below 0 by more than the tolerance
    and no level was given.
    """
    if dtype == np.bool_:
        return PixelScale(1.0)
    if not (math.isfinite(low) and math.isfinite(high)):
        raise DataError(
            "{array} holds values that are not finite (NaN or infinity); replace them first.", array=where
        )
    if white is not None:
        return _clipped(PixelScale(white), low, high)
    known = next((level for level in _USUAL if high <= level * (1 + _HAIR)), None)
    if known is not None and guess and not _used(dtype, known, high):
        known = None
    level = _proposal(high) if known is None else known
    if low < -level * _HAIR:
        raise DataError(
            "{array} holds values from {low:g} to {high:g}; save {formula} instead, which lies within 0 to "
            "1 (on the command line --white {level:g} shows all below 0 as black).",
            array=where,
            low=low,
            high=high,
            formula=_within_1(low, high),
            level=level,
        )
    if high <= 0:
        return PixelScale(level, clips=low < 0, remarks=(Sentence("All values are 0, so all images are black."),))
    if known is not None:
        return _clipped(PixelScale(level), low, high)
    return _clipped(PixelScale(level, guessed=True, remarks=(_proposed(dtype, level, high),)), low, high)


def _within_1(low: float, high: float) -> str:
    """A NumPy expression that maps values x from [low, high], low < 0, to [0, 1]."""
    if low >= -1 and high <= 1 and high > 0:
        return "(x + 1) / 2"  # the usual network input range; a few images need not reach both ends
    return f"(x + {-low:g}) / {high - low if high > low else 1:g}"


def _used(dtype: np.dtype, level: float, high: float) -> bool:
    """Whether values of `dtype` up to `high` use enough of the range to take `level` for white."""
    if high <= 0 or (level == 1 and dtype.kind != "f"):
        return True
    if level > 255 and dtype != np.uint16:
        return False  # wide types do not say how many bits the camera used
    return high > level / 2


def _proposal(high: float) -> float:
    """A white level for values up to `high`: `high` itself if it is a round number, else the next 2^bits - 1.

    16 and 100 are probably counts and per cent; 4,000 comes from a 12-bit camera, whose white is 4,095.
    """
    whole = round(high)
    if not 2 <= whole < _MOST_EXACT or abs(high - whole) > whole * _ROUNDING:
        return high
    round_figure = whole & (whole - 1) == 0 or whole in {10**power for power in range(1, 10)}
    return float(whole if round_figure else 2 ** whole.bit_length() - 1)


def _proposed(dtype: np.dtype, level: float, high: float) -> Sentence:
    own = {1: 255, 2: 65_535}.get(dtype.itemsize) if dtype.kind == "u" else None
    if own is None:
        return Sentence(
            "The largest value is {largest}; {white} is shown as white (another level can be chosen: --white on "
            "the command line).",
            largest=_figure(high),
            white=_figure(level),
        )
    return Sentence(
        "The largest value is {largest} of {possible:,} possible; {white} is shown as white (a white level of "
        "{possible} keeps the type's own range; --white on the command line).",
        largest=_figure(high),
        possible=own,
        white=_figure(level),
    )


def _clipped(scale: PixelScale, low: float, high: float) -> PixelScale:
    """`scale` with a remark if values lie outside its range."""
    if low >= 0 and high <= scale.white:
        return scale
    remark = Sentence(
        "The values reach from {low} to {high}; what lies outside 0 to {white} is clipped.",
        low=_figure(low),
        high=_figure(high),
        white=_figure(scale.white),
    )
    return PixelScale(scale.white, scale.guessed, True, (*scale.remarks, remark))


def _figure(value: float) -> str:
    """A value with up to eight significant digits, enough to distinguish 1.0000002 from 1."""
    value = float(value)
    return f"{int(value):,}" if value.is_integer() and abs(value) < 10**12 else f"{value:.8g}"
