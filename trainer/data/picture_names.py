"""File name suffixes of pictures: one list for searching, file choosers, drag and drop, and reading."""

from __future__ import annotations

import os

from trainer.regular_file import open_regular

#: The Pillow decoders in use, with the usual suffixes of their files. The list is short because every decoder is
#: additional code exposed to untrusted bytes. Decoders are chosen by file content, so that any of these formats is
#: read under any of these suffixes.
FORMATS: dict[str, tuple[str, ...]] = {
    "PNG": (".png", ".apng"),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".mpo"),
    "BMP": (".bmp", ".dib"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "TIFF": (".tif", ".tiff"),
    "PPM": (".pbm", ".pgm", ".ppm", ".pnm", ".pfm"),
}
#: Lower-case suffixes of files that count as pictures.
SUFFIXES = frozenset(suffix for suffixes in FORMATS.values() for suffix in suffixes)
#: The suffixes of the program's first version, needed to load the data of its checkpoints.
FORMER_SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pgm", ".ppm"))
#: Suffixes of common picture formats that are not read: reported as skipped instead of being ignored silently.
NOT_READ = frozenset(
    (
        # Photographs: phones, newer web formats, raw files of cameras.
        *(
            ".heic",
            ".heif",
            ".hif",
            ".avif",
            ".jxl",
            ".jp2",
            ".j2k",
            ".jpf",
            ".jpx",
            ".jpc",
            ".jxr",
            ".wdp",
            ".hdp",
        ),
        *(".raw", ".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".orf", ".rw2", ".raf"),
        *(".pef", ".rwl", ".3fr", ".erf", ".kdc", ".dcr", ".mrw", ".x3f", ".iiq"),
        # Drawings and documents.
        *(".svg", ".svgz", ".psd", ".psb", ".xcf", ".kra", ".ai", ".eps", ".wmf", ".emf", ".djvu"),
        # Medicine, science, film, games, historical formats.
        *(
            ".dcm",
            ".dicom",
            ".nii",
            ".mha",
            ".mhd",
            ".fits",
            ".fit",
            ".fts",
            ".exr",
            ".hdr",
            ".dpx",
            ".dds",
            ".tga",
        ),
        *(
            ".ico",
            ".icns",
            ".cur",
            ".pcx",
            ".sgi",
            ".rgb",
            ".rgba",
            ".ras",
            ".xbm",
            ".xpm",
            ".pict",
            ".pct",
            ".pam",
        ),
        *(".qoi", ".mng", ".jng", ".flif", ".bpg"),
    )
)
#: Signatures of some formats, to recognise a JPEG that was named .heic, for example. Other signatures are too
#: short, or, like TIFF's, shared by raw files of cameras, whose first page is a small preview.
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_LONGEST = 12


def suffix_of(name: str) -> str:
    """The suffix of a file name in lower case, with its dot; "" without one."""
    return os.path.splitext(name)[1].lower()


def looks_like_picture(name: str) -> bool:
    """Whether the suffix is one of `SUFFIXES`."""
    return suffix_of(name) in SUFFIXES


def may_be_picture(name: str) -> bool:
    """Whether only the content shows if it is a picture: no suffix, or a modified one such as ".jpg_large"."""
    suffix = suffix_of(name)
    return not suffix or suffix in NOT_READ or (suffix.startswith(tuple(SUFFIXES)) and suffix not in SUFFIXES)


def begins_like_picture(path: str | os.PathLike[str]) -> bool:
    """Whether a regular file begins with one of the known signatures. Raises `OSError`."""
    with open_regular(path) as file:
        start = file.read(_LONGEST)
    return start.startswith(_BEGINNINGS) or (start[:4] == b"RIFF" and start[8:] == b"WEBP")


def patterns() -> str:
    """Suffix patterns for a file chooser, grouped by format: "*.bmp *.dib ..."."""
    return " ".join(f"*{suffix}" for suffixes in FORMATS.values() for suffix in suffixes)
