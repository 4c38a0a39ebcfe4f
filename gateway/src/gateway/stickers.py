"""The sticker on an object: the address that it stands for, as a QR code."""

from __future__ import annotations

from io import BytesIO

import segno

# One module is so many dots; around the code stay the four empty ones that readers count on.
SCALE = 8
FORMATS = {"svg": "image/svg+xml", "png": "image/png"}


def address(public_url: str, code: str) -> str:
    """What a telephone opens. `public_url`: where people reach the site."""
    return f"{public_url.rstrip('/')}/o/{code}"


def picture(said: str, kind: str) -> bytes:
    """`kind`: one of FORMATS. A quarter of it may be worn off before it can't be read."""
    out = BytesIO()
    made = segno.make_qr(said, error="q")
    if kind == "svg":
        made.save(out, kind="svg", scale=SCALE, light="#fff", svgclass=None, lineclass=None)
    else:
        made.save(out, kind="png", scale=SCALE)
    return out.getvalue()


def inline(said: str) -> str:
    """To stand in a page: without style of its own, as large as the page makes it."""
    made = segno.make_qr(said, error="q")
    return str(made.svg_inline(omitsize=True, light="#fff", svgclass="qr", lineclass=None))
