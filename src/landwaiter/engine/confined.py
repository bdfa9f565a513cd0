"""What may a child process use that reads files of strangers? So much memory, no core dump, perhaps no file."""

import sys

if sys.platform != "win32":
    import resource


def confine(memory_mb: int, *, may_write: bool) -> None:
    """Hold this process to its limits; Windows has none of these, and there the parent's time limit holds alone."""
    if sys.platform == "win32":
        return
    size = memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not may_write:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
