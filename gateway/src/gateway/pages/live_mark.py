"""What an open page may hear about: a signed list of topics, and when the page was made. The page was shown,
so its topics were allowed; the mark says so to the stream, for this account and for a while.
"""

from __future__ import annotations

from itsdangerous import BadData, URLSafeTimedSerializer
from servicekit.errors import Forbidden

from gateway.live.positions import Position

HOURS = 12


class LiveMark:
    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="live")

    def make(self, account_id: str, topics: list[str], made: Position) -> str:
        """`made`: the position before anything was read for the page."""
        return str(self._signer.dumps([account_id, topics, str(made)]))

    def read(self, account_id: str, mark: str) -> tuple[frozenset[str], Position | None]:
        """Raises Forbidden for what was not signed by us, for somebody else, or too long ago."""
        try:
            holder, topics, made = self._signer.loads(mark, max_age=HOURS * 3600)
        except (BadData, ValueError):
            holder, topics, made = None, [], ""
        if holder != account_id:
            raise Forbidden("bad_mark", "Open the page again to follow it.")
        return frozenset(topics), Position.read(made)
