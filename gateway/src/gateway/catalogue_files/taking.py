"""An uploaded file on its way to the catalogue, and an exported one on its way out."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.wrappers import Response

from gateway.catalogue_files.packing import Unreadable, pack, unpack
from gateway.clients import Json
from gateway.clients.catalog import Catalog
from gateway.files import names
from gateway.files.incoming import Incoming
from gateway.files.sending import POLICY

MOST_MEGABYTES = 8
MOST_PROBLEMS = 500


def take(files: Sequence[Incoming], catalog: Catalog) -> Json:
    """What it would change. Raises Unreadable, and what the catalogue refuses."""
    if len(files) != 1:
        raise Unreadable("one_file", "Choose one file.")
    file = files[0]
    file.close()
    if file.too_large or file.size > MOST_MEGABYTES * 1024 * 1024:
        raise Unreadable("file_too_large", f"This file is too large: at most {MOST_MEGABYTES} MB.")
    content, problems = unpack(file.path)
    told = [problem.to_dict() for problem in problems[:MOST_PROBLEMS]]
    return catalog.add_file(names.shown(file.name) or "catalogue", content, told)


def export(catalog: Catalog, wanted: str, day: str) -> Response:
    """To be saved, never to be shown. `day` is in its name."""
    body, media_type, ending = pack(catalog.export_catalogue(), wanted)
    headers = {
        "Content-Disposition": names.disposition(f"catalogue-{day}.{ending}"),
        "Content-Security-Policy": POLICY,
    }
    return Response(body, headers=headers, content_type=media_type)
