"""Finding the people and providers that accounts are made for, in the services that know them."""

from __future__ import annotations

from gateway.accounts.administration import Links
from gateway.clients import Json, Services


def look_up(services: Services, items: list[Json]) -> Links:
    """Asks only for what the items name. What is not found is not in the answer."""
    keys = {item["person_key"] for item in items if item.get("person_key")}
    slugs = {item["provider_slug"] for item in items if item.get("provider_slug")}
    people = {key: found for key in sorted(keys) if (found := _person(services, key))}
    providers = services.dispatch.list_providers()["items"] if slugs else []
    return Links(people, {row["slug"]: row["provider_id"] for row in providers if row["slug"] in slugs})


def _person(services: Services, key: str) -> str | None:
    found = services.intake.list_people(key=key)["items"]
    return next((row["person_id"] for row in found if row.get("key") == key), None)
