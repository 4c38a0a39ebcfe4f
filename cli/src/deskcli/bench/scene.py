"""Who does what in the measurement: the demo's people, and a mix of its products."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from servicekit.embedded.programs import EmbeddedError

from deskcli.bench.driver import Target

Json = dict[str, Any]
DOMAIN = "meerwal.example"
KINDS = ("team", "supplier", "several")  # to a team, to a supplier over RPC, in several steps
TEXTS = (
    "De radiator blijft koud, ook op stand 5.",
    "Er brandt een lamp niet boven het bureau bij het raam.",
    "The door of the meeting room does not close any more; it scrapes over the floor.",
    "Graag voor maandag, want dan begint een nieuwe collega op de tweede verdieping.",
    "Sinds vanochtend ruikt het hier vreemd. Wie komt er kijken? Ik zit de hele dag op mijn plek.",
)
ANSWERS = {"text": "zie omschrijving", "number": 1, "boolean": True, "date": "2026-12-01"}
VARIANTS = 300  # different requests of one load, sent round and round


@dataclass(frozen=True)
class Scene:
    """The signed-in people, and the products that were chosen."""

    url: str
    requester: Target
    agent: Target
    products: Mapping[str, Json]
    places: tuple[Json, ...]

    def new_requests(self, seed: int, *kinds: str) -> list[Json]:
        """Requests to POST, of each kind as many, with different texts and places."""
        chance, chosen = random.Random(seed), kinds or KINDS
        return [self._new(self.products[chosen[n % len(chosen)]], chance) for n in range(VARIANTS)]

    def _new(self, product: Json, chance: random.Random) -> Json:
        body = {
            "channel": "site",
            "kind": product["kind"],
            "text": chance.choice(TEXTS),
            "productId": product["productId"],
            "answers": answers_for(product),
        }
        if self.places:
            body["locationId"] = chance.choice(self.places)["locationId"]
        return {"method": "POST", "path": "/v1/requests", "body": body}

    @property
    def orders_per_request(self) -> float:
        return sum(len(product["process"]["steps"]) for product in self.products.values()) / len(
            self.products
        )

    def described(self) -> str:
        return ", ".join(
            f"{product['slug']} ({kind}, {len(product['process']['steps'])})"
            for kind, product in self.products.items()
        )


def enter(url: str, password: str) -> Scene:
    """Sign in and choose products. Raises EmbeddedError when the demo organisation is not there."""
    requester, agent = (_sign_in(url, name, password) for name in ("sanne", "amira"))
    providers = {each["slug"]: each for each in ask(agent, "/v1/providers")["items"]}
    products = choose(list(items(agent, "/v1/products")), providers)
    missing = [kind for kind in KINDS if kind not in products]
    if missing:
        raise EmbeddedError(f"the catalogue has no product for: {', '.join(missing)}.")
    return Scene(url, requester, agent, products, tuple(items(requester, "/v1/locations"))[:50])


def choose(products: list[Json], providers: Mapping[str, Json]) -> dict[str, Json]:
    """One product of each kind, the first by slug: the same in every run on the same demo."""
    chosen: dict[str, Json] = {}
    for product in sorted(products, key=lambda each: str(each["slug"])):
        kind = kind_of(product, providers)
        if kind:
            chosen.setdefault(kind, product)
    return {kind: chosen[kind] for kind in KINDS if kind in chosen}


def kind_of(product: Json, providers: Mapping[str, Json]) -> str | None:
    steps = (product.get("process") or {}).get("steps") or []
    if product.get("ordering"):
        return None  # so many a day are soon full
    if len(steps) > 1:
        return "several"
    if not steps:
        return None
    provider = providers.get(steps[0]["provider"], {})
    return {"rpc": "supplier", "none": "team"}.get(str(provider.get("delivery")))


def answers_for(product: Json) -> Json:
    """An answer to each question that must be answered."""
    return {
        question["key"]: question["choices"][0]["value"]
        if question.get("choices")
        else ANSWERS[question["type"]]
        for question in product.get("questions") or []
        if question["required"]
    }


def items(target: Target, path: str, limit: int = 1000) -> Iterator[Json]:
    """The items of a list, page after page, `limit` at most."""
    following = f"{path}{'&' if '?' in path else '?'}limit=100"
    while following and limit > 0:
        page = ask(target, following)
        yield from page["items"][:limit]
        limit -= len(page["items"])
        following = page.get("next") or ""


def ask(target: Target, path: str, body: Json | None = None) -> Json:
    data = None if body is None else json.dumps(body).encode()
    request = Request(target.url + path, data, {"Content-Type": "application/json", **target.headers})
    try:
        with urlopen(request, timeout=30) as answer:
            found: Json = json.load(answer)
    except HTTPError as error:
        raise EmbeddedError(f"{path}: {error.code} {error.read(500).decode(errors='replace')}") from error
    return found


def _sign_in(url: str, name: str, password: str) -> Target:
    answer = ask(Target(url), "/v1/sessions", {"email": f"{name}@{DOMAIN}", "password": password})
    return Target(url, {"Authorization": f"Bearer {answer['token']}"})
