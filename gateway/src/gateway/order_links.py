"""A link with which a supplier without an account sees one order and acts on it.

Nothing is kept of it: the link itself says which order it is for, whose, and until when, and our signature
says that we said so. It opens that one order while its provider still has it (see `is_over`), and until the
desk ends the links of that order: each carries the serial of when it was made, dispatch knows that of now.
"""

from __future__ import annotations

import hashlib
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from itsdangerous import BadSignature, Signer
from servicekit.actor import Actor
from servicekit.errors import Conflict, NotFound
from servicekit.personal_links import PersonalLinks

from servicekit import logs

GOOD_FOR = timedelta(days=30)
MINUTE = timedelta(minutes=1)
if TYPE_CHECKING:
    from gateway.house import House

# After these there is nothing for the supplier to do or to see.
CLOSED = frozenset({"administratively_complete", "cancelled", "rejected"})
log = logs.logger("order_links")
_SHAPE = struct.Struct(">16s16sI")
_NUMBERED = struct.Struct(">16s16sI2xI")  # of an order whose links were ended before


@dataclass(frozen=True)
class OrderLink:
    work_order_id: str
    provider_id: str
    expires_at: datetime
    serial: int = 0

    def actor(self, name: str = "") -> Actor:
        """The supplier, as far as this link reaches. `name` is how the provider is called."""
        return Actor(
            kind="supplier",
            id=f"link:{self.work_order_id}",
            name=name,
            roles=frozenset({"supplier"}),
            provider_id=self.provider_id,
        )


class OrderLinks:
    def __init__(self, secret: str, now: Callable[[], datetime], mailed: PersonalLinks | None = None) -> None:
        """`mailed`: how notifications signs the links in mails to suppliers, with keys that it shares."""
        self._signer = Signer(secret, salt="order-link", digest_method=hashlib.sha256)
        self._now = now
        self._mailed = mailed

    def make(self, work_order_id: str, provider_id: str, serial: int = 0) -> tuple[str, datetime]:
        """What comes behind `/orders/`, and until when it is good. `serial`: see `get_order_links`."""
        expires = int((self._now() + GOOD_FOR).timestamp())
        said = (UUID(work_order_id).bytes, UUID(provider_id).bytes, expires)
        packed = _NUMBERED.pack(*said, serial) if serial else _SHAPE.pack(*said)
        signed = self._signer.sign(urlsafe_b64encode(packed)).decode()
        return signed, datetime.fromtimestamp(expires, UTC)

    def read(self, signed: str) -> OrderLink:
        """Raises NotFound for what we did not sign. Whether it is still good `is_expired` says."""
        try:
            said = self._signer.unsign(signed.encode("ascii"))
            # The last letter of a signature has bits that mean nothing: there is one way to write it.
            if self._signer.sign(said) != signed.encode("ascii"):
                raise BadSignature("written otherwise")
            content = urlsafe_b64decode(said)
            shape = _NUMBERED if len(content) == _NUMBERED.size else _SHAPE
            order, provider, expires, *numbers = shape.unpack(content)
        except (BadSignature, NotBase64, struct.error, UnicodeEncodeError) as error:
            if self._mailed:
                return self._read_mailed(self._mailed, signed)
            raise NotFound("no_such_link", "This link is not complete, or not ours.") from error
        ends = datetime.fromtimestamp(expires, UTC)
        return OrderLink(str(UUID(bytes=order)), str(UUID(bytes=provider)), ends, *numbers)

    def _read_mailed(self, mailed: PersonalLinks, signed: str) -> OrderLink:
        try:
            link = mailed.signed(signed)
        except NotFound as error:
            raise NotFound("no_such_link", "This link is not complete, or not ours.") from error
        return OrderLink(str(link.thing_id), str(link.person_id), link.until + MINUTE, link.serial)

    def is_expired(self, link: OrderLink) -> bool:
        return link.expires_at <= self._now()


def is_over(order: dict[str, Any]) -> bool:
    """Another order took over, or nothing is left to do or see."""
    return bool(order.get("replaced_by")) or order["state"] in CLOSED


def make_link(house: House, maker: Actor, order: dict[str, Any], links: dict[str, Any]) -> dict[str, Any]:
    """{"path", "expires_at"} for the supplier that has this order. Raises Conflict when there is nobody to
    give it to. `links`: how it stands with those of this order. Who made it is in the log; acting through it
    is recorded as the supplier.
    """
    provider = order["provider"]
    if provider["kind"] != "supplier":
        raise Conflict("not_a_supplier", "A team of our own signs in; links are for suppliers.")
    if is_over(order):
        raise Conflict("order_over", "This order is closed, or another took over.")
    signed, expires = house.order_links.make(
        str(order["work_order_id"]), str(provider["provider_id"]), int(links["serial"])
    )
    log.info("a link to an order was made", order=order["number"], by=maker.id)
    return {"path": f"/orders/{signed}", "expires_at": expires}
