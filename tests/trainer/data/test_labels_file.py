"""Classes and factors of a folder's images from a CSV file that names the files."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.pictures import save_noise
from trainer.commands.main import main
from trainer.config import DataConfig
from trainer.data.checkpoint_path import check_approved
from trainer.data.images import DataError, ImageData
from trainer.data.labels_file import labels_beside, named_for, read_labels
from trainer.data.registry import config_for
from trainer.export.table import head_line, table_lines, text_cell
from trainer.service.resident import source_stamp
from trainer.training.checkpoint import read_description

FILES = ("cat/1.png", "cat/2.png", "dog/1.png", "dog/Käse.png")
SMALL = ["--widths", "8", "--batch", "2", "--threads", "1", "--device", "cpu", "--epochs", "1"]


def pictures(folder: Path) -> Path:
    save_noise(*(folder / name for name in FILES))
    return folder


def by_file(data: ImageData) -> dict[str, str]:
    assert data.labels is not None
    names = (*data.label_names, "")
    return {file: names[label] for file, label in zip(data.files, data.labels.tolist(), strict=True)}


def test_a_column_of_classes_and_columns_of_numbers(tmp_path: Path, load_folder: Callable[..., ImageData]):
    root = pictures(tmp_path / "images")
    text = "file,kind,label,age,weight,note\ncat/1.png,a,tabby & co,1,0.5,x\ncat/2.png,b,siam,2,,y\n"
    (root / "labels.csv").write_text(text + "dog/1.png,c,tabby & co,3,2.5,z\ndog/Käse.png,d,,4,1e-3,z\n", "utf-8")
    data = load_folder(root, labels="labels.csv")
    assert by_file(data) == dict(zip(FILES, ("tabby & co", "siam", "tabby & co", ""), strict=True))
    assert data.factor_names == ("age", "weight")
    assert data.factors is not None
    found = dict(zip(data.files, data.factors.tolist(), strict=True))
    assert found["cat/1.png"] == [1, 0.5]
    assert found["cat/2.png"][0] == 2
    assert np.isnan(found["cat/2.png"][1])
    assert found["dog/Käse.png"] == pytest.approx([4, 1e-3])
    said = [str(remark) for remark in data.remarks]
    assert "The classes are those of label in labels.csv." in said
    assert "Columns of labels.csv that are neither the class nor numbers are not used: kind, note." in said


@pytest.mark.parametrize(
    "called",
    [
        ("cat/1.png", "cat/2.png", "dog/1.png", "dog/Käse.png"),
        ("CAT\\1.PNG", "2.png", r"C:\Users\me\dog\1.png", "KÄSE.PNG"),
        ("/home/x/cat/1.png", "./cat/2.png", "images/dog/1.png", "Käse"),
        ("cat/1.png", "2", "dog/1.png", unicodedata.normalize("NFD", "dog/Käse.png")),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "gb18030"])
def test_names_as_people_write_them(called: tuple[str, ...], encoding: str, tmp_path: Path):
    text = "Dateiname;Klasse\r\n" + "".join(f"{name};{place}\r\n" for place, name in enumerate(called))
    try:
        (tmp_path / "l.csv").write_bytes(text.encode(encoding))
    except UnicodeEncodeError:
        pytest.skip("this encoding has no combining marks")
    found = read_labels(tmp_path / "l.csv", FILES)
    assert found.labels is not None
    assert [found.label_names[label] for label in found.labels] == ["0", "1", "2", "3"]


def test_a_name_that_several_files_have_is_no_match(tmp_path: Path):
    (tmp_path / "l.csv").write_text("file,label\n1.png,a\ncat/2.png,b\nnowhere.png,c\n")
    found = read_labels(tmp_path / "l.csv", FILES)
    assert found.labels is not None
    assert found.labels.tolist() == [-1, 0, -1, -1]
    assert found.label_names == ("b",)  # rows that are not used bring no class
    said = " ".join(map(str, found.remarks))
    assert "Rows of l.csv that name no image here, or several, are not used (2 of 3): 1.png, nowhere.png." in said
    assert "Images that have no row in l.csv stay without class and factors (3 of 4)" in said
    assert "cat/1.png, dog/1.png, dog/Käse.png" in said


def test_the_first_few_are_said_of_many(tmp_path: Path):
    rows = "".join(f"x{number}.png,a\n" for number in range(2500))
    (tmp_path / "l.csv").write_text(f"file,label\n{rows}cat/1.png,b\ncat/1.png,c\n")
    found = read_labels(tmp_path / "l.csv", FILES)
    said = " ".join(map(str, found.remarks))
    assert "are not used (2,500 of 2,502): x0.png" in said
    assert "x0.png, x1.png, x2.png, … (2,500)." in said
    assert "Of images that l.csv names again the first row is used; further rows: 1 (cat/1.png)." in said
    assert found.label_names[found.labels[0]] == "b"  # type: ignore[index]


def test_a_table_of_other_images_is_not_used(tmp_path: Path, load_folder: Callable[..., ImageData]):
    root = pictures(tmp_path / "images")
    (root / "labels.csv").write_text("file,label\nelse.png,a\n")
    data = load_folder(root, labels="labels.csv")
    assert by_file(data)["cat/1.png"] == "cat"  # the folders
    assert "names none of the images, so it is not used; it names else.png" in str(data.remarks[0])


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"file,label\n", b"a\n" * 3, b'"open', b"\xff\xfe\x00"])
def test_what_is_no_table_is_said_and_ends_nothing(content: bytes, tmp_path: Path):
    (tmp_path / "l.csv").write_bytes(content)
    found = read_labels(tmp_path / "l.csv", FILES)
    assert found.labels is None
    assert found.factors is None
    assert len(found.remarks) == 1


def test_a_file_that_is_gone_leaves_the_folders(tmp_path: Path, load_folder: Callable[..., ImageData]):
    data = load_folder(pictures(tmp_path / "images"), labels="labels.csv")
    assert by_file(data)["dog/1.png"] == "dog"
    assert "labels.csv could not be read" in str(data.remarks[0])


def test_no_heading(tmp_path: Path):
    (tmp_path / "l.csv").write_text("cat/1.png,a,1\ndog/1.png,b,2\n")
    found = read_labels(tmp_path / "l.csv", FILES)
    assert found.label_names == ("a", "b")
    assert found.factor_names == ("column 3",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_without_a_mark_too(encoding: str, tmp_path: Path):
    (tmp_path / "l.csv").write_bytes("file\tlabel\ndog/Käse.png\t猫\n".encode(encoding))
    assert read_labels(tmp_path / "l.csv", FILES).label_names == ("猫",)


def test_lines_that_end_with_a_carriage_return_alone(tmp_path: Path):
    (tmp_path / "l.csv").write_bytes(b"file,label\rcat/1.png,a\rdog/1.png,b\r")
    assert read_labels(tmp_path / "l.csv", FILES).label_names == ("a", "b")


def test_a_title_over_the_heading(tmp_path: Path):
    (tmp_path / "l.csv").write_text("Measured in May,,\n,,\nfile,label,age\ncat/1.png,a,1\ndog/1.png,b,2\n")
    found = read_labels(tmp_path / "l.csv", FILES)
    assert (found.label_names, found.factor_names) == (("a", "b"), ("age",))
    assert found.remarks[0].template.startswith("Images that have no row in {file}")


def test_what_spreadsheets_write_where_there_is_no_number(tmp_path: Path):
    errors = ["#N/A", "#DIV/0!", "#VALUE!", "n.a."]
    rows = "".join(f"{file},{cell},1\n" for file, cell in zip(FILES, errors, strict=True))
    (tmp_path / "l.csv").write_text(f"file,age,n\n{rows}".replace("n.a.", "7"))
    found = read_labels(tmp_path / "l.csv", FILES)
    assert found.labels is None
    assert found.factor_names == ("age", "n")
    np.testing.assert_array_equal(found.factors[:, 0], [np.nan, np.nan, np.nan, 7])  # type: ignore[index]


def test_numbers_that_are_not_finite_are_unknown(tmp_path: Path):
    ages = ("inf", "1e39", "-1e400", "2")
    rows = "".join(f"{file},{age},inf\n" for file, age in zip(FILES, ages, strict=True))
    (tmp_path / "l.csv").write_text(f"file,age,gone\n{rows}")
    found = read_labels(tmp_path / "l.csv", FILES)
    assert found.factor_names == ("age",)
    np.testing.assert_array_equal(found.factors[:, 0], [np.nan, np.nan, np.nan, 2])  # type: ignore[index]
    assert [dict(remark.values)["columns"] for remark in found.remarks] == ["gone"]


def test_a_table_that_the_program_wrote_is_read_again(tmp_path: Path):
    files = ["=1+1/0.png", "-a.png", "+b.png", "@c.png", "s.tif#1", "s.tif#2", "s.tif#3"]
    labels = ["=1+1", "-a", "+b", "@c", "a", "b", "a"]
    cells = [[text_cell(file), text_cell(label)] for file, label in zip(files, labels, strict=True)]
    (tmp_path / "l.csv").write_bytes(head_line(["file", "label"]) + table_lines(cells))
    found = read_labels(tmp_path / "l.csv", files)
    assert found.labels is not None
    assert [found.label_names[label] for label in found.labels] == labels
    assert len(found.remarks) == 1


def test_a_text_that_a_spreadsheet_keeps_as_one(tmp_path: Path):
    (tmp_path / "l.csv").write_text('file,label\n"=""cat/1.png""","=""007"""\n')
    assert read_labels(tmp_path / "l.csv", FILES).label_names == ("007",)


def test_seventy_thousand_rows(tmp_path: Path):
    files = [f"{number % 10}/{number}.png" for number in range(70_000)]
    (tmp_path / "l.csv").write_text("path,label,x\n" + "".join(f"{file},{len(file)},1.5\n" for file in files))
    found = read_labels(tmp_path / "l.csv", files)
    assert found.labels is not None
    assert found.labels.min() == 0
    assert not found.remarks[1:]


def test_looked_for_in_the_folder_and_beside_it(tmp_path: Path):
    root = pictures(tmp_path / "images")
    assert labels_beside(root) is None
    (tmp_path / "Images.CSV").write_text("")
    assert labels_beside(root) == str(tmp_path / "Images.CSV")
    (root / "metadata.csv").write_text("")
    assert labels_beside(root) == "metadata.csv"
    assert config_for(str(root)).labels == "metadata.csv"
    assert named_for(root / "x" / "l.csv", root) == "x/l.csv"
    assert named_for(tmp_path / "l.csv", root) == str(tmp_path / "l.csv")


def test_a_path_outside_the_folder_is_looked_at_only_if_approved(tmp_path: Path):
    inside = DataConfig(name="folder", path="/images", labels="sub/l.csv")
    check_approved(inside, ("/images",))
    for labels in ("/secret.csv", "../l.csv", r"\\host\share\l.csv", "C:/l.csv", "~/l.csv", r"..\l.csv"):
        config = DataConfig(name="folder", path="/images", labels=labels)
        assert config.places == ("/images", labels)
        with pytest.raises(DataError):
            check_approved(config, ("/images",))


def test_a_changed_table_is_read_again(tmp_path: Path):
    root = pictures(tmp_path / "images")
    config = DataConfig(name="folder", path=str(root), labels=str(tmp_path / "l.csv"))
    stamps = [source_stamp(config, tmp_path)]
    (tmp_path / "l.csv").write_text("file,label\n")
    stamps.append(source_stamp(config, tmp_path))
    os.utime(tmp_path / "l.csv", (1, 1))
    stamps.append(source_stamp(config, tmp_path))
    assert len(set(stamps)) == 3


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    root = pictures(tmp_path / "images")
    table = tmp_path / "mine.csv"
    table.write_text("file,label\n" + "".join(f"{file},same\n" for file in FILES))
    data = ["--data", str(root), "--held-out", "0.5", *SMALL]
    assert main(["train", *data, "--labels", str(table), "--out", str(tmp_path / "run")]) == 0
    config = read_description(tmp_path / "run").config.data
    assert config.labels == str(table)
    assert main(["encode", str(tmp_path / "run"), "--out", str(tmp_path / "c.csv")]) == 0
    assert (tmp_path / "c.csv").read_text("utf-8-sig").count(",same,") == 4
    capsys.readouterr()
    assert main(["train", *data, "--labels", "nothing.csv", "--out", str(tmp_path / "b")]) == 2
    assert "no file of labels 'nothing.csv'" in capsys.readouterr().err
    assert main(["train", "--data", "digits", "--labels", str(table), *SMALL, "--out", str(tmp_path / "b")]) == 2
    (root / "labels.csv").write_text("file,label\n1,2\n")
    assert main(["train", *data, "--labels", "none", "--out", str(tmp_path / "c")]) == 0
    assert read_description(tmp_path / "c").config.data.labels is None


def written(place: Path, text: str) -> Path:
    path = place / "labels.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        "file,label,x\r1.png,cat,2\r2.png,dog,3\r",
        "sep=\t\nfile\tlabel\tx\n1.png\tcat\t2\n2.png\tdog\t3\n",
        "sep=;\r\nfile;label;x\r\n1.png;cat;2\r\n2.png;dog;3\r\n",
        'file,label,x,note\n"1.png",cat,2,"two\nlines"\n2.png,dog,3,"a ""b"""\n',
    ],
)
def test_tables_as_programs_write_them(text: str, tmp_path: Path):
    found = read_labels(written(tmp_path, text), ["1.png", "2.png"])
    assert found.labels is not None
    assert found.labels.tolist() == [0, 1]
    assert found.factor_names == ("x",)
    assert found.factors is not None
    assert found.factors.tolist() == [[2], [3]]
    assert not any("name no image" in str(remark) for remark in found.remarks)


def test_lines_of_very_different_lengths_take_no_memory(tmp_path: Path):
    path = written(tmp_path, "file,label" + "," * 20_000 + "\n" + "1.png,a\n" * 100_000)
    found = read_labels(path, ["1.png"])
    assert found.labels is None
    assert ["is not a table" in str(remark) for remark in found.remarks] == [True]


def test_many_folders_with_files_of_the_same_names(tmp_path: Path):
    files = [f"{folder}/{name}.png" for folder in range(300) for name in range(100)]
    table = "file,label\n" + "".join(f"pictures/{file},{file.split('/')[0]}\n" for file in files)
    found = read_labels(written(tmp_path, table + "5.png,0\n"), files)
    assert found.labels is not None
    assert [found.label_names[label] for label in found.labels.tolist()] == [file.split("/")[0] for file in files]
    assert str(found.remarks[0]).endswith("are not used (1 of 30,001): 5.png.")


def test_numbers_that_are_none_and_too_large_ones(tmp_path: Path):
    text = "file,code,size\n1.png,1_0,1e300\n2.png,1_1,2\n"
    found = read_labels(written(tmp_path, text), ["1.png", "2.png"])
    assert found.label_names == ("1_0", "1_1")
    assert found.factors is not None
    assert np.isnan(found.factors[0, 0])  # it overflows: not known
    assert found.factors[1].tolist() == [2]


def test_no_two_factors_have_one_name(tmp_path: Path):
    found = read_labels(written(tmp_path, "file,x,x,x (2),x\n1.png,1,2,3,4\n"), ["1.png"])
    assert len(set(found.factor_names)) == 4
    assert found.factors is not None
    assert found.factors.tolist() == [[1, 2, 3, 4]]


def test_no_factor_is_called_as_what_every_image_has(tmp_path: Path):
    found = read_labels(written(tmp_path, "file,split,none\n1.png,0,5\n"), ["1.png"])
    assert found.factor_names == ("split (2)", "none (2)")
