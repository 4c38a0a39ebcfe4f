"""Having a mail read by a process of its own, one at a time.

Whoever knows the desk's address sends what they like, and the time that reading takes grows faster than a
mail does: one of 100 kB kept all of the house waiting. What is not read in a few seconds is no mail.
"""

from __future__ import annotations

import base64
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import UUID

from eventlet.semaphore import Semaphore
from servicekit.errors import Invalid

from gateway import apart
from gateway.mail import reader
from gateway.mail.reading import Mail, unreadable
from servicekit import json

# Starting it takes its share on a machine that is busy.
SECONDS = reader.SECONDS + 10
_one_at_a_time = Semaphore(1)


def read_apart(raw: bytes) -> Mail:
    """As `reading.read`. Raises Invalid."""
    with NamedTemporaryFile(prefix="mail-") as file:
        file.write(raw)
        file.flush()
        with _one_at_a_time:
            said = _said(file.name)
    return _mail(json.loads(said))


def _said(path: str) -> bytes:
    try:
        code, said = apart.run("gateway.mail.reader", path, seconds=SECONDS)
    except apart.TooLong:
        raise _too_long() from None
    if code == reader.NO_MAIL:
        raise unreadable()
    if code != 0:
        raise _too_long()
    return said


def _mail(said: dict[str, Any]) -> Mail:
    answers = tuple(UUID(each) for each in said["answers"])
    files = tuple((name, base64.b64decode(content)) for name, content in said["files"])
    return Mail(**{**said, "answers": answers, "files": files})


def _too_long() -> Invalid:
    text = "This mail takes too long to read, or too much memory. Nothing was kept of it."
    return Invalid("mail_unreadable", text, {"message": [text]})
