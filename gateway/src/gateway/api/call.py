"""What a resource function gets, and what it may give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from servicekit.actor import Actor

from gateway.clients import Caller, Json, Services
from gateway.files.incoming import Incoming

if TYPE_CHECKING:
    from gateway.house import House

ANONYMOUS = Actor(kind="person", id="anonymous")


@dataclass(slots=True)
class Call:
    """One call of an operation, after sign-in, permission and validation.

    `body` and `query` are loaded: snake_case, checked, without what was not given. `version` is that of
    If-Match, and is there when the operation is versioned; 0 when the caller may leave it out and did.
    """

    house: House
    correlation_id: str
    actor: Actor = ANONYMOUS
    # In which whoever calls reads what is refused.
    language: str = "en"
    token: str | None = None
    address: str = ""
    body: Json = field(default_factory=dict)
    query: Json = field(default_factory=dict)
    version: int = 0
    idempotency_key: str | None = None
    files: list[Incoming] = field(default_factory=list)

    @property
    def services(self) -> Services:
        return Services(Caller(self.house.transport, self.actor, self.correlation_id, self.idempotency_key))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that needs more than a body with the operation's usual status. `body` is still in
    snake_case."""

    body: Any = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


def created(body: Json, location: str) -> Answer:
    return Answer(body, headers={"Location": location})
