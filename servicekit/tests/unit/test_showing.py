"""What people see of a message that failed: its skeleton, and nothing that somebody wrote."""

from __future__ import annotations

from typing import Any

import deskcontracts
import pytest
from servicekit.recovery.showing import links, readable, readable_headers

from servicekit import json

CANARIES = {
    "password": "hunter2",
    "token": "sds_0123456789abcdef",
    "phone": "06-12345678",
    "email": "sanne@meerwal.example",
    "text": "Mijn dochter is ziek en ik kan niet komen",
    "summary": "De verwarming in kamer 3.12",
    "name": "Sanne de Wit",
    "question": "Wat is uw telefoonnummer?",
    "reason": "Omdat Daan het zei",
    "note": "bel 0612345678",
}
PRIVATE = {"text", "summary", "name", "email", "phone", "note", "answer", "question"}


def shown(value: Any) -> Any:
    return readable(json.dumps(value))


@pytest.mark.parametrize("field", CANARIES)
@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"provider": x}, lambda x: {"orders": [x]}])
def test_nothing_personal_or_secret_is_readable(field: str, wrap: Any) -> None:
    assert CANARIES[field] not in str(shown(wrap({field: CANARIES[field]})))


@pytest.mark.parametrize("canary", [*CANARIES.values(), 612345678, 31612345678, 1234, True, 2.5])
@pytest.mark.parametrize("name", ["request_id", "state", "reference", "at", "slug", "answers", "wanted"])
def test_a_known_name_does_not_let_a_value_of_another_form_through(name: str, canary: Any) -> None:
    assert shown({name: canary}) == {name: "(hidden)"}


def test_a_canary_as_a_key_is_hidden() -> None:
    assert shown({"sanne@meerwal.example": 1, "0612345678": {}}) == {"(hidden)": {}}


@pytest.mark.parametrize("sealed", [{"answers": {"at": "2026-03-02"}}, ["2026-03-02"], "2026-03-02", 3])
def test_of_what_is_said_in_confidence_not_even_the_form_is_shown(sealed: Any) -> None:
    assert shown({"round": 1, "sealed": sealed}) == {"round": 1, "sealed": "(hidden)"}
    assert shown({"correction": {"sealed": sealed}}) == {"correction": {"sealed": "(hidden)"}}


@pytest.mark.parametrize(("event", "version"), list(deskcontracts.events()))
def test_of_every_event_of_the_house_only_ids_codes_times_and_counts_are_shown(
    event: str, version: int
) -> None:
    body = deskcontracts.example(event, version)
    visible = str(shown(body))
    for private in strings_of(
        body, {"text", "summary", "name", "email", "phone", "note", "answer", "question"}
    ):
        assert private not in visible
    if "request_id" in body:
        assert body["request_id"] in visible


def strings_of(value: Any, names: set[str], inside: bool = False) -> list[str]:
    """Texts under one of `names`, at any depth."""
    if isinstance(value, dict):
        deeper = ((inner, inside or key in names) for key, inner in value.items())
        return [found for inner, within in deeper for found in strings_of(inner, names, within)]
    if isinstance(value, list):
        return [found for inner in value for found in strings_of(inner, names, inside)]
    return [value] if inside and isinstance(value, str) and len(value) > 3 else []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"\x80\x04\x95secret", "(not JSON, 9 bytes)"),
        (b'{"text": ', "(not JSON, 9 bytes)"),
        (b'"' + b"x" * 70_000 + b'"', "(70002 bytes: too large to show)"),
        (None, "(too large to be kept)"),
        (b'"sanne@meerwal.example"', "(hidden)"),
    ],
)
def test_what_cannot_be_shown_is_measured(body: bytes | None, says: str) -> None:
    assert readable(body) == says


def test_depth_and_width_are_bounded() -> None:
    deep: Any = "x"
    for _ in range(50):
        deep = {"provider": deep}
    assert len(str(shown(deep))) < 200
    assert len(shown({"orders": [{"round": 1}] * 1000})["orders"]) == 51


def test_the_ids_of_a_message_say_what_to_link_to() -> None:
    body = {
        "request_id": "01936f2a-7d10-7c3e-9a51-5b8f0f6f1c01",
        "reference": "SD-26-000123",
        "person_id": "Sanne",
    }
    assert links(json.dumps(body)) == {name: body[name] for name in ("request_id", "reference")}
    assert links(b"[1]") == links(b"junk") == {}


def test_of_the_headers_neither_actor_nor_what_a_stranger_added_is_shown() -> None:
    given = {"version": 1, "actor": '{"name": "Sanne"}', "x-error": "secret", "password": "hunter2"}
    assert readable_headers(given) == {"version": "1"}
