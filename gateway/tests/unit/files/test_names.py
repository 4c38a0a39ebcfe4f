"""Names that were made up by others."""

from __future__ import annotations

import pytest
from gateway.files import names

JPG, TXT = ("jpg", "jpeg"), ("txt", "csv")


@pytest.mark.parametrize(
    ("given", "endings", "harmless"),
    [
        ("radiator.jpg", JPG, "radiator.jpg"),
        ("Foto van de káchel.JPEG", JPG, "Foto van de káchel.JPEG"),
        ("../../../etc/passwd", TXT, "passwd.txt"),
        ("..\\..\\windows\\system32\\evil.exe", TXT, "evil.exe.txt"),
        ("/etc/cron.d/evil", TXT, "evil.txt"),
        ("page.html", TXT, "page.html.txt"),
        ("drawing.svg", TXT, "drawing.svg.txt"),
        ("photo.jpg.exe", JPG, "photo.jpg.exe.jpg"),
        ("list.CSV", TXT, "list.CSV"),
        ("", JPG, "file.jpg"),
        ("...", JPG, "file.jpg"),
        (".htaccess", TXT, "htaccess.txt"),
        ("a\r\nSet-Cookie: x=1.jpg", JPG, "aSet-Cookie x=1.jpg"),
        ("nul\x00.jpg", JPG, "_nul.jpg"),
        ("CON.jpg", JPG, "_CON.jpg"),
        ("com1", TXT, "_com1.txt"),
        ("\u202egpj.exe", JPG, "gpj.exe.jpg"),
        ("<img src=x onerror=alert(1)>.jpg", JPG, "img src=x onerror=alert(1).jpg"),
        ("'; DROP TABLE files; --.jpg", JPG, "'; DROP TABLE files; --.jpg"),
    ],
)
def test_they_become_harmless(given: str, endings: tuple[str, ...], harmless: str) -> None:
    assert names.harmless(given, endings) == harmless


def test_they_become_short_and_keep_their_ending() -> None:
    short = names.harmless("x" * 5000 + ".jpeg", JPG)
    assert len(short) <= names.LONGEST
    assert short.endswith((".jpg", ".jpeg"))


@pytest.mark.parametrize("name", ["káchel \u2615.jpg", 'a"b.jpg', "100%.jpg", "a;b=c.jpg"])
def test_the_header_is_one_line_of_ascii_that_saves_it(name: str) -> None:
    header = names.disposition(names.harmless(name, JPG))
    assert header.startswith("attachment; ")
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
