"""The commands of `python -m trainer`, one a file. Each imports torch only when it runs."""
