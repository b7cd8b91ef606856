"""Whether a file is a picture by its name: one list for searching, choosing, dropping and reading."""

from __future__ import annotations

import os

from trainer.regular_file import open_regular

#: The Pillow decoders that may see a file, and the endings under which people keep such files. A short list,
#: because every further decoder is another program that strangers' bytes are fed to. The decoders go by what is
#: in a file: under any of the endings here any of the formats is read.
FORMATS: dict[str, tuple[str, ...]] = {
    "PNG": (".png", ".apng"),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".mpo"),
    "BMP": (".bmp", ".dib"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "TIFF": (".tif", ".tiff"),
    "PPM": (".pbm", ".pgm", ".ppm", ".pnm", ".pfm"),
}
#: Lower-case endings of the files that count as pictures.
SUFFIXES = frozenset(suffix for suffixes in FORMATS.values() for suffix in suffixes)
#: Those of the program's first version, by which the data of its checkpoints are found again.
FORMER_SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pgm", ".ppm"))
#: Endings of pictures that people have but that are not read here: named, so that nobody wonders where they went.
NOT_READ = frozenset(
    (
        # Photographs: phones, newer web formats, cameras' raw files.
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
        # Medicine, science, films, games, and formats of old.
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
#: How the files of some formats begin: enough to tell a JPEG that was named .heic. Others' beginnings are too
#: short to go by, or, as TIFF's, are shared by cameras' raw files, which hold a small preview as their first page.
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_LONGEST = 12


def suffix_of(name: str) -> str:
    """The ending of a file's name, in lower case and with its point; "" without one."""
    return os.path.splitext(name)[1].lower()


def looks_like_picture(name: str) -> bool:
    """Whether a file of this name is one that pictures are read from."""
    return suffix_of(name) in SUFFIXES


def may_be_picture(name: str) -> bool:
    """Whether only a look into a file of this name tells: no ending, or one grown or changed, as ".jpg_large"."""
    suffix = suffix_of(name)
    return not suffix or suffix in NOT_READ or (suffix.startswith(tuple(SUFFIXES)) and suffix not in SUFFIXES)


def begins_like_picture(path: str | os.PathLike[str]) -> bool:
    """Whether a regular file, whatever its name, begins as a picture that is read here. Raises `OSError`."""
    with open_regular(path) as file:
        start = file.read(_LONGEST)
    return start.startswith(_BEGINNINGS) or (start[:4] == b"RIFF" and start[8:] == b"WEBP")


def patterns() -> str:
    """The endings as a file chooser takes them: "*.bmp *.dib ...", those of one format together."""
    return " ".join(f"*{suffix}" for suffixes in FORMATS.values() for suffix in suffixes)
