"""GET /live: server-sent events for one open page."""

from __future__ import annotations

from collections.abc import Iterator

from servicekit.errors import Unauthenticated
from werkzeug.wrappers import Response

from gateway.house import House
from gateway.http.application import Exchange
from gateway.http.errors import Overloaded
from gateway.live.hub import Event, Hub
from gateway.live.positions import Position
from gateway.pages import cookies, forms
from gateway.pages.live_mark import LiveMark
from gateway.pages.visit import NOBODY
from servicekit import json

# A beat now and then, so that a connection that died is noticed, and a session that ended.
BEAT_SECONDS = 5.0
MOST_STREAMS = 500
RETRY_MILLISECONDS = 1500
END = b"event: end\ndata: {}\n\n"


class LiveEndpoint:
    def __init__(self, house: House, hub: Hub, mark: LiveMark) -> None:
        self._house = house
        self._hub = hub
        self._mark = mark

    def __call__(self, exchange: Exchange) -> Response:
        """Raises Forbidden for a mark of somebody else. A session that has ended is an answer, not an error:
        a browser would take that for a broken connection and go on trying.
        """
        environ = exchange.environ
        token = cookies.read(environ).get(cookies.SESSION)
        try:
            account = self._house.gate.actor_of(token).id if token else NOBODY.id
        except Unauthenticated:
            return _streamed([END])
        query = forms.parse(environ.get("QUERY_STRING", ""))
        topics, made = self._mark.read(account, query.get("mark", ""))
        if len(self._hub) >= MOST_STREAMS or self._hub.closing:
            raise Overloaded("too_many_streams", "Too many pages are being followed. Reload in a while.")
        environ["eventlet.minimum_write_chunk_size"] = 1  # or eventlet keeps events back until it has 32 kB
        heard = environ.get("HTTP_LAST_EVENT_ID") or query.get("after", "")
        return _streamed(self._told(topics, Position.read(heard) or made, token))

    def _told(self, topics: frozenset[str], after: Position | None, token: str | None) -> Iterator[bytes]:
        stream = self._hub.open(topics, after)
        try:
            yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
            while not stream.closed:
                events = stream.take(BEAT_SECONDS)
                if not self._still_there(token):
                    yield END
                    return
                yield b"".join(map(written, events)) or written(Event("beat", self._hub.position()))
        finally:
            self._hub.leave(stream)

    def _still_there(self, token: str | None) -> bool:
        try:
            return token is None or bool(self._house.gate.actor_of(token))
        except Unauthenticated:
            return False


def _streamed(told: Iterator[bytes] | list[bytes]) -> Response:
    return Response(
        told,
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        direct_passthrough=True,
    )


def written(event: Event) -> bytes:
    data = json.dumps({"topics": sorted(event.topics)}).decode()
    return f"id: {event.position}\nevent: {event.name}\ndata: {data}\n\n".encode()
