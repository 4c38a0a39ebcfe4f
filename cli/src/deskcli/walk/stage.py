"""What the story stands on: its people, its memory, and the list of its steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from deskcli.walk.failures import StepFailed
from deskcli.walk.people import Json, Person, eventually

if TYPE_CHECKING:
    from deskcli.system import System

DOMAIN = "meerwal.example"


@dataclass
class Stage:
    """`control` commands the running `./desk up` (stop and start a process); None when there is none to
    command.
    """

    address: str
    password: str
    control: Callable[..., Any] | None = None
    people: dict[str, Person] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, system: System) -> Stage:
        """A system that this process runs itself."""
        commands = system.commands()
        return cls(
            address=system.urls["gateway"],
            password=system.secrets.demo_password,
            control=lambda order, **arguments: commands[order](**arguments),
        )

    def person(self, name: str) -> Person:
        """`sanne`, or a whole address for those who work elsewhere."""
        email = name if "@" in name else f"{name}@{DOMAIN}"
        if email not in self.people:
            self.people[email] = Person(self.address, email, self.password)
            self.people[email].sign_in()
        return self.people[email]

    def product(self, slug: str) -> Json:
        """A product of the catalogue by its slug."""
        known = self.memory.setdefault("products", {})
        if slug not in known:
            known.update({item["slug"]: item for item in self.all_of("/products")})
        if slug not in known:
            raise StepFailed(f"the catalogue has no product '{slug}'; was the demo organisation put in?")
        return known[slug]

    def all_of(self, path: str) -> list[Json]:
        """All pages of a list, as an agent sees it."""
        items: list[Json] = []
        cursor = None
        while True:
            page = self.person("amira").get(path, limit=100, **({"cursor": cursor} if cursor else {}))
            items += page["items"]
            cursor = page.get("nextCursor")
            if not cursor:
                return items

    def dossier(self, request_id: str, who: str = "amira") -> Json:
        return self.person(who).get(f"/requests/{request_id}")

    def until(self, request_id: str, wanted: str, test: Callable[[Json], Any]) -> Json:
        """The dossier as soon as `test` is true of it."""

        def look() -> Json | None:
            dossier = self.dossier(request_id)
            return dossier if test(dossier) else None

        try:
            return eventually(look, wanted)
        except StepFailed as error:
            raise StepFailed(f"{error}; {_brief(self.dossier(request_id))}") from error

    def pass_time(self, duration: str) -> None:
        """Move the demo clock on ("P1D", "PT8H"), and give every process a moment to look at it."""
        self.person("amira").post("/demo/clock", {"advance": duration})
        time.sleep(0.5)

    def waited(self) -> float:
        return sum(person.waited for person in self.people.values())


def _brief(dossier: Json) -> str:
    """How a dossier stands, for whoever reads why a step failed."""
    named = (("orders", "number"), ("clocks", "clock"), ("messages", "template"))
    parts = {
        part: ", ".join(f"{each[name]} {each['state']}" for each in dossier[part] or []) or "none"
        for part, name in named
    }
    told = "; ".join(f"{part}: {states}" for part, states in parts.items())
    away = f"; away: {', '.join(dossier['unavailable'])}" if dossier["unavailable"] else ""
    return f"request {dossier['requestId']} is {dossier['state']}; {told}{away}"


@dataclass(frozen=True)
class Step:
    title: str
    play: Callable[[Stage], str]
    chapter: str
    needs_control: bool = False


STEPS: list[Step] = []


def step(chapter: str, title: str, needs_control: bool = False) -> Callable[[Any], Any]:
    """Adds a function `(stage) -> what was seen, in a few words` to the story."""

    def add(play: Callable[[Stage], str]) -> Callable[[Stage], str]:
        STEPS.append(Step(title, play, chapter, needs_control))
        return play

    return add
