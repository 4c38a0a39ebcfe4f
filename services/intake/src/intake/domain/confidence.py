"""A confidential request: who reads its words, and what everybody else gets in their place.

Once confidential it stays so: a mark that can be taken away would open what was said in confidence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain.part import Part
from intake.domain.values import By, Entry, Requester

if TYPE_CHECKING:
    from intake.domain.requests import Request

Row = dict[str, Any]
# What stands where its words would, for whoever may not read them, in every language.
VEIL = "Vertrouwelijk / Confidential"
ELSEWHERE = "Vertrouwelijk: lees het op de site. / Confidential: read it on the site."
# The words of a request, and what is kept of them where lists and searches look.
WORDS: Mapping[str, Any] = {"summary": VEIL, "text": VEIL, "object": None, "answers": {}, "answer": None}
# Words of a conversation, in what is told to others; where there are none, none are put in.
SAID = ("question", "reason", "answer", "text", "note")
# Here the reason is one of a few that the house knows.
CODES = {("request_waiting", "reason")}
# By these an order goes to who carries it out.
TURNS = ("issue", "begin_early")
# What its executors need, beside what everybody is told.
FOR_EXECUTORS = ("summary", "text", "object", "answers")
TOLD_TO_EXECUTORS = {
    "request_accepted": FOR_EXECUTORS,
    "request_corrected": FOR_EXECUTORS,
    "request_reopened": ("reason",),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who was named. `person_id` as text."""

    person_id: str
    name: str


class Confidential(Part):
    """A part of Request: see there. `readers` is None of a request that is not confidential."""

    if TYPE_CHECKING:
        readers: list[Reader] | None
        requester: Requester | None

    @property
    def confidential(self) -> bool:
        return self.readers is not None

    def opens_to(self, person_ids: Collection[str]) -> bool:
        """To one of these: who reported it, or who was named."""
        named = {each.person_id for each in (*(self.readers or ()), self.requester) if each}
        return not named.isdisjoint(person_ids)

    def confide(self, readers: Sequence[Reader], at: datetime, by: By) -> None:
        """Confidential from now on; or, when it is already, read by these from now on."""
        new = self.readers is None
        self.readers, self.updated_at = list(readers), at
        names = [each.name for each in readers]
        self.entries.append(Entry(at, "confided", by, {}, {"readers": names}, public=False))
        if new:
            self._tell("request_confided", lambda request: confided(request, at))


def told_before(lines: Sequence[Mapping[Any, Any]], request: Request) -> list[str]:
    """Who outside the desk had its words before it was confidential, by an order or because they were asked
    whether it may cost so much: with them they stay. `lines`: its timeline, in which each thing has its own
    moment, whenever it was heard.
    """
    confided_at = next((line["at"] for line in lines if line["type"] == "confided"), None)
    before = [line for line in lines if confided_at and line["at"] < confided_at]
    # Whoever's turn had not come by then had not been told.
    later = {key.number for key in request.orders.values() if key.state == "prepared"}
    later |= {_number(line) for line in lines if line not in before and line["data"].get("action") in TURNS}
    planned = [each for line in before for each in line["data"].get("orders") or ()]
    asked = [name for line in before for name in line["data"].get("approvers") or ()]
    return [*dict.fromkeys([each["provider"] for each in planned if each["number"] not in later] + asked)]


def _number(line: Mapping[Any, Any]) -> Any:
    return line["data"].get("number")


def confided(request: Request, at: datetime) -> Row:
    """What others have kept of its words they put away."""
    return {
        "request_id": request.request_id,
        "sequence": request.version,
        "reference": request.reference,
        "at": at,
    }


def sealed(request: Request) -> Row | None:
    """Its words, to be kept apart from where lists and searches look."""
    return {name: getattr(request, name) for name in WORDS} if request.confidential else None


def told(event: str, data: Row, request: Request) -> Row:
    """A fact without a word of it, but for what its executors need."""
    if not request.confidential:
        return data
    said = [name for name in SAID if data.get(name) and (event, name) not in CODES]
    veiled = {**data, **dict.fromkeys(said, ELSEWHERE)}
    veiled |= {name: WORDS[name] for name in ("summary", "object", "answers") if name in data}
    if event in TOLD_TO_EXECUTORS:
        veiled["sealed"] = {name: data[name] for name in TOLD_TO_EXECUTORS[event]}
    if "correction" in data:
        note = data["correction"]["note"]
        veiled["correction"] = {**data["correction"], "note": VEIL if note else None}
        veiled["sealed"]["note"] = note
    return veiled
