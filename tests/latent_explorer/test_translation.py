"""Simplified Chinese is whole, says the same as the source, is compiled, and shows up in the window."""

from __future__ import annotations

import ast
import errno
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton

from latent_explorer.app import Application
from latent_explorer.controls.number_field import NumberField
from latent_explorer.core.settings import Settings
from latent_explorer.dialogs.shortcuts import menu_groups
from latent_explorer.words import translation
from latent_explorer.words.trainer_names import NAMES, shown_name, shown_work
from latent_explorer.words.trainer_sentences import SENTENCES, shown_sentence
from trainer.latent.density import DensityError, fit_gaussian
from trainer.latent.mixture import fit_mixture
from trainer.metrics.features import feature_net_for
from trainer.service.errors import sentence_for

ROOT = Path(__file__).parents[2]
TS = ROOT / "resources" / "translations" / "latent_explorer_zh_CN.ts"
SOURCES = sorted((ROOT / "latent_explorer").rglob("*.py"))
#: Here names and sentences come from the trainer at run time; they are listed in `NAMES` and `SENTENCES`.
RUN_TIME = {ROOT / "latent_explorer" / "words" / name for name in ("trainer_names.py", "trainer_sentences.py")}

Key = tuple[str, str, str]


def entries(path: Path) -> dict[Key, ET.Element]:
    """(context, source, comment) -> the translation of every message in a .ts file."""
    found = {}
    for context in ET.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""))
            element = message.find("translation")
            assert element is not None, key
            found[key] = element
    return found


ENTRIES = entries(TS)


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call that translates."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        # A painter's translate has numbers.
        marked = name == "QT_TRANSLATE_NOOP" or (name == "translate" and any(map(written_out, node.args)))
        if name == "tr" or marked:
            yield node


def written_out(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and isinstance(argument.value, str)


def test_texts_are_written_out_where_lupdate_looks_for_them() -> None:
    wrong = []
    for path in SOURCES:
        for call in calls(path):
            function = ast.unparse(call.func)
            in_class = function == "self.tr" or not function.endswith(".tr")
            if path not in RUN_TIME and not (call.args and in_class and all(map(written_out, call.args))):
                wrong.append(f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}")
    assert wrong == []


def test_every_text_of_the_source_has_a_translation() -> None:
    known = {source for _, source, _ in ENTRIES}
    missing = []
    for path in SOURCES:
        for call in calls(path):
            text = call.args[0 if ast.unparse(call.func) == "self.tr" else 1]
            if isinstance(text, ast.Constant) and text.value not in known:
                missing.append(f"{path.relative_to(ROOT)}:{call.lineno}: {text.value}")
    assert missing == [], "run the two commands of resources/translations/README.md"


def test_the_file_is_what_lupdate_makes(tmp_path: Path) -> None:
    tool = Path(PySide6.__file__).parent / ("lupdate.exe" if sys.platform == "win32" else "lupdate")
    if not tool.is_file():
        pytest.skip("this PySide6 comes without lupdate")
    fresh = tmp_path / "fresh.ts"
    names = [str(path) for path in SOURCES]
    ran = subprocess.run(
        [str(tool), *names, "-locations", "none", "-ts", str(fresh)], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        pytest.skip(f"lupdate does not run here: {ran.stderr.strip()}")
    assert set(ENTRIES) == set(entries(fresh)), "run the two commands of resources/translations/README.md"


def test_nothing_is_unfinished() -> None:
    assert [
        key for key, element in ENTRIES.items() if element.get("type") or not (element.text or "").strip()
    ] == []


def test_translations_keep_placeholders_keys_and_ellipses() -> None:
    wrong = []
    for key, element in ENTRIES.items():
        source, text = key[1], element.text or ""
        same_fields = Counter(re.findall(r"\{[^}]*\}", source)) == Counter(re.findall(r"\{[^}]*\}", text))
        same_keys = len(re.findall(r"&\w", source)) == len(re.findall(r"\(&[A-Z]\)", text))
        same_end = source.endswith("…") == text.endswith("…")
        same_filter = re.findall(r"\*\.\w+", source) == re.findall(r"\*\.\w+", text)
        if not (same_fields and same_keys and same_end and same_filter):
            wrong.append((source, text))
    assert wrong == []


def test_the_compiled_file_is_up_to_date() -> None:
    compiled = QTranslator()
    assert compiled.load(str(TS.with_suffix(".qm")))
    stale = [key for key, element in ENTRIES.items() if compiled.translate(*key) != element.text]
    assert stale == [], "run lrelease as resources/translations/README.md says"


@pytest.fixture
def chinese(qapp: QApplication, tmp_path: Path) -> Iterator[Settings]:
    """Settings that ask for Chinese, with the translation installed; taken away again afterwards."""
    settings = Settings(tmp_path / "settings.ini")
    settings.set_text("window/language", "zh_CN")
    before = set(qapp.findChildren(QTranslator))
    assert translation.install(qapp, settings) == "zh_CN"
    yield settings
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def program(chinese: Settings, tmp_path: Path) -> Iterator[Application]:
    """The program in Chinese with the bundled pair, not shown: its trainer is never started."""
    application = Application(
        chinese, data_folder=tmp_path, recovery_folder=tmp_path / "unfinished", in_thread=True
    )
    application.sessions.open_bundled()
    yield application
    application.end()


def test_the_window_speaks_chinese(program: Application) -> None:
    window = program.window
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == ["文件(&F)", "编辑(&E)", "探索(&X)", "训练(&T)", "视图(&V)", "帮助(&H)"]
    assert window.toolbar.run.train.text() == "训练"
    assert [pane.header.title.text() for pane in window.panes] == ["自编码器", "变分自编码器"]
    assert window.status.run.text() == "就绪"
    assert window.maps[0].accessibleName() == "潜空间图 1"
    assert [dock.windowTitle() for dock in window.docks][:2] == ["训练", "各维度的 KL 散度"]


def test_no_english_is_left_in_the_window(program: Application) -> None:
    names = re.compile(r"Latent Explorer|English|MNIST|MLP|Linear|Conv|VAE|CPU|CUDA|PCA|nats", re.IGNORECASE)
    texts = {action.text() for action in program.window.findChildren(QAction)}
    for kind in (QLabel, QPushButton, QToolButton):
        for widget in program.window.findChildren(kind):
            texts |= {widget.text(), widget.toolTip(), widget.accessibleName()}
    english = [
        text
        for text in texts
        if re.search(r"[A-Za-z]{3}", names.sub("", text)) and not re.search(r"[\u4e00-\u9fff]", text)
    ]
    assert english == []


def test_keys_of_a_menu_are_told_apart_and_left_out_of_the_sheet(program: Application) -> None:
    for menu in program.window.menuBar().findChildren(QMenu) + [
        action.menu() for action in program.window.menuBar().actions()
    ]:
        keys = [re.findall(r"&(\w)", action.text())[0] for action in menu.actions() if "&" in action.text()]
        assert len(keys) == len(set(keys)), (menu.title(), keys)
    sheet = menu_groups(program.window)
    assert [title for title, _ in sheet] == ["文件", "编辑", "探索", "训练", "视图", "帮助"]
    assert not any("(" in what or "&" in what for _, lines in sheet for _, what in lines)


def test_what_the_trainer_says_often_is_translated(chinese: Settings) -> None:
    assert all(re.search(r"[\u4e00-\u9fff]", shown_name(name)) for name in NAMES)
    assert shown_work("Encoding") == "正在编码"
    assert shown_work("Reading MNIST") == "正在读入 MNIST"
    assert shown_work("Downloading MNIST") == "正在下载 MNIST"
    assert shown_name("Faces of cats") == "Faces of cats"


def test_what_the_trainer_refuses_is_translated(chinese: Settings) -> None:
    codes = np.zeros((20, 2), np.float32)
    with pytest.raises(DensityError) as refused:
        list(fit_gaussian(codes))
    assert shown_sentence(str(refused.value)) == "所有编码相同，高斯分布无从拟合散布。"
    with pytest.raises(DensityError) as refused:
        list(fit_mixture(codes[:4], 3))
    assert shown_sentence(str(refused.value)) == "3 个高斯的混合模型至少需要 9 个 2 维编码，现有 4 个。"
    assert all(
        re.search(r"[\u4e00-\u9fff]", shown_sentence(feature_net_for(shape).sentence))
        for shape in ((1, 28, 28), (3, 32, 32))
    )
    full = OSError(errno.ENOSPC, "No space left on device", "/a {b}")
    assert shown_sentence(sentence_for(full) or "") == "磁盘已满（/a {b}）；请腾出空间后重试。"
    assert shown_sentence("Nobody listed this.") == "Nobody listed this."


def test_sentences_of_the_trainer_come_back_whole_in_english(qapp: QApplication) -> None:
    for listed in map(str, SENTENCES):
        sentence = re.sub(r"\{(\w+)\}", r"\1 (1/2)", listed)
        assert shown_sentence(sentence) == sentence


def test_sentences_are_put_together_in_order(chinese: Settings, qtbot: object) -> None:
    field = NumberField(None, least=1, most=100, whole=True, words={"关闭": 0.0})
    said: list[str] = []
    field.refused.connect(said.append)
    field.setText("x")
    field.setModified(True)
    assert not field.commit()
    assert said == ["请输入整数，范围 1 至 100，或“关闭”。"]


def test_the_language_is_chosen_in_the_menu_and_remembered(program: Application) -> None:
    assert program.explorer.language == "zh_CN"
    said: list[str] = []
    program.notifications.shown.connect(lambda notification: said.append(notification.sentence))
    action = program.window.findChild(QAction, "choose-language-en")
    assert action is not None
    assert action.text() == "English"
    action.trigger()
    action.trigger()
    assert program.explorer.language == "en"
    assert said == [
        QCoreApplication.translate("Application", "The language changes when the program is started next.")
    ]
    program.end()
    assert Settings(program.settings.path).text("window/language", "system") == "en"


def test_english_needs_no_translation(qapp: QApplication, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.set_text("window/language", "en")
    before = len(qapp.findChildren(QTranslator))
    assert translation.install(qapp, settings) == "en"
    assert len(qapp.findChildren(QTranslator)) == before
    assert shown_name("Autoencoder") == "Autoencoder"
