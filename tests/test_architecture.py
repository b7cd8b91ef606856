"""The rules of who may import whom, as a failing test, and the shape of the tree."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    "latent_explorer",
    "resources",
    "trainer",
    "tests",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
}
QT = ("PySide6", "pyqtgraph")

#: What draws: it never meets torch, engine, service or workers.
_DRAWS = ("PySide6.QtWidgets", "pyqtgraph")
_COMPUTES = (
    "torch",
    "torchvision",
    "trainer.training",
    "trainer.models",
    "trainer.service",
    "latent_explorer.core.workers",
    "latent_explorer.core.tool_kit",
    "latent_explorer.core.trainer_client",
    "latent_explorer.core.maps",
    "latent_explorer.core.exploration",
    "latent_explorer.core.runs",
)
#: Composition: they make both kinds and hand them to each other.
_COMPOSE = ("latent_explorer/app.py",)

#: Package -> prefixes it must not import, at any depth of nesting in its files.
FORBIDDEN = {
    "trainer": (*QT, "latent_explorer"),
    "latent_explorer/core": ("latent_explorer.tools", "latent_explorer.map", "latent_explorer.export"),
    "latent_explorer/core/workers": ("PySide6.QtGui", *_DRAWS),
    "latent_explorer/map": ("latent_explorer.tools",),
}

#: Modules the window needs before, or without, torch.
TORCH_FREE = (
    "latent_explorer.app",
    "trainer.config",
    "trainer.knobs",
    "trainer.reports",
    "trainer.data.images",
    "trainer.data.registry",
    "trainer.models.family",
    "trainer.networks.numpy_layers",
    "trainer.replica.numpy_replica",
    "trainer.latent.plane",
    "trainer.metrics.active_units",
    "trainer.latent.neighbours",
    "trainer.report.html",
    "trainer.report.pictures",
    "trainer.service.messages",
    "trainer.training.checkpoint",
)


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of a file, read once for every rule."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def _imports(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple(_found_imports(path))


def _found_imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} uses a relative import"
            yield node.lineno, node.module or ""
            for name in node.names:
                yield node.lineno, f"{node.module}.{name.name}"


@pytest.fixture(scope="module", autouse=True)
def _let_go_of_the_syntax() -> Iterator[None]:
    """Hundreds of thousands of objects that every later collection of garbage would look at."""
    yield
    _nodes.cache_clear()


def _within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


@pytest.mark.parametrize("package", FORBIDDEN)
def test_imports_follow_the_architecture(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in files
        for line, name in _imports(path)
        if any(_within(name, prefix) for prefix in FORBIDDEN[package])
    ]
    assert not wrong, "\n".join(wrong)


#: Where tools are: a folder each, and the list of them.
_TOOLS = ROOT / "latent_explorer" / "tools"
_LIST = _TOOLS / "all_tools.py"


def test_tools_import_each_other_only_through_core() -> None:
    wrong = []
    for path in sorted(_TOOLS.glob("*/**/*.py")):
        own = f"latent_explorer.tools.{path.relative_to(_TOOLS).parts[0]}"
        for line, name in _imports(path):
            # The package's own name comes along with `from latent_explorer.tools import ...`.
            if _within(name, "latent_explorer.tools") and not _within(name, own):
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def _names_of_tools() -> set[str]:
    """How others could name a tool: its folder, what it says it is called, its states, layers, switches, exports,
    and the keys of what it has undone."""
    code = (
        "from types import SimpleNamespace\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication([])\n"
        "from latent_explorer.core.explorer import ExplorerState\n"
        "from latent_explorer.core.tools import ToolStates\n"
        "from latent_explorer.core.training import TrainingState\n"
        "from latent_explorer.tools.all_tools import all_tools\n"
        "tools = ToolStates(all_tools())\n"
        "states = SimpleNamespace(explorer=ExplorerState(), training=TrainingState(), panes=(), tools=tools)\n"
        "for tool in tools.declared:\n"
        "    print(tool.name, *(kind.__name__ for kind in tool.states))\n"
        "    print(*(entry.name for entry in tool.choices()), *(one.key for one in tool.exports(states)))\n"
        "    print(*(layer.make.__name__ for layer in tool.layers))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split()) | {path.name for path in _TOOLS.iterdir() if (path / "tool.py").exists()}


#: Words that name something else, too: work of the trainer's, by its own name.
_OTHERWISE = {("latent_explorer/words/trainer_names.py", "moments")}


def test_no_one_but_the_list_names_a_tool() -> None:
    names, wrong = _names_of_tools(), []
    assert {"interpolation", "HeatState", "ellipses", "PathOverlay", "moments"} <= names
    for path in sorted((ROOT / "latent_explorer").rglob("*.py")):
        relative = path.relative_to(ROOT).as_posix()
        if path == _LIST or (_TOOLS in path.parents and path.parent != _TOOLS):
            continue
        for line, name in _imports(path):
            if _within(name, "latent_explorer.tools") and name not in (
                "latent_explorer.tools.all_tools",
                "latent_explorer.tools.all_tools.all_tools",
            ):
                wrong.append(f"{relative}:{line} imports {name}")
        for node in _nodes(path):
            said = None
            if isinstance(node, ast.Constant):
                said = node.value
            elif isinstance(node, ast.Name) and node.id[0].isupper():  # a class
                said = node.id
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith(("tools", "toolbox")):
                said = node.attr
            if isinstance(said, str) and said in names and (relative, said) not in _OTHERWISE:
                wrong.append(f"{relative}:{getattr(node, 'lineno', 0)} names {said}")
    assert not wrong, "\n".join(wrong)


def test_what_draws_does_not_compute_and_what_computes_does_not_draw() -> None:
    wrong = []
    for path in sorted((ROOT / "latent_explorer").rglob("*.py")):
        relative = path.relative_to(ROOT).as_posix()
        names = {name for _, name in _imports(path)}
        draws = {name for name in names for prefix in _DRAWS if _within(name, prefix)}
        works = {name for name in names for prefix in _COMPUTES if _within(name, prefix)}
        if draws and works and relative not in _COMPOSE:
            wrong.append(f"{relative} draws ({min(draws)}) and computes ({min(works)})")
    assert not wrong, "\n".join(wrong)


def test_no_one_imports_the_composition_root_or_the_main_window() -> None:
    allowed = {
        ("latent_explorer/cli.py", "latent_explorer.app"),
        ("latent_explorer/app.py", "latent_explorer.main_window"),
    }
    wrong = []
    for folder in ("latent_explorer", "trainer"):
        for path in (ROOT / folder).rglob("*.py"):
            relative = path.relative_to(ROOT).as_posix()
            for line, name in _imports(path):
                for guarded in ("latent_explorer.app", "latent_explorer.main_window"):
                    if _within(name, guarded) and (relative, guarded) not in allowed:
                        wrong.append(f"{relative}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


#: Who may start threads and processes, and why.
THREADS = {
    "latent_explorer/app.py": "the composition root",
    "latent_explorer/core/workers/": "the window's workers",
    "trainer/training/member_threads.py": "a member of a run, ended with its steps",
    "trainer/metrics/block_threads.py": "blocks of a measure, ended with it",
    "trainer/data/in_threads.py": "pictures are read by several, joined before the call returns",
    "trainer/data/download.py": "a server that does not answer must not hold up a cancel",
}
STARTERS = {
    "Thread",
    "Timer",
    "QThread",
    "QThreadPool",
    "QRunnable",
    "ThreadPoolExecutor",
    "ProcessPoolExecutor",
} | {
    "Process",
    "Popen",
}


def test_only_the_composition_root_and_workers_start_threads() -> None:
    wrong = []
    for folder in ("latent_explorer", "trainer"):
        for path in (ROOT / folder).rglob("*.py"):
            relative = path.relative_to(ROOT).as_posix()
            if any(
                relative == allowed or (allowed[-1] == "/" and relative.startswith(allowed)) for allowed in THREADS
            ):
                continue
            for node in _nodes(path):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    # psutil's Process looks at one that runs.
                    looks = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "psutil"
                    if name in STARTERS and not looks:
                        wrong.append(f"{relative}:{node.lineno} starts a {name}")
    assert not wrong, "\n".join(wrong)


#: What has timers in a tool beside its views, and why.
TIMERS = {"latent_explorer/tools/timeline/moment_film.py": "a film waits until a map has settled"}


def test_tools_leave_to_followers_when_to_ask() -> None:
    wrong = []
    for path in sorted((ROOT / "latent_explorer" / "tools").rglob("*.py")):
        relative = path.relative_to(ROOT).as_posix()
        names = {name for _, name in _imports(path)}
        draws = any(_within(name, prefix) for name in names for prefix in _DRAWS)
        if "PySide6.QtCore.QTimer" in names and not draws and relative not in TIMERS:
            wrong.append(f"{relative} has a timer; `core.follower` decides when a tool asks")
        for node in _nodes(path):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Order"):
                wrong.append(f"{relative} has {node.name}; work is given looks and settings")
    assert not wrong, "\n".join(wrong)


def test_painters_end_whatever_happens() -> None:
    """One that an exception leaves active lives on in the traceback, and its end, much later, ends the process."""
    wrong = []
    for path in (ROOT / "latent_explorer").rglob("*.py"):
        withs = [node for node in _nodes(path) if isinstance(node, ast.With)]
        held = {id(item.context_expr) for node in withs for item in node.items}
        for node in _nodes(path):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QPainter" and id(node) not in held:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} makes a QPainter outside a with statement")
    assert not wrong, "\n".join(wrong)


def test_the_top_level_stays() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = {line.split("/")[0] for line in listed.stdout.splitlines()}
    extra = {name for name in names if name not in TOP_LEVEL and not name.startswith(".")}
    assert not extra


def test_modules_of_the_first_paint_do_not_import_torch() -> None:
    code = (
        "import importlib, sys\n"
        "for module in sys.argv[1:]:\n"
        "    importlib.import_module(module)\n"
        "    print(module, *sorted({'torch', 'torchvision', 'sklearn'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", code, *TORCH_FREE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == [*TORCH_FREE, ""]


#: Run by a Python that meets an error wherever anything imports Qt.
_WITHOUT_QT = """
import sys
for name in ("PySide6", "shiboken6", "pyqtgraph"):
    sys.modules[name] = None
import importlib, pkgutil, pytest, trainer
names = [module.name for module in pkgutil.walk_packages(trainer.__path__, "trainer.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(len(names), "modules")
sys.exit(pytest.main(sys.argv[1:]))
"""
#: What is quick of the latent maths, the models, the engine and the service.
_QUICK = (
    "tests/trainer/latent/test_neighbours.py",
    "tests/trainer/replica/test_replica.py",
    "tests/trainer/networks/test_description.py",
    "tests/trainer/models/test_initialise.py",
    "tests/trainer/training/test_engine.py",
    "tests/trainer/test_likelihoods.py",
    "tests/trainer/service/test_training.py",
)


def test_the_trainer_works_where_qt_cannot_be_imported() -> None:
    """All of it can be imported, and its tests pass."""
    # The settings of the plug-in for Qt, which is absent, are unknown then.
    plain = ["-q", "-x", "-p", "no:pytest-qt", "-o", "addopts=", "-W", "ignore::pytest.PytestConfigWarning"]
    command = [sys.executable, "-c", _WITHOUT_QT, *plain, "-p", "no:cacheprovider", *_QUICK]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    count, _, _ = done.stdout.partition(" modules")
    assert int(count) > 20
    assert " passed" in done.stdout


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()[-1]
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert command in readme


#: What ties things together belongs to no folder: entry points and the composition root.
_TIES = {"__main__.py", "app.py", "main_window.py", "cli.py", "preflight.py", "screenshot.py", "diagnostics.py"}


def _run_time_imports(path: Path) -> Iterator[str]:
    """What a file imports when it runs, wherever in it: not what only a type checker reads."""
    unread = {
        id(inner)
        for node in _nodes(path)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in _nodes(path):
        if id(node) not in unread and isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif id(node) not in unread and isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _file_of(name: str) -> Path | None:
    """The file that the dotted `name` is in, or is; None for what is not ours."""
    parts = name.split(".")
    if parts[0] not in ("trainer", "latent_explorer"):
        return None
    for end in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:end])
        if place.with_suffix(".py").is_file():
            return place.with_suffix(".py")
        if place.is_dir():
            return place / "__init__.py"
    return None


def _circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Every set of two or more that reach each other (Tarjan 1972)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        order[node] = low[node] = len(order)
        stack.append(node)
        for other in sorted(edges.get(node, ())):
            if other not in order:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], order[other])
        if low[node] == order[node]:
            circle = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(circle) > 1:
                found.append(sorted(circle))

    for node in sorted(edges):
        if node not in order:
            visit(node)
    return found


@pytest.mark.parametrize("kind", ["files", "folders"])
def test_nothing_imports_in_a_circle(kind: str) -> None:
    edges: dict[str, set[str]] = {}
    for top in ("trainer", "latent_explorer"):
        for path in (ROOT / top).rglob("*.py"):
            if path.name in _TIES and path.parent.parent == ROOT:
                continue
            for name in _run_time_imports(path):
                other = _file_of(name)
                if other is None:
                    continue
                # A package's own file is read before anything in it: it belongs to no folder.
                here, there = (path, other) if kind == "files" else (path.parent, other.parent)
                if here != there and other.name != "__init__.py":
                    edges.setdefault(str(here.relative_to(ROOT)), set()).add(str(there.relative_to(ROOT)))
    assert edges
    assert _circles(edges) == []
