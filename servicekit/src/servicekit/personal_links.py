"""Links that let whoever holds one act as one person on one thing, without signing in.

They are signed and kept nowhere. A link ends at its date; all of them end when the key that signed them is
taken away. Whoever makes them and whoever reads them share the keys.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from itsdangerous import BadSignature, Signer

from servicekit.errors import NotFound

# Two ids and the last minute, in the order of the network.
_CONTENT = struct.Struct("!16s16sI")
# And a serial, where its maker takes back links by number. Padded, so that no `=` comes in: mail programs and
# people cut an address off there.
_NUMBERED = struct.Struct("!16s16sI2xI")
_LONGEST = 200


class LinkEnded(NotFound):
    """Not signed by us (any more), or past its date. Which of these it is, nobody is told."""


@dataclass(frozen=True)
class Link:
    """`until`: the last minute in which it is good. `serial`: of which number, where they are numbered."""

    thing_id: UUID
    person_id: UUID
    until: datetime
    serial: int = 0


class PersonalLinks:
    """`keys`: the first signs, and all are read, so that a key can be replaced before it is taken away.

    `purpose` keeps links of one kind from being good for another.
    """

    def __init__(self, keys: Sequence[str], purpose: str) -> None:
        oldest_first = [key.encode() for key in reversed(keys)]
        self._signer = Signer(
            oldest_first, salt=f"links.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256
        )

    def make(self, thing_id: UUID, person_id: UUID, until: datetime, serial: int = 0) -> str:
        """Text that may stand in an address as it is."""
        said = (thing_id.bytes, person_id.bytes, int(until.timestamp()) // 60)
        content = _NUMBERED.pack(*said, serial) if serial else _CONTENT.pack(*said)
        return self._signer.sign(base64.urlsafe_b64encode(content)).decode()

    def read(self, token: str, now: datetime) -> Link:
        """Raises LinkEnded."""
        link = self.signed(token)
        if now.timestamp() // 60 > link.until.timestamp() // 60:
            raise _ended()
        return link

    def signed(self, token: str) -> Link:
        """Also when it is past its date. Raises LinkEnded for what we did not sign."""
        if len(token) > _LONGEST:
            raise _ended()
        try:
            content = base64.urlsafe_b64decode(self._signer.unsign(token.encode()))
            shape = _NUMBERED if len(content) == _NUMBERED.size else _CONTENT
            thing, person, last, *numbers = shape.unpack(content)
        except (BadSignature, ValueError, struct.error) as error:
            raise _ended() from error
        return Link(UUID(bytes=thing), UUID(bytes=person), datetime.fromtimestamp(last * 60, UTC), *numbers)


def _ended() -> LinkEnded:
    return LinkEnded("link_ended", "This link does not work (any more).")
