"""Why a file is not taken. The texts are for programs; pages have their own by code."""

from __future__ import annotations

from collections.abc import Mapping

from servicekit.errors import Invalid

TEXTS: Mapping[str, str] = {
    "file_missing": "Send at least one file.",
    "file_empty": "'{name}' is empty. Choose it again.",
    "file_too_large": "'{name}' is too large: at most {limit} MB. Make it smaller, or leave it out.",
    "file_kind": "'{name}' is not a kind of file that is taken here. Send a photo (JPEG, PNG, WebP, GIF), "
    "a PDF, plain text, or a Word, Excel, PowerPoint or OpenDocument file without macros.",
    "file_broken": "'{name}' can't be opened: it is damaged or not finished. Send it again.",
    "picture_too_large": "'{name}' has too many pixels. Make the picture smaller.",
    "file_swells": "'{name}' unpacks to far more than it seems. It is not taken.",
    "file_infected": "'{name}' holds something harmful, says the virus scanner. It is not taken.",
    "too_many_files": "Send at most {limit} files at once; the rest can follow in a next message.",
    "files_not_taken": "No files are taken here. Send it without.",
}


class FileRefused(Invalid):
    """`name` and `limit` are there for those who say it in their own words."""

    def __init__(self, code: str, name: str = "", limit: int = 0) -> None:
        text = TEXTS[code].format(name=name, limit=limit)
        super().__init__(code, text, {"attachments": [text]})
        self.name = name
        self.limit = limit
