"""How much may one file of a user cost? Memory, time, and the size of a cell, a row and what is unpacked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What the child process that reads a file may use; past any of these the file or the row is refused.

    Args:
        memory_mb: address space of the child in MiB. Reading itself needs under 1 GiB; the rest is code and reserve.
        seconds: wall-clock time for one file.
        max_decompressed_bytes: size of a .gz, .zst or .xlsx once unpacked.
        max_ratio: how many times larger than packed it may be, checked from 64 MiB on.
        max_cell_bytes: a longer cell puts its row into rejects.
        max_row_bytes: a longer row is set aside without being held in memory.
        max_columns: a header with more is no table.
        max_strings_bytes: size of the text table of an .xlsx, which has to be held in memory.
        block_bytes: how much text is understood at a time.
    """

    memory_mb: int = 4096
    seconds: int = 3600
    max_decompressed_bytes: int = 64 * 2**30
    max_ratio: int = 200
    max_cell_bytes: int = 2**20
    max_row_bytes: int = 16 * 2**20
    max_columns: int = 2000
    max_strings_bytes: int = 512 * 2**20
    block_bytes: int = 16 * 2**20
