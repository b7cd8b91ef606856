"""The targets of SCIENCE section 5, one a file: each has a CRITERION, an EXACT flag and `measure(seed, quick)`."""
