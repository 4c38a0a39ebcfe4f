"""Customers and their departments: departments lie in each other as a tree, and neither ends in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from intake.domain.errors import Wrong

DEEPEST = 8


@dataclass(frozen=True, slots=True)
class InUse:
    """What still hangs on a customer or a department."""

    people: int
    open: int
    departments: int = 0


def check_parent(department_id: UUID, parent_id: UUID | None, parents: Mapping[UUID, UUID | None]) -> None:
    """`parents`: of each department of the customer the one that it is a part of. Raises Wrong."""
    above = parent_id
    for _level in range(DEEPEST):
        if above is None:
            return
        if above == department_id:
            raise _wrong("A department can't be a part of itself.")
        if above not in parents:
            raise _wrong("This department is not one of the same customer.")
        above = parents[above]
    raise _wrong(f"Departments lie at most {DEEPEST} deep in each other.")


def in_the_way(use: InUse) -> tuple[str, str] | None:
    """Why it can't end now, as a code and in words that say what to do first."""
    for count, code, text in (
        (
            use.people,
            "has_people",
            "people belong to it. Let the list of people say where they are now.",
        ),
        (use.open, "has_open_requests", "requests of it are still open. Finish or withdraw those first."),
        (use.departments, "has_departments", "departments are still in it. End those first."),
    ):
        if count:
            return code, f"{count} {text}"
    return None


def _wrong(text: str) -> Wrong:
    return Wrong("invalid", text, {"parent_id": [text]})
