"""What the trainer says about what went wrong, and about what it measures with, in the window's language.

The trainer speaks English sentences with names and numbers in them. Those that people meet are listed with places
for these; any other is shown as it is.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

#: Listed for lupdate, which finds texts only where they are written out. Of two that fit, the first is taken.
SENTENCES = (
    # Densities of codes.
    QT_TRANSLATE_NOOP(
        "trainer",
        "{what} needs at least {needed} codes of {latent} dimensions, and there are {count} besides {others} that"
        " are not finite.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer", "{what} needs at least {needed} codes of {latent} dimensions, and there are {count}."
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "A mixture of {count} Gaussians in {latent} dimensions needs more codes than fit into memory: choose fewer"
        " components (at most {most}).",
    ),
    QT_TRANSLATE_NOOP("trainer", "All codes are the same one, so {what} has no spread to be fitted to."),
    QT_TRANSLATE_NOOP("trainer", "The codes lie in fewer dimensions than they have; fit a kernel density."),
    QT_TRANSLATE_NOOP("trainer", "A Gaussian"),
    QT_TRANSLATE_NOOP("trainer", "a Gaussian"),
    QT_TRANSLATE_NOOP("trainer", "A kernel density"),
    QT_TRANSLATE_NOOP("trainer", "a kernel density"),
    QT_TRANSLATE_NOOP("trainer", "A mixture of {count} Gaussians"),
    QT_TRANSLATE_NOOP("trainer", "a mixture of {count} Gaussians"),
    # Features in which pictures are compared.
    QT_TRANSLATE_NOOP(
        "trainer",
        "Compared in the last hidden layer (64 units) of a small fixed classifier of handwritten digits (MLP"
        " 784-256-64-10, trained on MNIST); pictures of another size are first resized to 28 × 28.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "Compared in 64 features from means and spreads of the activations of a convolutional network with fixed"
        " random weights, at 32 × 32: no classifier that would suit every set of colour pictures ships with the"
        " program, and random features do not favour the classes of one (Naeem et al. 2020).",
    ),
    # Why a picture cannot be used.
    QT_TRANSLATE_NOOP("trainer", "it has no pixels"),
    QT_TRANSLATE_NOOP("trainer", "it declares far too many pixels"),
    QT_TRANSLATE_NOOP("trainer", "{width} x {height} pixels are too many"),
    QT_TRANSLATE_NOOP("trainer", "not a picture in a format that is read here"),
    QT_TRANSLATE_NOOP("trainer", "{suffix} is not a format that is read here"),
    QT_TRANSLATE_NOOP("trainer", "not a file, or a link that leads nowhere"),
    QT_TRANSLATE_NOOP("trainer", "it vanished"),
    QT_TRANSLATE_NOOP("trainer", "it may not be read"),
    QT_TRANSLATE_NOOP("trainer", "too large for the memory"),
    QT_TRANSLATE_NOOP("trainer", "damaged or cut short"),
    QT_TRANSLATE_NOOP("trainer", "floating-point values outside 0 to 1"),
    QT_TRANSLATE_NOOP("trainer", "values beyond 16 bits"),
    QT_TRANSLATE_NOOP("trainer", "values that are not finite"),
    QT_TRANSLATE_NOOP("trainer", "values below 0"),
    QT_TRANSLATE_NOOP("trainer", "it cannot be read ({reason})"),
    QT_TRANSLATE_NOOP("trainer", "the folder cannot be read ({reason})"),
    QT_TRANSLATE_NOOP("trainer", "it lies beside the folders for training and testing"),
    # What was guessed about a folder of images, or a published set.
    QT_TRANSLATE_NOOP(
        "trainer",
        "The folders are the split: {count} images of {train} are trained on, {rest} of {held} are held out.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "There is no folder to train on beside {folders}, so a random part of their images is held out.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "There is no folder to test on beside {folders}, so a random part of their images is held out.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "Of the folders {train} and {held} only some hold images that can be used, so a random part is held out.",
    ),
    QT_TRANSLATE_NOOP("trainer", "One file has {count} pages, and each is an image."),
    QT_TRANSLATE_NOOP("trainer", "{files} files have {count} pages, and each is an image."),
    QT_TRANSLATE_NOOP(
        "trainer", "One file is an animation: its first frame is an image, {count} more are left out."
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{files} files are animations: their first frames are images, {count} more are left out.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer", "The images are bright where they show anything, so what is transparent is black."
    ),
    QT_TRANSLATE_NOOP("trainer", "{title} is read from {place}."),
    QT_TRANSLATE_NOOP("trainer", "The files in {place} are taken for {title}, as nothing says whose they are."),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{title} in {folder} is incomplete ({path} is missing); download it ({size}) or choose another data"
        " folder.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{title} is not in {folder} ({path} is missing); download it ({size}) or choose another data folder.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{path} holds {have}; at least two are needed (left out: {file} and {count} more: {reason}).",
    ),
    QT_TRANSLATE_NOOP("trainer", "{path} holds {have}; at least two are needed (left out: {file}: {reason})."),
    QT_TRANSLATE_NOOP("trainer", "{path} holds {have}; at least two are needed."),
    QT_TRANSLATE_NOOP("trainer", "no image that can be used"),
    QT_TRANSLATE_NOOP("trainer", "only one image that can be used"),
    # What a figure is: likelihood and pixels. The longer ones first.
    QT_TRANSLATE_NOOP("trainer", "cross-entropy on grey levels (no likelihood)"),
    QT_TRANSLATE_NOOP("trainer", "Bernoulli, {seen}"),
    QT_TRANSLATE_NOOP("trainer", "Gaussian, σ² = {variance}, {seen}"),
    QT_TRANSLATE_NOOP("trainer", "Gaussian, σ² = {variance}"),
    QT_TRANSLATE_NOOP("trainer", "Gaussian, learned σ² = {variance}, {seen}"),
    QT_TRANSLATE_NOOP("trainer", "Gaussian, learned σ² = {variance}"),
    QT_TRANSLATE_NOOP("trainer", "Gaussian, learned σ², {seen}"),
    QT_TRANSLATE_NOOP("trainer", "Gaussian, learned σ²"),
    QT_TRANSLATE_NOOP("trainer", "Gaussian, σ² a pixel, {seen}"),
    QT_TRANSLATE_NOOP("trainer", "Gaussian, σ² a pixel"),
    QT_TRANSLATE_NOOP("trainer", "dynamic binarisation"),
    QT_TRANSLATE_NOOP("trainer", "binary images"),
    # Training.
    QT_TRANSLATE_NOOP(
        "trainer",
        "The loss of model {model} became {loss} at step {step}; the run stands at step {good} again, where it was"
        " good: lower the learning rate or β and go on.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "The loss of model {model} became {loss} at step {step}; the run stands at step {good} again, where it was"
        " good: lower the learning rate and go on.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "The run goes on at the learning rate of its last epochs, {applied}: {factor} times the {rate} that is"
        " set; raise that to learn faster.",
    ),
    QT_TRANSLATE_NOOP("trainer", "This failed because of a fault in the program; see the details."),
    QT_TRANSLATE_NOOP("trainer", "Training failed because of a fault in the program; see the details."),
    QT_TRANSLATE_NOOP(
        "trainer", "The memory did not suffice; close other programs, or choose fewer images or a smaller model."
    ),
    QT_TRANSLATE_NOOP("trainer", "The disk is full ({place}); free some space and try again."),
    QT_TRANSLATE_NOOP("trainer", "The disk is full; free some space and try again."),
    QT_TRANSLATE_NOOP("trainer", "Automatic saving does not work, training goes on. {reason}"),
    QT_TRANSLATE_NOOP("trainer", "There is no data to train on; choose a data set first."),
    QT_TRANSLATE_NOOP("trainer", "There is no run; start one or open a checkpoint first."),
    QT_TRANSLATE_NOOP(
        "trainer", "These models need about {needed} of memory and only {free} are free; choose {what}."
    ),
    QT_TRANSLATE_NOOP("trainer", "smaller layers or smaller images"),
    QT_TRANSLATE_NOOP("trainer", "a smaller batch"),
    QT_TRANSLATE_NOOP("trainer", "smaller layers or smaller images, or fewer models"),
    QT_TRANSLATE_NOOP("trainer", "a smaller batch, or fewer models"),
    # Kept moments.
    QT_TRANSLATE_NOOP("trainer", "The disk is full, so no more moments are kept; training goes on."),
    QT_TRANSLATE_NOOP(
        "trainer",
        "Moments cannot be kept because temporary files cannot be written ({reason}); training goes on.",
    ),
    QT_TRANSLATE_NOOP("trainer", "This moment is not kept any more; choose another one."),
    QT_TRANSLATE_NOOP("trainer", "The moment at step {step} could not be read: {reason}."),
    QT_TRANSLATE_NOOP(
        "trainer",
        "The run as it stands could not be kept to return to, so nothing was changed; save it, then free some"
        " space on the disk of temporary files.",
    ),
    # Checkpoints and data.
    QT_TRANSLATE_NOOP("trainer", "{path} is not a checkpoint; choose a folder that holds a {file}."),
    QT_TRANSLATE_NOOP("trainer", "{path} is damaged: {what}; open another checkpoint or train anew."),
    QT_TRANSLATE_NOOP("trainer", "The run in {path} cannot go on: {reason}"),
    QT_TRANSLATE_NOOP("trainer", "{path} cannot be used: {reason}; open another checkpoint."),
    QT_TRANSLATE_NOOP("trainer", "{path} could not be read: {reason}; open another checkpoint."),
    QT_TRANSLATE_NOOP("trainer", "it is a folder"),
    QT_TRANSLATE_NOOP("trainer", "it is a pipe, not a file"),
    QT_TRANSLATE_NOOP("trainer", "it is a device, not a file"),
    QT_TRANSLATE_NOOP(
        "trainer",
        "The images in {path} were not looked for. The run can be looked at but not trained on.",
    ),
    QT_TRANSLATE_NOOP("trainer", "The CUDA card here cannot be used ({reason}); the CPU is used instead."),
    QT_TRANSLATE_NOOP(
        "trainer", "The card failed ({reason}); start again, and go on from the last save on the CPU."
    ),
    QT_TRANSLATE_NOOP("trainer", "The checkpoint {path} could not be written: {reason}."),
    QT_TRANSLATE_NOOP(
        "trainer",
        "The checkpoint {path} was written, but its disk reports an error ({reason}); check the disk, and save to"
        " another one.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "Another program is writing to {path}; wait until it has ended, or choose another folder, or remove {lock}"
        " if none does.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer", "Another program is writing to {path}; wait until it has ended, or choose another folder."
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{path} was changed by another program since this run was opened or saved there; save to another place.",
    ),
    QT_TRANSLATE_NOOP("trainer", "the disk is full; free some space or choose another folder"),
    QT_TRANSLATE_NOOP("trainer", "writing there is not allowed; choose another folder"),
    QT_TRANSLATE_NOOP("trainer", "it is a file or lies in one; choose another folder"),
    QT_TRANSLATE_NOOP("trainer", "the folder that it is to lie in does not exist; make it or choose another"),
    QT_TRANSLATE_NOOP(
        "trainer", "{path} could not be used ({reason}); check that it is there and may be read and written."
    ),
    QT_TRANSLATE_NOOP("trainer", "The folder {path} does not exist; choose another."),
    QT_TRANSLATE_NOOP("trainer", "{path} holds no images ({formats}); choose another folder."),
    # Remarks on data.
    QT_TRANSLATE_NOOP(
        "trainer",
        "The largest value is {largest} of {possible} possible; {white} is shown as white (a white level of {own}"
        " keeps the type's own range; --white on the command line).",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "The largest value is {largest}; {white} is shown as white (another level can be chosen: --white on the"
        " command line).",
    ),
    QT_TRANSLATE_NOOP(
        "trainer", "The values reach from {low} to {high}; what lies outside 0 to {white} is clipped."
    ),
    QT_TRANSLATE_NOOP("trainer", "All values are 0, so all images are black."),
    QT_TRANSLATE_NOOP("trainer", "No array is called images; {name} is taken for them by its shape."),
    QT_TRANSLATE_NOOP("trainer", "No array is called labels; {name} is taken for them by its shape."),
    QT_TRANSLATE_NOOP("trainer", "Not used of the file: {names}."),
    QT_TRANSLATE_NOOP("trainer", "{count} of {all} rows of {name} are of no known class."),
    QT_TRANSLATE_NOOP("trainer", "{name} holds no known label, so there are no classes."),
    QT_TRANSLATE_NOOP("trainer", "{name} holds fractions, so it becomes a factor instead of classes."),
    QT_TRANSLATE_NOOP(
        "trainer", "{name} holds {count} different numbers, too many for classes, and becomes a factor."
    ),
    QT_TRANSLATE_NOOP("trainer", "{name} has {count} columns, which become factors."),
    QT_TRANSLATE_NOOP("trainer", "{name} marks one of {count} columns a row (one-hot): its classes."),
    QT_TRANSLATE_NOOP("trainer", "{name} has no labels; its {count} images are of no class."),
    QT_TRANSLATE_NOOP("trainer", "{name} has gaps or infinite values in {columns}, which is left out."),
    QT_TRANSLATE_NOOP("trainer", "1 column of {name} never varies and is left out."),
    QT_TRANSLATE_NOOP("trainer", "{count} columns of {name} never vary and are left out."),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{name} has the shape {shape}, which is neither a label an image nor a table of up to {most} numbers.",
    ),
    # Arrays that cannot be used.
    QT_TRANSLATE_NOOP(
        "trainer",
        "{array} holds values from {low} to {high}; save {formula} instead, which lies within 0 to 1 (on the"
        " command line --white {level} shows all below 0 as black).",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{array} is an array of objects, which is never opened because it can hold programs; save plain numbers,"
        " for example with {call}.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{array} is an array of objects, which is never opened because it can hold programs; save plain numbers"
        " or text, for example {numbers} or {texts}.",
    ),
    QT_TRANSLATE_NOOP("trainer", "{array} holds text that is not Unicode; save the labels again."),
    QT_TRANSLATE_NOOP("trainer", "{array} has {rows} rows for {images} images; save one row an image."),
    QT_TRANSLATE_NOOP(
        "trainer", "{path} holds {count} arrays; save all images as one, such as numpy.stack(images)."
    ),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{array} declares {declared} bytes, which its {packed} packed bytes cannot hold; it is cut short or"
        " damaged.",
    ),
    QT_TRANSLATE_NOOP(
        "trainer", "{path} could not be read ({reason}); check that it is still there and may be read."
    ),
    QT_TRANSLATE_NOOP("trainer", "it is a pipe, not a file"),
    QT_TRANSLATE_NOOP("trainer", "it is a device, not a file"),
    QT_TRANSLATE_NOOP("trainer", "it is a socket, not a file"),
    QT_TRANSLATE_NOOP(
        "trainer",
        "{what} could not be downloaded: {problem}. Nothing was kept; check the network and try again.",
    ),
)


def shown_sentence(sentence: str) -> str:
    """`sentence` of the trainer as the window shows it; parts of it that are listed too are translated with it."""
    for listed in map(str, SENTENCES):
        found = _pattern(listed).fullmatch(sentence)
        if found is not None:
            parts = {name: shown_sentence(part) for name, part in found.groupdict().items()}
            return QCoreApplication.translate("trainer", listed).format(**parts)
    return sentence


@cache
def _pattern(listed: str) -> re.Pattern[str]:
    """What fits a listed sentence, its places as named groups."""
    pieces = re.split(r"\{(\w+)\}", listed)
    places = (f"(?P<{piece}>.+?)" if odd % 2 else re.escape(piece) for odd, piece in enumerate(pieces))
    return re.compile("".join(places), re.DOTALL)
