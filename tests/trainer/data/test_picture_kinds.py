"""Which files count as pictures, and which images in a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.trainer.data.conftest import Load
from tests.trainer.data.pictures import encoded, noise, save_noise, save_stack, tiff
from trainer.data.images import DataError
from trainer.data.picture_names import FORMATS, NOT_READ, SUFFIXES, patterns
from trainer.data.system_places import is_systems_own


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("a.jfif", "JPEG"), ("a.jpe", "JPEG"), ("a.JPG", "JPEG"), ("a.Jpeg", "JPEG"), ("a.mpo", "JPEG")),
        *(("a.pnm", "PPM"), ("a.pgm", "PPM"), ("a.PPM", "PPM"), ("a.dib", "BMP"), ("a.TIF", "TIFF")),
        *(("a.apng", "PNG"), ("a.PNG", "PNG"), ("a.WebP", "WEBP"), ("a.b.c.png", "PNG")),
        # Misnamed files: the content decides.
        *(("jpeg-inside.png", "JPEG"), ("png-inside.tif", "PNG"), ("tiff-inside.bmp", "TIFF")),
        *(("jpeg-inside.heic", "JPEG"), ("png-inside.raw", "PNG"), ("webp-inside.avif", "WEBP")),
        *(("0a1b2c3d", "JPEG"), ("a.jpg_large", "JPEG"), ("a.png ", "PNG"), ("a.jpeg~", "JPEG")),
    ],
)
def test_pictures_are_known_by_every_usual_name(name: str, kind: str, tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "z.png")
    (tmp_path / name).write_bytes(encoded(Image.fromarray(noise(3)), kind))
    data = load_folder()
    assert sorted(data.files) == sorted([name, "z.png"])
    assert data.skipped == ()


def test_black_and_white_bitmaps(tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "z.png")
    (tmp_path / "a.pbm").write_bytes(encoded(Image.fromarray(noise() > 127), "PPM"))
    assert load_folder().skipped == ()


@pytest.mark.parametrize("suffix", sorted(NOT_READ))
def test_what_looks_like_a_picture_and_is_not_read_is_listed(suffix: str, tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "0.png", tmp_path / "1.png")
    (tmp_path / f"a{suffix.upper()}").write_bytes(b"II*\0 whatever")
    (skipped,) = load_folder().skipped
    assert skipped.path == f"a{suffix.upper()}"
    assert str(skipped.reason) == f"{suffix} is not a format that is read here"


def test_a_folder_of_photographs_that_are_not_read_says_so(tmp_path: Path, load_folder: Load):
    for number in range(3):
        (tmp_path / f"{number}.heic").write_bytes(b"....ftypheic")
    with pytest.raises(DataError, match=r"no image that can be used.*0\.heic and 2 more: \.heic is not a format"):
        load_folder()


def test_every_ending_of_the_decoders_is_listed():
    Image.init()
    known = {suffix for suffix, kind in Image.registered_extensions().items() if kind in FORMATS}
    assert known <= SUFFIXES
    assert not SUFFIXES & NOT_READ
    assert patterns().split() == [f"*{suffix}" for suffixes in FORMATS.values() for suffix in suffixes]


def test_the_systems_own_files_are_not_pictures(tmp_path: Path, load_folder: Load):
    save_noise(*(tmp_path / name / f"{number}.png" for name in ("cat", "dog") for number in range(3)))
    save_noise(
        tmp_path / "@eaDir" / "1.png" / "SYNOPHOTO_THUMB_M.jpg",
        tmp_path / "cat" / "@eaDir" / "1.png" / "SYNOPHOTO_THUMB_S.jpg",
        tmp_path / "__MACOSX" / "cat" / "._0.png",
        tmp_path / "__MACOSX" / "cat" / "0.png",
        tmp_path / "$RECYCLE.BIN" / "S-1-5" / "$R1.png",
        tmp_path / "System Volume Information" / "a.png",
        tmp_path / "#recycle" / "a.png",
        tmp_path / "lost+found" / "a.png",
        tmp_path / ".ipynb_checkpoints" / "0-checkpoint.png",
        tmp_path / ".git" / "a.png",
        tmp_path / ".Trash-1000" / "files" / "a.png",
        tmp_path / "dog" / ".thumbnails" / "a.png",
        tmp_path / "dog" / "._0.png",
    )
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_bytes(b"")
    data = load_folder()
    assert data.label_names == ("cat", "dog")
    assert data.count == 6
    assert data.skipped == ()


def test_a_chosen_folder_counts_whatever_its_name(tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "@eaDir" / "0.png", tmp_path / "@eaDir" / "1.png")
    assert load_folder(tmp_path / "@eaDir").count == 2
    assert not any(map(is_systems_own, ("eaDir", "cat", "#1", "@home", "recycle", "thumbs", "trash")))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_classes_whose_names_are_no_text_stay_apart(tmp_path: Path, load_folder: Load):
    for name in (b"caf\xe9", b"caf\xe8", rb"caf\xe9"):
        folder = os.fsencode(tmp_path) + b"/" + name
        os.mkdir(folder)
        for number in range(2):
            Image.fromarray(noise(number)).save(os.fsdecode(folder + b"/%d.png" % number))
    data = load_folder()
    assert len(data.label_names) == 3
    assert set(data.label_names) >= {r"caf\xe8", r"caf\xe9"}
    assert np.bincount(data.labels).tolist() == [2, 2, 2]
    for name in (*data.label_names, *data.files):
        name.encode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_stay_in_their_line(tmp_path: Path, load_folder: Load):
    for name in ("a\nb", "a\tb", "\u202eab", "a\\nb"):
        save_noise(tmp_path / name / "0.png")
    data = load_folder()
    assert set(data.label_names) == {r"a\nb", "a\\nb\\", r"a\tb", r"\u202eab"}


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made the POSIX way")
@pytest.mark.timeout(20)
def test_only_regular_files_are_opened(tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "0.png", tmp_path / "1.png")
    for name in ("pipe.png", "pipe.heic", "pipe"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "endless.png").symlink_to("/dev/zero")
    (tmp_path / "endless").symlink_to("/dev/zero")
    data = load_folder()
    assert [skipped.path for skipped in data.skipped] == ["endless.png", "pipe.heic", "pipe.png"]


def test_folders_that_cannot_be_read_are_named(tmp_path: Path, load_folder: Load, monkeypatch: pytest.MonkeyPatch):
    save_noise(*(tmp_path / name / f"{number}.png" for name in ("a", "b", "c") for number in range(2)))
    listed = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    data = load_folder()
    assert data.label_names == ("a", "c")
    assert [(skipped.path, str(skipped.reason)) for skipped in data.skipped] == [
        ("b", "the folder cannot be read (Permission denied)")
    ]


def test_folders_deeper_than_any_path_end(tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "0.png", tmp_path / "1.png")
    place = tmp_path
    for _ in range(60):
        place = place / ("d" * 30)
    save_noise(place / "2.png")
    assert load_folder().count == 3


# ---------------------------------------------------------------- several pictures in a file


@pytest.mark.parametrize("name", ["s.tif", "s.TIFF"])
def test_pages_are_images(name: str, tmp_path: Path, load_folder: Load):
    pages = [noise(number) for number in range(30)]
    save_stack(tmp_path / name, pages)
    data = load_folder(size=28)
    assert data.count == 30
    assert set(data.files) == {f"{name}#{number}" for number in range(1, 31)}
    for image, file in zip(data.images, data.files, strict=True):
        np.testing.assert_array_equal(image[0], pages[int(file.split("#")[1]) - 1])
    assert data.files != tuple(f"{name}#{number}" for number in range(1, 31)), "pages are shuffled"
    assert tuple(map(str, data.remarks)) == ("One file has 30 pages, and each is an image.",)
    assert load_folder(count=7).count == 7


def test_stacks_are_classes_with_their_folders(tmp_path: Path, load_folder: Load):
    save_stack(tmp_path / "a" / "s.tif", [noise(number) for number in range(3)])
    save_stack(tmp_path / "b" / "s.tif", [noise(number) for number in range(5)])
    save_noise(tmp_path / "b" / "one.png")
    data = load_folder()
    assert np.bincount(data.labels).tolist() == [3, 6]
    assert tuple(map(str, data.remarks)) == ("2 files have 8 pages, and each is an image.",)


def test_deep_stacks_have_one_white(tmp_path: Path, load_folder: Load):
    pages = [np.full((28, 28), 1000 * number, np.uint16) for number in range(1, 5)]
    save_stack(tmp_path / "s.tif", pages)
    data = load_folder(size=28)
    by_page = sorted(
        zip((file.split("#")[1] for file in data.files), data.images[:, 0, 0, 0].tolist(), strict=True)
    )
    assert [value for _, value in by_page] == [round(1000 * number / 4095 * 255) for number in range(1, 5)]


def test_a_damaged_page_costs_itself_alone(tmp_path: Path, load_folder: Load):
    save_stack(tmp_path / "s.tif", [noise(number) for number in range(6)], compression="tiff_deflate")
    with Image.open(tmp_path / "s.tif") as image:
        image.seek(3)
        place = image.tag_v2[273][0]
    content = bytearray((tmp_path / "s.tif").read_bytes())
    content[place : place + 40] = bytes(40)
    (tmp_path / "s.tif").write_bytes(content)
    data = load_folder()
    assert data.count == 5
    (skipped,) = data.skipped
    assert (skipped.path, str(skipped.reason)) == ("s.tif#4", "damaged or cut short")


def test_previews_in_a_file_are_no_pages(tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "z.png")
    page, preview = Image.fromarray(noise()), Image.fromarray(noise(side=8))
    preview.encoderinfo = {"tiffinfo": {254: 1}}
    page.save(tmp_path / "a.tif", save_all=True, append_images=[preview])
    data = load_folder()
    assert sorted(data.files) == ["a.tif", "z.png"]
    assert data.remarks == ()


def test_a_page_that_declares_more_than_it_holds_is_damaged(tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "0.png", tmp_path / "1.png")
    values = np.random.default_rng(0).integers(0, 65_536, (24, 20, 3)).astype(np.uint16)
    (tmp_path / "huge.tif").write_bytes(tiff(values, height=4_000_000))
    (skipped,) = load_folder().skipped
    assert (skipped.path, str(skipped.reason)) == ("huge.tif", "damaged or cut short")


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_animations_are_their_first_frame(kind: str, tmp_path: Path, load_folder: Load):
    save_noise(tmp_path / "z.png")
    first, *others = [Image.fromarray(noise(number)).convert("RGB") for number in range(12)]
    name = f"a.{kind.lower()}"
    first.save(tmp_path / name, kind, save_all=True, append_images=others, duration=40)
    data = load_folder()
    assert data.count == 2
    (remark,) = map(str, data.remarks)
    assert remark == "One file is an animation: its first frame is an image; further frames left out: 11."
    save_noise(tmp_path / "z.png")
    first.save(tmp_path / f"b.{kind.lower()}", kind, save_all=True, append_images=others[:3], duration=40)
    assert tuple(map(str, load_folder().remarks)) == (
        "2 files are animations: their first frames are images, 14 more are left out.",
    )
