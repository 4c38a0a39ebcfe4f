"""Files as people send them, and as people who mean harm do."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image, PngImagePlugin

SECRET = "52 degrees north"


def jpeg(width: int = 60, height: int = 40, turned: int | None = None, secret: bool = True) -> bytes:
    """A photo: red on the left half, blue on the right, with all that a camera writes into it."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    exif = Image.Exif()
    if secret:
        exif[0x010F] = SECRET  # who made the camera
        exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 1.0), 29: SECRET})
    if turned is not None:
        exif[0x0112] = turned
    out = io.BytesIO()
    words = {"comment": SECRET, "xmp": f"<x>{SECRET}</x>".encode()} if secret else {}
    picture.save(out, "JPEG", exif=exif, quality=95, **words)
    return out.getvalue()


def png(size: tuple[int, int] = (30, 20), mode: str = "RGBA") -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    words.add_itxt("XML:com.adobe.xmp", SECRET)
    return saved(Image.new(mode, size, (10, 20, 30, 40)[: len(mode)]), "PNG", pnginfo=words)


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A picture of a few bytes that claims to be as large as a city."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def archive(entries: dict[str, bytes], stored: bool = False) -> bytes:
    out = io.BytesIO()
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", how) as packed:
        for name, body in entries.items():
            packed.writestr(name, body)
    return out.getvalue()


DOCX = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
XLSX = archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
MACROS = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"", "word/vbaProject.bin": b"x"})
ODT = archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, stored=True)
BOMB = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"\0" * 60_000_000})
ZIP = archive({"run.exe": b"MZ"})
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
