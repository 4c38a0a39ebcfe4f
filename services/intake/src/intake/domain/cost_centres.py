"""A cost centre as it is kept: who holds it, and from when until when it may be charged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from intake.domain.errors import Wrong


@dataclass(frozen=True, slots=True)
class Holder:
    person_id: UUID
    stand_in_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Valid:
    """Both days included; none: from ever, and for ever."""

    first: date | None
    last: date | None

    def goes_on(self, today: date) -> bool:
        """It may be charged from today on, without an end in sight."""
        return self.last is None and (self.first is None or self.first <= today)


def check_holders(holders: Sequence[Holder], counts_for: dict[UUID, UUID]) -> None:
    """`counts_for`: of each person that is known who counts for them. Each holds one seat, and stands in for
    somebody else. Raises Wrong.
    """
    seated: set[UUID] = set()
    for number, holder in enumerate(holders):
        at = f"holders.{number}"
        for name, person_id in (("person_id", holder.person_id), ("stand_in_id", holder.stand_in_id)):
            if person_id is not None and person_id not in counts_for:
                raise _wrong(
                    f"{at}.{name}", "This person is not known. Choose somebody of the list of people."
                )
        person_id = counts_for[holder.person_id]
        if person_id in seated:
            raise _wrong(f"{at}.person_id", "This person holds it already. Leave one of the two out.")
        if holder.stand_in_id and counts_for[holder.stand_in_id] == person_id:
            raise _wrong(
                f"{at}.stand_in_id", "Nobody stands in for themselves. Choose somebody else, or nobody."
            )
        seated.add(person_id)


def check_order(valid: Valid) -> None:
    """Raises Wrong."""
    if valid.first and valid.last and valid.last < valid.first:
        raise _wrong("valid_until", "The last day comes before the first.")


def still_charged(valid: Valid, departments: Sequence[str], today: date) -> str | None:
    """Why it can't have these days: who works in one of these departments charges it day after day."""
    if not departments or valid.goes_on(today):
        return None
    named = ", ".join(departments[:5])
    return f"Departments are charged to it: {named}. Give those another cost centre first, or none."


def _wrong(field: str, text: str) -> Wrong:
    return Wrong("invalid", text, {field: [text]})
