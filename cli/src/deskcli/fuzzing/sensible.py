"""Input as somebody sensible would send it: what the schema asks for, about things that exist."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from deskcli.fuzzing.document import Document, Json
from deskcli.fuzzing.known import Known

SENTENCES = (
    "De radiator op kamer 3.12 blijft koud.", "The door does not close any more.", "Graag voor maandag.",
    "Er is een lamp stuk boven het bureau.", "Crème brûlée voor 12 personen, zonder noten.",
)  # fmt: skip
# Texts that have to be of a kind that no schema says, by the name of their field.
WORDS: Mapping[str, tuple[str, ...]] = {
    "advance": ("PT1M", "PT30M", "PT2H"),
    "zone": ("Europe/Amsterdam", "UTC"),
    "country": ("NL",),
    "from": ("07:30", "08:00", "09:15"),
    "until": ("17:30", "18:00", "23:59"),
    "optionalHolidays": ("Good Friday",),
    "mode": ("accept", "refuse", "manual", "accept"),
    "address": ("https://supplier.example/orders", "https://other.example/in"),
    "match": ("all", "any"),
    "q": ("radiator", "lamp", "sanne", "de", "SD-26-000001", "020 000 1001", "koffie"),
}
LOCALISED = ("nl", "en")
OPTIONAL = 0.4  # of the fields that may be left out are sent
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


class Composer:
    """Makes one value after another, for one role; `chance` decides everything."""

    def __init__(
        self, document: Document, known: Known, role: str, chance: random.Random, now: datetime
    ) -> None:
        self.document = document
        self.known = known
        self.role = role
        self.chance = chance
        self.now = now

    def value(self, schema: Json, name: str) -> Any:
        """A value for the field or parameter of this name."""
        schema = self._one_of(self.document.resolve(schema))
        if "enum" in schema:
            return self.chance.choice([each for each in schema["enum"] if each is not None])
        return MAKERS[_type_of(schema)](self, schema, name)

    def known_id(self, name: str) -> str:
        """An id of something that exists, mostly something that the role has seen."""
        role = self.role if self.chance.random() < 0.85 else ""
        found = self.known.thing(name, self.chance, role)
        return found[0] if found else self.new_id()

    def new_id(self) -> str:
        """Of nothing that exists."""
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def text(self, schema: Json, name: str) -> str:
        if name in WORDS:
            return self.chance.choice(WORDS[name])
        made = KEYS.get(name, lambda _: self.chance.choice(SENTENCES))(self)
        return made[: schema.get("maxLength", 20_000)]

    def number(self) -> int:
        return self.chance.randrange(10**6)

    def moment(self) -> datetime:
        return self.now + timedelta(minutes=self.chance.randrange(-20_000, 20_000))

    def in_days(self, count: int) -> datetime:
        return self.now + timedelta(days=count)

    def slug_of(self, name: str, fallback: str) -> str:
        found = self.known.thing(name, self.chance)
        return str(found[1].get("slug", fallback)) if found else fallback

    def _one_of(self, schema: Json) -> Json:
        """Of alternatives the first that is not nothing."""
        for words in ("anyOf", "oneOf"):
            if words in schema:
                chosen = [each for each in schema[words] if each.get("type") != "null"]
                return self.document.resolve(self.chance.choice(chosen))
        return schema


def _type_of(schema: Json) -> str:
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        kind = next(each for each in kind if each != "null")
    return str(kind)


def _string(composer: Composer, schema: Json, name: str) -> str:
    kind = schema.get("format")
    if kind == "uuid":
        return composer.known_id(name)
    if kind == "date-time":
        return composer.moment().isoformat()
    if kind == "date":
        return composer.moment().date().isoformat()
    return composer.text(schema, name)


def _whole(composer: Composer, schema: Json, _name: str) -> int:
    least, most = int(schema.get("minimum", 0)), int(schema.get("maximum", 10**6))
    edges = (least, most, min(most, least + 1), min(most, 25))
    return composer.chance.choice((*edges, composer.chance.randint(least, min(most, least + 100))))


def _array(composer: Composer, schema: Json, name: str) -> list[Any]:
    most = min(schema.get("maxItems", 3), 3)
    count = composer.chance.randint(max(1, schema.get("minItems", 0)), max(1, most))
    return [composer.value(schema["items"], name) for _ in range(count)]


def _object(composer: Composer, schema: Json, name: str) -> Json:
    if name == "weekly":
        opening = {"from": "07:30", "until": "17:30"}
        return {day: [dict(opening)] for day in composer.chance.sample(WEEKDAYS, 3)}
    if "properties" not in schema:
        return {language: composer.chance.choice(SENTENCES)[:60] for language in LOCALISED}
    required = schema.get("required", ())
    return {
        key: composer.value(inner, key)
        for key, inner in schema["properties"].items()
        if key in required or composer.chance.random() < OPTIONAL
    }


def _anything(composer: Composer, _schema: Json, _name: str) -> Any:
    return composer.chance.choice((*SENTENCES, 1, True))


MAKERS: Mapping[str, Callable[[Composer, Json, str], Any]] = {
    "string": _string,
    "integer": _whole,
    "number": _whole,
    "boolean": lambda composer, _schema, _name: composer.chance.random() < 0.5,
    "array": _array,
    "object": _object,
    "any": _anything,
}
# Names and keys: mostly of something that exists, now and then new.
KEYS: Mapping[str, Callable[[Composer], str]] = {
    "slug": lambda c: f"made-{c.chance.randrange(40)}",
    "key": lambda c: f"key-{c.number()}",
    "parentKey": lambda c: "sluis",
    "locationKey": lambda c: "sluis",
    "personKey": lambda c: "sanne",
    "name": lambda c: f"Gemaakt {c.chance.randrange(60)}",
    "party": lambda c: "Stichting Meerwal",
    "email": lambda c: f"made{c.number()}@meerwal.example",
    "phone": lambda c: "+31 20 000 1234",
    "phones": lambda c: "+31 20 000 1235",
    "password": lambda c: f"long enough {c.number()}",
    "provider": lambda c: c.slug_of("providerId", "technische-dienst"),
    "providerSlug": lambda c: c.slug_of("providerId", "technische-dienst"),
    "cursor": lambda c: c.known.word("cursor", c.chance) or "",
    "number": lambda c: str((c.known.thing("workOrderId", c.chance) or ("", {}))[1].get("number", "")),
    "cause": lambda c: str((c.known.thing("failureId", c.chance) or ("", {}))[1].get("cause", "")),
}
