"""Imports: each record by itself, the second time without effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from catalog import messages
from catalog.handlers.imports import import_products
from catalog.handlers.products import publish_product

from ..samples import product  # noqa: TID252  samples of this service alone

Work = Callable[..., Any]
GOOD = {"line": 2, **product()}
OTHER = {"line": 3, **product(slug="lamp-kapot")}
NO_STEPS = {"line": 4, **product(slug="geen-stappen", process={"steps": []})}
NO_NAME = {"line": 5, "slug": "naamloos", "kind": "fault", "category": {"nl": "Afval"}}
TWICE = {"line": 6, **product(priority="P1")}


def run(work: Work, *records: dict[str, Any]) -> dict[str, Any]:
    with work() as w:
        return import_products(w, messages.ImportedProduct().load, list(records))


def test_bad_records_are_refused_with_their_line_and_the_others_come_in(work: Work, published: Any) -> None:
    outcome = run(work, GOOD, OTHER, NO_STEPS, NO_NAME, TWICE)
    assert (outcome["created"], outcome["existing"]) == (2, 0)
    assert [(each["line"], each["key"]) for each in outcome["refused"]] == [
        (4, "geen-stappen"),
        (5, "naamloos"),
        (6, "radiator-koud"),
    ]
    reasons = [each["reason"] for each in outcome["refused"]]
    assert reasons[0] == "process.steps: Add at least one step: someone has to carry it out."
    assert reasons[1].startswith("name: ")
    assert reasons[2] == "The slug 'radiator-koud' stands on an earlier line too."
    with work() as w:
        assert [row["data"]["slug"] for row in published(w.connection)] == ["radiator-koud", "lamp-kapot"]


def test_the_same_records_again_add_nothing(work: Work, published: Any) -> None:
    run(work, GOOD, OTHER)
    assert run(work, GOOD, OTHER) == {"created": 0, "existing": 2, "refused": []}
    with work() as w:
        assert len(published(w.connection)) == 2


def test_a_corrected_record_makes_a_new_version(work: Work, published: Any) -> None:
    run(work, GOOD)
    assert run(work, {**GOOD, "priority": "P1"})["created"] == 1
    with work() as w:
        assert [row["data"]["version"] for row in published(w.connection)] == [1, 2]


def test_what_was_changed_by_hand_is_not_overwritten(work: Work) -> None:
    run(work, GOOD)
    with work() as w:
        publish_product(w, **messages.PublishProduct().load(product(check_required=True)))
    assert run(work, GOOD)["existing"] == 1
    (refused,) = run(work, {**GOOD, "priority": "P1"})["refused"]
    assert "Change it there." in refused["reason"]


def test_nothing_to_import_is_fine(work: Work) -> None:
    assert run(work) == {"created": 0, "existing": 0, "refused": []}
