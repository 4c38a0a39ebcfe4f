"""The demo organisation: Stichting Meerwal, invented, with all that a service desk needs on its first day.

The data are JSON files in `data/`, in the words of the HTTP API; people are made from lists of names, always
the same. `seed` puts everything in through the public API, so it can do nothing that an administrator can't.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from deskcli.demo import objects, relations, routing, shelf
from deskcli.demo.data import load, products
from deskcli.demo.places import locations
from deskcli.demo.staff import people
from deskcli.importing.api import Api, Json

__all__ = ["locations", "people", "products", "seed"]


class Secrets(Protocol):
    """What the seed needs of the installation's secrets."""

    @property
    def bootstrap_token(self) -> str: ...

    @property
    def demo_password(self) -> str: ...


def seed(base_url: str, secrets: Secrets) -> dict[str, int]:
    """Put the organisation in; answers how much of what there is. Running it again changes nothing.

    The order matters: calendars before contracts, providers before the products that name them, people and
    providers before their accounts, products before the articles, routing rules and
    objects about them. Raises
    ApiError.
    """
    with Api(base_url, secrets.bootstrap_token) as api, Api(base_url, secrets.bootstrap_token) as beside:
        api.post("/calendars", load("calendar"))
        counts = {"providers": _each(api, "/providers", load("providers"))}
        counts["contracts"] = _each(api, "/contracts", load("contracts"))
        counts["locations"] = _bulk(api, "/locations", locations())
        counts["people"] = _bulk(api, "/people", [*people(), *relations.doubles()])
        counts["budgets"] = _bulk(api, "/budgets", load("budgets"))
        # Passwords take their time on purpose; the catalogue need not wait for them.
        with ThreadPoolExecutor(1) as other:
            accounts = other.submit(_bulk, beside, "/accounts", _accounts(secrets.demo_password))
            published = {each["slug"]: api.post("/products", each)["productId"] for each in products()}
            counts["products"] = len(published)
            counts["articles"] = _each(api, "/articles", _articles(published))
            counts["drafts"] = shelf.put_in(api)
            counts["rules"] = routing.put_in(api)
            counts["confidants"] = relations.confide(api)
            counts["objects"] = objects.put_in(api)
            counts["accounts"] = accounts.result()
    return counts


def _each(api: Api, path: str, items: list[Json]) -> int:
    for item in items:
        api.post(path, item)
    return len(items)


def _bulk(api: Api, path: str, items: list[Json]) -> int:
    api.post(path, {"items": items})
    return len(items)


def _accounts(password: str) -> list[Json]:
    return [{**account, "password": password} for account in load("accounts")]


def _articles(published: dict[str, str]) -> list[Json]:
    """The files name products by slug; the API wants ids, which differ from desk to desk."""
    made = []
    for article in load("articles"):
        about = article.pop("products")
        made.append({**article, "productIds": [published[slug] for slug in about]})
    return made
