"""Every measure of a model on data: declared, measured by group, each with unit, error, conditions or a reason.

`trainer.metrics` holds the mathematics as functions of arrays; a group here says which of them are measured of a
model (`Subject`), and what the numbers are called. `evaluate`, the report and the window read the declarations.
"""
