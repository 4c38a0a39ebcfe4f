"""How requests hang together: which kinds of links there are, what each means, and what it may not do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from intake.domain.errors import NotAllowed, Wrong
from intake.domain.request_states import State


class Kind(StrEnum):
    CHILD_OF = "child_of"
    CAUSED_BY = "caused_by"
    COMPLAINT_ABOUT = "complaint_about"
    DUPLICATE_OF = "duplicate_of"
    FOUND_IN = "found_in"


class Rule(StrEnum):
    """Of a child: it holds its parent's completion up, or is completed with it."""

    BLOCKS = "blocks"
    COMPLETES = "completes"


# How each is called from the other end.
FROM_THE_OTHER: Mapping[Kind, str] = {
    Kind.CHILD_OF: "parent_of",
    Kind.CAUSED_BY: "causes",
    Kind.COMPLAINT_ABOUT: "complained_about",
    Kind.DUPLICATE_OF: "duplicated_by",
    Kind.FOUND_IN: "found",
}
# A complaint closes on the customer's word, and a wish is decided: neither is done because another is.
BY_THEMSELVES = frozenset({"complaint", "wish"})
OVER = frozenset({State.READY, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Link:
    """From a child to its parent, from what was caused to its cause, from a complaint to what it is about,
    from a fault to the round that found it.
    """

    from_id: UUID
    to_id: UUID
    kind: Kind
    rule: Rule | None = None

    @property
    def waits(self) -> tuple[UUID, UUID] | None:
        """(who, for whom) when the one can't be done before the other."""
        if self.rule is Rule.BLOCKS:
            return self.to_id, self.from_id
        if self.rule is Rule.COMPLETES or self.kind is Kind.DUPLICATE_OF:
            return self.from_id, self.to_id
        return None


def check_link(link: Link, known: Iterable[Link], child: Any, parent: Any) -> None:
    """`known`: all links of whatever these hang together with, going along included. `child` and `parent`:
    the requests at its ends. Raises Wrong or NotAllowed.
    """
    if link.from_id == link.to_id:
        raise _wrong("request_id", "A request has no link with itself. Choose another.")
    if (link.kind is Kind.CHILD_OF) != (link.rule is not None):
        raise _wrong("rule", "Say of a child, and of nothing else, whether it blocks or is completed along.")
    if link.kind is Kind.COMPLAINT_ABOUT and child.kind != "complaint":
        raise _wrong("kind", "Only a complaint can be about another request.")
    if link.rule is Rule.BLOCKS and parent.state in OVER:
        raise NotAllowed(f"{parent.reference} is done already: nothing can hold it up any more.")
    if link.rule is Rule.COMPLETES and (child.state in OVER or child.kind in BY_THEMSELVES):
        raise NotAllowed(f"{child.reference} can't be completed along with another.")
    links = list(known)
    same = [(each.from_id, each.to_id) for each in links if each.kind is link.kind]
    waits = [each.waits for each in links if each.waits]
    mine = link.waits
    if _leads(link.to_id, link.from_id, same) or (mine and _leads(mine[1], mine[0], waits)):
        raise NotAllowed("That would make a circle: they would wait for each other. Look at their links.")


def _leads(start: UUID, goal: UUID, edges: Iterable[tuple[UUID, UUID]]) -> bool:
    """Whether one comes from `start` to `goal` along the edges."""
    steps: dict[UUID, list[UUID]] = {}
    for one, other in edges:
        steps.setdefault(one, []).append(other)
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        fresh = [each for each in steps.get(here, ()) if each not in seen]
        seen.update(fresh)
        todo += fresh
    return False


def _wrong(field: str, text: str) -> Wrong:
    return Wrong("invalid", text, {field: [text]})
