"""Walks over all states of the window: `python -m tests.matrix window`."""
