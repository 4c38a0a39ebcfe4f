"""GET /live: server-sent events for one open page."""

from __future__ import annotations

from collections.abc import Iterator

from servicekit.errors import Unauthenticated
from werkzeug.wrappers import Response

from gateway.house import House
from gateway.http.application import Exchange
from gateway.http.errors import Overloaded
from gateway.live.hub import Event, Hub, Stream
from gateway.pages import cookies, forms
from gateway.pages.live_mark import LiveMark
from gateway.pages.visit import NOBODY
from servicekit import json

# A comment now and then, so that a connection that died is noticed, and a session that ended.
BEAT_SECONDS = 5.0
MOST_STREAMS = 500
RETRY_MILLISECONDS = 1500


class LiveEndpoint:
    def __init__(self, house: House, hub: Hub, mark: LiveMark) -> None:
        self._house = house
        self._hub = hub
        self._mark = mark

    def __call__(self, exchange: Exchange) -> Response:
        """Raises Unauthenticated for a session that has ended, Forbidden for a mark of somebody else."""
        environ = exchange.environ
        token = cookies.read(environ).get(cookies.SESSION)
        account = self._house.gate.actor_of(token).id if token else NOBODY.id
        topics = self._mark.read(account, forms.parse(environ.get("QUERY_STRING", "")).get("mark", ""))
        if len(self._hub) >= MOST_STREAMS or self._hub.closing:
            raise Overloaded("too_many_streams", "Too many pages are being followed. Reload in a while.")
        environ["eventlet.minimum_write_chunk_size"] = 1  # or eventlet keeps events back until it has 32 kB
        stream = self._hub.open(topics, environ.get("HTTP_LAST_EVENT_ID"))
        return Response(
            self._told(stream, token),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
            direct_passthrough=True,
        )

    def _told(self, stream: Stream, token: str | None) -> Iterator[bytes]:
        try:
            yield f"retry: {RETRY_MILLISECONDS}\nevent: open\ndata: {{}}\n\n".encode()
            while not stream.closed:
                events = stream.take(BEAT_SECONDS)
                if not self._still_there(token):
                    yield b"event: end\ndata: {}\n\n"
                    return
                yield b"".join(map(written, events)) or b": beat\n\n"
        finally:
            self._hub.leave(stream)

    def _still_there(self, token: str | None) -> bool:
        try:
            return token is None or bool(self._house.gate.actor_of(token))
        except Unauthenticated:
            return False


def written(event: Event) -> bytes:
    identity = f"id: {event.message_id}\n" if event.message_id else ""
    data = json.dumps({"topics": sorted(event.topics)}).decode()
    return f"{identity}event: {event.name}\ndata: {data}\n\n".encode()
