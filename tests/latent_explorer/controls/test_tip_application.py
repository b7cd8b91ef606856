"""Tips in the program's own application, which looks at no other events. In a separate process, as it is one."""

from __future__ import annotations

import subprocess
import sys

_CODE = """
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QPushButton, QToolTip
from latent_explorer.controls.tool_tips import TipApplication, ToolTips

application = TipApplication(["tips"])
window = QMainWindow()
tips = ToolTips(window)
seen = []
asked = tips.eventFilter
tips.eventFilter = lambda watched, event: seen.append(event.type()) or asked(watched, event)
button = QPushButton("button", window)
button.setToolTip("<b>words</b> " * 40)
window.setCentralWidget(button)
window.resize(400, 300)
window.show()
QTest.qWaitForWindowExposed(window)
for place in range(40):
    QTest.mouseMove(button, QPoint(20 + place, 30))
    application.processEvents()
print("while it moves", len(seen), repr(QToolTip.text()))
while not QToolTip.isVisible():
    QTest.qWait(20)
print("then", len(seen) > 0)
print("lines", QToolTip.text().count("\\n") + 1, "shown as letters", "&lt;b&gt;words" in QToolTip.text())
QToolTip.hideText()
"""


def test_a_tip_comes_wrapped_and_moves_are_not_looked_at() -> None:
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    moving, then, resting = done.stdout.splitlines()
    assert moving == "while it moves 0 ''"
    assert then == "then True"
    assert resting.startswith("lines ")
    assert int(resting.split()[1]) > 3
    assert resting.endswith("shown as letters True")
