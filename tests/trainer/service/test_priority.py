"""The priority to train with, in a separate process: what is taken may not be given back everywhere."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from trainer.service.priority import LOWER

SCRIPT = """
import os, threading, psutil
from trainer.service.priority import Priority

def each():
    if os.name == "nt":
        return {psutil.Process().nice()}
    return {os.getpriority(os.PRIO_PROCESS, thread.id) for thread in psutil.Process().threads()}

end = threading.Event()
other = threading.Thread(target=end.wait)
other.start()
priority = Priority()
for low in (False, True, True, False):
    priority.give_way(low)
    print(*each())
try:
    os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0) - 1)
except OSError:
    print("refused")
else:
    print("allowed")
end.set()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere niceness is not a thread's")
def test_all_threads_give_way_and_return_where_that_is_allowed() -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    first, low, still, after, higher = done.stdout.split("\n")[:5]
    lower = str(min(own + LOWER, 19))
    assert (first, low, still) == (str(own), lower, lower)
    assert after == (str(own) if higher == "allowed" else lower)
