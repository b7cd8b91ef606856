"""Measures of a model on data: declared, computed by group, each with unit, error and conditions, or a reason.

`trainer.metrics` holds the mathematics as functions of arrays; a group here declares which of them are measured on
a model (`Subject`) and names the numbers. `evaluate`, the report and the window read the declarations.
"""
