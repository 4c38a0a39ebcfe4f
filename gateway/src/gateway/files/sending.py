"""Sending a file: always to be saved, never to be shown or run as a page of ours."""

from __future__ import annotations

from servicekit.errors import NotFound
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from gateway.clients import Json
from gateway.files.names import disposition
from gateway.files.store import CHUNK, Store

# Were it opened all the same, it could load nothing, run nothing, and would be of no origin.
POLICY = "default-src 'none'; sandbox"


def response(store: Store | None, attachment: Json) -> Response:
    """`attachment`: as intake has it. Raises NotFound when the bytes are not here."""
    file = store.open(attachment["digest"]) if store else None
    if file is None:
        raise NotFound("file_gone", "This file is not here (any more).")
    headers = {
        "Content-Disposition": disposition(attachment["name"]),
        "Content-Security-Policy": POLICY,
        "Content-Length": str(attachment["size"]),
    }
    return Response(FileWrapper(file, CHUNK), headers=headers, content_type=attachment["media_type"])
