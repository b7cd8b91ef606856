"""The training panel: what the next run will be, and the knobs of this one."""
