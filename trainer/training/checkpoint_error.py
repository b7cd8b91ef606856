"""What is said when a checkpoint cannot be written or opened. Torch-free."""


class CheckpointError(ValueError):
    """A checkpoint that cannot be written or opened; its message is one sentence naming the file and a way out."""
