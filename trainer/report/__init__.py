"""The report that compares models: figures, significant differences, and the report as a file.

Torch-free. `report.py` defines its content, `table.py` the rows and verdicts, `pictures.py` the pictures of
a model; `markdown.py`, `csv.py` and `html.py` write it.
"""
