"""What a file is, by its content."""

from __future__ import annotations

from pathlib import Path

import pytest
from gateway.files import archives, kinds
from PIL import Image

from . import samples

TAKEN = [
    (samples.jpeg(), "image/jpeg"),
    (samples.png(), "image/png"),
    (samples.saved(Image.new("P", (4, 4)), "GIF"), "image/gif"),
    (samples.saved(Image.new("RGB", (4, 4)), "WEBP"), "image/webp"),
    (samples.PDF, "application/pdf"),
    (b"Lokaal;Storing\r\n2.14;verwarming\n", "text/plain"),
    ("Caf\u00e9 \u2615".encode(), "text/plain"),
    (samples.HTML, "text/plain"),
    (samples.SVG, "text/plain"),
    (samples.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (samples.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (samples.ODT, "application/vnd.oasis.opendocument.text"),
]
NOT_TAKEN = {
    "a program": b"\x7fELF\x02\x01\x01\x00",
    "a program for Windows": b"MZ\x90\x00\x03",
    "an archive": samples.ZIP,
    "an office file with macros": samples.MACROS,
    "an old office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "text in no alphabet of ours": b"\xff\xfeh\x00i\x00",
    "text that breaks off in a letter": "caf\u00e9".encode()[:-1],
    "text with a bell": b"hello\x07",
    "an archive that only says that it is an office file": samples.archive(
        {"mimetype": b"image/png"}, stored=True
    ),
    "a packed word of what it is": samples.archive({"mimetype": b"application/vnd.oasis.opendocument.text"}),
}


def kind_of(folder: Path, body: bytes) -> kinds.Kind | None:
    file = folder / "file"
    file.write_bytes(body)
    return kinds.of(file)


@pytest.mark.parametrize(("body", "media_type"), TAKEN, ids=[each for _, each in TAKEN])
def test_it_is_found_by_its_content(body: bytes, media_type: str, tmp_path: Path) -> None:
    kind = kind_of(tmp_path, body)
    assert kind is not None
    assert kind.media_type == media_type


@pytest.mark.parametrize("body", NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_what_is_not_in_the_table_is_not_taken(body: bytes, tmp_path: Path) -> None:
    assert kind_of(tmp_path, body) is None


def test_what_swells_is_found_without_unpacking_it(tmp_path: Path) -> None:
    assert len(samples.BOMB) < 100_000
    with pytest.raises(archives.Swells):
        kind_of(tmp_path, samples.BOMB)


def test_more_entries_than_anybody_packs_swell_too(tmp_path: Path) -> None:
    many = {f"word/{number}": b"" for number in range(archives.MOST_ENTRIES + 1)}
    with pytest.raises(archives.Swells):
        kind_of(tmp_path, samples.archive(many))


@pytest.mark.parametrize("length", [10, 100, len(samples.DOCX) - 1])
def test_half_an_archive_is_broken(length: int, tmp_path: Path) -> None:
    with pytest.raises(archives.Broken):
        kind_of(tmp_path, samples.DOCX[:length])
