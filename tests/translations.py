"""Brings the translation files up to date: `python -m tests.translations`, from the top folder.

lupdate finds the window's own texts where they are written out in calls that translate. What the trainer says is a
template in a `Sentence`, or in an error that makes one; the trainer knows no Qt, so these are found here and given
to lupdate as a file of its own, with the texts of the families' cards and the names of networks and data sets. So
are the entries of the glossary, which are data. The command line's own sentences are not among them: it speaks
English.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import PySide6

from latent_explorer.glossary.terms import SECTIONS
from trainer.config import PRESETS
from trainer.data.registry import available
from trainer.models.family import families

ROOT = Path(__file__).resolve().parents[1]
TS = ROOT / "resources" / "translations" / "latent_explorer_zh_CN.ts"
WINDOW = sorted((ROOT / "latent_explorer").rglob("*.py"))
_COMMANDS = ROOT / "trainer" / "commands"


@cache
def trees() -> dict[Path, ast.Module]:
    """The syntax of every file with texts for users."""
    paths = sorted([*(ROOT / "trainer").rglob("*.py"), *WINDOW])
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def takers() -> dict[str, int]:
    """What takes a template, a class by its name or a function, and which of its positional arguments that is."""
    found, bases = {}, {}
    for tree in trees().values():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.FunctionDef)
                and node.name != "__init__"
                and (place := _place(node)) is not None
            ):
                found[node.name] = place
            if isinstance(node, ast.ClassDef):
                bases[node.name] = [ast.unparse(base) for base in node.bases]
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef) and inner.name == "__init__":
                        place = _place(inner)
                        bases[node.name] = [] if place is None else [f"template {place - 1}"]
    for name in bases:
        line, known = [name], ""
        while line and not known:
            of = bases.get(line.pop(), [])
            known = next((base for base in of if base.startswith("template ")), "")
            line += of
        if known:
            found[name] = int(known.split()[1])
    return found


def _place(function: ast.FunctionDef) -> int | None:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return names.index("template") if "template" in names else None


def said() -> Iterator[tuple[Path, ast.Call, ast.expr]]:
    """Every call that says something, and the expression of its template."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in takers() and len(node.args) > takers()[name]:
                yield path, node, node.args[takers()[name]]


def templates() -> set[str]:
    """The templates of all sentences that the window may show."""
    literals = [(path, node.value) for path, _, node in said() if isinstance(node, ast.Constant)]
    return {text for path, text in literals if isinstance(text, str) and path.parent != _COMMANDS}


def names() -> set[str]:
    """What the window shows of the trainer's declarations."""
    texts = {*PRESETS, *(name for info in available(ROOT) for name in (info.title, *info.factor_names))}
    # Tests may have registered others: those speak the language of the code that wrote them.
    for card in (family.card for family in families() if type(family).__module__.startswith("trainer.")):
        texts |= {card.title, card.about}
        for entry in (*card.options, *card.knobs, *card.terms):
            texts |= {entry.title, entry.help}
        texts |= {entry.unit for entry in (*card.options, *card.terms)} - {""}
    return texts


def glossary() -> set[str]:
    """The texts of the glossary's entries."""
    texts = {section.title for section in SECTIONS}
    for one in (one for section in SECTIONS for one in section.terms):
        texts |= {one.name, one.what, one.unit, one.source}
    return texts - {""}


def write_list(path: Path) -> None:
    """What the trainer and the glossary say, as Python source for lupdate."""
    lines = [f'QT_TRANSLATE_NOOP("trainer", {_spelt(text)})\n' for text in sorted(templates() | names())]
    lines += [f'QT_TRANSLATE_NOOP("Glossary", {_spelt(text)})\n' for text in sorted(glossary())]
    path.write_text("".join(lines), encoding="utf-8")


def _spelt(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def update(ts: Path) -> None:
    """Have lupdate bring `ts` up to date, which is made if need be; what it does not know is unfinished."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "said.py"
        write_list(listed)
        languages = ["-source-language", "en", "-target-language", "zh_CN"]
        options = ["-no-obsolete", "-locations", "none", *languages, "-ts", str(ts)]
        _run("lupdate", *map(str, WINDOW), str(listed), *options)


def compile_to(ts: Path, qm: Path) -> None:
    """Have lrelease make of `ts` what the program loads."""
    _run("lrelease", str(ts), "-qm", str(qm))


def tool(name: str) -> Path:
    """One of Qt's tools, which come with PySide6."""
    return Path(PySide6.__file__).parent / (f"{name}.exe" if sys.platform == "win32" else name)


def _run(name: str, *arguments: str) -> None:
    subprocess.run([str(tool(name)), *arguments], check=True, capture_output=True, text=True)


if __name__ == "__main__":
    update(TS)
    compile_to(TS, TS.with_suffix(".qm"))
