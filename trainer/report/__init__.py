"""The report that puts models side by side: which differences are more than chance, and the report as a file.

Torch-free. `report.py` is what is reported, `table.py` the rows and who is better, `pictures.py` what is taken of
a model; `markdown.py`, `csv.py` and `html.py` write it.
"""
