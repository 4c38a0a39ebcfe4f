"""What a file is, by its content. What its name or its sender says about it counts for nothing.

What is not in this table is not taken. Everything that a browser would run (HTML, SVG) is text here and is
kept and sent as plain text.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gateway.files import archives

HEAD = 64
CHUNK = 64 * 1024
_UNPRINTABLE = bytes(set(range(32)) - {9, 10, 12, 13}) + b"\x7f"
PACKED = b"PK\x03\x04"


@dataclass(frozen=True)
class Kind:
    """`endings`: those that a name may keep; the first is added to a name that has none of them."""

    media_type: str
    endings: tuple[str, ...]
    is_picture: bool = False


JPEG = Kind("image/jpeg", ("jpg", "jpeg"), is_picture=True)
PNG = Kind("image/png", ("png",), is_picture=True)
GIF = Kind("image/gif", ("gif",), is_picture=True)
WEBP = Kind("image/webp", ("webp",), is_picture=True)
PDF = Kind("application/pdf", ("pdf",))
TEXT = Kind("text/plain", ("txt", "csv", "md", "log", "eml", "ics"))

BY_HEAD: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
)
PICTURES = {kind.media_type: kind for kind in (JPEG, PNG, GIF, WEBP)}


def of(path: Path) -> Kind | None:
    """None for what is not taken. Raises archives.Swells and archives.Broken."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        for start, kind in BY_HEAD:
            if head.startswith(start):
                return kind
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return WEBP
        if head.startswith(PACKED):
            found = archives.office_type(file)
            return Kind(*found) if found else None
        return TEXT if _is_text(file) else None


def _is_text(file: BinaryIO) -> bool:
    """UTF-8 without a byte that no text needs."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK):
            if chunk.translate(None, _UNPRINTABLE) != chunk:
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
