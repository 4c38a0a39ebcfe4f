"""What is kept of an error tells where to look and never quotes what a person gave."""

from __future__ import annotations

import pytest
from marshmallow import Schema, fields
from servicekit.errors import Invalid, NotYet, Permanent
from servicekit.explaining import explain, frames, masked
from servicekit.logs import _without_values

CANARIES = (
    "hunter2-secret",
    "sds_tokenvalue",
    "sanne@meerwal.example",
    "06-1234 5678",
    "Mijn dochter is ziek",
)


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("kind", [ValueError, TypeError, KeyError, RuntimeError, LookupError])
def test_the_words_of_a_fault_are_not_repeated(kind: type[Exception], canary: str) -> None:
    error = raised(kind(f"cannot handle {canary}"))
    for text in (explain(error), frames(error)):
        assert canary not in text
        assert kind.__name__ in text
        assert "test_explaining.py" in text


@pytest.mark.parametrize("canary", CANARIES)
def test_a_log_line_has_the_way_through_the_code_and_not_the_words(canary: str) -> None:
    error = raised(RuntimeError(canary))
    error.__cause__ = raised(ValueError(canary))
    event = _without_values(None, "error", {"event": "it failed", "exc_info": error, "error": error})
    assert "raised" in event["exception"]
    assert event["error"].startswith("RuntimeError in test_explaining.py")
    assert canary not in str(event)


def test_a_missing_field_is_named() -> None:
    assert explain(raised(KeyError("product"))).startswith("'product' is missing in test_explaining.py")


@pytest.mark.parametrize("kind", [Permanent, NotYet])
def test_our_own_sentences_are_kept(kind: type[Exception]) -> None:
    assert explain(kind("The order is not known here.")) == "The order is not known here."


@pytest.mark.parametrize(
    "canary", ["sanne@meerwal.example", "06-12345678", "+31 6 1234 5678", "(020) 555 01 23"]
)
def test_addresses_and_numbers_are_taken_out_even_of_our_own_sentences(canary: str) -> None:
    assert explain(Permanent(f"Told {canary} twice.")) == "Told (hidden) twice."


def test_references_ids_and_times_stay() -> None:
    text = "SD-26-000123-1 of 01936f2a-7d10-7c3e-9a51-5b8f0f6f1c01 at 2026-11-23T09:00:00Z"
    assert masked(text) == text


def test_an_error_is_one_line_of_limited_length() -> None:
    assert "\n" not in explain(Permanent("one\ntwo"))
    assert len(explain(Permanent("x" * 5000))) == 500


def test_wrong_fields_are_named() -> None:
    class Order(Schema):
        number = fields.Integer(required=True)

    with pytest.raises(Exception) as caught:
        Order().load({"number": "06-12345678"})
    assert explain(caught.value) == "Some fields are not right. number: Not a valid integer."
    assert explain(Invalid("invalid", "No.", {"a.b": ["Missing."]})) == "No. a.b: Missing."
