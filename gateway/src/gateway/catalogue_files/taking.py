"""An uploaded file on its way to the catalogue, and an exported one on its way out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from eventlet.semaphore import Semaphore
from werkzeug.wrappers import Response

from gateway import apart
from gateway.catalogue_files import unpacker
from gateway.catalogue_files.packing import Unreadable, pack
from gateway.clients import Json
from gateway.clients.catalog import Catalog
from gateway.files import names
from gateway.files.incoming import Incoming
from gateway.files.sending import POLICY

MOST_MEGABYTES = 8
MOST_PROBLEMS = 500
_one_at_a_time = Semaphore(1)


def take(files: Sequence[Incoming], catalog: Catalog) -> Json:
    """What it would change. Raises Unreadable, and what the catalogue refuses."""
    if len(files) != 1:
        raise Unreadable("one_file", "Choose one file.")
    file = files[0]
    file.close()
    if file.too_large or file.size > MOST_MEGABYTES * 1024 * 1024:
        raise Unreadable("file_too_large", f"This file is too large: at most {MOST_MEGABYTES} MB.")
    content, problems = unpack_apart(file.path)
    return catalog.add_file(names.shown(file.name) or "catalogue", content, problems[:MOST_PROBLEMS])


def unpack_apart(path: Path) -> tuple[Json, list[Json]]:
    """As `packing.unpack`, by a process of its own, so that nobody else waits for it. Raises Unreadable."""
    too_long = Unreadable("file_too_much", "Reading this file takes too long. Upload it in smaller parts.")
    with _one_at_a_time:
        try:
            code, said = apart.run(unpacker.__name__, str(path), seconds=unpacker.SECONDS)
        except apart.TooLong:
            raise too_long from None
    if code != 0:
        raise too_long
    found = json.loads(said)
    if refused := found.get("refused"):
        raise Unreadable(refused["code"], refused["text"])
    return found["content"], found["problems"]


def export(catalog: Catalog, wanted: str, day: str) -> Response:
    """To be saved, never to be shown. `day` is in its name."""
    body, media_type, ending = pack(catalog.export_catalogue(), wanted)
    headers = {
        "Content-Disposition": names.disposition(f"catalogue-{day}.{ending}"),
        "Content-Security-Policy": POLICY,
    }
    return Response(body, headers=headers, content_type=media_type)
