"""Finding the people and providers that accounts are made for, in the services that know them."""

from __future__ import annotations

from gateway.accounts.administration import Links
from gateway.clients import Json, Services


def look_up(services: Services, items: list[Json]) -> Links:
    """Asks only for what the items name. What is not found is not in the answer."""
    named = {item["person_key"]: item for item in items if item.get("person_key")}
    slugs = {item["provider_slug"] for item in items if item.get("provider_slug")}
    people = {key: found for key, item in named.items() if (found := _person(services, key, item))}
    providers = services.dispatch.list_providers()["items"] if slugs else []
    return Links(people, {row["slug"]: row["provider_id"] for row in providers if row["slug"] in slugs})


def _person(services: Services, key: str, item: Json) -> str | None:
    """People are found by the words of their address or name; which of them it is, the key says."""
    for words in filter(None, (item.get("email"), item["name"])):
        found = services.intake.list_people(q=words, limit=100)["items"]
        if person := next((row["person_id"] for row in found if row["key"] == key), None):
            return str(person)
    return None
