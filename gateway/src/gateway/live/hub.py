"""Hands facts to the streams that are open in this process, and remembers the last of them for those that
come back.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from servicekit.concurrency import Wake
from servicekit.messages import Message

from gateway.live.topics import topics_of

REMEMBERED = 2_000
# A page that can't keep up is told to look again instead.
MOST_WAITING = 100


@dataclass(frozen=True)
class Event:
    """`name`: changed, or reset when the page must look again at everything it shows."""

    name: str
    topics: frozenset[str] = frozenset()
    message_id: str = ""


RESET = Event("reset")


@dataclass(eq=False)
class Stream:
    """One open page. `take` answers what came, and waits for it when nothing has."""

    topics: frozenset[str]
    closed: bool = False
    _waiting: list[Event] = field(default_factory=list)
    _wake: Wake = field(default_factory=Wake)

    def put(self, event: Event) -> None:
        self._waiting = [*self._waiting, event] if len(self._waiting) < MOST_WAITING else [RESET]
        self._wake.set()

    def take(self, seconds: float) -> list[Event]:
        if not self._waiting and not self.closed:
            self._wake.wait(seconds)
        taken, self._waiting = self._waiting, []
        return taken

    def close(self) -> None:
        self.closed = True
        self._wake.set()


class Hub:
    """A `servicekit.broadcast.Listener`."""

    def __init__(self) -> None:
        self._streams: set[Stream] = set()
        self._past: OrderedDict[str, Event] = OrderedDict()
        self.closing = False

    def __len__(self) -> int:
        return len(self._streams)

    def open(self, topics: frozenset[str], after: str | None) -> Stream:
        """`after`: the last event that this page has seen. What came since follows at once; when that is not
        known any more the page looks again.
        """
        stream = Stream(topics)
        if after is not None:
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
        event = Event("changed", topics, message.message_id)
        self._past[event.message_id] = event
        if len(self._past) > REMEMBERED:
            self._past.popitem(last=False)
        for stream in self._streams:
            self._offer(stream, event)

    def lost(self) -> None:
        self._past.clear()
        for stream in self._streams:
            stream.put(RESET)

    def close(self) -> None:
        """The house stops: pages connect again, here or at another replica."""
        self.closing = True
        for stream in self._streams:
            stream.close()

    def _since(self, message_id: str) -> list[Event]:
        if message_id not in self._past:
            return [RESET]
        ids = list(self._past)
        return [self._past[each] for each in ids[ids.index(message_id) + 1 :]]

    def _offer(self, stream: Stream, event: Event) -> None:
        if event is RESET:
            stream.put(RESET)
        elif shown := event.topics & stream.topics:
            stream.put(Event(event.name, shown, event.message_id))
