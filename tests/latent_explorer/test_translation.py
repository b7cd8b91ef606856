"""Simplified Chinese is whole, says the same as the source, is compiled, and shows up in the window."""

from __future__ import annotations

import ast
import errno
import re
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from PySide6.QtCore import QFileInfo, QLibraryInfo, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QFileIconProvider,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from latent_explorer import translation
from latent_explorer.app import Application
from latent_explorer.controls.number_field import NumberField
from latent_explorer.core.settings import Settings
from latent_explorer.dialogs.shortcuts import menu_groups
from latent_explorer.words.trainer_names import shown_name
from latent_explorer.words.trainer_sentences import shown_sentence
from tests import translations
from tests.translations import ROOT, TS
from trainer.latent.density import DensityError, fit_gaussian
from trainer.latent.mixture import fit_mixture
from trainer.metrics.features import feature_net_for
from trainer.sentences import Sentence, sentence_for

#: Here what the trainer said is looked up at run time; see `tests.translations`.
RUN_TIME = {
    ROOT / "latent_explorer" / name
    for name in ("words/trainer_names.py", "words/trainer_sentences.py", "glossary/terms.py")
}
AGAIN = "run python -m tests.translations, and translate what is unfinished"

Key = tuple[str, str, str]


@pytest.fixture(scope="module", autouse=True)
def _let_go_of_the_syntax() -> Iterator[None]:
    """Hundreds of thousands of objects that every later collection of garbage would look at."""
    yield
    translations.trees.cache_clear()


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
    for node in ast.walk(translations.trees()[path]):
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
    for path in translations.WINDOW:
        for call in calls(path):
            function = ast.unparse(call.func)
            in_class = function == "self.tr" or not function.endswith(".tr")
            if path not in RUN_TIME and not (call.args and in_class and all(map(written_out, call.args))):
                wrong.append(f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}")
    assert wrong == []


def test_every_text_of_the_source_has_a_translation() -> None:
    known = {source for _, source, _ in ENTRIES}
    missing = []
    for path in translations.WINDOW:
        for call in calls(path):
            text = call.args[0 if ast.unparse(call.func) == "self.tr" else 1]
            if isinstance(text, ast.Constant) and text.value not in known:
                missing.append(f"{path.relative_to(ROOT)}:{call.lineno}: {text.value}")
    assert missing == [], AGAIN


def test_every_sentence_of_the_trainer_is_written_out() -> None:
    """A template that is put together at run time has no translation. One may be passed on by its name."""
    wrong = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}"
        for path, call, template in translations.said()
        if not written_out(template)
        and not (isinstance(template, ast.Name) and template.id == "template")
        and not (isinstance(template, ast.Attribute) and template.attr == "title")
    ]
    assert wrong == []


def test_every_sentence_of_the_trainer_has_a_translation() -> None:
    known = {source for context, source, _ in ENTRIES if context == "trainer"}
    said = translations.templates() | translations.names()
    assert "All codes are the same one, so {what} has no spread to be fitted to." in said
    assert said - known == set(), AGAIN
    assert known - said == set(), AGAIN


def test_every_text_of_the_glossary_has_a_translation() -> None:
    known = {source for context, source, _ in ENTRIES if context == "Glossary"}
    assert "Sample coverage" in translations.glossary()
    assert translations.glossary() - known == set(), AGAIN


def test_places_of_the_trainers_sentences_get_their_values() -> None:
    wrong = []
    for path, call, template in translations.said():
        given = {keyword.arg for keyword in call.keywords}
        if isinstance(template, ast.Constant) and None not in given and "sentence" not in given:
            places = {name for _, name, _, _ in Formatter().parse(template.value) if name is not None}
            if places != given - {"kind"}:
                wrong.append(f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}")
    assert wrong == []


def test_the_file_is_what_lupdate_makes(tmp_path: Path) -> None:
    if not translations.tool("lupdate").is_file():
        pytest.skip("this PySide6 comes without lupdate")
    fresh = tmp_path / "fresh.ts"
    try:
        translations.update(fresh)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"lupdate does not run here: {error}")
    assert set(ENTRIES) == set(entries(fresh)), AGAIN


def test_nothing_is_unfinished() -> None:
    assert [
        key for key, element in ENTRIES.items() if element.get("type") or not (element.text or "").strip()
    ] == []


def fields(text: str) -> list[str]:
    """The names of the places in a text; how their numbers are written is each language's own."""
    return re.findall(r"\{(\w*)[^}]*\}", text)


def test_translations_keep_placeholders_keys_and_ellipses() -> None:
    wrong = []
    for key, element in ENTRIES.items():
        source, text = key[1], element.text or ""
        same_fields = Counter(fields(source)) == Counter(fields(text))
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
    assert stale == [], AGAIN


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
    assert [tab.title for tab in window.strip.tabs][:2] == ["损失", "插值"]


def test_no_english_is_left_in_the_window(program: Application) -> None:
    names = re.compile(
        r"Latent Explorer|English|MNIST|MLP|Linear|Conv|VAE|CPU|CUDA|PCA|MMD|nats|ELBO|IWAE", re.IGNORECASE
    )
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


def test_keys_of_a_menu_are_distinguished_and_left_out_of_the_sheet(program: Application) -> None:
    for menu in program.window.menuBar().findChildren(QMenu) + [
        action.menu() for action in program.window.menuBar().actions()
    ]:
        keys = [re.findall(r"&(\w)", action.text())[0] for action in menu.actions() if "&" in action.text()]
        assert len(keys) == len(set(keys)), (menu.title(), keys)
    sheet = menu_groups(program.window)
    assert [title for title, _ in sheet] == ["文件", "编辑", "探索", "训练", "视图", "帮助"]
    assert [what for _, lines in sheet for _, what in lines if re.search(r"\([A-Z]\)|&", what)] == []


def test_what_the_trainer_says_often_is_translated(chinese: Settings) -> None:
    assert shown_sentence(Sentence("Encoding")) == "正在编码"
    assert shown_sentence(Sentence("Reading {name}", name="MNIST")) == "正在读入 MNIST"
    assert shown_sentence(Sentence("Downloading {name}", name="MNIST")) == "正在下载 MNIST"
    assert shown_name("Variational autoencoder") == "变分自编码器"
    assert shown_name("Faces of cats") == "Faces of cats"


def test_what_the_trainer_refuses_is_translated(chinese: Settings) -> None:
    codes = np.zeros((20, 2), np.float32)
    with pytest.raises(DensityError) as refused:
        list(fit_gaussian(codes))
    assert shown_sentence(refused.value.sentence) == "所有编码相同，高斯分布无从拟合散布。"
    with pytest.raises(DensityError) as refused:
        list(fit_mixture(codes[:4], 3))
    assert shown_sentence(refused.value.sentence) == "3 个高斯的混合模型至少需要 9 个 2 维编码，现有 4 个。"
    assert all(
        re.search(r"[\u4e00-\u9fff]", shown_sentence(feature_net_for(shape).sentence))
        for shape in ((1, 28, 28), (3, 32, 32))
    )
    full = OSError(errno.ENOSPC, "No space left on device", "/a {b}")
    assert shown_sentence(sentence_for(full)) == "磁盘已满（/a {b}）；请腾出空间后重试。"
    assert shown_sentence("The window's own text.") == "The window's own text."
    assert shown_sentence(None) == ""


def test_sentences_within_sentences_are_translated_too(chinese: Settings) -> None:
    inner = Sentence("it is a pipe, not a file")
    outer = Sentence("{path} could not be read: {reason}; open another checkpoint.", path="/a {b}\n", reason=inner)
    assert shown_sentence(outer) == "无法读取 /a {b}\\n：它是管道，不是文件；请打开其他检查点。"
    counted = Sentence(
        "{array} has {rows:,} rows for {images:,} images; save one row an image.", array="x", rows=12_345, images=6
    )
    assert "12,345" in shown_sentence(counted)


def test_every_sentence_can_be_filled_in_in_both_languages(chinese: Settings) -> None:
    for template in translations.templates():
        values = dict.fromkeys(fields(template), 3)
        assert Sentence(template, **values).text()
        # What has no word of English in it is the same in any language: "ELBO", "%", "nats".
        shown = shown_sentence(Sentence(template, **values))
        assert re.search(r"[\u4e00-\u9fff]|\d", shown) or not re.search(
            r"[a-z]{3}", template.replace("nats", "")
        ), template


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
    assert said == []
    program.end()
    assert Settings(program.settings.path).text("window/language", "system") == "en"


def test_the_file_dialog_says_nothing_that_neither_qt_nor_the_program_translates(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """Qt's Chinese may be behind its dialogs."""
    qts = QTranslator()
    assert qts.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    (tmp_path / "a.csv").write_text("")
    (tmp_path / "below").mkdir()
    dialog = QFileDialog(None, "", str(tmp_path), "")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    said = {label.text() for label in dialog.findChildren(QLabel)}
    said |= {button.text() for button in dialog.findChildren(QAbstractButton)}
    icons = QFileIconProvider()
    said |= {icons.type(QFileInfo(str(tmp_path / "below"))), icons.type(QFileInfo(str(tmp_path / "nothing")))}
    contexts = ("QFileDialog", "QAbstractFileIconProvider", "QPlatformTheme", "QDialogButtonBox")
    lacking = {text for text in said - {""} if not any(qts.translate(context, text) for context in contexts)}
    assert lacking <= set(translation.texts_of_qt())


def test_english_needs_no_translation(qapp: QApplication, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.set_text("window/language", "en")
    before = len(qapp.findChildren(QTranslator))
    assert translation.install(qapp, settings) == "en"
    assert len(qapp.findChildren(QTranslator)) == before
    assert shown_name("Autoencoder") == "Autoencoder"
