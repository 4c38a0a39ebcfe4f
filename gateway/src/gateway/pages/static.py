"""Style sheets, scripts and pictures: read once at start, under an address that changes with their content,
so that browsers may keep them for ever. Whatever belongs to the house style is made here too.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from servicekit.errors import NotFound
from werkzeug.wrappers import Response

from gateway.http.application import Exchange
from gateway.pages.looks import Looks

FOR_EVER = "public, max-age=31536000, immutable"
# In this order, each in the layer that it names itself.
STYLES = (
    "tokens",
    "base",
    "layout",
    "parts",
    "forms",
    "lists",
    "dossier",
    "charts",
    "people",
    "crew",
    "stickers",
)
PACKED = frozenset({"text/css", "text/javascript", "image/svg+xml"})
# A picture is never a page, whatever is in it.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True)
class Asset:
    body: bytes
    packed: bytes | None
    media_type: str


class Statics:
    """All of them by name. `address("desk.css")` is where a page finds one."""

    def __init__(self, looks: Looks) -> None:
        found = dict(_read(looks))
        digest = hashlib.sha256()
        for name in sorted(found):
            digest.update(name.encode() + b"\0" + found[name])
        self.version = digest.hexdigest()[:12]
        self._assets = {name: _asset(name, body) for name, body in found.items()}

    def address(self, name: str) -> str:
        """Raises KeyError for what is not there: a page must not point to nothing."""
        if name not in self._assets:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    def answer(self, exchange: Exchange) -> Response:
        """Any version answers with what is here now; only the right one may be kept."""
        asset = self._assets.get(exchange.values["name"])
        if asset is None:
            raise NotFound("no_such_file", "There is no such file.")
        packed = asset.packed and "gzip" in exchange.environ.get("HTTP_ACCEPT_ENCODING", "")
        response = Response(asset.packed if packed else asset.body, content_type=asset.media_type)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        right = exchange.values["version"] == self.version
        response.headers["Cache-Control"] = FOR_EVER if right else "no-store"
        if asset.media_type == "image/svg+xml":
            response.headers["Content-Security-Policy"] = PICTURE_POLICY
        return response


def _read(looks: Looks) -> Iterator[tuple[str, bytes]]:
    folder = files("gateway") / "static"
    sheets = [(folder / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES]
    yield "desk.css", "\n".join([*sheets, looks.css()]).encode()
    yield from _scripts(folder / "js")
    yield "htmx.js", (files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js").read_bytes()
    yield "logo.svg", looks.logo
    yield "icon.svg", looks.icon


def _scripts(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for file in folder.iterdir():
        if file.name.endswith(".js"):
            yield file.name, file.read_bytes()


def _asset(name: str, body: bytes) -> Asset:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0) if media_type in PACKED else None
    text = media_type.startswith("text/") or media_type == "image/svg+xml"
    return Asset(
        body, packed, f"{media_type}; charset=utf-8" if text and "svg" not in media_type else media_type
    )
