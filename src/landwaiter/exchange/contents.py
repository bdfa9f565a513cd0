"""Is a document one that may be passed to an officer? Not an archive in the archive, nor XML that grows when read."""

from landwaiter.exchange.refusal import refusal

# First bytes of archives and packed files.
_ARCHIVES = {
    b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"\x1f\x8b": "gzip", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!": "rar",
    b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd", b"age-encryption.org": "age",
}  # fmt: skip
_TAR_AT, _TAR = 257, b"ustar"
# A workbook is a zip, which `load` reads with limits of its own; it begins with its table of contents.
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIRST_OF_WORKBOOK = b"[Content_Types].xml"
_ENTITIES = (b"<!ENTITY", b"<!DOCTYPE")


def check_document(data: bytes, media_type: str, where: str) -> None:
    """Refuse nested archives and documents that define entities."""
    kind = next((name for first, name in _ARCHIVES.items() if data.startswith(first)), "")
    if not kind and data[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        kind = "tar"
    if kind and not (media_type == _WORKBOOK and data[30 : 30 + len(_FIRST_OF_WORKBOOK)] == _FIRST_OF_WORKBOOK):
        raise refusal("nested archive", where, kind)
    # UTF-16 has a zero beside each letter of a mark.
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").replace(b"\x00", b"")
    if start.startswith(b"<"):
        plain = data.replace(b"\x00", b"")
        if _ENTITIES[0] in plain or (_ENTITIES[1] in plain and b"<?xml" in start):
            raise refusal("entity expansion", where)
