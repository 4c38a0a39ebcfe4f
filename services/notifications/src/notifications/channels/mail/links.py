"""The link in a mail with which its reader follows the request, or agrees to its cost, without signing in.

A message is kept with a sign in the place of the link, since messages are read by staff and by who may read
everything, and a link lets its holder speak as the requester. The link is filled in as the mail goes out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from servicekit.personal_links import PersonalLinks

from notifications.domain.messages import Outgoing, Template
from servicekit import reply_addresses

LIFETIME = timedelta(days=90)
# What a link is for is the first part of its path, and it is good for nothing else.
PURPOSES = ("follow", "approve")
_PLACE = re.compile(r"https?://\S*/(follow|approve)/…")
# Of one work order, for its supplier, who is the reader. The gateway reads these with the same keys.
ORDER = "order"
ORDER_LIFETIME = timedelta(days=30)
# To a supplier, or of the counter: what is answered to it belongs to no request.
TO_PROVIDERS = (Template.ORDER, Template.VISIT)
NOT_OF_A_REQUESTER = (*TO_PROVIDERS, Template.COUNTER)
_ORDER_PLACE = re.compile(r"https?://\S*/orders/([0-9a-f-]{36})(?:/(\d{1,9}))?/…")


def order_place(follow: str, work_order_id: UUID, serial: int = 0) -> str:
    """What stands in a message where the link to an order will be; `follow` is that to a request. `serial`:
    of the links that were good when it was written, so that one that waits is not good again later.
    """
    numbered = f"{work_order_id}/{serial}" if serial else str(work_order_id)
    return f"{follow.removesuffix('/follow/…')}/orders/{numbered}/…"


def visit_page(follow: str, visit_id: UUID) -> str:
    """Where people of a team read of a visit; they sign in."""
    return f"{follow.removesuffix('/follow/…')}/team/visits/{visit_id}"


class FollowLinks:
    """`public_url`: where people reach the site. Without one, mails go without links. `reply_to`: where
    answers come in.
    """

    def __init__(self, public_url: str, keys: list[str], reply_to: str = "") -> None:
        self._url = public_url.rstrip("/")
        self._keys, self._reply_to = keys, reply_to
        self._links = {purpose: PersonalLinks(keys, purpose) for purpose in (*PURPOSES, ORDER)}

    @property
    def place(self) -> str:
        """What stands in a message where its link will be; empty when there will be none."""
        return self._place_of("follow")

    @property
    def approve_place(self) -> str:
        return self._place_of("approve")

    def _place_of(self, purpose: str) -> str:
        return f"{self._url}/{purpose}/…" if self._url else ""

    def fill_in(self, mail: Outgoing) -> Outgoing:
        """The mail as it goes to its one reader."""
        if self._reply_to and mail.template not in NOT_OF_A_REQUESTER:
            answered_at = reply_addresses.make(self._keys, self._reply_to, mail.message_id)
            mail = replace(mail, reply_to=answered_at)
        if not self._url or mail.template == Template.COUNTER:
            return mail
        body = _PLACE.sub(lambda found: self._link(found[1], mail), mail.body)
        return replace(mail, body=_ORDER_PLACE.sub(lambda found: self._order_link(found, mail), body))

    def _order_link(self, found: re.Match[str], mail: Outgoing) -> str:
        """For nobody but the supplier whose mail it is, whatever a text says."""
        until = mail.created_at + ORDER_LIFETIME
        if mail.template not in TO_PROVIDERS:
            return self._url
        order, serial = UUID(found[1]), int(found[2] or 0)
        return f"{self._url}/orders/{self._links[ORDER].make(order, mail.person_id, until, serial)}"

    def _link(self, purpose: str, mail: Outgoing) -> str:
        token = self._links[purpose].make(mail.request_id, mail.person_id, mail.created_at + LIFETIME)
        return f"{self._url}/{purpose}/{token}"
