"""Files and folders on file systems that are not all alike: written whole, owned by locks. Torch-free."""
