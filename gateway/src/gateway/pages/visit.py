"""What a page function gets: who visits, in which language, what was filled in, and the services on their
behalf.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from servicekit.actor import Actor
from servicekit.ids import new_id
from servicekit.receipts import StoredFile

from gateway.clients import Caller, Services
from gateway.live.positions import Position
from gateway.pages.cookies import Likings
from gateway.pages.forms import Form
from gateway.pages.moments import Moments
from gateway.pages.outcome import Go, Show
from gateway.pages.words import Words

if TYPE_CHECKING:
    from gateway.house import House

NOBODY = Actor(kind="anonymous", id="anonymous")
_KEY = re.compile(r"[0-9a-f-]{32,36}")


@dataclass(slots=True)
class Visit:
    """One request of a page. `form` is empty for a GET; `target` is the id of the element that htmx fills;
    `made` is how far this process had heard before anything was read for the page. `attached`: the
    files that came with the form, by receipt. `packs`: takes packed answers.
    """

    house: House
    path: str
    correlation_id: str
    words: Words
    moments: Moments
    likings: Likings
    made: Position
    actor: Actor = NOBODY
    token: str | None = None
    address: str = ""
    form: Form = field(default_factory=Form)
    query: Form = field(default_factory=Form)
    target: str | None = None
    packs: bool = False
    csrf: str = ""
    nonce: str = ""
    said: str | None = None
    browser: str = ""
    tour: str = ""
    live: list[str] = field(default_factory=list)
    cookies: list[tuple[str, str]] = field(default_factory=list)
    attached: dict[str, StoredFile] = field(default_factory=dict)

    @property
    def signed_in(self) -> bool:
        return self.token is not None

    @property
    def services(self) -> Services:
        """A form that is sent twice (a double click, a repeated POST) carries the same key, and is done
        once.
        """
        return self.services_of(self.actor)

    def services_of(self, actor: Actor) -> Services:
        """On behalf of another than who is signed in: somebody who is not, or who came by a link."""
        key = self.form.get("key", "")
        once = key if _KEY.fullmatch(key) else None
        return Services(Caller(self.house.transport, actor, self.correlation_id, once))

    @property
    def version(self) -> int:
        """That of what the visitor looked at when filling in the form."""
        given = self.form.get("version", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0

    def can(self, permission: str) -> bool:
        return self.actor.can(permission)

    def _(self, text: str, **values: Any) -> str:
        return self.words(text, **values)

    def show(self, template: str, status: int = 200, **values: Any) -> Show:
        return Show(template, values, status)

    def go(self, to: str, said: str | None = None) -> Go:
        """`said` is in English here and translated on the way."""
        return Go(to, self.words(said) if said else None)

    def follow(self, *topics: str) -> None:
        """What this page shows and wants to hear about while it is open; see `gateway.live`."""
        self.live.extend(topic for topic in topics if topic not in self.live)

    def new_key(self) -> str:
        return str(new_id())
