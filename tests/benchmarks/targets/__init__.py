"""The targets of SCIENCE section 5, one file each, which ends in `TARGET = Target(...)`."""
