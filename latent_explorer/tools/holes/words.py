"""Texts about holes: reasons, meanings of figures, references."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from latent_explorer.tools.holes.meter_state import MeterReading
from latent_explorer.words.figures import missing, percent
from trainer.metrics.conformal import ALARM, UNLIKE
from trainer.priors.gaussian import StandardNormal

#: With more dimensions the text mentions that the prior's mass is on a shell.
_PLANE = 2


def reason_text(reason: str) -> str:
    """One of `latent_explorer.tools.holes.meter_state.REASONS` as a sentence."""
    translate = QCoreApplication.translate
    return {
        "codes": translate("HoleWords", "Needs finite codes of at least two images on the map."),
        "same": translate("HoleWords", "All images have the same code: no place is denser or sparser."),
        "large": translate("HoleWords", "The codes are too large to measure distances between them."),
        "sigmas": translate(
            "HoleWords", "This checkpoint was saved without σ, so it is not known where its decoder was trained."
        ),
        "images": translate("HoleWords", "Needs the data set's images: choose the data set in the toolbar."),
        "preparing": translate("HoleWords", "The data set's images are being looked at."),
        "few": translate("HoleWords", "Needs at least 80 images."),
        "alike": translate("HoleWords", "All images look the same: no picture is more like them than another."),
        "shape": translate("HoleWords", "The data set's images have another size than the model's."),
        "finite": translate("HoleWords", "The code under the cursor is not a finite number."),
        "weights": translate("HoleWords", "The model's weights are not at hand."),
        "geometry": translate("HoleWords", "At every image's code the decoder's derivative is 0 or not finite."),
        "failed": translate("HoleWords", "It could not be computed."),
    }.get(reason, "")


def reason_brief(reason: str) -> str:
    """The same in two or three words, in place of the figure."""
    translate = QCoreApplication.translate
    return {
        "codes": translate("HoleWords", "no codes"),
        "same": translate("HoleWords", "equal codes"),
        "large": translate("HoleWords", "huge codes"),
        "sigmas": translate("HoleWords", "no σ saved"),
        "images": translate("HoleWords", "no images"),
        "preparing": translate("HoleWords", "preparing…"),
        "few": translate("HoleWords", "few images"),
        "alike": translate("HoleWords", "all alike"),
        "shape": translate("HoleWords", "other size"),
        "finite": translate("HoleWords", "not finite"),
        "weights": translate("HoleWords", "no weights"),
        "failed": translate("HoleWords", "failed"),
    }.get(reason, "")


def verdict_text(reading: MeterReading) -> str:
    """What a reading says in plain sentences; of what is wrong from which rank on it is."""
    said = verdict_limited(reading) or verdict_alone(reading)
    if reading.verdict == "inside" and reading.prior is not None and math.isfinite(reading.prior.nearer):
        return f"{said} {prior_text(reading)}"
    return said


def verdict_brief(reading: MeterReading) -> str:
    """A shorter form: the place in N(0, I) as one share, nothing for other priors."""
    said, place = verdict_alone(reading), reading.prior
    if reading.verdict != "inside" or place is None or not math.isfinite(place.nearer):
        return said
    if place.draws or reading.prior_formula != StandardNormal.formula:
        return said
    more = QCoreApplication.translate("HoleWords", "|z| {radius}: {nearer} of the prior nearer to 0.")
    return f"{said} {more.format(radius=short(place.radius), nearer=percent(place.nearer))}"


def verdict_limited(reading: MeterReading) -> str:
    """What is wrong, with the rank from which on it is; "" if nothing is."""
    translate = QCoreApplication.translate
    template = {
        "none": translate("HoleWords", "No data here ({limit} or less): this picture is an extrapolation."),
        "unlike": translate("HoleWords", "Data here, but this picture is unlike real ones ({limit} or less)."),
        "elsewhere": translate("HoleWords", "Data here, but this picture is encoded elsewhere ({limit} or less)."),
    }.get(reading.verdict, "")
    return template.format(limit=limit_text(UNLIKE if reading.verdict == "unlike" else ALARM))


def limit_text(limit: float) -> str:
    """ "0.5 %", "5 %"."""
    return f"{100 * limit:g} %"


def verdict_alone(reading: MeterReading) -> str:
    """Whether there are data in a plain sentence, without where the code lies in the prior."""
    translate = QCoreApplication.translate
    verdict = reading.verdict
    sentences = {
        "untold": translate("HoleWords", "Too few images to tell whether there are data here."),
        "none": translate("HoleWords", "No data here: this picture is an extrapolation."),
        "unlike": translate("HoleWords", "Data here, but this picture is unlike real ones."),
        "elsewhere": translate("HoleWords", "Data here, but this picture is encoded elsewhere."),
        "inside": translate("HoleWords", "Data here."),
    }
    return sentences.get(verdict) or reason_text(verdict)


def verdict_short(reading: MeterReading) -> str:
    """The same in two or three words, for a narrow line."""
    translate = QCoreApplication.translate
    return {
        "untold": translate("HoleWords", "Too few images"),
        "none": translate("HoleWords", "No data here"),
        "unlike": translate("HoleWords", "Data, looks unreal"),
        "elsewhere": translate("HoleWords", "Data, no round trip"),
        "inside": translate("HoleWords", "Data here"),
    }.get(reading.verdict, missing())


def verdict_shortest(reading: MeterReading) -> str:
    """The same in as few words as can be, for large letters."""
    translate = QCoreApplication.translate
    return {
        "untold": translate("HoleWords", "Few images"),
        "none": translate("HoleWords", "No data"),
        "unlike": translate("HoleWords", "Looks unreal"),
        "elsewhere": translate("HoleWords", "No round trip"),
    }.get(reading.verdict, verdict_short(reading))


def prior_text(reading: MeterReading) -> str:
    """A code's place in the prior, "" where there is none: neither end of |z| is the middle of anything in many
    dimensions."""
    place, latent = reading.prior, len(reading.code)
    if place is None:
        return ""
    if place.draws:
        said = QCoreApplication.translate(
            "HoleWords",
            "Of {draws} draws of the prior {prior}, {nearer} lie where it is denser than here and {farther} where "
            "it is sparser.",
        )
    elif reading.prior_formula != StandardNormal.formula:
        said = QCoreApplication.translate(
            "HoleWords",
            "{radius} standard deviations from the mean of the prior {prior}, its shell at {shell}: {nearer} of "
            "its draws are nearer, {farther} farther.",
        )
    elif latent <= _PLANE:
        said = QCoreApplication.translate(
            "HoleWords", "|z| {radius}: {nearer} of prior draws are nearer to 0, {farther} farther."
        )
    else:
        said = QCoreApplication.translate(
            "HoleWords",
            "|z| {radius}, the prior's shell at {shell}: {nearer} of prior draws are nearer to 0, {farther} "
            "farther.",
        )
    return said.format(
        draws=f"{place.draws:,}",
        prior=reading.prior_formula,
        radius=short(place.radius),
        shell=short(math.sqrt(latent)),
        nearer=percent(place.nearer),
        farther=percent(place.farther),
    )


def here_value(reading: MeterReading) -> str:
    """The row *Data here*."""
    translate = QCoreApplication.translate
    if not reading.enough:
        return translate("HoleWords", "too few images")
    share = beaten(reading.here, reading.here_of)
    if not share:
        return translate("HoleWords", "denser than no image")
    return translate("HoleWords", "denser than {0} of images").format(percent(share))


def real_value(reading: MeterReading) -> str:
    """The row *Looks real*."""
    translate = QCoreApplication.translate
    if not reading.has_power and not reading.unlike:
        return translate("HoleWords", "cannot tell")
    share = beaten(reading.real, reading.real_of)
    if not share:
        return translate("HoleWords", "nearer than no real picture")
    return translate("HoleWords", "nearer than {0} of real pictures").format(percent(share))


def trip_value(reading: MeterReading) -> str:
    """The row *Round trip*."""
    translate = QCoreApplication.translate
    share = beaten(reading.back, reading.back_of)
    if not share:
        return translate("HoleWords", "longer than for all images")
    return translate("HoleWords", "shorter than for {0} of images").format(percent(share))


def rank(share: float) -> str:
    """A share as a figure alone, such as "12 %"; "" if there is none."""
    return "" if not math.isfinite(share) else percent(share)


def power_text(powers: Iterable[tuple[str, float]]) -> str:
    """The power of *Looks real*: "cross-fades 97 %, mean images 100 %, noise 100 %, foreign images 93 %"."""
    translate = QCoreApplication.translate
    names = {
        "fade": translate("HoleWords", "cross-fades"),
        "mean": translate("HoleWords", "mean images"),
        "noise": translate("HoleWords", "noise"),
        "foreign": translate("HoleWords", "foreign images"),
    }
    return translate("HoleWords", ", ").join(f"{names[kind]} {percent(share)}" for kind, share in powers)


def short(value: float) -> str:
    """A positive number in few characters: "0.08", "1.3", "25", "1,200"; "n/a" for NaN and infinity."""
    if not math.isfinite(value):
        return missing()
    if (abs(value) < 1e-3 and value != 0) or abs(value) >= 1e6:
        return f"{value:.0e}"
    return f"{value:.2f}" if abs(value) < 0.995 else f"{value:.1f}" if abs(value) < 9.95 else f"{value:,.0f}"


def beaten(p: float, held_back: int) -> float:
    """The share of the images held back that are as unusual, or more so, of a p-value (1 + count) / (1 + all)."""
    return max(0, round(p * (1 + held_back) - 1)) / held_back if held_back else p
