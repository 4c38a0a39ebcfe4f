"""The demo organisation is complete, consistent and invented."""

from __future__ import annotations

import re
from typing import Any

import pytest
from catalog import messages
from catalog.domain.critical_path import critical_path
from catalog.domain.product import ProductContent
from deskcli.demo import locations, people, products
from deskcli.demo.data import load
from gateway.http.naming import snake

PROVIDERS = {provider["slug"]: provider for provider in load("providers")}
SKILLS = {skill for profile in load("routing")["profiles"].values() for skill in profile["skills"]}
# Keys that are language tags or ours to choose, not names of the API.
LOCALISED = ("name", "category", "description", "label", "title", "instructions", "body")


def snaked(value: Any) -> Any:
    if isinstance(value, dict):
        return {snake(key): item if key in LOCALISED else snaked(item) for key, item in value.items()}
    return [snaked(item) for item in value] if isinstance(value, list) else value


def texts(value: Any) -> list[dict[str, str]]:
    """Every localised text in a piece of data."""
    if isinstance(value, dict):
        own = [value[key] for key in LOCALISED if isinstance(value.get(key), dict)]
        return own + [text for item in value.values() for text in texts(item)]
    return [text for item in value for text in texts(item)] if isinstance(value, list) else []


def test_there_are_420_people_with_addresses_of_their_own_who_can_not_be_reached() -> None:
    everybody = people()
    assert len(everybody) == 420
    for field in ("key", "email", "phone", "name"):
        assert len({person[field] for person in everybody}) == 420, field
    assert all(re.fullmatch(r"[a-z.-]+@meerwal\.example", person["email"]) for person in everybody)
    assert all(
        re.fullmatch(r"\+31 20 000 1\d{3}|\+44 20 7946 0\d{3}", person["phone"]) for person in everybody
    )


def test_people_are_the_same_every_time() -> None:
    assert people() == people()
    assert people()[0]["name"] == "Sanne de Wit"
    assert [person["name"] for person in people()[8:11]] == [
        "Kate Jennings",
        "Ruben Veenstra",
        "Bram van der Meer",
    ]


def test_people_speak_dutch_and_english_and_work_in_every_department() -> None:
    everybody = people()
    languages = [person["language"] for person in everybody]
    assert 40 < languages.count("en") < 90
    sizes = dict(load("names")["departments"])
    assert sum(sizes.values()) == 420
    for department, size in sizes.items():
        assert sum(person["department"] == department for person in everybody) == size


def test_the_names_of_the_demo_accounts_find_one_person() -> None:
    demo = {person["name"].split()[0] for person in load("names")["demo"]}
    others = {part for person in people()[len(demo) :] for part in person["name"].split()}
    assert demo.isdisjoint(others)


def test_there_are_two_buildings_and_everybody_has_a_desk() -> None:
    places = locations()
    keys = [place["key"] for place in places]
    assert len(set(keys)) == len(keys)
    assert [place["name"] for place in places if "parentKey" not in place] == ["De Sluis", "De Kade"]
    floors = {
        place["key"]: place["parentKey"] for place in places if place.get("parentKey") in ("sluis", "kade")
    }
    assert sorted(floors.values()) == ["kade"] * 2 + ["sluis"] * 5
    for index, place in enumerate(places):
        assert place.get("parentKey") in {None, *keys[:index]}, "parents come first"
    assert {person["locationKey"] for person in people()} <= set(keys) - set(floors)


def test_there_are_four_teams_and_three_suppliers() -> None:
    kinds = [provider["kind"] for provider in PROVIDERS.values()]
    assert (kinds.count("team"), kinds.count("supplier")) == (4, 3)
    deliveries = {
        slug: provider["delivery"] for slug, provider in PROVIDERS.items() if provider["kind"] == "supplier"
    }
    assert deliveries == {"bezemwijs": "portal", "lepel-lade": "webhook", "vonk-val": "rpc"}


@pytest.mark.parametrize("product", products(), ids=lambda product: product["slug"])
def test_every_product_can_be_published(product: Any) -> None:
    content = ProductContent.of(messages.PublishProduct().load(snaked(product))).checked()
    assert {step.provider for step in content.steps if not step.role} <= set(PROVIDERS)
    assert {step.role for step in content.steps if step.role} <= SKILLS


def test_the_products_cover_what_the_department_does() -> None:
    found = products()
    assert 25 <= len(found) <= 30
    assert len({product["slug"] for product in found}) == len(found)
    assert {product["category"]["en"] for product in found} == {
        "Catering",
        "Cleaning",
        "IT workplace",
        "Moves and furniture",
        "Post and transport",
        "Reception and parking",
        "Repairs",
        "Security",
    }
    assert {product["kind"] for product in found} == {"order", "fault", "complaint", "wish", "information"}
    steps = [step for product in found for step in product["process"]["steps"]]
    used = {step["provider"] for step in steps if "provider" in step}
    assert used == set(PROVIDERS)


def steps_of(slug: str) -> dict[str, Any]:
    product = next(product for product in products() if product["slug"] == slug)
    return {
        step["key"]: (step["provider"], step.get("dependsOn", [])) for step in product["process"]["steps"]
    }


def test_the_processes_of_the_story_are_as_it_tells_them() -> None:
    assert steps_of("heating-fault") == {"repair": ("vonk-val", [])}
    assert steps_of("workplace-move") == {
        "it": ("it-werkplek", []),
        "furniture": ("huisdienst", []),
        "clean": ("bezemwijs", ["it", "furniture"]),
    }
    assert steps_of("meeting-lunch")["prepare"][0] == "lepel-lade"


def test_no_process_takes_longer_than_its_product_promises() -> None:
    contents = [ProductContent.of(snaked(product)) for product in products()]
    ways = {content.slug: critical_path(content.steps, content.lead_time) for content in contents}
    assert sum(way is not None for way in ways.values()) >= 20
    assert {slug: way for slug, way in ways.items() if way and way.too_long} == {}


def test_articles_are_about_products_that_exist() -> None:
    found = load("articles")
    assert 10 <= len(found) <= 12
    slugs = {product["slug"] for product in products()}
    assert {slug for article in found for slug in article["products"]} <= slugs


def test_everything_is_in_both_languages_and_none_is_a_copy() -> None:
    found = texts([products(), load("articles"), load("drafts")])
    assert len(found) > 200
    alike = {text["nl"] for text in found if set(text) != {"nl", "en"} or text["nl"] == text["en"]}
    assert alike <= {"Catering", "Lift A", "Lift B", "Laptop"}


def test_the_contract_has_the_levels_of_the_desk() -> None:
    (contract,) = [contract for contract in load("contracts") if "Meerwal" in contract["name"]]
    levels = {level.get("priority"): level for level in contract["levels"]}
    minutes = {
        priority: [term and term["amount"] for term in (level["respond"], level["restore"], level["resolve"])]
        for priority, level in levels.items()
        if priority
    }
    assert minutes == {
        "P1": [15, 240, 1440],
        "P2": [60, 480, 1200],
        "P3": [240, 1200, 3000],
        "P4": [600, None, 6000],
    }
    assert levels["P1"]["respond"]["unit"] == "minutes"
    assert levels["P2"]["respond"]["unit"] == "working_minutes"


def test_what_is_promised_to_customers_is_agreed_tighter_with_those_who_do_the_work() -> None:
    contracts = {(each["partyKind"], each.get("party")): each["levels"] for each in load("contracts")}
    promised = {
        level["priority"]: level for level in contracts.pop(("customer", None)) if "priority" in level
    }
    assert set(contracts) == {
        ("team", None),
        *(("supplier", slug) for slug in ("vonk-val", "bezemwijs", "lepel-lade")),
    }
    for level in (level for levels in contracts.values() for level in levels):
        for term in ("respond", "resolve"):
            own, customers = level[term], promised[level["priority"]][term]
            assert own["unit"] == customers["unit"]
            assert own["amount"] <= customers["amount"]


def test_every_account_belongs_to_a_person_a_provider_or_nobody() -> None:
    keys = {person["key"] for person in people()}
    for account in load("accounts"):
        assert account.get("personKey") in {None, *keys}
        assert account.get("providerSlug") in {None, *PROVIDERS}
        if set(account["roles"]) & {"team", "supplier"}:
            assert account["providerSlug"]
