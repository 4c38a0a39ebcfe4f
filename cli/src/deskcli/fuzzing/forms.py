"""Forms with files, as browsers send them."""

from __future__ import annotations

import random
from collections.abc import Iterable

BOUNDARY = "a-line-between-files"
TEXT = ("note.txt", "text/plain", b"De radiator blijft koud.\n")
PDF = (
    "page.pdf",
    "application/pdf",
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
)
STRANGE = (
    ("empty.txt", "text/plain", b""),
    ("../../etc/passwd", "text/plain", b"root:x:0:0\n"),
    ("picture.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
    ("picture.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + b"\x00" * 200),
    ("page.html", "text/html", b"<script>alert(1)</script>"),
    ("picture.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("archive.zip", "application/zip", b"PK\x03\x04" + b"\x00" * 60),
    ("na\"me\x00\u202e.txt", "text/plain", b"x"),
    ("x" * 400 + ".txt", "text/plain", b"\xff\xfe\x00\x00"),
    ("program", "application/octet-stream", b"\x7fELF" + b"\x00" * 100),
)  # fmt: skip
File = tuple[str, str, bytes]


def file(chance: random.Random, sensible: bool) -> File:
    """One that is taken, or one that may well not be."""
    return chance.choice((TEXT, PDF)) if sensible else chance.choice((TEXT, PDF, *STRANGE))


def with_files(files: Iterable[File]) -> bytes:
    parts = []
    for name, media, content in files:
        disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        head = f"--{BOUNDARY}\r\n{disposition}\r\nContent-Type: {media}\r\n\r\n"
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
