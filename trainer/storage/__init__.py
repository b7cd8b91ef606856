"""Atomic writes, locks and portability across file systems. Torch-free."""
