"""What lies in the zip of a package? A manifest, and documents named by their digest; anything else refuses it whole.

The reader is our own and small: it takes only what our writer writes, and zip files of others that are as plain. Every
byte of the file belongs to exactly one member, and no name is ever used as a path.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from landwaiter.exchange.refusal import refusal

MANIFEST = "manifest.json"
# The first member says how large the whole zip is, so that a file that was cut off can be told from a changed one.
SIZE, SIZE_DIGITS = "size", 12
_NAME = re.compile(r"size|manifest\.json|blobs/[0-9a-f]{64}")
_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_NAMES_IN_UTF8 = 0x800


@dataclass(frozen=True)
class Limits:
    """What a package may cost; past any of these it is refused.

    Args:
        file_bytes: size of the package as it arrives.
        member_bytes: size of one document once unpacked.
        total_bytes: size of all of them.
        ratio: how many times larger than packed a member may be.
        members: how many documents.
        manifest_bytes: size of the signed text.
        memory_mb: address space of the child process in MiB.
        seconds: time of the child process.
    """

    file_bytes: int = 512 * 2**20
    member_bytes: int = 256 * 2**20
    total_bytes: int = 512 * 2**20
    ratio: int = 100
    members: int = 10_000
    manifest_bytes: int = 64 * 2**20
    memory_mb: int = 4096
    seconds: int = 300


@dataclass(frozen=True)
class _Member:
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int


def pack(members: Mapping[str, bytes]) -> bytes:
    """A zip of members as they are, in the order given and without dates: the same members give the same bytes."""
    size = 22 + sum(76 + 2 * len(name) + len(data) for name, data in members.items()) + 76 + 2 * len(SIZE) + SIZE_DIGITS
    members = {SIZE: f"{size:0{SIZE_DIGITS}}".encode(), **members}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED, allowZip64=False) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    return held.getvalue()


def unpack(data: bytes, limits: Limits, where: str) -> dict[str, bytes]:
    """The members of a package by name; RefusedError names the reason where it is not one."""
    try:
        members, end = _directory(data, limits, where)
        return _contents(data, members, end, limits, where)
    except (struct.error, IndexError, UnicodeDecodeError):
        raise refusal("malformed", where) from None


def _directory(data: bytes, limits: Limits, where: str) -> tuple[list[_Member], int]:
    if len(data) < 22 or data[-22:-18] != _END:
        raise refusal("malformed" if _END in data[-66_000:] else "truncated", where, "no end of the directory")
    disk, of_disk, here, count, size, start, comment = struct.unpack("<4H2LH", data[-18:])
    if disk or of_disk or comment or here != count or start + size != len(data) - 22:
        raise refusal("malformed", where, "its directory is not where it says")
    if count > limits.members:
        raise refusal("oversized", where, f"{count:,} members")
    members, place = [], start
    for _ in range(count):
        if data[place : place + 4] != _CENTRAL:
            raise refusal("malformed", where, "its directory is broken")
        member, place = _entry(data, place, where)
        members.append(member)
    if place != start + size or len({one.name for one in members}) != count:
        raise refusal("malformed", where, "its directory names a member twice, or more than it says")
    return members, start


def _entry(data: bytes, place: int, where: str) -> tuple[_Member, int]:
    fields = struct.unpack("<6H3L5H2L", data[place + 4 : place + 46])
    flags, method, crc, packed, size = fields[2], fields[3], *fields[6:9]
    name_size, extra, comment, external, start = *fields[9:12], fields[14], fields[15]
    name = data[place + 46 : place + 46 + name_size].decode("utf-8")
    _check_name(name, external, where)
    if extra or comment or flags & ~_NAMES_IN_UTF8 or method not in (_STORED, _DEFLATED):
        raise refusal("malformed", where, "a member is encrypted, or packed in a way that is not read")
    return _Member(name, flags, method, crc, packed, size, start), place + 46 + name_size


def _check_name(name: str, external: int, where: str) -> None:
    if stat.S_ISLNK(external >> 16):
        raise refusal("symlink", where)
    if ".." in name or name.startswith(("/", "\\", "~")) or "\\" in name or ":" in name:
        raise refusal("traversal", where)
    if not _NAME.fullmatch(name):
        raise refusal("malformed", where, "a member is neither the manifest nor named by a digest")


def _contents(data: bytes, members: list[_Member], end: int, limits: Limits, where: str) -> dict[str, bytes]:
    found, total, place = {}, 0, 0
    for one in sorted(members, key=lambda member: member.start):
        if one.start != place or data[place : place + 4] != _LOCAL:
            raise refusal("malformed", where, "its members overlap, or leave gaps")
        fields = struct.unpack("<4H3L2H", data[place + 6 : place + 30])
        flags, method, _, _, crc, packed, size, name_size, extra = fields
        name = data[place + 30 : place + 30 + name_size].decode("utf-8")
        said = (name, flags, method, crc, packed, size)
        if extra or said != (one.name, one.flags, one.method, one.crc, one.packed, one.size):
            raise refusal("malformed", where, "a member and the directory differ")
        total += size
        _check_size(one, total, limits, where)
        start = place + 30 + name_size
        place = start + packed
        if place > end:
            raise refusal("truncated", where)
        found[name] = _unpacked(data[start:place], one, where)
    if place != end:
        raise refusal("malformed", where, "it holds bytes of no member")
    return found


def _check_size(one: _Member, total: int, limits: Limits, where: str) -> None:
    if one.size > max(1, one.packed) * limits.ratio:
        raise refusal("bomb", where, f"{one.packed:,} bytes claim to be {one.size:,}")
    most = limits.manifest_bytes if one.name == MANIFEST else limits.member_bytes
    if one.size > most or total > limits.total_bytes:
        raise refusal("oversized", where, f"{one.size:,} bytes in one member, {total:,} in all")


def _unpacked(data: bytes, one: _Member, where: str) -> bytes:
    if one.method == _DEFLATED:
        data = _inflated(data, one, where)
    if len(data) != one.size or zlib.crc32(data) != one.crc:
        raise refusal("tampered", where, "a member is not what the directory says")
    return data


def _inflated(data: bytes, one: _Member, where: str) -> bytes:
    """Never more than the member claims, whatever its bytes would become."""
    reader = zlib.decompressobj(-15)
    try:
        found = reader.decompress(data, one.size + 1)
    except zlib.error:
        raise refusal("malformed", where, "a member cannot be unpacked") from None
    if len(found) > one.size:
        raise refusal("bomb", where, "a member is larger than it claims")
    if not reader.eof or reader.unused_data:
        raise refusal("malformed", where, "a member does not end where it should")
    return found
