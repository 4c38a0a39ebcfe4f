"""Office files are packed folders. They are never unpacked here: only their table of contents is read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from typing import BinaryIO

# What it may grow to when whoever gets it opens it.
MOST_BYTES = 200 * 1024 * 1024
MOST_TIMES = 200
MOST_ENTRIES = 5_000
_MACROS = ("vbaproject.bin", "vbadata.xml")

_MICROSOFT = "application/vnd.openxmlformats-officedocument."
BY_FOLDER: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "word/": (_MICROSOFT + "wordprocessingml.document", ("docx",)),
    "xl/": (_MICROSOFT + "spreadsheetml.sheet", ("xlsx",)),
    "ppt/": (_MICROSOFT + "presentationml.presentation", ("pptx",)),
}
_OPEN = "application/vnd.oasis.opendocument."
BY_WORD: Mapping[bytes, tuple[str, tuple[str, ...]]] = {
    word.encode(): (word, (ending,))
    for word, ending in (
        (_OPEN + "text", "odt"),
        (_OPEN + "spreadsheet", "ods"),
        (_OPEN + "presentation", "odp"),
    )
}
LONGEST_WORD = 100


class Broken(Exception):
    """Not a whole archive."""


class Swells(Exception):
    """It would unpack to more than anybody means to send."""


def office_type(file: BinaryIO) -> tuple[str, tuple[str, ...]] | None:
    """(media type, endings) of an office file without macros; None for any other archive. Raises Broken,
    Swells.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_size(entries)
            names = [entry.filename.lower() for entry in entries]
            if any(name.endswith(_MACROS) for name in names):
                return None
            if "[content_types].xml" in names:
                return next(
                    (kind for start, kind in BY_FOLDER.items() if any(n.startswith(start) for n in names)),
                    None,
                )
            return _open_document(archive) if names[:1] == ["mimetype"] else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise Broken(str(error)) from error


def table_of_contents(file: BinaryIO) -> list[str]:
    """The names in an archive. Raises Broken, Swells."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_size(archive.infolist())
            return archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise Broken(str(error)) from error


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or unpacked > MOST_TIMES * max(packed, 1024):
        raise Swells


def _open_document(archive: zipfile.ZipFile) -> tuple[str, tuple[str, ...]] | None:
    """By the word that stands in it, unpacked, before all else."""
    first = archive.infolist()[0]
    if first.compress_type != zipfile.ZIP_STORED or first.file_size > LONGEST_WORD:
        return None
    return BY_WORD.get(archive.read(first).strip())
