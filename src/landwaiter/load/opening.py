"""Is this a file that may be read, and what is in it? Its first bytes decide, not its name."""

import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import BadGzipFile, GzipFile
from pathlib import Path
from typing import BinaryIO

import zstandard

from landwaiter.errors import InputError
from landwaiter.load.limits import Limits

# What a file can begin with. The first of these decides; anything else is text.
PACKINGS = {b"\x1f\x8b": "gz", b"\x28\xb5\x2f\xfd": "zst"}
FORMS = {b"PK\x03\x04": "xlsx", b"PAR1": "parquet"}
REFUSED = {
    b"\xd0\xcf\x11\xe0": ("is an old .xls or a workbook with a password", "save it as .xlsx without one, or as CSV"),
    b"%PDF": ("is a PDF", "ask for the table behind it"),
    b"BZh": ("is packed with bzip2", "unpack it, or pack it as .gz or .zst"),
    b"\xfd7zXZ": ("is packed with xz", "unpack it, or pack it as .gz or .zst"),
    b"7z\xbc\xaf": ("is a 7-Zip archive", "unpack it"),
    b"Rar!": ("is a RAR archive", "unpack it"),
    b"PK\x05\x06": ("is an empty ZIP archive", "give a table"),
    b"ARROW1": ("is an Arrow file", "write it as Parquet"),
}
ENDINGS = {".gz": "gz", ".zst": "zst", ".xlsx": "xlsx", ".parquet": "parquet"}
HEAD = 4096
PACKED_PIECE = 2048  # zstd makes at most 64 MiB of so many bytes
RATIO_FROM = 64 * 2**20


class Opened:
    """A regular file that is open; its packing and its form are known from its first bytes."""

    def __init__(self, path: Path, raw: BinaryIO, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self._raw = raw
        self._began = os.fstat(raw.fileno())
        self.size = self._began.st_size
        if self.size == 0:
            raise InputError(str(path), "is empty", "give a file with a header and rows")
        self.packing = _first(PACKINGS, self._raw.read(HEAD))
        head = self.stream().read(HEAD)
        if not head:
            raise InputError(str(path), "is empty once unpacked", "give a file with a header and rows")
        self._refuse(head)
        self.form = _first(FORMS, head) or "text"
        self._hold_to_its_name()

    def digest(self) -> str:
        """The sha256 of the file as it lies there."""
        self._raw.seek(0)
        digest = hashlib.sha256()
        while piece := self._raw.read(2**20):
            digest.update(piece)
        return digest.hexdigest()

    def stream(self) -> BinaryIO:
        """The unpacked bytes from the start; raises InputError where they are cut off or far too many."""
        self._raw.seek(0)
        if not self.packing:
            return self._raw
        unpack = _gunzip if self.packing == "gz" else _unzstd
        return io.BufferedReader(_Pieces(_counted(self.path, unpack(self._raw), self._raw, self.limits)), 2**20)

    def seekable(self, scratch: BinaryIO) -> BinaryIO:
        """The unpacked bytes as a file that can be sought in; `scratch` takes them where they were packed."""
        if not self.packing:
            self._raw.seek(0)
            return self._raw
        stream = self.stream()
        while piece := stream.read(2**20):
            scratch.write(piece)
        scratch.seek(0)
        return scratch

    def refuse_if_changed(self) -> None:
        """Raise InputError when the file was written to since it was opened: digest and rows would not agree."""
        now = os.fstat(self._raw.fileno())
        if (now.st_size, now.st_mtime_ns) != (self._began.st_size, self._began.st_mtime_ns):
            raise InputError(str(self.path), "was changed while it was read", "try again when it is complete")

    def _refuse(self, head: bytes) -> None:
        for magic, (what, hint) in REFUSED.items():
            if head.startswith(magic):
                raise InputError(str(self.path), what, hint)
        if head[257:262] == b"ustar":
            raise InputError(str(self.path), "is a tar archive", "unpack it and give the table itself")
        if _first(PACKINGS, head):
            raise InputError(str(self.path), "is packed twice", "unpack it once")

    def _hold_to_its_name(self) -> None:
        """A name that promises a packing or a form which the bytes are not means a broken or mixed-up file."""
        for ending in self.path.suffixes[-2:]:
            promised = ENDINGS.get(ending.lower())
            if promised and promised not in (self.packing, self.form):
                hint = "was it cut off, or renamed?"
                raise InputError(str(self.path), f"is named {ending} but its first bytes are not {promised}", hint)


@contextmanager
def open_file(path: Path, limits: Limits) -> Iterator[Opened]:
    """Open a regular file; a symbolic link, folder, pipe or device is refused, and never waited for."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if path.is_symlink():
            what, hint = "is a symbolic link", f"give the file itself: {os.path.realpath(path)}"
            raise InputError(str(path), what, hint) from error
        raise InputError(str(path), f"cannot be opened: {error.strerror}", "check its name and your rights") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or device"
        raise InputError(str(path), f"is {kind}, not a file", "give a file")
    with os.fdopen(descriptor, "rb") as raw:
        yield Opened(path, raw, limits)


# Without O_NONBLOCK a pipe that nobody writes to would be waited for; Windows knows neither flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _first(known: dict[bytes, str], head: bytes) -> str:
    return next((name for magic, name in known.items() if head.startswith(magic)), "")


class _Pieces(io.RawIOBase):
    """An iterator of bytes as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, target: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = memoryview(piece)
        count = min(len(target), len(self._held))
        target[:count] = self._held[:count]
        self._held = self._held[count:]
        return count


def _gunzip(raw: BinaryIO) -> Iterator[bytes]:
    unzipped = GzipFile(fileobj=raw)
    while piece := unzipped.read(2**18):
        yield piece


def _unzstd(raw: BinaryIO) -> Iterator[bytes]:
    """Every frame; one that is cut off raises EOFError, which the library's own stream reader would not tell."""
    frame = None
    while packed := raw.read(PACKED_PIECE):
        while packed:
            frame = frame or zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
            yield frame.decompress(packed)
            packed = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
    if frame is not None:
        raise EOFError


def _counted(path: Path, pieces: Iterator[bytes], raw: BinaryIO, limits: Limits) -> Iterator[bytes]:
    unpacked = 0
    try:
        for piece in pieces:
            unpacked += len(piece)
            refuse_a_bomb(str(path), unpacked, raw.tell(), limits)
            yield piece
    except (EOFError, BadGzipFile, zlib.error, zstandard.ZstdError) as error:
        raise InputError(str(path), "is cut off or damaged: it cannot be unpacked", "fetch it again") from error


def refuse_a_bomb(where: str, unpacked: int, packed: int, limits: Limits) -> None:
    """Raise InputError when what is unpacked is out of proportion, or more than any table should be."""
    if unpacked > limits.max_decompressed_bytes:
        raise InputError(where, f"unpacks to more than {limits.max_decompressed_bytes:,} bytes", "split it")
    if unpacked > RATIO_FROM and unpacked > limits.max_ratio * packed:
        what = f"unpacks to more than {limits.max_ratio} times its size, as an attack would"
        raise InputError(where, what, "unpack it yourself if you trust it")
