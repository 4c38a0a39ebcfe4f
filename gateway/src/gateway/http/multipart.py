"""Reading a form with files in it. The fields go into memory, within limits; the files go to the disk."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import eventlet
from servicekit.errors import Unavailable
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from gateway.files.incoming import Incoming
from gateway.files.store import Store
from gateway.http.errors import BadRequest, BodyTooLarge, BodyTooSlow, LengthRequired

MEDIA_TYPE = "multipart/form-data"
# Far more than may be kept: what is too large is read all the same, so that what was typed beside it is not
# lost.
MOST_BYTES = 128 * 1024 * 1024
FIELD_BYTES = 256 * 1024
MOST_PARTS = 500
SECONDS = 180


@dataclass
class Parts:
    """`files`: those that have a name, in order."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[Incoming] = field(default_factory=list)


def is_multipart(environ: dict[str, Any]) -> bool:
    return str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower() == MEDIA_TYPE


@contextmanager
def reading(environ: dict[str, Any], store: Store, most_bytes: int) -> Iterator[Parts]:
    """The parts, for as long as the block lasts; files that nobody kept are gone after it. Raises BadRequest,
    BodyTooLarge, BodyTooSlow, LengthRequired, and Unavailable when the disk is full.
    """
    opened: list[Incoming] = []

    def receive(*_: Any, **__: Any) -> Incoming:
        opened.append(store.receive(most_bytes))
        return opened[-1]

    try:
        yield _read(environ, receive)
    finally:
        for file in opened:
            file.forget()


def _read(environ: dict[str, Any], receive: Any) -> Parts:
    length = environ.get("CONTENT_LENGTH")
    if not length:
        raise LengthRequired("length_required", "Send the body at once, with a Content-Length.")
    if int(length) > MOST_BYTES:
        raise BodyTooLarge("body_too_large", f"This route takes at most {MOST_BYTES // 1024 // 1024} MB.")
    media_type, options = parse_options_header(environ.get("CONTENT_TYPE", ""))
    parser = FormDataParser(
        stream_factory=receive, max_form_memory_size=FIELD_BYTES, max_form_parts=MOST_PARTS, silent=False
    )
    slow = BodyTooSlow("body_too_slow", f"Send the body within {SECONDS} s.")
    try:
        with eventlet.Timeout(SECONDS, slow):
            _, fields, files = parser.parse(environ["wsgi.input"], media_type, int(length), options)
    except RequestEntityTooLarge as error:
        raise BodyTooLarge("form_too_large", "The fields of this form are too long, or too many.") from error
    except ValueError as error:
        raise BadRequest("bad_form", "The form can't be read.") from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        text = "There is no room for files right now. Send it without, or try again later."
        raise Unavailable("no_room", text) from error
    return Parts({name: fields.getlist(name) for name in fields}, _named(files))


def _named(files: Any) -> list[Incoming]:
    """A field for files that was left empty is sent as a part without a name."""
    found: list[Incoming] = []
    for each in chain.from_iterable(files.listvalues()):
        each.stream.name = each.filename or ""
        if each.stream.name:
            found.append(each.stream)
    return found
