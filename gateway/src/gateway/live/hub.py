"""Hands facts to the streams that are open in this process, and remembers the last of them for pages that
were made, or lost their stream, a while ago.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from servicekit.clock import Clock, SystemClock
from servicekit.concurrency import Wake
from servicekit.messages import Message

from gateway.live.positions import Position
from gateway.live.topics import REQUESTS, is_request, topics_of

REMEMBERED = 2_000
# A page that can't keep up is told to look again instead.
MOST_WAITING = 100
# How far the clocks of two replicas may be apart; signed actors bear as much.
APART_MILLISECONDS = 120_000


@dataclass(frozen=True)
class Event:
    """`name`: changed, or reset when the page must look again at everything it shows."""

    name: str
    position: Position
    topics: frozenset[str] = frozenset()


@dataclass(eq=False)
class Stream:
    """One open page. `take` answers what came, and waits for it when nothing has."""

    topics: frozenset[str]
    closed: bool = False
    _waiting: list[Event] = field(default_factory=list)
    _wake: Wake = field(default_factory=Wake)

    def put(self, event: Event) -> None:
        self._waiting.append(event)
        if len(self._waiting) > MOST_WAITING:
            self._waiting = [Event("reset", event.position)]
        self._wake.set()

    def take(self, seconds: float) -> list[Event]:
        if not self._waiting and not self.closed:
            self._wake.wait(seconds)
        taken, self._waiting = self._waiting, []
        return taken

    def close(self) -> None:
        self.closed = True
        self._wake.set()

    def shows(self, event: Event) -> frozenset[str]:
        """Beside the list of all requests any of them is opened without another stream."""
        shown = event.topics & self.topics
        return shown | frozenset(filter(is_request, event.topics)) if REQUESTS in shown else shown


class Hub:
    """A `servicekit.broadcast.Listener`. Its clock is never that of the demo, which can be moved."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._id = secrets.token_hex(4)
        self._number = 0
        self._streams: set[Stream] = set()
        self._past: deque[Event] = deque()
        self._known_from = self.position()
        self.closing = False

    def __len__(self) -> int:
        return len(self._streams)

    def position(self) -> Position:
        """Until here, now. Whoever reads after asking this misses nothing by following from here."""
        return Position(self._id, self._number, int(self._clock.now().timestamp() * 1000))

    def open(self, topics: frozenset[str], after: Position | None) -> Stream:
        """What came since `after` follows at once; when that is not known (any more) the page looks again."""
        stream = Stream(topics)
        if after is None or not self._knows(after):
            stream.put(Event("reset", self.position()))
        else:
            for event in self._since(after):
                self._offer(stream, event)
        self._streams.add(stream)
        return stream

    def leave(self, stream: Stream) -> None:
        self._streams.discard(stream)

    def heard(self, message: Message) -> None:
        topics = topics_of(message.type, message.data)
        if not topics:
            return
        self._number += 1
        event = Event("changed", self.position(), topics)
        self._past.append(event)
        if len(self._past) > REMEMBERED:
            self._known_from = self._past.popleft().position
        for stream in self._streams:
            self._offer(stream, event)

    def lost(self) -> None:
        """What was said before this is not known, nor from which moment on."""
        self._number += 1
        self._past.clear()
        self._known_from = self.position()
        for stream in self._streams:
            stream.put(Event("reset", self._known_from))

    def close(self) -> None:
        """The house stops: pages connect again, here or at another replica."""
        self.closing = True
        for stream in self._streams:
            stream.close()

    def _knows(self, after: Position) -> bool:
        if after.hub == self._id:
            return after.number >= self._known_from.number
        return after.milliseconds - APART_MILLISECONDS >= self._known_from.milliseconds

    def _since(self, after: Position) -> Iterator[Event]:
        if after.hub == self._id:
            return (event for event in self._past if event.position.number > after.number)
        from_there = after.milliseconds - APART_MILLISECONDS
        return (event for event in self._past if event.position.milliseconds >= from_there)

    def _offer(self, stream: Stream, event: Event) -> None:
        if shown := stream.shows(event):
            stream.put(Event(event.name, event.position, shown))
