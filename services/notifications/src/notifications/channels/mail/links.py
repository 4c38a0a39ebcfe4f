"""The link in a mail with which its reader follows the request without signing in.

A message is kept with a sign in the place of the link, since messages are read by staff and by who may read
everything, and a link lets its holder speak as the requester. The link is filled in as the mail goes out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from servicekit.personal_links import PersonalLinks

from notifications.domain.messages import Outgoing

LIFETIME = timedelta(days=90)
PURPOSE = "follow"
_PLACE = re.compile(r"https?://\S*/follow/…")


class FollowLinks:
    """`public_url`: where people reach the site. Without one, mails go without links."""

    def __init__(self, public_url: str, keys: list[str]) -> None:
        self._url = public_url.rstrip("/")
        self._links = PersonalLinks(keys, PURPOSE)

    @property
    def place(self) -> str:
        """What stands in a message where its link will be; empty when there will be none."""
        return f"{self._url}/follow/…" if self._url else ""

    def fill_in(self, mail: Outgoing) -> Outgoing:
        """The mail as it goes to its one reader."""
        if not self._url:
            return mail
        token = self._links.make(mail.request_id, mail.person_id, mail.created_at + LIFETIME)
        return replace(mail, body=_PLACE.sub(lambda _found: f"{self._url}/follow/{token}", mail.body))
