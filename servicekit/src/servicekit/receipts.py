"""Receipts for files: proof that a file was checked and is kept, for whoever brought it, for a day.

One process keeps the bytes, another keeps what they belong to. Whoever brings a file gets a receipt and
shows it to the second, who believes the signature and not the bearer. Nothing about a receipt is kept
anywhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import astuple, dataclass

from itsdangerous import BadSignature, URLSafeSerializer

from servicekit.actor import Actor
from servicekit.errors import Invalid

HOUR_SECONDS = 3600
GOOD_FOR_HOURS = 24
_LONGEST = 2000


@dataclass(frozen=True)
class StoredFile:
    """`digest`: the sha256 of the bytes in hex, under which they are kept. `scanned`: a scanner found
    nothing; False where there is none.
    """

    digest: str
    name: str
    media_type: str
    size: int
    scanned: bool


def bearer_of(actor: Actor) -> str:
    """Who may use a receipt. A provider from outside is one bearer, by whatever way its people and its
    programs come in: an account, a token, a link, the broker.
    """
    if actor.has_role("supplier") and actor.provider_id:
        return of_provider(actor.provider_id)
    return actor.id


def of_provider(provider_id: str) -> str:
    return f"provider:{provider_id}"


class Receipts:
    """`bearer` is the id of the actor who brought the file: another cannot use the receipt."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        self._serializer = URLSafeSerializer(secret, salt="servicekit.receipts")
        self._now = now

    def make(self, file: StoredFile, bearer: str) -> str:
        """The same file of the same bearer gives the same receipt within the hour, so that a form that is
        sent twice says the same twice.
        """
        ends = int(self._now()) // HOUR_SECONDS + GOOD_FOR_HOURS + 1
        return str(self._serializer.dumps([list(astuple(file)), bearer, ends]))

    def read(self, receipt: str, bearer: str) -> StoredFile:
        """Raises Invalid when it is forged, somebody else's, or too old."""
        try:
            if len(receipt) > _LONGEST:
                raise ValueError(receipt)
            file, whose, ends = self._serializer.loads(receipt)
            if whose != bearer or ends < self._now() // HOUR_SECONDS:
                raise ValueError(whose)
            return StoredFile(*file)
        except (BadSignature, TypeError, ValueError) as error:
            text = "This file is not here (any more). Add it again."
            raise Invalid("no_such_file", text, {"attachments": [text]}) from error
