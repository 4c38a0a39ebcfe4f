"""What the answers have told so far: ids of things that exist, in what version and state, and who saw them.

Shared by all callers; without it nearly every call would end in a 404.
"""

from __future__ import annotations

import random
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Fits = Callable[[Json], bool]
AT_MOST = 400  # things of one kind that are remembered per role; then the oldest is forgotten
DEEP = 8
# Which id names a thing itself, where there are several in it.
NAMES = (
    "entryId", "itemId", "ruleId", "correctionId", "workOrderId", "failureId", "messageId", "requestId",
    "articleId", "productId", "contractId", "attachmentId", "fileId", "calendarId", "incidentId",
    "themeId", "planId", "repeatId", "visitId", "batchId", "assetId", "mergeId", "pairId", "noteId",
    "budgetId", "personId", "departmentId", "customerId", "locationId", "accountId", "providerId",
)  # fmt: skip
# What an id is called where it stands for something else's.
ALIASES = {
    "requesterId": "personId",
    "followId": "requestId",
    "otherId": "requestId",
    "mainId": "requestId",
    "intoId": "personId",
    "personIds": "personId",
    "readerIds": "personId",
    "parentId": "departmentId",
    "standInId": "personId",
    "hostId": "personId",
    "failureIds": "failureId",
    "productIds": "productId",
}
WITHIN_A_REQUEST = frozenset({"attachmentId"})
EVERYBODY = ""


class Known:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._things: dict[tuple[str, str], OrderedDict[str, Json]] = defaultdict(OrderedDict)
        self._words: dict[str, OrderedDict[str, None]] = defaultdict(OrderedDict)

    def learn(self, role: str, answer: Any) -> None:
        """Remember the things in an answer that this role got."""
        with self._lock:
            self._look(role, answer, DEEP, None)

    def keep(self, word: str, value: str) -> None:
        """Remember a text that may be of use again: a cursor, a token."""
        with self._lock:
            _put(self._words[word], value, None)

    def word(self, word: str, chance: random.Random) -> str | None:
        with self._lock:
            return chance.choice(list(self._words[word])) if self._words[word] else None

    def take(self, word: str) -> str | None:
        """A remembered text, which is forgotten: it can be used up only once."""
        with self._lock:
            return self._words[word].popitem()[0] if self._words[word] else None

    def thing(
        self, name: str, chance: random.Random, role: str = EVERYBODY, fits: Fits | None = None
    ) -> tuple[str, Json] | None:
        """One that exists: its id and what was last seen of it; one that the role has seen, if there is
        one.
        """
        name = ALIASES.get(name, name)
        with self._lock:
            for who in dict.fromkeys((role, EVERYBODY)):
                found = [each for each in self._things[who, name].items() if not fits or fits(each[1])]
                if found:
                    return chance.choice(found)
        return None

    def seen(self, role: str, name: str, id_: str) -> Json:
        """What the role last saw of a thing."""
        with self._lock:
            return self._things[role, ALIASES.get(name, name)].get(id_, {})

    def _look(self, role: str, value: Any, deep: int, request: str | None) -> None:
        """`request`: the id of the one in which this stands."""
        if deep and isinstance(value, list):
            for item in value:
                self._look(role, item, deep - 1, request)
        elif deep and isinstance(value, dict):
            request = value.get("requestId", request)
            self._note(role, value, request)
            for item in value.values():
                self._look(role, item, deep - 1, request)

    def _note(self, role: str, thing: Json, request: str | None) -> None:
        name = next((name for name in NAMES if isinstance(thing.get(name), str)), None)
        if name is None:
            return
        for who in (role, EVERYBODY):
            things = self._things[who, name]
            flat = {key: value for key, value in thing.items() if key in KEPT}
            if name in WITHIN_A_REQUEST:
                flat["requestId"] = request
            _put(things, thing[name], {**things.get(thing[name], {}), **flat})


KEPT = frozenset(
    ("version", "state", "actions", "slug", "questions", "cause", "service", "kind", "key", "email", "name",
     "delivery", "number", "reference", "upTo", "login", "complaint", "follows", "links", "incidentId",
     "windows", "fingerprint", "way", "provider", "code")
)  # fmt: skip


def _put(kept: OrderedDict[str, Any], key: str, value: Any) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > AT_MOST:
        kept.popitem(last=False)
