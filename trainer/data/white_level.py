"""Which value of a set of images is white: one level for the whole set, from its type and its largest value.

A set says its scale itself where it uses it: bool and 0 and 1 are black and white, floats reach 1, bytes reach
255, 16 bits reach 65,535. Where more than half of that range stays empty (12 bits in a 16-bit file, counts from 0
to 16, halves of 1) the set would come out dark without a word; then a level is proposed, told in a remark and
remembered in `DataConfig.white`, so that the same run reads the same images again.

A hair outside the range is what eight bits cannot show, half a grey level: it is clipped, with a remark.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from trainer.data.images import DataError
from trainer.sentences import Sentence

_GREYS = 255
#: Half a grey level, as a share of white.
_HAIR = 1 / (2 * _GREYS)
#: White levels that a set may be meant to have without saying so: 0 to 1, 8 bits, 16 bits.
_USUAL = (1.0, 255.0, 65_535.0)
#: How far from a whole number single precision may leave a whole number, relatively.
_ROUNDING = 1e-6
#: Beyond this floats skip whole numbers.
_MOST_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class PixelScale:
    """How the values of a whole set become grey levels.

    Attributes:
        white: the value shown as white (255); 0 is black.
        guessed: whether the set left it open, so that `white` belongs into its `DataConfig`.
        clips: whether values outside 0 to `white` were met.
        remarks: what people should know about it, a sentence each.
    """

    white: float
    guessed: bool = False
    clips: bool = False
    remarks: tuple[Sentence, ...] = ()

    def to_bytes(self, values: np.ndarray) -> np.ndarray:
        """uint8 grey levels, of the same shape, of finite numbers or bool."""
        if values.dtype == np.bool_:
            return values.astype(np.uint8) * np.uint8(_GREYS)
        if self.white not in _USUAL:
            # In double precision and by division: a level may be as small as floats get.
            scaled = np.rint(values.astype(np.float64) / self.white * _GREYS)
        else:
            # Half precision cannot tell 254.9 from 255; single can tell all that 8 bits can.
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
    """The scale of a whole set of images.

    Args:
        dtype: of the values as they are stored: bool, integers or floats of any width.
        low, high: least and greatest value of the whole set, NaN if any value is.
        where: how to call the set in a sentence.
        white: the level that was chosen or is remembered; None leaves it to the set.
        guess: whether a level may be proposed. False takes the usual range that holds the values however little
            of it they use, as the first version did (`DataConfig.rules` 1).

    Raises `DataError` naming `where` if the values are not finite, or reach below 0 by more than a hair where no
    level was chosen.
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
    """What brings values x from `low`, below 0, to `high` to 0 to 1, as one writes it in NumPy."""
    if low >= -1 and high <= 1 and high > 0:
        return "(x + 1) / 2"  # what networks are usually given; a few images need not reach both ends
    return f"(x + {-low:g}) / {high - low if high > low else 1:g}"


def _used(dtype: np.dtype, level: float, high: float) -> bool:
    """Whether values of `dtype` up to `high` leave no doubt that `level` is white."""
    if high <= 0 or (level == 1 and dtype.kind != "f"):
        return True
    if level > 255 and dtype != np.uint16:
        return False  # wide types say nothing of how many of their bits a camera filled
    return high > level / 2


def _proposal(high: float) -> float:
    """A level for values up to `high`: of as many bits as they need, or `high` itself where it is a round figure.

    16 and 100 are counts and per cent; 4,000 is what a camera of 12 bits saw, whose white is 4,095.
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
    """`scale` with a remark if values lie outside of it."""
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
    """A value in up to eight digits, enough to tell 1.0000002 from 1."""
    value = float(value)
    return f"{int(value):,}" if value.is_integer() and abs(value) < 10**12 else f"{value:.8g}"
