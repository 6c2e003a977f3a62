"""What kind of file this is, and whether it is safe to unpack: before anything in it is parsed.

The limits follow what a department's sheet could ever need; a sheet of ours has 12 parts, 60 kB.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from reports.sheet.refusals import Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_PARTS = 200
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 200
# Below this a part may be as repetitive as it likes.
SMALL = 256 * 1024

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
_STARTS = (*((start, "image") for start in _IMAGES), (b"%PDF", "pdf"), (b"PK\x05\x06", "broken"))
_ENCRYPTED_FLAG = 1


def check(data: bytes) -> None:
    """Let pass an .xlsx that is safe to unpack; raises Refused for everything else."""
    if kind := kind_of(data):
        raise Refused(kind)
    try:
        with ZipFile(BytesIO(data)) as parcel:
            parts = parcel.infolist()
            if reason := _unsafe(parts) or _other(parcel, {part.filename for part in parts}):
                raise Refused(reason)
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused("broken") from error


def kind_of(data: bytes) -> str | None:
    """What it is by its size and first bytes, in a word of the refusals; None for a zip."""
    if not data:
        return "empty"
    if len(data) > MOST_BYTES:
        return "too_big"
    if data.startswith(OLE):
        return "locked" if ENCRYPTED in data else "xls"
    known = next((word for start, word in _STARTS if data.startswith(start)), None)
    if known is not None or data.startswith(b"PK\x03\x04"):
        return known
    if data[4:8] == b"ftyp":
        return "image"
    return "text" if _is_text(data[:4096]) else "unknown"


def _is_text(start: bytes) -> bool:
    for encoding in ("utf-8", "cp932", "utf-16"):
        # A character may be cut in two where the start ends.
        for end in range(len(start), max(0, len(start) - 3), -1):
            try:
                text = start[:end].decode(encoding)
            except UnicodeDecodeError:
                continue
            return not any(c < " " and c not in "\t\r\n\f" for c in text)
    return False


def _unsafe(parts: list[ZipInfo]) -> str | None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return "too_big"
    if any(_inflated(part) for part in parts):
        return "too_big"
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        return "locked"
    if any(_strange(part) for part in parts) or len({p.filename for p in parts}) < len(parts):
        return "broken"
    return None


def _inflated(part: ZipInfo) -> bool:
    return part.file_size > SMALL and part.file_size > MOST_RATIO * max(1, part.compress_size)


def _strange(part: ZipInfo) -> bool:
    """A name that leads elsewhere, or a link: never in what Excel saves, and never unpacked here."""
    name = part.filename
    outside = name.startswith("/") or "\\" in name or ".." in name.split("/") or "\0" in name
    return outside or stat.S_ISLNK(part.external_attr >> 16)


def _other(parcel: ZipFile, names: set[str]) -> str | None:
    lower = {name.lower() for name in names}
    if "mimetype" in lower:
        return "ods"
    if _any(lower, "vbaproject") or _any(lower, "macrosheets/"):
        return "macro"
    if "xl/workbook.bin" in lower:
        return "xlsb"
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        return "other_office" if set(_folders(lower)) & {"word", "ppt"} else "not_excel"
    if b"macroEnabled" in parcel.read("[Content_Types].xml"):
        return "macro"
    return None


def _any(names: Iterable[str], part: str) -> bool:
    return any(part in name for name in names)


def _folders(names: Iterable[str]) -> Iterator[str]:
    return (name.partition("/")[0] for name in names)
