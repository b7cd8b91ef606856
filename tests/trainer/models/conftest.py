"""One torch thread for all tests here."""

from tests.trainer.one_thread import one_thread as one_thread
