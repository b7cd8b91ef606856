"""The commands of `python -m trainer`, one per file. Each imports torch only when it runs."""
