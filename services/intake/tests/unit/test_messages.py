"""What a caller may send: strict, and told per field what to do."""

from __future__ import annotations

from typing import Any

import deskcontracts
import pytest
from intake.domain.rules import Norm, Term
from intake.messages import heard, relations, requests
from intake.messages.shapes import Change
from intake.settings import IntakeSettings
from servicekit.errors import Invalid
from servicekit.settings import SettingsError

RECEIVE = {"text": "Koud", "channel": "site"}
MOMENT = "2026-03-02T09:00:00+01:00"


def test_the_least_is_text_and_channel() -> None:
    given = requests.ReceiveRequest().load(RECEIVE)

    assert (given["quantity"], given["answers"], given["notify"]) == (1, {}, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"channel": "fax"}, "channel"),
        ({"kind": "vraag"}, "kind"),
        ({"priority": "P5"}, "priority"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": "2"}, "quantity"),
        ({"location_id": "De Sluis"}, "location_id"),
        ({"answers": {"a": []}}, "answers.a"),
        ({"answers": {"a": float("inf")}}, "answers.a"),
        ({"answers": {str(i): 1 for i in range(101)}}, "answers"),
        ({"wanted": {"from": "2026-03-02T09:00:00"}}, "wanted.from"),
        ({"wanted": {"from": "0001-01-01T00:00:00+14:00"}}, "wanted.from"),
        ({"wanted": {"from": MOMENT, "until": "2026-03-01T09:00:00+01:00"}}, "wanted.until"),
        ({"answer": {}}, "answer.text"),
        ({"reference": "SD-26-000001"}, "reference"),
    ],
)
def test_each_wrong_field_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        requests.ReceiveRequest().load({**RECEIVE, **changes})

    assert list(wrong.value.errors) == [field]


def test_a_version_is_needed_to_change_a_request() -> None:
    with pytest.raises(Invalid) as wrong:
        Change().load({"request_id": "01926f3a-5c00-7a01-9d3e-3f1c5a7b9d01"})

    assert list(wrong.value.errors) == ["version"]


HEARD = {
    "catalog.product_published": heard.ProductPublished,
    "catalog.product_withdrawn": heard.ProductWithdrawn,
    "catalog.article_published": heard.ArticlePublished,
    "catalog.article_withdrawn": heard.ArticleWithdrawn,
    "monitoring.calendar_published": heard.CalendarPublished,
    "monitoring.deadline_warning": heard.Deadline,
    "monitoring.deadline_breached": heard.Deadline,
    "dispatch.work_orders_planned": heard.WorkOrdersPlanned,
    "dispatch.work_order_changed": heard.WorkOrderChanged,
    "dispatch.process_completed": heard.ProcessCompleted,
    "dispatch.process_unplannable": heard.ProcessUnplannable,
}


@pytest.mark.parametrize("event", HEARD)
def test_each_fact_of_others_is_read_as_its_contract_shows_it_and_may_grow(event: str) -> None:
    loaded = HEARD[event]().load({**deskcontracts.example(event), "something_new": 1})

    assert "something_new" not in loaded


def settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> IntakeSettings:
    needed = {"DATABASE_URL": "postgresql://x", "AMQP_URL": "amqp://x", "ACTOR_SECRET": "x"}
    for name, value in {**needed, **values}.items():
        monkeypatch.setenv(name, value)
    return IntakeSettings.load()


def test_the_organisation_may_set_its_own_norms(monkeypatch: pytest.MonkeyPatch) -> None:
    norm = '{"respond": {"amount": 5, "unit": "minutes"}, "resolve": {"amount": 1, "unit": "working_days"}}'
    rules = settings(monkeypatch, NORMS=f'{{"P1": {norm}}}', SILENCE_WORKING_DAYS="3").rules

    assert rules.norms["P1"] == Norm(Term(5, "minutes"), Term(1, "working_days"))
    assert rules.norms["P2"].resolve == Term(1200, "working_minutes")
    assert rules.silence == Term(3, "working_days")


@pytest.mark.parametrize("norms", ["[]", '{"P1": {}}', '{"P1": {"respond": {"amount": 1, "unit": "jaar"}}}'])
def test_wrong_norms_stop_the_start(monkeypatch: pytest.MonkeyPatch, norms: str) -> None:
    with pytest.raises(SettingsError, match="NORMS"):
        settings(monkeypatch, NORMS=norms)


def test_settings_know_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, CLOSING_BATCH="7").closing_batch == 7


def test_an_optional_text_that_is_empty_is_nothing() -> None:
    given = relations.SavePeople().load(
        {"items": [{"key": "jan", "name": "Jan", "customer": "", "email": " "}]}
    )

    assert (given["items"][0]["customer"], given["items"][0]["email"]) == (None, None)
